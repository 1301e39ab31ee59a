"""How one scanner's grey levels answer the other's: a robust, monotone map."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from riac.compare.curves import interpolated
from riac.compiled import compiled
from riac.scan import Picture

BINS = 96
PRIOR_FRACTION = 0.01
"""Of the pixels; a level that fewer share follows the smooth law rather than itself: an object
that has a level to itself must not be explained by it."""
GAIN_DEVIATION, POWER_DEVIATION = 0.15, 0.08
"""Of ln(gain) and power of exit attenuation as a function of entry attenuation (prior)."""
LEAST_MASS = 1e-3
"""Pixels: the say of a level that none has when neighbouring levels are pooled."""
LARGEST_STEP = 6.0
"""Noise units by which the free-form map may leave the power law."""
LINE_LIMIT = 2.0
"""Noise units taken off a row or a column at most: gain of a detector, dose of a pulse."""
LEAST_KNOWN = 0.2
"""Of a line: with less it is left as it is."""
LINE_SPAN_PX = 31
"""Columns; a dose error is one column wide, a thin wall five and more."""


def tone_map(
    entry: Picture, warped: Picture, trusted: Picture, *, noise: float, relative: float
) -> Picture:
    """Return the entry levels as the exit scanner would show them.

    Args:
        entry: (H, W) float32, noise levels, as `noise_levels` returns them.
        warped: (H, W) float32, of exit, aligned with entry.
        trusted: (H, W) float32, 0 to 1, 0 on edges and outside of the exit picture.
        noise: of transmission in the dark.
        relative: noise as a share of transmission.
    """
    top = float(entry.max()) + 1e-3
    index = np.minimum((entry * (BINS / top)).astype(np.int32), BINS - 1)
    knots, medians, mass = _medians_by_level(
        index.ravel(), entry.ravel(), warped.ravel(), (trusted.ravel() > 0.5)
    )
    if int((mass > 0).sum()) < 4:
        return entry
    # A level that only edges have, as in a small black thing, follows the law.
    knots = np.where(mass > 0, knots, (np.arange(BINS) + 0.5) * (top / BINS))
    law = _power_law(knots, medians, mass, noise=noise, relative=relative)
    share = mass / (mass + PRIOR_FRACTION * mass.sum())
    free = law + share * np.clip(medians - law, -LARGEST_STEP, LARGEST_STEP)
    rising = _isotonic(free.astype(np.float64), mass + LEAST_MASS)
    return interpolated(entry, knots, rising)


@compiled
def _medians_by_level(
    index: NDArray[np.int32],
    entry: NDArray[np.float32],
    warped: NDArray[np.float32],
    used: NDArray[np.bool_],
) -> tuple[
    NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]
]:  # pragma: no cover - compiled
    counts = np.zeros(BINS, np.int64)
    for i in range(index.size):
        if used[i]:
            counts[index[i]] += 1
    starts = np.zeros(BINS + 1, np.int64)
    for b in range(BINS):
        starts[b + 1] = starts[b] + counts[b]
    ordered = np.empty(starts[BINS], np.float32)
    sums = np.zeros(BINS)
    at = starts[:-1].copy()
    for i in range(index.size):
        if used[i]:
            b = index[i]
            ordered[at[b]] = warped[i]
            at[b] += 1
            sums[b] += entry[i]
    medians = np.zeros(BINS)
    for b in range(BINS):
        if counts[b] > 0:
            medians[b] = np.median(ordered[starts[b] : starts[b + 1]])
            sums[b] /= counts[b]
    return sums, medians, counts.astype(np.float64)


def _power_law(
    knots: NDArray[np.float64],
    medians: NDArray[np.float64],
    mass: NDArray[np.float64],
    *,
    noise: float,
    relative: float,
) -> NDArray[np.float64]:
    """Fit ln A_exit = ln gain + power ln A_entry to the medians of levels, robustly."""
    scale = relative / noise
    seen = [np.clip(np.sinh(v * relative) / scale, 1e-6, 0.995) for v in (knots, medians)]
    first, second = (np.log(-np.log(t)) for t in seen)
    capped = np.minimum(mass / mass.sum(), 0.05)
    # Near black and near white a level tells little of attenuation.
    informed = capped * np.clip(seen[0] / (6 * noise), 0, 1) * np.clip((1 - seen[0]) / 0.05, 0, 1)
    terms = np.stack([np.ones_like(first), first], -1)
    prior = np.diag([0.02 / GAIN_DEVIATION**2, 0.02 / POWER_DEVIATION**2]) * 0.05
    wanted = np.array([0.0, 1.0])
    fitted = wanted.copy()
    for _ in range(6):
        robust = informed / (1 + ((second - terms @ fitted) / 0.05) ** 2)
        normal = (terms * robust[:, None]).T @ terms + prior
        fitted = np.linalg.solve(normal, (terms * robust[:, None]).T @ second + prior @ wanted)
    law = np.exp(-np.exp(terms @ fitted)) * scale
    return np.asarray(np.arcsinh(law) / relative)


@compiled
def _isotonic(
    values: NDArray[np.float64], mass: NDArray[np.float64]
) -> NDArray[np.float64]:  # pragma: no cover - compiled
    """Pool adjacent violators (Ayer et al., Annals of Mathematical Statistics 26, 1955)."""
    count = values.size
    level = np.empty(count)
    weight = np.empty(count)
    length = np.empty(count, np.int64)
    blocks = 0
    for i in range(count):
        level[blocks], weight[blocks], length[blocks] = values[i], mass[i], 1
        blocks += 1
        while blocks > 1 and level[blocks - 2] > level[blocks - 1]:
            total = weight[blocks - 2] + weight[blocks - 1]
            level[blocks - 2] = (
                level[blocks - 2] * weight[blocks - 2] + level[blocks - 1] * weight[blocks - 1]
            ) / total
            weight[blocks - 2] = total
            length[blocks - 2] += length[blocks - 1]
            blocks -= 1
    rising = np.empty(count)
    at = 0
    for b in range(blocks):
        rising[at : at + length[b]] = level[b]
        at += length[b]
    return rising


def without_lines(difference: Picture, trusted: Picture) -> Picture:
    """Take the gain error of rows and the dose error of columns out of a difference.

    Args:
        difference: (H, W) float32, noise levels.
        trusted: (H, W) float32, 0 to 1.
    """
    rows = _limited(_medians(difference[:, ::2], trusted[:, ::2]))
    difference = difference - rows[:, None]
    columns = _medians(difference[::2].T, trusted[::2].T)
    slow = cv2.blur(columns[None, :], (LINE_SPAN_PX, 1))[0]
    return np.asarray(difference - _limited(columns - slow)[None, :], dtype=np.float32)


def _medians(values: Picture, trusted: Picture) -> Picture:
    """Return that of each row, in which what is not trusted counts as nothing."""
    known = trusted > 0.5
    ordered = np.where(known, values, np.float32(0))
    ordered.sort(axis=1)  # numpy sorts faster than it selects
    count = ordered.shape[1]
    medians = (ordered[:, (count - 1) // 2] + ordered[:, count // 2]) / np.float32(2)
    return np.where(known.mean(axis=1) > LEAST_KNOWN, medians, np.float32(0))


def _limited(values: Picture) -> Picture:
    limited: Picture = np.clip(values, -LINE_LIMIT, LINE_LIMIT)
    return limited

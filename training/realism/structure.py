"""What the parts of a container look like in one picture: walls, roof, floor, posts.

Lengths are in shares of the container's height, contrasts in grey levels. A figure that a picture
does not give is NaN. Loads are left out: `appearance` measures those.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from training.realism.pictures import Container

Profile = NDArray[np.float64]
_PARTS = 12
"""Lengths of a container in each of which it lies level."""
_PITCHES = (0.015, 0.3)
"""Periods that a corrugation may have, shares of the height: ISO walls have 0.1 of it, less where
a vehicle goes fast."""

_SLOW = 0.35
"""Of the height: what changes over more is no corrugation but the wall's own shade."""


def wall(container: Container) -> NDArray[np.float64]:
    """Return the part of an empty container that shows two side walls alone."""
    x0, y0, x1, y1 = container.box
    tall, wide = y1 - y0, x1 - x0
    part = container.picture[
        y0 + round(0.45 * tall) : y0 + round(0.7 * tall),
        x0 + round(0.15 * wide) : x0 + round(0.85 * wide),
    ]
    return np.asarray(part, np.float64)


def wall_level(container: Container) -> float:
    """Return the median grey level behind both side walls, under the roof band."""
    return float(np.median(wall(container)))


def corrugation(container: Container) -> float:
    """Return the deviation of the columns' means behind the walls, grey levels."""
    return float(_ripple(container).std())


def corrugation_period(container: Container) -> float:
    """Return the period with the most power in the columns' means, shares of the height."""
    periods, power = _periodogram(container)
    return float(periods[int(np.argmax(power))]) if len(power) else float("nan")


def corrugation_purity(container: Container) -> float:
    """Return the share of that power within a quarter of its strongest period."""
    periods, power = _periodogram(container)
    if not len(power) or power.sum() == 0:
        return float("nan")
    near = np.abs(np.log(periods / periods[int(np.argmax(power))])) < 0.25
    return float(power[near].sum() / power.sum())


def roof_band(container: Container) -> float:
    """Return how far the near and far edges of the roof stand apart."""
    profile = _rows(container)
    return _step(profile, 0.1, 0.45, rising=True) / len(profile)


def roof_contrast(container: Container) -> float:
    """Return grey levels under the roof band less those in it."""
    profile = _rows(container)
    edge = _step(profile, 0.1, 0.45, rising=True)
    return wall_level(container) - float(np.median(profile[round(0.4 * edge) : round(0.8 * edge)]))


def floor_top(container: Container) -> float:
    """Return the height of the floor's far edge above the box's lower edge."""
    profile = _rows(container)
    return 1 - _step(profile, 0.65, 0.97, rising=False) / len(profile)


def floor_level(container: Container) -> float:
    """Return the median grey level of the band from the floor's far edge, 0.04 of the height."""
    profile = _rows(container)
    edge = _step(profile, 0.65, 0.97, rising=False)
    return float(np.median(profile[edge + 3 : edge + 4 + round(0.04 * len(profile))]))


def floor_contrast(container: Container) -> float:
    """Return the wall's grey level less the floor band's."""
    return wall_level(container) - floor_level(container)


def floor_spread(container: Container) -> float:
    """Return the deviation of the floor band's columns: cross-members stand out by it."""
    x0, y0, x1, y1 = container.box
    tall, wide = y1 - y0, x1 - x0
    low = container.picture[y1 - round(0.12 * tall) : y1, x0 + wide // 10 : x1 - wide // 10]
    columns = low.astype(np.float64).mean(axis=0)
    return float(np.diff(columns).std())


def lean(container: Container) -> float:
    """Return how far the roof's edges climb from one end to the other, a straight line fitted."""
    shifts = _shifts(container)[0]
    slope = np.polyfit(np.arange(len(shifts)), shifts, 1)[0]
    return float(abs(slope) * (len(shifts) - 1) / (container.box[3] - container.box[1]))


def roof_wave(container: Container) -> float:
    """Return the deviation of the roof's outline from its running median, thousandths of it."""
    x0, y0, x1, y1 = container.box
    tall, wide = y1 - y0, x1 - x0
    top = max(0, y0 - round(0.08 * tall))
    strip = container.picture[top : y0 + round(0.12 * tall), x0 + wide // 10 : x1 - wide // 10]
    dark = strip < 235
    line = np.where(dark.any(axis=0), np.argmax(dark, axis=0), -1).astype(np.float64)
    if (line <= 0).mean() > 0.2:
        return float("nan")
    width = max(5, round(0.15 * tall)) | 1
    padded = np.pad(line, width // 2, mode="edge")
    slow = np.median(np.lib.stride_tricks.sliding_window_view(padded, width), axis=1)
    rest = np.clip(line - slow, -0.02 * tall, 0.02 * tall)
    return float(1000 * rest.std() / tall)


def darker_post_level(container: Container) -> float:
    """Return the grey level of the darkest column at the darker end."""
    return min(level for level, _ in _posts(container))


def lighter_post_level(container: Container) -> float:
    """Return the grey level of the darkest column at the lighter end."""
    return max(level for level, _ in _posts(container))


def wider_post(container: Container) -> float:
    """Return the greater of the two ends' widths, to half of the darkness over the wall."""
    return max(width for _, width in _posts(container))


def narrower_post(container: Container) -> float:
    """Return the lesser of the two ends' widths."""
    return min(width for _, width in _posts(container))


@lru_cache(maxsize=4)
def _posts(container: Container) -> list[tuple[float, float]]:
    """Return for both ends the darkest column's level and the width around it."""
    x0, y0, x1, y1 = container.box
    tall = y1 - y0
    rows = slice(y0 + round(0.4 * tall), y0 + round(0.75 * tall))
    columns = np.median(container.picture[rows, x0:x1].astype(np.float64), axis=0)
    reach = min(round(0.12 * tall), len(columns) // 3)
    level = float(np.median(columns))
    ends = []
    for end in (columns[:reach], columns[::-1][:reach]):
        half = (level + float(end.min())) / 2
        ends.append((float(end.min()), float((end < half).sum() / tall)))
    return ends


def _ripple(container: Container) -> Profile:
    columns = wall(container).mean(axis=0)
    width = max(3, min(round(_SLOW * (container.box[3] - container.box[1])), len(columns) // 4)) | 1
    padded = np.pad(columns, width // 2, mode="edge")
    slow = np.convolve(padded, np.ones(width) / width, "valid")
    return np.asarray((columns - slow)[width:-width], np.float64)


def _periodogram(container: Container) -> tuple[Profile, Profile]:
    """Return periods (shares of the height) and the power of the columns' means at them."""
    ripple = _ripple(container)
    if len(ripple) < 32:
        return np.zeros(0), np.zeros(0)
    power = np.abs(np.fft.rfft(ripple * np.hanning(len(ripple)))) ** 2
    periods = len(ripple) / np.maximum(np.arange(len(power)), 0.5)
    shares = periods / (container.box[3] - container.box[1])
    fits = (shares > _PITCHES[0]) & (shares < _PITCHES[1]) & (periods < len(ripple) / 6)
    return shares[fits], np.asarray(power[fits], np.float64)


def _step(profile: Profile, low: float, high: float, *, rising: bool) -> int:
    """Return the row of the steepest rise or fall between two shares of the profile."""
    tall = len(profile)
    first, last = round(low * tall), round(high * tall)
    width = max(6, round(0.03 * tall))
    slow = cv2.medianBlur(profile.astype(np.float32)[:, None], 5)[:, 0]
    gains = np.array(
        [
            slow[y + 3 : y + width].mean() - slow[max(0, y - width) : y - 2].mean()
            for y in range(first, min(last, tall - 4))
        ]
    )
    gains = gains if rising else -gains
    # A clean step gives a plateau: its middle is the step.
    return first + round(float(np.flatnonzero(gains >= gains.max() - 1e-6).mean()))


@lru_cache(maxsize=4)
def _rows(container: Container) -> Profile:
    """Return the rows' median grey levels, the container's lean taken out."""
    shifts, profiles = _shifts(container)
    aligned = [np.roll(each, -shift) for each, shift in zip(profiles, shifts, strict=True)]
    return np.asarray(np.median(aligned, axis=0), np.float64)


@lru_cache(maxsize=4)
def _shifts(container: Container) -> tuple[NDArray[np.int64], list[Profile]]:
    """Return how many rows each part of the length lies below the middle one, and its rows."""
    x0, y0, x1, y1 = container.box
    wide = x1 - x0
    inside = container.picture[y0:y1, x0 + round(0.1 * wide) : x1 - round(0.1 * wide)]
    parts = np.array_split(inside.astype(np.float64), _PARTS, axis=1)
    profiles = [np.asarray(np.median(part, axis=1), np.float64) for part in parts]
    middle = profiles[_PARTS // 2]
    reach = max(2, round(0.04 * len(middle)))
    still = middle[reach:-reach]
    shifts = [
        int(np.abs(np.lib.stride_tricks.sliding_window_view(each, len(still)) - still)
            .mean(axis=1).argmin()) - reach
        for each in profiles
    ]  # fmt: skip
    return np.array(shifts, np.int64), profiles


EMPTY: Mapping[str, Callable[[Container], float]] = {
    "wall level": wall_level,
    "corrugation contrast": corrugation,
    "corrugation period share": corrugation_period,
    "corrugation purity": corrugation_purity,
    "roof band share": roof_band,
    "roof band contrast": roof_contrast,
    "floor band level": floor_level,
    "floor band contrast": floor_contrast,
    "floor top share": floor_top,
    "floor columns' steps": floor_spread,
}
"""Figures of empty containers alone."""
ANY: Mapping[str, Callable[[Container], float]] = {
    "lean share": lean,
    "roof wave, thousandths": roof_wave,
}
POSTS: Mapping[str, Callable[[Container], float]] = {
    "darker post level": darker_post_level,
    "lighter post level": lighter_post_level,
    "wider post share": wider_post,
    "narrower post share": narrower_post,
}
"""Figures that only bright surroundings give: of empty containers."""

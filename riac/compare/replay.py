"""Whether an exit scan is the entry scan presented again, or a copy with the very same noise."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from riac.imaging.frame import PreparedScan
from riac.scan import Box, Picture

STRIP_PX = 160
"""Side of the patches whose noise is compared."""
GRID = (3, 7)
"""Patches down and along the container."""
LEAST_PATCHES = 4
STRANGERS = 6
"""Patches looked at before a pair is taken for two scans, should none be alike."""
SAME_NOISE = 0.5
"""Correlation of the noise of a copy; two scans of one load share their load, not their noise."""
LEAST_GRAIN = 3e-4
"""Transmission, standard deviation; a picture smoother than this has no noise to compare."""
FLATNESS = 0.006
"""Transmission per pixel; steeper places show the load, which two scans share."""
LEAST_FLAT_FRACTION = 0.05
MOST_SCATTER_PX = 0.75
"""A copy is displaced by the same whole vector everywhere; a second passage never is."""


def is_replay(entry: PreparedScan, exit_: PreparedScan, *, mirrored: bool) -> bool:
    """Say whether exit is a copy of entry: same bytes, same pixels, or same noise in place.

    Args:
        entry: a usable scan.
        exit_: another.
        mirrored: whether exit was driven the other way.
    """
    if entry.scan.sha256 == exit_.scan.sha256:
        return True
    first, second = (scan.scan.primary.transmission for scan in (entry, exit_))
    if first.shape == second.shape and _same_pixels(first, second):
        return True
    turned = second[:, ::-1] if mirrored else second
    return _same_noise(entry, first, turned, exit_, mirrored)


def _same_pixels(first: Picture, second: Picture) -> bool:
    # A few rows tell nearly all pairs apart.
    few = slice(None, None, 64)
    return np.array_equal(first[few], second[few]) and np.array_equal(first, second)


def _same_noise(
    entry: PreparedScan,
    first: Picture,
    second: Picture,
    exit_: PreparedScan,
    mirrored: bool,  # noqa: FBT001 - a fact, not an option
) -> bool:
    box, other = entry.rectified[0].container.box_px, exit_.rectified[0].container.box_px
    x_other = second.shape[1] - other.x1 if mirrored else other.x0
    guess = (x_other - box.x0, other.y0 - box.y0)
    # A copy keeps its scale; a container whose size differs by more was scanned at another speed.
    if abs(other.width - box.width) > 0.03 * box.width + 8:
        return False
    if abs(other.height - box.height) > 0.03 * box.height + 8:
        return False
    shifts, alike = [], []
    for corner in _corners(box):
        found = _patch_match(first, second, corner, guess)
        if found is None:
            continue
        shifts.append(found[:2])
        alike.append(found[2])
        # Of a copy, so many patches all over the container cannot all be strangers.
        if len(alike) == STRANGERS and max(alike) < SAME_NOISE:
            return False
        # The median of all patches can no longer reach the limit.
        if sum(one < SAME_NOISE for one in alike) > GRID[0] * GRID[1] / 2:
            return False
    if len(alike) < LEAST_PATCHES:
        return False
    scatter = np.median(np.abs(np.array(shifts) - np.median(shifts, axis=0)), axis=0).max()
    return bool(scatter <= MOST_SCATTER_PX and np.median(alike) >= SAME_NOISE)


def _corners(box: Box) -> list[tuple[int, int]]:
    """Spread patches over a container, in an order that visits all parts of it early."""
    places = [
        (int(x), int(y))
        for y in np.linspace(box.y0, box.y1 - STRIP_PX, GRID[0])
        for x in np.linspace(box.x0, box.x1 - STRIP_PX, GRID[1])
    ]
    step = GRID[1] + 1
    return [places[number * step % len(places)] for number in range(len(places))]


def _patch_match(
    first: Picture, second: Picture, corner: tuple[int, int], guess: tuple[float, float]
) -> tuple[float, float, float] | None:
    """Return the whole-pixel shift that fits a patch best, and how alike its noise is there."""
    x, y = max(corner[0], 0), max(corner[1], 0)
    patch = first[y : y + STRIP_PX, x : x + STRIP_PX]
    reach = 24
    x0, y0 = round(x + guess[0]) - reach, round(y + guess[1]) - reach
    x0, y0 = max(x0, 0), max(y0, 0)
    search = second[y0 : y0 + STRIP_PX + 2 * reach, x0 : x0 + STRIP_PX + 2 * reach]
    if patch.shape != (STRIP_PX, STRIP_PX) or min(search.shape) < STRIP_PX:
        return None
    flat = _flat(patch)
    if flat.mean() < LEAST_FLAT_FRACTION:
        return None
    noise = _grain(patch)
    if float(noise.std()) < LEAST_GRAIN:
        return None
    wide = _grain(np.ascontiguousarray(search))
    match = cv2.matchTemplate(wide, noise, cv2.TM_CCOEFF_NORMED)
    _, _, _, (dx, dy) = cv2.minMaxLoc(match)
    second_noise = wide[dy : dy + STRIP_PX, dx : dx + STRIP_PX][flat]
    likeness = _correlation(noise[flat], second_noise)
    return (float(x0 + dx - x), float(y0 + dy - y), likeness)


def _flat(patch: Picture) -> NDArray[np.bool_]:
    """Return where nothing but noise can be: no edge near, and some beam left."""
    smooth = cv2.GaussianBlur(patch, (0, 0), 2.5)
    dx, dy = (cv2.Sobel(smooth, cv2.CV_32F, *axis, ksize=3) / 8 for axis in ((1, 0), (0, 1)))
    steep = cv2.dilate(np.hypot(dx, dy), np.ones((7, 7), np.uint8))
    flat: NDArray[np.bool_] = (steep < FLATNESS) & (smooth > 0.03) & (smooth < 0.99)
    return flat


def _correlation(first: Picture, second: Picture) -> float:
    deviations = float(first.std()) * float(second.std())
    if deviations < LEAST_GRAIN**2:
        return 0.0
    return float(((first - first.mean()) * (second - second.mean())).mean()) / deviations


def _grain(picture: Picture) -> Picture:
    """Return what is finer than three pixels."""
    fine = picture - cv2.GaussianBlur(picture, (0, 0), 1.2)
    # Gain of rows and dose of columns belong to the machine, not to one exposure.
    level = fine - fine.mean(axis=1, keepdims=True)
    grain: Picture = level - level.mean(axis=0, keepdims=True)
    return grain

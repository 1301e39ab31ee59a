"""Where objects begin under the air, and the straight roof lines among what begins there."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from riac.compiled import compiled

SUSTAINED = 0.10
"""A roof is what begins an object of this height, of the picture's; a cable or line is not."""
ROOF_TOLERANCE = 0.015
"""Of the picture's height: corrugation, bent roof bows, and the sampling of the search."""
SUSTAINED_SHARE = 0.85
"""Of that height, that the object fills."""
MOST_DRIFT = 0.14
"""How far a roof may drop over the whole picture, of its height (tilt of trailer and ramp)."""
DRIFTS = 29
"""Slopes that are tried."""
DRIFT_COST = 0.02
"""Share of the columns' votes that a slope costs, for a drop by the picture's height."""
BINS_ABOVE, MOST_BINS = 64, 4096
"""Offsets, in tolerances: those above the picture, which slopes lead to, and all of them."""

Profile = NDArray[np.float64]
Mask = NDArray[np.bool_]


def top_profile(objects: Mask) -> Profile:
    """Return for each column the row where a sustained object begins; inf where none does."""
    reach = max(4, round(SUSTAINED * len(objects)))
    return _first_sustained(np.ascontiguousarray(objects), reach, SUSTAINED_SHARE * reach)


@compiled
def _first_sustained(
    objects: Mask, reach: int, least: float
) -> Profile:  # pragma: no cover - compiled
    """Return the first row of each column from which so many of the next rows are marked."""
    height, width = objects.shape
    tops = np.full(width, np.inf)
    below = np.zeros(width, np.int32)
    for row in range(min(reach - 1, height)):
        for column in range(width):
            below[column] += objects[row, column]
    for row in range(height):
        if row + reach <= height:
            for column in range(width):
                below[column] += objects[row + reach - 1, column]
        for column in range(width):
            here = objects[row, column]
            if here and below[column] >= least and row < tops[column]:
                tops[column] = row
            below[column] -= here
    return tops


def highest_line(tops: Profile, free: Mask, height: int) -> tuple[float, float] | None:
    """Find the roof line most columns agree with, the higher the better (exhaustive search)."""
    columns = np.flatnonzero(free)
    if len(columns) < 8:
        return None
    width = len(tops)
    tolerance = max(1.0, ROOF_TOLERANCE * height)
    slopes = np.linspace(-MOST_DRIFT, MOST_DRIFT, DRIFTS) * height / width
    slope, offset = _most_agreed(tops[columns], columns, slopes, tolerance, (height, width))
    return _refined(tops, columns, slope, offset, tolerance)


@compiled
def _most_agreed(
    tops: Profile,
    columns: NDArray[np.intp],
    slopes: NDArray[np.float64],
    tolerance: float,
    shape: tuple[int, int],
) -> tuple[float, float]:  # pragma: no cover - compiled
    """Return slope and offset of the line that most columns vote for; a steep one costs votes."""
    height, width = shape
    # The last bin stays empty: each is counted together with the next.
    votes = np.empty(MOST_BINS + 1, np.int64)
    best, best_slope, best_offset = -np.inf, 0.0, 0.0
    for slope in slopes:
        votes[:] = 0
        for number in range(len(columns)):
            place = int((tops[number] - slope * columns[number]) / tolerance + BINS_ABOVE)
            votes[min(max(place, 0), MOST_BINS - 1)] += 1
        steep = DRIFT_COST * abs(slope) * width / height * len(columns)
        for place in range(MOST_BINS):
            agreed = votes[place] + votes[place + 1]
            if agreed == 0:
                continue
            offset = (place - BINS_ABOVE + 1) * tolerance
            # The higher above the ground a roof is, the more a vote counts.
            value = agreed * max(1 - offset / height, 0.0) ** 2 - steep
            if value > best:
                best, best_slope, best_offset = value, slope, offset
    return best_slope, best_offset


def _refined(
    tops: Profile, columns: NDArray[np.intp], slope: float, offset: float, tolerance: float
) -> tuple[float, float]:
    for _ in range(2):
        near = columns[np.abs(tops[columns] - slope * columns - offset) <= 2 * tolerance]
        if len(near) < 8:
            break
        fit = np.polyfit(near, tops[near], 1)
        slope, offset = float(fit[0]), float(fit[1])
    return slope, offset


def upper_fill(objects: Mask, line: tuple[float, float], *, rows: int) -> Profile:
    """Return for each column the share of object in the rows right under the roof line."""
    height, width = objects.shape
    roof = np.clip(np.rint(line[0] * np.arange(width) + line[1]).astype(int), 0, height - 1)
    total = cv2.integral(objects.view(np.uint8))
    columns = np.arange(width)
    lower = np.minimum(roof + rows, height)
    upto, over = (total[row, columns + 1] - total[row, columns] for row in (lower, roof))
    filled = upto - over
    return np.asarray(filled / np.maximum(lower - roof, 1), np.float64)

"""Where objects begin under the air, and the straight roof lines among what begins there."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

SUSTAINED = 0.10
"""A roof is what begins an object of this height, of the picture's; a cable or line is not."""
ROOF_TOLERANCE = 0.015
"""Of the picture's height: corrugation, bent roof bows, and the sampling of the search."""
MOST_DRIFT = 0.14
"""How far a roof may drop over the whole picture, of its height (tilt of trailer and ramp)."""

Profile = NDArray[np.float64]
Mask = NDArray[np.bool_]


def top_profile(objects: Mask) -> Profile:
    """Return for each column the row where a sustained object begins; inf where none does."""
    height = len(objects)
    reach = max(4, round(SUSTAINED * height))
    below = cv2.boxFilter(
        objects.view(np.uint8), cv2.CV_32F, (1, reach), anchor=(0, 0), normalize=False,
        borderType=cv2.BORDER_CONSTANT,
    )  # fmt: skip
    begins = objects & (below >= 0.85 * reach)
    tops: Profile = np.argmax(begins, axis=0).astype(np.float64)
    tops[~begins.any(axis=0)] = np.inf
    return tops


def highest_line(tops: Profile, free: Mask, height: int) -> tuple[float, float] | None:
    """Find the roof line most columns agree with, the higher the better (exhaustive search)."""
    columns = np.flatnonzero(free)
    if len(columns) < 8:
        return None
    width = len(tops)
    tolerance = max(1.0, ROOF_TOLERANCE * height)
    best: tuple[float, float, float] | None = None
    for drift in np.linspace(-MOST_DRIFT, MOST_DRIFT, 29) * height:
        slope = drift / width
        offsets = tops[columns] - slope * columns
        # One vote each column, weighted by how high above the ground the roof is.
        bins = np.clip((offsets / tolerance + 64).astype(int), 0, 4095)
        votes = np.bincount(bins).astype(np.float64)
        votes[:-1] += np.bincount(bins)[1:]
        position = (np.arange(len(votes)) - 63) * tolerance
        score = votes * np.clip(1 - position / height, 0, None) ** 2
        top = int(np.argmax(score))
        value = float(score[top]) - 0.02 * abs(drift) / height * len(columns)
        if best is None or value > best[0]:
            best = (value, slope, float(position[top]))
    assert best is not None
    return _refined(tops, columns, best[1], best[2], tolerance)


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

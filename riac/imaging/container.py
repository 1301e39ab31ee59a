"""Finds containers in a picture of a whole vehicle; takes a cropped picture as its container.

The physics used: air is the unattenuated beam; a container is the tallest thing on the vehicle,
its roof is a straight line over a long stretch, its side walls are upright, and its floor
(cross-members between two rails, ISO 1496-1) ends where the trailer begins.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from riac.imaging.floor import floor_rows
from riac.imaging.frame import LocatedContainer
from riac.scan import Box, Picture

WORKING_ROWS = 400
WORKING_COLUMNS = 1600
AIR_TRANSMISSION = 0.975
"""Two steel walls of 1.6 mm leave 0.88 to 0.93 at 6 MV; air with its noise stays above this."""
SUSTAINED = 0.10
"""A roof is what begins an object of this height, of the picture's; a cable or line is not."""
ROOF_TOLERANCE = 0.015
"""Of the picture's height: corrugation, bent roof bows, and the sampling of the search."""
LOWER_FRACTION = 0.86
"""A second container is at least this high beside the highest: 8 ft against 9 ft 6 in."""
LEAST_HEIGHT = 0.30
LEAST_ASPECT = 0.28
"""A 20 ft box is 2.3 times as long as high; fast vehicles are scanned in a quarter of that."""
MOST_DRIFT = 0.14
"""How far a roof may drop over the whole picture, of its height (tilt of trailer and ramp)."""

Profile = NDArray[np.float64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A run of columns under one roof line; rows and columns of the working picture."""

    first: int
    last: int
    slope: float
    offset: float

    def roof(self, column: float) -> float:
        return self.slope * column + self.offset

    @property
    def width(self) -> int:
        return self.last - self.first + 1


def find_containers(transmission: Picture, *, view: str = "main") -> tuple[LocatedContainer, ...]:
    """Find the containers of a picture, left to right.

    Args:
        transmission: (H, W) float32, 0 to 1, upright, air bright.
        view: name of the view, for the answer.
    """
    working = shrink(transmission)
    height, width = working.shape
    stretches = _stretches(working)
    scale = (transmission.shape[1] / width, transmission.shape[0] / height)
    found = [_located(working, stretch, scale, view) for stretch in stretches]
    tall = [one for one in found if one is not None]
    if not tall:
        return ()
    if len(tall) == 1 and _is_cropped(working, tall[0], scale):
        return (_whole(transmission.shape, view, tall[0].score),)
    highest = max(one.box_px.height for one in tall)
    return tuple(one for one in tall if one.box_px.height >= 0.8 * highest)


def _is_cropped(working: Picture, found: LocatedContainer, scale: tuple[float, float]) -> bool:
    """Say whether the picture ends where its container ends.

    Under a whole vehicle there is air between the wheels; a container cut out has none below.
    """
    height, width = working.shape
    first, last = int(found.box_px.x0 / scale[0]), int(np.ceil(found.box_px.x1 / scale[0]))
    lowest = working[-max(1, height // 10) :, first:last]
    air = float((lowest > AIR_TRANSMISSION).mean())
    share = (last - first) / width
    return (share >= 0.85 and air < 0.06) or (share >= 0.95 and air < 0.15)


def _whole(shape: tuple[int, ...], view: str, score: float) -> LocatedContainer:
    box = Box(0.0, 0.0, float(shape[1]), float(shape[0]))
    quad = np.array(
        [[box.x0, box.y0], [box.x1, box.y0], [box.x1, box.y1], [box.x0, box.y1]], np.float64
    )
    return LocatedContainer(box, quad, view, score, whole_picture=True)


def shrink(transmission: Picture) -> Picture:
    """Return the picture with at most the working number of rows and columns."""
    height, width = transmission.shape
    rows, columns = min(height, WORKING_ROWS), min(width, WORKING_COLUMNS)
    small: Picture = cv2.resize(transmission, (columns, rows), interpolation=cv2.INTER_AREA)
    return small


def _stretches(working: Picture) -> list[_Stretch]:
    height, _ = working.shape
    objects = working < AIR_TRANSMISSION
    tops = _top_profile(objects)
    found: list[_Stretch] = []
    free = np.isfinite(tops)
    for _ in range(4):
        line = _highest_line(tops, free, height)
        if line is None:
            break
        slope, offset = line
        columns = np.arange(len(tops))
        near = free & (np.abs(tops - (slope * columns + offset)) <= 2 * ROOF_TOLERANCE * height)
        for first, last in _runs(near, objects, line):
            found.append(_Stretch(first, last, slope, offset))
        free &= tops > slope * columns + offset + 2 * ROOF_TOLERANCE * height
    return sorted(_apart(found), key=lambda one: one.first)


def _apart(stretches: list[_Stretch]) -> list[_Stretch]:
    """Drop a stretch that lies within the columns of a higher one."""
    kept: list[_Stretch] = []
    for one in sorted(stretches, key=lambda stretch: -stretch.width):
        if all(one.last < other.first or one.first > other.last for other in kept):
            kept.append(one)
    return kept


def _top_profile(objects: Mask) -> Profile:
    """Return for each column the row where a sustained object begins; inf where none does."""
    height, width = objects.shape
    reach = max(4, round(SUSTAINED * height))
    total = np.zeros((height + reach + 1, width), np.int32)
    np.cumsum(objects, axis=0, out=total[1 : height + 1])
    total[height + 1 :] = total[height]
    below = total[reach : reach + height] - total[:height]
    begins = objects & (below >= 0.85 * reach)
    tops: Profile = np.argmax(begins, axis=0).astype(np.float64)
    tops[~begins.any(axis=0)] = np.inf
    return tops


def _highest_line(tops: Profile, free: Mask, height: int) -> tuple[float, float] | None:
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


def _runs(near: Mask, objects: Mask, line: tuple[float, float]) -> list[tuple[int, int]]:
    """Cut the columns of a roof into containers: gaps of air part them, dents do not."""
    height, width = objects.shape
    upper = _upper_fill(objects, line, rows=round(0.3 * height))
    inside = upper >= 0.5
    # A dent or a missing roof panel keeps its walls; air does not.
    candidates = inside & (near | (_nearest(near) <= 0.02 * width))
    edges = np.flatnonzero(np.diff(np.concatenate([[0], candidates.astype(np.int8), [0]])))
    runs = [(int(a), int(b) - 1) for a, b in zip(edges[::2], edges[1::2], strict=True)]
    joined: list[tuple[int, int]] = []
    for first, last in runs:
        if joined and first - joined[-1][1] <= 2 and not _is_air(upper, joined[-1][1], first):
            joined[-1] = (joined[-1][0], last)
        else:
            joined.append((first, last))
    return [
        (first, last)
        for first, last in joined
        if near[first : last + 1].mean() > 0.5 and last - first >= 8
    ]


def _is_air(upper: Profile, last: int, first: int) -> bool:
    between = upper[last + 1 : first]
    return bool(len(between)) and float(between.min()) < 0.25


def _nearest(mask: Mask) -> NDArray[np.float64]:
    """Return the distance in columns to the nearest True."""
    if not mask.any():
        return np.full(len(mask), np.inf)
    where = np.flatnonzero(mask)
    columns = np.arange(len(mask))
    after = np.searchsorted(where, columns).clip(0, len(where) - 1)
    before = (after - 1).clip(0)
    distances = np.minimum(np.abs(where[after] - columns), np.abs(columns - where[before]))
    return np.asarray(distances, np.float64)


def _upper_fill(objects: Mask, line: tuple[float, float], *, rows: int) -> Profile:
    """Return for each column the share of object in the rows right under the roof line."""
    height, width = objects.shape
    roof = np.clip(np.rint(line[0] * np.arange(width) + line[1]).astype(int), 0, height - 1)
    total = np.zeros((height + 1, width), np.int32)
    np.cumsum(objects, axis=0, out=total[1:])
    columns = np.arange(width)
    lower = np.minimum(roof + rows, height)
    filled = total[lower, columns] - total[roof, columns]
    return np.asarray(filled / np.maximum(lower - roof, 1), np.float64)


def _located(
    working: Picture, stretch: _Stretch, scale: tuple[float, float], view: str
) -> LocatedContainer | None:
    height, _ = working.shape
    first, last = stretch.first, stretch.last
    roof = (stretch.roof(first), stretch.roof(last))
    bottom, sureness = floor_rows(working, columns=(first, last), roof=roof)
    size = (bottom[0] + bottom[1] - roof[0] - roof[1]) / 2
    if size < LEAST_HEIGHT * height or stretch.width * scale[0] < LEAST_ASPECT * size * scale[1]:
        return None
    x0, x1 = first * scale[0], (last + 1) * scale[0]
    quad = np.array(
        [
            [x0, roof[0] * scale[1]],
            [x1, roof[1] * scale[1]],
            [x1, bottom[1] * scale[1]],
            [x0, bottom[0] * scale[1]],
        ],
        dtype=np.float64,
    )
    quad[:, 1] = np.clip(quad[:, 1], 0, height * scale[1])
    return LocatedContainer(_around(quad), quad, view, sureness)


def _around(quad: NDArray[np.float64]) -> Box:
    (x0, y0), (x1, y1) = quad.min(axis=0), quad.max(axis=0)
    return Box(float(x0), float(y0), float(x1), float(y1))

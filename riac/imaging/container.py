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
AIR_AT_LEAST = 0.94
"""A roof of corrugated steel seen along its plane leaves less than this."""
DEAD_TRANSMISSION = 0.06
SUSTAINED = 0.10
"""A roof is what begins an object of this height, of the picture's; a cable or line is not."""
ROOF_TOLERANCE = 0.015
"""Of the picture's height: corrugation, bent roof bows, and the sampling of the search."""
HEIGHTS_APART = 0.20
"""Of the longest container's height: 8 ft beside 9 ft 6 in, and the tilt of the trailer."""
FLOORS_APART = 0.12
"""Of the same: containers on one trailer stand on one bed, which may be tilted."""
POST_TRANSMISSION = 0.6
"""A corner post is 12 mm of steel and more along the beam; wall panels leave 0.88 to 0.93."""
POST_REACH = 0.04
"""Of the picture's height: a gap between two posts is no wider than this on either side."""
LEAST_HEIGHT = 0.30
LEAST_ASPECT = 0.28
"""A 20 ft box is 2.3 times as long as high; fast vehicles are scanned in a quarter of that."""
CROP_MARGIN = 0.08
BOX_RIM = 0.022
"""Of the container's height, around the box alone: door gear and castings stand out by 6 cm, and
a box that cuts its own walls is worse than one with a rim. The quad has none."""
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
    working = against_air(shrink(transmission))
    height, width = working.shape
    stretches = _stretches(working)
    scale = (transmission.shape[1] / width, transmission.shape[0] / height)
    found = [_located(working, stretch, scale, view) for stretch in stretches]
    tall = [one for one in found if one is not None]
    if not tall:
        return ()
    if len(tall) == 1 and _is_cropped(working, tall[0], scale):
        return (_whole(transmission.shape, view, tall[0].score),)
    return _side_by_side(tall)


def _side_by_side(found: list[LocatedContainer]) -> tuple[LocatedContainer, ...]:
    """Keep what can stand beside the longest container: a cab is lower and ends lower."""
    longest = max(found, key=lambda one: one.box_px.width)
    (_, top, _, bottom), height = longest.box_px.as_tuple(), longest.box_px.height
    return tuple(
        one
        for one in found
        if abs(one.box_px.y0 - top) <= HEIGHTS_APART * height
        and abs(one.box_px.y1 - bottom) <= FLOORS_APART * height
    )


def _is_cropped(working: Picture, found: LocatedContainer, scale: tuple[float, float]) -> bool:
    """Say whether the picture ends where its container ends.

    Under a whole vehicle there is air between the wheels; a container cut out has none below.
    """
    height, width = working.shape
    first, last = int(found.box_px.x0 / scale[0]), int(np.ceil(found.box_px.x1 / scale[0]))
    lowest = working[-max(1, height // 10) :] > AIR_TRANSMISSION
    air, air_amidst = (
        float(lowest[:, a:b].mean()) for a, b in ((first, last), (width // 10, width - width // 10))
    )
    share = (last - first) / width
    near_roof = found.quad_px[:2, 1].min() < CROP_MARGIN * height * scale[1]
    return (
        (share >= 0.85 and air < 0.06)
        or (share >= 0.95 and air < 0.15)
        or (share >= 0.5 and near_roof and air_amidst < 0.06)
    )


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


def against_air(working: Picture) -> Picture:
    """Return the picture relative to its own air, with dead margins taken for air.

    Columns in which nothing passes from top to bottom were recorded with the beam off.
    """
    dead = (working < DEAD_TRANSMISSION).mean(axis=0) > 0.97
    if dead.all():
        return working
    above = working[: max(2, len(working) // 50), ~dead]
    air = float(np.percentile(above, 60))
    relative = np.minimum(working / air, 1.0) if AIR_AT_LEAST < air < 1.0 else working.copy()
    relative[:, dead] = 1.0
    result: Picture = relative.astype(np.float32)
    return result


def _stretches(working: Picture) -> list[_Stretch]:
    height, _ = working.shape
    objects = working < AIR_TRANSMISSION
    tops = _top_profile(objects)
    found: list[_Stretch] = []
    free = np.isfinite(tops)
    taken = np.zeros(len(tops), np.bool_)
    for _ in range(4):
        line = _highest_line(tops, free, height)
        if line is None:
            break
        slope, offset = line
        columns = np.arange(len(tops))
        above = tops - (slope * columns + offset)
        near = np.abs(above) <= 2 * ROOF_TOLERANCE * height
        for first, last in _runs(near & ~taken, working, line):
            found.append(_under_posts(_Stretch(first, last, slope, offset), tops))
            taken[first : last + 1] = True
        free &= ~taken & (above > ROOF_TOLERANCE * height)
    return _joined(sorted(found, key=lambda one: one.first), working)


def _joined(stretches: list[_Stretch], working: Picture) -> list[_Stretch]:
    """Join neighbours that do not both end in a corner post: uneven dose, not a gap of air."""
    result: list[_Stretch] = []
    for one in stretches:
        before = result[-1] if result else None
        if before is None or not _are_one(working, before, one):
            result.append(one)
            continue
        line = before if before.width >= one.width else one
        result[-1] = _Stretch(before.first, one.last, line.slope, line.offset)
    return result


def _are_one(working: Picture, before: _Stretch, after: _Stretch) -> bool:
    height, _ = working.shape
    drop = abs(before.roof(before.last) - after.roof(after.first))
    if drop > 2 * ROOF_TOLERANCE * height:
        return False
    return not (
        _ends_in_post(working, before, at_last=True)
        and _ends_in_post(working, after, at_last=False)
    )


def _ends_in_post(working: Picture, stretch: _Stretch, *, at_last: bool) -> bool:
    height, _ = working.shape
    width = max(4, round(0.05 * height))
    end = stretch.last if at_last else stretch.first
    top = max(0, round(stretch.roof(end)))
    rows = slice(top + round(0.02 * height), top + round(0.15 * height))
    columns = slice(max(0, end - width), end + 1) if at_last else slice(end, end + width)
    zone = working[rows, columns]
    return bool(zone.size) and float(np.median(zone, axis=0).min()) < POST_TRANSMISSION


def _under_posts(stretch: _Stretch, tops: Profile) -> _Stretch:
    """Raise the roof to the corner posts where both stand above it: a tank in its frame."""
    width = max(3, round(0.06 * stretch.width))
    ends = []
    for start in (stretch.first, stretch.last - width + 1):
        inside = tops[start : start + width]
        ends.append(float(np.sort(inside)[min(2, width - 1)]))
    left, right = ends
    rise = (stretch.roof(stretch.first) - left, stretch.roof(stretch.last) - right)
    least = 2 * ROOF_TOLERANCE * WORKING_ROWS
    if not np.isfinite(rise).all() or min(rise) < least or max(rise) > 2 * min(rise):
        return stretch
    slope = (right - left) / max(1, stretch.last - stretch.first)
    return _Stretch(stretch.first, stretch.last, slope, left - slope * stretch.first)


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


def _runs(near: Mask, working: Picture, line: tuple[float, float]) -> list[tuple[int, int]]:
    """Cut the columns of a roof into containers: gaps of air part them, dents do not."""
    height, width = working.shape
    upper = _upper_fill(working < AIR_TRANSMISSION, line, rows=round(0.3 * height))
    inside = (upper >= 0.5) & ~_slits(working, line)
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


def _slits(working: Picture, line: tuple[float, float]) -> Mask:
    """Mark gaps too narrow to be all air: bright columns between two corner posts."""
    height, width = working.shape
    middle = line[0] * width / 2 + line[1]
    rows = slice(max(0, int(middle + 0.15 * height)), int(middle + 0.45 * height))
    zone = working[rows]
    if not len(zone):
        return np.zeros(width, np.bool_)
    profile = np.median(zone, axis=0)
    solid = profile[profile < AIR_TRANSMISSION]
    if not len(solid):
        return np.zeros(width, np.bool_)
    reach = max(3, round(POST_REACH * height))
    darkest = cv2.erode(profile[None, :].astype(np.float32), np.ones((1, reach), np.uint8))[0]
    left, right = np.roll(darkest, reach // 2 + 1), np.roll(darkest, -(reach // 2 + 1))
    posts = (left < POST_TRANSMISSION) & (right < POST_TRANSMISSION)
    halfway = (1 + float(np.median(solid))) / 2
    slits: Mask = posts & (profile > max(0.85, halfway))
    least = round(LEAST_ASPECT * LEAST_HEIGHT * height)
    slits[:least] = False
    slits[-least:] = False
    return slits


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
    height, width = working.shape
    first, last = stretch.first, stretch.last
    # Too short for a container of even the least height: no floor need be looked for.
    if stretch.width * scale[0] < LEAST_ASPECT * LEAST_HEIGHT * height * scale[1]:
        return None
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
    rim = BOX_RIM * size * scale[1]
    shape = (width * scale[0], height * scale[1])
    return LocatedContainer(_around(quad, rim=rim, shape=shape), quad, view, sureness)


def _around(quad: NDArray[np.float64], *, rim: float, shape: tuple[float, float]) -> Box:
    (x0, y0), (x1, y1) = quad.min(axis=0) - rim, quad.max(axis=0) + rim
    return Box(
        max(0.0, float(x0)),
        max(0.0, float(y0)),
        min(shape[0], float(x1)),
        min(shape[1], float(y1)),
    )

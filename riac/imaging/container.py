"""Finds containers in a picture of a whole vehicle; takes a cropped picture as its container.

The physics used: air is the unattenuated beam; a container is the tallest thing on the vehicle,
its roof is a straight line over a long stretch, its side walls are upright, and its floor
(cross-members between two rails, ISO 1496-1) ends where the trailer begins.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from riac.imaging.floor import floor_rows, free_floor
from riac.imaging.frame import LocatedContainer
from riac.imaging.posts import Frame, find_frames
from riac.imaging.roof import (
    MOST_DRIFT,
    ROOF_TOLERANCE,
    Mask,
    Profile,
    highest_line,
    top_profile,
    upper_fill,
)
from riac.scan import Box, Picture

WORKING_ROWS = 400
WORKING_COLUMNS = 1600
AIR_TRANSMISSION = 0.975
"""Two steel walls of 1.6 mm leave 0.88 to 0.93 at 6 MV; air with its noise stays above this."""
AIR_AT_LEAST = 0.94
"""A roof of corrugated steel seen along its plane leaves less than this."""
DEAD_TRANSMISSION = 0.06
LEAST_LENGTH = 0.4
"""Of the longest container: 20 ft beside 45 ft at uneven speed; a cab beside 20 ft is shorter."""
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
SURE_FLOOR = 0.6
"""Of the floor's sureness; a floor less sure than this gives way to that of a neighbour."""
MOST_ROOFLESS = 0.05
"""Of the width of a picture cut out: a box has a roof all along, a tank in its frame has none."""
GAP_OF_AIR = 0.8
"""A gap narrower than two pixels is mixed with the posts beside it."""
BOX_RIM = (0.03, 0.025)
"""Of the container's height, beside and above the box alone: door gear and castings stand out by
6 to 9 cm, and a box that cuts its own walls is worse than one with a rim. Below there is none:
there the trailer begins. The quad has no rim at all."""


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
    located = [(_located(working, stretch, scale, view), stretch) for stretch in stretches]
    tall = [(one, stretch) for one, stretch in located if one is not None]
    if not tall:
        return ()
    found = [one for one, _ in tall]
    if _is_cropped(working, [stretch for _, stretch in tall], found, scale):
        return (_whole(transmission.shape, view, max(one.score for one in found)),)
    shape = (float(transmission.shape[1]), float(transmission.shape[0]))
    return _side_by_side(_on_one_bed(working, tall, shape=shape))


def _on_one_bed(
    working: Picture,
    tall: list[tuple[LocatedContainer, _Stretch]],
    *,
    shape: tuple[float, float],
) -> list[LocatedContainer]:
    """Give containers whose own floor is in doubt that of the surest: one bed bears them all.

    Only those between two corner posts and under the same roof line: a cab is neither.
    """
    surest, its_stretch = max(tall, key=lambda each: (each[0].score, each[0].box_px.width))
    tolerance = 2 * ROOF_TOLERANCE * len(working)
    result = []
    for one, stretch in tall:
        middle = (stretch.first + stretch.last) / 2
        doubtful = (
            one.score < SURE_FLOOR <= surest.score
            and abs(stretch.roof(middle) - its_stretch.roof(middle)) <= tolerance
            and _ends_in_post(working, stretch, at_last=True)
            and _ends_in_post(working, stretch, at_last=False)
        )
        result.append(_as_high_as(surest, one, shape=shape) if doubtful else one)
    return result


def _as_high_as(
    surest: LocatedContainer, one: LocatedContainer, *, shape: tuple[float, float]
) -> LocatedContainer:
    high = float(surest.quad_px[3, 1] - surest.quad_px[0, 1])
    quad = one.quad_px.copy()
    quad[2:, 1] = np.minimum(quad[1::-1, 1] + high, shape[1])
    return replace(one, quad_px=quad, box_px=_around(quad, high=high, shape=shape))


def _side_by_side(found: list[LocatedContainer]) -> tuple[LocatedContainer, ...]:
    """Keep what can stand beside the longest container: a cab is lower and ends lower."""
    longest = max(found, key=lambda one: one.box_px.width)
    (_, top, _, bottom), height = longest.box_px.as_tuple(), longest.box_px.height
    return tuple(
        one
        for one in found
        if one.length_px >= LEAST_LENGTH * longest.length_px
        and abs(one.box_px.y0 - top) <= HEIGHTS_APART * height
        and abs(one.box_px.y1 - bottom) <= FLOORS_APART * height
    )


def _is_cropped(
    working: Picture,
    stretches: list[_Stretch],
    found: list[LocatedContainer],
    scale: tuple[float, float],
) -> bool:
    """Say whether the picture ends where its container ends.

    Under a whole vehicle there is air between the wheels; a container cut out has none below.
    """
    height, width = working.shape
    for before, after in itertools.pairwise(stretches):
        roofless = after.first - before.last > MOST_ROOFLESS * width
        if roofless or _are_parted(working, before, after):
            return False
    first = int(min(one.box_px.x0 for one in found) / scale[0])
    last = int(np.ceil(max(one.box_px.x1 for one in found) / scale[0]))
    lowest = working[-max(1, height // 10) :] > AIR_TRANSMISSION
    air, air_amidst = (
        float(lowest[:, a:b].mean()) for a, b in ((first, last), (width // 10, width - width // 10))
    )
    share = (last - first) / width
    near_roof = min(one.quad_px[:2, 1].min() for one in found) < CROP_MARGIN * height * scale[1]
    return (
        (share >= 0.85 and air < 0.06)
        or (share >= 0.95 and air < 0.15)
        or (share >= 0.5 and near_roof and air_amidst < 0.06)
    )


def _are_parted(working: Picture, before: _Stretch, after: _Stretch) -> bool:
    """Say whether there is air between two stretches, from below the roof to near the bed.

    Between two rolls or stacks of one container it is dark further down; uneven dose is no air.
    """
    height, _ = working.shape
    top = max(0, round(max(before.roof(before.last), after.roof(after.first))))
    rows = slice(top + round(0.05 * (height - top)), top + round(0.6 * (height - top)))
    between = working[rows, max(0, before.last - 1) : after.first + 2]
    return bool(between.size) and float(np.percentile(between, 10, axis=0).max()) > GAP_OF_AIR


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
    tops = top_profile(objects)
    found: list[_Stretch] = []
    free = np.isfinite(tops)
    taken = np.zeros(len(tops), np.bool_)
    for _ in range(4):
        line = highest_line(tops, free, height)
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
    framed = _framed(found, find_frames(objects, tops))
    return _joined(sorted(framed, key=lambda one: one.first), working)


def _framed(found: list[_Stretch], frames: list[Frame]) -> list[_Stretch]:
    """Put frames in place of what stands in them, lower than their posts."""
    result = list(found)
    for frame in frames:
        left, right = frame.tops
        slope = (right - left) / max(1, frame.last - frame.first)
        around = _Stretch(frame.first, frame.last, slope, left - slope * frame.first)
        within = [one for one in result if _overlap(one, around) > 0.5 * one.width]
        if any(_reaches(one, around) for one in within):
            continue
        result = [one for one in result if one not in within] + [around]
    return result


def _overlap(one: _Stretch, other: _Stretch) -> int:
    return max(0, min(one.last, other.last) - max(one.first, other.first) + 1)


def _reaches(one: _Stretch, frame: _Stretch) -> bool:
    middle = (one.first + one.last) / 2
    return one.roof(middle) <= frame.roof(middle) + ROOF_TOLERANCE * WORKING_ROWS


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
    if abs(slope) * len(tops) > MOST_DRIFT * WORKING_ROWS:
        # A cab on one side and a container on the other are no posts of one frame.
        return stretch
    return _Stretch(stretch.first, stretch.last, slope, left - slope * stretch.first)


def _runs(near: Mask, working: Picture, line: tuple[float, float]) -> list[tuple[int, int]]:
    """Cut the columns of a roof into containers: gaps of air part them, dents do not."""
    height, width = working.shape
    upper = upper_fill(working < AIR_TRANSMISSION, line, rows=round(0.3 * height))
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
    """Mark gaps too narrow to be all air: bright columns between two corner posts.

    They are bright right under the roof line too; a gap between two stacks has the roof over it.
    """
    height, width = working.shape
    middle = line[0] * width / 2 + line[1]
    zones = [_zone(working, middle, share) for share in ((0.02, 0.12), (0.15, 0.45))]
    if any(zone.shape[0] == 0 for zone in zones):
        return np.zeros(width, np.bool_)
    profiles = [np.median(zone, axis=0) for zone in zones]
    solids = [profile[profile < AIR_TRANSMISSION] for profile in profiles]
    if any(len(solid) == 0 for solid in solids):
        return np.zeros(width, np.bool_)
    bright = [
        profile > max(0.85, (1 + float(np.median(solid))) / 2)
        for profile, solid in zip(profiles, solids, strict=True)
    ]
    profile = profiles[1]
    reach = max(3, round(POST_REACH * height))
    darkest = cv2.erode(profile[None, :].astype(np.float32), np.ones((1, reach), np.uint8))[0]
    left, right = np.roll(darkest, reach // 2 + 1), np.roll(darkest, -(reach // 2 + 1))
    posts = (left < POST_TRANSMISSION) & (right < POST_TRANSMISSION)
    slits: Mask = posts & bright[0] & bright[1]
    least = round(LEAST_ASPECT * LEAST_HEIGHT * height)
    slits[:least] = False
    slits[-least:] = False
    return slits


def _zone(working: Picture, roof: float, share: tuple[float, float]) -> Picture:
    """Return the rows between two shares of the picture's height below a roof."""
    height = len(working)
    return working[max(0, int(roof + share[0] * height)) : max(0, int(roof + share[1] * height))]


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


def _located(
    working: Picture, stretch: _Stretch, scale: tuple[float, float], view: str
) -> LocatedContainer | None:
    height, width = working.shape
    first, last = stretch.first, stretch.last
    # Too short for a container of even the least height: no floor need be looked for.
    if stretch.width * scale[0] < LEAST_ASPECT * LEAST_HEIGHT * height * scale[1]:
        return None
    roof = (stretch.roof(first), stretch.roof(last))
    bottom, sureness = free_floor(
        working < AIR_TRANSMISSION, columns=(first, last), roof=roof
    ) or floor_rows(working, columns=(first, last), roof=roof)
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
    shape = (width * scale[0], height * scale[1])
    box = _around(quad, high=size * scale[1], shape=shape)
    return LocatedContainer(box, quad, view, sureness)


def _around(quad: NDArray[np.float64], *, high: float, shape: tuple[float, float]) -> Box:
    (x0, y0), (x1, y1) = quad.min(axis=0), quad.max(axis=0)
    beside, above = (share * high for share in BOX_RIM)
    return Box(
        max(0.0, float(x0) - beside),
        max(0.0, float(y0) - above),
        min(shape[0], float(x1) + beside),
        min(shape[1], float(y1)),
    )

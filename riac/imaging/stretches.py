"""Runs of columns under one roof: what may be a container, before its floor is looked for."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from riac.imaging.air import AIR_TRANSMISSION, WORKING_ROWS
from riac.imaging.posts import POST_WIDTH, Frame, find_frames
from riac.imaging.roof import (
    MOST_DRIFT,
    ROOF_TOLERANCE,
    Mask,
    Profile,
    highest_line,
    top_profile,
    upper_fill,
)
from riac.scan import Picture

POST_TRANSMISSION = 0.6
"""A corner post is 12 mm of steel and more along the beam; wall panels leave 0.88 to 0.93."""
POST_REACH = 0.04
"""Of the picture's height: a gap between two posts is no wider than this on either side."""
LEAST_POST_SHARE = 0.4
"""Of the width of the outermost post: the bows and ribs of an open top are a quarter as wide."""
LEAST_HEIGHT = 0.30
LEAST_ASPECT = 0.28
"""A 20 ft box is 2.3 times as long as high; fast vehicles are scanned in a quarter of that."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A run of columns under one roof line; rows and columns of the working picture."""

    first: int
    last: int
    slope: float
    offset: float

    def roof(self, column: float) -> float:
        """Return the row of the roof line at a column."""
        return self.slope * column + self.offset

    @property
    def width(self) -> int:
        """In columns."""
        return self.last - self.first + 1


def find_stretches(working: Picture) -> list[Stretch]:
    """Find the runs of columns that a roof, or the posts of a frame, hold together, left to right.

    Args:
        working: (H, W) float32, of `against_air`.
    """
    height, _ = working.shape
    objects = working < AIR_TRANSMISSION
    tops = top_profile(objects)
    found: list[Stretch] = []
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
            found.append(_under_posts(Stretch(first, last, slope, offset), tops))
            taken[first : last + 1] = True
        free &= ~taken & (above > ROOF_TOLERANCE * height)
    framed = _framed(found, find_frames(working, objects, tops))
    return _joined(sorted(framed, key=lambda one: one.first), working)


def _framed(found: list[Stretch], frames: list[Frame]) -> list[Stretch]:
    """Put frames in place of what stands in them, lower than their posts."""
    result = list(found)
    for frame in frames:
        left, right = frame.tops
        slope = (right - left) / max(1, frame.last - frame.first)
        around = Stretch(frame.first, frame.last, slope, left - slope * frame.first)
        within = [one for one in result if _overlap(one, around) > 0.5 * one.width]
        # The posts themselves are no roof.
        roofs = [one for one in within if one.width > POST_WIDTH[1] * WORKING_ROWS]
        if any(_reaches(one, around) for one in roofs):
            continue
        result = [one for one in result if one not in within] + [around]
    return result


def _overlap(one: Stretch, other: Stretch) -> int:
    return max(0, min(one.last, other.last) - max(one.first, other.first) + 1)


def _reaches(one: Stretch, frame: Stretch) -> bool:
    middle = (one.first + one.last) / 2
    return one.roof(middle) <= frame.roof(middle) + ROOF_TOLERANCE * WORKING_ROWS


def _joined(stretches: list[Stretch], working: Picture) -> list[Stretch]:
    """Join neighbours that do not both end in a corner post: uneven dose, not a gap of air."""
    result: list[Stretch] = []
    for one in stretches:
        before = result[-1] if result else None
        if before is None or not _are_one(working, before, one):
            result.append(one)
            continue
        line = before if before.width >= one.width else one
        result[-1] = Stretch(before.first, one.last, line.slope, line.offset)
    return result


def _are_one(working: Picture, before: Stretch, after: Stretch) -> bool:
    height, _ = working.shape
    drop = abs(before.roof(before.last) - after.roof(after.first))
    if drop > 2 * ROOF_TOLERANCE * height:
        return False
    facing = (
        _post_columns(working, before, at_last=True),
        _post_columns(working, after, at_last=False),
    )
    outermost = max(
        _post_columns(working, before, at_last=False), _post_columns(working, after, at_last=True)
    )
    # Two bows or ribs of one roof face each other as posts do, but are far thinner than posts.
    return min(facing) == 0 or max(facing) < LEAST_POST_SHARE * outermost


def ends_in_post(working: Picture, stretch: Stretch, *, at_last: bool) -> bool:
    """Say whether a stretch ends in a corner post: steel right under its roof."""
    return _post_columns(working, stretch, at_last=at_last) > 0


def _post_columns(working: Picture, stretch: Stretch, *, at_last: bool) -> int:
    height, _ = working.shape
    width = max(4, round(0.05 * height))
    end = stretch.last if at_last else stretch.first
    top = max(0, round(stretch.roof(end)))
    rows = slice(top + round(0.02 * height), top + round(0.15 * height))
    columns = slice(max(0, end - width), end + 1) if at_last else slice(end, end + width)
    zone = working[rows, columns]
    return int((np.median(zone, axis=0) < POST_TRANSMISSION).sum()) if zone.size else 0


def _under_posts(stretch: Stretch, tops: Profile) -> Stretch:
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
    return Stretch(stretch.first, stretch.last, slope, left - slope * stretch.first)


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
    # numpy sorts faster than it selects.
    profiles = [np.sort(zone, axis=0)[len(zone) // 2] for zone in zones]
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

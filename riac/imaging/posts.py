"""Containers without walls: tanks in their frames and flat racks, told by their end posts.

What stands between the posts is lower than they are and has air above it, so that no roof line
leads to the container; the posts themselves are the tallest upright things (ISO 1496-3, tank
containers; ISO 1496-5, platforms with end structures).
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from riac.imaging.roof import MOST_DRIFT, ROOF_TOLERANCE, Mask, Profile
from riac.scan import Picture

POST_WIDTH = (2, 0.09)
"""Columns at least, and share of the picture's height at most: 160 mm of 4 m, and a tilted one."""
STEEL = 0.8
"""Of the beam, at most, passes a post: 12 mm of steel leave 0.7. A line that a detector or the dose
draws through the air is fainter."""
UPRIGHT = 0.3
"""Of the picture's height: a post is solid so far down."""
LOWER = 0.03
"""Of the picture's height, at least, by which what stands beside a post is lower."""
BESIDE = 0.06
"""Of the picture's height: how far beside a post that is looked for."""
CONTENT = 0.25
"""Of the columns between two posts, at least, hold something as high as `UPRIGHT`."""
MOST_ROOF = 0.05
"""Of the columns between two posts may hold something as high as they are."""
ALIKE = 0.3
"""Of the wider post's width, at least, the other's; what is thinner is a rail that noise shows."""
LEAST_LENGTH = 0.5
"""Of the picture's height."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Two posts; columns and rows of the working picture."""

    first: int
    last: int
    tops: tuple[float, float]
    """Rows of the upper ends."""


@dataclass(frozen=True, slots=True)
class _Post:
    first: int
    last: int
    top: float

    @property
    def width(self) -> int:
        return self.last - self.first + 1


def find_frames(working: Picture, objects: Mask, tops: Profile) -> list[Frame]:
    """Find pairs of posts with nothing but lower things between them, none within another.

    Args:
        working: (H, W) float32, of `against_air`.
        objects: (H, W), what is no air.
        tops: (W,), of `top_profile`.
    """
    posts = _posts(working, objects, tops)
    frames: list[Frame] = []
    # The widest first: exhaust pipes within a frame are posts to one another.
    pairs = itertools.combinations(range(len(posts)), 2)
    for first, last in sorted(pairs, key=lambda pair: posts[pair[0]].first - posts[pair[1]].last):
        one, other = posts[first], posts[last]
        if any(one.first < frame.last and frame.first < other.last for frame in frames):
            continue
        if _frames(objects, tops, one, other, inner=posts[first + 1 : last]):
            frames.append(Frame(one.first, other.last, (one.top, other.top)))
    return frames


def _frames(
    objects: Mask, tops: Profile, one: _Post, other: _Post, *, inner: Sequence[_Post]
) -> bool:
    """Say whether two posts are the ends of one frame that holds something."""
    height, width = objects.shape
    slope = (other.top - one.top) / max(1, other.first - one.last)
    too_short = other.last - one.first < LEAST_LENGTH * height
    if too_short or abs(slope) * width > MOST_DRIFT * height:
        return False
    narrow, wide = sorted((one.width, other.width))
    if narrow < ALIKE * wide:
        return False
    if any(
        post.width >= ALIKE * narrow
        and post.top < one.top + slope * (post.first - one.last) + LOWER * height
        for post in inner
    ):
        return False
    columns = np.arange(one.last + 1, other.first)
    line = one.top + slope * (columns - one.last)
    # A roof would be at the height of the posts; what stands in a frame stays below.
    if (tops[columns] < line + ROOF_TOLERANCE * height).mean() > MOST_ROOF:
        return False
    rows = np.arange(height)[:, None] >= line[None, :]
    filled = (objects[:, columns] & rows).sum(axis=0) >= UPRIGHT * height
    return bool(filled.mean() >= CONTENT)


def _posts(working: Picture, objects: Mask, tops: Profile) -> list[_Post]:
    height, width = objects.shape
    reach = max(2, round(BESIDE * height))
    least = LOWER * height
    # One column begins early where noise lies on it.
    levels = _evened(np.where(np.isfinite(tops), tops, height))
    found: list[_Post] = []
    column = 0
    while column < width:
        run = _run(levels, column, tolerance=max(1.0, ROOF_TOLERANCE * height))
        wide = run - column
        if POST_WIDTH[0] <= wide <= POST_WIDTH[1] * height and np.isfinite(tops[column:run]).all():
            top = float(np.median(levels[column:run]))
            sides = (levels[max(0, column - reach) : column], levels[run : run + reach])
            alone = all(side.size and np.median(side) > top + least for side in sides)
            down = slice(round(top), round(top + UPRIGHT * height))
            # What begins with the picture has no air above it to say that it ends there.
            solid = objects[down, column:run].mean() > 0.9
            if alone and down.start > 1 and solid and np.median(working[down, column:run]) < STEEL:
                found.append(_Post(column, run - 1, top))
        column = run
    return found


def _evened(levels: Profile) -> Profile:
    """Return the median of each column and its neighbours; two columns alike stay as they are."""
    padded = np.pad(levels, 1, mode="edge")
    return np.asarray(np.median([padded[:-2], levels, padded[2:]], axis=0), np.float64)


def _run(levels: Profile, start: int, *, tolerance: float) -> int:
    """Return where the columns end that are as high as the first, each beside the other."""
    end = start + 1
    while end < len(levels) and abs(levels[end] - levels[end - 1]) <= tolerance:
        end += 1
    return end

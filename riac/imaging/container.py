"""Finds containers in a picture of a whole vehicle; takes a cropped picture as its container.

The physics used: air is the unattenuated beam; a container is the tallest thing on the vehicle,
its roof is a straight line over a long stretch, its side walls are upright, and its floor
(cross-members between two rails, ISO 1496-1) ends where the trailer begins.
"""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from riac.imaging.air import AIR_TRANSMISSION, against_air, shrink
from riac.imaging.floor import floor_rows, free_floor
from riac.imaging.frame import LocatedContainer
from riac.imaging.refining import refined
from riac.imaging.roof import ROOF_TOLERANCE
from riac.imaging.stretches import (
    LEAST_ASPECT,
    LEAST_HEIGHT,
    Stretch,
    ends_in_post,
    find_stretches,
)
from riac.scan import Box, Picture

if TYPE_CHECKING:  # ports speak of what lies above this package
    from riac.ports import EdgeReader

LEAST_LENGTH = 0.4
"""Of the longest container: 20 ft beside 45 ft at uneven speed; a cab beside 20 ft is shorter."""
HEIGHTS_APART = 0.20
"""Of the longest container's height: 8 ft beside 9 ft 6 in, and the tilt of the trailer."""
FLOORS_APART = 0.12
"""Of the same: containers on one trailer stand on one bed, which may be tilted."""
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


def find_containers(
    transmission: Picture, *, view: str = "main", edges: EdgeReader | None = None
) -> tuple[LocatedContainer, ...]:
    """Find the containers of a picture, left to right.

    Args:
        transmission: (H, W) float32, 0 to 1, upright, air bright.
        view: name of the view, for the answer.
        edges: says where the edges of a container lie that stands alone; without it they stay
            where they were found.

    Raises:
        ModelError: the reader of edges cannot be run.
    """
    working = against_air(shrink(transmission))
    height, width = working.shape
    stretches = find_stretches(working)
    scale = (transmission.shape[1] / width, transmission.shape[0] / height)
    located = [(_located(working, stretch, scale, view), stretch) for stretch in stretches]
    tall = [(one, stretch) for one, stretch in located if one is not None]
    if not tall:
        return ()
    found = [one for one, _ in tall]
    if _is_cropped(working, [stretch for _, stretch in tall], found, scale):
        return (_whole(transmission.shape, view, max(one.score for one in found)),)
    shape = (float(transmission.shape[1]), float(transmission.shape[0]))
    beside = _side_by_side(_on_one_bed(working, tall, shape=shape))
    # No reader has learned what the edges are that two containers turn to each other.
    if edges is None or len(beside) > 1:
        return beside
    return tuple(_refined(transmission, one, edges) for one in beside)


def _refined(transmission: Picture, one: LocatedContainer, edges: EdgeReader) -> LocatedContainer:
    shape = (float(transmission.shape[1]), float(transmission.shape[0]))
    quad = refined(one.quad_px, edges.read(transmission, one.quad_px))
    quad = np.clip(quad, 0, shape)
    high = float(quad[2:, 1].mean() - quad[:2, 1].mean())
    return replace(one, quad_px=quad, box_px=_around(quad, high=high, shape=shape))


def _on_one_bed(
    working: Picture,
    tall: list[tuple[LocatedContainer, Stretch]],
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
            and ends_in_post(working, stretch, at_last=True)
            and ends_in_post(working, stretch, at_last=False)
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
    stretches: list[Stretch],
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


def _are_parted(working: Picture, before: Stretch, after: Stretch) -> bool:
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


def _located(
    working: Picture, stretch: Stretch, scale: tuple[float, float], view: str
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

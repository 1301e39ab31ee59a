"""Loads that lean or shift between two passages.

A stack of cartons leans a hand's breadth after some hundred kilometres of road, more at its top
than at its foot. That is no other load: everything is still there, side by side in the same
order. So each band of height may be displaced along the container by its own monotone warp, a
little and smoothly; what was put in or taken out has no counterpart to be displaced to.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from riac.compare.warping import FINENESS, STRIDE, matching_costs, smoothest_path
from riac.compare.working import ROWS
from riac.scan import Picture
from riac.threads import at_once

ROUNDS = 3
"""Of following goods that moved."""
COLUMNS = 512
"""Of the descriptors; a 40-foot container gives 2.4 cm each."""
BANDS = 16
"""Of height, 16 cm each."""
BANDS_WITHIN = 2
REACH = 10
"""Columns by which goods may have moved: 24 cm in a 40-foot container."""
STIFFNESS = 0.3
"""Cost of a change of displacement by one state between nodes, per column of the node."""
SHYNESS = 0.05
"""Cost, noise units, of being displaced by the whole reach: most goods have not moved."""

Descriptors = list[NDArray[np.float32]]
"""Of the bands from the roof down: (COLUMNS, 2 BANDS_WITHIN) each."""


def leaned(
    entry: Picture, exit_: Picture, map_x: Picture, map_y: Picture
) -> tuple[Picture, Picture, Picture]:
    """Return the map with each band of height displaced to where its goods went, and by how much.

    In a few rounds: what has been followed once can be followed further.

    Args:
        entry: (ROWS, columns) float32, noise levels.
        exit_: the other picture, mirrored and tone-matched.
        map_x: column of `exit_` for each pixel of `entry`, aligned as a whole.
        map_y: its row.
    """
    brightest = float(entry.max())
    expected = _bands(entry)
    shift = np.zeros_like(map_x)
    for _ in range(ROUNDS):
        warped = cv2.remap(
            exit_,
            map_x,
            map_y,
            cv2.INTER_LINEAR,
            borderMode=cv2.BORDER_CONSTANT,
            borderValue=brightest,
        )
        more = _displaced(expected, _bands(warped), columns=entry.shape[1])
        map_x, map_y = _moved(map_x, map_y, more)
        shift += more
    return map_x, map_y, shift


def _displaced(first: Descriptors, second: Descriptors, *, columns: int) -> Picture:
    """Return (ROWS, columns) pixels along the container by which the second lies off the first."""
    halves = at_once(
        lambda bands: [_displacement(first[band], second[band]) for band in bands],
        range(BANDS // 2),
        range(BANDS // 2, BANDS),
    )
    nodes = np.stack([each for half in halves for each in half])
    field = cv2.GaussianBlur(nodes, (0, 0), 1.5, sigmaY=0.5, borderType=cv2.BORDER_REPLICATE)
    shift: Picture = cv2.resize(field, (columns, ROWS), interpolation=cv2.INTER_LINEAR)
    shift *= np.float32(columns / COLUMNS)
    return shift


def _moved(map_x: Picture, map_y: Picture, shift: Picture) -> tuple[Picture, Picture]:
    places = np.arange(shift.shape[1], dtype=np.float32)[None, :] + shift
    rows = np.broadcast_to(np.arange(ROWS, dtype=np.float32)[:, None], shift.shape)
    moved = [
        cv2.remap(
            one,
            places,
            np.ascontiguousarray(rows),
            cv2.INTER_LINEAR,
            borderMode=cv2.BORDER_REPLICATE,
        )
        for one in (map_x, map_y)
    ]
    return moved[0], moved[1]


def _displacement(first: NDArray[np.float32], second: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return (nodes,) columns by which a band of the second picture lies off the first."""
    costs = matching_costs(first, second, REACH)
    away = np.abs(np.arange(costs.shape[1]) - REACH * FINENESS) / (REACH * FINENESS)
    costs += (SHYNESS * STRIDE * away).astype(np.float32)
    path, _ = smoothest_path(costs, np.float32(STIFFNESS * STRIDE))
    return (path / FINENESS - REACH).astype(np.float32)


def _bands(picture: Picture) -> Descriptors:
    """Describe each band of height."""
    small = cv2.resize(picture, (COLUMNS, ROWS), interpolation=cv2.INTER_AREA)
    high = ROWS // BANDS
    # A quarter of a band more on both sides: neighbours decide alike.
    return [
        _descriptors(small[max(0, top - high // 4) : min(ROWS, top + high + high // 4)])
        for top in range(0, ROWS, high)
    ]


def _descriptors(band: Picture) -> NDArray[np.float32]:
    """Return (COLUMNS, 2 BANDS_WITHIN): level and slope along x."""
    levels = cv2.resize(band, (COLUMNS, BANDS_WITHIN), interpolation=cv2.INTER_AREA)
    slope = cv2.Sobel(levels, cv2.CV_32F, 1, 0, ksize=3) * 0.5
    return np.ascontiguousarray(np.vstack([levels, slope]).T)

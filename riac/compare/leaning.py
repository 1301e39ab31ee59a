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


def leaned(
    entry: Picture, exit_: Picture, map_x: Picture, map_y: Picture
) -> tuple[Picture, Picture, Picture]:
    """Return the map with each band of height displaced to where its goods went, and by how much.

    Args:
        entry: (ROWS, columns) float32, noise levels.
        exit_: the other picture, mirrored and tone-matched.
        map_x: column of `exit_` for each pixel of `entry`, aligned as a whole.
        map_y: its row.
    """
    warped = cv2.remap(
        exit_,
        map_x,
        map_y,
        cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=float(entry.max()),
    )
    columns = entry.shape[1]
    first, second = (
        cv2.resize(picture, (COLUMNS, ROWS), interpolation=cv2.INTER_AREA)
        for picture in (entry, warped)
    )
    nodes = np.stack(at_once(lambda band: _displacement(first, second, band=band), *range(BANDS)))
    field = cv2.GaussianBlur(nodes, (0, 0), 1.5, sigmaY=0.5, borderType=cv2.BORDER_REPLICATE)
    shift = cv2.resize(field, (columns, ROWS), interpolation=cv2.INTER_LINEAR)
    shift *= np.float32(columns / COLUMNS)
    places = np.arange(columns, dtype=np.float32)[None, :] + shift
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
    return moved[0], moved[1], shift


def _displacement(first: Picture, second: Picture, *, band: int) -> NDArray[np.float32]:
    """Return (nodes,) columns by which a band of the second picture lies off the first."""
    high = ROWS // BANDS
    # Half a band more on both sides: neighbours decide alike.
    rows = slice(max(0, band * high - high // 4), min(ROWS, (band + 1) * high + high // 4))
    costs = matching_costs(_descriptors(first[rows]), _descriptors(second[rows]), REACH)
    away = np.abs(np.arange(costs.shape[1]) - REACH * FINENESS) / (REACH * FINENESS)
    costs += (SHYNESS * STRIDE * away).astype(np.float32)
    path, _ = smoothest_path(costs, np.float32(STIFFNESS * STRIDE))
    return (path / FINENESS - REACH).astype(np.float32)


def _descriptors(band: Picture) -> NDArray[np.float32]:
    """Return (COLUMNS, 2 BANDS_WITHIN): level and slope along x."""
    levels = cv2.resize(band, (COLUMNS, BANDS_WITHIN), interpolation=cv2.INTER_AREA)
    slope = cv2.Sobel(levels, cv2.CV_32F, 1, 0, ksize=3) * 0.5
    return np.ascontiguousarray(np.vstack([levels, slope]).T)

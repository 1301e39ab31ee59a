"""Resamples a located container to the container frame (`riac.imaging.frame`)."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from riac.imaging.frame import LocatedContainer, RectifiedContainer
from riac.scan import Picture, View

FRAME_ROWS = 256
"""A thing of 15 cm is 13 rows of a container of 2,896 mm, 15 of one of 2,591 mm."""
MOST_COLUMNS = 4096
LEAST_COLUMNS = 64
NOMINAL_HEIGHTS_MM = (2591.0, 2896.0)
"""ISO 668: standard and high cube, outside."""


def rectify(view: View, container: LocatedContainer) -> RectifiedContainer:
    """Resample one view so that its container fills a picture of `FRAME_ROWS` rows."""
    quad = container.quad_px
    high = (quad[3, 1] - quad[0, 1] + quad[2, 1] - quad[1, 1]) / 2
    wide = (quad[1, 0] - quad[0, 0] + quad[2, 0] - quad[3, 0]) / 2
    columns = int(np.clip(round(wide * FRAME_ROWS / high), LEAST_COLUMNS, MOST_COLUMNS))
    corners = np.array(
        [[0, 0], [columns, 0], [columns, FRAME_ROWS], [0, FRAME_ROWS]], dtype=np.float32
    )
    to_file = cv2.getPerspectiveTransform(corners, quad.astype(np.float32)).astype(np.float64)
    planes = tuple(
        _resampled(plane.transmission, to_file, (columns, FRAME_ROWS)) for plane in view.planes
    )
    row_mm = container_height_mm(view, rows_px=float(high)) / FRAME_ROWS
    pitch = view.pixel_pitch_mm
    aspect = None if pitch is None else pitch[0] / pitch[1]
    return RectifiedContainer(planes, to_file, view.name, row_mm, container, aspect)


def container_height_mm(view: View, *, rows_px: float) -> float:
    """Return the nominal height nearest to the measured one; high cube where none is measured."""
    if view.pixel_pitch_mm is None:
        return NOMINAL_HEIGHTS_MM[-1]
    measured = rows_px * view.pixel_pitch_mm[1]
    return min(NOMINAL_HEIGHTS_MM, key=lambda nominal: abs(nominal - measured))


def _resampled(
    transmission: Picture, to_file: NDArray[np.float64], size: tuple[int, int]
) -> Picture:
    """Average over the pixels that fall into one of the frame, then straighten.

    Two steps: warping alone would sample and not average. Edges of pixels, not their middles,
    are whole numbers in both frames.
    """
    height, width = transmission.shape
    spread = np.linalg.norm(to_file[:2, :2], axis=0)
    scale = 1 / np.maximum(spread, 1.0)
    small_size = (max(1, round(width * scale[0])), max(1, round(height * scale[1])))
    small = transmission
    if small_size != (width, height):
        small = cv2.resize(transmission, small_size, interpolation=cv2.INTER_AREA)
    to_small = np.diag([small.shape[1] / width, small.shape[0] / height, 1.0]) @ to_file
    half = np.array([[1, 0, 0.5], [0, 1, 0.5], [0, 0, 1]])
    middles = np.linalg.inv(half) @ to_small @ half
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    rectified: Picture = cv2.warpPerspective(
        small, middles, size, flags=flags, borderMode=cv2.BORDER_REPLICATE
    )
    return rectified

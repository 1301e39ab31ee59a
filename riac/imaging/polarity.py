"""Whether air is bright, and how bright: told from where air must be in a cargo scan."""

from __future__ import annotations

import math

import cv2
import numpy as np
from numpy.typing import NDArray

from riac.scan import Picture

Levels = NDArray[np.uint8 | np.uint16]

_ROWS, _COLUMNS = 200, 400
_ABOVE, _BELOW = _ROWS // 25, _ROWS // 5
_DARK = 0.45
_AIR_SPREAD = 0.01
"""Of air's level, median deviation: quantum noise at the lowest dose in use, thinned."""


def looks_inverted(picture: Picture | Levels, *, full_scale: float = 1.0) -> bool:
    """Say whether the picture shows air dark.

    Over the vehicle is air, or at least nothing thicker than a roof; its floor and wheels below
    are thicker. A picture whose uppermost rows are dark, and whose lowest hold anything brighter,
    has its levels the wrong way round.

    Args:
        picture: (H, W), transmission, or levels as stored.
        full_scale: of the levels.
    """
    above = float(np.median(_shrunk(picture, slice(0, _ABOVE), full_scale)))
    if above >= _DARK:
        return False
    below = float(np.percentile(_shrunk(picture, slice(_ROWS - _BELOW, _ROWS), full_scale), 90))
    return below > above + 0.05


def _shrunk(picture: Picture | Levels, rows: slice, full_scale: float) -> Picture:
    """Return some of `_ROWS` rows of the picture, averaged, 0 to 1."""
    share = len(picture) / _ROWS
    seen = picture[int(rows.start * share) : max(1, math.ceil(rows.stop * share))]
    size = (_COLUMNS, rows.stop - rows.start)
    small = cv2.resize(seen.astype(np.float32, copy=False), size, interpolation=cv2.INTER_AREA)
    return np.asarray(small / np.float32(full_scale), np.float32)


def air_level(levels: Levels) -> float | None:
    """Return the level of air, or None when the picture shows none.

    Air is the brightest thing in the picture and, over the vehicle, flat.
    """
    height, width = levels.shape
    thinned = levels[:: max(1, height // _ROWS), :: max(1, width // _COLUMNS)].astype(np.float32)
    strip = thinned[: max(2, len(thinned) // 50)]
    level = float(np.median(strip))
    brightest = float(np.percentile(thinned, 99))
    spread = float(np.median(np.abs(strip - level)))
    flat = spread <= _AIR_SPREAD * level and abs(brightest - level) <= 0.03 * level
    return level if flat and level > 0 else None

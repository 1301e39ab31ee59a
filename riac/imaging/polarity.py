"""Whether air is bright, and how bright: told from where air must be in a cargo scan."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from riac.scan import Picture

Levels = NDArray[np.uint8 | np.uint16]

_ROWS, _COLUMNS = 200, 400
_AIR_SPREAD = 0.01
"""Of air's level, median deviation: quantum noise at the lowest dose in use, thinned."""


def looks_inverted(transmission: Picture) -> bool:
    """Say whether the picture shows air dark.

    Over the vehicle is air, or at least nothing thicker than a roof; its floor and wheels below
    are thicker. A picture whose uppermost rows are dark, and whose lowest hold anything brighter,
    has its levels the wrong way round.
    """
    small = cv2.resize(transmission, (_COLUMNS, _ROWS), interpolation=cv2.INTER_AREA)
    above = float(np.median(small[: _ROWS // 25]))
    below = float(np.percentile(small[-_ROWS // 5 :], 90))
    return above < 0.45 and below > above + 0.05


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

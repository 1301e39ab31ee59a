"""A small picture relative to its own air: the form in which containers are looked for."""

from __future__ import annotations

import cv2
import numpy as np

from riac.scan import Picture

WORKING_ROWS = 400
WORKING_COLUMNS = 1600
AIR_TRANSMISSION = 0.975
"""Two steel walls of 1.6 mm leave 0.88 to 0.93 at 6 MV; air with its noise stays above this."""
AIR_AT_LEAST = 0.94
"""A roof of corrugated steel seen along its plane leaves less than this."""
DEAD_TRANSMISSION = 0.06


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
    dark = cv2.compare(working, DEAD_TRANSMISSION, cv2.CMP_LT)
    dead = cv2.reduce(dark, 0, cv2.REDUCE_SUM, dtype=cv2.CV_32S)[0] > 0.97 * 255 * len(working)
    if dead.all():
        return working
    above = working[: max(2, len(working) // 50), ~dead]
    air = float(np.percentile(above, 60))
    relative: Picture = working / np.float32(air if AIR_AT_LEAST < air < 1.0 else 1.0)
    if AIR_AT_LEAST < air < 1.0:
        np.minimum(relative, np.float32(1), out=relative)
    relative[:, dead] = 1.0
    return relative

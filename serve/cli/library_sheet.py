"""A picture for people: a scan above the standard images it is most like."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from riac.scan import Picture

ROWS = 160
CAPTION_ROWS = 22
GAP = 6
BACKGROUND = 255

Grey = NDArray[np.uint8]
"""(rows, columns) uint8."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One picture of the sheet."""

    caption: str
    """ASCII: the drawing library knows no other letters."""
    picture: Grey


def shown_scan(caption: str, transmission: Picture) -> Shown:
    """Draw a rectified container: (rows, columns) float32, transmission, 0 to 1."""
    return Shown(caption, np.asarray(np.clip(transmission * 255, 0, 255).round(), np.uint8))


def draw_sheet(scan: Shown, nearest: Sequence[Shown], *, columns: int = 2) -> bytes:
    """Draw the scan over its nearest standard images, best first; a PNG."""
    cells = [_cell(each) for each in (scan, *nearest)]
    width = max(cell.shape[1] for cell in cells)
    cells = [_filled(cell, width=width) for cell in cells]
    blank = np.full_like(cells[0], BACKGROUND)
    rows = [[cells[0], *[blank] * (columns - 1)]]
    for first in range(1, len(cells), columns):
        row = cells[first : first + columns]
        rows.append([*row, *[blank] * (columns - len(row))])
    done, content = cv2.imencode(".png", np.vstack([np.hstack(row) for row in rows]))
    assert done, "an 8-bit picture always has a PNG"
    return bytes(content.tobytes())


def _cell(shown: Shown) -> Grey:
    rows, columns = shown.picture.shape
    size = (max(1, round(columns * ROWS / rows)), ROWS)
    small = cv2.resize(shown.picture, size, interpolation=cv2.INTER_AREA)
    cell = cv2.copyMakeBorder(
        small, CAPTION_ROWS, GAP, GAP, GAP, cv2.BORDER_CONSTANT, value=(BACKGROUND,)
    )
    text = shown.caption.encode("ascii", "replace").decode()
    cv2.putText(cell, text, (GAP, 16), cv2.FONT_HERSHEY_SIMPLEX, 0.45, (0,), 1, cv2.LINE_AA)
    return np.asarray(cell, np.uint8)


def _filled(cell: Grey, *, width: int) -> Grey:
    missing = width - cell.shape[1]
    wide = cv2.copyMakeBorder(cell, 0, 0, 0, missing, cv2.BORDER_CONSTANT, value=(BACKGROUND,))
    return np.asarray(wide, np.uint8)

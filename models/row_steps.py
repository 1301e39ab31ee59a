"""What the normalisation checker looks at: by how much each row differs from those above it.

While air is measured nothing may stand in the beam. Where something does, the rows behind it are
divided by too little and shown too bright: the whole row, by one factor, from one row to the next.
Goods, roofs and floors step too, but not by one factor in all columns. So the picture is cut into
strips side by side, and of each strip the distribution of steps in the logarithm of transmission
is kept, row by row. Nothing is learned here.
"""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from riac.compiled import compiled
from riac.scan import Picture

DEFINITION = 1
"""Raised with every change of what the network is given: weights of another are refused."""
STRIPS = 8
STRIP_COLUMNS = 48
"""Of a strip, that are looked at."""
GAP, SPAN = 1, 2
"""Rows left out on either side of a step, where a display smears it, and rows compared beyond."""
BLACK, FULL = 0.03, 0.985
"""Transmission below and above which nothing is told of a gain."""
_UPWARD = (0.012, 0.03, 0.05, 0.08, 0.12, 0.17, 0.23, 0.31, 0.42, 0.58, 0.8, 1.2)
EDGES: Final = (*(-each for each in reversed(_UPWARD)), *_UPWARD)
"""Between the bins, in the logarithm of transmission."""
BINS: Final = len(EDGES) + 1
KINDS: Final = ("known", "to full", "from full", "full", "black")
"""Of what else is told of a strip's step: shares of its columns."""
CHANNELS: Final = BINS + len(KINDS)
_EDGES: Final = np.array(EDGES, np.float32)
_KNOWN, _DARK = 0, 4
_FIRST: Final = tuple(
    BINS + KINDS.index(each)
    for each in ("known", "from full", "to full", "full", "black", "from full", "to full", "full")
)
"""The channel of full above 1, full below 2 and dark 4, added up; black beside what is full counts
as both."""

RowSteps = NDArray[np.float32]
"""(CHANNELS, STRIPS, H) float32, 0 to 1: shares of the steps that are known, then of columns."""


def row_steps(transmission: Picture) -> RowSteps:
    """Return the steps into every row.

    Args:
        transmission: (H, W) float32, 0 to 1, repaired.
    """
    height, width = transmission.shape
    columns = np.arange(STRIPS * STRIP_COLUMNS) * width // (STRIPS * STRIP_COLUMNS)
    thinned = transmission.take(columns, axis=1)
    reach = GAP + SPAN
    padded = cv2.copyMakeBorder(thinned, reach, reach, 0, 0, cv2.BORDER_REPLICATE)
    # Means over SPAN rows; the step into row r lies between r - 1 and r.
    means = sum(padded[first : first + len(padded) - SPAN + 1] for first in range(SPAN)) / SPAN
    logarithm = np.log(np.maximum(means, BLACK))
    counts = _counted(np.asarray(means, np.float32), logarithm, _EDGES, height)
    counts[:, :, :BINS] /= np.maximum(counts[:, :, BINS : BINS + 1], 1)
    counts[:, :, BINS:] /= STRIP_COLUMNS
    return np.ascontiguousarray(counts.transpose(2, 1, 0))


@compiled
def _counted(
    means: NDArray[np.float32],
    logarithm: NDArray[np.float32],
    edges: NDArray[np.float32],
    height: int,
) -> NDArray[np.float32]:  # pragma: no cover - compiled
    """Count the columns of each strip by bin, and by kind: (height, STRIPS, CHANNELS)."""
    apart = SPAN + 2 * GAP
    across = STRIPS * STRIP_COLUMNS
    counts = np.zeros((height, STRIPS, CHANNELS), np.float32)
    place = np.empty(across, np.int32)
    kind = np.empty(across, np.int32)
    for row in range(height):
        # Two loops without branches, which are vectorised, before the one that counts.
        for column in range(across):
            above, below = means[row, column], means[row + apart, column]
            dark = (above < BLACK) | (below < BLACK)
            kind[column] = (above > FULL) + 2 * (below > FULL) + 4 * dark
            place[column] = 0
        for edge in edges:
            for column in range(across):
                step = logarithm[row + apart, column] - logarithm[row, column]
                place[column] += step > edge
        for column in range(across):
            strip, of_it = column // STRIP_COLUMNS, kind[column]
            if of_it == _KNOWN:
                counts[row, strip, place[column]] += 1
            counts[row, strip, _FIRST[of_it]] += 1
            if of_it > _DARK:
                counts[row, strip, _FIRST[_DARK]] += 1
    return counts

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

RowSteps = NDArray[np.float32]
"""(CHANNELS, STRIPS, H) float32, 0 to 1: shares of the steps that are known, then of columns."""


def row_steps(transmission: Picture) -> RowSteps:
    """Return the steps into every row.

    Args:
        transmission: (H, W) float32, 0 to 1, repaired.
    """
    height, width = transmission.shape
    columns = np.arange(STRIPS * STRIP_COLUMNS) * width // (STRIPS * STRIP_COLUMNS)
    thinned = np.ascontiguousarray(transmission[:, columns])
    reach = GAP + SPAN
    padded = cv2.copyMakeBorder(thinned, reach, reach, 0, 0, cv2.BORDER_REPLICATE)
    # Means over SPAN rows; the step into row r lies between r - 1 and r.
    means = sum(padded[first : first + len(padded) - SPAN + 1] for first in range(SPAN)) / SPAN
    above, below = means[:height], means[SPAN + 2 * GAP :][:height]
    dark = np.minimum(above, below) < BLACK
    full_above, full_below = above > FULL, below > FULL
    known = ~(dark | full_above | full_below)
    logarithm = np.log(np.maximum(means, BLACK))
    step = logarithm[SPAN + 2 * GAP :][:height] - logarithm[:height]
    bins = np.searchsorted(np.array(EDGES, np.float32), step.ravel()).reshape(step.shape)
    place = np.arange(height)[:, None] * STRIPS + np.arange(step.shape[1])[None] // STRIP_COLUMNS
    counted = np.bincount((place * BINS + bins)[known], minlength=height * STRIPS * BINS).reshape(
        height, STRIPS, BINS
    )
    among = counted.sum(axis=2)
    shares = counted / np.maximum(among, 1)[:, :, None]
    masks = (known, ~full_above & full_below, full_above & ~full_below, full_above & full_below,
             dark)  # fmt: skip
    kinds = [mask.reshape(height, STRIPS, STRIP_COLUMNS).mean(axis=2) for mask in masks]
    steps = np.concatenate([shares, np.stack(kinds, axis=2)], axis=2)
    return np.ascontiguousarray(steps.transpose(2, 1, 0), np.float32)

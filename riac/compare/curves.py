"""Curves through knots, for pictures: what `numpy.interp` gives, several times as fast."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from riac.compiled import compiled
from riac.scan import Picture

CELLS = 1024
"""Into which the range of knots is divided, so that each level starts near its own knot."""


def interpolated(
    levels: Picture, knots: NDArray[np.float64], values: NDArray[np.float64]
) -> Picture:
    """Map levels by straight lines between knots; beyond the ends by the ends' values.

    Args:
        levels: (H, W) float32, finite.
        knots: (K,) float64, none below the one before it, K of 2 or more.
        values: (K,) float64.

    Returns:
        (H, W) float32.
    """
    places = np.linspace(knots[0], knots[-1], CELLS)
    nearest = np.searchsorted(knots, places, side="right") - 1
    return _mapped(np.ascontiguousarray(levels), knots, values, np.clip(nearest, 0, len(knots) - 2))


@compiled
def _mapped(
    levels: Picture,
    knots: NDArray[np.float64],
    values: NDArray[np.float64],
    nearest: NDArray[np.int64],
) -> Picture:  # pragma: no cover - compiled
    mapped = np.empty(levels.shape, np.float32)
    first, last = knots[0], knots[-1]
    cells = (nearest.size - 1) / max(last - first, 1e-30)
    for row in range(levels.shape[0]):
        for column in range(levels.shape[1]):
            level = float(levels[row, column])
            if level <= first:
                mapped[row, column] = values[0]
            elif level >= last:
                mapped[row, column] = values[-1]
            else:
                knot = nearest[int((level - first) * cells)]
                while knots[knot + 1] < level:
                    knot += 1
                width = knots[knot + 1] - knots[knot]
                share = (level - knots[knot]) / width if width > 0 else 0.0
                mapped[row, column] = values[knot] + share * (values[knot + 1] - values[knot])
    return mapped

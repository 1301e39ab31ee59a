"""The edges of a container that was found, joined with what another reader says of them.

Two estimates whose errors have nothing to do with each other are better together than either,
each weighed by its inverse variance. Where they are further apart than what was found is ever
wrong by chance, it is wrong by mistake (a rail taken for the floor), and the reader is believed
if it is sure. No container is added here, and none taken away.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from riac.imaging.frame import Quad

if TYPE_CHECKING:  # ports speak of what lies above this package
    from riac.ports import EdgeReading

FOUND = np.array([0.0034, 0.0049, 0.0038, 0.0205])
"""Of the container's height: left, top, right, bottom. Deviation of edges found without a reader,
mistakes apart: 1.48 times the median error on simulated scans of all kinds of containers."""
MISTAKEN = 3.0
"""Deviations of what was found beyond which it is a mistake."""
SURE = 2.0
"""Deviations of the reader's own beyond which it is believed then."""

_OUTWARD = ((-1.0, 0.0), (0.0, -1.0), (1.0, 0.0), (0.0, 1.0))
_CORNERS = ((0, 3), (0, 1), (1, 2), (2, 3))


def refined(quad: Quad, reading: EdgeReading) -> Quad:
    """Return the quad with its edges where both estimates together have them."""
    high = float(quad[2:, 1].mean() - quad[:2, 1].mean())
    shifts = joined(reading) * high
    moved = quad.copy()
    for shift, outward, corners in zip(shifts, _OUTWARD, _CORNERS, strict=True):
        moved[list(corners)] += shift * np.array(outward)
    return moved


def joined(reading: EdgeReading) -> NDArray[np.float64]:
    """Return how far outward each edge is to be moved, of the container's height."""
    apart = np.abs(reading.outward)
    share = FOUND**2 / (FOUND**2 + reading.deviation**2)
    mistaken = (apart > MISTAKEN * FOUND) & (apart > SURE * reading.deviation)
    return np.asarray(np.where(mistaken, 1.0, share) * reading.outward)

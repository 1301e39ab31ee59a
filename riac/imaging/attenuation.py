"""Between transmission and attenuation, and how far a level can be trusted."""

from __future__ import annotations

import numpy as np

from riac.scan import Picture

EIGHT_BIT_FLOOR = 1.5 / 255
"""Below this an 8-bit picture has one or two levels left: nothing can be told apart there."""
SIXTEEN_BIT_FLOOR = 1e-3
"""About the electronic noise of a cargo detector, of its full scale."""


def to_attenuation(transmission: Picture, *, floor: float = SIXTEEN_BIT_FLOOR) -> Picture:
    """Return A = -ln T, (H, W) float32, 0 to -ln(floor).

    Args:
        transmission: (H, W) float32, 0 to 1.
        floor: lowest transmission taken at its word; anything darker counts as this.
    """
    attenuation: Picture = -np.log(np.clip(transmission, floor, 1.0))
    return attenuation


def to_transmission(attenuation: Picture) -> Picture:
    """Return T = exp(-A), (H, W) float32, 0 to 1."""
    transmission: Picture = np.exp(-np.maximum(attenuation, 0))
    return transmission


def floor_of(*, bits: int) -> float:
    """Return the lowest transmission that pixels of so many bits can tell from nothing."""
    return EIGHT_BIT_FLOOR if bits <= 8 else SIXTEEN_BIT_FLOOR

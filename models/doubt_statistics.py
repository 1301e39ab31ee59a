"""Where change networks doubt that a pair shows the same, in numbers, for pair judges.

A change is somewhere. What two unlike scanners make of one load is everywhere alike: along the
upper edges of what is dense, at one height all along the container, darker on both sides. So it
matters where they doubt, and not only how much.
"""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from models.change_input import ChangeInput
from riac.scan import Picture

DOUBT_NAMES: Final = (
    "doubt_one_sided",
    "doubt_at_level_edges",
    "doubt_at_upright_edges",
    "doubt_attenuation",
    "doubt_height",
    "doubt_rows",
    "doubt_columns",
    "opaque",
    "air",
)
"""Of the statistics, in order: of what is in doubt, the share of difference that is of one sign,
how steeply attenuation changes up and along, how much there is of it, and how low it lies; how
few rows and columns it keeps to; and how much of the picture lets nothing through, or all."""
OPAQUE, AIR = 0.95, 0.03
"""Attenuation from which nothing, and below which everything, is seen through."""
_EDGE_SIGMA: Final = 0.7
"""Places, over which edges are smoothed."""
_LEAST: Final = 1e-3
"""Of doubt, added to what is divided by."""


def doubt_statistics(given: ChangeInput, probability: Picture) -> tuple[float, ...]:
    """Return the statistics of one pair, len(DOUBT_NAMES).

    Args:
        given: what the networks looked at.
        probability: that a place was changed, (rows, columns) of the networks' own resolution.
    """
    rows, columns = probability.shape
    before, after, deviation, _, visibility = (
        cv2.resize(plane, (columns, rows), interpolation=cv2.INTER_AREA)
        for plane in np.asarray(given, np.float32)
    )
    attenuation: Picture = (before + after) / 2
    doubt: Picture = probability * np.clip(visibility, 0, 1)
    smooth = cv2.GaussianBlur(attenuation, (0, 0), _EDGE_SIGMA)
    up, along = (np.abs(np.gradient(smooth, axis=axis)) for axis in (0, 1))
    height = np.linspace(0, 1, rows, dtype=np.float32)[:, None]
    total = float(doubt.sum()) + _LEAST
    of_each = float((doubt * np.abs(deviation)).sum()) + _LEAST
    return (
        float(abs((doubt * deviation).sum())) / of_each,
        *(float((doubt * plane).sum()) / total for plane in (up, along, attenuation, height)),
        *(_gathered(doubt.sum(axis=axis)) for axis in (1, 0)),
        float((attenuation > OPAQUE).mean()),
        float((attenuation < AIR).mean()),
    )


def _gathered(doubt: NDArray[np.float32]) -> float:
    """Say how few of the rows or columns share the doubt: 1 where all do alike."""
    return len(doubt) * float((doubt**2).sum()) / (float(doubt.sum()) ** 2 + _LEAST)

"""Empty or loaded, judged by attenuation alone; needs no library and knows no goods."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from riac.interior import Interior, cargo_attenuation
from riac.scan import Picture

CARGO_ATTENUATION = 0.45
"""Beyond the walls: 5 to 6 cm of water (0.04 to 0.06 /cm at 4 to 9 MV, NIST), more in a display."""
SOLID_FRACTION = 0.06
"""Of the height: thinner dark things are posts, joints and rails of the container itself."""
LOW_FRACTION = 0.88
"""Rows of the interior above this are judged so: ventilation inserts and generators lie below."""
BLACK_ATTENUATION = 1.5
"""Below that, only what is as dark as this is cargo: a layer of drums, of tiles, of ingots."""
DARK_AREA = 0.11
SOLID_AREA = 0.10
LARGEST_BODY = 0.20
"""Area of one solid body over the judged height squared: about 0.9 m by 0.9 m."""
BLACK_COLUMNS = 0.05
"""Share of the length on whose floor something black stands: 0.6 m of 40 ft. Real empty
containers have at most 0.01."""


@dataclass(frozen=True, slots=True)
class Loading:
    """Whether there are goods, and in which columns of the interior."""

    empty_score: float
    """0 loaded to 1 empty; 0.5 is the boundary."""
    loaded_columns: NDArray[np.bool_]
    """(columns,): True where goods stand."""

    @property
    def empty(self) -> bool:
        """True when no goods are seen."""
        return self.empty_score >= 0.5


def judge_loading(interior: Interior) -> Loading:
    """Judge whether an interior holds goods.

    Four signs, each against its bound: how much is dark at all (light, open goods), how much
    of it is solid (ordinary loads), how large the largest solid body is (a single pallet), and
    on how much of the floor something black stands (low, heavy goods).
    """
    whole = cargo_attenuation(interior.transmission)
    attenuation = _judged_rows(whole)
    rows = attenuation.shape[0]
    dark = (attenuation > CARGO_ATTENUATION).astype(np.uint8)
    solid = _opened(dark, size=max(3, round(SOLID_FRACTION * rows)))
    standing = _stands_on_the_floor(whole[rows:] if rows < len(whole) else whole)
    signs = (
        float(dark.mean()) / DARK_AREA,
        float(solid.mean()) / SOLID_AREA,
        _largest_body(solid) / rows**2 / LARGEST_BODY,
        float(standing.mean()) / BLACK_COLUMNS,
    )
    strongest = max(signs)
    loaded = (dark.mean(axis=0) > DARK_AREA) | standing
    # A smooth step at the boundary: twice the bound is 0.06, half of it 0.94.
    return Loading(float(1 / (1 + strongest**4)), loaded)


def _judged_rows(attenuation: Picture) -> Picture:
    return attenuation[: max(1, int(LOW_FRACTION * attenuation.shape[0]))]


def _stands_on_the_floor(low: Picture) -> NDArray[np.bool_]:
    """Mark columns black nearly all the way down the lowest rows."""
    return np.asarray(np.percentile(low, 20, axis=0) > BLACK_ATTENUATION, np.bool_)


def _opened(mask: NDArray[np.uint8], *, size: int) -> NDArray[np.uint8]:
    """Open with a square; the border is repeated so that bodies cut by it keep their shape."""
    padded = cv2.copyMakeBorder(mask, size, size, size, size, cv2.BORDER_REPLICATE)
    opened = cv2.morphologyEx(padded, cv2.MORPH_OPEN, np.ones((size, size), np.uint8))
    return np.asarray(opened[size:-size, size:-size], np.uint8)


def _largest_body(solid: NDArray[np.uint8]) -> float:
    count, _, statistics, _ = cv2.connectedComponentsWithStats(solid)
    return float(statistics[1:, cv2.CC_STAT_AREA].max()) if count > 1 else 0.0

"""What it took to lay a pair over itself, in numbers, for pair judges.

Any two loads can be bent until they are alike. What that takes tells one load scanned twice, whose
warp is the vehicle's speed and a lean, from two that only look alike: how much better exit fits
than the same picture turned around, how far goods were moved, and how unevenly.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from riac.ports import Fit
from riac.scan import Picture

SCALE: Final = 8
"""Pixels of the working picture, each way, to one of the reduced planes'."""
PLANES: Final = ("along", "across", "moved")
HIGH: Final = 0.99
"""Quantile, beside the mean, of how uneven a plane is."""
LEAST_COST, LEAST_PX = 0.1, 0.02
"""Below these nothing is told apart: added before logarithms."""

_UNEVEN: Final = (
    "moved",
    "moved_along",
    "moved_across",
    "rest",
    "speed",
    "speed_change",
    "bent_along",
    "bent_across",
    "bounce",
    "height_rest",
    "height_bent",
)
FIT_NAMES: Final = (
    "ln_cost",
    "ln_turned",
    "ln_turned_to_cost",
    *(f"ln_{plane}_{which}" for plane in _UNEVEN for which in ("mean", "high")),
)
"""Of the statistics, in order."""


@dataclass(frozen=True, slots=True)
class ReducedFit:
    """A `riac.ports.Fit`, its planes small enough to keep with a sample."""

    cost: float
    turned_cost: float
    planes: NDArray[np.float16]
    """(len(PLANES), rows, columns) float16, pixels of the working picture."""


def reduced(fit: Fit) -> ReducedFit:
    """Reduce the planes, to the precision in which samples are kept."""
    rows, columns = fit.moved.shape
    size = (max(columns // SCALE, 1), max(rows // SCALE, 1))
    planes = [
        cv2.resize(plane, size, interpolation=cv2.INTER_AREA)
        for plane in (fit.along, fit.across, fit.moved)
    ]
    return ReducedFit(fit.cost, fit.turned_cost, np.stack(planes).astype(np.float16))


def fit_statistics(fit: ReducedFit) -> Iterator[float]:
    """Return the statistics of one fit, len(FIT_NAMES)."""
    cost, turned = (np.log(each + LEAST_COST) for each in (fit.cost, fit.turned_cost))
    yield from (cost, turned, turned - cost)
    for plane in _uneven(*fit.planes.astype(np.float32)):
        yield np.log(plane.mean() + LEAST_PX)
        yield np.log(np.quantile(plane, HIGH) + LEAST_PX)


def _uneven(along: Picture, across: Picture, moved: Picture) -> Iterator[Picture]:
    """Return magnitudes, in the order of `_UNEVEN`, pixels or pixels per step of a plane."""
    yield moved
    yield _steps(moved, 1)
    yield _steps(moved, 0)
    # Speed and bounce displace whole columns; what is left is goods, or a bad fit.
    column = np.median(along, axis=0)
    slope = np.diff(column)
    even = np.median(slope) if slope.size else np.float32(0)
    yield np.abs(along - column)
    yield np.abs(slope - even)
    yield np.abs(np.diff(slope))
    yield np.abs(np.diff(along, axis=1) - even)
    yield _steps(along, 0)
    height = np.median(across, axis=0)
    yield np.abs(np.diff(height, n=2))
    rest = across - height
    rest = rest - np.median(rest, axis=1, keepdims=True)
    yield np.abs(rest)
    yield _steps(across, 1)


def _steps(plane: Picture, axis: int) -> Picture:
    return np.asarray(np.abs(np.diff(plane, axis=axis)), np.float32)

"""What can be measured of stowed goods in a saturated picture; each measure is a plain number.

Dense cargo is black, so goods show themselves at their upper surface, at the gaps between
stacks, and in the band under the surface where rays cross little of them. The band is looked at
with its surface flattened, so that a step in the load's height is no texture. Lengths are in
heights of the interior; every measure is the same for a mirrored picture.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from riac.scan import Picture

Signal = NDArray[np.float64]
"""(columns,) float64."""

OCTAVES = (0.02, 0.04, 0.08, 0.16, 0.32, 0.64)
"""Window lengths, in heights, between which a signal's variation along the load is shared out."""
ROUGHNESS = (0.04, 0.1, 0.25, 0.6, 1.5)
"""The same for the upper surface: from the edges of cartons to the slope of a heap."""
SCALES = (0.00625, 0.0125, 0.025, 0.05)
"""Standard deviations of the texture's filters, in heights: structure of about 5 to 40 cm."""
ZONES = {"upper": (0.0, 0.16), "lower": (0.16, 0.36)}
"""Depths under the surface, in heights: about 35 cm, then to 80 cm."""
LEVEL_DEPTH = 0.1
"""Where the level of a load is read, under its surface: above, its edge fades in."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One number of an interior."""

    name: str
    value: float


def measure(attenuation: Picture) -> tuple[Measure, ...]:
    """Measure an interior; names and order never depend on the picture.

    Args:
        attenuation: (rows, columns) float32, 0 (as the walls) to 1 (black).
    """
    rows = attenuation.shape[0]
    surface = upper_surface(cv2.GaussianBlur(attenuation, (0, 0), 1.0))
    band = flattened_band(attenuation, surface)
    measures = [*_surface_measures(1 - surface / rows, rows)]
    measures += _level_measures(attenuation, band)
    for name, (start, stop) in ZONES.items():
        first, last = round(start * rows), max(round(stop * rows), round(start * rows) + 2)
        measures += _texture_measures(band, slice(first, last), name, rows)
        measures += _gap_measures(band[first:last].mean(axis=0, dtype=np.float64), name, rows)
    return tuple(measures)


def upper_surface(attenuation: Picture) -> Signal:
    """Find the row where cargo begins in each column; the number of rows where there is none.

    Half of what ordinary cargo of the picture attenuates is the edge, whatever its tone.
    """
    rows = attenuation.shape[0]
    edge = max(0.1, 0.5 * _ordinary(attenuation))
    # A surface goes on downward: rails and seams of the container are thin.
    below = cv2.blur(
        (attenuation > edge).astype(np.float32),
        (1, max(3, rows // 16)),
        anchor=(0, 0),
        borderType=cv2.BORDER_REPLICATE,
    )
    cargo = below > 0.7
    first = np.where(cargo.any(axis=0), cargo.argmax(axis=0), rows)
    return np.asarray(first, np.float64)


def flattened_band(attenuation: Picture, surface: Signal) -> Picture:
    """Cut the band under the upper surface, each column moved up to it.

    The surface is smoothed over a tenth of the height first: what is finer is texture. Columns
    with hardly any cargo are left out, unless there are no others.
    """
    rows = attenuation.shape[0]
    smooth = cv2.medianBlur(surface.astype(np.float32)[None], 5).ravel()
    smooth = _mean(smooth.astype(np.float64), 0.1 * rows)
    loaded = surface < 0.8 * rows
    if loaded.sum() >= 0.08 * rows:
        attenuation, smooth = attenuation[:, loaded], smooth[loaded]
    depth = np.arange(round(max(stop for _, stop in ZONES.values()) * rows))
    row = np.clip(smooth.round().astype(int) + depth[:, None], 0, rows - 1)
    return np.ascontiguousarray(attenuation[row, np.arange(attenuation.shape[1])])


def _ordinary(attenuation: Picture) -> float:
    return float(np.percentile(attenuation, 75))


def _surface_measures(height: Signal, rows: int) -> Iterator[Measure]:
    for name, percent in (("height_low", 10), ("height", 50), ("height_high", 90)):
        yield Measure(name, float(np.percentile(height, percent)))
    for octave, amount in zip(ROUGHNESS, _octaves(height, ROUGHNESS, rows), strict=True):
        yield Measure(f"roughness_{octave}", _log(amount, 0.002))


def _level_measures(attenuation: Picture, band: Picture) -> Iterator[Measure]:
    inside = band[round(LEVEL_DEPTH * attenuation.shape[0]) :]
    yield Measure("level", max(0.15, _ordinary(attenuation)))
    yield Measure("level_low", float(np.percentile(inside, 5)))
    yield Measure("black", float((inside > 0.85).mean()))


def _texture_measures(band: Picture, zone: slice, name: str, rows: int) -> Iterator[Measure]:
    """Measure second derivatives at several scales (Lindeberg, "Feature detection with automatic
    scale selection", IJCV 30(2), 1998): how much there is of each scale, whether it runs up and
    down or along, and whether it is round (a positive determinant of the Hessian), as fruit is.
    """
    amounts, directions, blobs = [], [], []
    for scale in SCALES:
        along, down, mixed = (each[zone] for each in _second_derivatives(band, scale * rows))
        energy = float((along**2 + down**2 + 2 * mixed**2).mean())
        round_ = float(np.maximum(along * down - mixed**2, 0).mean())
        amounts.append(energy**0.5)
        directions.append(_log(_rms(along), 0.002) - _log(_rms(down), 0.002))
        blobs.append(2 * round_ / (energy + 1e-5))
    total = sum(amounts)
    yield Measure(f"{name}_texture", _log(total, 0.01))
    for number, scale in enumerate(SCALES):
        yield Measure(f"{name}_scale_{scale}", amounts[number] / (total + 0.01))
        yield Measure(f"{name}_direction_{scale}", directions[number])
        yield Measure(f"{name}_round_{scale}", blobs[number])


def _second_derivatives(picture: Picture, sigma: float) -> tuple[Picture, Picture, Picture]:
    """Return d²/dx², d²/dy² and d²/dxdy of the smoothed picture, times sigma squared."""
    smooth = cv2.GaussianBlur(picture, (0, 0), sigma, borderType=cv2.BORDER_REFLECT)
    weight = sigma**2 / 4
    along, down, mixed = (
        cv2.Sobel(smooth, cv2.CV_32F, *order, ksize=3, scale=weight)
        for order in ((2, 0), (0, 2), (1, 1))
    )
    return along, down, mixed


def _gap_measures(signal: Signal, name: str, rows: int) -> Iterator[Measure]:
    """Measure the stacks along the container: which widths, and how many gaps how deep."""
    amounts = _octaves(signal, OCTAVES, rows)
    total = sum(amounts)
    yield Measure(f"{name}_variation", _log(total, 0.005))
    for octave, amount in zip(OCTAVES, amounts, strict=True):
        yield Measure(f"{name}_octave_{octave}", amount / (total + 0.005))
    dips = _mean(signal, 0.3 * rows) - signal
    gap = dips > max(0.015, 0.35 * float(dips.max()))
    count = int((np.diff(np.r_[0, gap.astype(np.int8)]) == 1).sum())
    yield Measure(f"{name}_gaps", _log(count * rows / len(signal), 0.3))
    yield Measure(f"{name}_gap_width", _log(float(gap.sum()) / max(1, count) / rows, 0.01))
    yield Measure(f"{name}_gap_depth", _log(float(dips.max()), 0.01))


def _octaves(signal: Signal, windows: tuple[float, ...], rows: int) -> list[float]:
    """Share a signal's variation among octaves of window length (a stack of box filters)."""
    stack = list(
        itertools.accumulate(
            windows, lambda smooth, window: _mean(smooth, window * rows), initial=signal
        )
    )
    return [float(np.abs(fine - coarse).mean()) for fine, coarse in itertools.pairwise(stack)]


def _mean(signal: Signal, length: float) -> Signal:
    """Smooth with a box of an odd number of columns, about this many, ends repeated."""
    half = min(int(length) // 2, (len(signal) - 1) // 2)
    padded = np.pad(signal, half, mode="edge")
    sums = np.cumsum(np.concatenate(([0.0], padded)))
    return np.asarray((sums[2 * half + 1 :] - sums[: -2 * half - 1]) / (2 * half + 1), np.float64)


def _rms(picture: Picture) -> float:
    return float(np.sqrt((picture**2).mean()))


def _log(value: float, floor: float) -> float:
    return float(np.log(max(value, 0.0) + floor))

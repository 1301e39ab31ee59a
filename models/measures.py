"""What can be measured of stowed goods in a saturated picture; each measure is a plain number.

Dense cargo is black, so goods show themselves at their upper surface, at the gaps between
stacks, and in the zone under the surface where rays cross little of them. Lengths are in
heights of the interior, so that magnification and, as far as may be, speed drop out; every
measure is the same for a mirrored picture.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from riac.scan import Picture

Signal = NDArray[np.float64]
"""(columns,) float64."""

OCTAVES = (0.02, 0.04, 0.08, 0.16, 0.32, 0.64)
"""Window lengths, in heights, between which a signal's variation is shared out."""
UPPER = (0.05, 0.27)
MIDDLE = (0.27, 0.60)
"""Zones below the median upper surface, in heights."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One number, and the range over which loads may be expected to differ in it."""

    name: str
    value: float
    low: float
    high: float


def measure(attenuation: Picture) -> tuple[Measure, ...]:
    """Measure an interior.

    Args:
        attenuation: (rows, columns) float32, 0 (as the walls) to 1 (black).
    """
    smoothed = cv2.GaussianBlur(attenuation, (0, 0), 1.0)
    surface = upper_surface(smoothed)
    measures = [*_surface_measures(smoothed, surface), *_level_measures(attenuation, surface)]
    top = float(np.median(surface))
    for name, (start, stop) in (("upper", UPPER), ("middle", MIDDLE)):
        zone = _zone(attenuation, top + start, top + stop)
        measures += [*_gap_measures(zone, name), *_texture_measures(zone, name)]
    return tuple(measures)


def upper_surface(attenuation: Picture) -> Signal:
    """Find where cargo begins in each column, 0 (roof) to 1 (floor, no cargo).

    Half of what ordinary cargo of the picture attenuates is the edge, whatever its tone.
    """
    rows = attenuation.shape[0]
    edge = max(0.1, 0.5 * float(np.percentile(attenuation, 75)))
    # A surface goes on downward: rails and seams of the container are thin.
    depth = max(3, rows // 16)
    below = cv2.blur(
        (attenuation > edge).astype(np.float32),
        (1, depth),
        anchor=(0, 0),
        borderType=cv2.BORDER_REPLICATE,
    )
    cargo = below > 0.7
    first = np.where(cargo.any(axis=0), cargo.argmax(axis=0), rows)
    return np.asarray(first / rows, np.float64)


def _surface_measures(attenuation: Picture, surface: Signal) -> Iterator[Measure]:
    rows = attenuation.shape[0]
    height = 1 - surface
    low, middle, high = np.percentile(height, (10, 50, 90))
    yield Measure("height_low", float(low), 0.2, 1.0)
    yield Measure("height", float(middle), 0.4, 1.0)
    yield Measure("height_high", float(high), 0.4, 1.0)
    for short, long in ((0.0, 0.05), (0.05, 0.2), (0.2, 0.8)):
        rough = np.abs(_mean(height, short * rows) - _mean(height, long * rows)).mean()
        yield Measure(f"roughness_{long}", _log(rough, 0.002), np.log(0.003), np.log(0.1))
    yield Measure("softness", _log(_edge_depth(attenuation), 0.01), np.log(0.01), np.log(0.4))


def _edge_depth(attenuation: Picture) -> float:
    """Measure how many heights the surface takes from a quarter of its cargo to most of it."""
    cargo = max(0.2, float(np.percentile(attenuation, 75)))
    begins, full = attenuation > 0.25 * cargo, attenuation > 0.85 * cargo
    seen = begins.any(axis=0) & full.any(axis=0)
    if not seen.any():
        return 0.0
    depth = full.argmax(axis=0) - begins.argmax(axis=0)
    return float(np.median(np.maximum(depth[seen], 0)) / attenuation.shape[0])


def _level_measures(attenuation: Picture, surface: Signal) -> Iterator[Measure]:
    rows = attenuation.shape[0]
    cargo = np.arange(rows)[:, None] / rows > surface[None, :] + 0.1
    level = attenuation[cargo] if cargo.any() else attenuation.ravel()
    yield Measure("level", float(np.median(level)), 0.0, 1.0)
    yield Measure("level_low", float(np.percentile(level, 5)), 0.0, 1.0)
    yield Measure("black", float((level > 0.85).mean()), 0.0, 1.0)


def _zone(attenuation: Picture, start: float, stop: float) -> Picture:
    rows = attenuation.shape[0]
    first = min(int(start * rows), int(0.75 * rows))
    last = max(min(int(stop * rows), rows), first + 8)
    return attenuation[first:last]


def _gap_measures(zone: Picture, name: str) -> Iterator[Measure]:
    """Measure the stacks along the container: which widths, how regular, how deep the gaps."""
    signal = zone.mean(axis=0, dtype=np.float64)
    height = zone.shape[0] / (UPPER[1] - UPPER[0] if name == "upper" else MIDDLE[1] - MIDDLE[0])
    shares, total = _octave_shares(signal, height)
    yield Measure(f"{name}_variation", _log(total, 0.005), np.log(0.01), np.log(0.5))
    for octave, share in zip(OCTAVES, shares, strict=True):
        yield Measure(f"{name}_octave_{octave}", share, 0.0, 0.45)
    dips = _mean(signal, 0.3 * height) - signal
    gap = dips > max(0.015, 0.35 * float(dips.max()))
    count = int((np.diff(np.r_[0, gap.astype(np.int8)]) == 1).sum())
    width = float(gap.sum()) / max(1, count) / height
    yield Measure(f"{name}_gap_width", _log(width, 0.01), np.log(0.015), np.log(0.2))
    per_height = count / (len(signal) / height)
    yield Measure(f"{name}_gaps", _log(per_height, 0.3), np.log(0.4), np.log(20.0))


def _octave_shares(signal: Signal, height: float) -> tuple[list[float], float]:
    """Share a signal's variation among octaves of window length (a stack of box filters)."""
    amounts, previous = [], signal
    for octave in OCTAVES:
        smoother = _mean(signal, octave * height)
        amounts.append(float(np.abs(previous - smoother).mean()))
        previous = smoother
    total = sum(amounts)
    return [amount / (total + 0.005) for amount in amounts], total


def _texture_measures(zone: Picture, name: str) -> Iterator[Measure]:
    fine = (zone - cv2.GaussianBlur(zone, (0, 0), 2.0)).std()
    yield Measure(f"{name}_fine", _log(fine, 0.002), np.log(0.005), np.log(0.12))
    along = np.abs(np.diff(zone, axis=1)).mean()
    down = np.abs(np.diff(zone, axis=0)).mean()
    yield Measure(f"{name}_down", _log(down, 0.002), np.log(0.003), np.log(0.08))
    ratio = float(np.log((down + 0.001) / (along + 0.001)))
    yield Measure(f"{name}_direction", ratio, -2.5, 1.0)
    across = zone - zone.mean(axis=1, keepdims=True)
    straight = (across.mean(axis=0).std() + 0.001) / (across.std() + 0.002)
    yield Measure(f"{name}_straight", float(straight), 0.5, 1.0)


def _mean(signal: Signal, length: float) -> Signal:
    """Smooth with a box of about this many columns, ends repeated."""
    count = max(1, min(int(length), len(signal)))
    padded = np.pad(signal, (count // 2, count - 1 - count // 2), mode="edge")
    sums = np.cumsum(np.concatenate(([0.0], padded)))
    return np.asarray((sums[count:] - sums[:-count]) / count, np.float64)


def _log(value: float, floor: float) -> float:
    return float(np.log(value + floor))

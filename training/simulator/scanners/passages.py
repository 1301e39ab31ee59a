"""How one vehicle went through: uneven speed, direction, height, tilt and bounce. No picture."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from training.simulator.scanners.profile import ScannerProfile

SPEED_PATCH_MM = 2500.0
"""A truck brakes and pulls within metres, not within a centimetre."""
BOUNCE_HZ = (1.2, 2.2)
"""Of a laden truck on its suspension: Gillespie, Fundamentals of Vehicle Dynamics, chapter 5."""
_STEPS = (0.5, 1.6)
"""A vehicle that stops is a fault of its own; here it only slows down."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One drawn passage."""

    column_edges_mm: NDArray[np.float64]
    """(W + 1,) rising positions along the vehicle: where lines begin and end."""
    lift_mm: NDArray[np.float32]
    """(W,) by which each slice of the vehicle stands higher than drawn."""
    mirrored: bool
    """Whether the first column of the picture sees the highest x."""

    @property
    def columns(self) -> int:
        """Of the picture."""
        return len(self.lift_mm)

    @property
    def column_pitch_mm(self) -> float:
        """On average."""
        return float(self.column_edges_mm[-1] - self.column_edges_mm[0]) / self.columns

    def column_of(self, x_mm: float) -> float:
        """Return where along the picture a position is seen, in columns from its left edge."""
        edges = self.column_edges_mm
        column = float(np.interp(x_mm, edges, np.arange(len(edges))))
        return self.columns - column if self.mirrored else column

    def lift_at(self, x_mm: float) -> float:
        """Return how much higher the vehicle stands at a position, mm."""
        middles = (self.column_edges_mm[1:] + self.column_edges_mm[:-1]) / 2
        return float(np.interp(x_mm, middles, self.lift_mm))


def draw_passage(
    profile: ScannerProfile, *, span_mm: tuple[float, float], generator: np.random.Generator
) -> Passage:
    """Draw how a vehicle goes through.

    Args:
        profile: of the scanner.
        span_mm: first and last position along the vehicle that are scanned.
        generator: of chance.
    """
    stated = profile.passage
    first, last = span_mm
    if not last > first:
        raise ValueError(f"span_mm: expected two rising positions, got {span_mm}")
    factor = float(np.exp(generator.uniform(*np.log(stated.speed_range))))
    count = max(8, round((last - first) / (profile.column_pitch_mm * factor)))
    waves = _smooth(count, patches=(last - first) / SPEED_PATCH_MM, generator=generator)
    steps = np.clip(1 + stated.speed_sd * waves, *_STEPS)
    along = np.concatenate([[0.0], np.cumsum(steps)]) / steps.sum()
    edges = first + along * (last - first)
    toss = float(generator.random())
    mirrored = {"forward": False, "backward": True, "either": toss < 0.5}[stated.direction]
    return Passage(
        column_edges_mm=edges,
        lift_mm=_lift(profile, edges, generator=generator).astype(np.float32),
        mirrored=mirrored,
    )


def draw_skew(profile: ScannerProfile, *, generator: np.random.Generator) -> float:
    """Draw the tangent of the angle at which the vehicle stands to its way through."""
    if profile.geometry.view == "top":
        return 0.0
    return float(generator.normal(0, profile.passage.skew_sd))


def even_passage(profile: ScannerProfile, *, columns: int) -> Passage:
    """Return a passage without any unevenness, for test objects; x begins at 0."""
    edges = np.arange(columns + 1, dtype=np.float64) * profile.column_pitch_mm
    return Passage(edges, np.zeros(columns, np.float32), mirrored=False)


def _lift(
    profile: ScannerProfile, edges: NDArray[np.float64], *, generator: np.random.Generator
) -> NDArray[np.float64]:
    stated = profile.passage
    height, tilt = generator.standard_normal(2) * (stated.height_sd_mm, stated.tilt_sd_mm_per_m)
    middles = (edges[1:] + edges[:-1]) / 2
    interlaced = len(profile.beam.endpoint_kev)
    seconds = np.arange(len(middles)) * interlaced / profile.geometry.pulse_rate_hz
    swings = float(generator.uniform(*BOUNCE_HZ)) * seconds
    swell = _smooth(len(middles), patches=max(2.0, float(swings[-1]) / 4), generator=generator)
    phase = float(generator.uniform(0, 2 * np.pi))
    # A sine of unit variance under an envelope of unit variance.
    bounce = stated.bounce_sd_mm * swell * np.sqrt(2) * np.sin(2 * np.pi * swings + phase)
    centre = (edges[0] + edges[-1]) / 2
    return np.asarray(height + tilt * (middles - centre) / 1000 + bounce)


def _smooth(count: int, *, patches: float, generator: np.random.Generator) -> NDArray[np.float64]:
    """Return (count,) smooth noise of zero mean and unit variance, alike within a patch."""
    knots = generator.standard_normal((1, max(4, round(patches) + 3)))
    waves = cv2.resize(knots, (count, 1), interpolation=cv2.INTER_CUBIC)[0]
    waves -= waves.mean()
    return np.asarray(waves / max(float(waves.std()), 1e-9))

"""Whether simulated noise follows its model: variance against mean behind steps of steel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from training.simulator.physics.materials import STEEL
from training.simulator.scanners.acquisition import (
    Expecting,
    acquire,
    converter_step,
    expected_signal,
)
from training.simulator.scanners.elements import draw_elements
from training.simulator.scanners.passages import even_passage
from training.simulator.scanners.profile import ScannerProfile

_SHAPE = (192, 800)
_ROUNDING = 1 / 12
"""Variance of rounding to whole steps."""
_HALVES = 1 / 16
"""The same where half of all values are whole steps and half lie between two."""
_LEAST = 4.0
"""Standard deviations above black, and below full scale, where no noise is cut off."""


@dataclass(frozen=True, slots=True)
class NoisePoint:
    """One step of steel at one energy."""

    energy_kev: float
    steel_mm: float
    mean: float
    predicted: float
    """Variance of an element, what rows and columns share taken off."""
    measured: float
    deviation: float
    """Of the measured variance from the predicted, in its own standard deviations."""


def noise_points(
    profile: ScannerProfile,
    beams: Sequence[Expecting],
    *,
    steel_mm: Sequence[float],
    seed: int = 0,
) -> tuple[NoisePoint, ...]:
    """Scan steps of steel and hold the variance of single elements against the model.

    The model: quantum variance of a compound Poisson sum, mixed by the afterglow, electronic
    noise, rounding by the converter and to levels. Steps whose noise reaches black or full scale
    are left out.
    """
    points = []
    for thickness in steel_mm:
        points += _points_at(profile, beams, thickness, seed=seed)
    return tuple(points)


def chi_square(points: Sequence[NoisePoint]) -> float:
    """Return the sum of squared deviations over their number; 1 is expected."""
    return float(np.mean([point.deviation**2 for point in points]))


def _points_at(
    profile: ScannerProfile, beams: Sequence[Expecting], thickness: float, *, seed: int
) -> list[NoisePoint]:
    rows, columns = _SHAPE
    generator = np.random.default_rng([seed, round(thickness * 10), 7])
    whole = profile.for_test_pieces()
    basis = STEEL.basis_g_cm3 * np.float32(thickness / 10)
    areal = np.ascontiguousarray(np.broadcast_to(basis[:, None, None], (3, *_SHAPE)))
    passage = even_passage(whole, columns=columns)
    elements = draw_elements(whole, generator=generator, rows=rows)
    # Noise of the air lines is shared by a whole row; offsets too.
    seen = acquire(
        areal,
        whole,
        beams=beams,
        passage=passage,
        elements=replace(elements, gain=np.ones_like(elements.gain)),
        generator=generator,
    ).transmissions()
    found = []
    for energy, beam in enumerate(beams):
        mean, variance = expected_signal(areal, whole, beam=beam, passage=passage)
        # Where air still glows and where scatter falls off towards the borders is left out.
        inner = (slice(48, -48), slice(200, -48))
        point = _point(
            whole,
            energy=energy,
            expected=(float(mean[inner].mean()), float(variance[inner].mean())),
            seen=seen[energy][inner].astype(np.float64),
            thickness=thickness,
        )
        if point is not None:
            found.append(point)
    return found


def _point(
    profile: ScannerProfile,
    *,
    energy: int,
    expected: tuple[float, float],
    seen: np.ndarray[tuple[int, ...], np.dtype[np.float64]],
    thickness: float,
) -> NoisePoint | None:
    mean, single = expected
    detector, levels = profile.detector, profile.levels
    photons = profile.beam.photons[energy]
    decay = np.exp(-1 / detector.afterglow_lines)
    late = detector.afterglow_share
    mixed = (1 - late) ** 2 + late**2 * (1 - decay) / (1 + decay)
    quantum = single / photons * mixed
    others = profile.noise.electronic_sd**2 + converter_step(profile) ** 2 * _ROUNDING
    span = levels.white - levels.black
    # The second energy is interpolated between two lines: half the variance, neighbours alike.
    halved, alike = (0.5, 0.5) if energy else (1.0, 0.0)
    rounding = (_ROUNDING / 2 + _HALVES) if energy else _ROUNDING
    predicted = float((quantum + others) * halved + rounding / span**2)
    reach = _LEAST * np.sqrt(predicted)
    # Counts stop at none: below it only the electronics go.
    below = max(mean - reach, -_LEAST * np.sqrt(others))
    if below < -levels.black / span or mean + reach > (65535 - levels.black) / span:
        return None
    rest = seen - seen.mean(axis=1, keepdims=True) - seen.mean(axis=0, keepdims=True) + seen.mean()
    free = (seen.shape[0] - 1) * (seen.shape[1] - 1)
    measured = float((rest**2).sum() / free)
    # Excess kurtosis of so many equal quanta, as far as the noise is theirs.
    excess = single / (mean**2 * photons) * (quantum * halved / predicted) ** 2
    uncertainty = np.sqrt((2 * (1 + 2 * alike**2) + excess) / free)
    return NoisePoint(
        energy_kev=profile.beam.endpoint_kev[energy],
        steel_mm=thickness,
        mean=mean,
        predicted=predicted,
        measured=measured,
        deviation=float((measured / predicted - 1) / uncertainty),
    )

"""From areal densities to the 16-bit levels a scanner delivers. No geometry and no display.

In order, after the beam: height of the vehicle, scatter, blur, quantum noise, dose, afterglow,
electronics, conversion, normalisation to air. Signals are shares of the signal in air.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

from training.simulator.scanners.elements import Elements
from training.simulator.scanners.passages import Passage
from training.simulator.scanners.profile import ScannerProfile
from training.simulator.scanners.reading import lifted, normal_counts, read_out
from training.simulator.scene.projection import Areal

Signal = NDArray[np.float32]
"""(H, W) float32, share of the signal in air."""

FEW_PHOTONS = 25.0
"""Below this many a Poisson distribution is drawn as such: its skewness, 1 / sqrt(n), is above
0.2 and a normal one would go below zero."""
_COARSE = 16
"""Scatter is smooth: it is computed on every 16th element."""
_HEADROOM = 1.25
"""Full scale of the converter over the signal in air: doses fluctuate, gains differ."""


class Expecting(Protocol):
    """What acquisition needs of a beam; `physics.beam.Beam` is one."""

    def expected(self, areal: Areal, /) -> tuple[Signal, Signal]:
        """Return the mean signal and its variance for one incident photon for each element."""
        ...


@dataclass(frozen=True, slots=True)
class Acquisition:
    """What the scanner wrote."""

    levels: NDArray[np.uint16]
    """(E, H, W) uint16, highest energy first."""
    black: int
    white: int
    """Levels of no signal and of air."""

    def transmissions(self) -> NDArray[np.float32]:
        """Return (E, H, W) float32, 0 where nothing passes, 1 in air; noise may exceed either."""
        span = np.float32(1 / (self.white - self.black))
        return (self.levels.astype(np.float32) - np.float32(self.black)) * span


def acquire(
    areal: Areal,
    profile: ScannerProfile,
    *,
    beams: Sequence[Expecting],
    passage: Passage,
    elements: Elements,
    generator: np.random.Generator,
) -> Acquisition:
    """Scan what lies along the rays.

    Args:
        areal: (3, H, W) float32, g/cm2 of the basis materials; columns rise with x, as
            `Passage.column_edges_mm` has them.
        profile: of the scanner.
        beams: one for each energy, highest first.
        passage: how the vehicle went through.
        elements: of this scanner.
        generator: of chance.

    Returns:
        Levels in the order of time: the first column was scanned first.

    Raises:
        ValueError: shapes do not agree.
    """
    _check(areal, profile, beams=beams, passage=passage, elements=elements)
    planes = []
    for energy, beam in enumerate(beams):
        mean, variance = expected_signal(areal, profile, beam=beam, passage=passage)
        if energy:
            # Its pulses come half a line later.
            mean, variance = _half_a_line_later(mean), _half_a_line_later(variance)
        photons = profile.beam.photons[energy]
        seen = quantum_noise(mean, variance, photons=photons, generator=generator)
        air = _air_variance(beam) / photons
        levels = _read(
            seen,
            profile,
            elements=replace(elements, gain=elements.gain[energy : energy + 1]),
            air_variance=air,
            generator=generator,
        )
        planes.append(_moved_back(levels) if energy else levels)
    return Acquisition(np.stack(planes), profile.levels.black, profile.levels.white)


def expected_signal(
    areal: Areal, profile: ScannerProfile, *, beam: Expecting, passage: Passage
) -> tuple[Signal, Signal]:
    """Return what detectors would see without noise, in the order of time.

    Returns:
        Mean signal with scatter and blur, and the variance for one photon for each element.
    """
    if profile.beam.softening > 0:
        areal = areal * profile.hardness()[:, None]
    mean, variance = beam.expected(areal)
    if passage.mirrored:
        mean, variance = (np.ascontiguousarray(part[:, ::-1]) for part in (mean, variance))
    if np.any(passage.lift_mm):
        lift = passage.lift_mm[::-1] if passage.mirrored else passage.lift_mm
        rows = (lift / profile.geometry.row_pitch_mm).astype(np.float32)
        mean, variance = lifted(mean, rows), lifted(variance, rows)
    pitch = (passage.column_pitch_mm, profile.geometry.row_pitch_mm)
    pedestal = scatter(mean, profile, pitch_mm=pitch)
    mean = mean + pedestal
    # Scattered quanta are taken to deposit what those of the open beam do on average.
    variance = variance + pedestal * np.float32(_air_variance(beam))
    # A photon is one photon wherever the focal spot sends it: mean and variance blur alike.
    return _blurred(mean, profile, pitch_mm=pitch), _blurred(variance, profile, pitch_mm=pitch)


def converter_step(profile: ScannerProfile) -> float:
    """Return one step of the converter, as a share of the signal in air."""
    return float(_HEADROOM / 2.0**profile.detector.bits)


def scatter(mean: Signal, profile: ScannerProfile, *, pitch_mm: tuple[float, float]) -> Signal:
    """Return the pedestal of photons scattered forward once.

    A photon that scatters at depth s of a path of attenuation A passes exp(-s) before and, forward
    and hardly softened, exp(-(A - s)) after it: A exp(-A) in all, spread over the reach of the
    angles that collimators leave open. Profiles state the share of it that is seen.
    """
    noise = profile.noise
    height, width = mean.shape
    size = (max(1, width // _COARSE), max(1, height // _COARSE))
    coarse = np.maximum(cv2.resize(mean, size, interpolation=cv2.INTER_AREA), np.float32(1e-7))
    once = -coarse * np.log(np.minimum(coarse, np.float32(1)))
    sigma = [
        max(noise.scatter_reach_mm * cells / (count * pitch), 0.3)
        for pitch, count, cells in zip(pitch_mm, (width, height), size, strict=True)
    ]
    wide = cv2.GaussianBlur(once, (0, 0), sigma[0], sigmaY=sigma[1], borderType=cv2.BORDER_CONSTANT)
    wide *= np.float32(noise.scatter_share)
    spread: Signal = cv2.resize(wide, (width, height), interpolation=cv2.INTER_LINEAR)
    return spread


def quantum_noise(
    mean: Signal, variance: Signal, *, photons: float, generator: np.random.Generator
) -> Signal:
    """Draw what a finite number of photons deposits.

    The signal is a compound Poisson sum; it is drawn normal with its exact mean and variance and,
    where photons are few, as equal quanta in such a number that mean and variance are exact too.

    Args:
        mean: expected signal.
        variance: of it, for one photon for each element.
        photons: for each element.
        generator: of chance.
    """
    chance = generator.standard_normal(mean.shape, dtype=np.float32)
    drawn, few = normal_counts(mean, variance, chance, np.float32(photons), np.float32(FEW_PHOTONS))
    if few:
        counts = mean.astype(np.float64) ** 2 * photons / np.maximum(variance, 1e-30)
        low = counts < FEW_PHOTONS
        size = mean[low] / np.maximum(counts[low], 1e-12)
        drawn[low] = (generator.poisson(counts[low]) * size).astype(np.float32)
    return drawn


def _read(
    seen: Signal,
    profile: ScannerProfile,
    *,
    elements: Elements,
    air_variance: float,
    generator: np.random.Generator,
) -> NDArray[np.uint16]:
    noise, detector, levels = profile.noise, profile.detector, profile.levels
    height, width = seen.shape
    left = (1 - noise.dose_corrected_share) * noise.dose_sd
    dose = np.asarray(1 + left * generator.standard_normal(width), np.float32)
    # The mean of the air lines has noise of its own, which the whole scan inherits.
    once = np.sqrt((air_variance + noise.electronic_sd**2) / noise.air_lines)
    common = left / np.sqrt(noise.air_lines) * float(generator.standard_normal())
    air = 1 + once * generator.standard_normal(height) + common
    lines = np.stack(
        [
            elements.gain[0],
            elements.offset,
            1 / air,
            elements.state.astype(np.float32),
            # The dark signal taken off is a mean over lines and no whole number of steps.
            generator.random(height),
        ]
    ).astype(np.float32)
    settings = np.array(
        [
            noise.electronic_sd,
            detector.afterglow_share,
            np.exp(-1 / detector.afterglow_lines),
            1 / converter_step(profile),
            levels.black,
            levels.white,
        ],
        np.float64,
    )
    chance = generator.standard_normal(seen.shape, dtype=np.float32)
    return read_out(seen, chance, dose, lines, settings)


def _blurred(signal: Signal, profile: ScannerProfile, *, pitch_mm: tuple[float, float]) -> Signal:
    along, across = (
        _kernel(sigma / pitch) for sigma, pitch in zip(profile.blur_sigma_mm, pitch_mm, strict=True)
    )
    blurred: Signal = cv2.sepFilter2D(signal, -1, along, across, borderType=cv2.BORDER_REPLICATE)
    return blurred


def _kernel(sigma_px: float) -> NDArray[np.float32]:
    """Return an odd kernel of that standard deviation, also where samples of the curve fail."""
    if sigma_px < 0.7:
        side = sigma_px**2 / 2
        return np.array([side, 1 - 2 * side, side], np.float32)
    kernel = cv2.getGaussianKernel(2 * int(np.ceil(3 * sigma_px)) + 1, sigma_px)
    return np.asarray(kernel[:, 0], np.float32)


def _half_a_line_later(signal: Signal) -> Signal:
    later = signal.copy()
    later[:, :-1] = (signal[:, :-1] + signal[:, 1:]) / 2
    return later


def _moved_back(levels: NDArray[np.uint16]) -> NDArray[np.uint16]:
    """Interpolate the later energy to the lines of the first, as scanners do."""
    back = levels.copy()
    sums = levels[:, :-1].astype(np.uint32) + levels[:, 1:]
    back[:, 1:] = ((sums + 1) // 2).astype(np.uint16)
    return back


def _air_variance(beam: Expecting) -> float:
    """Of the signal in air, for one photon."""
    _, variance = beam.expected(np.zeros((3, 1, 1), np.float32))
    return float(variance[0, 0])


def _check(
    areal: Areal,
    profile: ScannerProfile,
    *,
    beams: Sequence[Expecting],
    passage: Passage,
    elements: Elements,
) -> None:
    energies = len(profile.beam.endpoint_kev)
    expected = (3, len(elements.state), passage.columns)
    if areal.shape != expected:
        raise ValueError(f"areal: expected (3, elements, columns) = {expected}, got {areal.shape}")
    if len(beams) != energies or len(elements.gain) != energies:
        raise ValueError(
            f"{profile.name}: expected beams and gains for {energies} energies, got {len(beams)} "
            f"and {len(elements.gain)}"
        )

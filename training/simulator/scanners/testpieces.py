"""Figures of merit from test pieces, in the spirit of ANSI N42.46; drawn as areal densities.

Penetration, contrast and wire are counted as told where patches, small against the piece, differ
from patches beside it by `TOLD` standard deviations, both measured in simulated scans with all
their noise: pieces of 100 mm are then seen in their shape and not only as a spot. Resolution is
read off a bar pattern of lead without noise. The standard lets people judge; these definitions
put a number in their place.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from training.simulator.physics.materials import LEAD, STEEL, Material
from training.simulator.scanners.acquisition import Expecting, acquire, expected_signal
from training.simulator.scanners.elements import draw_elements
from training.simulator.scanners.passages import even_passage
from training.simulator.scanners.profile import ScannerProfile
from training.simulator.scene.projection import Areal

Picture = NDArray[np.float32]

TOLD = 3.0
"""Standard deviations, of patches."""
DETERMINED = 0.24
"""Contrast to noise of single elements at which people no longer see the arrow of the standard:
0.23 to 0.25, on plates of 290 to 335 mm (Burke and Procter, IPAC 2023, poster MC8.U04)."""
PIECE_MM, PATCH_MM, MARGIN_MM = 100.0, 30.0, 12.0
LEAD_MM = 100.0
MODULATION = 0.2
"""Of a bar pattern that counts as resolved."""
_ACROSS, _ALONG = 3, 10
"""Pieces in one picture; along the scan a further one comes first, where air still glows."""
_FINE = 8
"""Samples for each element where a piece has edges within it."""
_SEEDS = 3
_NOTHING = 1e-12


@dataclass(frozen=True, slots=True)
class Rig:
    """A scanner ready for test pieces; its elements all work."""

    profile: ScannerProfile
    beams: tuple[Expecting, ...]

    def pitch_mm(self) -> tuple[float, float]:
        """Return what a column and a row are apart."""
        return self.profile.column_pitch_mm, self.profile.geometry.row_pitch_mm

    def scan(self, sampled: _Sampled, *, seed: int) -> Picture:
        """Return the transmission at the highest energy."""
        generator = np.random.default_rng([seed, 42])
        rows, columns = sampled.mean.shape
        profile = _one_energy(self.profile)
        seen = acquire(
            np.zeros((3, rows, columns), np.float32),
            profile,
            beams=(sampled,),
            passage=even_passage(self.profile, columns=columns),
            elements=draw_elements(profile, generator=generator, rows=rows),
            generator=generator,
        )
        return np.asarray(seen.transmissions()[0])


@dataclass(frozen=True, slots=True)
class _Sampled:
    """What one beam lets through one piece, whatever areal densities it is asked for."""

    beam: Expecting
    mean: Picture
    variance: Picture

    @classmethod
    def of(cls, beam: Expecting, areal: Areal) -> _Sampled:
        return cls(beam, *beam.expected(areal))

    @classmethod
    def line(
        cls,
        beam: Expecting,
        material: Material,
        thickness_mm: NDArray[np.float64],
        *,
        length: int,
        upright: bool,
    ) -> _Sampled:
        """Sample a thickness that varies along one side, `_FINE` times for each element."""
        basis = material.basis_g_cm3[:, None, None] * thickness_mm[None, None, :] / 10
        parts = beam.expected(np.ascontiguousarray(basis, np.float32))
        averaged = [part.reshape(-1, _FINE).mean(axis=1) for part in parts]
        planes = [np.broadcast_to(row, (length, len(row))) for row in averaged]
        mean, variance = (
            np.ascontiguousarray(plane if upright else plane.T, np.float32) for plane in planes
        )
        return cls(beam, mean, variance)

    def expected(self, areal: Areal, /) -> tuple[Picture, Picture]:
        if areal.shape[1:] == (1, 1):
            return self.beam.expected(areal)
        return self.mean, self.variance


def penetration_mm(rig: Rig) -> float:
    """Return the thickest steel behind which a block of lead can still be told."""

    def separation(thickness: float) -> float:
        return _separation(rig, steel_mm=thickness, piece=(LEAD, LEAD_MM))

    return _last_told(separation, low=5.0, high=700.0, falls=True)


def determined_mm(rig: Rig) -> float:
    """Return the steel at which single elements have lost their contrast to noise.

    People determine a test piece down to `DETERMINED`; lead stands for their arrow of steel, which
    takes away nearly as much.
    """

    def below(thickness: float) -> float:
        return element_contrast(rig, steel_mm=thickness) / DETERMINED * TOLD

    return _last_told(below, low=5.0, high=700.0, falls=True)


def element_contrast(rig: Rig, *, steel_mm: float) -> float:
    """Return the contrast-to-noise ratio of single elements, lead against none behind steel."""
    steel = _slab(STEEL, steel_mm, (96, 400))
    lead = _slab(LEAD, LEAD_MM, (96, 400)) + steel
    behind, beside = (
        rig.scan(_Sampled.of(rig.beams[0], areal), seed=0)[16:-16, 64:-16]
        for areal in (lead, steel)
    )
    return float((beside.mean() - behind.mean()) / max(float(beside.std()), _NOTHING))


def contrast_mm(rig: Rig, *, behind_mm: float) -> float:
    """Return the thinnest plate of steel, 100 mm wide, that can be told behind steel."""

    def separation(thickness: float) -> float:
        return _separation(rig, steel_mm=behind_mm, piece=(STEEL, thickness))

    return _last_told(separation, low=0.002 * behind_mm, high=0.5 * behind_mm, falls=False)


def wire_mm(rig: Rig) -> float:
    """Return the thinnest steel wire in air of which 30 mm can be told, upright and level."""

    def upright(diameter: float) -> float:
        return _wire(rig, diameter, level=False)

    def level(diameter: float) -> float:
        return _wire(rig, diameter, level=True)

    return max(_last_told(way, low=0.1, high=20.0, falls=False) for way in (upright, level))


def resolution_mm(rig: Rig) -> tuple[float, float]:
    """Return the thinnest bars of lead told apart, along the scan and across it."""
    found = []
    for axis in (1, 0):
        widths = np.arange(1.0, 25.0, 0.25)
        seen = [_modulation(rig, float(width), axis=axis) >= MODULATION for width in widths]
        # Bars thinner than an element may show by aliasing: count from above.
        blurred = np.flatnonzero(~np.array(seen))
        found.append(float(widths[blurred[-1] + 1]) if len(blurred) else float(widths[0]))
    return found[0], found[1]


def _separation(rig: Rig, *, steel_mm: float, piece: tuple[Material, float]) -> float:
    """Return how far patches on pieces and beside them are apart, in standard deviations."""
    material, thickness = piece
    pitch = rig.pitch_mm()
    period = 2 * PIECE_MM
    rows, columns = (
        round(count * period / step)
        for count, step in zip((_ACROSS, _ALONG + 1), pitch[::-1], strict=True)
    )
    x = (np.arange(columns) + 0.5) * pitch[0] % period
    y = (np.arange(rows) + 0.5) * pitch[1] % period
    on = (y[:, None] < PIECE_MM) & (x[None, :] < PIECE_MM)
    areal = _slab(STEEL, steel_mm, (rows, columns))
    areal += on * (material.basis_g_cm3 * np.float32(thickness / 10))[:, None, None]
    differences, spread = [], []
    sampled = _Sampled.of(rig.beams[0], areal)
    for seed in range(_SEEDS):
        seen = rig.scan(sampled, seed=seed)
        inside = _patches(seen, pitch, start_x=0.0)
        beside = _patches(seen, pitch, start_x=PIECE_MM)
        differences.append(inside.mean() - beside.mean())
        spread += [inside.var(ddof=1), beside.var(ddof=1)]
    # Where nothing passes at all there is neither difference nor spread.
    return float(abs(np.mean(differences)) / max(np.sqrt(np.mean(spread)), _NOTHING))


def _patches(seen: Picture, pitch: tuple[float, float], *, start_x: float) -> NDArray[np.float64]:
    """Return means of four patches in each piece, or in the gap behind it."""
    first = MARGIN_MM
    second = PIECE_MM - MARGIN_MM - PATCH_MM
    means = []
    for i in range(_ACROSS):
        for j in range(1, _ALONG + 1):
            for dy in (first, second):
                for dx in (first, second):
                    rows = _span(2 * PIECE_MM * i + dy, pitch[1])
                    columns = _span(2 * PIECE_MM * j + start_x + dx, pitch[0])
                    means.append(float(seen[rows, columns].mean()))
    return np.array(means)


def _span(start_mm: float, pitch_mm: float) -> slice:
    return slice(
        int(np.ceil(start_mm / pitch_mm)),
        max(int(np.ceil(start_mm / pitch_mm)) + 1, int(np.floor((start_mm + PATCH_MM) / pitch_mm))),
    )


def _wire(rig: Rig, diameter_mm: float, *, level: bool) -> float:
    """Return by how much wires stand out of air, in standard deviations of air alone."""
    pitch = rig.pitch_mm()[::-1] if level else rig.pitch_mm()
    apart, length = 24, 20 * max(2, round(PATCH_MM / pitch[1]))
    wires = 16
    generator = np.random.default_rng(6)
    # Wherever within an element the wire may lie.
    places = (np.arange(wires) + 0.5) * apart + generator.uniform(-0.5, 0.5, wires)
    fine = (np.arange(wires * apart * _FINE) + 0.5) / _FINE
    offset = np.abs(fine[:, None] - places[None, :]).min(axis=1) * pitch[0]
    chord = 2 * np.sqrt(np.maximum((diameter_mm / 2) ** 2 - offset**2, 0))
    # A wire thinner than the sampling keeps its cross-section.
    exact = np.pi / 4 * diameter_mm**2 * wires / (pitch[0] / _FINE)
    chord *= exact / chord.sum() if chord.sum() > 0 else 0.0
    line = _Sampled.line(rig.beams[0], STEEL, chord, length=length, upright=not level)
    signal, noise = [], []
    for seed in range(_SEEDS):
        seen = rig.scan(line, seed=seed)
        picture = seen.T if level else seen
        at = np.floor(places).astype(int)
        signal.append(_stands_out(picture, at, pitch[1]).mean())
        noise.append(_stands_out(picture, at + apart // 4, pitch[1]).var())
    return float(-np.mean(signal) / np.sqrt(np.mean(noise)))


def _stands_out(picture: Picture, at: NDArray[np.intp], pitch_mm: float) -> NDArray[np.float64]:
    """Return, for lengths of a patch, three columns less those four away on either side."""
    step = max(1, round(PATCH_MM / pitch_mm))
    pieces = picture[: len(picture) // step * step].reshape(-1, step, picture.shape[1]).mean(axis=1)
    centre = np.mean([pieces[:, at + k] for k in (-1, 0, 1)], axis=0)
    sides = np.mean([pieces[:, at + k] for k in (-5, -4, -3, 3, 4, 5)], axis=0)
    return np.asarray(centre - sides)


def _modulation(rig: Rig, width_mm: float, *, axis: int) -> float:
    """Return the modulation of bars of lead without noise, 0 to 1, at the worst phase."""
    pitch = rig.pitch_mm()[1 - axis]
    count = max(40, int(np.ceil(10 * width_mm / pitch)))
    along = (np.arange(count * _FINE) + 0.5) / _FINE * pitch
    bars = (along // width_mm % 2 == 0) * LEAD_MM
    sampled = _Sampled.line(rig.beams[0], LEAD, bars, length=8, upright=axis == 1)
    profile = _one_energy(rig.profile)
    mean, _ = expected_signal(
        np.zeros((3, *sampled.mean.shape), np.float32),
        profile,
        beam=sampled,
        passage=even_passage(rig.profile, columns=sampled.mean.shape[1]),
    )
    row = mean.mean(axis=1 - axis)
    inner = row[6:-6]
    span = max(2, int(np.ceil(2 * width_mm / pitch)))
    peaks = [np.ptp(inner[k : k + span]) for k in range(0, len(inner) - span, span)]
    return float(np.min(peaks))


def _last_told(
    separation: Callable[[float], float], *, low: float, high: float, falls: bool
) -> float:
    """Bisect, by ratio, for where the separation crosses `TOLD`."""
    for _ in range(12):
        middle = float(np.sqrt(low * high))
        if (separation(middle) >= TOLD) == falls:
            low = middle
        else:
            high = middle
    return float(np.sqrt(low * high))


def _slab(material: Material, thickness_mm: float, shape: tuple[int, int]) -> Areal:
    basis = material.basis_g_cm3 * np.float32(thickness_mm / 10)
    return np.ascontiguousarray(np.broadcast_to(basis[:, None, None], (3, *shape)))


def _one_energy(profile: ScannerProfile) -> ScannerProfile:
    """Return the scanner with the first of its energies alone."""
    first = {"endpoint_kev": profile.beam.endpoint_kev[:1], "photons": profile.beam.photons[:1]}
    piece = profile.for_test_pieces()
    return piece.model_copy(update={"beam": piece.beam.model_copy(update=first)})

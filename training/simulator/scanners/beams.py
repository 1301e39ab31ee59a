"""The beams of a scanner: its source behind its filters, seen by its detectors."""

from __future__ import annotations

from functools import cache

from training.simulator.physics.beam import Beam
from training.simulator.physics.detectors import SCINTILLATORS, Detector
from training.simulator.physics.materials import (
    ALUMINIUM,
    COPPER,
    LEAD,
    POLYETHYLENE,
    STEEL,
    TUNGSTEN,
    Material,
)
from training.simulator.physics.spectra import Spectrum, bremsstrahlung, cobalt_60, x_ray_tube
from training.simulator.scanners.profile import ScannerProfile

FILTERS: dict[str, Material] = {
    each.name: each for each in (ALUMINIUM, COPPER, STEEL, TUNGSTEN, LEAD, POLYETHYLENE)
}


def beams_of(profile: ScannerProfile) -> tuple[Beam, ...]:
    """Return the beam of each energy, highest first."""
    geometry, detector, beam = profile.geometry, profile.detector, profile.beam
    width = geometry.row_pitch_mm * geometry.source_to_detector_mm / geometry.source_to_middle_mm
    # A crystal's width matters little; scanners that differ by less share a beam.
    width = max(1.0, round(width))
    filters = tuple(sorted(beam.filters_mm.items()))
    return tuple(
        _beam(beam.kind, endpoint, filters, (detector.scintillator, detector.thickness_mm, width))
        for endpoint in beam.endpoint_kev
    )


def spectrum_of(kind: str, endpoint_kev: float, filters: tuple[tuple[str, float], ...]) -> Spectrum:
    """Return what leaves the source."""
    layers = tuple((FILTERS[name], thickness) for name, thickness in filters)
    if kind == "linac":
        return bremsstrahlung(endpoint_kev, filters=layers)
    if kind == "tube":
        return x_ray_tube(endpoint_kev, filters=layers)
    return cobalt_60(filters=layers)


@cache
def _beam(
    kind: str,
    endpoint_kev: float,
    filters: tuple[tuple[str, float], ...],
    crystal: tuple[str, float, float],
) -> Beam:
    scintillator, thickness, width = crystal
    detector = Detector(SCINTILLATORS[scintillator], thickness, width)
    return Beam.of(spectrum_of(kind, endpoint_kev, filters), detector)

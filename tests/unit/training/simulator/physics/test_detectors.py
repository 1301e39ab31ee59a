"""Energy left in a scintillator."""

from __future__ import annotations

import numpy as np
import pytest

from training.simulator.physics.detectors import (
    CADMIUM_TUNGSTATE,
    SCINTILLATORS,
    Detector,
)
from training.simulator.physics.materials import mass_attenuation

ENERGIES_KEV = np.array([60.0, 150.0, 511.0, 1250.0, 3000.0, 9000.0])
LINE = Detector(CADMIUM_TUNGSTATE, 30.0)


@pytest.mark.parametrize("name", sorted(SCINTILLATORS))
def test_no_photon_leaves_more_than_it_has(name: str) -> None:
    detector = Detector(SCINTILLATORS[name], 25.0)
    mean, square = detector.deposited(ENERGIES_KEV)
    assert (mean > 0).all()
    assert (mean <= ENERGIES_KEV * detector.interaction_probability(ENERGIES_KEV)).all()
    assert (square <= mean * ENERGIES_KEV * (1 + 1e-9)).all()
    assert (square >= mean**2).all()


def test_photons_that_only_scatter_coherently_are_not_counted() -> None:
    total = mass_attenuation(CADMIUM_TUNGSTATE, ENERGIES_KEV) * 7.9 * 3.0
    probability = LINE.interaction_probability(ENERGIES_KEV)
    assert (probability < -np.expm1(-total) + 1e-12).all()
    assert probability[0] > 0.999


def test_30_mm_of_cadmium_tungstate_stop_nearly_two_thirds_at_6_mev() -> None:
    # NIST XCOM, CdWO4 without coherent scattering at 6 MeV: 0.0371 cm2/g.
    probability = LINE.interaction_probability([6000.0])[0]
    assert probability == pytest.approx(-np.expm1(-0.0371 * 7.9 * 3.0), abs=0.01)


def test_a_large_crystal_keeps_all_and_a_narrow_one_loses_the_scattered() -> None:
    large = Detector(CADMIUM_TUNGSTATE, 400.0, width_mm=400.0).deposited([1250.0])[0][0]
    narrow, usual = (
        Detector(CADMIUM_TUNGSTATE, 30.0, width_mm=width).deposited([1250.0])[0][0]
        for width in (1.0, 5.0)
    )
    assert large > 0.9 * 1250
    assert narrow < usual < large


def test_photons_absorbed_at_once_are_all_alike() -> None:
    mean, square = LINE.deposited([40.0])
    assert square[0] == pytest.approx(mean[0] ** 2, rel=0.01)


@pytest.mark.parametrize(("thickness", "width"), [(0.0, 5.0), (30.0, -1.0), (np.nan, 5.0)])
def test_a_detector_without_extent_is_refused(thickness: float, width: float) -> None:
    with pytest.raises(ValueError, match=r"thicker and wider than 0"):
        Detector(CADMIUM_TUNGSTATE, thickness, width)

"""Spectra against published ones."""

from __future__ import annotations

import numpy as np
import pytest

from training.simulator.physics.materials import (
    ALUMINIUM,
    COPPER,
    LEAD,
    STEEL,
    Material,
    mass_attenuation,
)
from training.simulator.physics.spectra import (
    Spectrum,
    bremsstrahlung,
    cobalt_60,
    half_value_layer_mm,
    x_ray_tube,
)


def test_a_filter_hardens_and_weakens() -> None:
    bare = bremsstrahlung(6000)
    hard = bare.filtered(COPPER, 20.0)
    assert hard.mean_energy_kev > bare.mean_energy_kev
    assert (hard.fluence <= bare.fluence).all()
    built_in = bremsstrahlung(6000, filters=[(COPPER, 20.0)])
    np.testing.assert_allclose(built_in.fluence, hard.fluence)


def test_no_photon_exceeds_the_endpoint() -> None:
    for spectrum in (bremsstrahlung(4000), x_ray_tube(450)):
        assert (spectrum.fluence >= 0).all()
    assert bremsstrahlung(4000).energies_kev[-1] < 4000
    assert x_ray_tube(450).energies_kev[-1] < 450


def test_cobalt_60_has_its_two_lines() -> None:
    assert cobalt_60().mean_energy_kev == pytest.approx(1252.9, abs=0.1)


def test_the_half_value_layer_of_one_energy_is_that_of_its_attenuation() -> None:
    line = Spectrum(np.array([1250.0]), np.array([1.0]))
    per_mm = float(mass_attenuation(LEAD, [1250.0])[0]) * LEAD.density_g_cm3 / 10
    assert half_value_layer_mm(line, LEAD) == pytest.approx(np.log(2) / per_mm)
    assert half_value_layer_mm(line, LEAD, transmitted=0.1) == pytest.approx(np.log(10) / per_mm)


@pytest.mark.parametrize(
    ("kilovolts", "lead_mm", "tin_mm", "mean_kev"), [(250, 3.0, 2.0, 207), (300, 5.0, 3.0, 248)]
)
def test_a_filtered_tube_is_as_hard_as_the_iso_narrow_series(
    kilovolts: int, lead_mm: float, tin_mm: float, mean_kev: float
) -> None:
    # ISO 4037-1:2019, N-250 and N-300: fixed filtration of 4 mm aluminium, added lead and tin.
    tin = Material("tin", 7.29, {"Sn": 1.0})
    beam = x_ray_tube(kilovolts, filters=[(ALUMINIUM, 4.0), (LEAD, lead_mm), (tin, tin_mm)])
    assert beam.mean_energy_kev == pytest.approx(mean_kev, rel=0.02)


@pytest.mark.parametrize("call", [
    lambda: bremsstrahlung(6.0),
    lambda: bremsstrahlung(6000, target_mm=0.0),
    lambda: bremsstrahlung(6000, filters=[(STEEL, -1.0)]),
    lambda: x_ray_tube(9000),
    lambda: x_ray_tube(450, anode_degrees=0.0),
])  # fmt: skip
def test_impossible_machines_are_refused(call: object) -> None:
    assert callable(call)
    with pytest.raises(ValueError, match=r"^expected"):
        call()

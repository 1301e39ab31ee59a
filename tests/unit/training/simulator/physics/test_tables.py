"""Slabs against NIST, and that the tables say what was computed."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from training.simulator.physics.beam import Beam
from training.simulator.physics.detectors import CADMIUM_TUNGSTATE, Detector
from training.simulator.physics.materials import Material
from training.simulator.physics.spectra import Spectrum
from training.simulator.physics.tables import (
    AREAL,
    SLAB_KEV,
    SLABS,
    cargo_beams,
    discrimination,
    qualities,
    slabs,
    span,
)

TABLES = Path(__file__).parents[6] / "shared" / "data" / "attenuation"
THICKNESSES_MM = (1.0, 10.0, 100.0, 300.0)


def through(material: Material, energy_kev: float) -> list[float]:
    """Return what slabs of each thickness let through."""
    line = Spectrum(np.array([energy_kev]), np.array([1.0]))
    return [float(line.filtered(material, mm).fluence[0]) for mm in THICKNESSES_MM]


@pytest.mark.parametrize("name", sorted(SLABS))
def test_slabs_let_through_what_nist_says(name: str) -> None:
    material, known = SLABS[name]
    for energy, coefficient in zip(SLAB_KEV, known, strict=True):
        for passed, mm in zip(through(material, energy), THICKNESSES_MM, strict=True):
            if passed > 1e-100:
                areal = material.density_g_cm3 * mm / 10
                assert -np.log(passed) / areal == pytest.approx(coefficient, rel=0.005)


@pytest.mark.parametrize("name", ["C", "Al", "Fe", "Pb"])
def test_the_basis_lets_a_slab_through_like_nist(name: str) -> None:
    material, known = SLABS[name]
    detector = Detector(CADMIUM_TUNGSTATE, 30.0)
    for energy, coefficient in zip(SLAB_KEV, known, strict=True):
        if energy >= 500:
            beam = Beam.of(Spectrum(np.array([energy]), np.array([1.0])), detector)
            signal, _ = beam.expected(5 * material.basis_g_cm3.reshape(3, 1, 1))
            areal = 5 * material.density_g_cm3
            assert -np.log(signal[0, 0]) / areal == pytest.approx(coefficient, rel=0.005)


@pytest.mark.skipif(not TABLES.exists(), reason="the NIST tables beside the checkout are absent")
@pytest.mark.parametrize("name", ["C", "Al", "Fe", "Pb"])
def test_slabs_let_through_what_the_tables_at_hand_say(name: str) -> None:
    rows = np.loadtxt(TABLES / f"{name}.txt", skiprows=1)
    material, _ = SLABS[name]
    for energy, coefficient, _ in rows[(rows[:, 0] >= 0.1) & (rows[:, 0] <= 9)]:
        passed = through(material, energy * 1000)[0]
        areal = material.density_g_cm3 / 10
        assert -np.log(passed) / areal == pytest.approx(coefficient, rel=0.005)


def test_a_span_is_the_longest_run() -> None:
    holds = np.zeros(len(AREAL), np.bool_)
    assert span(holds) == "nowhere"
    holds[2] = True
    holds[10:20] = True
    assert span(holds) == f"{AREAL[10]:g} to {AREAL[19]:g}"


def test_every_table_is_rectangular() -> None:
    for table in (slabs(), qualities(), cargo_beams(), discrimination()):
        assert len({row.count("|") for row in table}) == 1

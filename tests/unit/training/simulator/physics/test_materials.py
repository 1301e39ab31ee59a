"""Materials and the three that stand for them."""

from __future__ import annotations

import numpy as np
import pytest

from training.simulator.physics import materials
from training.simulator.physics.materials import (
    Material,
    basis_attenuation,
    compound,
    mass_attenuation,
    mixture,
)

MEGAVOLT_KEV = np.geomspace(250, 9000, 40)
EVERY = [each for each in vars(materials).values() if isinstance(each, Material)]


@pytest.mark.parametrize("material", EVERY, ids=lambda material: material.name)
def test_three_basis_materials_attenuate_like_any_other(material: Material) -> None:
    exact = mass_attenuation(material, MEGAVOLT_KEV) * material.density_g_cm3
    imitated = material.basis_g_cm3 @ basis_attenuation(MEGAVOLT_KEV)
    # Tungsten has its K edge and photoelectric effect apart from lead's.
    np.testing.assert_allclose(
        imitated, exact, rtol=0.012 if "W" in material.mass_fractions else 0.002
    )


def test_a_formula_gives_mass_fractions() -> None:
    water = compound("water", "H2O", 1.0)
    assert water.mass_fractions["H"] == pytest.approx(0.11190, abs=1e-5)  # NIST STAR: 0.111894
    assert compound("calcite", "CaCO3", 2.71).mass_fractions["Ca"] == pytest.approx(
        0.4004, abs=1e-4
    )


@pytest.mark.parametrize("formula", ["", "h2o", "Xx2", "H2O!"])
def test_a_formula_of_nonsense_is_refused(formula: str) -> None:
    with pytest.raises(ValueError, match=r"expected"):
        compound("nonsense", formula, 1.0)


def test_mass_fractions_that_do_not_add_up_are_refused() -> None:
    with pytest.raises(ValueError, match=r"adding up to 1"):
        Material("half", 1.0, {"C": 0.5})


def test_a_mixture_keeps_its_parts_by_mass() -> None:
    brine = mixture("brine", 1.1, ((materials.WATER, 3.0), (materials.SALT, 1.0)))
    assert brine.mass_fractions["Cl"] == pytest.approx(0.25 * 0.6066, abs=1e-3)
    assert sum(brine.mass_fractions.values()) == pytest.approx(1.0)


def test_packing_thins_a_material() -> None:
    sugar = materials.SUCROSE.packed(0.5)
    np.testing.assert_allclose(sugar.basis_g_cm3, materials.SUCROSE.basis_g_cm3 / 2, rtol=1e-6)

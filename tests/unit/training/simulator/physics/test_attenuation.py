"""Cross-sections of the elements against NIST's other database."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from training.simulator.physics.attenuation import cross_sections, element_attenuation

# NIST Standard Reference Database 126 (J. H. Hubbell and S. M. Seltzer, version 1.4), cm2/g.
ENERGIES_KEV = [100.0, 500.0, 1000.0, 2000.0, 4000.0, 6000.0, 8000.0]
HUBBELL_SELTZER = {
    "Al": [0.1704, 0.08445, 0.06146, 0.04324, 0.03106, 0.02655, 0.02437],
    "Fe": [0.3717, 0.08414, 0.05995, 0.04265, 0.03312, 0.03057, 0.02991],
    "Pb": [5.549, 0.1614, 0.07102, 0.04606, 0.04197, 0.04391, 0.04675],
}
TABLES = Path(__file__).parents[6] / "shared" / "data" / "attenuation"


@pytest.mark.parametrize("symbol", sorted(HUBBELL_SELTZER))
def test_coefficients_agree_with_hubbell_and_seltzer(symbol: str) -> None:
    np.testing.assert_allclose(
        element_attenuation(symbol, ENERGIES_KEV), HUBBELL_SELTZER[symbol], rtol=0.005
    )


@pytest.mark.skipif(not TABLES.exists(), reason="the NIST tables beside the checkout are absent")
@pytest.mark.parametrize("table", sorted(TABLES.glob("*.txt")), ids=lambda path: path.stem)
def test_every_table_at_hand_agrees(table: Path) -> None:
    rows = np.loadtxt(table, skiprows=1)
    energies, counts = np.unique(rows[:, 0] * 1000, return_counts=True)
    plain = energies[(energies >= 100) & (energies <= 9000) & (counts == 1)]
    expected = np.interp(plain, rows[:, 0] * 1000, rows[:, 1])
    np.testing.assert_allclose(element_attenuation(table.stem, plain), expected, rtol=0.005)


def test_pair_production_begins_at_twice_the_rest_energy() -> None:
    pairs = cross_sections("Pb", [1000.0, 1300.0, 3000.0])["pair"]
    assert pairs[0] < 1e-12
    assert 0 < pairs[1] < pairs[2]


def test_lead_jumps_at_its_k_edge() -> None:
    below, above = cross_sections("Pb", [87.9, 88.1])["photoelectric"]
    assert above > 4 * below


@pytest.mark.parametrize(("symbol", "energy"), [("Xx", 1000.0), ("Fe", 0.5), ("Fe", 3e4)])
def test_what_the_table_does_not_hold_is_refused(symbol: str, energy: float) -> None:
    with pytest.raises(ValueError, match=r"expected"):
        element_attenuation(symbol, energy)

"""Compton transfer and air kerma against published tables."""

from __future__ import annotations

import numpy as np

from training.simulator.physics.energy_transfer import (
    air_kerma_response,
    compton_transfer,
    scattered_energies,
)


def test_compton_electrons_get_the_share_that_attix_tabulates() -> None:
    # F. H. Attix, Introduction to Radiological Physics (1986), appendix D.1: mean fraction.
    np.testing.assert_allclose(
        compton_transfer([100.0, 1000.0, 10_000.0]), [0.138, 0.440, 0.684], atol=0.001
    )


def test_scattered_photons_stay_between_backscatter_and_their_first_energy() -> None:
    left, probability = scattered_energies([662.0])
    assert left.max() < 662.0
    assert left.min() > 184.3  # 662 / (1 + 2 * 662 / 511)
    np.testing.assert_allclose(probability.sum(axis=1), 1.0)


def test_kerma_in_air_follows_nists_absorption_coefficients() -> None:
    # NIST SRD 126, mu_en/rho of dry air, cm2/g. The electrons' radiation, left out here, takes
    # 0.1 % at 0.5 MeV and 3 % at 8 MeV.
    energies = np.array([100.0, 500.0, 1000.0, 2000.0, 4000.0, 8000.0])
    absorbed = [0.02325, 0.02966, 0.02789, 0.02345, 0.01870, 0.01525]
    np.testing.assert_allclose(air_kerma_response(energies) / energies, absorbed, rtol=0.032)

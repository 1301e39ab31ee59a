"""What one photon hands to electrons: Klein and Nishina's Compton effect, and kerma in air.

It knows no geometry; what escapes a detector is in `detectors.py`.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from training.simulator.physics.attenuation import cross_sections

Values = NDArray[np.float64]

ELECTRON_REST_KEV = 510.999
"""CODATA 2018."""

# By mass: NIST PML, "Composition of Materials Used in STAR Databases", dry air near sea level.
_AIR = {"C": 0.000124, "N": 0.755268, "O": 0.231781, "Ar": 0.012827}


@cache
def _cosines() -> tuple[Values, Values]:
    """Return (64,) cosines of the scattering angle and their Gauss-Legendre weights."""
    nodes, weights = np.polynomial.legendre.leggauss(64)
    return nodes, weights


def scattered_energies(energies_kev: ArrayLike) -> tuple[Values, Values]:
    """Return what Compton scattering leaves to the photon, and how often.

    Klein and Nishina, Z. Phys. 52 (1929) 853, for electrons free and at rest.

    Args:
        energies_kev: (E,) of the photons that scatter.

    Returns:
        (E, 64) energies of the scattered photon in keV and (E, 64) probabilities, each row
        adding up to 1.
    """
    energies = np.asarray(energies_kev, np.float64)[:, None]
    cosines, weights = _cosines()
    kept = 1 / (1 + energies / ELECTRON_REST_KEV * (1 - cosines))
    rate = weights * kept**2 * (kept + 1 / kept - (1 - cosines**2))
    return energies * kept, rate / rate.sum(axis=1, keepdims=True)


def compton_transfer(energies_kev: ArrayLike) -> Values:
    """Return (E,) the mean share of its energy that a scattering photon hands to the electron."""
    energies = np.asarray(energies_kev, np.float64)
    left, probability = scattered_energies(energies)
    return np.asarray(1 - (left * probability).sum(axis=1) / energies)


def air_kerma_response(energies_kev: ArrayLike) -> Values:
    """Return (E,) energy transferred in air by a photon, keV cm2/g: what a dosimeter weighs it by.

    Fluorescence and the radiation of the electrons are left out: 3 % at 8 MeV, 1 % at 3 MeV.
    """
    energies = np.asarray(energies_kev, np.float64)
    compton = compton_transfer(energies)
    pair = np.clip(1 - 2 * ELECTRON_REST_KEV / energies, 0, None)
    total = np.zeros_like(energies)
    for symbol, fraction in _AIR.items():
        parts = cross_sections(symbol, energies)
        transferred = parts["photoelectric"] + parts["incoherent"] * compton + parts["pair"] * pair
        total += fraction * transferred
    return energies * total

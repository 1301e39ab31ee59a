"""Scintillators that add up energy: what a photon of each energy leaves in one detector element.

Light, photodiodes, electronics, cross-talk and afterglow belong to the scanner, not here.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from training.simulator.physics.attenuation import cross_sections
from training.simulator.physics.energy_transfer import (
    ELECTRON_REST_KEV,
    compton_transfer,
    scattered_energies,
)
from training.simulator.physics.materials import Material, compound

Values = NDArray[np.float64]

# Densities: M. J. Weber, J. Lumin. 100 (2002) 35.
CADMIUM_TUNGSTATE = compound("cadmium tungstate", "CdWO4", 7.9)
CAESIUM_IODIDE = compound("caesium iodide", "CsI", 4.51)
GADOLINIUM_OXYSULFIDE = compound("gadolinium oxysulfide", "Gd2O2S", 7.34)

SCINTILLATORS = {
    "CdWO4": CADMIUM_TUNGSTATE,
    "CsI": CAESIUM_IODIDE,
    "GOS": GADOLINIUM_OXYSULFIDE,
}
"""By the names that data sheets use."""


@dataclass(frozen=True)
class Detector:
    """One element of the line: a crystal that the beam crosses lengthways.

    Attributes:
        material: of the scintillator.
        thickness_mm: along the beam.
        width_mm: of the element's square face; photons made inside leave through its sides.
    """

    material: Material
    thickness_mm: float
    width_mm: float = 5.0

    def __post_init__(self) -> None:
        if not (self.thickness_mm > 0 and self.width_mm > 0):
            raise ValueError(
                "expected a detector thicker and wider than 0 mm, "
                f"got {self.thickness_mm:g} x {self.width_mm:g} mm"
            )

    @property
    def escape_mm(self) -> float:
        """Half the mean chord of the element, 4 V / S: the way out of a photon made inside."""
        face, side = self.width_mm**2, self.width_mm * self.thickness_mm
        return 2 * face * self.thickness_mm / (2 * face + 4 * side)

    def interaction_probability(self, energies_kev: ArrayLike) -> Values:
        """Return (E,) the share of photons that do more than scatter coherently."""
        rate = sum(self._rates(energies_kev).values())
        return np.asarray(-np.expm1(-rate * self.thickness_mm))

    def deposited(self, energies_kev: ArrayLike) -> tuple[Values, Values]:
        """Return (E,) mean and (E,) mean square of the energy that a photon leaves, keV and keV2.

        Per photon that hits the element, whether it interacts or not. A photon absorbed leaves
        all its energy; a Compton electron its own; a pair all but two rest energies. The photons
        then made, one scattered or two of 511 keV, are swallowed whole or get away whole, as
        often as their energy is absorbed on the mean way out. Left out: electrons and their
        radiation that leave the element, fluorescence, the place of the first interaction.
        """
        energies = np.atleast_1d(np.asarray(energies_kev, np.float64))
        rates = self._rates(energies)
        total = sum(rates.values())
        scattered, probability = scattered_energies(energies)
        kept = self._kept(scattered.ravel()).reshape(scattered.shape)
        electron = energies[:, None] - scattered
        compton = (probability * (electron + kept * scattered)).sum(axis=1)
        compton2 = probability * ((1 - kept) * electron**2 + kept * energies[:, None] ** 2)
        pair, pair2 = self._pair(energies)
        mean = rates["photoelectric"] * energies + rates["incoherent"] * compton
        square = rates["photoelectric"] * energies**2
        square += rates["incoherent"] * compton2.sum(axis=1)
        interacting = -np.expm1(-total * self.thickness_mm) / total
        return (
            interacting * (mean + rates["pair"] * pair),
            interacting * (square + rates["pair"] * pair2),
        )

    def _pair(self, energies: Values) -> tuple[Values, Values]:
        """Return mean and mean square deposited where a pair was made."""
        share = float(self._kept(np.array([ELECTRON_REST_KEV]))[0])
        kinetic = np.clip(energies - 2 * ELECTRON_REST_KEV, 0, None)
        caught = 2 * share * ELECTRON_REST_KEV
        spread = 2 * share * (1 - share) * ELECTRON_REST_KEV**2
        return kinetic + caught, (kinetic + caught) ** 2 + spread

    def _kept(self, energies: Values) -> Values:
        """Return (E,) the share of secondary photons' energy that stays in the element."""
        rates = self._rates(energies)
        pair = np.clip(1 - 2 * ELECTRON_REST_KEV / energies, 0, None)
        absorbed = rates["photoelectric"] + rates["incoherent"] * compton_transfer(energies)
        absorbed += rates["pair"] * pair
        return np.asarray(-np.expm1(-absorbed * self.escape_mm))

    def _rates(self, energies_kev: ArrayLike) -> dict[str, Values]:
        """Return by process (E,) interactions per mm."""
        energies = np.asarray(energies_kev, np.float64)
        rates = {
            process: np.zeros_like(energies) for process in ("incoherent", "photoelectric", "pair")
        }
        for symbol, fraction in self.material.mass_fractions.items():
            parts = cross_sections(symbol, energies)
            for process in rates:
                rates[process] += fraction * parts[process] * self.material.density_g_cm3 / 10
        return rates

"""Materials by mass fraction, and how each is made up of three basis materials for the beam.

Away from K edges a photon's fate depends on the electrons (Compton), on Z squared (pairs) and on a
high power of Z (photoelectric), so that three basis materials imitate any other: carbon, iron and
lead. A scene therefore keeps three maps of areal density whatever it is made of (Alvarez and
Macovski, Phys. Med. Biol. 21 (1976) 733, with a third basis for what is heavier than iron).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from training.simulator.physics.attenuation import (
    SYMBOLS,
    Coefficients,
    atomic_number,
    element_attenuation,
)

BASIS = ("C", "Fe", "Pb")
"""The basis materials, light to heavy."""

_FITTED_KEV = (250.0, 9000.0)
"""What a megavolt beam has left behind a container's walls. There the fit is within 0.1 % up to
zinc, 2 % for tin and heavier; below, K edges and the photoelectric effect part the materials, and
at 100 keV it is off by some percent."""

# Standard atomic weights, abridged (IUPAC CIAAW 2021); the longest-lived isotope where none is
# given.
_ATOMIC_WEIGHTS = dict(
    zip(
        SYMBOLS,
        (
            1.008, 4.0026, 6.94, 9.0122, 10.81, 12.011, 14.007, 15.999, 18.998, 20.180, 22.990,
            24.305, 26.982, 28.085, 30.974, 32.06, 35.45, 39.95, 39.098, 40.078, 44.956, 47.867,
            50.942, 51.996, 54.938, 55.845, 58.933, 58.693, 63.546, 65.38, 69.723, 72.630, 74.922,
            78.971, 79.904, 83.798, 85.468, 87.62, 88.906, 91.224, 92.906, 95.95, 97.0, 101.07,
            102.91, 106.42, 107.87, 112.41, 114.82, 118.71, 121.76, 127.60, 126.90, 131.29, 132.91,
            137.33, 138.91, 140.12, 140.91, 144.24, 145.0, 150.36, 151.96, 157.25, 158.93, 162.50,
            164.93, 167.26, 168.93, 173.05, 174.97, 178.49, 180.95, 183.84, 186.21, 190.23, 192.22,
            195.08, 196.97, 200.59, 204.38, 207.2, 208.98, 209.0, 210.0, 222.0, 223.0, 226.0,
            227.0, 232.04, 231.04, 238.03,
        ),
        strict=True,
    )
)  # fmt: skip


@dataclass(frozen=True)
class Material:
    """A homogeneous material; as goods lie, their density counts the air between them."""

    name: str
    density_g_cm3: float
    mass_fractions: Mapping[str, float]
    """By element symbol; they add up to 1."""

    def __post_init__(self) -> None:
        total = sum(self.mass_fractions.values())
        if not (self.density_g_cm3 > 0 and abs(total - 1) < 1e-6):
            raise ValueError(
                f"{self.name}: expected a density above 0 and mass fractions adding up to 1, got "
                f"{self.density_g_cm3} g/cm3 and {total:.6f}"
            )

    def packed(self, share: float) -> Material:
        """Return the same with this share of its density: stowed with air between."""
        return replace(self, density_g_cm3=self.density_g_cm3 * share)

    def of_density(self, density_g_cm3: float) -> Material:
        """Return the same at another density."""
        return replace(self, density_g_cm3=density_g_cm3)

    @cached_property
    def basis_g_cm3(self) -> NDArray[np.float32]:
        """(3,) float32: what 1 cm of it puts into a ray, g/cm2 of each of `BASIS`."""
        shares = basis_shares(tuple(sorted(self.mass_fractions.items())))
        return (self.density_g_cm3 * shares).astype(np.float32)


def mass_attenuation(material: Material, energies_kev: ArrayLike) -> Coefficients:
    """Return the total mass attenuation coefficient with coherent scattering, cm2/g."""
    return np.asarray(
        sum(
            fraction * element_attenuation(symbol, energies_kev)
            for symbol, fraction in material.mass_fractions.items()
        )
    )


def basis_attenuation(energies_kev: ArrayLike) -> Coefficients:
    """Return (3, ...) mass attenuation coefficients of `BASIS`, cm2/g."""
    return np.stack([element_attenuation(symbol, energies_kev) for symbol in BASIS])


@cache
def basis_shares(composition: tuple[tuple[str, float], ...]) -> NDArray[np.float64]:
    """Return (3,) grams of each of `BASIS` that attenuate like one gram of a composition.

    Least squares of the relative error over the energies of cargo scanners. A share may be
    negative: hydrogen has twice the electrons of other elements and no other share of pairs.
    """
    energies = np.geomspace(*_FITTED_KEV, 60)
    wanted = sum(share * element_attenuation(symbol, energies) for symbol, share in composition)
    system = (basis_attenuation(energies) / wanted).T
    shares, *_ = np.linalg.lstsq(system, np.ones(len(energies)), rcond=None)
    return np.asarray(shares)


def compound(name: str, formula: str, density_g_cm3: float) -> Material:
    """Return a material from a formula like "CaCO3" or "C6H10O5".

    Raises:
        ValueError: the formula is not of that form, or names no element up to uranium.
    """
    parts = re.findall(r"([A-Z][a-z]?)(\d*\.?\d*)", formula)
    if "".join(symbol + count for symbol, count in parts) != formula or not parts:
        raise ValueError(f"{name}: expected a formula like CaCO3, got {formula!r}")
    grams: dict[str, float] = {}
    for symbol, count in parts:
        atomic_number(symbol)
        grams[symbol] = grams.get(symbol, 0.0) + float(count or 1) * _ATOMIC_WEIGHTS[symbol]
    total = sum(grams.values())
    return Material(name, density_g_cm3, {symbol: gram / total for symbol, gram in grams.items()})


def mixture(name: str, density_g_cm3: float, parts: tuple[tuple[Material, float], ...]) -> Material:
    """Return what materials make together.

    Args:
        name: of the mixture.
        density_g_cm3: of the mixture as it lies.
        parts: materials and their shares by mass, which need not add up to 1.
    """
    total = sum(share for _, share in parts)
    fractions: dict[str, float] = {}
    for material, share in parts:
        for symbol, fraction in material.mass_fractions.items():
            fractions[symbol] = fractions.get(symbol, 0.0) + fraction * share / total
    return Material(name, density_g_cm3, fractions)


# --- what containers, vehicles and packaging are made of, and what goods are mixed from -------
# Densities: NIST PML "Composition of Materials Used in STAR Databases" where listed there, else
# the CRC Handbook of Chemistry and Physics, rounded.

WATER = compound("water", "H2O", 1.0)
ICE = compound("ice", "H2O", 0.917)
CELLULOSE = compound("cellulose", "C6H10O5", 1.5)
STARCH = compound("starch", "C6H10O5", 1.5)
SUCROSE = compound("sucrose", "C12H22O11", 1.59)
PROTEIN = Material("protein", 1.35, {"C": 0.53, "H": 0.07, "N": 0.16, "O": 0.23, "S": 0.01})
FAT = Material("fat", 0.92, {"C": 0.77, "H": 0.12, "O": 0.11})
SALT = compound("salt", "NaCl", 2.16)
POLYETHYLENE = compound("polyethylene", "CH2", 0.94)
POLYURETHANE_FOAM = Material(
    "polyurethane foam", 0.045, {"C": 0.63, "H": 0.07, "N": 0.07, "O": 0.23}
)
PVC = compound("polyvinyl chloride", "C2H3Cl", 1.38)
RUBBER = Material(
    "tyre rubber", 1.15, {"C": 0.88, "H": 0.08, "S": 0.015, "Zn": 0.015, "O": 0.005, "Si": 0.005}
)
WOOD = Material("wood", 0.60, {"C": 0.497, "H": 0.061, "O": 0.442})
PAPER = Material("paper", 0.80, {"C": 0.39, "H": 0.055, "O": 0.48, "Ca": 0.06, "Si": 0.015})
CALCITE = compound("calcite", "CaCO3", 2.71)
QUARTZ = compound("quartz", "SiO2", 2.65)
GLASS = Material(
    "soda-lime glass", 2.5, {"O": 0.46, "Si": 0.337, "Na": 0.10, "Ca": 0.08, "Mg": 0.023}
)
CERAMIC = Material(
    "ceramic", 2.3, {"O": 0.48, "Si": 0.30, "Al": 0.13, "K": 0.03, "Ca": 0.04, "Fe": 0.02}
)
ALUMINIUM = Material("aluminium", 2.70, {"Al": 1.0})
STEEL = Material("steel", 7.85, {"Fe": 0.99, "C": 0.004, "Mn": 0.006})
STAINLESS_STEEL = Material("stainless steel", 7.95, {"Fe": 0.71, "Cr": 0.19, "Ni": 0.10})
COPPER = Material("copper", 8.96, {"Cu": 1.0})
ZINC = Material("zinc", 7.13, {"Zn": 1.0})
LEAD = Material("lead", 11.35, {"Pb": 1.0})
TUNGSTEN = Material("tungsten", 19.25, {"W": 1.0})

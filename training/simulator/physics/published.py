"""Spectra of linacs that others measured or calculated, to compare with. Nothing is built on them.

Their machines' flattening filters are not published in full; `hardened_alike` makes up for that
with copper until one number agrees, so that all the others can be compared.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from training.simulator.physics.attenuation import element_attenuation
from training.simulator.physics.materials import COPPER, LEAD, STEEL, WATER
from training.simulator.physics.spectra import Spectrum, bremsstrahlung, half_value_layer_mm
from training.simulator.physics.targets import LEAD_TARGET, TUNGSTEN_TARGET, Target

Values = NDArray[np.float64]


@dataclass(frozen=True)
class Reference:
    """A published spectrum and what is known of its machine.

    `flattened`: it has a filter of unknown thickness. `lowest_kev`: nothing is known below.
    """

    title: str
    source: str
    spectrum: Spectrum
    endpoint_kev: float
    target: Target = TUNGSTEN_TARGET
    target_mm: float | None = None
    flattened: bool = True
    lowest_kev: float = 0.0


_MOHAN = "R. Mohan, C. Chui and L. Lidofsky, Med. Phys. 12 (1985) 592, as tabulated with EGSnrc"

# Photons per MeV in bins of 0.25 MeV (4 and 6 MV) and 0.5 MeV (10 MV), from 0.
_MOHAN_4 = (
    0.0111, 18.11, 72.09, 54.08, 53.57, 56.33, 34.69, 26.21, 24.91, 16.97, 13.99, 7.035, 8.833,
    8.809, 8.838, 0.9982,
)  # fmt: skip
_MOHAN_6 = (
    0.004108, 0.12952, 0.46090, 0.46090, 0.44359, 0.40850, 0.40850, 0.24965, 0.23677, 0.18671,
    0.13827, 0.13045, 0.14844, 0.094962, 0.12466, 0.097732, 0.088920, 0.051549, 0.041840,
    0.048040, 0.016247, 0.027154, 0.011993, 0.015737,
)  # fmt: skip
_MOHAN_10 = (
    0.24008, 0.25002, 0.21001, 0.26253, 0.20724, 0.21142, 0.15188, 0.11185, 0.10398, 0.088180,
    0.099347, 0.046166, 0.060535, 0.042975, 0.042975, 0.024303, 0.024303, 0.016153, 0.0078928,
    0.0010141,
)  # fmt: skip

# Upper edges of the bins in MeV (the first begins at 0.2) and photons per MeV.
_LEAD_10 = (
    (0.25, 0.1474), (0.30, 0.2328), (0.35, 0.3272), (0.40, 0.3850), (0.45, 0.4381),
    (0.50, 0.5022), (0.55, 0.5099), (0.60, 0.4880), (0.66, 0.5170), (0.72, 0.4747),
    (0.78, 0.4239), (0.85, 0.4334), (0.92, 0.4299), (0.99, 0.3793), (1.07, 0.3686),
    (1.15, 0.3335), (1.24, 0.3450), (1.32, 0.2974), (1.41, 0.2761), (1.51, 0.2662),
    (1.61, 0.2533), (1.71, 0.2286), (1.82, 0.2305), (1.93, 0.2088), (2.04, 0.1879),
    (2.16, 0.1784), (2.28, 0.1531), (2.41, 0.1465), (2.54, 0.1448), (2.67, 0.1338),
    (2.81, 0.1319), (2.95, 0.1186), (3.10, 0.1115), (3.25, 0.09856), (3.41, 0.09179),
    (3.57, 0.08528), (3.73, 0.08191), (3.90, 0.07738), (4.08, 0.07596), (4.26, 0.07015),
    (4.44, 0.05895), (4.63, 0.06186), (4.82, 0.05880), (5.02, 0.05330), (5.22, 0.04443),
    (5.43, 0.04536), (5.64, 0.04566), (5.86, 0.03862), (6.08, 0.03376), (6.31, 0.03091),
    (6.54, 0.03058), (6.78, 0.02681), (7.02, 0.02806), (7.27, 0.02357), (7.53, 0.02170),
    (7.78, 0.02052), (8.05, 0.01764), (8.32, 0.01460), (8.59, 0.01434), (8.87, 0.01230),
    (9.16, 0.008536), (9.45, 0.006528), (9.74, 0.003445), (10.04, 0.001470), (10.35, 0.000879),
    (10.66, 0.0002265), (10.98, 0.0003089),
)  # fmt: skip


@cache
def references() -> tuple[Reference, ...]:
    """Return the published spectra."""
    edges, lead = np.array(_LEAD_10).T
    return (
        Reference("4 MV, Mohan", _MOHAN, _even(_MOHAN_4, 250.0), 4000.0),
        Reference("6 MV, Mohan", _MOHAN, _even(_MOHAN_6, 250.0), 6000.0),
        Reference(
            "6 MV, Ali",
            "E. S. M. Ali and D. W. O. Rogers, Phys. Med. Biol. 57 (2012) 31: their function "
            "fitted to a Monte Carlo calculation of a Varian Clinac; target of 0.889 mm tungsten "
            "as in the example medical_linac of Geant4",
            _functional_form(),
            5760.0,
            target_mm=0.889,
        ),
        Reference("10 MV, Mohan", _MOHAN, _even(_MOHAN_10, 500.0), 10_000.0),
        Reference(
            "10 MeV on lead, NRC",
            "B. A. Faddegon, C. K. Ross and D. W. O. Rogers, Med. Phys. 17 (1990) 773, measured, "
            "as tabulated with EGSnrc; a target as thick as the electrons' range, 6.1 g/cm2",
            _binned(np.concatenate([[0.2], edges]) * 1000, lead),
            10_000.0,
            target=LEAD_TARGET,
            target_mm=5.4,
            flattened=False,
            lowest_kev=200.0,
        ),
    )


def modelled(reference: Reference) -> tuple[Spectrum, float]:
    """Return this model's spectrum of the same machine, and the copper in its way, mm."""
    bare = bremsstrahlung(
        reference.endpoint_kev, target=reference.target, target_mm=reference.target_mm
    )
    known = bare.energies_kev >= reference.lowest_kev
    bare = Spectrum(bare.energies_kev[known], bare.fluence[known])
    if not reference.flattened:
        return bare, 0.0
    return hardened_alike(bare, half_value_layer_mm(reference.spectrum, WATER))


def hardened_alike(bare: Spectrum, water_mm: float) -> tuple[Spectrum, float]:
    """Return a spectrum behind as much copper as gives it this half-value layer in water."""
    thin, thick = 0.0, 100.0
    for _ in range(40):
        middle = (thin + thick) / 2
        softer = half_value_layer_mm(bare.filtered(COPPER, middle), WATER) < water_mm
        thin, thick = (middle, thick) if softer else (thin, middle)
    return bare.filtered(COPPER, thin), thin


def quality(spectrum: Spectrum) -> Mapping[str, float]:
    """Return mean energy and first layers of a narrow beam, by kerma in air."""
    return {
        "mean MeV": spectrum.mean_energy_kev / 1000,
        "HVL water mm": half_value_layer_mm(spectrum, WATER),
        "HVL steel mm": half_value_layer_mm(spectrum, STEEL),
        "HVL lead mm": half_value_layer_mm(spectrum, LEAD),
        "TVL steel mm": half_value_layer_mm(spectrum, STEEL, transmitted=0.1),
        "TVL lead mm": half_value_layer_mm(spectrum, LEAD, transmitted=0.1),
    }


def _even(per_mev: tuple[float, ...], width_kev: float) -> Spectrum:
    return _binned(np.linspace(0, width_kev * len(per_mev), len(per_mev) + 1), np.array(per_mev))


def _binned(edges_kev: Values, per_mev: Values) -> Spectrum:
    return Spectrum((edges_kev[1:] + edges_kev[:-1]) / 2, per_mev * np.diff(edges_kev))


def _functional_form() -> Spectrum:
    """Ali and Rogers, eq. 12, with their parameters of a Varian 6 MV beam (table 2)."""
    electron, tungsten, aluminium, slope = 5.76, 1.222, 5.147, -1.186
    edges = np.linspace(0.01, electron, 401)
    photon = (edges[1:] + edges[:-1]) / 2
    share = photon / electron
    thin = 1 + slope * share + share**2
    thin *= np.log(electron * (electron - photon) / photon + 1.65) - 0.5
    filtered = tungsten**2 * element_attenuation("W", photon * 1000)
    filtered += aluminium**2 * element_attenuation("Al", photon * 1000)
    energy_fluence = np.clip(thin, 0, None) * np.exp(-filtered)
    return Spectrum(photon * 1000, energy_fluence / photon)

"""Photon spectra of cargo scanners: linacs of 1 to 20 MV, cobalt-60, X-ray tubes.

Their filters are part of them; the detector's response is not. Interlaced dual energy is two
spectra.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from training.simulator.physics.attenuation import element_attenuation
from training.simulator.physics.energy_transfer import air_kerma_response
from training.simulator.physics.materials import Material, mass_attenuation
from training.simulator.physics.targets import (
    TUNGSTEN_TARGET,
    Target,
    radiated_forward,
    slow_down,
)

Values = NDArray[np.float64]
Filters = Sequence[tuple[Material, float]]
"""Materials and their thicknesses in mm, in any order."""

_BINS = 360
_LOWEST_KEV = 30.0
"""Below, no cargo scanner's photons leave the target and its window."""

OPTIMUM_SHARE_OF_RANGE = 0.57
"""Thickness of the target with the largest output forward, of the electrons' range. Tungsten at
10 MeV: 1.8 mm (Kasmudin, J. Phys. Conf. Ser. 2377 (2022) 012048) of 6.1 g/cm2."""

# Gamma rays of cobalt-60 (Laboratoire National Henri Becquerel, Table de radionucleides): keV and
# photons per decay.
_COBALT_60 = ((1173.228, 0.9985), (1332.492, 0.999826))


@dataclass(frozen=True)
class Spectrum:
    """A beam by energy.

    Attributes:
        energies_kev: (E,) rising, the middles of the bins.
        fluence: (E,) photons in each bin, 0 or more, to any scale.
    """

    energies_kev: Values
    fluence: Values

    @property
    def mean_energy_kev(self) -> float:
        """Of the photons, each counted once."""
        return float(self.energies_kev @ self.fluence / self.fluence.sum())

    def filtered(self, material: Material, thickness_mm: float) -> Spectrum:
        """Return what a slab lets through unscattered."""
        areal = material.density_g_cm3 * thickness_mm / 10
        passed = np.exp(-areal * mass_attenuation(material, self.energies_kev))
        return Spectrum(self.energies_kev, self.fluence * passed)


def bremsstrahlung(
    endpoint_kev: float,
    *,
    target: Target = TUNGSTEN_TARGET,
    target_mm: float | None = None,
    filters: Filters = (),
) -> Spectrum:
    """Return the spectrum of a linac along its axis.

    Args:
        endpoint_kev: kinetic energy of the electrons, 1 to 20 MeV: a "6 MV" beam has 6000.
        target: the element in which they stop.
        target_mm: its thickness; None: the one of largest output (`OPTIMUM_SHARE_OF_RANGE`).
        filters: backing of the target, hardening filter, windows.

    Raises:
        ValueError: electrons of another energy, or a thickness below 0.
    """
    if not 1000 <= endpoint_kev <= 20_000:
        raise ValueError(f"expected electrons of 1000 to 20000 keV, got {endpoint_kev:g}")
    if target_mm is not None and not target_mm > 0:
        raise ValueError(f"expected a target thicker than 0 mm, got {target_mm:g}")
    return _behind(_linac(float(endpoint_kev), target, target_mm), filters)


def cobalt_60(*, filters: Filters = ()) -> Spectrum:
    """Return the two lines of cobalt-60, unscattered in its capsule."""
    energies, photons = np.array(_COBALT_60).T
    return _behind(Spectrum(energies, photons), filters)


def x_ray_tube(kilovolts: float, *, anode_degrees: float = 20.0, filters: Filters = ()) -> Spectrum:
    """Return the spectrum of a tube with a tungsten anode.

    Kramers' law, Phil. Mag. 46 (1923) 836: every keV that the electrons lose radiates alike, as
    1/k up to their energy; from each depth the photons come out under the anode's angle. The K
    lines of tungsten (58 to 69 keV) are left out: 4 mm of steel let 2 % of them pass.

    Args:
        kilovolts: of the tube, 50 to 600.
        anode_degrees: between the anode's surface and the beam.
        filters: window and added filter.

    Raises:
        ValueError: another voltage or angle, or a thickness below 0.
    """
    if not 50 <= kilovolts <= 600:
        raise ValueError(f"expected a tube of 50 to 600 kV, got {kilovolts:g}")
    if not 0 < anode_degrees < 90:
        raise ValueError(f"expected an anode angle above 0 and below 90, got {anode_degrees:g}")
    return _behind(_tube(float(kilovolts), float(anode_degrees)), filters)


def half_value_layer_mm(
    spectrum: Spectrum,
    material: Material,
    *,
    response: Values | None = None,
    transmitted: float = 0.5,
) -> float:
    """Return the thickness that leaves half of a narrow beam: photons that scatter are lost.

    Args:
        spectrum: of the beam.
        material: of the absorber.
        response: (E,) what a photon of each energy counts; None: kerma in air.
        transmitted: the share left; 0.1 gives the tenth-value layer.
    """
    weights = air_kerma_response(spectrum.energies_kev) if response is None else response
    signal = spectrum.fluence * weights
    attenuation = mass_attenuation(material, spectrum.energies_kev) * material.density_g_cm3 / 10
    thin, thick = 0.0, 1.0
    while signal @ np.exp(-attenuation * thick) > transmitted * signal.sum():
        thick *= 2
    for _ in range(60):
        middle = (thin + thick) / 2
        left = signal @ np.exp(-attenuation * middle) / signal.sum()
        thin, thick = (middle, thick) if left > transmitted else (thin, middle)
    return (thin + thick) / 2


def _behind(spectrum: Spectrum, filters: Filters) -> Spectrum:
    for material, thickness_mm in filters:
        if not thickness_mm >= 0:
            raise ValueError(f"expected 0 mm or more of {material.name}, got {thickness_mm:g}")
        spectrum = spectrum.filtered(material, thickness_mm)
    return spectrum


def _bins(highest_kev: float) -> tuple[Values, Values]:
    """Return (E,) middles and widths of bins of equal ratio."""
    edges = np.geomspace(_LOWEST_KEV, highest_kev, _BINS + 1)
    return (edges[1:] + edges[:-1]) / 2, np.diff(edges)


@cache
def _linac(endpoint_kev: float, target: Target, target_mm: float | None) -> Spectrum:
    energies, widths = _bins(endpoint_kev)
    if target_mm is None:
        thickness = OPTIMUM_SHARE_OF_RANGE * float(slow_down(target, endpoint_kev).path_g_cm2[-1])
    else:
        thickness = target.density_g_cm3 * target_mm / 10
    photons = radiated_forward(target, endpoint_kev, thickness, energies)
    return Spectrum(energies, photons * widths)


@cache
def _tube(kilovolts: float, anode_degrees: float) -> Spectrum:
    energies, widths = _bins(kilovolts)
    way = slow_down(TUNGSTEN_TARGET, kilovolts)
    lost = -np.diff(way.energy_kev)[:, None]
    electrons = (way.energy_kev[1:] + way.energy_kev[:-1])[:, None] / 2
    depth = (way.depth_g_cm2[1:] + way.depth_g_cm2[:-1])[:, None] / 2
    out = depth / np.tan(np.radians(anode_degrees)) * element_attenuation("W", energies)
    emitted = np.where(energies < electrons, lost / energies, 0.0)
    return Spectrum(energies, (emitted * np.exp(-out)).sum(axis=0) * widths)

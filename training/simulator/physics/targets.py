"""How electrons slow down and turn aside in an X-ray target, and what they radiate forward.

The thick target as a stack of thin ones: the electrons lose energy continuously (Berger and
Seltzer's stopping power), their directions spread (Goudsmit and Saunderson's first moment), and
in every layer they radiate by Schiff's cross-section. Left out: fluctuations of the energy loss,
electrons that turn back out of the target, photons that scatter in it, annihilation radiation.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from training.simulator.physics.attenuation import element_attenuation
from training.simulator.physics.energy_transfer import ELECTRON_REST_KEV

Values = NDArray[np.float64]

_ELECTRON_RADIUS_CM = 2.8179403e-13  # CODATA 2018
_AVOGADRO = 6.02214076e23
_FINE_STRUCTURE = 1 / 137.035999
_ANGLES = 240
_STOPPED = 0.04
"""Share of the first energy below which an electron is no longer followed: what it would still
radiate goes all ways and is swallowed by the target."""


@dataclass(frozen=True)
class Target:
    """An element that electrons are shot at.

    `excitation_ev`, `density` effect parameters (-C, x0, x1, a, m): R. M. Sternheimer, M. J.
    Berger and S. M. Seltzer, At. Data Nucl. Data Tables 30 (1984) 261.
    """

    symbol: str
    atomic_number: int
    atomic_weight: float
    density_g_cm3: float
    excitation_ev: float
    density_effect: tuple[float, float, float, float, float]


TUNGSTEN_TARGET = Target("W", 74, 183.84, 19.3, 727.0, (5.4059, 0.2167, 3.4960, 0.15509, 2.8447))
COPPER_TARGET = Target("Cu", 29, 63.546, 8.96, 322.0, (4.4190, -0.0254, 3.2792, 0.14339, 2.9044))
LEAD_TARGET = Target("Pb", 82, 207.2, 11.35, 823.0, (6.2018, 0.3776, 3.8073, 0.09359, 3.1608))


@dataclass(frozen=True)
class SlowingDown:
    """An electron's way through a target, (S,) each: from its entry until it stops."""

    path_g_cm2: Values
    energy_kev: Values
    mean_cosine: Values
    depth_g_cm2: Values


def collision_stopping_power(target: Target, energies_kev: Values) -> Values:
    """Return (E,) energy loss to electrons, keV cm2/g.

    ICRU Report 37 (1984), eq. 2.7, with Sternheimer's density effect.
    """
    tau = energies_kev / ELECTRON_REST_KEV
    beta2 = tau * (tau + 2) / (tau + 1) ** 2
    shape = 1 - beta2 + (tau**2 / 8 - (2 * tau + 1) * np.log(2)) / (tau + 1) ** 2
    minus_c, x0, x1, a, m = target.density_effect
    x = np.log10(np.sqrt(tau * (tau + 2)))
    delta = np.where(x > x0, 2 * np.log(10) * x - minus_c, 0.0)
    delta += np.where((x > x0) & (x < x1), a * np.clip(x1 - x, 0, None) ** m, 0.0)
    excitation = target.excitation_ev / 1000 / ELECTRON_REST_KEV
    logarithm = np.log(tau**2 * (tau + 2) / (2 * excitation**2))
    per_gram = 2 * np.pi * _ELECTRON_RADIUS_CM**2 * ELECTRON_REST_KEV * _AVOGADRO
    electrons = target.atomic_number / target.atomic_weight
    return np.asarray(per_gram * electrons / beta2 * (logarithm + shape - delta))


def schiff(target: Target, electron_kev: Values, photon_kev: Values, angles: Values) -> Values:
    """Return the cross-section of bremsstrahlung, cm2 per keV, sr and atom, all broadcast.

    L. I. Schiff, Phys. Rev. 83 (1951) 252, eq. 1 (H. W. Koch and J. W. Motz, Rev. Mod. Phys. 31
    (1959) 920, formula 2BS): Born approximation, small angles, electrons well above 0.5 MeV. 0
    where the photon has more energy than the electron or the formula falls below 0 near the tip.
    """
    before = 1 + electron_kev / ELECTRON_REST_KEV
    photon = photon_kev / ELECTRON_REST_KEV
    after = np.maximum(before - photon, 1.0)
    y2 = (before * angles) ** 2
    screened = target.atomic_number ** (1 / 3) / (111 * (1 + y2))
    logarithm = -np.log((photon / (2 * before * after)) ** 2 + screened**2)
    ratio = after / before
    recoil = 4 * y2 * ratio / (1 + y2) ** 4
    braces = (
        4 * recoil
        - (1 + ratio) ** 2 / (1 + y2) ** 2
        + ((1 + ratio**2) / (1 + y2) ** 2 - recoil) * logarithm
    )
    scale = 2 / np.pi * target.atomic_number**2 * _ELECTRON_RADIUS_CM**2 * _FINE_STRUCTURE
    per_solid_angle = scale * before**2 / photon_kev * braces
    allowed = (photon_kev < electron_kev) & (braces > 0)
    return np.where(allowed, per_solid_angle, 0.0)


def radiative_stopping_power(target: Target, energies_kev: Values) -> Values:
    """Return (E,) energy loss to bremsstrahlung, keV cm2/g: the integral of `schiff`."""
    shares = (np.arange(40) + 0.5) / 40
    photons = energies_kev[:, None] * shares
    angles, solid = _angles(ELECTRON_REST_KEV / (energies_kev.max() + ELECTRON_REST_KEV))
    rate = schiff(target, energies_kev[:, None, None], photons[..., None], angles) @ solid
    lost = (rate * photons).sum(axis=1) * energies_kev / 40
    return np.asarray(lost * _AVOGADRO / target.atomic_weight)


def slow_down(target: Target, endpoint_kev: float, *, steps: int = 80) -> SlowingDown:
    """Follow electrons from their entry until they have almost stopped.

    The mean cosine with the first direction falls by the first transport cross-section (S.
    Goudsmit and J. L. Saunderson, Phys. Rev. 57 (1940) 24), of Rutherford scattering screened
    after Moliere (I. Kawrakow et al., The EGSnrc code system, NRC PIRS-701, section 2.4); the
    mean depth is its integral (H. W. Lewis, Phys. Rev. 78 (1950) 526).
    """
    energies = np.linspace(endpoint_kev, endpoint_kev * _STOPPED, steps)
    stopping = collision_stopping_power(target, energies)
    stopping += radiative_stopping_power(target, energies)
    path = _integral(1 / stopping, -energies)
    cosine = np.exp(-_integral(_transport_per_gram(target, energies) / stopping, -energies))
    return SlowingDown(path, energies, cosine, _integral(cosine, path))


def radiated_forward(
    target: Target, endpoint_kev: float, thickness_g_cm2: float, photons_kev: Values
) -> Values:
    """Return (E,) photons per keV, sr and electron along the beam, behind the target.

    Args:
        target: the element.
        endpoint_kev: kinetic energy of the electrons.
        thickness_g_cm2: of the target.
        photons_kev: (E,) energies of the photons.
    """
    way = slow_down(target, endpoint_kev)
    attenuation = element_attenuation(target.symbol, photons_kev)
    emitted = np.stack(
        [
            _towards_the_axis(target, float(energy), float(cosine), photons_kev)
            for energy, cosine in zip(way.energy_kev, way.mean_cosine, strict=True)
        ]
    )
    left = np.clip(thickness_g_cm2 - way.depth_g_cm2, 0, None)
    inside = (way.depth_g_cm2 <= thickness_g_cm2)[:, None]
    seen = emitted * np.exp(-left[:, None] * attenuation) * inside
    steps = np.diff(way.path_g_cm2)[:, None]
    per_path = (steps * (seen[1:] + seen[:-1]) / 2).sum(axis=0)
    return np.asarray(per_path * _AVOGADRO / target.atomic_weight)


def _towards_the_axis(
    target: Target, electron_kev: float, mean_cosine: float, photons_kev: Values
) -> Values:
    """Return (E,) cross-section per keV and sr for photons along the axis.

    The electrons' directions are taken as a Fisher distribution of that mean cosine: a Gaussian
    while they are scattered a little, even over the sphere at the end.
    """
    angles, solid = _angles(ELECTRON_REST_KEV / (electron_kev + ELECTRON_REST_KEV))
    concentration = _concentration(mean_cosine)
    fisher = np.exp(concentration * (np.cos(angles) - 1))
    fisher *= concentration / (2 * np.pi * -np.expm1(-2 * concentration))
    rate = schiff(target, np.asarray(electron_kev), photons_kev[:, None], angles)
    return np.asarray(rate @ (fisher * solid))


@cache
def _angles(characteristic: float) -> tuple[Values, Values]:
    """Return (A,) angles in radians, dense below the characteristic one, and their solid angles."""
    edges = np.concatenate([[0.0], np.geomspace(characteristic / 100, np.pi, _ANGLES)])
    middles = (edges[1:] + edges[:-1]) / 2
    return middles, 2 * np.pi * -np.diff(np.cos(edges))


def _concentration(mean_cosine: float) -> float:
    """Return the Fisher distribution's parameter for a mean cosine (bisection)."""
    low, high = 1e-6, 1e6
    for _ in range(80):
        middle = np.sqrt(low * high)
        mean = 1 / np.tanh(middle) - 1 / middle if middle > 1e-3 else middle / 3
        low, high = (middle, high) if mean < mean_cosine else (low, middle)
    return float(np.sqrt(low * high))


def _transport_per_gram(target: Target, energies_kev: Values) -> Values:
    """Return (E,) the first transport cross-section of elastic scattering, cm2/g."""
    z = target.atomic_number
    tau = energies_kev / ELECTRON_REST_KEV
    momentum2 = tau * (tau + 2)
    beta2 = momentum2 / (tau + 1) ** 2
    # Moliere's screening angle, with the Thomas-Fermi radius 0.88534 a0 Z^(-1/3).
    angle2 = (_FINE_STRUCTURE * z ** (1 / 3) / 0.88534) ** 2 / momentum2
    screening = angle2 / 4 * (1.13 + 3.76 * (_FINE_STRUCTURE * z) ** 2 / beta2)
    logarithm = np.log1p(1 / screening) - 1 / (1 + screening)
    area = 2 * np.pi * _ELECTRON_RADIUS_CM**2 * z * (z + 1) / (momentum2 * beta2)
    return np.asarray(area * logarithm * _AVOGADRO / target.atomic_weight)


def _integral(values: Values, over: Values) -> Values:
    """Return (S,) the running integral by trapezes, 0 at the start."""
    steps = np.diff(over) * (values[1:] + values[:-1]) / 2
    return np.concatenate([[0.0], np.cumsum(steps)])

"""A beam as its detector sees it: expected signal and noise behind any mixture of materials.

The fine spectrum is replaced by a few energies whose weights are fitted, so that a whole scan
takes a fraction of a second. Scatter, blur and electronics belong to the scanner.
"""

from __future__ import annotations

from dataclasses import dataclass

import numba
import numpy as np
from numpy.typing import NDArray

from training.simulator.physics.detectors import Detector
from training.simulator.physics.least_squares import nonnegative_least_squares
from training.simulator.physics.materials import (
    ALUMINIUM,
    LEAD,
    POLYETHYLENE,
    STEEL,
    WATER,
    Material,
    basis_attenuation,
    mass_attenuation,
)
from training.simulator.physics.spectra import Spectrum

Values = NDArray[np.float64]
Picture = NDArray[np.float32]

_FLOOR = 1e-4
"""Of the signal in air: above it the fit is held to a relative error, below to this absolute."""

_CANDIDATES = 60
_LOWEST_NODE_KEV = 95.0
"""Above the K edges of all elements but the heaviest: below, the basis materials imitate badly."""

_FITTED: tuple[tuple[Material, float], ...] = (
    (STEEL, 450.0),
    (WATER, 3500.0),
    (POLYETHYLENE, 3500.0),
    (ALUMINIUM, 1200.0),
    (LEAD, 200.0),
)
"""What the weights are fitted on, up to thicknesses in mm that nothing passes."""


@dataclass(frozen=True)
class Beam:
    """Spectrum and detector, reduced to N energies.

    Attributes:
        energies_kev: (N,) the energies that stand for the spectrum.
        attenuation: (N, 3) cm2/g of the basis materials at these.
        mean_weights: (N,) adding up to 1: what each contributes to the signal in air.
        square_weights: (N,) the same of the signal's variance for one incident photon.
    """

    energies_kev: Values
    attenuation: Picture
    mean_weights: Picture
    square_weights: Picture

    @classmethod
    def of(cls, spectrum: Spectrum, detector: Detector, *, nodes: int = 12) -> Beam:
        """Reduce a spectrum to at most `nodes` energies, by non-negative least squares.

        Raises:
            ValueError: fewer than one node, or no signal at all.
        """
        if nodes < 1:
            raise ValueError(f"expected at least 1 node, got {nodes}")
        mean, square = detector.deposited(spectrum.energies_kev)
        signal = mean * spectrum.fluence
        if not signal.sum() > 0:
            raise ValueError("expected a spectrum with photons, got none")
        photons = spectrum.fluence.sum()
        variance = square * spectrum.fluence * photons / signal.sum() ** 2
        signal = signal / signal.sum()
        if len(signal) <= nodes:
            return cls._with(spectrum.energies_kev, signal, variance)
        thicknesses = _fitted_thicknesses()
        true = np.exp(-thicknesses @ _per_mm(spectrum.energies_kev))
        in_basis = thicknesses @ np.stack([each.basis_g_cm3 / 10 for each, _ in _FITTED])
        energies, weights = _reduced(in_basis, true @ signal, spectrum.energies_kev[-1], nodes)
        columns, square_weights = _weighted(in_basis, true @ variance, energies)
        squares = np.zeros(len(energies))
        squares[columns] = square_weights * variance.sum() / square_weights.sum()
        return cls._with(energies, weights / weights.sum(), squares)

    @classmethod
    def _with(cls, energies_kev: Values, mean_weights: Values, square_weights: Values) -> Beam:
        return cls(
            energies_kev,
            np.ascontiguousarray(basis_attenuation(energies_kev).T, np.float32),
            mean_weights.astype(np.float32),
            square_weights.astype(np.float32),
        )

    def expected(self, areal_g_cm2: Picture) -> tuple[Picture, Picture]:
        """Return signal and variance behind a scene.

        Args:
            areal_g_cm2: (3, H, W) float32, of each basis material along the ray.

        Returns:
            (H, W) float32 signal relative to air, 0..1, and (H, W) float32 its variance for ONE
            incident photon per pixel; N photons have the variance divided by N.

        Raises:
            ValueError: another shape.
        """
        if areal_g_cm2.ndim != 3 or areal_g_cm2.shape[0] != 3:
            raise ValueError(f"expected (3, H, W) areal densities, got {areal_g_cm2.shape}")
        areal = np.ascontiguousarray(areal_g_cm2, np.float32)
        shape = areal.shape[1:]
        flat = areal.reshape(3, -1)
        mean = np.empty(flat.shape[1], np.float32)
        variance = np.empty_like(mean)
        _attenuate(flat, self.attenuation, self.mean_weights, self.square_weights, mean, variance)
        return mean.reshape(shape), variance.reshape(shape)


def _fitted_thicknesses() -> Values:
    """Return (L, M) mm of each of `_FITTED`: each alone, and every two of them together."""
    most = np.diag([thickness for _, thickness in _FITTED])
    shares = np.concatenate([[0.0], np.geomspace(0.002, 1, 24)])[:, None]
    first, second = (grid.reshape(-1, 1) for grid in np.meshgrid(shares[1::3], shares[1::3]))
    alone = [shares * each for each in most]
    together = [
        first * most[one] + second * most[other]
        for one in range(len(most))
        for other in range(one + 1, len(most))
    ]
    return np.concatenate(alone + together)


def _per_mm(energies_kev: Values) -> Values:
    """Return (M, E) attenuation of each of `_FITTED` itself, not of its imitation."""
    return np.stack(
        [mass_attenuation(each, energies_kev) * each.density_g_cm3 / 10 for each, _ in _FITTED]
    )


def _reduced(
    in_basis: Values, exact: Values, highest_kev: float, nodes: int
) -> tuple[Values, Values]:
    """Return at most so many energies and weights that reproduce the exact signals (L,)."""
    candidates = np.geomspace(min(_LOWEST_NODE_KEV, highest_kev / 4), highest_kev, _CANDIDATES)
    columns, weights = _weighted(in_basis, exact, candidates)
    energies = candidates[columns]
    while len(energies) > nodes:
        energies, weights = _closest_merged(energies, weights)
    columns, weights = _weighted(in_basis, exact, energies)
    return energies[columns], weights


def _closest_merged(energies_kev: Values, weights: Values) -> tuple[Values, Values]:
    """Make one of the two neighbours that differ least (as Ward's clusters do)."""
    pairs = weights[1:] * weights[:-1] / (weights[1:] + weights[:-1])
    at = int(np.argmin(pairs * np.log(energies_kev[1:] / energies_kev[:-1]) ** 2))
    two = slice(at, at + 2)
    middle = np.exp(np.average(np.log(energies_kev[two]), weights=weights[two]))
    return (
        np.concatenate([energies_kev[:at], [middle], energies_kev[at + 2 :]]),
        np.concatenate([weights[:at], [weights[two].sum()], weights[at + 2 :]]),
    )


def _weighted(
    in_basis: Values, exact: Values, energies_kev: Values
) -> tuple[NDArray[np.intp], Values]:
    """Return which energies are of use for the exact signals (L,), rising, and their weights."""
    scale = 1 / (exact / exact.max() + _FLOOR)
    passed = np.exp(-in_basis @ basis_attenuation(energies_kev))
    columns, weights = nonnegative_least_squares(passed * scale[:, None], exact * scale)
    order = np.argsort(columns)
    return columns[order], weights[order]


@numba.njit(cache=True, nogil=True, fastmath=True)  # type: ignore[untyped-decorator]
def _attenuate(  # noqa: PLR0917 - numba takes no keyword-only arguments
    areal: Picture,
    attenuation: Picture,
    mean_weights: Picture,
    square_weights: Picture,
    mean: Picture,
    variance: Picture,
) -> None:
    """Fill mean and variance, pixel by pixel."""
    for pixel in range(areal.shape[1]):
        light, middle, heavy = areal[0, pixel], areal[1, pixel], areal[2, pixel]
        signal = np.float32(0)
        square = np.float32(0)
        for node in range(attenuation.shape[0]):
            exponent = -(
                light * attenuation[node, 0]
                + middle * attenuation[node, 1]
                + heavy * attenuation[node, 2]
            )
            passed = np.exp(exponent)
            signal += mean_weights[node] * passed
            square += square_weights[node] * passed
        mean[pixel] = signal
        variance[pixel] = square

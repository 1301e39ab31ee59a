"""What two energies tell of a material: the ratio of its attenuations, and its noise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from training.simulator.physics.beam import Beam
from training.simulator.physics.materials import Material

Values = NDArray[np.float64]


@dataclass(frozen=True)
class Interlaced:
    """Two beams by turns, and the photons of each that reach a detector element in air."""

    high: Beam
    low: Beam
    high_photons: float
    low_photons: float

    def ratio(self, material: Material, areal_g_cm2: Values) -> tuple[Values, Values]:
        """Return low over high attenuation behind a material, and its noise.

        Ogorodnikov and Petrunin, Phys. Rev. ST Accel. Beams 5 (2002) 104701; the noise is that of
        the photons alone, to first order.

        Args:
            material: the load.
            areal_g_cm2: (L,) above 0.

        Returns:
            (L,) ratios and (L,) standard deviations of one picture element.
        """
        high, high_variance = _attenuation(self.high, material, areal_g_cm2, self.high_photons)
        low, low_variance = _attenuation(self.low, material, areal_g_cm2, self.low_photons)
        ratio = low / high
        return ratio, np.sqrt(low_variance + ratio**2 * high_variance) / high


def ordered(pair: Interlaced, light_to_heavy: Sequence[Material], areal_g_cm2: Values) -> Values:
    """Return (M - 1, L) how far each ratio lies above the next heavier material's.

    Above 0 the two are in the right order: the heavier one makes more pairs, which the high
    energy feels most.
    """
    ratios = np.stack([pair.ratio(material, areal_g_cm2)[0] for material in light_to_heavy])
    return ratios[:-1] - ratios[1:]


def parted(
    pair: Interlaced,
    light_to_heavy: Sequence[Material],
    areal_g_cm2: Values,
    *,
    elements: int,
) -> Values:
    """Return (M - 1, L) the distances of `ordered` in standard deviations of their noise.

    Args:
        pair: the system.
        light_to_heavy: materials.
        areal_g_cm2: (L,) above 0.
        elements: picture elements averaged in either of the two regions compared.
    """
    noise = np.stack([pair.ratio(material, areal_g_cm2)[1] for material in light_to_heavy])
    both = np.sqrt((noise[:-1] ** 2 + noise[1:] ** 2) / elements)
    return ordered(pair, light_to_heavy, areal_g_cm2) / both


def _attenuation(
    beam: Beam, material: Material, areal_g_cm2: Values, photons: float
) -> tuple[Values, Values]:
    """Return (L,) -ln of the signal and its variance."""
    shares = material.basis_g_cm3.astype(np.float64) / material.density_g_cm3
    areal = (shares[:, None, None] * areal_g_cm2).astype(np.float32)
    signal, variance = (each[0].astype(np.float64) for each in beam.expected(areal))
    return -np.log(signal), variance / photons / signal**2

"""An exact beam of two photon lines, detected whole: the answer is known on paper."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from training.simulator.physics.materials import STEEL, basis_attenuation
from training.simulator.scene.projection import Areal


@dataclass(frozen=True)
class TwoLineBeam:
    energies_kev: tuple[float, float] = (1000.0, 3000.0)
    shares: tuple[float, float] = (0.6, 0.4)

    def expected(self, areal: Areal) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        energy, share = np.array(self.energies_kev), np.array(self.shares)
        passing = np.exp(-np.einsum("be,bhw->ehw", basis_attenuation(energy), areal))
        air = float((share * energy).sum())
        mean = np.einsum("e,ehw->hw", share * energy / air, passing)
        variance = np.einsum("e,ehw->hw", share * (energy / air) ** 2, passing)
        return mean.astype(np.float32), variance.astype(np.float32)


def steel_areal(thickness_mm: NDArray[np.float64] | float, shape: tuple[int, int]) -> Areal:
    """Return (3, H, W) of a steel plate; thickness may vary over the picture."""
    thickness = np.broadcast_to(np.asarray(thickness_mm, np.float32) / 10, shape)
    return np.ascontiguousarray(STEEL.basis_g_cm3[:, None, None] * thickness[None])

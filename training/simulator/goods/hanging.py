"""Garments on hangers: bars across the container, one or two rows high."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from training.simulator.goods.units import Range, draw_range
from training.simulator.physics.materials import STEEL, Material
from training.simulator.scene.containers import Hold
from training.simulator.scene.solids import Shape, Solids


@dataclass(frozen=True, slots=True)
class Hanging:
    """Garments hang with their shoulders along the container, close together on each bar."""

    cloth: Material
    """With the density it has on the bar."""
    shoulders_mm: Range = (430, 560)
    drop_mm: Range = (650, 1350)
    """Length of a garment."""
    used: Range = (0.6, 1.0)
    lots: int = 7
    """Groups of garments alike on one bar."""

    def __call__(self, solids: Solids, hold: Hold, generator: np.random.Generator) -> None:
        """Stow."""
        wide, drop = draw_range(generator, self.shoulders_mm), draw_range(generator, self.drop_mm)
        levels = max(1, min(2, int((hold.height - 150) / (drop + 90))))
        pitch = wide + draw_range(generator, (10, 90))
        bars = max(1, int(hold.length * draw_range(generator, self.used) / pitch))
        for bar in range(bars):
            x0 = hold.x0 + bar * pitch + float(generator.uniform(0, 15))
            solids.begin_stack()
            for level in range(levels):
                top = hold.y1 - 110 - level * (drop + 90)
                solids.tube(
                    Shape.DRUM_Z, (x0 + wide / 2 - 14, x0 + wide / 2 + 14), (top, top + 28),
                    (hold.z0, hold.z1), STEEL, wall_mm=2.5,
                )  # fmt: skip
                self._draw_bar(solids, hold, (x0, top - 60, wide, drop), generator)

    def _draw_bar(
        self,
        solids: Solids,
        hold: Hold,
        row: tuple[float, float, float, float],
        generator: np.random.Generator,
    ) -> None:
        x0, top, wide, drop = row
        edges = np.linspace(hold.z0, hold.z1, self.lots + 1)
        z = (edges[:-1] + 4, edges[1:] - 4)
        shrink = generator.uniform(0, 0.12, self.lots) * wide
        x = (x0 + shrink / 2, x0 + wide - shrink / 2)
        middle = (x[0] + x[1]) / 2
        fall = generator.uniform(0.12, 0.22, self.lots) * wide
        low = top - drop * np.clip(generator.normal(0.93, 0.07, self.lots), 0.6, 1.0)
        low = np.maximum(low, hold.y0)
        share = np.clip(generator.normal(1, 0.15, self.lots), 0.5, 1.5)
        soft: dict[str, ArrayLike] = {"share": share, "mottle": 0.06, "grain_mm": 70.0}
        left, right = (x[0], middle), (middle, x[1])
        solids.add(Shape.WEDGE_Y, left, (low, top - fall), z, self.cloth, high_rise=fall, **soft)
        solids.add(Shape.WEDGE_Y, right, (low, top), z, self.cloth, high_rise=-fall, **soft)

"""Sheets of glass and slabs of stone standing on edge on frames."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from training.simulator.goods.bench import Bench
from training.simulator.goods.units import Places, Range, Size, design_of, draw_range
from training.simulator.physics.materials import STEEL, WOOD, Material
from training.simulator.scene.solids import Solids

STEPS = 6
"""Bodies that stand for one leaning pack, from foot to top."""


@dataclass(frozen=True, slots=True)
class Leaning:
    """A frame like an A, seen from the end, with a pack of sheets on each side."""

    sheet: Material
    length_mm: Range = (2200, 3200)
    height_mm: Range = (1400, 2100)
    width_mm: Range = (900, 1500)
    thick_mm: Range = (120, 320)
    """Of all sheets on one side together."""
    one_sided: float = 0.15
    """Share of frames loaded on one side only."""

    def draw_size(self, generator: np.random.Generator) -> Size:
        """Return the room of a frame."""
        return (
            draw_range(generator, self.length_mm),
            draw_range(generator, self.height_mm),
            draw_range(generator, self.width_mm),
        )

    def draw(
        self, solids: Solids, places: Places, size: Size, *, generator: np.random.Generator
    ) -> None:
        """Add base, posts, crossbars and the packs, which lean inwards and differ in height."""
        del generator  # what a piece looks like follows from its size
        bench, design = Bench(solids, places), design_of(size)
        length, high, wide = size
        base, steel = 140.0, STEEL
        for z in ((0.0, 80.0), (wide - 80, wide)):
            bench.shell((0, length), (0, base), z, steel, wall_mm=6)
        posts = np.linspace(0.04, 0.93, int(design.integers(3, 6))) * length
        for x in posts:
            bench.shell((x, x + 80), (0, base), (0, wide), steel, wall_mm=5)
            bench.shell((x, x + 70), (base, high), (wide / 2 - 40, wide / 2 + 40), steel, wall_mm=5)
        for y in np.linspace(0.35, 0.97, 3) * high:
            bench.shell((0, length), (y - 50, y), (wide / 2 - 30, wide / 2 + 30), steel, wall_mm=4)
        sides = (1,) if design.random() < self.one_sided else (-1, 1)
        for side in sides:
            thick = min(draw_range(design, self.thick_mm), wide / 2 - 60)
            lots = int(design.integers(1, 4))
            for lot in range(lots):
                self._draw_pack(bench, size, (side, thick / lots, lot), design)

    def _draw_pack(
        self, bench: Bench, size: Size, lot: tuple[int, float, int], design: np.random.Generator
    ) -> None:
        length, high, wide = size
        side, thick, index = lot
        begin, end = design.uniform(0, 0.12, 2) * length
        foot, top = 150.0, high * float(design.uniform(0.75, 0.99))
        for step in range(STEPS):
            y = (foot + step / STEPS * (top - foot), foot + (step + 1) / STEPS * (top - foot))
            inner = 50 + index * thick + 0.10 * (high - y[0] - 150)
            inner = min(inner, wide / 2 - thick * 0.9)
            z0 = wide / 2 + side * inner
            z = (z0, z0 + thick * 0.94) if side > 0 else (z0 - thick * 0.94, z0)
            bench.box((begin, length - end), y, z, self.sheet)
        for share in (0.2, 0.75):
            x = (share * length, share * length + 60)
            outer = wide / 2 + side * (wide / 2 - 25)
            bench.box(x, (foot, top), (outer - 25, outer + 25), WOOD)

"""Wood as it travels: packs of boards with stickers between. No stowing."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from training.simulator.goods.bench import Bench
from training.simulator.goods.units import Places, Range, Size, design_of, draw_range
from training.simulator.physics.materials import STEEL, WOOD, Material
from training.simulator.scene.solids import Solids


@dataclass(frozen=True, slots=True)
class Boards:
    """A pack of sawn timber lengthwise: layers of boards, laths between some, two bearers under."""

    wood: Material = WOOD
    length_mm: Range = (2400, 5880)
    height_mm: Range = (450, 1150)
    width_mm: Range = (900, 1150)
    thickness_mm: Range = (19, 75)
    sticked: float = 0.4
    """Share of loads dried on laths, with air between all layers."""
    odd_ends_mm: Range = (0, 300)

    def draw_size(self, generator: np.random.Generator) -> Size:
        """Return the room of a pack."""
        return (
            draw_range(generator, self.length_mm),
            draw_range(generator, self.height_mm),
            draw_range(generator, self.width_mm),
        )

    def draw(
        self, solids: Solids, places: Places, size: Size, *, generator: np.random.Generator
    ) -> None:
        """Add bearers, layers and laths."""
        del generator  # what a piece looks like follows from its size
        bench, design = Bench(solids, places), design_of(size)
        bearer = 80.0
        thick = min(draw_range(design, self.thickness_mm), size[1] - bearer)
        lath = 22.0 if design.random() < self.sticked else 0.0
        every = 1 if lath else int(design.integers(4, 12))
        odd = draw_range(design, self.odd_ends_mm) * (design.random() < 0.5)
        rests = np.linspace(0.06, 0.92, max(2, int(size[0] / 900))) * size[0]
        for x in rests[:: max(1, len(rests) // 3)]:
            bench.box((x, x + 90), (0, bearer), (0, size[2]), self.wood)
        y, layer = bearer, 0
        while y + thick <= size[1]:
            ends = design.uniform(0, odd + 8, 2)
            bench.box(
                (ends[0], size[0] - ends[1]), (y, y + thick - 1), (0, size[2]), self.wood,
                share=float(design.uniform(0.85, 0.98)), mottle=0.03, grain_mm=90,
            )  # fmt: skip
            y, layer = y + thick, layer + 1
            if layer % every == 0 and y + thick + 22 < size[1]:
                for x in rests:
                    bench.box((x, x + 45), (y, y + 22), (0, size[2]), self.wood)
                y += 22
        for x in rests:
            bench.box((x + 200, x + 219), (bearer, y), (0, size[2]), STEEL.packed(0.004))

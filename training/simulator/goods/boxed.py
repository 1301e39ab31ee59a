"""Things in cartons between blocks of foam, one to a carton."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from training.simulator.goods.bench import Bench
from training.simulator.goods.units import BOARD, Places, Size, Unit
from training.simulator.physics.materials import Material, compound
from training.simulator.scene.solids import Solids

FOAM = compound("polystyrene foam", "C8H8", 0.022)


@dataclass(frozen=True, slots=True)
class Boxed:
    """A carton round a thing, with foam above, below and at the ends."""

    of: Unit
    foam_mm: float = 30.0
    board: Material = BOARD
    board_mm: float = 6.0

    def draw_size(self, generator: np.random.Generator) -> Size:
        """Return the outer size."""
        inner, more = self.of.draw_size(generator), 2 * (self.foam_mm + self.board_mm)
        return (inner[0] + more, inner[1] + more, inner[2] + more)

    def draw(
        self, solids: Solids, places: Places, size: Size, *, generator: np.random.Generator
    ) -> None:
        """Add board, foam, and the thing."""
        bench = Bench(solids, places)
        thick = self.board_mm
        bench.shell((0, size[0]), (0, size[1]), (0, size[2]), self.board, wall_mm=thick)
        inside = [(thick, extent - thick) for extent in size]
        for low in (thick, size[1] - thick - self.foam_mm):
            bench.box(inside[0], (low, low + self.foam_mm), inside[2], FOAM)
        for low in (thick, size[0] - thick - self.foam_mm):
            bench.box((low, low + self.foam_mm), inside[1], inside[2], FOAM)
        margin = np.full(1, thick + self.foam_mm)
        inner = tuple(max(20.0, extent - 2 * float(margin[0])) for extent in size)
        within = places.inside((margin, margin, margin))
        self.of.draw(solids, within, (inner[0], inner[1], inner[2]), generator=generator)

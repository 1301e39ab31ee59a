"""Wood as it travels: packs of boards with stickers between, logs, sheets of panel."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from training.simulator.goods.bench import Bench
from training.simulator.goods.stowage import HEAVIEST_KG
from training.simulator.goods.units import Places, Range, Size, design_of, draw_range
from training.simulator.physics.materials import STEEL, WOOD, Material
from training.simulator.scene.containers import Hold
from training.simulator.scene.solids import Shape, Solids


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
        thick = draw_range(design, self.thickness_mm)
        lath = 22.0 if design.random() < self.sticked else 0.0
        every = 1 if lath else int(design.integers(4, 12))
        odd = draw_range(design, self.odd_ends_mm) * (design.random() < 0.5)
        rests = np.linspace(0.06, 0.92, max(2, int(size[0] / 900))) * size[0]
        bearer = 80.0
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


@dataclass(frozen=True, slots=True)
class Logs:
    """Round wood lengthwise, thick and thin as it grew, rolled in until the hold is full."""

    wood: Material
    diameter_mm: Range = (180, 650)
    spread: float = 0.18
    """Relative standard deviation of the diameters in one load."""
    lengths: tuple[int, ...] = (1, 2, 3)
    """How many lots may lie one after the other."""
    filled: Range = (0.5, 0.97)
    taper_mm_per_m: Range = (4, 12)

    def __call__(self, solids: Solids, hold: Hold, generator: np.random.Generator) -> None:
        """Stow."""
        possible = [n for n in self.lengths if 1900 < hold.length / n < 12100]
        lots = int(generator.choice(possible or [2]))
        limit = min(draw_range(generator, HEAVIEST_KG), hold.payload_kg) / lots
        mean = draw_range(generator, self.diameter_mm)
        for lot in range(lots):
            part = hold.part(lot / lots, (lot + 1) / lots)
            circles = self._settle(part, mean, limit, generator)
            self._draw(solids, part, circles, generator)

    def _settle(
        self, hold: Hold, mean_mm: float, limit_kg: float, generator: np.random.Generator
    ) -> NDArray[np.float64]:
        """Return (N, 3) y, z and diameter of logs, each fallen to the lowest place found."""
        top = hold.height * draw_range(generator, self.filled)
        per_mm2 = self.wood.basis_g_cm3.sum() * np.pi / 4 * hold.length * 1e-6
        laid = np.zeros((0, 3))
        misses, mass = 0, 0.0
        while misses < 6 and len(laid) < 250:
            across = mean_mm * float(np.clip(generator.normal(1, self.spread), 0.5, 1.8))
            mass += across**2 * float(per_mm2)
            if mass > limit_kg:
                break
            z = generator.uniform(hold.z0 + across / 2, hold.z1 - across / 2, 40)
            y = np.full(40, across / 2)
            if len(laid):
                reach = (laid[:, 2] + across) / 2
                gap = reach[None, :] ** 2 - (z[:, None] - laid[None, :, 1]) ** 2
                rest = laid[None, :, 0] + np.sqrt(np.maximum(gap, 0))
                y = np.maximum(y, np.where(gap > 0, rest, 0).max(axis=1))
            best = int(np.argmin(y))
            if y[best] + across / 2 > top:
                misses += 1
                continue
            laid = np.vstack((laid, (y[best], z[best], across)))
        return laid

    def _draw(
        self,
        solids: Solids,
        hold: Hold,
        circles: NDArray[np.float64],
        generator: np.random.Generator,
    ) -> None:
        y, z, across = circles.T
        count = len(circles)
        stack = solids.begin_stack()
        length = hold.length - generator.uniform(20, 60 + 0.06 * hold.length, count)
        begin = hold.x0 + generator.uniform(0, 1, count) * (hold.length - length)
        # Trunks taper, thick ends lying either way; drawn in four steps.
        taper = draw_range(generator, self.taper_mm_per_m) * generator.choice((-1, 1), count)
        share = np.clip(generator.normal(1, 0.06, count), 0.8, 1.2)
        for step in range(4):
            size = across + taper * length / 1000 * (step - 1.5) / 4
            size = np.minimum(size, across * 1.03)
            x = (begin + step / 4 * length, begin + (step + 1) / 4 * length)
            solids.add(
                Shape.DRUM_X, x, (hold.y0 + y - size / 2, hold.y0 + y + size / 2),
                (z - size / 2, z + size / 2), self.wood, share=share, mottle=0.03, grain_mm=70,
                stack=stack,
            )  # fmt: skip

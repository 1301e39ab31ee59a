"""Metal in the forms in which mills sell it: coils, bundles, ingots, sheets; drums of cable."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from training.simulator.goods.bench import Bench
from training.simulator.goods.units import Places, Range, Size, design_of, draw_range
from training.simulator.physics.materials import STEEL, WOOD, Material
from training.simulator.scene.solids import Shape, Solids


@dataclass(frozen=True, slots=True)
class Coil:
    """Strip wound on a mandrel of 508 or 610 mm, on a cradle or skid of timber."""

    metal: Material = STEEL
    diameter_mm: Range = (900, 1550)
    width_mm: Range = (900, 1500)
    axis: Shape = Shape.DRUM_Z
    cradle_mm: Range = (80, 200)

    def draw_size(self, generator: np.random.Generator) -> Size:
        """Return the room of one with its cradle."""
        across, along = (
            draw_range(generator, self.diameter_mm),
            draw_range(generator, self.width_mm),
        )
        under = draw_range(generator, self.cradle_mm)
        return {
            Shape.DRUM_X: (along, across + under, across),
            Shape.DRUM_Y: (across, along + under, across),
            Shape.DRUM_Z: (across, across + under, along),
        }[self.axis]

    def draw(
        self, solids: Solids, places: Places, size: Size, *, generator: np.random.Generator
    ) -> None:
        """Add cradle, coil and straps."""
        del generator  # what a piece looks like follows from its size
        bench, design = Bench(solids, places), design_of(size)
        upright = self.axis is Shape.DRUM_Y
        across = size[2] if self.axis is Shape.DRUM_X else size[0]
        under = 100.0 if upright else max(0.0, size[1] - across)
        core = 508.0 if design.random() < 0.6 else 610.0
        y = (under, size[1])
        wound = self.metal.packed(float(design.uniform(0.94, 0.98)))
        bench.tube(
            self.axis, (0, size[0]), y, (0, size[2]), wound,
            wall_mm=max(60.0, (across - core) / 2),
        )  # fmt: skip
        self._draw_cradle(bench, size, under)
        for strap in design.uniform(0.15, 0.85, 3):
            if self.axis is Shape.DRUM_Z:
                z = (strap * size[2], strap * size[2] + 32)
                bench.tube(self.axis, (-1, size[0] + 1), (y[0] - 1, y[1] + 1), z, STEEL, wall_mm=1)
            elif self.axis is Shape.DRUM_X:
                x = (strap * size[0], strap * size[0] + 32)
                bench.tube(self.axis, x, (y[0] - 1, y[1] + 1), (-1, size[2] + 1), STEEL, wall_mm=1)

    def _draw_cradle(self, bench: Bench, size: Size, under: float) -> None:
        if self.axis is Shape.DRUM_Z:
            for z in ((0.1 * size[2], 0.1 * size[2] + 120), (0.9 * size[2] - 120, 0.9 * size[2])):
                bench.box((0.05 * size[0], 0.95 * size[0]), (0, under), z, WOOD)
                left, right = (0.08 * size[0], 0.32 * size[0]), (0.68 * size[0], 0.92 * size[0])
                high = 0.12 * size[0]
                bench.add(
                    Shape.WEDGE_Y, left, (under, under + high), z, WOOD, high_rise=-0.75 * high
                )
                bench.add(
                    Shape.WEDGE_Y, right, (under, under + 0.25 * high), z, WOOD,
                    high_rise=0.75 * high,
                )  # fmt: skip
        elif self.axis is Shape.DRUM_X:
            for share in (0.08, 0.8):
                x = (share * size[0], share * size[0] + 120)
                bench.box(x, (0, under), (0.0, size[2]), WOOD)
                for z in ((0.08, 0.3), (0.7, 0.92)):
                    wide = (z[0] * size[2], z[1] * size[2])
                    bench.box(x, (under, under + 90), wide, WOOD.packed(0.6))
        else:
            for share in (0.1, 0.45, 0.8):
                x = (share * size[0], share * size[0] + 100)
                bench.box(x, (0, under), (0.0, size[2]), WOOD)


@dataclass(frozen=True, slots=True)
class RodCoil:
    """Wire rod as it falls from the laying head: loose rings, compacted and tied in four places."""

    metal: Material
    diameter_mm: Range = (1050, 1200)
    length_mm: Range = (900, 1900)
    axis: Shape = Shape.DRUM_X
    inner: Range = (0.66, 0.76)
    """Diameter of the hole over the outer one."""
    filled: Range = (0.38, 0.55)
    """Share of the ring that is metal."""

    def draw_size(self, generator: np.random.Generator) -> Size:
        """Return the room of one."""
        across, along = (
            draw_range(generator, self.diameter_mm),
            draw_range(generator, self.length_mm),
        )
        lengthwise = self.axis is Shape.DRUM_X
        return (along, across, across) if lengthwise else (across, along, across)

    def draw(
        self, solids: Solids, places: Places, size: Size, *, generator: np.random.Generator
    ) -> None:
        """Add a dozen lots of rings, none quite in line with the next."""
        del generator  # what a piece looks like follows from its size
        bench, design = Bench(solids, places), design_of(size)
        lengthwise = self.axis is Shape.DRUM_X
        along, across = (size[0], size[1]) if lengthwise else (size[1], size[2])
        metal = self.metal.packed(draw_range(design, self.filled))
        inner = draw_range(design, self.inner)
        edges = np.linspace(0, along, 13)
        for low, high in pairwise(edges):
            outer = across * float(design.uniform(0.93, 1.0))
            u, v = (across - outer) * design.uniform(0, 1, 2)
            wall = outer / 2 * (1 - inner * float(design.uniform(0.95, 1.05)))
            first, second, axial = (u, u + outer), (v, v + outer), (float(low), float(high) - 4)
            x, y = (axial, first) if lengthwise else (first, axial)
            bench.tube(self.axis, x, y, second, metal, wall_mm=wall)


@dataclass(frozen=True, slots=True)
class Bundle:
    """Bars, tubes or sections lying lengthwise, strapped together, on bearers."""

    metal: Material
    length_mm: Range = (5400, 5880)
    height_mm: Range = (180, 420)
    width_mm: Range = (220, 520)
    diameter_mm: Range = (20, 120)
    wall: Range = (1.0, 1.0)
    """Of the radius; 1 is solid."""
    most_drawn: int = 60
    """Bundles of more pieces are drawn as layers of even density."""

    def draw_size(self, generator: np.random.Generator) -> Size:
        """Return the room of a bundle with its bearers."""
        return (
            draw_range(generator, self.length_mm),
            draw_range(generator, self.height_mm),
            draw_range(generator, self.width_mm),
        )

    def draw(
        self, solids: Solids, places: Places, size: Size, *, generator: np.random.Generator
    ) -> None:
        """Add bearers, pieces and straps."""
        del generator  # what a piece looks like follows from its size
        bench, design = Bench(solids, places), design_of(size)
        bearer = float(design.uniform(25, 60))
        across = min(draw_range(design, self.diameter_mm), size[1] - bearer, size[2])
        wall = draw_range(design, self.wall)
        for x in np.linspace(0.06, 0.94, int(design.integers(3, 6))) * size[0]:
            bench.box((x - 40, x + 40), (0, bearer), (0, size[2]), WOOD)
        rows, layers = int(size[2] / across), int((size[1] - bearer) / across)
        if rows * layers <= self.most_drawn:
            self._draw_pieces(bench, size, (bearer, across, wall), (rows, layers), design)
        else:
            solid = np.pi / 4 * (1 - (1 - wall) ** 2)
            count = max(2, min(layers, 12))
            edges = np.linspace(bearer, size[1], count + 1)
            for low, high in pairwise(edges):
                ends = design.uniform(0, 40, 2)
                bench.box(
                    (ends[0], size[0] - ends[1]), (low, high), (0, size[2]), self.metal,
                    share=solid * float(design.uniform(0.88, 1.0)), mottle=0.02, grain_mm=across,
                )  # fmt: skip
        for x in np.linspace(0.1, 0.9, 4) * size[0]:
            bench.box((x, x + 19), (bearer, size[1]), (0, size[2]), STEEL.packed(0.006))

    def _draw_pieces(
        self,
        bench: Bench,
        size: Size,
        piece: tuple[float, float, float],
        grid: tuple[int, int],
        design: np.random.Generator,
    ) -> None:
        bearer, across, wall = piece
        for layer in range(grid[1]):
            for row in range(grid[0]):
                low = bearer + layer * across
                z = (row * across, (row + 1) * across)
                ends = design.uniform(0, 45, 2)
                x = (ends[0], size[0] - ends[1])
                bench.add(Shape.DRUM_X, x, (low, low + across), z, self.metal)
                if wall < 0.98:
                    thick = wall * across / 2
                    bench.add(
                        Shape.DRUM_X, x, (low + thick, low + across - thick),
                        (z[0] + thick, z[1] - thick), self.metal, share=-1.0,
                    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ingots:
    """Cast pigs in layers, each lying across the one below, strapped."""

    metal: Material
    length_mm: Range = (550, 750)
    pig_mm: tuple[Range, Range] = ((60, 110), (90, 160))
    """Height and width of one."""
    layers: tuple[int, int] = (4, 9)

    def draw_size(self, generator: np.random.Generator) -> Size:
        """Return the room of a stack."""
        length, high = draw_range(generator, self.length_mm), draw_range(generator, self.pig_mm[0])
        return (length, high * int(generator.integers(self.layers[0], self.layers[1] + 1)), length)

    def draw(
        self, solids: Solids, places: Places, size: Size, *, generator: np.random.Generator
    ) -> None:
        """Add the pigs."""
        del generator  # what a piece looks like follows from its size
        bench, design = Bench(solids, places), design_of(size)
        wide = draw_range(design, self.pig_mm[1])
        count = max(1, int(size[1] / np.mean(self.pig_mm[0])))
        high, beside = size[1] / count, max(1, int(size[0] / (wide * 1.1)))
        step = size[0] / beside
        for layer in range(count):
            y = (layer * high, (layer + 1) * high - 2)
            for index in range(beside):
                side = (index * step + (step - wide) / 2, index * step + (step + wide) / 2)
                end = (float(design.uniform(0, 12)), size[0] - float(design.uniform(0, 12)))
                x, z = (end, side) if layer % 2 else (side, end)
                # Their sides taper: three quarters of the box.
                bench.box(x, y, z, self.metal, share=0.88)


@dataclass(frozen=True, slots=True)
class Sheets:
    """Sheets, plates or cathodes lying flat on one another, their edges not quite in line."""

    metal: Material
    length_mm: Range = (900, 1050)
    height_mm: Range = (150, 450)
    width_mm: Range = (900, 1050)
    filled: Range = (0.8, 0.97)
    """Share of the height that is metal."""
    out_of_line_mm: float = 12.0
    bearers_mm: Range = (0, 80)

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
        """Add bearers, then lots of sheets."""
        del generator  # what a piece looks like follows from its size
        bench, design = Bench(solids, places), design_of(size)
        bearer = min(draw_range(design, self.bearers_mm), size[1] / 3)
        if bearer > 15:
            for share in np.linspace(0.05, 0.9, max(2, int(size[0] / 600))):
                x = (share * size[0], share * size[0] + 90)
                bench.box(x, (0, bearer), (0, size[2]), WOOD)
        else:
            bearer = 0.0
        filled = draw_range(design, self.filled)
        edges = np.linspace(bearer, size[1], int(design.integers(6, 14)))
        for low, high in pairwise(edges):
            off = np.clip(design.normal(0, self.out_of_line_mm, 4), -30, 30)
            bench.box(
                (30 + off[0], size[0] - 30 + off[1]), (low, low + (high - low) * filled),
                (30 + off[2], size[2] - 30 + off[3]), self.metal,
            )  # fmt: skip

"""Machines, engines, motors, transformers, panels and accumulators."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from training.simulator.goods.appliances import CIRCUITS, WINDINGS, Housing
from training.simulator.goods.bench import Bench
from training.simulator.goods.units import Places, Range, Size
from training.simulator.physics.materials import (
    ALUMINIUM,
    CERAMIC,
    COPPER,
    GLASS,
    LEAD,
    POLYETHYLENE,
    STEEL,
    WATER,
    WOOD,
    Material,
    compound,
    mixture,
)
from training.simulator.scene.solids import Shape, Solids

IRON = STEEL.of_density(7.2)
OIL = Material("mineral oil", 0.87, {"C": 0.86, "H": 0.14})
ACID = mixture("accumulator acid", 1.28, ((compound("sulphuric acid", "H2SO4", 1.84), 0.37),
                                          (WATER, 0.63)))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Machine(Housing):
    """Castings on a base frame, shafts, motors, sheet covers, a cabinet: never twice the same."""

    length_mm: Range = (1200, 3200)
    height_mm: Range = (1000, 2200)
    width_mm: Range = (800, 1900)
    castings: tuple[int, int] = (3, 9)
    heaviness: Range = (0.08, 0.35)
    """Share of metal in the castings' outlines."""

    def draw(
        self, solids: Solids, places: Places, size: Size, *, generator: np.random.Generator
    ) -> None:
        """Add skids, frame, castings, shafts, motors, covers, cabinet and pipes."""
        del generator
        bench, (long, high, deep), design = self.lay_out(solids, places, size)
        for x in np.linspace(0.08, 0.85, 3) * long:
            bench.box((x, x + 110), (0, 100), (0, deep), WOOD)
        for z in (0.12 * deep, 0.8 * deep):
            bench.shell((0, long), (100, 220), (z, z + 90), STEEL, wall_mm=8)
        room = high - 240
        bed = 220 + room * float(design.uniform(0.12, 0.35))
        share = float(design.uniform(*self.heaviness))
        bench.box((0.05 * long, 0.95 * long), (220, bed), (0.15 * deep, 0.85 * deep), IRON,
                  share=share, mottle=0.15, grain_mm=130)  # fmt: skip
        for _ in range(int(design.integers(self.castings[0], self.castings[1] + 1))):
            self._draw_casting(bench, (long, high, deep), bed, design)
        if design.random() < 0.7:
            x = float(design.choice((0.02, 0.8))) * long
            cabinet = (
                (x, x + 0.18 * long),
                (bed, bed + 0.8 * (high - bed)),
                (0.05 * deep, 0.4 * deep),
            )
            bench.shell(*cabinet, STEEL, wall_mm=1.5)
            bench.box((x + 20, x + 0.17 * long), (bed + 60, bed + 0.7 * (high - bed)),
                      (0.2 * deep, 0.2 * deep + 60), CIRCUITS.packed(0.35), mottle=0.5,
                      grain_mm=60)  # fmt: skip
        if design.random() < 0.6:
            ends = np.sort(design.uniform(0.05, 0.95, 2)) * long
            bench.shell((ends[0], ends[1] + 80), (bed, high - 10), (0.03 * deep, 0.97 * deep),
                        STEEL, wall_mm=2.0)  # fmt: skip
        for _ in range(int(design.integers(2, 7))):
            x, y = design.uniform(0.1, 0.9) * long, design.uniform(bed, high - 60)
            end = (float(design.uniform(0.1, 0.9)) * long, float(y))
            z = float(design.uniform(0.1, 0.9)) * deep
            bench.bar((float(x), float(y)), end, (z, z + 40), STEEL.packed(0.4), depth_mm=40)

    def _draw_casting(
        self, bench: Bench, size: Size, bed: float, design: np.random.Generator
    ) -> None:
        long, high, deep = size
        part = np.array([long, high - bed, deep]) * design.uniform(0.08, 0.4, 3)
        low = design.uniform(0.03, 0.97, 3) * (np.array([long, high - bed, deep]) - part)
        low[1] = low[1] * float(design.random() < 0.4) + bed
        x, y, z = ((float(a), float(a + b)) for a, b in zip(low, part, strict=True))
        if y[0] > bed + 40:
            # Nothing floats: a post under it.
            post = float(x[0] + 0.3 * part[0])
            bench.shell((post, post + 90), (bed, y[0]), (z[0], z[0] + 90), STEEL, wall_mm=8)
        kind = int(design.integers(5))
        if kind == 0:
            wall = float(design.uniform(10, 40))
            bench.shell(x, y, z, IRON, wall_mm=min(wall, float(part.min()) / 2 - 2))
        elif kind == 1:
            bench.box(x, y, z, IRON, share=float(design.uniform(*self.heaviness)), mottle=0.2,
                      grain_mm=80)  # fmt: skip
        elif kind == 2:
            radius = float(min(part[0], part[1])) / 2
            middle = (x[0] + radius, y[0] + radius)
            bench.ring(middle, radius, z, IRON, wall_mm=max(12.0, radius * 0.15))
            bench.disc(middle, radius * 0.25, (z[0] - 20, z[1] + 20), STEEL)
        elif kind == 3:
            radius = float(min(part[1], part[2])) / 2
            y, z = (y[0], y[0] + 2 * radius), (z[0], z[0] + 2 * radius)
            bench.add(Shape.DRUM_X, x, y, z, WINDINGS.packed(float(design.uniform(0.6, 1.0))))
            shaft = (y[0] + 0.85 * radius, y[1] - 0.85 * radius)
            end = (max(0.0, x[0] - 150), min(long, x[1] + 150))
            bench.add(Shape.DRUM_X, end, shaft, (z[0] + 0.85 * radius, z[1] - 0.85 * radius), STEEL)
        else:
            bench.add(Shape.WEDGE_Y, x, y, z, IRON, share=float(design.uniform(0.1, 0.4)),
                      high_rise=-0.6 * float(part[1]))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Engine(Housing):
    """A piston engine, often with its gearbox, on a stand or pallet."""

    length_mm: Range = (700, 1300)
    height_mm: Range = (750, 1150)
    width_mm: Range = (600, 850)
    turned: float = field(default=0.5, kw_only=True)

    def draw(
        self, solids: Solids, places: Places, size: Size, *, generator: np.random.Generator
    ) -> None:
        """Add block with cylinders, head, sump, flywheel, gearbox, turbocharger, alternator."""
        del generator
        bench, (long, high, deep), design = self.lay_out(solids, places, size)
        bench.box((0, long), (0, 120), (0.05 * deep, 0.95 * deep), WOOD.packed(0.5))
        metal = IRON if design.random() < 0.6 else ALUMINIUM
        gearbox = 0.35 * long if design.random() < 0.5 else 0.04 * long
        block = (0.12 * long, long - gearbox)
        z = (0.28 * deep, 0.72 * deep)
        y = (120 + 0.28 * (high - 120), 120 + 0.72 * (high - 120))
        bench.box(block, y, z, metal, share=0.85)
        count = int(design.choice((3, 4, 4, 6)))
        step = (block[1] - block[0] - 40) / count
        bore = 0.4 * step
        for index in range(count):
            x = block[0] + 20 + (index + 0.5) * step
            bench.add(Shape.DRUM_Y, (x - bore, x + bore), (y[0] + 60, y[1]),
                      (deep / 2 - bore, deep / 2 + bore), metal, share=-0.8)  # fmt: skip
            bench.add(Shape.DRUM_Y, (x - bore, x + bore), (y[1] - 120, y[1] - 50),
                      (deep / 2 - bore, deep / 2 + bore), ALUMINIUM, share=0.7)  # fmt: skip
        bench.box(block, (y[1], y[1] + 0.14 * high), (0.32 * deep, 0.68 * deep), ALUMINIUM,
                  share=0.6, mottle=0.2, grain_mm=60)  # fmt: skip
        bench.box(block, (y[1] + 0.14 * high, y[1] + 0.2 * high), (0.38 * deep, 0.62 * deep),
                  ALUMINIUM.packed(0.25))  # fmt: skip
        bench.shell(block, (130, y[0]), (0.36 * deep, 0.64 * deep), STEEL, wall_mm=3)
        # Crankshaft, flywheel, pulley.
        middle = y[0] + 40
        bench.add(Shape.DRUM_X, (0.05 * long, long - gearbox), (middle - 32, middle + 32),
                  (deep / 2 - 32, deep / 2 + 32), STEEL)  # fmt: skip
        for x, radius, wide in ((0.03 * long, 85.0, 45.0), (block[1], 0.16 * high, 30.0)):
            bench.add(Shape.DRUM_X, (x, x + wide), (middle - radius, middle + radius),
                      (deep / 2 - radius, deep / 2 + radius), IRON)  # fmt: skip
        if gearbox > 100:
            bench.add(Shape.DRUM_X, (long - gearbox + 30, long), (middle - 0.14 * high,
                      middle + 0.14 * high), (0.33 * deep, 0.67 * deep), ALUMINIUM.packed(0.6),
                      mottle=0.25, grain_mm=80)  # fmt: skip
        bench.disc((0.3 * long, y[1]), 70, (0.08 * deep, 0.26 * deep), IRON.packed(0.5))
        bench.add(Shape.DRUM_X, (0.1 * long, 0.1 * long + 160), (y[0] + 90, y[0] + 220),
                  (0.76 * deep, 0.76 * deep + 130), WINDINGS.packed(0.7))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Transformer(Housing):
    """A tank of oil with a core of three limbs in it, cooling fins outside, bushings on top."""

    length_mm: Range = (900, 1900)
    height_mm: Range = (1100, 1900)
    width_mm: Range = (700, 1200)

    def draw(
        self, solids: Solids, places: Places, size: Size, *, generator: np.random.Generator
    ) -> None:
        """Add tank, oil, core, windings, fins, bushings, wheels' rails."""
        del generator
        bench, (long, high, deep), design = self.lay_out(solids, places, size)
        top = high * float(design.uniform(0.68, 0.8))
        tank = (0.06 * long, 0.94 * long), (110.0, top), (0.24 * deep, 0.76 * deep)
        for z in (0.28 * deep, 0.64 * deep):
            bench.box((0.1 * long, 0.9 * long), (0, 110), (z, z + 80), STEEL.packed(0.35))
        bench.shell(*tank, STEEL, wall_mm=6)
        inside = [(low + 6, up - 6) for low, up in tank]
        bench.box(inside[0], (116, top - 60), inside[2], OIL, share=0.75)
        thick = 0.1 * long
        core = (0.36 * deep, 0.64 * deep)
        for low in (150.0, top - 90 - thick):
            bench.box((0.12 * long, 0.88 * long), (low, low + thick), core, STEEL.packed(0.95))
        for x in np.array((0.24, 0.5, 0.76)) * long:
            bench.box((x - thick / 2, x + thick / 2), (150 + thick, top - 90 - thick), core,
                      STEEL.packed(0.95))  # fmt: skip
            y = (170 + thick, top - 110 - thick)
            bench.add(Shape.DRUM_Y, (x - 0.115 * long, x + 0.115 * long), y,
                      (0.3 * deep, 0.7 * deep), COPPER, share=0.3)  # fmt: skip
        for x in np.linspace(0.1, 0.9, int(design.integers(8, 20))) * long:
            for fin in ((0.02 * deep, 0.24 * deep), (0.76 * deep, 0.98 * deep)):
                bench.box((x - 5, x + 5), (220, top - 120), fin, STEEL.packed(0.45))
        for x in np.array((0.25, 0.5, 0.75)) * long:
            bench.add(Shape.DRUM_Y, (x - 40, x + 40), (top, high), (0.4 * deep, 0.4 * deep + 80),
                      CERAMIC.packed(0.7))  # fmt: skip
            bench.add(Shape.DRUM_Y, (x - 10, x + 10), (top, high), (0.4 * deep + 30,
                      0.4 * deep + 50), COPPER)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SolarModules(Housing):
    """Modules on edge on a pallet: sheets of glass in frames of aluminium."""

    length_mm: Range = (1680, 2280)
    height_mm: Range = (1130, 1290)
    width_mm: Range = (1040, 1120)
    turned: float = field(default=0.2, kw_only=True)

    def draw(
        self, solids: Solids, places: Places, size: Size, *, generator: np.random.Generator
    ) -> None:
        """Add pallet, carton, frames and glass."""
        del generator
        bench, (long, high, deep), design = self.lay_out(solids, places, size)
        for z in (0.05, 0.45, 0.85):
            bench.box((0, long), (0, 120), (z * deep, z * deep + 100), WOOD)
        count = int(design.integers(26, 37))
        glass = count * float(design.choice((3.2, 3.2, 4.0))) / deep
        inside = ((20.0, long - 20), (130.0, high - 10), (15.0, deep - 15))
        bench.box(*inside, GLASS, share=glass)
        for x in (inside[0][0], inside[0][1] - 32):
            bench.box((x, x + 32), inside[1], inside[2], ALUMINIUM.packed(0.11))
        for y in (inside[1][0], inside[1][1] - 32):
            bench.box(inside[0], (y, y + 32), inside[2], ALUMINIUM.packed(0.11))
        x = long / 2
        bench.box((x - 60, x + 60), (high - 200, high - 110), inside[2], POLYETHYLENE.packed(0.12))


@dataclass(frozen=True, slots=True)
class Accumulator(Housing):
    """A starter battery: six cells of lead plates in acid, in a case of polypropylene."""

    length_mm: Range = (205, 350)
    height_mm: Range = (175, 230)
    width_mm: Range = (125, 180)
    turned: float = field(default=0.5, kw_only=True)

    def draw(
        self, solids: Solids, places: Places, size: Size, *, generator: np.random.Generator
    ) -> None:
        """Add case, plates with acid between, and poles."""
        del generator
        bench, (long, high, deep), _ = self.lay_out(solids, places, size)
        bench.box((0, long - 4), (0, high - 22), (0, deep - 4), POLYETHYLENE, share=0.12)
        plates = (0.12 * high, 0.68 * high)
        bench.box((6, long - 10), plates, (6, deep - 10), LEAD, share=0.26)
        bench.box((6, long - 10), (8, 0.75 * high), (6, deep - 10), ACID, share=0.6)
        bench.box((12, long - 16), (0.7 * high, 0.76 * high), (0.35 * deep, 0.5 * deep), LEAD,
                  share=0.7)  # fmt: skip
        for x in (0.1 * long, 0.82 * long):
            bench.add(Shape.DRUM_Y, (x, x + 18), (0.76 * high, high - 6), (20, 38), LEAD)

"""Household appliances and electronics: what lies inside their housings.

Weights of parts: preparatory studies for the European ecodesign rules (bills of materials of
washing machines, refrigerators, televisions and personal computers), rounded.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from training.simulator.goods.bench import Bench
from training.simulator.goods.units import Places, Range, Size, design_of, draw_range
from training.simulator.physics.materials import (
    ALUMINIUM,
    CALCITE,
    COPPER,
    GLASS,
    POLYETHYLENE,
    POLYURETHANE_FOAM,
    QUARTZ,
    STAINLESS_STEEL,
    STEEL,
    mixture,
)
from training.simulator.scene.solids import Shape, Solids

CONCRETE = mixture("concrete", 2.3, ((QUARTZ, 0.65), (CALCITE, 0.35)))
WINDINGS = mixture("wound motor", 4.5, ((STEEL, 0.75), (COPPER, 0.25)))
FINS = mixture("heat exchanger", 0.45, ((ALUMINIUM, 0.55), (COPPER, 0.45)))
CIRCUITS = mixture("populated circuit board", 1.9, ((GLASS, 0.45), (POLYETHYLENE, 0.3),
                                                    (COPPER, 0.2), (STEEL, 0.05)))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Housing:
    """What all appliances share: their outer size, and that a load may stand turned."""

    length_mm: Range
    height_mm: Range
    width_mm: Range
    turned: float = field(default=0.4, kw_only=True)

    def draw_size(self, generator: np.random.Generator) -> Size:
        """Return the room of one, turned or not."""
        size = (
            draw_range(generator, self.length_mm),
            draw_range(generator, self.height_mm),
            draw_range(generator, self.width_mm),
        )
        return size[::-1] if generator.random() < self.turned else size

    def lay_out(
        self, solids: Solids, places: Places, size: Size
    ) -> tuple[Bench, Size, np.random.Generator]:
        """Return a bench, the size as seen from it, and the design's generator.

        A size that would be out of its ranges unturned is a turned one.
        """
        turned = abs(size[0] - np.mean(self.length_mm)) > abs(size[2] - np.mean(self.length_mm))
        seen = size[::-1] if turned else size
        return Bench(solids, places, bool(turned)), seen, design_of(size)


@dataclass(frozen=True, slots=True)
class WashingMachine(Housing):
    """Sheet housing, tub and drum, concrete weights, motor, pump, door of glass."""

    length_mm: Range = (590, 605)
    height_mm: Range = (820, 860)
    width_mm: Range = (450, 620)

    def draw(
        self, solids: Solids, places: Places, size: Size, *, generator: np.random.Generator
    ) -> None:
        """Add one; its door faces across."""
        del generator
        bench, (long, high, deep), design = self.lay_out(solids, places, size)
        bench.shell((0, long), (20, high), (0, deep), STEEL.packed(0.9), wall_mm=1.0)
        middle = (long / 2, high * 0.48)
        tub = min(long, high) * float(design.uniform(0.42, 0.46))
        bench.ring(middle, tub, (60, deep - 40), POLYETHYLENE, wall_mm=6)
        bench.ring(middle, tub - 18, (80, deep - 60), STAINLESS_STEEL.packed(0.6), wall_mm=1.2)
        bench.disc(middle, tub - 18, (deep - 64, deep - 60), STAINLESS_STEEL.packed(0.8))
        # Spider and bearing.
        bench.disc(middle, 60, (deep - 70, deep - 20), ALUMINIUM.packed(0.8))
        bench.disc(middle, 14, (deep - 110, deep - 5), STEEL)
        bench.box((0.2 * long, 0.8 * long), (high - 170, high - 100), (90, deep - 90), CONCRETE)
        if design.random() < 0.6:
            bench.ring(middle, tub * 0.98, (35, 75), CONCRETE.packed(0.8), wall_mm=70)
        motor = (long * float(design.uniform(0.3, 0.7)), 130.0)
        bench.disc(motor, 75, (deep / 2 - 70, deep / 2 + 70), WINDINGS.packed(0.8))
        bench.disc((motor[0] - 200, 90), 40, (60, 160), WINDINGS.packed(0.5))
        bench.disc(middle, 170, (6, 40), GLASS.packed(0.35))
        bench.box((0.1 * long, 0.4 * long), (high - 90, high - 40), (20, 150), CIRCUITS.packed(0.3))


@dataclass(frozen=True, slots=True)
class Refrigerator(Housing):
    """Walls of foam between sheets, shelves of glass, the compressor low at the back."""

    length_mm: Range = (540, 700)
    height_mm: Range = (1400, 1900)
    width_mm: Range = (580, 720)

    def draw(
        self, solids: Solids, places: Places, size: Size, *, generator: np.random.Generator
    ) -> None:
        """Add one, upright, its door across."""
        del generator
        bench, (long, high, deep), design = self.lay_out(solids, places, size)
        wall = float(design.uniform(38, 65))
        bench.shell((0, long), (30, high), (0, deep), STEEL.packed(0.55), wall_mm=1.0)
        bench.shell((1, long - 1), (180, high - 1), (1, deep - 1), POLYURETHANE_FOAM.packed(0.8),
                    wall_mm=wall)  # fmt: skip
        split = high * float(design.choice((0.33, 0.62, 0.7)))
        bench.box((wall, long - wall), (split, split + wall), (wall, deep - wall),
                  POLYURETHANE_FOAM)  # fmt: skip
        for y in np.linspace(0.25, 0.92, int(design.integers(4, 7))) * high:
            glass = GLASS if design.random() < 0.6 else POLYETHYLENE
            bench.box((wall, long - wall), (y, y + 4), (wall, deep - wall - 60), glass)
        side = float(design.uniform(0.3, 0.6)) * long
        bench.add(Shape.ELLIPSOID, (side, side + 200), (40, 200), (deep - 210, deep - 60), WINDINGS)
        bench.box((40, long - 40), (220, high - 200), (deep - 14, deep - 6), STEEL.packed(0.06))
        bench.box((0.2 * long, 0.75 * long), (60, 110), (40, deep - 250), FINS.packed(0.5))


@dataclass(frozen=True, slots=True)
class AirConditioner(Housing):
    """The part that stands outdoors: compressor upright, fan, bent heat exchanger."""

    length_mm: Range = (700, 950)
    height_mm: Range = (520, 720)
    width_mm: Range = (280, 360)

    def draw(
        self, solids: Solids, places: Places, size: Size, *, generator: np.random.Generator
    ) -> None:
        """Add one, its fan across."""
        del generator
        bench, (long, high, deep), design = self.lay_out(solids, places, size)
        bench.shell((0, long), (0, high), (0, deep), STEEL.packed(0.8), wall_mm=1.0)
        bench.box((15, 0.72 * long), (25, high - 20), (deep - 45, deep - 20), FINS)
        bench.box((15, 45), (25, high - 20), (40, deep - 45), FINS)
        middle = (0.36 * long, high / 2)
        bench.disc(middle, 45, (deep * 0.45, deep * 0.75), WINDINGS.packed(0.8))
        bench.disc(middle, 0.4 * high, (deep * 0.3, deep * 0.42), POLYETHYLENE.packed(0.08))
        tall = high * float(design.uniform(0.42, 0.6))
        bench.add(Shape.DRUM_Y, (0.78 * long, 0.78 * long + 125), (30, 30 + tall), (90, 215),
                  WINDINGS.packed(1.1))  # fmt: skip
        bench.add(Shape.DRUM_Y, (0.91 * long, 0.91 * long + 45), (60, 60 + 0.7 * tall), (100, 145),
                  STEEL.packed(0.3))  # fmt: skip
        bench.box((0.74 * long, 0.75 * long), (20, high - 5), (20, deep - 20), STEEL)
        bench.box((0.75 * long, 0.97 * long), (high - 90, high - 60), (40, deep - 60), CIRCUITS)


@dataclass(frozen=True, slots=True)
class Television(Housing):
    """A flat screen standing on its long edge."""

    length_mm: Range = (720, 1460)
    height_mm: Range = (450, 850)
    width_mm: Range = (60, 90)
    turned: float = field(default=0.5, kw_only=True)

    def draw(
        self, solids: Solids, places: Places, size: Size, *, generator: np.random.Generator
    ) -> None:
        """Add panel, back sheet, frame, boards and speakers."""
        del generator
        bench, (long, high, deep), design = self.lay_out(solids, places, size)
        bench.box((0, long), (0, high), (5, 11), GLASS.packed(0.7))
        bench.box((10, long - 10), (10, high - 10), (18, 20), STEEL.packed(0.5))
        bench.shell((0, long), (0, high), (0, deep), POLYETHYLENE.packed(0.8), wall_mm=2.5)
        for x in (float(design.uniform(0.15, 0.4)), float(design.uniform(0.5, 0.65))):
            bench.box(
                (x * long, x * long + 0.2 * long), (0.2 * high, 0.55 * high),
                (deep - 22, deep - 12), CIRCUITS.packed(0.7), mottle=0.4, grain_mm=30,
            )  # fmt: skip
        for x in (0.08 * long, 0.85 * long):
            bench.box((x, x + 0.08 * long), (15, 65), (deep - 40, deep - 10), STEEL.packed(0.25))
        bench.box((0.2 * long, 0.8 * long), (0, 14), (deep - 12, deep), STEEL.packed(0.6))


@dataclass(frozen=True, slots=True)
class Computer(Housing):
    """A desktop case: board, power supply, drives, heat sink."""

    length_mm: Range = (360, 480)
    height_mm: Range = (360, 460)
    width_mm: Range = (90, 210)

    def draw(
        self, solids: Solids, places: Places, size: Size, *, generator: np.random.Generator
    ) -> None:
        """Add one, its board upright along."""
        del generator
        bench, (long, high, deep), design = self.lay_out(solids, places, size)
        bench.shell((0, long), (0, high), (0, deep), STEEL, wall_mm=0.8)
        bench.box((20, 0.65 * long), (0.25 * high, 0.95 * high), (10, 16), CIRCUITS, mottle=0.3,
                  grain_mm=25)  # fmt: skip
        low = 8.0 if design.random() < 0.5 else high - 98
        bench.box((10, 160), (low, low + 88), (10, min(150, deep - 10)), WINDINGS.packed(0.3))
        bench.box((0.25 * long, 0.25 * long + 90), (0.6 * high, 0.6 * high + 90),
                  (20, min(110, deep - 10)), ALUMINIUM.packed(0.4))  # fmt: skip
        for y in (0.25, 0.35, 0.7)[: int(design.integers(1, 4))]:
            bench.box((0.7 * long, 0.97 * long), (y * high, y * high + 26),
                      (10, min(112, deep - 10)), ALUMINIUM.packed(0.75))  # fmt: skip

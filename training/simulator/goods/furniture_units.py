"""Furniture, mattresses, sanitary ware. No stowing."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from training.simulator.goods.appliances import Housing
from training.simulator.goods.units import BOARD, Places, Range, Size
from training.simulator.physics.materials import (
    CERAMIC,
    GLASS,
    POLYURETHANE_FOAM,
    STEEL,
    WOOD,
    Material,
    compound,
)
from training.simulator.scene.solids import Shape, Solids

POLYESTER_FIBRE = compound("polyester fibre", "C10H8O4", 0.02)
CHIPBOARD = WOOD.of_density(0.68)


@dataclass(frozen=True, slots=True)
class FlatPack(Housing):
    """Boards of a piece of furniture on one another in a long flat carton, fittings in a bag."""

    length_mm: Range = (900, 2100)
    height_mm: Range = (70, 190)
    width_mm: Range = (350, 750)
    turned: float = field(default=0.3, kw_only=True)

    def draw(
        self, solids: Solids, places: Places, size: Size, *, generator: np.random.Generator
    ) -> None:
        """Add carton, boards of several lengths, a bag of screws, sometimes a mirror."""
        del generator
        bench, (long, high, deep), design = self.lay_out(solids, places, size)
        bench.shell((0, long), (0, high), (0, deep), BOARD, wall_mm=5)
        y = 6.0
        while y + 18 < high - 6:
            thick = float(design.choice((12.0, 15.0, 18.0, 22.0)))
            full = design.random() < 0.55
            end = long - 8 if full else float(design.uniform(0.4, 0.9)) * long
            side = deep - 8 if design.random() < 0.6 else float(design.uniform(0.5, 0.9)) * deep
            bench.box((8, end), (y, min(y + thick, high - 5)), (8, side), CHIPBOARD)
            y += thick + 1
        if design.random() < 0.2:
            bench.box((30, 0.9 * long), (y - 6, y - 2), (30, 0.9 * deep), GLASS)
        bag = float(design.uniform(0.4, 0.85)) * long
        bench.box((bag, bag + 120), (8, min(40.0, high - 8)), (deep - 130, deep - 20), STEEL,
                  share=0.2)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cabinet(Housing):
    """Assembled: walls of board, shelves, doors, nothing inside."""

    length_mm: Range = (500, 1300)
    height_mm: Range = (600, 1150)
    width_mm: Range = (350, 600)

    def draw(
        self, solids: Solids, places: Places, size: Size, *, generator: np.random.Generator
    ) -> None:
        """Add one."""
        del generator
        bench, (long, high, deep), design = self.lay_out(solids, places, size)
        wood = CHIPBOARD if design.random() < 0.7 else WOOD.of_density(0.6)
        bench.shell((0, long), (60, high), (0, deep), wood, wall_mm=18)
        for x in (10.0, long - 60):
            for z in (10.0, deep - 60):
                bench.box((x, x + 50), (0, 60), (z, z + 50), wood)
        for y in np.linspace(0.3, 0.8, int(design.integers(1, 4))) * high:
            bench.box((18, long - 18), (y, y + 18), (18, deep - 20), wood)
        parts = int(design.integers(1, 4))
        for index in range(1, parts):
            x = index * long / parts
            bench.box((x, x + 18), (78, high - 18), (18, deep - 20), wood)
        for x in (30.0, long / 2 + 20):
            bench.box((x, x + 35), (0.4 * high, 0.45 * high), (deep - 60, deep - 20), STEEL,
                      share=0.25)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sofa(Housing):
    """A wooden frame with springs, foam and fibre; an armchair when it is short."""

    length_mm: Range = (800, 2200)
    height_mm: Range = (700, 950)
    width_mm: Range = (800, 980)
    turned: float = field(default=0.5, kw_only=True)

    def draw(
        self, solids: Solids, places: Places, size: Size, *, generator: np.random.Generator
    ) -> None:
        """Add frame, springs, cushions, back and arms."""
        del generator
        bench, (long, high, deep), design = self.lay_out(solids, places, size)
        foam = POLYURETHANE_FOAM.of_density(float(design.uniform(0.035, 0.07)))
        arm = float(design.uniform(90, 220))
        seat = 0.45 * high
        for foot in (30.0, long - 80):
            for aside in (30.0, deep - 80):
                bench.box((foot, foot + 50), (0, 100), (aside, aside + 50), WOOD)
        for z in ((20.0, 50.0), (deep - 50, deep - 20)):
            bench.box((0, long), (100, 240), z, WOOD)
        for slat in np.linspace(0, long - 40, max(3, int(long / 500))):
            bench.box((slat, slat + 40), (100, 170), (20, deep - 20), WOOD)
        bench.box((0, long), (100, 109), (0, deep), WOOD)
        bench.box((arm, long - arm), (190, 270), (60, deep - 200), STEEL, share=0.008, mottle=0.6,
                  grain_mm=60)  # fmt: skip
        cushions = int(design.integers(1, 4))
        step = (long - 2 * arm) / cushions
        for index in range(cushions):
            x = (arm + index * step + 6, arm + (index + 1) * step - 6)
            bench.add(Shape.PILLOW, x, (270, seat + 40), (0, deep - 180), foam, roundness=6)
            bench.add(Shape.PILLOW, x, (seat + 40, 0.95 * high), (deep - 330, deep - 120),
                      POLYESTER_FIBRE, roundness=4)  # fmt: skip
        bench.box((0, long), (seat, high), (deep - 120, deep), foam)
        bench.box((0, long), (high - 90, high - 50), (deep - 100, deep - 60), WOOD)
        for x in ((0.0, arm), (long - arm, long)):
            bench.box(x, (240, 0.68 * high), (0, deep), foam)
            bench.box((x[0] + 20, x[0] + 42), (100, 0.65 * high), (20, deep - 20), WOOD)


@dataclass(frozen=True, slots=True)
class Chair(Housing):
    """Chairs stacked in one another: legs in line, seats close together."""

    length_mm: Range = (480, 640)
    height_mm: Range = (1100, 2200)
    width_mm: Range = (460, 600)

    def draw(
        self, solids: Solids, places: Places, size: Size, *, generator: np.random.Generator
    ) -> None:
        """Add a column of chairs."""
        del generator
        bench, (long, high, deep), design = self.lay_out(solids, places, size)
        metal = design.random() < 0.5
        leg: tuple[Material, float] = (STEEL, 0.25) if metal else (WOOD, 1.0)
        step = float(design.uniform(70, 200))
        count = max(1, int((high - 850) / step) + 1)
        for index in range(count):
            base = index * step
            bench.box((30, long - 60), (base + 430, base + 455), (20, deep - 20), WOOD)
            bench.bar((long - 80, base + 440), (long - 20, base + 840), (40, deep - 40),
                      WOOD.packed(0.6), depth_mm=90)  # fmt: skip
        for x in (30.0, long - 80):
            for z in (20.0, deep - 50):
                bench.box((x, x + 28), (0, (count - 1) * step + 430), (z, z + 28), leg[0],
                          share=leg[1])  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mattress(Housing):
    """On its long edge: a core of springs or foam between padding, in film."""

    length_mm: Range = (1880, 2050)
    height_mm: Range = (900, 1800)
    width_mm: Range = (140, 300)
    turned: float = field(default=0.25, kw_only=True)

    def draw(
        self, solids: Solids, places: Places, size: Size, *, generator: np.random.Generator
    ) -> None:
        """Add one."""
        del generator
        bench, (long, high, deep), design = self.lay_out(solids, places, size)
        bench.box((0, long), (0, high), (0, deep), POLYURETHANE_FOAM)
        if design.random() < 0.65:
            inner = (40.0, long - 40), (40.0, high - 40), (40.0, deep - 40)
            bench.box(*inner, STEEL, share=float(design.uniform(0.003, 0.006)), mottle=0.5,
                      grain_mm=70)  # fmt: skip
            for y in (30.0, high - 34):
                bench.box((30, long - 30), (y, y + 4), (deep / 2 - 60, deep / 2 + 60), STEEL,
                          share=0.3)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Basin(Housing):
    """Sanitary ware: a hollow bowl of fired clay with a foot or a cistern."""

    length_mm: Range = (380, 720)
    height_mm: Range = (380, 780)
    width_mm: Range = (360, 520)
    turned: float = field(default=0.5, kw_only=True)

    def draw(
        self, solids: Solids, places: Places, size: Size, *, generator: np.random.Generator
    ) -> None:
        """Add one."""
        del generator
        bench, (long, high, deep), design = self.lay_out(solids, places, size)
        wall = float(design.uniform(9, 14))
        bowl = 0.55 * high
        foot = (0.3 * long, 0.62 * long), (0.0, bowl), (0.25 * deep, 0.75 * deep)
        bench.shell(*foot, CERAMIC, wall_mm=wall)
        outer = (0.0, 0.75 * long), (0.3 * bowl, 1.3 * bowl), (0.0, deep)
        inner = [(low + wall, up - wall) for low, up in outer]
        bench.add(Shape.PILLOW, *outer, CERAMIC, roundness=2.6)
        bench.add(Shape.PILLOW, inner[0], inner[1], inner[2], CERAMIC, share=-1, roundness=2.6)
        if design.random() < 0.7:
            bench.shell((0.68 * long, long), (0.6 * bowl, high), (0.05 * deep, 0.95 * deep),
                        CERAMIC, wall_mm=wall)  # fmt: skip

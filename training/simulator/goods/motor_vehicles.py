"""Cars and motorcycles, of the parts an operator sees through their panels. No stowing.

Masses of parts: rounded from published bills of materials of passenger cars (steel about 60 %,
plastics 12 %, aluminium 10 %, rubber and glass 3 to 5 % each).
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from training.simulator.goods.appliances import WINDINGS, Housing
from training.simulator.goods.bench import Bench
from training.simulator.goods.machinery import IRON, OIL
from training.simulator.goods.units import Places, Range, Size, design_of, draw_range
from training.simulator.physics.materials import (
    ALUMINIUM,
    GLASS,
    LEAD,
    POLYETHYLENE,
    POLYURETHANE_FOAM,
    RUBBER,
    STEEL,
    WATER,
    mixture,
)
from training.simulator.scene.solids import Shape, Solids

TRACTION_BATTERY = mixture(
    "traction battery", 1.7, ((STEEL, 0.35), (ALUMINIUM, 0.35), (POLYETHYLENE, 0.3))
)


def draw_wheel(
    bench: Bench, centre: tuple[float, float], radius: float, z: Range, *, rim: float = 0.62
) -> None:
    """Add a tyre with air in it, its rim and the brake's disc."""
    wide = z[1] - z[0]
    bench.disc(centre, radius, z, RUBBER)
    bench.disc(centre, radius - 20, (z[0] + 0.07 * wide, z[1] - 0.07 * wide), RUBBER, share=-0.88)
    bench.disc(centre, rim * radius + 12, z, RUBBER, share=-0.12)
    bench.ring(centre, rim * radius, z, ALUMINIUM, wall_mm=9)
    middle = (z[0] + z[1]) / 2
    bench.disc(centre, rim * radius - 8, (middle + 20, middle + 45), ALUMINIUM.packed(0.7))
    bench.disc(centre, 0.42 * radius, (middle - 14, middle + 10), IRON.packed(0.8))


@dataclass(frozen=True, slots=True)
class Car:
    """A passenger car: panels, glass, engine or battery, seats, wheels, some fuel."""

    length_mm: Range = (3700, 4900)
    height_mm: Range = (1400, 1780)
    width_mm: Range = (1690, 1900)
    electric: float = 0.12

    def draw_size(self, generator: np.random.Generator) -> Size:
        """Return outer size."""
        return (
            draw_range(generator, self.length_mm),
            draw_range(generator, self.height_mm),
            draw_range(generator, self.width_mm),
        )

    def draw(
        self, solids: Solids, places: Places, size: Size, *, generator: np.random.Generator
    ) -> None:
        """Add cars that all point the same way."""
        del generator
        design = design_of(size)
        long, high, wide = size
        bench = Bench(solids, places, flipped_mm=long if design.random() < 0.5 else 0.0)
        wheel = float(design.uniform(295, 350))
        axles = (float(design.uniform(0.17, 0.2)) * long, float(design.uniform(0.78, 0.83)) * long)
        for x in axles:
            for z in ((10.0, 225.0), (wide - 225, wide - 10)):
                draw_wheel(bench, (x, wheel), wheel, z)
                spring = (z[0] + 60, z[1] - 20) if z[0] > 500 else (z[0] + 20, z[1] - 60)
                bench.tube(Shape.DRUM_Y, (x - 60, x + 60), (1.2 * wheel, 0.5 * high), spring,
                           STEEL.packed(0.25), wall_mm=14)  # fmt: skip
            bench.ring((x, wheel), 40, (200, wide - 200), STEEL, wall_mm=5)
        self._draw_body(bench, size, axles, design)
        self._draw_drive(bench, size, wheel, design)
        self._draw_inside(bench, size)

    def _draw_body(
        self, bench: Bench, size: Size, axles: tuple[float, float], design: np.random.Generator
    ) -> None:
        long, high, wide = size
        belt, sill = 0.6 * high, 260.0
        nose = float(design.uniform(0.22, 0.28)) * long
        front = nose + float(design.uniform(0.09, 0.13)) * long
        back = float(design.uniform(0.68, 0.9)) * long
        tail = min(0.98 * long, back + float(design.uniform(0.06, 0.16)) * long)
        steel = STEEL.packed(1.0)
        for z in ((30.0, 33.0), (wide - 33, wide - 30)):
            ends = (0.02 * long, axles[0] - 360, axles[0] + 360, axles[1] - 360, axles[1] + 360)
            for span in zip(ends, (*ends[1:], 0.98 * long), strict=True):
                # Over the wheels the panels begin above the arches.
                low = 680.0 if span[0] in (ends[1], ends[3]) else sill
                bench.box(span, (low, belt - 60), z, steel)
            bench.box((nose, tail), (belt - 60, belt), z, steel)
            bench.box((nose, back), (belt, high - 40), z, GLASS, share=1.1)
            inner = (z[0] - 10, z[1] + 60) if z[0] < 500 else (z[0] - 60, z[1] + 10)
            bench.box((0.2 * long, 0.78 * long), (sill - 40, sill + 60), inner, STEEL, share=0.13)
            for post in (0.5 * (front + back), back - 40):
                bench.box((post, post + 80), (sill, high - 20), inner, STEEL, share=0.07)
            bench.bar((nose, belt), (front, high), inner, STEEL.packed(0.08), depth_mm=110)
            bench.bar((tail, belt), (back, high), inner, STEEL.packed(0.08), depth_mm=140)
        across = (60.0, wide - 60)
        bench.bar((nose, belt), (front, high), across, GLASS, depth_mm=8)
        bench.bar((tail, belt), (back, high), across, GLASS, depth_mm=7)
        bench.box((front, back), (high - 8, high), across, STEEL, share=0.25)
        bench.bar((0.03 * long, 0.48 * high), (nose, belt), across, STEEL.packed(0.5), depth_mm=4)
        bench.box((tail - 10, 0.97 * long), (belt - 4, belt), across, STEEL, share=0.5)
        bench.box((0.1 * long, 0.93 * long), (sill, sill + 5), (50, wide - 50), STEEL, share=0.45)
        for x in (0.0, 0.975 * long):
            bench.box((x, x + 0.025 * long), (sill, 0.44 * high), (40, wide - 40), POLYETHYLENE,
                      share=0.12)  # fmt: skip
            bench.shell((x + 20, x + 0.025 * long + 40), (400, 500), (120, wide - 120),
                        STEEL.packed(0.9), wall_mm=2.0)  # fmt: skip
        bench.box((nose - 20, nose - 16), (sill, belt), (80, wide - 80), STEEL, share=0.5)

    def _draw_drive(
        self, bench: Bench, size: Size, wheel: float, design: np.random.Generator
    ) -> None:
        long, high, wide = size
        middle = wide / 2
        if design.random() < self.electric:
            bench.box((0.26 * long, 0.73 * long), (170, 300), (180, wide - 180), TRACTION_BATTERY)
            bench.disc((0.19 * long, wheel + 60), 130, (middle - 190, middle + 190), WINDINGS)
            return
        metal = IRON if design.random() < 0.4 else ALUMINIUM
        x = (0.07 * long, 0.07 * long + float(design.uniform(420, 620)))
        bench.box(x, (240, 0.47 * high), (middle - 300, middle + 180), metal, share=0.42,
                  mottle=0.3, grain_mm=70)  # fmt: skip
        bench.box(x, (0.47 * high, 0.53 * high), (middle - 280, middle + 120), ALUMINIUM,
                  share=0.3)  # fmt: skip
        bench.disc((x[0] + 260, 330), 170, (middle + 180, middle + 480), ALUMINIUM, share=0.6,
                   mottle=0.25, grain_mm=60)  # fmt: skip
        bench.disc((x[0] + 120, 420), 65, (middle - 380, middle - 250), WINDINGS)
        bench.box((0.035 * long, 0.05 * long), (300, 0.47 * high), (250, wide - 250), ALUMINIUM,
                  share=0.3)  # fmt: skip
        bench.box((0.035 * long, 0.05 * long), (300, 0.47 * high), (250, wide - 250), WATER,
                  share=0.25)  # fmt: skip
        bench.box((0.17 * long, 0.17 * long + 250), (0.38 * high, 0.38 * high + 180),
                  (220, 390), LEAD, share=0.16)  # fmt: skip
        bench.tube(Shape.DRUM_X, (0.2 * long, 0.95 * long), (185, 240), (middle, middle + 55),
                   STEEL, wall_mm=3)  # fmt: skip
        bench.add(Shape.DRUM_X, (0.3 * long, 0.36 * long), (160, 270), (middle - 40, middle + 90),
                  STEEL, share=0.25)  # fmt: skip
        bench.add(Shape.DRUM_X, (0.85 * long, 0.95 * long), (170, 350),
                  (middle - 300, middle + 300), STEEL, share=0.07)  # fmt: skip
        tank = (0.6 * long, 0.72 * long), (250.0, 430.0), (wide * 0.25, wide * 0.75)
        bench.shell(*tank, POLYETHYLENE, wall_mm=6)
        level = 256 + 170 * float(design.uniform(0.05, 0.5))
        bench.box((0.6 * long + 6, 0.72 * long - 6), (256, level), (wide * 0.26, wide * 0.74), OIL,
                  share=0.86)  # fmt: skip

    def _draw_inside(self, bench: Bench, size: Size) -> None:
        long, high, wide = size
        seat, foam = 0.31 * high, POLYURETHANE_FOAM
        for x, sides in (
            (0.42 * long, ((0.14 * wide, 0.44 * wide), (0.56 * wide, 0.86 * wide))),
            (0.63 * long, ((0.14 * wide, 0.86 * wide),)),
        ):
            for z in sides:
                bench.box((x, x + 480), (seat, seat + 140), z, foam, share=1.4)
                bench.box((x, x + 480), (seat - 40, seat), z, STEEL, share=0.03)
                bench.bar((x + 450, seat + 120), (x + 620, 0.75 * high), z, foam, depth_mm=330)
                for edge in (z[0] + 10, z[1] - 30):
                    bench.bar((x + 450, seat + 60), (x + 620, 0.7 * high), (edge, edge + 20),
                              STEEL, depth_mm=50)  # fmt: skip
        bench.box((0.27 * long, 0.34 * long), (0.42 * high, 0.6 * high), (80, wide - 80),
                  POLYETHYLENE, share=0.1, mottle=0.4, grain_mm=90)  # fmt: skip
        bench.ring((0.27 * long + 0.05 * long, 0.55 * high), 30, (100, wide - 100), STEEL,
                   wall_mm=2)  # fmt: skip
        bench.add(Shape.DRUM_Y, (0.82 * long, 0.82 * long + 560), (300, 460),
                  (wide / 2 - 280, wide / 2 + 280), RUBBER, share=0.2)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Motorcycle(Housing):
    """A motorcycle in the steel frame in which makers ship it, front wheel often taken off."""

    length_mm: Range = (1750, 2200)
    height_mm: Range = (950, 1180)
    width_mm: Range = (560, 800)
    turned: float = field(default=0.15, kw_only=True)

    def draw(
        self, solids: Solids, places: Places, size: Size, *, generator: np.random.Generator
    ) -> None:
        """Add frames, then the motorcycles in them."""
        del generator
        bench, (long, high, deep), design = self.lay_out(solids, places, size)
        self._draw_frame(bench, (long, high, deep))
        z = deep / 2
        wheel = min(float(design.uniform(270, 320)), 0.3 * high)
        base = 60 + wheel
        rear, front = 0.2 * long, 0.82 * long
        wheels = ((rear, 70.0), (front, 50.0)) if design.random() < 0.7 else ((rear, 70.0),)
        for x, half in wheels:
            draw_wheel(bench, (x, base), wheel, (z - half, z + half), rim=0.74)
        metal = ALUMINIUM if design.random() < 0.7 else IRON
        bench.box((0.4 * long, 0.6 * long), (base - 90, base + 150), (z - 150, z + 150), metal,
                  share=0.5, mottle=0.25, grain_mm=50)  # fmt: skip
        bench.bar((0.5 * long, base + 130), (0.6 * long, base + 330), (z - 80, z + 80),
                  metal.packed(0.5), depth_mm=120)  # fmt: skip
        high_y = min(0.78 * high, base + 560)
        for offset in (-70.0, 40.0):
            side = (z + offset, z + offset + 30)
            bench.bar((rear, base), (0.68 * long, high_y), side, STEEL.packed(0.35), depth_mm=45)
            bench.bar((0.42 * long, base - 90), (0.68 * long, high_y), side, STEEL.packed(0.35),
                      depth_mm=45)  # fmt: skip
            bench.bar((0.68 * long, high_y), (front, base), (side[0] - 30, side[1]), STEEL,
                      depth_mm=60)  # fmt: skip
            bench.bar((rear, base), (0.42 * long, base - 40), side, STEEL.packed(0.4), depth_mm=50)
        tank = (0.45 * long, 0.66 * long), (high_y - 170, high_y), (z - 140, z + 140)
        bench.shell(*tank, STEEL, wall_mm=1.2)
        bench.box((0.16 * long, 0.46 * long), (high_y - 130, high_y - 50), (z - 120, z + 120),
                  POLYURETHANE_FOAM, share=2.0)  # fmt: skip
        bench.tube(Shape.DRUM_X, (0.12 * long, 0.45 * long), (base - 60, base + 50),
                   (z + 110, z + 220), STEEL, wall_mm=2.5)  # fmt: skip
        bench.ring((0.7 * long, min(high_y + 60, high - 60)), 14, (30, deep - 30), STEEL, wall_mm=3)
        bench.box((0.35 * long, 0.42 * long), (base + 20, base + 150), (z - 40, z + 40), LEAD,
                  share=0.2)  # fmt: skip

    def _draw_frame(self, bench: Bench, size: Size) -> None:
        long, high, deep = size
        for z in ((0.0, 30.0), (deep - 30, deep)):
            for y in (0.0, high - 30):
                bench.shell((0, long), (y, y + 30), z, STEEL, wall_mm=2)
            for x in (0.0, 0.5 * long, long - 30):
                bench.shell((x, x + 30), (0, high), z, STEEL, wall_mm=2)
        for x in (0.1 * long, 0.45 * long, 0.8 * long):
            bench.shell((x, x + 60), (0, 60), (0, deep), STEEL, wall_mm=2)

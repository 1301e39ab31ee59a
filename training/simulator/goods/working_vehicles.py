"""Tractors and excavators. No stowing."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from training.simulator.goods.appliances import Housing
from training.simulator.goods.bench import Bench
from training.simulator.goods.machinery import IRON, OIL
from training.simulator.goods.motor_vehicles import draw_wheel
from training.simulator.goods.units import Places, Range, Size
from training.simulator.physics.materials import (
    ALUMINIUM,
    GLASS,
    LEAD,
    POLYURETHANE_FOAM,
    RUBBER,
    STEEL,
)
from training.simulator.scene.solids import Shape, Solids


def draw_power_unit(bench: Bench, x: Range, y: Range, z: Range) -> None:
    """Add a diesel engine: block, head, sump, radiator behind its front end, battery."""
    long, high = x[1] - x[0], y[1] - y[0]
    middle = (z[0] + z[1]) / 2
    block = (x[0] + 0.2 * long, x[1])
    bench.box(block, (y[0] + 0.2 * high, y[0] + 0.7 * high), (middle - 160, middle + 160), IRON,
              share=0.55, mottle=0.25, grain_mm=90)  # fmt: skip
    bench.box(block, (y[0] + 0.7 * high, y[1] - 0.1 * high), (middle - 120, middle + 120),
              ALUMINIUM, share=0.5)  # fmt: skip
    bench.shell(block, (y[0], y[0] + 0.2 * high), (middle - 130, middle + 130), IRON, wall_mm=6)
    bench.box((x[0] + 0.05 * long, x[0] + 0.12 * long), y, (z[0] + 40, z[1] - 40), ALUMINIUM,
              share=0.3)  # fmt: skip
    bench.box((x[0], x[0] + 0.04 * long), (y[0], y[0] + 0.5 * high), (z[0] + 40, z[0] + 220), LEAD,
              share=0.2)  # fmt: skip
    bench.shell(x, y, z, STEEL.packed(0.8), wall_mm=2)


@dataclass(frozen=True, slots=True)
class Tractor(Housing):
    """A farm tractor: cast body, engine before it, large wheels behind, a frame or cab above."""

    length_mm: Range = (2900, 4200)
    height_mm: Range = (1900, 2500)
    width_mm: Range = (1450, 2000)
    turned: float = field(default=0.0, kw_only=True)

    def draw(
        self, solids: Solids, places: Places, size: Size, *, generator: np.random.Generator
    ) -> None:
        """Add tractors, noses to the front end."""
        del generator
        _, (long, high, wide), design = self.lay_out(solids, places, size)
        bench = Bench(solids, places, flipped_mm=long if design.random() < 0.5 else 0.0)
        rear = float(design.uniform(0.28, 0.33)) * high
        front = rear * float(design.uniform(0.55, 0.75))
        back, fore, middle = long - rear - 40, front + 0.08 * long, wide / 2
        tyre = 0.22 * wide
        for z in ((0.0, tyre), (wide - tyre, wide)):
            draw_wheel(bench, (back, rear), rear, z, rim=0.55)
            narrow = (z[0] + 0.3 * tyre, z[1]) if z[0] < 1 else (z[0], z[1] - 0.3 * tyre)
            draw_wheel(bench, (fore, front), front, narrow, rim=0.55)
            bench.bar((back - rear, 1.7 * rear), (back, 2 * rear + 40), z, STEEL.packed(0.5),
                      depth_mm=8)  # fmt: skip
        bench.disc((back, rear), 120, (tyre * 0.8, wide - tyre * 0.8), IRON, share=0.6)
        bench.ring((fore, front), 60, (tyre, wide - tyre), IRON, wall_mm=25)
        body = (0.75 * rear, 1.45 * rear)
        bench.box((0.45 * long, back + 150), body, (middle - 190, middle + 190), IRON, share=0.42,
                  mottle=0.2, grain_mm=140)  # fmt: skip
        draw_power_unit(bench, (0.08 * long, 0.45 * long), (0.8 * rear, 1.95 * rear),
                        (middle - 260, middle + 260))  # fmt: skip
        for index in range(int(design.integers(0, 7))):
            left = middle - 220 + 70 * index
            bench.box((0, 0.05 * long), (0.9 * rear, 0.9 * rear + 350), (left, left + 55), IRON)
        seat = 1.75 * rear
        bench.box((back - 250, back + 200), (seat, seat + 110), (middle - 230, middle + 230),
                  POLYURETHANE_FOAM, share=2)  # fmt: skip
        bench.bar((0.48 * long, 1.9 * rear), (0.53 * long, 2.35 * rear), (middle - 25, middle + 25),
                  STEEL.packed(0.5), depth_mm=60)  # fmt: skip
        cab = design.random() < 0.5
        for x in (0.5 * long, back + 180) if cab else (back + 180,):
            for z in ((tyre, tyre + 70), (wide - tyre - 70, wide - tyre)):
                bench.shell((x, x + 70), (1.5 * rear, high), z, STEEL, wall_mm=5)
        if cab:
            for z in ((tyre, tyre + 5), (wide - tyre - 5, wide - tyre)):
                bench.box((0.5 * long, back + 180), (1.6 * rear, high - 60), z, GLASS)
            bench.box((0.5 * long, back + 250), (high - 60, high), (tyre, wide - tyre), STEEL,
                      share=0.12)  # fmt: skip
        tank = (0.5 * long, 0.6 * long), (0.6 * rear, 1.2 * rear), (middle + 250, middle + 430)
        bench.box(*tank, OIL, share=float(design.uniform(0.1, 0.9)))
        for link in (middle - 250, middle + 200):
            bench.bar((back + 120, 0.9 * rear), (long, 0.6 * rear), (link, link + 50), STEEL,
                      depth_mm=60)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Excavator(Housing):
    """A crawler excavator: tracks, slewing upper frame with counterweight, cab, folded boom."""

    length_mm: Range = (3600, 7200)
    height_mm: Range = (2100, 2650)
    width_mm: Range = (1400, 2250)
    turned: float = field(default=0.0, kw_only=True)

    def draw(
        self, solids: Solids, places: Places, size: Size, *, generator: np.random.Generator
    ) -> None:
        """Add machines with their booms to the front."""
        del generator
        _, (long, high, wide), design = self.lay_out(solids, places, size)
        bench = Bench(solids, places, flipped_mm=long if design.random() < 0.5 else 0.0)
        track = 0.15 * high
        under = (0.45 * long, 0.97 * long)
        shoe = 0.2 * wide
        rubber = design.random() < 0.4
        for z in ((0.0, shoe), (wide - shoe, wide)):
            self._draw_track(bench, under, track, z, rubber=rubber)
        bench.shell((0.55 * long, 0.86 * long), (track, 1.9 * track), (shoe, wide - shoe), STEEL,
                    wall_mm=14)  # fmt: skip
        middle = wide / 2
        deck = 2.35 * track
        bench.add(Shape.DRUM_Y, (0.62 * long, 0.8 * long), (1.9 * track, deck),
                  (middle - 0.09 * long, middle + 0.09 * long), IRON, share=0.5)  # fmt: skip
        body = (0.5 * long, 0.98 * long)
        bench.box(body, (deck, deck + 25), (0.06 * wide, 0.94 * wide), STEEL)
        top = deck + 0.38 * high
        bench.add(Shape.PILLOW, (0.88 * long, long), (deck - 60, top - 60), (0.05 * wide,
                  0.95 * wide), IRON, share=0.9, roundness=6)  # fmt: skip
        draw_power_unit(bench, (0.68 * long, 0.88 * long), (deck + 30, top), (0.08 * wide,
                        0.92 * wide))  # fmt: skip
        bench.box((0.52 * long, 0.66 * long), (deck + 30, top - 80), (0.62 * wide, 0.94 * wide),
                  OIL, share=float(design.uniform(0.4, 0.95)))  # fmt: skip
        self._draw_cab(bench, (0.48 * long, 0.48 * long + 0.15 * long), (deck + 25, high), wide)
        self._draw_boom(bench, size, deck, design)

    def _draw_track(self, bench: Bench, x: Range, radius: float, z: Range, *, rubber: bool) -> None:
        metal, share = (RUBBER, 0.9) if rubber else (STEEL, 0.55)
        for y in (0.0, 2 * radius - 45):
            bench.box((x[0] + radius, x[1] - radius), (y, y + 45), z, metal, share=share)
        for end in (x[0] + radius, x[1] - radius):
            bench.ring((end, radius), radius, z, metal.packed(share), wall_mm=45)
            bench.disc((end, radius), 0.7 * radius, (z[0] + 60, z[1] - 60), IRON, share=0.6)
        inner = (z[0] + 80, z[1] - 80)
        bench.shell((x[0] + radius, x[1] - radius), (0.6 * radius, 1.4 * radius), inner, STEEL,
                    wall_mm=12)  # fmt: skip
        rollers = np.linspace(x[0] + 1.8 * radius, x[1] - 1.8 * radius, 6)
        for roller in rollers:
            bench.disc((float(roller), 0.45 * radius), 0.32 * radius, inner, STEEL, share=0.6)

    def _draw_cab(self, bench: Bench, x: Range, y: Range, wide: float) -> None:
        z = (0.06 * wide, 0.06 * wide + 0.42 * wide)
        for side in z:
            bench.box(x, (y[0] + 0.3 * (y[1] - y[0]), y[1] - 60), (side, side + 5), GLASS)
            for post in (x[0], x[1] - 60):
                bench.shell((post, post + 60), y, (side, side + 50), STEEL, wall_mm=4)
        bench.box(x, (y[1] - 50, y[1]), (z[0], z[1] + 50), STEEL, share=0.1)
        bench.box((x[0] + 250, x[1] - 60), (y[0] + 250, y[0] + 380), (z[0] + 80, z[1] - 60),
                  POLYURETHANE_FOAM, share=2.5)  # fmt: skip

    def _draw_boom(
        self, bench: Bench, size: Size, deck: float, design: np.random.Generator
    ) -> None:
        long, high, wide = size
        z = (0.52 * wide, 0.52 * wide + 0.14 * wide)
        peak = (float(design.uniform(0.24, 0.32)) * long, high - 170)
        foot, wrist = (0.54 * long, deck + 120), (0.04 * long, 0.45 * high)
        plates = ((z[0], z[0] + 14), (z[1] - 14, z[1]))
        for plate in plates:
            bench.bar(foot, peak, plate, STEEL, depth_mm=300)
            bench.bar(peak, wrist, plate, STEEL, depth_mm=240)
        for start, end, depth in ((foot, peak, 300.0), (peak, wrist, 240.0)):
            for offset in (-depth / 2, depth / 2):
                low, up = (start[0], start[1] + offset), (end[0], end[1] + offset)
                bench.bar(low, up, z, STEEL, depth_mm=14)
        cylinder = (z[0] - 90, z[0] - 10)
        bench.bar((0.5 * long, deck + 60), (0.36 * long, high - 420), cylinder, STEEL.packed(0.6),
                  depth_mm=110)  # fmt: skip
        half = (0.5 * (foot[0] + peak[0]), 0.5 * (foot[1] + peak[1]) + 170)
        bench.bar(half, (peak[0] - 0.02 * long, high - 60), z, STEEL.packed(0.3), depth_mm=90)
        bucket = (0.0, 0.13 * long), (0.12 * high, 0.42 * high), (0.3 * wide, 0.8 * wide)
        bench.shell(*bucket, STEEL, wall_mm=16)

"""Bicycles, half assembled, as they lie in their cartons. No stowing."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from training.simulator.goods.appliances import Housing
from training.simulator.goods.bench import Bench
from training.simulator.goods.units import Places, Range, Size
from training.simulator.physics.materials import ALUMINIUM, POLYETHYLENE, RUBBER, STEEL
from training.simulator.scene.solids import Solids


@dataclass(frozen=True, slots=True)
class Bicycle(Housing):
    """Rear wheel in the frame, front wheel taken out and strapped beside it."""

    length_mm: Range = (1280, 1480)
    height_mm: Range = (700, 800)
    width_mm: Range = (170, 260)
    turned: float = field(default=0.2, kw_only=True)

    def draw(
        self, solids: Solids, places: Places, size: Size, *, generator: np.random.Generator
    ) -> None:
        """Add wheels, frame, chain wheel, saddle and bar."""
        del generator
        bench, (long, high, deep), design = self.lay_out(solids, places, size)
        wheel = min(float(design.choice((255.0, 305.0, 335.0, 350.0))), high / 2 - 5)
        metal = ALUMINIUM if design.random() < 0.5 else STEEL.packed(0.5)
        rear, axle = wheel + 10, wheel + 5
        front = float(design.uniform(0.45, 0.6)) * long
        sides = ((0.35 * deep, 0.35 * deep + 45), (0.75 * deep, 0.75 * deep + 40))
        for x, z in zip((rear, front), sides, strict=True):
            bench.ring((x, axle), wheel, z, RUBBER, wall_mm=9)
            bench.ring((x, axle), wheel - 12, (z[0] + 10, z[1] - 8), ALUMINIUM, wall_mm=14)
            bench.disc((x, axle), 22, (z[0] - 20, z[1] + 20), STEEL.packed(0.6))
        tube = (0.42 * deep, 0.42 * deep + 36)
        crank, seat, head = (0.45 * long, axle - 20), (0.38 * long, 0.85 * high), 0.75 * long
        for start, end in (
            (crank, seat), (crank, (head, 0.72 * high)), (seat, (head, 0.84 * high)),
            ((rear, axle), crank), ((rear, axle), seat), ((head, 0.9 * high), (0.84 * long, 60.0)),
        ):  # fmt: skip
            bench.bar(start, end, tube, metal.packed(0.35), depth_mm=42)
        self._draw_parts(bench, (long, high, deep), crank)

    def _draw_parts(self, bench: Bench, size: Size, crank: tuple[float, float]) -> None:
        long, high, deep = size
        bench.disc(crank, 85, (0.55 * deep, 0.55 * deep + 6), STEEL)
        bench.disc(crank, 26, (0.3 * deep, 0.65 * deep), STEEL.packed(0.7))
        bench.box((0.3 * long, 0.48 * long), (0.9 * high, 0.98 * high), (0.3 * deep, 0.7 * deep),
                  POLYETHYLENE.packed(0.2))  # fmt: skip
        bench.bar((0.6 * long, 0.94 * high), (0.98 * long, 0.9 * high), (0.2 * deep, 0.4 * deep),
                  STEEL.packed(0.2), depth_mm=32)  # fmt: skip
        small_parts = (0.05 * long, 0.2 * long), (10.0, 70.0), (0.6 * deep, 0.9 * deep)
        bench.box(*small_parts, STEEL, share=0.12, mottle=0.4, grain_mm=25)

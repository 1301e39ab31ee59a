"""Drums of cable and wire: wooden or steel flanges, a barrel, what is wound on it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from training.simulator.goods.bench import Bench
from training.simulator.goods.units import Places, Range, Size, design_of, draw_range
from training.simulator.physics.materials import STEEL, WOOD, Material
from training.simulator.scene.solids import Shape, Solids


@dataclass(frozen=True, slots=True)
class CableDrum:
    """A wooden drum of cable, its axis across or along the container, or lying flat."""

    cable: Material
    diameter_mm: Range = (900, 2150)
    width_mm: Range = (650, 1250)
    axis: Shape = Shape.DRUM_Z
    wound: Range = (0.3, 0.95)
    """How far the cable fills the room between barrel and flange."""

    def draw_size(self, generator: np.random.Generator) -> Size:
        """Return the room of one."""
        across, along = (
            draw_range(generator, self.diameter_mm),
            draw_range(generator, self.width_mm),
        )
        return (along, across, across) if self.axis is Shape.DRUM_X else (across, across, along)

    def draw(
        self, solids: Solids, places: Places, size: Size, *, generator: np.random.Generator
    ) -> None:
        """Add flanges, barrel, cable, and the bolts that hold the flanges."""
        del generator  # what a piece looks like follows from its size
        bench, design = Bench(solids, places), design_of(size)
        lengthwise = self.axis is Shape.DRUM_X
        across, along = (size[1], size[0]) if lengthwise else (size[1], size[2])
        flange = 0.025 * across + 15
        barrel = float(design.uniform(0.38, 0.52)) * across
        outer = barrel + (across - barrel) * draw_range(design, self.wound)

        def ring(radius: float, axial: Range, material: Material, wall: float) -> None:
            middle = (across / 2 - radius, across / 2 + radius)
            x, z = (axial, middle) if lengthwise else (middle, axial)
            bench.tube(self.axis, x, middle, z, material, wall_mm=wall)

        hub = 0.045 * across
        ring(across / 2, (0, flange), WOOD, across / 2 - hub)
        ring(across / 2, (along - flange, along), WOOD, across / 2 - hub)
        ring(barrel / 2, (flange, along - flange), WOOD, 30)
        ring(outer / 2, (flange, along - flange), self.cable, (outer - barrel) / 2)
        ring(hub + 8, (0, along), STEEL, 8)
        for angle in np.arange(4) * np.pi / 2 + 0.5:
            v, u = (across / 2 + 0.42 * barrel * f for f in (np.sin(angle), np.cos(angle)))
            span, axial = (u - 9, u + 9), (0.0, along)
            x, z = (axial, span) if lengthwise else (span, axial)
            bench.add(self.axis, x, (v - 9, v + 9), z, STEEL)

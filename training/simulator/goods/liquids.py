"""Liquids: in tank containers, flexible tanks and intermediate bulk containers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from training.simulator.goods.stowage import HEAVIEST_KG
from training.simulator.goods.units import (
    PALLET_MM,
    Places,
    Range,
    Size,
    draw_pallets,
    draw_range,
)
from training.simulator.physics.materials import POLYETHYLENE, STEEL, WOOD, Material
from training.simulator.scene.containers import TANK_DISH_MM, Hold
from training.simulator.scene.solids import Shape, Solids

_SLICES = 40


@dataclass(frozen=True, slots=True)
class TankFilling:
    """A liquid in a tank container, with the space above it that rules ask for."""

    liquid: Material
    full: Range = (0.80, 0.95)
    """Share of the height; ADR 4.3.2.2 bounds the degree of filling to about these."""

    def __call__(self, solids: Solids, hold: Hold, generator: np.random.Generator) -> None:
        """Fill.

        Raises:
            ValueError: the hold is no tank.
        """
        if not hold.round_tank:
            raise ValueError(f"{self.liquid.name} was to be filled into a hold that is no tank")
        limit = min(draw_range(generator, HEAVIEST_KG), hold.payload_kg)
        levels = np.linspace(hold.y0, hold.y1, _SLICES + 1)
        middles = (levels[:-1] + levels[1:]) / 2
        radius = hold.height / 2
        half = np.sqrt(np.maximum(radius**2 - (middles - hold.y0 - radius) ** 2, 0))
        # The mean over a slice's width of how far an ellipsoid's half reaches beyond its rim.
        dish = TANK_DISH_MM * (1 - np.pi / 4 * half / radius)
        x = (hold.x0 + dish, hold.x1 - dish)
        slices_kg = 2 * half * (x[1] - x[0]) * (levels[1] - levels[0]) / 1e6
        slices_kg = slices_kg * self.liquid.density_g_cm3
        wanted = draw_range(generator, self.full) * hold.height + hold.y0
        filled = (levels[:-1] < wanted) & (np.cumsum(slices_kg) < limit)
        tops = np.minimum(levels[1:], wanted)
        solids.begin_stack()
        solids.box((x[0][filled], x[1][filled]), (levels[:-1][filled], tops[filled]),
                   (-half[filled], half[filled]), self.liquid)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Flexitank:
    """A bladder of 16 to 24 m3 lying in a 20 ft box, behind a bulkhead at the doors."""

    liquid: Material
    volume_m3: Range = (16, 24)

    def __call__(self, solids: Solids, hold: Hold, generator: np.random.Generator) -> None:
        """Lay it down."""
        limit = min(draw_range(generator, HEAVIEST_KG), hold.payload_kg)
        volume = min(
            draw_range(generator, self.volume_m3), limit / 1000 / self.liquid.density_g_cm3
        )
        length = min(hold.length - 150, 5750.0)
        roundness = float(generator.uniform(5, 8))
        # What a pillow of that roundness fills of its box is near 0.85.
        high = min(volume * 1e9 / (length * hold.width * 0.85), hold.height)
        x0 = hold.x0 + float(generator.uniform(10, 60))
        solids.begin_stack()
        solids.add(
            Shape.PILLOW, (x0, x0 + length), (hold.y0, hold.y0 + high), (hold.z0, hold.z1),
            self.liquid, roundness=roundness,
        )  # fmt: skip
        board = (x0 + length + 20, x0 + length + 50)
        solids.box(board, (hold.y0, hold.y0 + high + 250), (hold.z0, hold.z1), WOOD)
        bars = hold.y0 + np.linspace(150, high, 4)
        solids.box((board[1], board[1] + 40), (bars, bars + 60), (hold.z0, hold.z1),
                   STEEL.packed(0.3))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ibc:
    """An intermediate bulk container: a blown bottle of 1,000 l in a cage on a pallet."""

    liquid: Material
    full: Range = (0.9, 0.97)

    def draw_size(self, generator: np.random.Generator) -> Size:
        """Return the outer size, that of nearly all makes."""
        return (1200.0, 1165.0, 1000.0) if generator.random() < 0.5 else (1000.0, 1165.0, 1200.0)

    def draw(
        self, solids: Solids, places: Places, size: Size, *, generator: np.random.Generator
    ) -> None:
        """Add pallet, bottle, liquid and cage."""
        draw_pallets(solids, places, (size[0], size[2]))
        stack = places.stack
        x, z = (places.x + 15, places.x + size[0] - 15), (places.z + 15, places.z + size[2] - 15)
        y = (places.y + PALLET_MM, places.y + size[1] - 10)
        solids.shell(x, y, z, POLYETHYLENE, wall_mm=2.0, stack=stack)
        level = y[0] + (size[1] - PALLET_MM - 20) * draw_range(generator, self.full)
        solids.box((x[0] + 3, x[1] - 3), (y[0] + 3, level), (z[0] + 3, z[1] - 3), self.liquid,
                   stack=stack)  # fmt: skip
        for side in ((places.z, places.z + 14), (places.z + size[2] - 14, places.z + size[2])):
            for bar in np.linspace(0, size[0] - 14, 9):
                left = places.x + bar
                solids.box((left, left + 14), y, side, STEEL.packed(0.2), stack=stack)
            for rail in np.linspace(PALLET_MM + 60, size[1] - 20, 6):
                low = places.y + rail
                solids.box(
                    (places.x, places.x + size[0]), (low, low + 14), side, STEEL.packed(0.2),
                    stack=stack,
                )  # fmt: skip

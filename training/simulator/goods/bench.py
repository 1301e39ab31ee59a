"""Parts of a unit drawn where they are within it, in all pieces of a load at once. No goods."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from training.simulator.goods.units import Places, Range
from training.simulator.physics.materials import Material
from training.simulator.scene.solids import Shape, Solids

Point = tuple[float, float]

TURNED = {
    Shape.DRUM_X: Shape.DRUM_Z,
    Shape.DRUM_Z: Shape.DRUM_X,
    Shape.WEDGE_Y: Shape.WEDGE_Z,
}
"""What a shape becomes when a piece is turned by a right angle."""


@dataclass(frozen=True, slots=True)
class Bench:
    """Where pieces are assembled: spans are mm from a piece's lower corner."""

    solids: Solids
    places: Places
    turned: bool = False
    """Draw along as across and across as along: the piece stands with its front to the door."""

    flipped_mm: float = 0.0
    """Length of a piece that points the other way; 0: as drawn."""

    def add(
        self, shape: Shape, x: Range, y: Range, z: Range, material: Material, **details: ArrayLike
    ) -> None:
        """Add a part to every piece."""
        at = self.places
        if self.flipped_mm > 0:
            x = (self.flipped_mm - x[1], self.flipped_mm - x[0])
            if shape is Shape.WEDGE_Y:
                low = float(np.asarray(details.pop("low_rise", 0.0), np.float64).mean())
                high = float(np.asarray(details.pop("high_rise", 0.0), np.float64).mean())
                y = (y[0] + low, y[1] + high)
                details.update(low_rise=-low, high_rise=-high)
        if self.turned:
            x, z, shape = z, x, TURNED.get(shape, shape)
            if shape is Shape.WEDGE_Z:
                # What rises across is drawn level, in the middle of its way.
                half = float(np.asarray(details.pop("low_rise", 0.0), np.float64).mean()) / 2
                rest = float(np.asarray(details.pop("high_rise", 0.0), np.float64).mean()) / 2
                shape, y = Shape.BOX, (y[0] + half, y[1] + rest)
        self.solids.add(
            shape, (at.x + x[0], at.x + x[1]), (at.y + y[0], at.y + y[1]),
            (at.z + z[0], at.z + z[1]), material, stack=at.stack, **details,
        )  # fmt: skip

    def box(self, x: Range, y: Range, z: Range, material: Material, **details: ArrayLike) -> None:
        """Add an upright box."""
        self.add(Shape.BOX, x, y, z, material, **details)

    def shell(self, x: Range, y: Range, z: Range, material: Material, *, wall_mm: float) -> None:
        """Add a hollow box."""
        self.box(x, y, z, material)
        inner = [(low + wall_mm, high - wall_mm) for low, high in (x, y, z)]
        self.box(inner[0], inner[1], inner[2], material, share=-1.0)

    def tube(
        self, shape: Shape, x: Range, y: Range, z: Range, material: Material, *, wall_mm: float
    ) -> None:
        """Add a cylinder open at its ends."""
        self.add(shape, x, y, z, material)
        axis = {Shape.DRUM_X: 0, Shape.DRUM_Y: 1, Shape.DRUM_Z: 2}[shape]
        inner = [
            span if index == axis else (span[0] + wall_mm, span[1] - wall_mm)
            for index, span in enumerate((x, y, z))
        ]
        self.add(shape, inner[0], inner[1], inner[2], material, share=-1.0)

    def disc(
        self, centre: Point, radius: float, z: Range, material: Material, **details: ArrayLike
    ) -> None:
        """Add a cylinder lying across, by its centre (x, y)."""
        x, y = ((middle - radius, middle + radius) for middle in centre)
        self.add(Shape.DRUM_Z, x, y, z, material, **details)

    def ring(
        self, centre: Point, radius: float, z: Range, material: Material, *, wall_mm: float
    ) -> None:
        """Add a disc without its middle."""
        self.disc(centre, radius, z, material)
        self.disc(centre, radius - wall_mm, z, material, share=-1.0)

    def bar(
        self, start: Point, end: Point, z: Range, material: Material, *, depth_mm: float
    ) -> None:
        """Add a sloping bar from one point (x, y) to another, so high as `depth_mm`."""
        (xa, ya), (xb, yb) = sorted((start, end))
        self.add(
            Shape.WEDGE_Y, (xa, max(xb, xa + 1)), (ya - depth_mm / 2, ya + depth_mm / 2), z,
            material, low_rise=yb - ya, high_rise=yb - ya,
        )  # fmt: skip

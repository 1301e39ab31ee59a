"""Units of cargo that are handled as one: cartons, sacks, drums, bales, reels, pallets of them.

A unit draws its size once for a load, then all its pieces at the places it is given. Sizes are
along the container, up and across, in mm; ranges are drawn from evenly.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from training.simulator.physics.materials import (
    CELLULOSE,
    POLYETHYLENE,
    STEEL,
    WOOD,
    Material,
)
from training.simulator.scene.solids import Shape, Solids

_WEIGHED = 32
Range = tuple[float, float]
Size = tuple[float, float, float]
Positions = NDArray[np.float64]

BOARD = CELLULOSE.of_density(0.13)
"""Corrugated board: 4 mm of about 0.5 kg/m2."""


@dataclass(frozen=True, slots=True)
class Places:
    """Lower corners of (N,) pieces and the stacks they belong to."""

    x: Positions
    y: Positions
    z: Positions
    stack: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.x)

    def inside(self, offsets: tuple[Positions, Positions, Positions]) -> Places:
        """Return the places of M smaller pieces within each of these N, N x M in all."""
        moved = [
            (base[:, None] + offset[None, :]).ravel()
            for base, offset in zip((self.x, self.y, self.z), offsets, strict=True)
        ]
        return Places(moved[0], moved[1], moved[2], np.repeat(self.stack, len(offsets[0])))


class Unit(Protocol):
    """Something that can be stowed."""

    def draw_size(self, generator: np.random.Generator) -> Size:
        """Return the room one piece takes in this load: along, up, across."""
        ...

    def draw(
        self, solids: Solids, places: Places, size: Size, *, generator: np.random.Generator
    ) -> None:
        """Add pieces of that size."""
        ...


def draw_range(generator: np.random.Generator, of: Range) -> float:
    """Return an even draw."""
    return float(generator.uniform(*of))


def design_of(size: Size) -> np.random.Generator:
    """Return a generator that is always the same for a size.

    A unit is drawn once to be weighed and again at its places; what is left to chance in its
    design must be the same both times.
    """
    return np.random.default_rng([int(1000 * extent) for extent in size])


def filled(room: Size, size: Size) -> float:
    """Return which share of a room whole pieces of a size fill, each the same way round."""
    shares = [int(into / each) * each / into for into, each in zip(room, size, strict=True)]
    return shares[0] * shares[1] * shares[2]


def unit_mass_kg(unit: Unit, size: Size, *, generator: np.random.Generator) -> float:
    """Return what one piece weighs on average, by drawing some and weighing them."""
    solids, zero = Solids(), np.zeros(_WEIGHED)
    places = Places(zero, zero, zero, np.zeros(_WEIGHED, np.int32))
    unit.draw(solids, places, size, generator=generator)
    return solids.mass_kg() / _WEIGHED


def _vary(generator: np.random.Generator, value: float, count: int, *, by: float) -> Positions:
    """Return `count` values that differ from piece to piece, relative standard deviation `by`."""
    return np.asarray(value * np.clip(generator.normal(1, by, count), 1 - 3 * by, 1 + 3 * by))


@dataclass(frozen=True, slots=True)
class Carton:
    """A box of board and what fills it."""

    content: Material
    """With the density it has inside the box."""
    length_mm: Range = (350, 600)
    height_mm: Range = (200, 400)
    width_mm: Range = (280, 420)
    mottle: Range = (0.02, 0.08)
    grain_mm: float = 50.0
    uneven: float = 0.03
    """How the filling differs from carton to carton, relative."""
    headspace: Range = (0.0, 0.06)
    """Empty under the lid, share of the height."""
    board: Material = BOARD

    def draw_size(self, generator: np.random.Generator) -> Size:
        """Return the outer size."""
        return (
            draw_range(generator, self.length_mm),
            draw_range(generator, self.height_mm),
            draw_range(generator, self.width_mm),
        )

    def draw(
        self, solids: Solids, places: Places, size: Size, *, generator: np.random.Generator
    ) -> None:
        """Add the boxes, then their contents."""
        x, y, z = (
            (p, p + s - 2) for p, s in zip((places.x, places.y, places.z), size, strict=True)
        )
        solids.box(x, y, z, self.board, stack=places.stack)
        full = size[1] * (1 - draw_range(design_of(size), self.headspace)) - 5
        solids.box(
            (x[0] + 5, x[1] - 5), (y[0] + 4, y[0] + 4 + full), (z[0] + 5, z[1] - 5), self.content,
            share=_vary(generator, 1.0, len(places), by=self.uneven), stack=places.stack,
            mottle=draw_range(generator, self.mottle), grain_mm=self.grain_mm,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Soft:
    """Sacks, bags and bales: rounded, yielding, no two quite alike."""

    content: Material
    length_mm: Range = (600, 900)
    height_mm: Range = (120, 200)
    width_mm: Range = (380, 560)
    roundness: Range = (3.0, 5.0)
    """2 is an ellipsoid, 12 nearly a box."""
    uneven: float = 0.05
    mottle: Range = (0.02, 0.06)
    grain_mm: float = 60.0
    straps: int = 0
    """Steel bands round a bale, 0.6 x 16 mm."""

    def draw_size(self, generator: np.random.Generator) -> Size:
        """Return the room of one."""
        return (
            draw_range(generator, self.length_mm),
            draw_range(generator, self.height_mm),
            draw_range(generator, self.width_mm),
        )

    def draw(
        self, solids: Solids, places: Places, size: Size, *, generator: np.random.Generator
    ) -> None:
        """Add pillows that press into their neighbours a little."""
        count, roundness = len(places), draw_range(generator, self.roundness)
        spans = []
        for place, extent in zip((places.x, places.y, places.z), size, strict=True):
            grown = _vary(generator, extent, count, by=self.uneven)
            middle = place + extent / 2
            spans.append((middle - grown / 2, middle + grown / 2))
        solids.add(
            Shape.PILLOW, spans[0], spans[1], spans[2], self.content, stack=places.stack,
            roundness=roundness,
            mottle=draw_range(generator, self.mottle), grain_mm=self.grain_mm,
        )  # fmt: skip
        for band in range(self.straps):
            x = places.x + size[0] * (band + 0.5) / self.straps
            solids.box((x, x + 16), spans[1], spans[2], STEEL.packed(0.004), stack=places.stack)


@dataclass(frozen=True, slots=True)
class Drum:
    """Barrels, cans and cylinders standing upright, filled to a level."""

    content: Material
    diameter_mm: Range = (570, 590)
    height_mm: Range = (860, 900)
    wall: Material = STEEL
    wall_mm: float = 1.0
    full: Range = (0.9, 0.98)

    def draw_size(self, generator: np.random.Generator) -> Size:
        """Return the room of one."""
        across = draw_range(generator, self.diameter_mm)
        return (across, draw_range(generator, self.height_mm), across)

    def draw(
        self, solids: Solids, places: Places, size: Size, *, generator: np.random.Generator
    ) -> None:
        """Add walls, ends, the two rolling hoops and the filling."""
        x, z = (places.x, places.x + size[0]), (places.z, places.z + size[2])
        y, stack, thick = places.y, places.stack, self.wall_mm
        solids.tube(Shape.DRUM_Y, x, (y, y + size[1]), z, self.wall, wall_mm=thick, stack=stack)
        for end in (y + 6, y + size[1] - 6 - thick):
            solids.add(Shape.DRUM_Y, x, (end, end + thick), z, self.wall, stack=stack)
        for hoop in (0.33, 0.66):
            level = y + hoop * size[1]
            solids.tube(
                Shape.DRUM_Y, x, (level, level + 12), z, self.wall, wall_mm=4.0, stack=stack
            )
        full = draw_range(design_of(size), self.full)
        filled = size[1] * _vary(generator, full, len(places), by=0.01)
        inner = [(low + thick, high - thick) for low, high in (x, z)]
        top = y + np.minimum(filled, size[1] - 10)
        solids.add(Shape.DRUM_Y, inner[0], (y + 8, top), inner[1], self.content, stack=stack)


@dataclass(frozen=True, slots=True)
class Roll:
    """Reels, coils and tyres: a cylinder with a hole along its axis."""

    content: Material
    diameter_mm: Range = (900, 1250)
    width_mm: Range = (700, 1600)
    """Along the axis."""
    core: Range = (0.08, 0.12)
    """Diameter of the hole over that of the roll."""
    axis: Shape = Shape.DRUM_Y
    """DRUM_Y stands upright, DRUM_Z lies across the container, DRUM_X along it."""
    mottle: float = 0.01

    def draw_size(self, generator: np.random.Generator) -> Size:
        """Return the room of one."""
        across, along = (
            draw_range(generator, self.diameter_mm),
            draw_range(generator, self.width_mm),
        )
        sizes = {
            Shape.DRUM_X: (along, across, across),
            Shape.DRUM_Y: (across, along, across),
            Shape.DRUM_Z: (across, across, along),
        }
        return sizes[self.axis]

    def draw(
        self, solids: Solids, places: Places, size: Size, *, generator: np.random.Generator
    ) -> None:
        """Add the wound body, then take its core out."""
        del generator  # the core follows from the size
        spans = [
            (place, place + extent)
            for place, extent in zip((places.x, places.y, places.z), size, strict=True)
        ]
        axis = (Shape.DRUM_X, Shape.DRUM_Y, Shape.DRUM_Z).index(self.axis)
        outer = max(extent for index, extent in enumerate(size) if index != axis)
        wall = outer / 2 * (1 - draw_range(design_of(size), self.core))
        solids.tube(
            self.axis, spans[0], spans[1], spans[2], self.content, wall_mm=wall,
            stack=places.stack, mottle=self.mottle,
        )  # fmt: skip


PALLET_MM = 144.0
"""EN 13698-1; the boards and blocks of a pallet are WOOD."""


@dataclass(frozen=True, slots=True)
class Pallet:
    """A wooden pallet with units on it, wrapped."""

    of: Unit
    base_mm: tuple[float, float] = (1200.0, 1000.0)
    """Along the container and across; (1000, 1200) turns it."""
    height_mm: Range = (1100, 2000)
    """With the pallet."""
    film: bool = True

    def draw_size(self, generator: np.random.Generator) -> Size:
        """Return the room of one."""
        return (self.base_mm[0], draw_range(generator, self.height_mm), self.base_mm[1])

    def draw(
        self, solids: Solids, places: Places, size: Size, *, generator: np.random.Generator
    ) -> None:
        """Add pallets, then as many layers of units as fit under the height."""
        draw_pallets(solids, places, self.base_mm)
        # Cartons are made to fit pallets: of some sizes the one that fills it best.
        design = design_of(size)
        room = (self.base_mm[0], size[1] - PALLET_MM, self.base_mm[1])
        inner = max((self.of.draw_size(design) for _ in range(5)), key=lambda o: filled(room, o))
        along, across = (max(1, int(self.base_mm[i // 2] / inner[i])) for i in (0, 2))
        layers = max(1, int((size[1] - PALLET_MM) / inner[1]))
        slack = [
            (self.base_mm[0] - along * inner[0]) / 2,
            (self.base_mm[1] - across * inner[2]) / 2,
        ]
        grid = np.meshgrid(
            slack[0] + np.arange(along) * inner[0],
            PALLET_MM + np.arange(layers) * inner[1],
            slack[1] + np.arange(across) * inner[2],
            indexing="ij",
        )
        offsets = (grid[0].ravel(), grid[1].ravel(), grid[2].ravel())
        self.of.draw(solids, places.inside(offsets), inner, generator=generator)
        if self.film:
            x, z = (places.x, places.x + size[0]), (places.z, places.z + size[2])
            top = places.y + PALLET_MM + layers * inner[1]
            for side in ((z[0], z[0] + 1), (z[1] - 1, z[1])):
                y = (places.y + PALLET_MM, top)
                solids.box(x, y, side, POLYETHYLENE.packed(0.1), stack=places.stack)


def draw_pallets(solids: Solids, places: Places, base_mm: tuple[float, float]) -> None:
    """Add wooden pallets: deck, three skids of blocks, bottom boards."""
    x, y, z, stack = places.x, places.y, places.z, places.stack
    whole = (z, z + base_mm[1])
    solids.box((x, x + base_mm[0]), (y + 122, y + 144), whole, WOOD.packed(0.85), stack=stack)
    solids.box((x, x + base_mm[0]), (y, y + 22), whole, WOOD.packed(0.35), stack=stack)
    for left in (0.0, base_mm[0] / 2 - 72, base_mm[0] - 145):
        block = (x + left, x + left + 145)
        solids.box(block, (y + 22, y + 122), whole, WOOD.packed(0.36), stack=stack)


@dataclass(frozen=True, slots=True)
class Crate:
    """A wooden case with something in it."""

    of: Unit
    board_mm: float = 22.0
    room_mm: Range = (20, 80)
    """Between content and boards."""
    slatted: float = 0.7
    """Share of the faces that is wood."""
    skids_mm: float = 100.0

    def draw_size(self, generator: np.random.Generator) -> Size:
        """Return the outer size."""
        inner, room = self.of.draw_size(generator), draw_range(generator, self.room_mm)
        more = 2 * (self.board_mm + room)
        return (inner[0] + more, inner[1] + more + self.skids_mm, inner[2] + more)

    def draw(
        self, solids: Solids, places: Places, size: Size, *, generator: np.random.Generator
    ) -> None:
        """Add the case on its skids, and the content in its middle."""
        # In a narrow room a case is shrunk; what is around its content gives way first.
        skids = min(self.skids_mm, size[1] / 3)
        around = [
            min(self.board_mm + self.room_mm[0], extent / 4)
            for extent in (size[0], size[1] - skids, size[2])
        ]
        x, z = (places.x, places.x + size[0]), (places.z, places.z + size[2])
        low, stack = places.y + skids, places.stack
        y = (low, places.y + size[1])
        wood = WOOD.packed(self.slatted)
        solids.shell(x, y, z, wood, wall_mm=min(self.board_mm, *around), stack=stack)
        for skid in (0.08, 0.46, 0.84):
            left = places.x + skid * size[0]
            solids.box((left, left + 100), (places.y, low), z, WOOD.packed(0.5), stack=stack)
        inner = (size[0] - 2 * around[0], size[1] - skids - 2 * around[1], size[2] - 2 * around[2])
        x0, y0, z0 = (np.full(1, each) for each in (around[0], around[1] + skids, around[2]))
        self.of.draw(solids, places.inside((x0, y0, z0)), inner, generator=generator)

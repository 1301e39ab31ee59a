"""What is hidden in loads: pieces of known mass, packed as blocks. Where they lie is `fraud`'s.

Sizes and masses: US Bureau of Engraving and Printing, "Resources" (a note weighs 1 g, 155.96 x
66.29 x 0.11 mm); UNODC, World Drug Report and seizure reports (bricks of 1 kg, pressed); trade
packing of cigarettes (a master case holds 10,000); published dimensions of the AKM rifle.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from training.simulator.physics.materials import (
    ALUMINIUM,
    CELLULOSE,
    COPPER,
    LEAD,
    POLYETHYLENE,
    STEEL,
    WATER,
    WOOD,
    compound,
    mixture,
)
from training.simulator.scene.solids import Shape, Solids

Corners = NDArray[np.float64]
"""(N,) lower corners along one axis, mm."""
Draw = Callable[[Solids, Corners, Corners, Corners], None]
Extent = tuple[float, float, float]
"""Along the container, up and across, mm."""

COCAINE = compound("cocaine hydrochloride", "C17H22ClNO4", 1.05)
TOBACCO = CELLULOSE.of_density(0.21)
NOTES = CELLULOSE.of_density(0.88)
CARTRIDGES = mixture("cartridges", 4.6, ((COPPER, 0.45), (LEAD, 0.35), (STEEL, 0.2)))
SPIRIT = mixture("spirits", 0.95, ((WATER, 0.6), (compound("ethanol", "C2H6O", 0.79), 0.4)))


@dataclass(frozen=True, slots=True)
class Block:
    """How pieces are stacked."""

    counts: tuple[int, int, int]
    """Along, up, across; none where there is no room for one."""
    pieces: int


@dataclass(frozen=True, slots=True)
class Contraband:
    """One kind of piece."""

    name: str
    title: str
    size_mm: Extent
    """Room that one piece takes."""
    draw: Draw
    """Adds pieces with their lower corners at x, y, z."""

    @property
    def piece_kg(self) -> float:
        """Mass of one piece."""
        solids, zero = Solids(), np.zeros(1)
        self.draw(solids, zero, zero, zero)
        return solids.mass_kg()

    def block(self, mass_kg: float, room_mm: Extent) -> Block:
        """Return a block that makes up a mass, as far as there is room.

        It grows along its shortest extent; its top layer may be incomplete.
        """
        most = [max(int(r // s), 0) for r, s in zip(room_mm, self.size_mm, strict=True)]
        if min(most) == 0:
            return Block((0, 0, 0), 0)
        wanted = max(1, round(mass_kg / self.piece_kg))
        counts = [1, 1, 1]
        while np.prod(counts) < wanted:
            extents = [c * s for c, s in zip(counts, self.size_mm, strict=True)]
            growing = [axis for axis in range(3) if counts[axis] < most[axis]]
            if not growing:
                break
            counts[min(growing, key=lambda axis: extents[axis])] += 1
        layer = counts[0] * counts[2]
        counts[1] = min(counts[1], -(-wanted // layer))
        pieces = min(wanted, layer * counts[1])
        return Block((counts[0], counts[1], counts[2]), pieces)

    def fill(self, solids: Solids, corner_mm: Extent, block: Block) -> None:
        """Add a block of pieces, from its bottom up."""
        along, up, across = block.counts
        places = np.indices((up, along, across)).reshape(3, -1)[[1, 0, 2], : block.pieces]
        x, y, z = (
            corner + place * size
            for corner, place, size in zip(corner_mm, places, self.size_mm, strict=True)
        )
        self.draw(solids, x, y, z)


def _draw_brick(solids: Solids, x: Corners, y: Corners, z: Corners) -> None:
    solids.box((x, x + 225), (y, y + 33), (z, z + 130), COCAINE)


def _draw_case_of_cigarettes(solids: Solids, x: Corners, y: Corners, z: Corners) -> None:
    span = (x, x + 600), (y, y + 260), (z, z + 380)
    solids.shell(*span, CELLULOSE.of_density(0.13), wall_mm=5.0)
    inner = [(low + 5, high - 5) for low, high in span]
    solids.box(inner[0], inner[1], inner[2], TOBACCO, mottle=0.05, grain_mm=25.0)


def _draw_cash(solids: Solids, x: Corners, y: Corners, z: Corners) -> None:
    # Ten bundles of a hundred notes, on their long edge.
    solids.box((x, x + 156), (y, y + 66), (z, z + 110), NOTES)


def _draw_rifle(solids: Solids, x: Corners, y: Corners, z: Corners) -> None:
    """Add an AKM without its magazine, as far as a beam tells it: 880 mm and 3.1 kg."""
    middle = z + 20
    solids.tube(
        Shape.DRUM_X, (x + 440, x + 855), (y + 84, y + 102), (middle - 9, middle + 9), STEEL,
        wall_mm=5.0,
    )  # fmt: skip
    solids.box(
        (x + 240, x + 500), (y + 60, y + 115), (middle - 16, middle + 16), STEEL.packed(0.55)
    )
    solids.box((x + 300, x + 325), (y, y + 60), (middle - 12, middle + 12), WOOD)
    solids.box((x, x + 240), (y + 45, y + 105), (middle - 18, middle + 18), WOOD)
    solids.box((x + 500, x + 640), (y + 80, y + 110), (middle - 20, middle + 20), WOOD)


def _draw_cartridges(solids: Solids, x: Corners, y: Corners, z: Corners) -> None:
    solids.shell((x, x + 350), (y, y + 160), (z, z + 160), STEEL, wall_mm=0.5)
    solids.box(
        (x + 2, x + 348), (y + 2, y + 130), (z + 2, z + 158), CARTRIDGES.packed(0.45),
        mottle=0.1, grain_mm=20.0,
    )  # fmt: skip


def _draw_drum(solids: Solids, x: Corners, y: Corners, z: Corners) -> None:
    solids.add(Shape.DRUM_Y, (x, x + 320), (y, y + 440), (z, z + 320), POLYETHYLENE)
    inner = (x + 3, x + 317), (y + 3, y + 437), (z + 3, z + 317)
    solids.add(Shape.DRUM_Y, *inner, POLYETHYLENE, share=-1.0)
    solids.add(Shape.DRUM_Y, inner[0], (y + 3, y + 410), inner[2], SPIRIT)


def _draw_engine_part(solids: Solids, x: Corners, y: Corners, z: Corners) -> None:
    """Add a casting with bores: a cylinder block, iron and some aluminium."""
    box = (x, x + 480), (y, y + 300), (z, z + 260)
    solids.box(*box, STEEL.packed(0.45), mottle=0.15, grain_mm=60.0)
    for left in (30, 140, 250, 360):
        solids.add(
            Shape.DRUM_Y, (x + left, x + left + 88), (y + 20, y + 280), (z + 80, z + 168),
            STEEL.packed(0.45), share=-1.0,
        )  # fmt: skip
    solids.box((x, x + 480), (y + 300, y + 380), (z, z + 260), ALUMINIUM.packed(0.4))


CONTRABAND: Mapping[str, Contraband] = {
    each.name: each
    for each in (
        Contraband("bricks", "drugs pressed to bricks of 1 kg", (226, 34, 131), _draw_brick),
        Contraband(
            "cigarettes", "master cases of 10,000 cigarettes", (602, 262, 382),
            _draw_case_of_cigarettes,
        ),
        Contraband("cash", "thousand banknotes each", (158, 68, 112), _draw_cash),
        Contraband("rifles", "rifles", (885, 120, 45), _draw_rifle),
        Contraband("cartridges", "tins of cartridges", (352, 162, 162), _draw_cartridges),
        Contraband("spirits", "drums of 30 l of spirits", (322, 442, 322), _draw_drum),
        Contraband("engine-parts", "cylinder blocks", (490, 385, 270), _draw_engine_part),
    )
}  # fmt: skip


def contraband_of(name: str) -> Contraband:
    """Return a kind of piece.

    Raises:
        ValueError: there is none of that name; the message lists what there is.
    """
    if name not in CONTRABAND:
        raise ValueError(f"expected one of {', '.join(CONTRABAND)}, got {name!r}")
    return CONTRABAND[name]

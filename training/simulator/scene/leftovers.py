"""What lies about in a container that counts as empty: dunnage, remnants, inserts. No goods.

Amounts are chosen: what a man leaves who swept in a hurry, some 250 kg at most.
"""

from __future__ import annotations

import numpy as np

from training.simulator.physics.materials import POLYETHYLENE, WOOD
from training.simulator.scene.containers import ContainerKind, Hold, Shell
from training.simulator.scene.solids import SURFACE_SHAPE, Shape, Solids

_BOARD = WOOD.of_density(0.5)
_CARDBOARD = WOOD.of_density(0.6)
_SWEEPINGS = WOOD.of_density(0.4)
_CALCIUM_CHLORIDE = POLYETHYLENE.of_density(1.1)
_SWEPT_CLEAN = 0.45
"""Of empty containers."""


def draw_leftovers(solids: Solids, shell: Shell, *, generator: np.random.Generator) -> None:
    """Add what an empty dry or refrigerated container still holds; often nothing."""
    if shell.kind not in (ContainerKind.DRY, ContainerKind.REEFER):
        return
    if generator.random() < _SWEPT_CLEAN:
        return
    kinds = [_planks, _pallets, _sweepings, _lining, _battens, _desiccants]
    for index in generator.permutation(len(kinds))[: int(generator.integers(1, 4))]:
        kinds[index](solids, shell.hold, generator)


def _planks(solids: Solids, hold: Hold, generator: np.random.Generator) -> None:
    """Add boards and square timber left on the floor, some of it leaning on a wall."""
    for _ in range(int(generator.integers(1, 6))):
        long = float(generator.uniform(600, 2300))
        thick, wide = float(generator.uniform(22, 90)), float(generator.uniform(80, 180))
        across = generator.random() < 0.5
        x = float(generator.uniform(hold.x0, hold.x1 - (wide if across else long)))
        deep = long if across else wide
        z = float(generator.uniform(hold.z0, hold.z1 - min(deep, hold.width)))
        end = (x + (wide if across else long), min(z + deep, hold.z1))
        solids.box((x, end[0]), (hold.y0, hold.y0 + thick), (z, end[1]), _BOARD)
    if generator.random() < 0.3:
        x, tall = (
            float(generator.uniform(hold.x0, hold.x1 - 1300)),
            float(generator.uniform(400, 1500)),
        )
        solids.beam((x, hold.y0 + 60), (x + 1200, hold.y0 + tall), (hold.z0, hold.z0 + 90), _BOARD,
                    depth_mm=45.0)  # fmt: skip


def _pallets(solids: Solids, hold: Hold, generator: np.random.Generator) -> None:
    """Add a pile of empty pallets at one end or anywhere."""
    x = float(
        generator.choice([hold.x0 + 50, hold.x1 - 1350, generator.uniform(hold.x0, hold.x1 - 1300)])
    )
    z = float(generator.uniform(hold.z0, hold.z1 - 1000))
    for level in range(int(generator.integers(1, 7))):
        low = hold.y0 + 144.0 * level
        for board in np.arange(0, 1200, 215.0):
            solids.box((x + board, x + board + 120), (low + 122, low + 144), (z, z + 1000), _BOARD)
        for block in (0.0, 550.0, 1100.0):
            solids.box((x + block, x + block + 100), (low + 22, low + 122), (z, z + 1000),
                       _BOARD.packed(0.45))  # fmt: skip


def _sweepings(solids: Solids, hold: Hold, generator: np.random.Generator) -> None:
    """Add a low heap of what was left of bulk goods, at the front end or along the floor."""
    long = float(generator.uniform(500, 3000))
    x = hold.x0 if generator.random() < 0.6 else float(generator.uniform(hold.x0, hold.x1 - long))
    heights = (
        generator.uniform(0, 1, SURFACE_SHAPE) * np.linspace(1, 0.1, SURFACE_SHAPE[0])[:, None]
    )
    tall = float(generator.uniform(15, 110))
    solids.heap((x, x + long), hold.y0, (hold.z0, hold.z1), heights * tall, _SWEEPINGS)


def _lining(solids: Solids, hold: Hold, generator: np.random.Generator) -> None:
    """Add cardboard or kraft paper that still hangs on the walls."""
    tall = float(generator.uniform(900, 2000))
    first = float(generator.uniform(hold.x0, hold.x0 + 0.6 * hold.length))
    last = float(generator.uniform(first + 600, hold.x1))
    for z in (hold.z0, hold.z1 - 6):
        if generator.random() < 0.7:
            solids.box((first, last), (hold.y0, hold.y0 + tall), (z, z + 6), _CARDBOARD)


def _battens(solids: Solids, hold: Hold, generator: np.random.Generator) -> None:
    """Add a lattice that keeps goods off the wall, so that air goes round them."""
    spacing = float(generator.uniform(400, 900))
    x = np.arange(hold.x0 + 100, hold.x1 - 150, spacing)
    tall = float(generator.uniform(1200, 2100))
    solids.box((x, x + 45), (hold.y0, hold.y0 + tall), (hold.z0, hold.z0 + 22), _BOARD)
    for level in np.linspace(0.2, 0.9, int(generator.integers(2, 5))):
        y = hold.y0 + level * tall
        solids.box(
            (hold.x0 + 100, hold.x1 - 100), (y, y + 45), (hold.z0 + 22, hold.z0 + 40), _BOARD
        )


def _desiccants(solids: Solids, hold: Hold, generator: np.random.Generator) -> None:
    """Add strings of moisture absorbers, hung from the lashing rings into the corrugation."""
    for x in np.arange(hold.x0 + 400, hold.x1 - 300, float(generator.uniform(1180, 2400))):
        tall = float(generator.uniform(500, 950))
        solids.add(
            Shape.PILLOW, (x, x + 110), (hold.y1 - 200 - tall, hold.y1 - 200),
            (hold.z1 - 34, hold.z1 - 4), _CALCIUM_CHLORIDE, roundness=3.0,
        )  # fmt: skip

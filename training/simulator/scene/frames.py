"""Containers of any kind, and flat racks (ISO 1496-5). No cargo."""

from __future__ import annotations

import numpy as np

from training.simulator.physics.materials import STEEL, WATER
from training.simulator.scene.boxes import PLYWOOD, draw_box, draw_corners
from training.simulator.scene.containers import HALF, SIDES, ContainerKind, Shell
from training.simulator.scene.solids import Solids
from training.simulator.scene.tanks import draw_tank


def draw_container(solids: Solids, shell: Shell, *, generator: np.random.Generator) -> None:
    """Add a container of any kind."""
    if shell.kind is ContainerKind.TANK:
        draw_tank(solids, shell)
    elif shell.kind is ContainerKind.FLAT_RACK:
        _draw_flat_rack(solids, shell, generator=generator)
    else:
        draw_box(solids, shell, generator=generator)


def draw_rain(solids: Solids, shell: Shell, *, film_mm: float) -> None:
    """Add water standing on a roof."""
    x, y = (shell.x0 + 150, shell.x1 - 150), (shell.y1 - 10, shell.y1 - 10 + film_mm)
    solids.box(x, y, (-HALF + 60, HALF - 60), WATER)


def _draw_flat_rack(solids: Solids, shell: Shell, *, generator: np.random.Generator) -> None:
    draw_corners(solids, shell)
    deck = shell.hold.y0
    x = (shell.x0 + 150, shell.x1 - 150)
    for side in SIDES:
        z = (-HALF, -HALF + 14) if side < 0 else (HALF - 14, HALF)
        solids.box(x, (shell.y0 + 20, deck - 30), z, STEEL)
        wide = (-HALF, -HALF + 160) if side < 0 else (HALF - 160, HALF)
        for low in (shell.y0 + 20, deck - 50):
            solids.box(x, (low, low + 18), wide, STEEL)
    members = np.arange(x[0] + 200, x[1], float(generator.uniform(380, 460)))
    solids.box((members, members + 6), (shell.y0 + 150, deck - 40), (-HALF, HALF), STEEL)
    solids.box(x, (deck - 45, deck), (-HALF + 40, HALF - 40), PLYWOOD)
    for end in (shell.x0 + 40, shell.x1 - 240):
        solids.box(
            (end, end + 200), (deck, shell.y1 - 120), (-HALF + 120, HALF - 120), STEEL.packed(0.025)
        )
        for low in np.linspace(deck + 100, shell.y1 - 220, 3):
            solids.box(
                (end, end + 200), (low, low + 80), (-HALF + 100, HALF - 100), STEEL.packed(0.05)
            )

"""What a refrigerated container has besides its frame: insulation and machinery. No cargo."""

from __future__ import annotations

import numpy as np

from training.simulator.physics.materials import (
    ALUMINIUM,
    COPPER,
    POLYURETHANE_FOAM,
    STAINLESS_STEEL,
    STEEL,
)
from training.simulator.scene.containers import HALF, SIDES, Shell, outside
from training.simulator.scene.solids import Shape, Solids


def draw_insulated(solids: Solids, shell: Shell, *, generator: np.random.Generator) -> None:
    """Add skins and foam of walls, roof and floor, and the floor's T bars (ISO 1496-2)."""
    hold = shell.hold
    x = (shell.x0 + 100, shell.x1 - 100)
    y = (shell.y0 + 150, shell.y1 - 60)
    posts = np.arange(x[0] + 400, x[1] - 200, float(generator.uniform(560, 640)))
    for side in SIDES:
        solids.box(x, y, outside(side, 0.9), STEEL)
        inner = hold.z0 if side < 0 else hold.z1
        solids.box(x, y, (min(inner, inner - side * 1.0), max(inner, inner - side * 1.0)),
                   STAINLESS_STEEL)  # fmt: skip
        solids.box(x, y, outside(side, 72), POLYURETHANE_FOAM)
        # Frames behind the skin, and the rivets' strips over them.
        solids.box((posts, posts + 45), y, outside(side, 2.2), ALUMINIUM)
        solids.box((posts, posts + 4), y, outside(side, 40), ALUMINIUM)
    z = (-HALF + 20, HALF - 20)
    solids.box(x, (hold.y1 + 70, shell.y1 - 20), z, POLYURETHANE_FOAM)
    solids.box(x, (shell.y1 - 21, shell.y1 - 20), z, ALUMINIUM.packed(1.6))
    solids.box(x, (hold.y1 + 69, hold.y1 + 70), z, STAINLESS_STEEL)
    solids.box(x, (shell.y0 + 160, hold.y0 - 65), z, POLYURETHANE_FOAM)
    solids.box(x, (shell.y0 + 158, shell.y0 + 160), z, STEEL)
    solids.box(
        (hold.x0, hold.x1), (hold.y0 - 65, hold.y0 - 6), (hold.z0, hold.z1), ALUMINIUM.packed(0.13)
    )
    solids.box(
        (hold.x0, hold.x1), (hold.y0 - 6, hold.y0), (hold.z0, hold.z1), ALUMINIUM.packed(0.7)
    )


def draw_cooling(solids: Solids, shell: Shell, *, generator: np.random.Generator) -> None:
    """Add the machinery in the front end: compressor, condenser, fans, evaporator, controller."""
    x0, y0, y1 = shell.x0 + 30, shell.y0 + 160, shell.y1 - 120
    wide = (-HALF + 120, HALF - 120)
    solids.box((x0 + 400, x0 + 440), (y0, y1), wide, POLYURETHANE_FOAM)
    solids.box((x0 + 398, x0 + 401), (y0, y1), wide, ALUMINIUM)
    z = float(generator.uniform(-700, 300))
    solids.add(
        Shape.DRUM_X, (x0 + 60, x0 + 360), (y0 + 60, y0 + 360), (z, z + 420), STEEL.packed(0.55)
    )
    solids.add(
        Shape.DRUM_X,
        (x0 + 90, x0 + 330),
        (y0 + 110, y0 + 310),
        (z + 60, z + 360),
        COPPER.packed(0.25),
    )
    condenser = y0 + float(generator.uniform(500, 650))
    solids.box(
        (x0 + 30, x0 + 110), (condenser, condenser + 650), (-600.0, 650.0), ALUMINIUM.packed(0.22)
    )
    coils = np.linspace(condenser + 20, condenser + 620, 14)
    solids.box((x0 + 40, x0 + 100), (coils, coils + 10), (-600.0, 650.0), COPPER.packed(0.18))
    for fan in (condenser + 320, y1 - 330):
        solids.tube(
            Shape.DRUM_X, (x0 + 130, x0 + 230), (fan - 260, fan + 260), (-260.0, 260.0), STEEL,
            wall_mm=3.0,
        )  # fmt: skip
        solids.add(
            Shape.DRUM_X,
            (x0 + 140, x0 + 300),
            (fan - 70, fan + 70),
            (-70.0, 70.0),
            COPPER.packed(0.5),
        )
    solids.box((x0 + 250, x0 + 380), (y1 - 420, y1 - 120), (-800.0, 800.0), ALUMINIUM.packed(0.25))
    z = float(generator.uniform(350, 600))
    solids.box((x0 + 30, x0 + 190), (y0 + 150, y0 + 650), (z, z + 420), STEEL.packed(0.06))
    solids.box((x0, x0 + 4), (y0, y1), wide, STEEL.packed(0.4))

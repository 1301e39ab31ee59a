"""Containers without walls: tanks in a frame and flat racks (ISO 1496-3 and -5). No cargo."""

from __future__ import annotations

import numpy as np

from training.simulator.physics.materials import (
    ALUMINIUM,
    POLYURETHANE_FOAM,
    STAINLESS_STEEL,
    STEEL,
    WATER,
)
from training.simulator.scene.boxes import PLYWOOD, draw_box, draw_corners
from training.simulator.scene.containers import HALF, SIDES, ContainerKind, Shell
from training.simulator.scene.solids import Shape, Solids


def draw_container(solids: Solids, shell: Shell, *, generator: np.random.Generator) -> None:
    """Add a container of any kind."""
    if shell.kind is ContainerKind.TANK:
        _draw_tank(solids, shell)
    elif shell.kind is ContainerKind.FLAT_RACK:
        _draw_flat_rack(solids, shell, generator=generator)
    else:
        draw_box(solids, shell, generator=generator)


def draw_rain(solids: Solids, shell: Shell, *, film_mm: float) -> None:
    """Add water standing on a roof."""
    x, y = (shell.x0 + 150, shell.x1 - 150), (shell.y1 - 10, shell.y1 - 10 + film_mm)
    solids.box(x, y, (-HALF + 60, HALF - 60), WATER)


def _draw_tank(solids: Solids, shell: Shell) -> None:
    """Add a shell of 4.4 mm stainless steel with dished ends, insulation, cladding and frame."""
    hold = shell.hold
    y, z = (hold.y0, hold.y1), (hold.z0, hold.z1)
    dish = 260.0
    barrel = (hold.x0 + dish, hold.x1 - dish)
    solids.tube(Shape.DRUM_X, barrel, y, z, STAINLESS_STEEL, wall_mm=4.4)
    for end, outwards in ((barrel[0], -1.0), (barrel[1], 1.0)):
        _draw_dished_end(solids, x=end, depth=dish * outwards, y=y, z=z)
    clad = [(low - 50, high + 50) for low, high in (y, z)]
    solids.tube(Shape.DRUM_X, barrel, clad[0], clad[1], POLYURETHANE_FOAM, wall_mm=50.0)
    solids.tube(Shape.DRUM_X, barrel, clad[0], clad[1], ALUMINIUM, wall_mm=0.9)
    for ring in np.linspace(barrel[0] + 200, barrel[1] - 200, 4):
        outer = [(low - 60, high + 60) for low, high in (y, z)]
        solids.tube(Shape.DRUM_X, (ring, ring + 60), outer[0], outer[1], STEEL, wall_mm=8.0)
    middle = (hold.x0 + hold.x1) / 2
    solids.tube(
        Shape.DRUM_Y, (middle - 250, middle + 250), (hold.y1 - 20, hold.y1 + 110), (-250.0, 250.0),
        STAINLESS_STEEL, wall_mm=8.0,
    )  # fmt: skip
    solids.box((shell.x1 - 420, shell.x1 - 230), (shell.y0 + 150, shell.y0 + 420), (-150.0, 150.0),
               STAINLESS_STEEL.packed(0.35))  # fmt: skip
    _draw_frame(solids, shell)


def _draw_dished_end(
    solids: Solids, *, x: float, depth: float, y: tuple[float, float], z: tuple[float, float]
) -> None:
    """Add half an ellipsoid of sheet, in rings as thick as the sheet is aslant in them."""
    steps = np.linspace(0, 1, 9)
    narrowing = (1 - np.sqrt(1 - steps**2)) * (y[1] - y[0]) / 2
    for index in range(8):
        here, there = narrowing[index], narrowing[index + 1]
        span = sorted((x + depth * steps[index], x + depth * steps[index + 1]))
        wall = max(float(there - here), 4.4)
        aslant = float(np.hypot(there - here, span[1] - span[0]))
        share = min(1.0, 4.4 * aslant / (wall * (span[1] - span[0])))
        solids.tube(
            Shape.DRUM_X,
            (span[0], span[1]),
            (y[0] + float(here), y[1] - float(here)),
            (z[0] + float(here), z[1] - float(here)),
            STAINLESS_STEEL.packed(share),
            wall_mm=wall,
        )


def _draw_frame(solids: Solids, shell: Shell) -> None:
    draw_corners(solids, shell)
    for side in SIDES:
        z = (-HALF, -HALF + 100) if side < 0 else (HALF - 100, HALF)
        for low in (shell.y0 + 20, shell.y1 - 120):
            solids.shell((shell.x0 + 150, shell.x1 - 150), (low, low + 100), z, STEEL, wall_mm=5.0)
        for end, inner in ((shell.x0 + 90, shell.x0 + 900), (shell.x1 - 90, shell.x1 - 900)):
            solids.beam(
                (end, shell.y0 + 900), (inner, shell.y0 + 100), z, STEEL.packed(0.2), depth_mm=80
            )
    for end in (shell.x0 + 10, shell.x1 - 110):
        for low in (shell.y0 + 20, shell.y1 - 120):
            solids.shell(
                (end, end + 100), (low, low + 100), (-HALF + 90, HALF - 90), STEEL, wall_mm=5.0
            )


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

"""Box containers drawn in steel: dry, open top and refrigerated. No cargo, no truck.

Members follow ISO 1496-1 and makers' published specifications of standard containers: sheets of
1.6 to 2.0 mm with trapezoidal corrugation 36 mm deep every 278 mm, roof of 2.0 mm, cross-members of
pressed channel 122 x 45 x 4 mm every 290 mm or so, 28 mm of plywood on them.
"""

from __future__ import annotations

import numpy as np

from training.simulator.physics.materials import (
    ALUMINIUM,
    COPPER,
    POLYETHYLENE,
    POLYURETHANE_FOAM,
    STAINLESS_STEEL,
    STEEL,
    WOOD,
)
from training.simulator.scene.containers import (
    CASTING_HEIGHT_MM,
    CASTING_LENGTH_MM,
    CASTING_WIDTH_MM,
    WIDTH_MM,
    ContainerKind,
    Shell,
)
from training.simulator.scene.solids import Shape, Solids

HALF = WIDTH_MM / 2
SIDES = (-1.0, 1.0)
PLYWOOD = WOOD.of_density(0.75)
_CORRUGATION_MM = 278.0
_FLANK_MM = 68.0


def draw_box(solids: Solids, shell: Shell, *, generator: np.random.Generator) -> None:
    """Add a dry, open-top or refrigerated container."""
    draw_corners(solids, shell)
    _draw_rails(solids, shell)
    _draw_cross_members(solids, shell, generator=generator)
    if shell.kind is ContainerKind.REEFER:
        _draw_insulated(solids, shell, generator=generator)
        _draw_cooling(solids, shell, generator=generator)
    else:
        _draw_walls(solids, shell, generator=generator)
        _draw_floor(solids, shell)
        if shell.kind is ContainerKind.OPEN_TOP:
            _draw_bows(solids, shell)
        else:
            _draw_roof(solids, shell, generator=generator)
    _draw_front(solids, shell)
    _draw_doors(solids, shell, generator=generator)


def draw_corners(solids: Solids, shell: Shell) -> None:
    """Add the eight castings and, between them, the four posts (pressed steel of 6 mm)."""
    for left in (shell.x0, shell.x1 - CASTING_LENGTH_MM):
        for low in (shell.y0, shell.y1 - CASTING_HEIGHT_MM):
            for side in SIDES:
                z = _outside(side, CASTING_WIDTH_MM)
                x, y = (left, left + CASTING_LENGTH_MM), (low, low + CASTING_HEIGHT_MM)
                solids.shell(x, y, z, STEEL, wall_mm=22.0)
                # The oval hole in the side face, ISO 1161: 79 x 51 mm.
                middle = (left + CASTING_LENGTH_MM / 2, low + CASTING_HEIGHT_MM / 2)
                face = (z[0], z[0] + 22) if side < 0 else (z[1] - 22, z[1])
                solids.add(
                    Shape.DRUM_Z, (middle[0] - 39, middle[0] + 39),
                    (middle[1] - 25, middle[1] + 25), face, STEEL, share=-1.0,
                )  # fmt: skip
    y = (shell.y0 + CASTING_HEIGHT_MM, shell.y1 - CASTING_HEIGHT_MM)
    for side in SIDES:
        _draw_post(solids, (shell.x0, shell.x0 + 152), y, side=side, sheet=6.0, deep=100.0)
        _draw_post(solids, (shell.x1 - 113, shell.x1 - 20), y, side=side, sheet=8.0, deep=125.0)


def _draw_post(
    solids: Solids,
    x: tuple[float, float],
    y: tuple[float, float],
    *,
    side: float,
    sheet: float,
    deep: float,
) -> None:
    """Add an open section: a plate in the side wall's plane and a flange at each of its ends."""
    solids.box(x, y, _outside(side, sheet), STEEL)
    for flange in (x[0], x[1] - sheet):
        solids.box((flange, flange + sheet), y, _outside(side, deep), STEEL)


def _outside(side: float, depth: float) -> tuple[float, float]:
    """Return the span of z that begins at an outer face and goes `depth` inwards."""
    return (-HALF, -HALF + depth) if side < 0 else (HALF - depth, HALF)


def _draw_rails(solids: Solids, shell: Shell) -> None:
    x = (shell.x0 + CASTING_LENGTH_MM, shell.x1 - CASTING_LENGTH_MM)
    for side in SIDES:
        solids.shell(x, (shell.y1 - 70, shell.y1 - 10), _outside(side, 60), STEEL, wall_mm=3.0)
        web, low = _outside(side, 4.5), shell.y0 + 17
        solids.box(x, (low, low + 158), web, STEEL)
        for flange in (low, low + 150):
            solids.box(x, (flange, flange + 4.5), _outside(side, 48), STEEL)
    across = (-HALF + 80, HALF - 80)
    for end in (shell.x0 + 10, shell.x1 - 110):
        solids.shell((end, end + 100), (shell.y0 + 15, shell.y0 + 135), across, STEEL, wall_mm=4.5)
        solids.shell((end, end + 100), (shell.y1 - 110, shell.y1 - 10), across, STEEL, wall_mm=4.0)


def _draw_cross_members(solids: Solids, shell: Shell, *, generator: np.random.Generator) -> None:
    spacing = float(generator.uniform(270, 310))
    x = np.arange(shell.x0 + 250, shell.x1 - 250, spacing)
    x = x + generator.normal(0, 4, x.size)
    low, z = shell.y0 + 14, (-HALF + 50, HALF - 50)
    solids.box((x, x + 4), (low, low + 122), z, STEEL)
    for flange in (low, low + 118):
        solids.box((x, x + 45), (flange, flange + 4), z, STEEL)
    if shell.length_ft == 20:
        middle = (shell.x0 + shell.x1) / 2
        for pocket in (middle - 1025, middle + 1025):
            solids.shell((pocket - 180, pocket + 180), (low, low + 115), z, STEEL, wall_mm=6.0)


def _draw_walls(solids: Solids, shell: Shell, *, generator: np.random.Generator) -> None:
    x = (shell.x0 + 150, shell.x1 - 110)
    y = (shell.y0 + 165, shell.y1 - 60)
    sheet = float(generator.uniform(1.55, 2.0))
    first = x[0] + float(generator.uniform(40, 160))
    starts = np.arange(first, x[1] - _CORRUGATION_MM, _CORRUGATION_MM)
    # A flank 36 mm deep and 68 mm wide is crossed aslant.
    aslant = sheet * (np.hypot(36.0, _FLANK_MM) / _FLANK_MM - 1)
    for side in SIDES:
        solids.box(x, y, _outside(side, sheet), STEEL)
        for offset in (36.0, 36.0 + _FLANK_MM + 104.0):
            flank = starts + offset
            solids.box((flank, flank + _FLANK_MM), y, _outside(side, float(aslant)), STEEL)
    # Lashing rings on the rails, two vents under the roof.
    rings = np.arange(x[0] + 500, x[1] - 300, 1180.0)
    for low in (y[0] + 20, y[1] - 60):
        solids.add(
            Shape.DRUM_Z, (rings, rings + 45), (low, low + 45), (HALF - 60, HALF - 48), STEEL
        )
    for vent in (x[0] + 500, x[1] - 700):
        solids.box((vent, vent + 190), (y[1] - 190, y[1] - 100), (-HALF - 8, -HALF), POLYETHYLENE)


def _draw_floor(solids: Solids, shell: Shell) -> None:
    top = shell.hold.y0
    x, z = (shell.x0 + 90, shell.x1 - 95), (-HALF + 50, HALF - 50)
    solids.box(x, (top - 28, top), z, PLYWOOD)
    solids.box(x, (top - 32, top - 28), (-70.0, 70.0), STEEL)


def _draw_roof(solids: Solids, shell: Shell, *, generator: np.random.Generator) -> None:
    """Add a sheet whose stamped panels lie 20 mm apart in turn, as high as the rails."""
    x, z = (shell.x0 + 170, shell.x1 - 170), (-HALF + 55, HALF - 55)
    # Specified with 2.0 mm; stamping thins it, and older ones are thinner.
    sheet = float(generator.uniform(1.2, 2.0))
    period = float(generator.uniform(205, 215))
    starts = np.arange(x[0], x[1] - period / 2, period / 2)
    low = shell.y1 - 32 + 20.0 * (np.arange(starts.size) % 2)
    ends = np.append(starts[1:], x[1])
    solids.box((starts, ends), (low, low + sheet), z, STEEL)
    for end in ((shell.x0 + 90, x[0]), (x[1], shell.x1 - 90)):
        solids.box(end, (shell.y1 - 16, shell.y1 - 12), z, STEEL)


def _draw_bows(solids: Solids, shell: Shell) -> None:
    """Add the roof bows of an open top and the tarpaulin over them."""
    bows = np.arange(shell.x0 + 600, shell.x1 - 400, 600.0)
    z = (-HALF + 60, HALF - 60)
    solids.box((bows, bows + 40), (shell.y1 - 50, shell.y1 - 20), z, STEEL.packed(0.35))
    x = (shell.x0 + 100, shell.x1 - 100)
    solids.box(x, (shell.y1 - 18, shell.y1 - 17), z, POLYETHYLENE.of_density(1.2))


def _draw_front(solids: Solids, shell: Shell) -> None:
    """Add the end wall: 2 mm of sheet weaving over 45 mm, looked at along its whole width."""
    x, y = (shell.x0 + 25, shell.x0 + 70), (shell.y0 + 130, shell.y1 - 100)
    solids.box(x, y, (-HALF + 90, HALF - 90), STEEL.packed(2.0 * 1.25 / 45))


def _draw_doors(solids: Solids, shell: Shell, *, generator: np.random.Generator) -> None:
    x1 = shell.x1
    y = (shell.y0 + 130, shell.y1 - 115)
    for side in SIDES:
        leaf = (-HALF + 70, -8.0) if side < 0 else (8.0, HALF - 70)
        solids.box((x1 - 72, x1 - 36), y, leaf, STEEL.packed(2.0 * 1.2 / 36))
        # Frame of the leaf: hollow sections along its edges.
        for stile in (leaf[0], leaf[1] - 50):
            solids.shell((x1 - 100, x1 - 50), y, (stile, stile + 50), STEEL, wall_mm=3.0)
        for rail in (y[0], y[1] - 100):
            solids.shell((x1 - 95, x1 - 60), (rail, rail + 100), leaf, STEEL, wall_mm=3.0)
        for bar in (leaf[0] + 230, leaf[1] - 270):
            _draw_lock_bar(solids, x=x1 - 34, y=(shell.y0 + 40, shell.y1 - 30), z=bar)
        hinges = np.linspace(y[0] + 150, y[1] - 200, 4)
        z = _outside(side, 70)
        solids.box((x1 - 40, x1 - 10), (hinges, hinges + 110), z, STEEL.packed(0.6))
    handle = float(generator.uniform(1050, 1250)) + shell.y0
    solids.box((x1 - 15, x1), (handle, handle + 45), (80.0, 620.0), STEEL.packed(0.5))


def _draw_lock_bar(solids: Solids, *, x: float, y: tuple[float, float], z: float) -> None:
    solids.tube(Shape.DRUM_Y, (x, x + 34), y, (z, z + 34), STEEL, wall_mm=4.0)
    for cam in (y[0], y[1] - 70):
        solids.box((x - 10, x + 34), (cam, cam + 70), (z - 25, z + 60), STEEL.packed(0.6))
    guides = np.linspace(y[0] + 400, y[1] - 400, 3)
    solids.box((x - 6, x + 34), (guides, guides + 55), (z - 35, z + 70), STEEL.packed(0.4))


# --- refrigerated ---------------------------------------------------------------------------


def _draw_insulated(solids: Solids, shell: Shell, *, generator: np.random.Generator) -> None:
    """Add skins and foam of walls, roof and floor, and the floor's T bars (ISO 1496-2)."""
    hold = shell.hold
    x = (shell.x0 + 100, shell.x1 - 100)
    y = (shell.y0 + 150, shell.y1 - 60)
    posts = np.arange(x[0] + 400, x[1] - 200, float(generator.uniform(560, 640)))
    for side in SIDES:
        solids.box(x, y, _outside(side, 0.9), STEEL)
        inner = hold.z0 if side < 0 else hold.z1
        solids.box(x, y, (min(inner, inner - side * 1.0), max(inner, inner - side * 1.0)),
                   STAINLESS_STEEL)  # fmt: skip
        solids.box(x, y, _outside(side, 72), POLYURETHANE_FOAM)
        # Frames behind the skin, and the rivets' strips over them.
        solids.box((posts, posts + 45), y, _outside(side, 2.2), ALUMINIUM)
        solids.box((posts, posts + 4), y, _outside(side, 40), ALUMINIUM)
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


def _draw_cooling(solids: Solids, shell: Shell, *, generator: np.random.Generator) -> None:
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

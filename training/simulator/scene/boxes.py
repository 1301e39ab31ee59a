"""Box containers drawn in steel: dry and open top. No cargo, no truck.

Members follow ISO 1496-1 and makers' published specifications of standard containers: sheets of
1.6 to 2.0 mm with trapezoidal corrugation 36 mm deep every 278 mm, roof of 2.0 mm, cross-members of
pressed channel 122 x 45 x 4 mm every 290 mm or so, 28 mm of plywood on them.
"""

from __future__ import annotations

import numpy as np

from training.simulator.physics.materials import (
    POLYETHYLENE,
    STEEL,
    WOOD,
)
from training.simulator.scene.containers import (
    CASTING_HEIGHT_MM,
    CASTING_LENGTH_MM,
    CASTING_WIDTH_MM,
    HALF,
    SIDES,
    ContainerKind,
    Shell,
    inside,
    outside,
)
from training.simulator.scene.reefers import draw_cooling, draw_insulated
from training.simulator.scene.solids import Shape, Solids

PLYWOOD = WOOD.of_density(0.75)
_CORRUGATION_MM = 278.0
_FLANK_MM = 68.0


def draw_box(solids: Solids, shell: Shell, *, generator: np.random.Generator) -> None:
    """Add a dry, open-top or refrigerated container."""
    draw_corners(solids, shell)
    _draw_rails(solids, shell)
    _draw_cross_members(solids, shell, generator=generator)
    if shell.kind is ContainerKind.REEFER:
        draw_insulated(solids, shell, generator=generator)
        draw_cooling(solids, shell, generator=generator)
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
    """Add the eight castings and, between them, the four posts."""
    for left in (shell.x0, shell.x1 - CASTING_LENGTH_MM):
        for low in (shell.y0, shell.y1 - CASTING_HEIGHT_MM):
            for side in SIDES:
                _draw_casting(solids, shell, left=left, low=low, side=side)
    y = (shell.y0 + CASTING_HEIGHT_MM, shell.y1 - CASTING_HEIGHT_MM)
    for side in SIDES:
        _draw_post(solids, (shell.x0, shell.x0 + 152), y, side=side, sheet=4.5, deep=45.0)
        _draw_post(solids, (shell.x1 - 113, shell.x1 - 20), y, side=side, sheet=6.0, deep=60.0)


def _draw_casting(solids: Solids, shell: Shell, *, left: float, low: float, side: float) -> None:
    """Add a casting after ISO 1161: three thick faces that can be gripped, thin inner ones."""
    x, y = (left, left + CASTING_LENGTH_MM), (low, low + CASTING_HEIGHT_MM)
    middle = (sum(x) / 2, sum(y) / 2)
    # The oval hole in the side face, 79 x 51 mm, and what is open behind it.
    for face, half in (
        (outside(side, 28), (39.5, 25.5)),
        (inside(side, CASTING_WIDTH_MM - 14, CASTING_WIDTH_MM), (32.0, 22.0)),
    ):
        solids.box(x, y, face, STEEL)
        solids.add(
            Shape.DRUM_Z, (middle[0] - half[0], middle[0] + half[0]),
            (middle[1] - half[1], middle[1] + half[1]), face, STEEL, share=-1.0,
        )  # fmt: skip
    within = inside(side, 28, CASTING_WIDTH_MM - 14)
    end = (x[0], x[0] + 28) if left == shell.x0 else (x[1] - 28, x[1])
    solids.box(end, y, within, STEEL.packed(0.7))
    lid = (y[0], y[0] + 28) if low == shell.y0 else (y[1] - 28, y[1])
    beside = (end[1], x[1]) if left == shell.x0 else (x[0], end[0])
    solids.box(beside, lid, within, STEEL.packed(0.6))


def _draw_post(
    solids: Solids,
    x: tuple[float, float],
    y: tuple[float, float],
    *,
    side: float,
    sheet: float,
    deep: float,
) -> None:
    """Add an open section: a plate in the side wall's plane, a flange at its outer end."""
    solids.box(x, y, outside(side, sheet), STEEL)
    outer = x[0] if x[0] < x[1] - 100 else x[1] - sheet
    solids.box((outer, outer + sheet), y, outside(side, deep), STEEL)


def _draw_rails(solids: Solids, shell: Shell) -> None:
    x = (shell.x0 + CASTING_LENGTH_MM, shell.x1 - CASTING_LENGTH_MM)
    for side in SIDES:
        solids.shell(x, (shell.y1 - 62, shell.y1 - 10), outside(side, 42), STEEL, wall_mm=4.0)
        web, low = outside(side, 4.5), shell.y0 + 17
        solids.box(x, (low, low + 158), web, STEEL)
        for flange in (low, low + 150):
            solids.box(x, (flange, flange + 4.5), outside(side, 48), STEEL)
    across = (-HALF + 80, HALF - 80)
    for end in (shell.x0 + 10, shell.x1 - 110):
        solids.shell((end, end + 100), (shell.y0 + 15, shell.y0 + 135), across, STEEL, wall_mm=4.5)
        solids.shell((end, end + 100), (shell.y1 - 110, shell.y1 - 10), across, STEEL, wall_mm=4.0)


def _draw_cross_members(solids: Solids, shell: Shell, *, generator: np.random.Generator) -> None:
    spacing = float(generator.uniform(270, 310))
    x = np.arange(shell.x0 + 250, shell.x1 - 250, spacing)
    x = x + generator.normal(0, 4, x.size)
    low, z = shell.y0 + 14, (-HALF + 50, HALF - 50)
    # Pictures show them lighter than their gauge of 4 mm: pressed, rusted, and not quite straight.
    solids.box((x, x + 2), (low, low + 122), z, STEEL)
    for flange in (low, low + 120):
        solids.box((x, x + 45), (flange, flange + 2), z, STEEL)
    if shell.length_ft == 20:
        middle = (shell.x0 + shell.x1) / 2
        for pocket in (middle - 1025, middle + 1025):
            solids.shell((pocket - 180, pocket + 180), (low, low + 115), z, STEEL, wall_mm=6.0)


def _draw_walls(solids: Solids, shell: Shell, *, generator: np.random.Generator) -> None:
    x = (shell.x0 + 150, shell.x1 - 110)
    y = (shell.y0 + 165, shell.y1 - 60)
    sheet = float(generator.uniform(1.75, 1.9))
    first = x[0] + float(generator.uniform(40, 160))
    starts = np.arange(first, x[1] - _CORRUGATION_MM, _CORRUGATION_MM)
    # A flank 36 mm deep and 68 mm wide is crossed aslant.
    aslant = sheet * (np.hypot(36.0, _FLANK_MM) / _FLANK_MM - 1)
    # The panels beside the posts are thicker.
    panel = float(generator.uniform(1000, 1150))
    for side in SIDES:
        solids.box(x, y, outside(side, sheet), STEEL)
        for end in (x[0], x[1] - panel):
            solids.box((end, end + panel), y, outside(side, 0.5), STEEL)
        for offset in (36.0, 36.0 + _CORRUGATION_MM / 2):
            flank = starts + offset
            solids.box((flank, flank + _FLANK_MM), y, outside(side, float(aslant)), STEEL)
        rings = np.arange(x[0] + 450, x[1] - 300, 1180.0)
        for low in (y[0] - 15, y[1] - 45):
            solids.tube(
                Shape.DRUM_Z, (rings, rings + 52), (low, low + 60), inside(side, 36, 48), STEEL,
                wall_mm=10.0,
            )  # fmt: skip
    for vent, side in ((x[0] + 500, -1.0), (x[1] - 600, 1.0)):
        solids.box((vent, vent + 110), (y[1] - 230, y[1] - 90), outside(side, 5), POLYETHYLENE)


def _draw_floor(solids: Solids, shell: Shell) -> None:
    top = shell.hold.y0
    x, z = (shell.x0 + 90, shell.x1 - 95), (-HALF + 50, HALF - 50)
    solids.box(x, (top - 28, top), z, PLYWOOD)
    solids.box(x, (top - 32, top - 28), (-70.0, 70.0), STEEL)


def _draw_roof(solids: Solids, shell: Shell, *, generator: np.random.Generator) -> None:
    """Add the sheet between the rails, stamped up to 20 mm deep, and the plates at its ends."""
    x, z = (shell.x0 + 110, shell.x1 - 110), (-HALF + 30, HALF - 30)
    sheet = float(generator.uniform(1.75, 1.95))
    period = float(generator.uniform(205, 215))
    stamped, wide = float(generator.uniform(12, 20)), float(generator.uniform(13, 28))
    starts = np.arange(x[0] + 150, x[1] - 150 - period, period)
    crest, trough = shell.y1 - 10, shell.y1 - 10 - stamped
    flat = period / 2 - wide
    solids.box((starts, starts + flat), (crest, crest + sheet), z, STEEL)
    troughs = starts + period / 2
    solids.box((troughs, troughs + flat), (trough, trough + sheet), z, STEEL)
    # Flanks, crossed aslant: 1 / cos of their slope thicker.
    aslant = sheet * np.hypot(stamped, wide) / wide
    middle = (crest + trough) / 2
    for flank in (starts + flat, troughs + flat):
        solids.box((flank, flank + wide), (middle, middle + aslant), z, STEEL)
    for end in ((x[0], starts[0]), (starts[-1] + period, x[1])):
        solids.box(end, (crest, crest + sheet), z, STEEL)
        # The plate over the header, and the gussets under the castings.
        plate = (end[0], min(end[0] + 150, end[1])) if end[0] == x[0] else (end[1] - 150, end[1])
        solids.box(plate, (crest + sheet, crest + sheet + 2), z, STEEL)
        for side in SIDES:
            gusset = (end[0], end[0] + 240) if end[0] == x[0] else (end[1] - 240, end[1])
            solids.box(gusset, (crest - 4, crest - 1), inside(side, 60, 330), STEEL)


def _draw_bows(solids: Solids, shell: Shell) -> None:
    """Add the roof bows of an open top and the tarpaulin over them."""
    bows = np.arange(shell.x0 + 600, shell.x1 - 400, 600.0)
    z = (-HALF + 60, HALF - 60)
    solids.box((bows, bows + 40), (shell.y1 - 50, shell.y1 - 20), z, STEEL.packed(0.35))
    x = (shell.x0 + 100, shell.x1 - 100)
    solids.box(x, (shell.y1 - 18, shell.y1 - 17), z, POLYETHYLENE.of_density(1.2))


def _draw_front(solids: Solids, shell: Shell) -> None:
    """Add the end wall: 1.6 mm of sheet weaving over 45 mm, looked at along its whole width."""
    x, y = (shell.x0 + 5, shell.x0 + 50), (shell.y0 + 130, shell.y1 - 100)
    solids.box(x, y, (-HALF + 90, HALF - 90), STEEL.packed(1.6 * 1.14 / 45))


def _draw_doors(solids: Solids, shell: Shell, *, generator: np.random.Generator) -> None:
    x1 = shell.x1
    y = (shell.y0 + 130, shell.y1 - 115)
    for side in SIDES:
        leaf = (-HALF + 70, -8.0) if side < 0 else (8.0, HALF - 70)
        # Panels weave over 36 mm and stand in their frames at different depths.
        solids.box((x1 - 100, x1 - 36), y, leaf, STEEL.packed(1.6 * 1.1 / 64))
        # Frame of the leaf: hollow sections along its edges.
        for stile in (leaf[0], leaf[1] - 50):
            solids.shell((x1 - 100, x1 - 50), y, (stile, stile + 50), STEEL, wall_mm=3.0)
        for rail in (y[0], y[1] - 100):
            solids.shell((x1 - 95, x1 - 60), (rail, rail + 100), leaf, STEEL, wall_mm=3.0)
        for bar in (leaf[0] + 230, leaf[1] - 270):
            _draw_lock_bar(solids, x=x1 - 34, y=(shell.y0 + 40, shell.y1 - 30), z=bar)
        hinges = np.linspace(y[0] + 150, y[1] - 200, 4)
        z = outside(side, 70)
        solids.box((x1 - 40, x1 - 10), (hinges, hinges + 110), z, STEEL.packed(0.6))
    handle = float(generator.uniform(1050, 1250)) + shell.y0
    solids.box((x1 - 15, x1), (handle, handle + 45), (80.0, 620.0), STEEL.packed(0.5))


def _draw_lock_bar(solids: Solids, *, x: float, y: tuple[float, float], z: float) -> None:
    solids.tube(Shape.DRUM_Y, (x, x + 34), y, (z, z + 34), STEEL, wall_mm=4.0)
    for cam in (y[0], y[1] - 70):
        solids.box((x - 10, x + 34), (cam, cam + 70), (z - 25, z + 60), STEEL.packed(0.6))
    guides = np.linspace(y[0] + 400, y[1] - 400, 3)
    solids.box((x - 6, x + 34), (guides, guides + 55), (z - 35, z + 70), STEEL.packed(0.4))

"""Tank containers: a shell with its fittings in a frame (ISO 1496-3). No cargo."""

from __future__ import annotations

import numpy as np

from training.simulator.physics.materials import (
    ALUMINIUM,
    POLYURETHANE_FOAM,
    STAINLESS_STEEL,
    STEEL,
)
from training.simulator.scene.boxes import draw_corners
from training.simulator.scene.containers import HALF, SIDES, TANK_DISH_MM, Shell
from training.simulator.scene.solids import Shape, Solids

_Span = tuple[float, float]
_DISH_STEPS = 8


def draw_tank(solids: Solids, shell: Shell) -> None:
    """Add a shell with dished ends, cladding, fittings and frame, as its make has them."""
    make, hold = shell.tank, shell.hold
    y, z = (hold.y0, hold.y1), (hold.z0, hold.z1)
    barrel = (hold.x0 + TANK_DISH_MM, hold.x1 - TANK_DISH_MM)
    solids.tube(Shape.DRUM_X, barrel, y, z, STAINLESS_STEEL, wall_mm=make.wall_mm)
    for end, depth in ((barrel[0], -TANK_DISH_MM), (barrel[1], TANK_DISH_MM)):
        _draw_dished_end(solids, x=end, depth=depth, y=y, z=z, wall_mm=make.wall_mm)
    if make.clad_mm:
        clad = _around(y, make.clad_mm), _around(z, make.clad_mm)
        solids.tube(Shape.DRUM_X, barrel, *clad, POLYURETHANE_FOAM, wall_mm=make.clad_mm)
        solids.tube(Shape.DRUM_X, barrel, *clad, ALUMINIUM, wall_mm=0.9)
    _draw_skirts(solids, shell, barrel)
    _draw_rings(solids, shell, barrel)
    _draw_fittings(solids, shell, barrel)
    _draw_frame(solids, shell)


def _draw_skirts(solids: Solids, shell: Shell, barrel: _Span) -> None:
    """Add what carries the shell: a skirt from each end to the frame, and saddles under it."""
    make, hold = shell.tank, shell.hold
    y, z = (
        _around(each, -0.12 * make.diameter_mm) for each in ((hold.y0, hold.y1), (hold.z0, hold.z1))
    )
    for x in ((shell.x0 + 110, barrel[0]), (barrel[1], shell.x1 - 110)):
        solids.tube(Shape.DRUM_X, x, y, z, STEEL, wall_mm=6.0)
    for share in (0.08, 0.92):
        x = _along(barrel, share, 12.0)
        solids.box(x, (shell.y0 + 110, hold.y0 + 0.06 * make.diameter_mm), (-900.0, 900.0), STEEL)


def _draw_rings(solids: Solids, shell: Shell, barrel: _Span) -> None:
    """Add the rings outside and the surge plates inside."""
    make, hold = shell.tank, shell.hold
    y, z = (hold.y0, hold.y1), (hold.z0, hold.z1)
    for share in make.rings:
        x = _along(barrel, share, make.ring_mm)
        outer = _around(y, make.clad_mm + 10), _around(z, make.clad_mm + 10)
        solids.tube(Shape.DRUM_X, x, *outer, STEEL, wall_mm=8.0)
    for share in make.baffles:
        # A third of a surge plate is its holes, through which the liquid flows.
        solids.add(Shape.DRUM_X, _along(barrel, share, 4.0), y, z, STAINLESS_STEEL.packed(0.67))


def _draw_fittings(solids: Solids, shell: Shell, barrel: _Span) -> None:
    """Add manlids, valves in spill boxes and the walkway on top, the outlet low at the rear."""
    make, top = shell.tank, shell.hold.y1
    for share in make.manlids:
        solids.tube(
            Shape.DRUM_Y, _along(barrel, share, 500.0), (top - 20, top + 110), (-250.0, 250.0),
            STAINLESS_STEEL, wall_mm=8.0,
        )  # fmt: skip
    for share in make.valves:
        solids.add(Shape.DRUM_Y, _along(barrel, share, 110.0), (top, top + 100), (-55.0, 55.0),
                   STAINLESS_STEEL.packed(0.4))  # fmt: skip
        solids.shell(_along(barrel, share, 420.0), (top - 10, top + 60), (-210.0, 210.0),
                     STAINLESS_STEEL, wall_mm=2.0)  # fmt: skip
    x = _along(barrel, make.walkway[0], 0)[0], _along(barrel, make.walkway[1], 0)[1]
    walk = min(top + 90, shell.y1 - 60)
    solids.box(x, (walk, walk + 40), (260.0, 700.0), ALUMINIUM.packed(0.12))
    length, height = make.outlet_mm
    solids.box((shell.x1 - 100 - length, shell.x1 - 100), (shell.y0 + 120, shell.y0 + 120 + height),
               (-150.0, 150.0), STAINLESS_STEEL.packed(0.35))  # fmt: skip


def _draw_dished_end(
    solids: Solids, *, x: float, depth: float, y: _Span, z: _Span, wall_mm: float
) -> None:
    """Add half an ellipsoid of sheet, in rings as thick as the sheet is aslant in them."""
    steps = np.linspace(0, 1, _DISH_STEPS + 1)
    narrowing = (1 - np.sqrt(1 - steps**2)) * (y[1] - y[0]) / 2
    for index in range(_DISH_STEPS):
        here, there = narrowing[index], narrowing[index + 1]
        span = sorted((x + depth * steps[index], x + depth * steps[index + 1]))
        wall = max(float(there - here), wall_mm)
        aslant = float(np.hypot(there - here, span[1] - span[0]))
        share = min(1.0, wall_mm * aslant / (wall * (span[1] - span[0])))
        solids.tube(
            Shape.DRUM_X, (span[0], span[1]), _around(y, -float(here)), _around(z, -float(here)),
            STAINLESS_STEEL.packed(share), wall_mm=wall,
        )  # fmt: skip


def _draw_frame(solids: Solids, shell: Shell) -> None:
    draw_corners(solids, shell)
    along, up = shell.tank.brace_mm
    for side in SIDES:
        z = (-HALF, -HALF + 100) if side < 0 else (HALF - 100, HALF)
        for low in (shell.y0 + 20, shell.y1 - 120):
            solids.shell((shell.x0 + 150, shell.x1 - 150), (low, low + 100), z, STEEL, wall_mm=6.0)
        for end, inwards in ((shell.x0 + 90, 1.0), (shell.x1 - 90, -1.0)):
            solids.beam(
                (end, shell.y0 + 100 + up), (end + inwards * along, shell.y0 + 100), z,
                STEEL.packed(0.2), depth_mm=80,
            )  # fmt: skip
    for end in (shell.x0 + 10, shell.x1 - 110):
        for low in (shell.y0 + 20, shell.y1 - 120):
            solids.shell(
                (end, end + 100), (low, low + 100), (-HALF + 90, HALF - 90), STEEL, wall_mm=6.0
            )


def _around(span: _Span, more: float) -> _Span:
    return span[0] - more, span[1] + more


def _along(barrel: _Span, share: float, wide: float) -> _Span:
    """Return the ends of what is so wide, its middle at a share of the barrel."""
    middle = barrel[0] + share * (barrel[1] - barrel[0])
    return middle - wide / 2, middle + wide / 2

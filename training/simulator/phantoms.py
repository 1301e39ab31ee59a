"""Whole trucks with a container and a known load, and what smugglers do to it.

The real simulator will replace this modest generator; what others use of it is `Truck`,
`Tampering`, `build_scene`, `expose` (in `rendering`) and the encoders there.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from training.simulator.canvas import Canvas, Material
from training.simulator.cargo import GOODS, Hold, mass_kg, pack
from training.simulator.vehicle import Shell, draw_container, draw_truck

BEFORE_MM, BEFORE_WITH_CAB_MM, BEHIND_MM = 2600.0, 7200.0, 1500.0
BELOW_MM, ABOVE_MM = 420.0, 260.0
"""The beam does not reach the ground; over the container there is air."""
BOTTOM_OF_BOX_MM = 1240.0
VISIBLE_GREY_LEVELS = 8.0
"""A change is visible when it moves its region by this of 255 on average (protocol rescan-1)."""


class TamperingKind(StrEnum):
    """What was done to a load between entry and exit."""

    INSERTION = "insertion"
    REMOVAL = "removal"
    SUBSTITUTION = "substitution"
    FALSE_WALL = "false_wall"


@dataclass(frozen=True, slots=True)
class Tampering:
    """One change, placed by fractions of the hold."""

    kind: TamperingKind
    centre: tuple[float, float]
    """Along the hold and up from its floor, 0 to 1."""
    size_mm: tuple[float, float]
    heading: str = ""
    """Of what was put there (substitution); insertions and walls are of steel."""
    areal: float = 30.0
    """g/cm2 put into (insertion, false wall) the rays."""


@dataclass(frozen=True, slots=True)
class Truck:
    """A container, its load and the truck that carries it; equal values look equal."""

    heading: str
    """HS heading of the load, one of `GOODS`; empty for an empty container."""
    seed: int
    length_ft: int = 40
    high_cube: bool = True
    trailer_seed: int = 0
    """At exit the container may stand on another trailer."""
    with_cab: bool = False
    tampering: tuple[Tampering, ...] = ()


@dataclass(frozen=True, slots=True)
class Scene:
    """What the beam goes through."""

    canvas: Canvas
    shell: Shell
    cargo_mass_kg: float


def build_scene(truck: Truck, *, pitch_mm: float = 6.0) -> Scene:
    """Build the side view of a truck.

    Args:
        truck: what to build.
        pitch_mm: of the grid; a third finer than the pixels that will be made of it is enough.

    Raises:
        KeyError: the heading is not in `GOODS`.
    """
    reefer = bool(truck.heading) and GOODS[truck.heading].reefer
    before = BEFORE_WITH_CAB_MM if truck.with_cab else BEFORE_MM
    shell = Shell(before, BOTTOM_OF_BOX_MM, truck.length_ft, truck.high_cube, reefer)
    top = shell.y1 + ABOVE_MM
    canvas = Canvas.blank(
        width_mm=shell.x1 + BEHIND_MM, height_mm=top - BELOW_MM, pitch_mm=pitch_mm, top_mm=top
    )
    cargo = load(canvas.like(), truck, shell)
    draw_container(canvas, shell, generator=_generator(truck.seed, "container"))
    trailer = _generator(truck.seed + 7919 * truck.trailer_seed, "trailer")
    draw_truck(canvas, shell, generator=trailer, with_cab=truck.with_cab)
    canvas.add(cargo)
    return Scene(canvas, shell, mass_kg(cargo))


def load(canvas: Canvas, truck: Truck, shell: Shell) -> Canvas:
    """Pack and tamper on an empty canvas; returns it."""
    hold = Hold(*shell.hold)
    if truck.heading:
        pack(canvas, truck.heading, hold, generator=_generator(truck.seed, "cargo"))
        canvas.organic[:] = np.maximum(canvas.organic, 0)
        canvas.steel[:] = np.maximum(canvas.steel, 0)
        _keep_inside(canvas, hold)
    for index, change in enumerate(truck.tampering):
        _tamper(canvas, hold, change, generator=_generator(truck.seed + index, "tampering"))
    return canvas


def _keep_inside(canvas: Canvas, hold: Hold) -> None:
    region = canvas.region(hold.x0, hold.y0, hold.x1, hold.y1)
    for plane in (canvas.organic, canvas.steel):
        kept = plane[region].copy()
        plane[:] = 0
        plane[region] = kept


def changed_box(hold: Hold, change: Tampering) -> tuple[float, float, float, float]:
    """Return x0, y0, x1, y1 of a change, mm of the scene, cut to the hold."""
    if change.kind is TamperingKind.FALSE_WALL:
        middle = hold.x0 + change.centre[0] * hold.width
        half = change.size_mm[0] / 2
        return (max(middle - half, hold.x0), hold.y0, min(middle + half, hold.x1), hold.y1)
    x = hold.x0 + change.centre[0] * hold.width
    y = hold.y0 + change.centre[1] * hold.height
    wide, tall = change.size_mm
    return (
        max(x - wide / 2, hold.x0),
        max(y - tall / 2, hold.y0),
        min(x + wide / 2, hold.x1),
        min(y + tall / 2, hold.y1),
    )


def _tamper(
    canvas: Canvas, hold: Hold, change: Tampering, *, generator: np.random.Generator
) -> None:
    x0, y0, x1, y1 = changed_box(hold, change)
    region = canvas.region(x0, y0, x1, y1)
    if change.kind in (TamperingKind.REMOVAL, TamperingKind.SUBSTITUTION):
        canvas.organic[region] *= 0.1
        canvas.steel[region] *= 0.1
    if change.kind is TamperingKind.SUBSTITUTION:
        other = canvas.like()
        pack(other, change.heading, hold, generator=generator)
        canvas.organic[region] += np.maximum(other.organic[region], 0)
        canvas.steel[region] += np.maximum(other.steel[region], 0)
    elif change.kind is TamperingKind.FALSE_WALL:
        canvas.box((x0, y0, x1, y1), change.areal, Material.STEEL)
    elif change.kind is TamperingKind.INSERTION:
        canvas.box((x0, y0, x1, y1), change.areal * 0.7, Material.STEEL)
        centre = ((x0 + x1) / 2, (y0 + y1) / 2)
        axes = ((x1 - x0) * 0.4, (y1 - y0) * 0.4)
        canvas.ellipse(centre, axes, change.areal * 0.6, Material.STEEL)


def _generator(seed: int, purpose: str) -> np.random.Generator:
    """Return independent random numbers for each purpose of one seed."""
    return np.random.default_rng([seed & 0xFFFFFFFF, *purpose.encode()])

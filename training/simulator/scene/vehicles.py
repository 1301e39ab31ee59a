"""What carries a container: chassis and trailers behind, the tractor before it. No container.

Dimensions are those of common European and North American semi-trailers: tyres 385/65 R 22.5 or
11 R 22.5 about 1,040 mm across, axles 1,310 mm apart, two main beams about 960 mm apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from training.simulator.physics.materials import (
    ALUMINIUM,
    GLASS,
    POLYETHYLENE,
    RUBBER,
    STEEL,
    WATER,
    Material,
)
from training.simulator.scene.boxes import PLYWOOD
from training.simulator.scene.containers import Shell
from training.simulator.scene.solids import Shape, Solids

TYRE_MM = 1040.0
DIESEL = Material("diesel", 0.83, {"C": 0.86, "H": 0.14})
TRACK_MM = ((-1230.0, -640.0), (640.0, 1230.0))
"""Across the truck, from outer to inner face of twin tyres."""
BEAMS_MM = ((-490.0, -470.0), (470.0, 490.0))
COUPLING_BEHIND_FRONT_MM = 900.0


class Trailer(StrEnum):
    """How the container travels."""

    SKELETAL = "skeletal"
    GOOSENECK = "gooseneck"
    FLATBED = "flatbed"
    NONE = "none"
    """Standing on the ground of a portal, or drawn alone."""


@dataclass(frozen=True, slots=True)
class Vehicle:
    """A truck under a container; equal values look equal."""

    trailer: Trailer = Trailer.SKELETAL
    seed: int = 0
    with_cab: bool = False
    """Most sites scan behind the cab; then only the tractor's rear is seen."""


def draw_vehicle(
    solids: Solids, shell: Shell, vehicle: Vehicle, *, generator: np.random.Generator
) -> None:
    """Add trailer and tractor; the cab points to lower x."""
    if vehicle.trailer is Trailer.NONE:
        return
    front = shell.x0 - float(generator.uniform(100, 420))
    rear = shell.x1 + float(generator.uniform(60, 520))
    if shell.length_ft == 20 and generator.random() < 0.6:
        # A small box on a long trailer, over its axles or in its middle.
        front -= float(generator.uniform(1500, 4500))
        rear += float(generator.uniform(0, 2200))
    _draw_beams(solids, shell, vehicle, ends=(front, rear), generator=generator)
    _draw_running_gear(solids, shell, ends=(front, rear), generator=generator)
    _draw_landing_legs(solids, x=front + float(generator.uniform(2500, 3000)), top=shell.y0 - 200)
    _draw_tractor(
        solids, shell, coupling=front + COUPLING_BEHIND_FRONT_MM, with_cab=vehicle.with_cab,
        generator=generator,
    )  # fmt: skip


def _draw_beams(
    solids: Solids,
    shell: Shell,
    vehicle: Vehicle,
    *,
    ends: tuple[float, float],
    generator: np.random.Generator,
) -> None:
    """Add two I beams, deep over the axles, shallow over the tractor, and what joins them."""
    front, rear = ends
    top = shell.y0 - 8
    if vehicle.trailer is Trailer.FLATBED:
        solids.box((front, rear), (top - 32, top), (-1240.0, 1240.0), PLYWOOD)
        for z in ((-1250.0, -1235.0), (1235.0, 1250.0)):
            solids.box((front, rear), (top - 150, top + 10), z, STEEL.packed(0.35))
        top -= 40
    deep = float(generator.uniform(300, 430))
    shallow = float(generator.uniform(130, 190))
    neck = front + float(generator.uniform(2700, 3500))
    spacing, holed = float(generator.uniform(550, 800)), bool(generator.random() < 0.3)
    for z in BEAMS_MM:
        flange = (z[0] - 60, z[1] + 60)
        web = (z[0] + 6, z[0] + 14)
        solids.box((front, rear), (top - 14, top), flange, STEEL)
        solids.box((front, neck), (top - shallow, top), web, STEEL)
        solids.box((front, neck), (top - shallow, top - shallow + 14), flange, STEEL)
        solids.add(
            Shape.WEDGE_Y, (neck, neck + 450), (top - shallow, top), web, STEEL,
            low_rise=shallow - deep,
        )  # fmt: skip
        solids.beam(
            (neck, top - shallow + 7), (neck + 450, top - deep + 7), flange, STEEL, depth_mm=14
        )
        solids.box((neck + 450, rear), (top - deep, top), web, STEEL)
        solids.box((neck + 450, rear), (top - deep, top - deep + 14), flange, STEEL)
        # Holes cut into the webs of some, to save weight; stiffeners.
        holes = np.arange(neck + 900, rear - 800, spacing)
        if holed:
            solids.add(
                Shape.DRUM_Z,
                (holes, holes + 90),
                (top - deep / 2 - 45, top - deep / 2 + 45),
                web,
                STEEL,
                share=-1.0,
            )
        solids.box((holes + 250, holes + 258), (top - deep, top), flange, STEEL.packed(0.7))
    members = np.linspace(neck + 600, rear - 500, 6)
    solids.box((members, members + 6), (top - 200, top - 40), (-470.0, 470.0), STEEL)
    for bolster in (shell.x0 + 20, shell.x1 - 220):
        solids.shell(
            (bolster, bolster + 180), (top - 150, top), (-1200.0, 1200.0), STEEL, wall_mm=6.0
        )
    solids.shell((rear - 90, rear), (top - 560, top - 440), (-1150.0, 1150.0), STEEL, wall_mm=5.0)
    for z in BEAMS_MM:
        solids.box((rear - 80, rear - 20), (top - 450, top), z, STEEL.packed(0.6))
    lamps = (rear - 60, rear)
    solids.box(lamps, (top - 330, top - 200), (-1150.0, -800.0), POLYETHYLENE.packed(0.4))
    solids.box(lamps, (top - 330, top - 200), (800.0, 1150.0), POLYETHYLENE.packed(0.4))


def _draw_running_gear(
    solids: Solids, shell: Shell, *, ends: tuple[float, float], generator: np.random.Generator
) -> None:
    rear = ends[1]
    last = rear - float(generator.uniform(1200, 2200))
    for index in range(int(generator.integers(2, 4))):
        x = last - 1310 * index
        draw_wheels(solids, x=x)
        solids.tube(
            Shape.DRUM_Z, (x - 70, x + 70), (TYRE_MM / 2 - 70, TYRE_MM / 2 + 70), (-900.0, 900.0),
            STEEL, wall_mm=14.0,
        )  # fmt: skip
        for z in BEAMS_MM:
            spring = (z[0] - 40, z[1] + 40)
            solids.add(
                Shape.DRUM_Y, (x + 150, x + 400), (TYRE_MM / 2 + 60, shell.y0 - 250), spring,
                RUBBER.packed(0.4),
            )  # fmt: skip
            solids.beam(
                (x - 450, TYRE_MM / 2 + 180), (x + 420, TYRE_MM / 2 + 20), spring,
                STEEL.packed(0.7), depth_mm=55,
            )  # fmt: skip
            solids.box((x - 500, x - 400), (TYRE_MM / 2, shell.y0 - 180), spring, STEEL.packed(0.3))
        solids.add(
            Shape.DRUM_Z, (x - 130, x + 130), (TYRE_MM / 2 - 130, TYRE_MM / 2 + 130),
            (-640.0, -560.0), STEEL.packed(0.5),
        )  # fmt: skip
    tank = last - 3900 + float(generator.uniform(-300, 300))
    solids.tube(
        Shape.DRUM_X, (tank, tank + 750), (620.0, 900.0), (-350.0, -70.0), STEEL, wall_mm=4.0
    )


def draw_wheels(solids: Solids, *, x: float, y: float = TYRE_MM / 2) -> None:
    """Add the wheels of one axle, twin tyres on each side."""
    for outer, inner in TRACK_MM:
        side = (outer, inner)
        _disc(solids, (x, y), TYRE_MM / 2, side, RUBBER.packed(0.8))
        _disc(
            solids,
            (x, y),
            TYRE_MM / 2 - 38,
            (outer + 30, inner - 30),
            RUBBER.packed(0.8),
            share=-0.85,
        )
        _disc(solids, (x, y), 300, side, RUBBER.packed(0.8), share=-0.15)
        _ring(solids, (x, y), 298, side, STEEL, wall=9.0)
        middle = (outer + inner) / 2
        _disc(solids, (x, y), 285, (middle - 14, middle + 14), STEEL.packed(0.8))
        _disc(solids, (x, y), 165, (middle - 130, middle + 130), STEEL.packed(0.75))
        _ring(solids, (x, y), 215, (middle - 110, middle + 110), STEEL, wall=22.0)


def _disc(
    solids: Solids,
    centre: tuple[float, float],
    radius: float,
    z: tuple[float, float],
    material: Material,
    *,
    share: float = 1.0,
) -> None:
    x, y = centre
    span = (x - radius, x + radius), (y - radius, y + radius)
    solids.add(Shape.DRUM_Z, *span, z, material, share=share)


def _ring(
    solids: Solids,
    centre: tuple[float, float],
    radius: float,
    z: tuple[float, float],
    material: Material,
    *,
    wall: float,
) -> None:
    _disc(solids, centre, radius, z, material)
    _disc(solids, centre, radius - wall, z, material, share=-1.0)


def _draw_landing_legs(solids: Solids, *, x: float, top: float) -> None:
    for z in ((-720.0, -610.0), (610.0, 720.0)):
        solids.shell((x, x + 110), (top - 560, top), z, STEEL, wall_mm=8.0)
        solids.shell(
            (x + 12, x + 98), (top - 820, top - 300), (z[0] + 12, z[1] - 12), STEEL, wall_mm=8.0
        )
        solids.box((x - 60, x + 170), (top - 840, top - 820), (z[0] - 40, z[1] + 40), STEEL)
    solids.beam((x + 50, top - 500), (x + 750, top - 60), (-640.0, -610.0), STEEL, depth_mm=50)
    solids.box((x + 30, x + 80), (top - 330, top - 280), (-610.0, 610.0), STEEL.packed(0.3))


def _draw_tractor(
    solids: Solids,
    shell: Shell,
    *,
    coupling: float,
    with_cab: bool,
    generator: np.random.Generator,
) -> None:
    frame_top = min(shell.y0 - 260, 1010.0)
    # The frame reaches a metre behind the coupling and forward to the front bumper.
    x = (coupling - 4700, coupling + 1050)
    for z in ((-430.0, -422.0), (422.0, 430.0)):
        solids.box(x, (frame_top - 280, frame_top), z, STEEL)
        for flange in (frame_top - 280, frame_top - 9):
            wide = (z[0], z[0] + 80) if z[0] < 0 else (z[1] - 80, z[1])
            solids.box(x, (flange, flange + 9), wide, STEEL)
    solids.box(
        (coupling - 420, coupling + 480),
        (frame_top + 40, frame_top + 130),
        (-450.0, 450.0),
        STEEL.packed(0.45),
    )
    solids.add(
        Shape.WEDGE_Y,
        (coupling + 380, coupling + 800),
        (frame_top + 20, frame_top + 130),
        (-450.0, 450.0),
        STEEL.packed(0.3),
        high_rise=-90.0,
    )
    drive = coupling + float(generator.uniform(-250, 250))
    axles = (drive - 650, drive + 700) if generator.random() < 0.6 else (drive,)
    for axle in axles:
        draw_wheels(solids, x=axle)
        solids.add(
            Shape.ELLIPSOID,
            (axle - 260, axle + 260),
            (300.0, 740.0),
            (-200.0, 200.0),
            STEEL.packed(0.6),
        )
        solids.tube(
            Shape.DRUM_Z,
            (axle - 75, axle + 75),
            (445.0, 595.0),
            (-800.0, 800.0),
            STEEL,
            wall_mm=12.0,
        )
        for z in ((-470.0, -390.0), (390.0, 470.0)):
            solids.beam((axle - 600, 640.0), (axle + 600, 640.0), z, STEEL, depth_mm=60)
    solids.add(
        Shape.DRUM_X,
        (coupling - 3300, coupling - 650),
        (480.0, 580.0),
        (-60.0, 60.0),
        STEEL.packed(0.35),
    )
    tank = coupling - float(generator.uniform(2500, 2900))
    for z in ((-1230.0, -640.0), (640.0, 1230.0)):
        full = float(generator.uniform(0.3, 0.95))
        box = (tank, tank + 1100), (430.0, 1020.0)
        solids.shell(*box, z, ALUMINIUM, wall_mm=3.0)
        level = 433.0 + full * 584.0
        solids.box((tank + 3, tank + 1097), (433.0, level), (z[0] + 3, z[1] - 3), DIESEL)
    if with_cab:
        _draw_cab(solids, rear=coupling - 2950, generator=generator)


def _draw_cab(solids: Solids, *, rear: float, generator: np.random.Generator) -> None:
    long = float(generator.uniform(1650, 2250))
    front, floor, roof = rear - long, 1050.0, float(generator.uniform(2800, 3500))
    wide = (-1230.0, 1230.0)
    for z in ((-1230.0, -1228.0), (1228.0, 1230.0)):
        solids.box((front + 120, rear), (floor - 350, roof), z, STEEL.packed(0.9))
        for post in (front + 130, front + 1050, rear - 70):
            solids.box((post, post + 70), (floor, roof), (z[0] - 20, z[1] + 20), STEEL.packed(0.25))
        solids.box((front + 220, front + 1030), (floor + 750, floor + 1500), z, GLASS.packed(2.2))
    for panel in ((floor, floor + 5), (roof - 4, roof)):
        solids.box((front + 100, rear), panel, wide, STEEL.packed(0.9))
    solids.box((rear - 4, rear), (floor, roof), wide, STEEL.packed(0.5))
    solids.box((front + 60, front + 110), (floor + 700, roof - 250), wide, GLASS.packed(0.12))
    solids.box((front, front + 110), (floor - 650, floor + 700), wide, POLYETHYLENE.packed(0.08))
    solids.box((front + 20, front + 60), (floor - 600, floor - 350), wide, STEEL.packed(0.15))
    # Engine, gearbox, radiator, steering axle, seats.
    solids.box(
        (front + 550, front + 1650),
        (620.0, 1300.0),
        (-330.0, 330.0),
        STEEL.packed(0.33),
        mottle=0.5,
        grain_mm=120.0,
    )
    solids.box(
        (front + 1650, front + 2300),
        (600.0, 980.0),
        (-200.0, 200.0),
        ALUMINIUM.packed(0.5),
        mottle=0.4,
        grain_mm=90.0,
    )
    solids.box((front + 380, front + 480), (650.0, 1350.0), (-450.0, 450.0), ALUMINIUM.packed(0.3))
    solids.box((front + 380, front + 480), (650.0, 1350.0), (-450.0, 450.0), WATER.packed(0.2))
    axle = front + 1350
    for z in ((-1230.0, -900.0), (900.0, 1230.0)):
        _disc(solids, (axle, TYRE_MM / 2), TYRE_MM / 2, z, RUBBER.packed(0.8))
        _disc(
            solids,
            (axle, TYRE_MM / 2),
            TYRE_MM / 2 - 38,
            (z[0] + 30, z[1] - 30),
            RUBBER.packed(0.8),
            share=-0.85,
        )
        _ring(solids, (axle, TYRE_MM / 2), 290, z, STEEL, wall=10.0)
        _disc(solids, (axle, TYRE_MM / 2), 180, z, STEEL.packed(0.5))
    for z in ((-900.0, -350.0), (350.0, 900.0)):
        solids.box(
            (front + 750, front + 1250), (floor + 250, floor + 450), z, POLYETHYLENE.packed(0.25)
        )
        solids.box(
            (front + 1180, front + 1320), (floor + 300, floor + 1050), z, POLYETHYLENE.packed(0.25)
        )

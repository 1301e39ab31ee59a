"""A container, its load and the truck under it: from a short description to bodies in space.

No beam and no scanner. Tampering puts bodies in and takes boxes out; both are kept apart from the
honest load, so that what changed can be drawn by itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from training.simulator.goods.catalogue import goods_of
from training.simulator.physics.materials import STEEL
from training.simulator.scene.containers import ContainerKind, Hold, Shell
from training.simulator.scene.frames import draw_container, draw_rain
from training.simulator.scene.leftovers import draw_leftovers
from training.simulator.scene.projection import NO_VOIDS, Fan, Voids, project
from training.simulator.scene.solids import Shape, Solids
from training.simulator.scene.tank_makes import MAKES
from training.simulator.scene.vehicles import Trailer, Vehicle, draw_vehicle

BED_MM = 1250.0
"""Height of a trailer's bed above ground."""
BEFORE_MM, BEFORE_WITH_CAB_MM, BEHIND_MM = 2600.0, 7200.0, 1500.0
"""Of the truck in the picture, before and behind the container."""
SEEN_FROM_MM = 380.0
"""Height above ground below which no detectors reach."""

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
    """Along and up; a false wall stands from floor to roof."""
    heading: str = ""
    """Of what was put there (substitution); insertions and walls are of steel."""
    areal: float = 30.0
    """g/cm2 put into the rays (insertion, false wall)."""


@dataclass(frozen=True, slots=True)
class Truck:
    """What to build; equal values look equal."""

    heading: str
    """HS heading of the load; empty for an empty container."""
    seed: int
    length_ft: int = 40
    high_cube: bool = True
    kind: ContainerKind | None = None
    """None: as the goods travel most."""
    trailer: Trailer = Trailer.SKELETAL
    trailer_seed: int = 0
    """At exit the container may stand on another trailer."""
    with_cab: bool = False
    rain_mm: float = 0.0
    """Water standing on the roof."""
    swept: bool = False
    """Of a truck without heading: nothing is left over in the container. Loaded ones are swept."""
    tampering: tuple[Tampering, ...] = ()

    @property
    def shell(self) -> Shell:
        """The container, standing."""
        kind = self.kind or _usual_kind(self.heading)
        before = BEFORE_WITH_CAB_MM if self.with_cab else BEFORE_MM
        high_cube = self.high_cube and kind in (ContainerKind.DRY, ContainerKind.REEFER)
        make = int(_generator(self.seed, "make").integers(MAKES))
        return Shell(before, BED_MM, self.length_ft, high_cube, kind, make)


def _usual_kind(heading: str) -> ContainerKind:
    if not heading:
        return ContainerKind.DRY
    return max(goods_of(heading).containers)[1]


@dataclass(frozen=True, slots=True)
class Scene:
    """What the beam goes through."""

    shell: Shell
    truck: Solids
    """Container and vehicle."""
    cargo: Solids
    added: Solids
    """Put into the cargo; `voids` do not cut it."""
    voids: Voids
    """Boxes taken out of the cargo."""

    @property
    def cargo_mass_kg(self) -> float:
        """Mass of what is in the hold."""
        return cargo_mass_kg(self.cargo, voids=self.voids) + self.added.mass_kg()

    def project(self, fan: Fan, column_edges_mm: NDArray[np.float64]) -> NDArray[np.float32]:
        """Return (3, rows, columns) areal densities of all there is, g/cm2."""
        areal = project(self.truck, fan, column_edges_mm)
        project(self.cargo, fan, column_edges_mm, voids=self.voids, into=areal)
        return project(self.added, fan, column_edges_mm, into=areal)


def build_scene(truck: Truck) -> Scene:
    """Build a truck.

    Raises:
        ValueError: the heading is not modelled, or no such container is.
    """
    shell = truck.shell
    cargo, added, steelwork = Solids(), Solids(), Solids()
    if truck.heading:
        cargo.item = 0
        goods_of(truck.heading).pack(cargo, shell.hold, generator=_generator(truck.seed, "cargo"))
    voids = NO_VOIDS
    for index, change in enumerate(truck.tampering):
        generator = _generator(truck.seed + index, "tampering")
        voids = np.concatenate([voids, _tamper(added, shell.hold, change, generator=generator)])
    draw_container(steelwork, shell, generator=_generator(truck.seed, "container"))
    if not (truck.heading or truck.swept):
        draw_leftovers(steelwork, shell, generator=_generator(truck.seed, "leftovers"))
    if truck.rain_mm > 0:
        draw_rain(steelwork, shell, film_mm=truck.rain_mm)
    trailer_seed = truck.seed + 7919 * truck.trailer_seed
    draw_vehicle(
        steelwork, shell, Vehicle(truck.trailer, trailer_seed, truck.with_cab),
        generator=_generator(trailer_seed, "trailer"),
    )  # fmt: skip
    return Scene(shell, steelwork, cargo, added, voids)


def changed_box(hold: Hold, change: Tampering) -> tuple[float, float, float, float]:
    """Return x0, y0, x1, y1 of a change, mm of the scene, cut to the hold."""
    x, y = hold.x0 + change.centre[0] * hold.length, hold.y0 + change.centre[1] * hold.height
    wide, tall = change.size_mm
    if change.kind is TamperingKind.FALSE_WALL:
        y, tall = (hold.y0 + hold.y1) / 2, hold.height
    return (
        max(x - wide / 2, hold.x0),
        max(y - tall / 2, hold.y0),
        min(x + wide / 2, hold.x1),
        min(y + tall / 2, hold.y1),
    )


def _tamper(
    added: Solids, hold: Hold, change: Tampering, *, generator: np.random.Generator
) -> Voids:
    """Put in what a change adds; return the boxes it takes out of the cargo."""
    x0, y0, x1, y1 = changed_box(hold, change)
    if change.kind is TamperingKind.REMOVAL:
        return _void(x0, y0, x1, y1, (hold.z0, hold.z1))
    if change.kind is TamperingKind.SUBSTITUTION:
        room = Hold(x0, x1, y0, y1, hold.z0, hold.z1, hold.payload_kg)
        goods_of(change.heading).pack(added, room, generator=generator)
        return _void(x0, y0, x1, y1, (hold.z0, hold.z1))
    if change.kind is TamperingKind.FALSE_WALL:
        density = change.areal / (hold.width / 10)
        added.box((x0, x1), (y0, y1), (hold.z0, hold.z1), STEEL.of_density(density))
        return NO_VOIDS
    deep = change.areal / STEEL.density_g_cm3 * 10
    middle = float(generator.uniform(-0.3, 0.3)) * hold.width
    z = (middle - deep / 2, middle + deep / 2)
    added.box((x0, x1), (y0, y1), z, STEEL.packed(0.7))
    xr, yr = 0.1 * (x1 - x0), 0.1 * (y1 - y0)
    added.add(Shape.DRUM_Z, (x0 + xr, x1 - xr), (y0 + yr, y1 - yr), z, STEEL.packed(0.6))
    return _void(x0, y0, x1, y1, z)


def _void(x0: float, y0: float, x1: float, y1: float, z: tuple[float, float]) -> Voids:
    return np.array([[x0, x1, y0, y1, z[0], z[1]]], np.float32)


def cargo_mass_kg(cargo: Solids, *, voids: Voids = NO_VOIDS) -> float:
    """Return the mass of a load less what was taken out of it."""
    rows = cargo.rows()
    if len(rows) == 0:
        return 0.0
    whole = cargo.mass_kg()
    if len(voids) == 0:
        return whole
    seen = [_seen_by_parallel_rays(cargo, cut) for cut in (NO_VOIDS, voids)]
    return whole * seen[1] / seen[0]


def _seen_by_parallel_rays(cargo: Solids, voids: Voids) -> float:
    rows = cargo.rows()
    low, high = float(rows["y0"].min()), float(rows["y1"].max()) + 40
    fan = Fan(
        from_above=False, source_u_mm=(low + high) / 2, source_v_mm=1e7, first_u_mm=high,
        pitch_mm=20.0, rows=round((high - low) / 20) + 2, middle_height_mm=(low + high) / 2,
    )  # fmt: skip
    edges = np.arange(float(rows["x0"].min()), float(rows["x1"].max()) + 20, 20.0)
    return float(project(cargo, fan, edges, voids=voids).sum())


def _generator(seed: int, purpose: str) -> np.random.Generator:
    """Return independent random numbers for each purpose of one seed."""
    return np.random.default_rng([seed & 0xFFFFFFFF, *purpose.encode()])

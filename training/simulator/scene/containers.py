"""Freight containers: what they measure and the room they offer. Drawn in `boxes` and `frames`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from training.simulator.scene.tank_makes import TankMake, tank_make

# ISO 668:2020, outer dimensions, mm.
LENGTH_MM = {20: 6058.0, 40: 12192.0, 45: 13716.0}
WIDTH_MM = 2438.0
HALF = WIDTH_MM / 2
SIDES = (-1.0, 1.0)
"""Near the scanner's source and far from it, seen from the side."""
STANDARD_HEIGHT_MM, HIGH_CUBE_HEIGHT_MM = 2591.0, 2896.0
# ISO 1161: top corner fitting.
CASTING_LENGTH_MM, CASTING_WIDTH_MM, CASTING_HEIGHT_MM = 178.0, 162.0, 118.0

TANK_DISH_MM = 260.0
"""How far a tank's dished ends reach beyond its barrel."""


class ContainerKind(StrEnum):
    """What a container is built for."""

    DRY = "dry"
    REEFER = "reefer"
    TANK = "tank"
    OPEN_TOP = "open_top"
    FLAT_RACK = "flat_rack"


# Tare and payload, kg: carriers' published equipment tables, typical values.
TARE_KG = {
    (ContainerKind.DRY, 20): 2250.0,
    (ContainerKind.DRY, 40): 3800.0,
    (ContainerKind.DRY, 45): 4800.0,
    (ContainerKind.REEFER, 20): 3000.0,
    (ContainerKind.REEFER, 40): 4600.0,
    (ContainerKind.TANK, 20): 3600.0,
    (ContainerKind.OPEN_TOP, 20): 2350.0,
    (ContainerKind.OPEN_TOP, 40): 3900.0,
    (ContainerKind.FLAT_RACK, 20): 2800.0,
    (ContainerKind.FLAT_RACK, 40): 5200.0,
}
HIGH_CUBE_TARE_KG = 150.0
MOST_GROSS_KG = 32_500.0
"""Usual rating of boxes now in service; ISO 668 allows up to 36 000 kg, roads allow less (see
`goods.stowage`)."""


@dataclass(frozen=True, slots=True)
class Hold:
    """Room for cargo, mm of the scene."""

    x0: float
    x1: float
    y0: float
    y1: float
    z0: float
    z1: float
    payload_kg: float
    """The most it may carry."""
    round_tank: bool = False
    """Room is the cylinder within these bounds."""

    @property
    def length(self) -> float:
        """Along the container."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """Clear height."""
        return self.y1 - self.y0

    @property
    def width(self) -> float:
        """Across the container."""
        return self.z1 - self.z0

    def part(self, first: float, last: float) -> Hold:
        """Return what lies between two shares of the length, with its share of the payload."""
        return Hold(
            self.x0 + first * self.length,
            self.x0 + last * self.length,
            self.y0,
            self.y1,
            self.z0,
            self.z1,
            self.payload_kg * (last - first),
            self.round_tank,
        )


@dataclass(frozen=True, slots=True)
class Shell:
    """A container standing in the scene, its doors at the higher x."""

    x0: float
    y0: float
    """Underside above ground."""
    length_ft: int
    high_cube: bool = False
    kind: ContainerKind = ContainerKind.DRY
    make: int = 0
    """Of tanks: the number of their make."""

    def __post_init__(self) -> None:
        if (self.kind, self.length_ft) not in TARE_KG:
            sizes = sorted(size for kind, size in TARE_KG if kind is self.kind)
            raise ValueError(
                f"a {self.kind} container is modelled with {sizes} ft, got {self.length_ft}"
            )

    @property
    def x1(self) -> float:
        """The door end."""
        return self.x0 + LENGTH_MM[self.length_ft]

    @property
    def y1(self) -> float:
        """Upper face of the top castings."""
        return self.y0 + (HIGH_CUBE_HEIGHT_MM if self.high_cube else STANDARD_HEIGHT_MM)

    @property
    def tare_kg(self) -> float:
        """Mass of the empty container."""
        return TARE_KG[self.kind, self.length_ft] + HIGH_CUBE_TARE_KG * self.high_cube

    @property
    def tank(self) -> TankMake:
        """How it is built, were it a tank."""
        return tank_make(self.make)

    @property
    def hold(self) -> Hold:
        """Room for cargo."""
        if self.kind is ContainerKind.TANK:
            return self._in_tank()
        front, door, floor, roof, wall = _INSIDE_MM[self.kind]
        return Hold(
            self.x0 + front,
            self.x1 - door,
            self.y0 + floor,
            self.y1 - roof,
            -HALF + wall,
            HALF - wall,
            MOST_GROSS_KG - self.tare_kg,
        )

    def _in_tank(self) -> Hold:
        tank, low = self.tank, self.y0 + self.tank.floor_mm
        return Hold(
            self.x0 + tank.ends_mm[0],
            self.x1 - tank.ends_mm[1],
            low,
            low + tank.diameter_mm,
            -tank.diameter_mm / 2,
            tank.diameter_mm / 2,
            MOST_GROSS_KG - self.tare_kg,
            round_tank=True,
        )


# What lies between the outer faces and the hold: front end, door end, floor, roof, side wall.
_INSIDE_MM = {
    ContainerKind.DRY: (75.0, 85.0, 165.0, 50.0, 44.0),
    ContainerKind.REEFER: (480.0, 100.0, 300.0, 170.0, 75.0),
    ContainerKind.OPEN_TOP: (75.0, 85.0, 165.0, 60.0, 44.0),
    ContainerKind.FLAT_RACK: (260.0, 260.0, 650.0, 60.0, 20.0),
}


def outside(side: float, depth_mm: float) -> tuple[float, float]:
    """Return the span of z that begins at an outer face and goes `depth_mm` inwards."""
    return inside(side, 0, depth_mm)


def inside(side: float, first_mm: float, last_mm: float) -> tuple[float, float]:
    """Return the span of z between two depths within an outer face."""
    return (-HALF + first_mm, -HALF + last_mm) if side < 0 else (HALF - last_mm, HALF - first_mm)

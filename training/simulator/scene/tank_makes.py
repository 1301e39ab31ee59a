"""How tank containers are built. Fleets buy them in series: a make has its shell and fittings."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

MAKES = 40
"""Two tanks met by chance are of one make once in so many times."""
_PURPOSE = "tank make"


@dataclass(frozen=True, slots=True)
class TankMake:
    """A make of 20 ft tank container of ISO 1496-3; mm, shares of the shell's length.

    Shells of 18 to 24 m3 of 4.4 to 6 mm stainless steel, most of them insulated and clad, where
    published equipment lists have 17.5 to 26 m3; manlid, relief valves and walkway on top, the
    outlet low at the rear. Sizes are chosen within the frame, not from a drawing.
    """

    diameter_mm: float
    """Of the shell, inside."""
    ends_mm: tuple[float, float]
    """Between the frame's outer faces and the shell, front and rear."""
    floor_mm: float
    """Of the shell's inside above the frame's underside."""
    wall_mm: float
    clad_mm: float
    """Of insulation under sheet; 0 without."""
    rings: tuple[float, ...]
    """Where the shell is stiffened."""
    ring_mm: float
    """How wide rings are."""
    manlids: tuple[float, ...]
    valves: tuple[float, ...]
    """Where relief and air valves stand in their spill boxes."""
    walkway: tuple[float, float]
    """From where to where one walks on top."""
    baffles: tuple[float, ...]
    """Where surge plates stand inside."""
    brace_mm: tuple[float, float]
    """How far along and up the braces in the frame's corners reach."""
    outlet_mm: tuple[float, float]
    """Length and height of the outlet with its valves."""


@cache
def tank_make(number: int) -> TankMake:
    """Return one of the makes, 0 to `MAKES` - 1."""
    generator = np.random.default_rng([number, *_PURPOSE.encode()])

    def draw(low: float, high: float) -> float:
        return float(generator.uniform(low, high))

    def spread(count: int, margin: float) -> tuple[float, ...]:
        return tuple(np.linspace(margin, 1 - margin, count).tolist()) if count else ()

    clad = draw(42, 60) if generator.random() < 0.75 else 0.0
    # What is left within the frame once cladding and rings are on.
    diameter = draw(2070, 2400 - 2 * clad)
    free = 2591 - diameter - 2 * clad
    manlids: tuple[float, ...] = (0.5 + draw(-0.06, 0.06),)
    if generator.random() < 0.2:
        manlids = (draw(0.2, 0.35), draw(0.65, 0.8))
    walk = draw(0.05, 0.45)
    return TankMake(
        diameter_mm=diameter,
        ends_mm=(draw(110, 240), draw(140, 280)),
        floor_mm=clad + free * draw(0.45, 0.62),
        wall_mm=float(generator.choice([4.4, 4.4, 5.0, 6.0])),
        clad_mm=clad,
        rings=spread(int(generator.integers(2, 8)), draw(0.02, 0.14)),
        ring_mm=draw(45, 90),
        manlids=manlids,
        valves=tuple(draw(0.2, 0.8) for _ in range(int(generator.integers(1, 4)))),
        walkway=(walk, draw(max(walk + 0.2, 0.55), 0.97)),
        baffles=spread(int(generator.choice([0, 0, 1, 2, 3])), draw(0.22, 0.33)),
        brace_mm=(draw(500, 1300), draw(500, 1100)),
        outlet_mm=(draw(160, 320), draw(200, 360)),
    )

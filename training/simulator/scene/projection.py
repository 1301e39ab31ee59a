"""Line integrals of solids along the rays of a line scanner's fan beam. No spectrum, no noise.

The truck moves along x; at each moment a fan of rays in one plane across it goes from the source to
a straight line of detectors. Within that plane u runs along the detectors and v away from the
source: for a view from the side u is y (up) and v is z (across), for a view from above u is z and v
points down. Along x rays are parallel, in u they diverge: what is nearer to the source is drawn
larger, and the near and far edges of a roof or of a load's top stand apart. Chords are exact for
every shape but pillows and heaps, which are cut into slices.

Trucks do not drive straight through: where the fan's plane stands askew to the truck, bodies far
from the source are seen later. Bodies that reach across the truck are cut into lengths for that, if
their shape allows it; others are moved as they are.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from training.simulator.scene.chords import SUBRAYS, TILE, TILE_PER_GRAIN, add_chords
from training.simulator.scene.solids import Rows, Shape, Solids

Areal = NDArray[np.float32]
"""(3, H, W) float32, areal density of each basis material along the ray, g/cm2."""

Voids = NDArray[np.float32]
"""(N, 6) float32, x0 x1 y0 y1 z0 z1 of boxes out of which cargo was taken, mm."""

NO_VOIDS: Voids = np.zeros((0, 6), np.float32)


@dataclass(frozen=True, slots=True)
class Fan:
    """Where source and detectors of one view stand; a view from the side or from above."""

    from_above: bool
    source_u_mm: float
    """Height of the source (side), or its place across the truck (above)."""
    source_v_mm: float
    """Distance from the source to the middle of the container."""
    first_u_mm: float
    """Where the ray of the first row crosses the middle of the container: its upper end."""
    pitch_mm: float
    """From row to row, in the middle of the container."""
    rows: int
    middle_height_mm: float
    """Of the container, above ground: where "the middle" is when seen from above."""
    skew: float = 0.0
    """View from the side: mm along the truck by which a ray moves on, for each mm across it."""

    def slopes(self) -> NDArray[np.float32]:
        """Return (rows x subrays,) tangents du/dv of the rays."""
        step = self.pitch_mm / SUBRAYS
        u = self.first_u_mm - (np.arange(self.rows * SUBRAYS) + 0.5) * step
        return ((u - self.source_u_mm) / self.source_v_mm).astype(np.float32)

    def row_slopes(self) -> NDArray[np.float64]:
        """Return (rows,) tangents du/dv through the middle of each row."""
        u = self.first_u_mm - (np.arange(self.rows) + 0.5) * self.pitch_mm
        return np.asarray((u - self.source_u_mm) / self.source_v_mm, np.float64)

    def row_of(self, u_mm: float, v_mm: float) -> float:
        """Return where a point is seen; v from the container's middle, away from the source."""
        slope = (u_mm - self.source_u_mm) / (self.source_v_mm + v_mm)
        return (self.first_u_mm - self.source_u_mm - slope * self.source_v_mm) / self.pitch_mm


def project(
    solids: Solids,
    fan: Fan,
    column_edges_mm: NDArray[np.float64],
    *,
    voids: Voids = NO_VOIDS,
    into: Areal | None = None,
) -> Areal:
    """Sum up what lies along each ray.

    Args:
        solids: bodies; see `Solids` for their frame.
        fan: the view.
        column_edges_mm: (W + 1,) rising positions x: column i sees what passes between i and i + 1.
        voids: boxes cut out of these bodies.
        into: add to this instead of to a new array.

    Returns:
        (3, rows, W) areal densities of the basis materials.
    """
    if fan.skew and not fan.from_above:
        solids, voids = _askew(solids, fan.skew), _voids_askew(voids, fan.skew)
    columns = len(column_edges_mm) - 1
    out = np.zeros((3, fan.rows, columns), np.float32) if into is None else into
    rows = solids.rows()
    cut = voids
    if fan.from_above:
        rows, cut = _seen_from_above(rows, fan), _voids_from_above(voids, fan)
    if len(rows):
        add_chords(
            rows, solids.surface_array(), cut, column_edges_mm.astype(np.float32), fan.slopes(),
            fan.source_u_mm, fan.source_v_mm, mottle_tile(), out,
        )  # fmt: skip
    return out


_EVEN_ACROSS = (Shape.BOX, Shape.WEDGE_Y, Shape.DRUM_Z)
"""Shapes that are alike all the way across the truck."""
_STEP_MM = 3.0
"""Along the truck, between two lengths of a body that is cut."""


def _askew(solids: Solids, skew: float) -> Solids:
    """Return the bodies as a fan of rays askew to the truck sees them."""
    rows = solids.rows()
    even = np.isin(rows["shape"], [int(shape) for shape in _EVEN_ACROSS])
    across = rows["z1"] - rows["z0"]
    lengths = np.where(even, np.ceil(across * abs(skew) / _STEP_MM), 1).astype(int)
    lengths = np.maximum(lengths, 1)
    cut = np.repeat(rows, lengths)
    number = np.arange(len(cut)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    step = np.repeat(across / lengths, lengths)
    cut["z0"] = np.repeat(rows["z0"], lengths) + number * step
    cut["z1"] = cut["z0"] + step
    aside = skew * (cut["z0"] + cut["z1"]) / 2
    cut["x0"] -= aside
    cut["x1"] -= aside
    seen = Solids()
    seen.replace_rows(cut)
    seen.surfaces = solids.surfaces
    return seen


def _voids_askew(voids: Voids, skew: float) -> Voids:
    moved = voids.copy()
    moved[:, :2] -= (skew * (voids[:, 4] + voids[:, 5]) / 2)[:, None]
    return moved


_FROM_ABOVE = {
    Shape.DRUM_Y: Shape.DRUM_Z,
    Shape.DRUM_Z: Shape.DRUM_Y,
    Shape.WEDGE_Y: Shape.WEDGE_Z,
    Shape.WEDGE_Z: Shape.WEDGE_Y,
    Shape.HEAP: Shape.HEAP_Z,
}


def _seen_from_above(rows: Rows, fan: Fan) -> Rows:
    """Put z in the place of u (y) and depth below the source in that of v (z)."""
    turned = rows.copy()
    turned["y0"], turned["y1"] = rows["z0"], rows["z1"]
    turned["z0"] = fan.middle_height_mm - rows["y1"]
    turned["z1"] = fan.middle_height_mm - rows["y0"]
    for before, after in _FROM_ABOVE.items():
        turned["shape"][rows["shape"] == before] = after
    # Upper faces come first on the way down.
    turned["low_rise"], turned["high_rise"] = -rows["high_rise"], -rows["low_rise"]
    return turned


def _voids_from_above(voids: Voids, fan: Fan) -> Voids:
    x0, x1, y0, y1, z0, z1 = voids.T
    middle = np.float32(fan.middle_height_mm)
    return np.ascontiguousarray(np.stack([x0, x1, z0, z1, middle - y1, middle - y0], axis=1))


@cache
def mottle_tile() -> NDArray[np.float32]:
    """Return (TILE, TILE) periodic noise of unit variance: patches of TILE_PER_GRAIN samples.

    Patches have patches of their own: amplitudes fall with the inverse of the frequency above that
    of the grain, as in most textures of nature (Field, J. Opt. Soc. Am. A 4 (1987) 2379).
    """
    noise = np.random.default_rng(20).standard_normal((TILE, TILE))
    frequency = np.fft.fftfreq(TILE) * TILE_PER_GRAIN
    radius = np.hypot(frequency[:, None], frequency[None, :])
    fall = np.where(radius > 0.25, 1 / np.maximum(4 * radius, 1), 1.0)
    mottled = np.fft.ifft2(np.fft.fft2(noise) * fall).real
    return np.asarray(mottled / mottled.std(), np.float32)

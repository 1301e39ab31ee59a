"""The side view of a truck as areal density of two materials; shapes are added in millimetres.

Attenuation adds along a ray, so shapes are added, never painted over.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import cv2
import numpy as np
from numpy.typing import NDArray

Areal = NDArray[np.float32]
"""(H, W) float32, areal density along the ray, g/cm2, 0 or more."""

Point = tuple[float, float]
"""x along the truck and y up from the ground, mm."""

Corners = tuple[float, float, float, float]
"""x0, y0 (lower), x1, y1 (upper), mm."""

SUBPIXEL_BITS = 4


class Material(StrEnum):
    """The two basis materials; what lies between is made of both."""

    ORGANIC = "organic"
    STEEL = "steel"


@dataclass(frozen=True, slots=True)
class Canvas:
    """Two areal density maps of one grid. Drawing changes the arrays."""

    organic: Areal
    steel: Areal
    pitch_mm: float
    """Edge of a square grid cell."""
    top_mm: float
    """Height above ground of the upper edge of row 0."""

    @classmethod
    def blank(cls, *, width_mm: float, height_mm: float, pitch_mm: float, top_mm: float) -> Canvas:
        """Return an empty canvas."""
        shape = (round(height_mm / pitch_mm), round(width_mm / pitch_mm))
        organic, steel = np.zeros(shape, np.float32), np.zeros(shape, np.float32)
        return cls(organic, steel, pitch_mm, top_mm)

    def like(self) -> Canvas:
        """Return an empty canvas of the same grid."""
        return Canvas(
            np.zeros_like(self.organic), np.zeros_like(self.steel), self.pitch_mm, self.top_mm
        )

    def add(self, other: Canvas) -> None:
        """Put another canvas of the same grid into the same rays."""
        np.add(self.organic, other.organic, out=self.organic)
        np.add(self.steel, other.steel, out=self.steel)

    def polygon(self, points: Sequence[Point], areal: float, material: Material) -> None:
        """Add a polygon of even areal density (g/cm2)."""
        self._fill([np.array(points, np.float64)], areal, material)

    def _fill(
        self, outlines: Sequence[NDArray[np.float64]], areal: float, material: Material
    ) -> None:
        """Add what lies within an odd number of outlines, each (N, 2) in mm."""
        pixels = [(outline * [1, -1] + [0, self.top_mm]) / self.pitch_mm for outline in outlines]
        window = self._window(pixels[0].min(axis=0), pixels[0].max(axis=0))
        if window is None:
            return
        rows, columns = window
        corner = np.array([columns.start, rows.start]) + 0.5
        shifted = [np.rint((p - corner) * (1 << SUBPIXEL_BITS)).astype(np.int32) for p in pixels]
        mask = np.zeros((rows.stop - rows.start, columns.stop - columns.start), np.uint8)
        cv2.fillPoly(mask, shifted, 255, cv2.LINE_AA, SUBPIXEL_BITS)
        self._map(material)[window] += mask.astype(np.float32) * np.float32(areal / 255)

    def box(self, corners: Corners, areal: float, material: Material) -> None:
        """Add an upright rectangle."""
        x0, y0, x1, y1 = corners
        self.polygon([(x0, y0), (x1, y0), (x1, y1), (x0, y1)], areal, material)

    def beam(
        self, start: Point, end: Point, thickness_mm: float, areal: float, material: Material
    ) -> None:
        """Add a straight bar of even thickness."""
        along = np.subtract(end, start)
        normal = np.array([-along[1], along[0]]) / max(float(np.hypot(*along)), 1e-6)
        offset = normal * thickness_mm / 2
        corners = [start + offset, end + offset, end - offset, start - offset]
        self.polygon([(float(c[0]), float(c[1])) for c in corners], areal, material)

    def disc(self, centre: Point, radius_mm: float, areal: float, material: Material) -> None:
        """Add a cylinder seen end-on."""
        self.ellipse(centre, (radius_mm, radius_mm), areal, material)

    def ellipse(
        self, centre: Point, axes_mm: tuple[float, float], areal: float, material: Material
    ) -> None:
        """Add an elliptic plate; a negative density takes an even plate's inside away."""
        self._fill([_outline(centre, axes_mm)], areal, material)

    def ring(
        self,
        centre: Point,
        outer_mm: tuple[float, float],
        wall_mm: float,
        areal: float,
        material: Material,
    ) -> None:
        """Add a ring (half axes of its outer edge, thickness of its wall)."""
        rx, ry = outer_mm
        outlines = [_outline(centre, outer_mm)]
        if rx > wall_mm and ry > wall_mm:
            outlines.append(_outline(centre, (rx - wall_mm, ry - wall_mm)))
        self._fill(outlines, areal, material)

    def patch(self, x0: float, y1: float, values: Areal, material: Material) -> None:
        """Add (H, W) areal densities, already of this grid, with their upper left at x0, y1."""
        column, row = round(x0 / self.pitch_mm), round((self.top_mm - y1) / self.pitch_mm)
        height, width = values.shape
        rows = slice(max(row, 0), min(row + height, self.organic.shape[0]))
        columns = slice(max(column, 0), min(column + width, self.organic.shape[1]))
        if rows.start >= rows.stop or columns.start >= columns.stop:
            return
        self._map(material)[rows, columns] += values[
            rows.start - row : rows.stop - row, columns.start - column : columns.stop - column
        ]

    def cells(self, *sizes_mm: float) -> tuple[int, ...]:
        """Return lengths in grid cells, at least 1 each."""
        return tuple(max(1, round(size / self.pitch_mm)) for size in sizes_mm)

    def region(self, x0: float, y0: float, x1: float, y1: float) -> tuple[slice, slice]:
        """Return the rows and columns of an upright rectangle, cut to the canvas."""
        height, width = self.organic.shape
        rows = np.clip(
            [(self.top_mm - y1) / self.pitch_mm, (self.top_mm - y0) / self.pitch_mm], 0, height
        )
        columns = np.clip([x0 / self.pitch_mm, x1 / self.pitch_mm], 0, width)
        return (
            slice(int(rows[0]), max(int(rows[1]), int(rows[0]))),
            slice(int(columns[0]), max(int(columns[1]), int(columns[0]))),
        )

    def _map(self, material: Material) -> Areal:
        return self.steel if material is Material.STEEL else self.organic

    def _window(
        self, low: NDArray[np.float64], high: NDArray[np.float64]
    ) -> tuple[slice, slice] | None:
        height, width = self.organic.shape
        x0, y0 = max(int(low[0]) - 1, 0), max(int(low[1]) - 1, 0)
        x1, y1 = min(int(high[0]) + 2, width), min(int(high[1]) + 2, height)
        if x0 >= x1 or y0 >= y1:
            return None
        return slice(y0, y1), slice(x0, x1)


_TURN = np.linspace(0, 2 * np.pi, 32, endpoint=False)
_CIRCLE = np.stack([np.cos(_TURN), np.sin(_TURN)], axis=1)


def _outline(centre: Point, axes_mm: tuple[float, float]) -> NDArray[np.float64]:
    return np.asarray(centre + _CIRCLE * axes_mm)


def smooth_noise(
    shape: tuple[int, ...], *, cells: tuple[int, int], generator: np.random.Generator
) -> Areal:
    """Return (H, W) float32 noise of about unit variance, smooth over `cells` (rows, columns)."""
    height, width = shape
    coarse = generator.standard_normal(
        (max(2, height // cells[0] + 2), max(2, width // cells[1] + 2)), dtype=np.float32
    )
    noise: Areal = cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC)
    return noise

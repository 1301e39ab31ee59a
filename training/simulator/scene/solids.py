"""Solid bodies in three dimensions: where they are and what they are made of. No beam.

x runs along the truck, y up from the ground, z across it, away from the source of a side view and
0 in the middle of the container; all in millimetres. Every body is convex, so that a ray crosses
it once; hollow ones are a body and, inside, one of the same material taken away. Bodies are kept
as rows of one array, because loads have thousands of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

from training.simulator.physics.materials import Material

Rows = NDArray[np.void]
"""(N,) of `SOLID`."""

Span = tuple[ArrayLike, ArrayLike]
"""Lower and upper ends, mm; arrays make as many bodies at once."""


class Shape(IntEnum):
    """How a body fills its bounding box."""

    BOX = 0
    DRUM_X = 1
    """A cylinder, its axis along x (coils and reels lying along the container)."""
    DRUM_Y = 2
    """Upright."""
    DRUM_Z = 3
    """Its axis across the container: a disc from the side."""
    ELLIPSOID = 4
    PILLOW = 5
    """Between box and ellipsoid, by its roundness: sacks, bales, big bags."""
    WEDGE_Y = 6
    """Its lower and upper faces rise or fall along x; ends and sides are upright."""
    WEDGE_Z = 7
    """The same lying on its side: what a wedge is seen from above."""
    HEAP = 8
    """Poured goods, from y0 to a surface of heights over x and z."""
    HEAP_Z = 9
    """The same seen from above."""


SOLID = np.dtype(
    [
        ("shape", np.int32),
        ("x0", np.float32),
        ("x1", np.float32),
        ("y0", np.float32),
        ("y1", np.float32),
        ("z0", np.float32),
        ("z1", np.float32),
        ("low_rise", np.float32),  # WEDGE: how much higher the lower face is at x1 than at x0, mm
        ("high_rise", np.float32),  # WEDGE: the same of the upper face
        ("roundness", np.float32),  # PILLOW: exponent, 2 (ellipsoid) and up (box)
        ("surface", np.int32),  # HEAP: index into `Solids.surfaces`
        ("basis", np.float32, (3,)),  # g/cm3 of each basis material; negative takes away
        ("mass_ratio", np.float32),  # grams to a gram of `basis`, which only attenuates alike
        ("mottle", np.float32),  # standard deviation of the density along a ray, relative
        ("grain_mm", np.float32),  # over which the mottle is alike
        ("patch", np.float32),  # where in the mottle's tile a body looks; it takes it along
        ("stack", np.int32),  # bodies of one stack settle, lean and shift together; -1: none
        ("item", np.int32),  # of the declaration's goods items; -1: no goods
    ]
)

SURFACE_SHAPE = (64, 12)
"""Samples of a heap's surface along x and z."""


class Solids:
    """A growing collection of bodies. Drawing adds rows; nothing is ever painted over."""

    def __init__(self) -> None:
        self._rows: list[Rows] = []
        self.surfaces: list[NDArray[np.float32]] = []
        self.stack = -1
        """Given to bodies drawn from now on."""
        self.item = -1

    def begin_stack(self) -> int:
        """Number the bodies drawn from now on as a new stack."""
        self.stack += 1
        return self.stack

    def rows(self) -> Rows:
        """Return all bodies as one (N,) array of `SOLID`."""
        if len(self._rows) != 1:
            self._rows = [np.concatenate(self._rows) if self._rows else np.zeros(0, SOLID)]
        return self._rows[0]

    def replace_rows(self, rows: Rows) -> None:
        """Take other bodies instead; those of heaps must keep their surfaces."""
        self._rows = [rows]

    def extend(self, other: Solids) -> None:
        """Add copies of all bodies of another collection, their stacks numbered on."""
        rows = other.rows().copy()
        rows["surface"] += len(self.surfaces)
        rows["stack"] = np.where(rows["stack"] >= 0, rows["stack"] + self.stack + 1, -1)
        self.stack = max(self.stack, int(rows["stack"].max(initial=-1)))
        self.surfaces += other.surfaces
        self._rows.append(rows)

    def add(
        self,
        shape: Shape,
        x: Span,
        y: Span,
        z: Span,
        material: Material,
        *,
        share: ArrayLike = 1.0,
        mottle: ArrayLike = 0.0,
        grain_mm: ArrayLike = 60.0,
        **details: ArrayLike,
    ) -> None:
        """Add one body or, where arguments are arrays, many.

        Args:
            shape: of the body within its bounding box.
            x: ends along the truck; the like for `y` and `z`.
            material: with the density the goods have as they lie.
            share: of that density; -1 takes an earlier body's inside away.
            mottle: relative standard deviation of the density from ray to ray.
            grain_mm: size of the mottle's patches.
            details: further fields of `SOLID` (rises, roundness, surface).
        """
        basis = np.multiply.outer(np.asarray(share, np.float32), material.basis_g_cm3)
        fields = {
            "shape": int(shape), "x0": x[0], "x1": x[1], "y0": y[0], "y1": y[1],
            "z0": z[0], "z1": z[1], "mottle": mottle, "grain_mm": grain_mm,
            "stack": self.stack, "item": self.item, **details,
        }  # fmt: skip
        count = np.broadcast_shapes(
            *(np.shape(value) for value in fields.values()), np.shape(share)
        )
        rows = np.zeros(count or (1,), SOLID)
        for name, value in fields.items():
            rows[name] = value
        rows["basis"] = basis
        rows["patch"] = 2.3 * rows["x0"] + 7.0 * rows["y0"] + 1.7 * rows["z0"]
        rows["mass_ratio"] = material.density_g_cm3 / material.basis_g_cm3.sum()
        self._rows.append(rows.reshape(-1))

    def box(self, x: Span, y: Span, z: Span, material: Material, **details: ArrayLike) -> None:
        """Add upright boxes."""
        self.add(Shape.BOX, x, y, z, material, **details)

    def shell(
        self, x: Span, y: Span, z: Span, material: Material, *, wall_mm: float, **details: ArrayLike
    ) -> None:
        """Add hollow boxes with walls of even thickness."""
        self.box(x, y, z, material, **details)
        inner = [(np.add(low, wall_mm), np.subtract(high, wall_mm)) for low, high in (x, y, z)]
        self.box(inner[0], inner[1], inner[2], material, share=-1.0, **details)

    def beam(
        self,
        start: tuple[float, float],
        end: tuple[float, float],
        z: Span,
        material: Material,
        *,
        depth_mm: float,
        **details: ArrayLike,
    ) -> None:
        """Add a bar from `start` to `end` (x, y of its middle), as high as `depth_mm`."""
        (xa, ya), (xb, yb) = sorted((start, end))
        half, rise = depth_mm / 2, yb - ya
        self.add(
            Shape.WEDGE_Y, (xa, xb), (ya - half, ya + half), z, material,
            low_rise=rise, high_rise=rise, **details,
        )  # fmt: skip

    def tube(
        self,
        shape: Shape,
        x: Span,
        y: Span,
        z: Span,
        material: Material,
        *,
        wall_mm: float,
        **details: ArrayLike,
    ) -> None:
        """Add hollow cylinders open at their ends."""
        self.add(shape, x, y, z, material, **details)
        spans = {Shape.DRUM_X: x, Shape.DRUM_Y: y, Shape.DRUM_Z: z}
        inner = [
            span
            if span is spans[shape]
            else (np.add(span[0], wall_mm), span[1] - np.asarray(wall_mm))
            for span in (x, y, z)
        ]
        self.add(shape, inner[0], inner[1], inner[2], material, share=-1.0, **details)

    def heap(
        self,
        x: tuple[float, float],
        y0: float,
        z: tuple[float, float],
        heights_mm: NDArray[np.floating],
        material: Material,
        **details: ArrayLike,
    ) -> None:
        """Add poured goods under a surface.

        Args:
            x: ends along the truck.
            y0: where the heap lies.
            z: its sides.
            heights_mm: `SURFACE_SHAPE`, over `y0`, from x[0] to x[1] and z[0] to z[1].
            material: with the density of the bulk.
            details: as in `add`.
        """
        assert heights_mm.shape == SURFACE_SHAPE, heights_mm.shape
        surface = len(self.surfaces)
        self.surfaces.append(np.maximum(heights_mm, 0).astype(np.float32))
        top = y0 + float(self.surfaces[-1].max())
        self.add(Shape.HEAP, x, (y0, top), z, material, surface=surface, **details)

    def surface_array(self) -> NDArray[np.float32]:
        """Return (max(S, 1), *SURFACE_SHAPE) heights."""
        if not self.surfaces:
            return np.zeros((1, *SURFACE_SHAPE), np.float32)
        return np.stack(self.surfaces)

    def mass_kg(self) -> float:
        """Return the mass of all bodies together; what is taken away counts negative."""
        return float(np.sum(masses_kg(self.rows(), self.surfaces)))


def masses_kg(rows: Rows, surfaces: Sequence[NDArray[np.float32]]) -> NDArray[np.float64]:
    """Return (N,) masses; negative where an earlier body's inside is taken away."""
    grams_cm3 = rows["basis"].sum(axis=1, dtype=np.float64) * rows["mass_ratio"]
    return np.asarray(volumes_cm3(rows, surfaces) * grams_cm3 / 1000)


def volumes_cm3(rows: Rows, surfaces: Sequence[NDArray[np.float32]]) -> NDArray[np.float64]:
    """Return (N,) volumes; those of mottled bodies are the same as of even ones."""
    sizes = [rows[a + "1"].astype(np.float64) - rows[a + "0"] for a in "xyz"]
    bounding = np.prod(sizes, axis=0) / 1000
    share = np.ones(len(rows))
    shape = rows["shape"]
    share[np.isin(shape, (Shape.DRUM_X, Shape.DRUM_Y, Shape.DRUM_Z))] = np.pi / 4
    share[shape == Shape.ELLIPSOID] = np.pi / 6
    pillow = shape == Shape.PILLOW
    share[pillow] = _pillow_share(rows["roundness"][pillow])
    wedge = np.isin(shape, (Shape.WEDGE_Y, Shape.WEDGE_Z))
    thick = sizes[2] if len(rows) == 0 else np.where(shape == Shape.WEDGE_Z, sizes[2], sizes[1])
    rise = (rows["high_rise"] - rows["low_rise"]) / 2
    share[wedge] = 1 + (rise / np.maximum(thick, 1e-6))[wedge]
    for index in np.flatnonzero(np.isin(shape, (Shape.HEAP, Shape.HEAP_Z))):
        surface = surfaces[rows["surface"][index]]
        share[index] = surface.mean() / max(surface.max(), 1e-6)
    return np.asarray(bounding * share)


def _pillow_share(roundness: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return which share of its bounding box |x|^n + |y|^n + |z|^n <= 1 fills (numerically)."""
    exponents = np.linspace(2, 12, 41)
    t = (np.arange(48) + 0.5) / 48
    powers = t[None, :] ** exponents[:, None]
    left = (
        np.maximum(1 - powers[:, :, None] - powers[:, None, :], 0) ** (1 / exponents)[:, None, None]
    )
    return np.asarray(np.interp(roundness, exponents, left.mean(axis=(1, 2))))

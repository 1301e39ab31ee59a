"""A load at entry and again at exit: what honest transport changes, what fraud changed, and where.

The exit's scene is the entry's cargo after the road, on another trailer, with whatever was done to
it; the truth is projected along the very rays of each picture. No files, no papers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from riac.scan import Box
from training.simulator.fraud import Fraud, FraudTruth, commit, touching
from training.simulator.scanning import Sight
from training.simulator.scene.projection import Areal, project
from training.simulator.scene.solids import Rows, Shape, Solids
from training.simulator.scene.vehicles import DIESEL, Trailer
from training.simulator.trucks import Scene, Truck, build_scene

Mask = NDArray[np.bool_]
"""(H, W) of a picture as scanned."""

CHANGED_G_CM2 = 1.0
"""Areal density by which a ray must differ to count as changed: 1.3 mm of steel, about 4 % of the
signal of a 6 MV beam, which the noise of one pixel in air is well below."""
_SMALLEST_PX = 12
"""Smaller specks of a mask get no box of their own."""


@dataclass(frozen=True, slots=True)
class Road:
    """How much a way shakes a load; shares of heights, lengths in mm.

    Poured goods: tapping raises the density of free-flowing powders by up to 11 % (USP general
    chapter 1174, Hausner ratio 1.00 to 1.11); a truck, unlike a tapping stand, reaches a part of
    that. Lean: EUMOS 40509 lets load units keep a deformation of 5 % of their height after 0.5 g,
    which is braking at its hardest; ordinary ways leave a tenth of it. Shifts: gaps of up to 15 cm
    are allowed unfilled (CTU Code, annex 7), seldom more than centimetres of them are used up.
    """

    poured_sink: float = 0.05
    """The most by which poured goods sink."""
    soft_sink: float = 0.025
    """Sacks, bags and bales, whose fibres and grains give."""
    stack_sink: float = 0.006
    """Cartons and other units: board gives a little."""
    lean: float = 0.005
    """Standard deviation of a stack's top, share of its height."""
    shift_mm: float = 6.0
    """Standard deviation of a stack as a whole."""


SMOOTH, ROUGH = Road(0.02, 0.01, 0.002, 0.0015, 2.0), Road()
LEANT = Road(lean=0.04, shift_mm=25.0)
"""A way on which the load gave in: of two real loads that were scanned several times one had leaned
22 cm between two of its scans (`docs/figures.md`)."""
ROUGH_SHARE = 0.2
"""Of ways; chosen."""


def draw_road(generator: np.random.Generator, *, rough: float = ROUGH_SHARE) -> Road:
    """Draw a way; `rough` is the share of rough ones."""
    return ROUGH if generator.random() < rough else SMOOTH


def after_road(cargo: Solids, road: Road, *, generator: np.random.Generator) -> Solids:
    """Return a load as it lies after transport: sunk, leant and shifted stack by stack."""
    rows = cargo.rows().copy()
    moved = Solids()
    moved.surfaces = [surface.copy() for surface in cargo.surfaces]
    if len(rows) == 0:
        return moved
    stacks, index = np.unique(rows["stack"], return_inverse=True)
    count = len(stacks)
    alike = float(generator.uniform(0.3, 1.0))
    tops = np.full(count, -np.inf)
    np.maximum.at(tops, index, rows["y1"])
    floor = float(rows["y0"].min())
    most = _most_sink(rows, index, count, road)
    sink = most * alike * generator.uniform(0.6, 1.0, count)
    shift = generator.normal(0, road.shift_mm, count)
    lean = generator.normal(0, road.lean, count) * (tops - floor)
    poured = np.isin(rows["shape"], (Shape.HEAP, Shape.HEAP_Z))
    # Poured goods cannot lean; they spread.
    height = np.maximum(tops - floor, 1.0)[index]
    middle = (rows["y0"] + rows["y1"]) / 2 - floor
    along = np.where(poured, 0.0, shift[index] + lean[index] * middle / height)
    left = float(rows["x0"].min())
    right = float(rows["x1"].max())
    along = np.clip(along, left - rows["x0"], right - rows["x1"])
    rows["x0"] += along
    rows["x1"] += along
    scale = 1 - sink[index]
    for end in ("y0", "y1"):
        rows[end] = floor + (rows[end] - floor) * scale
    for rise in ("low_rise", "high_rise"):
        rows[rise] *= scale
    rows["basis"] /= scale[:, None]
    for row in np.flatnonzero(poured):
        surface = moved.surfaces[rows["surface"][row]]
        surface *= np.float32(scale[row])
        rows["y1"][row] = rows["y0"][row] + surface.max()
    moved.stack = cargo.stack
    moved.replace_rows(rows)
    return moved


def _most_sink(rows: Rows, index: NDArray[np.intp], count: int, road: Road) -> NDArray[np.float64]:
    """Return (count,) by which each stack may sink, after the softest bodies in it."""
    shape = rows["shape"]
    each = np.full(len(rows), road.stack_sink)
    # Rigid bodies, metal above all, do not give.
    each[rows["basis"].sum(axis=1) > 2.2] = 0.0
    each[shape == Shape.PILLOW] = road.soft_sink
    each[np.isin(shape, (Shape.HEAP, Shape.HEAP_Z))] = road.poured_sink
    most = np.zeros(count)
    np.maximum.at(most, index, each)
    rigid = np.zeros(count, bool)
    np.logical_or.at(rigid, index, each == 0)
    return np.where(rigid, 0.0, most)


@dataclass(frozen=True, slots=True)
class Journey:
    """One load twice."""

    entry: Scene
    exit: Scene
    frauds: tuple[FraudTruth, ...]
    road: Road

    @property
    def mass_change_kg(self) -> float:
        """By fraud, exit less entry."""
        return sum(truth.mass_change_kg for truth in self.frauds)


def travel(
    truck: Truck,
    *,
    generator: np.random.Generator,
    frauds: Sequence[Fraud] = (),
    road: Road = ROUGH,
    cargo: Solids | None = None,
) -> Journey:
    """Send a truck on its way.

    Args:
        truck: at entry.
        generator: of the way.
        frauds: committed on it, apart from each other in the hold.
        road: how rough it is.
        cargo: in place of what `truck.heading` packs.
    """
    entry = build_scene(truck)
    if cargo is not None:
        entry = replace(entry, cargo=cargo)
    trailer = Trailer.SKELETAL
    if generator.random() < 0.4:
        trailer = (Trailer.GOOSENECK, Trailer.FLATBED)[int(generator.integers(2))]
    elsewhere = replace(
        truck,
        heading="",
        swept=truck.swept or bool(truck.heading),
        kind=entry.shell.kind,
        trailer=trailer,
        trailer_seed=truck.trailer_seed + int(generator.integers(0, 8)),
        rain_mm=float(generator.uniform(0.5, 6)) if generator.random() < 0.15 else 0.0,
        tampering=(),
    )
    steelwork = build_scene(elsewhere).truck
    refuel(steelwork, level=float(generator.uniform(0.15, 0.95)))
    settled = after_road(entry.cargo, road, generator=generator)
    leaving = Scene(entry.shell, steelwork, settled, entry.added, entry.voids)
    truths = []
    for fraud in frauds:
        done = commit(fraud, settled, entry.shell.hold)
        added = Solids()
        added.extend(leaving.added)
        added.extend(done.added)
        voids = np.concatenate([leaving.voids, done.voids])
        leaving = replace(leaving, added=added, voids=voids)
        truths.append(done.truth)
    return Journey(entry, leaving, tuple(truths), road)


def refuel(steelwork: Solids, *, level: float) -> None:
    """Fill a tractor's tanks to a share of their height."""
    rows = steelwork.rows().copy()
    fuel = np.all(np.isclose(rows["basis"], DIESEL.basis_g_cm3, rtol=1e-4), axis=1)
    # Tanks are drawn with 584 mm of room over their floor.
    rows["y1"][fuel] = rows["y0"][fuel] + np.float32(584.0 * level)
    steelwork.replace_rows(rows)


# --- truth in pictures ----------------------------------------------------------------------


def changed_areal(journey: Journey, sight: Sight) -> Areal:
    """Return (3, H, W) g/cm2 by which fraud changed each ray; columns rise with x.

    The exit's load with and without fraud is compared, so that settling does not count. Through
    the sight of an entry picture this is where the change was going to be.
    """
    leaving, entry = journey.exit, journey.entry
    fan, edges = sight.fan, sight.passage.column_edges_mm
    near = touching(leaving.cargo, leaving.voids)
    before = project(near, fan, edges, voids=entry.voids)
    after = project(near, fan, edges, voids=leaving.voids)
    project(leaving.added, fan, edges, into=after)
    project(entry.added, fan, edges, into=before)
    return np.asarray(after - before, np.float32)


def changed_mask(journey: Journey, sight: Sight, *, least_g_cm2: float = CHANGED_G_CM2) -> Mask:
    """Return where fraud shows in a picture as scanned."""
    if not journey.frauds:
        rows, columns = sight.fan.rows, sight.passage.columns
        return np.zeros((rows, columns), bool)
    change = np.abs(changed_areal(journey, sight)).sum(axis=0)
    return np.asarray(sight.draw(change) > least_g_cm2)


def mask_boxes(mask: Mask) -> tuple[Box, ...]:
    """Return boxes around the connected parts of a mask, largest first.

    Parts less than 2 % of the picture's height apart count as one: the pieces of one block.
    """
    reach = max(1, round(0.02 * mask.shape[0]))
    kernel = np.ones((reach, reach), np.uint8)
    joined = cv2.morphologyEx(mask.astype(np.uint8), cv2.MORPH_CLOSE, kernel)
    _, _, stats, _ = cv2.connectedComponentsWithStats(joined)
    found = [
        (int(area), Box(float(x), float(y), float(x + wide), float(y + tall)))
        for x, y, wide, tall, area in stats[1:]
        if area >= _SMALLEST_PX
    ]
    return tuple(box for _, box in sorted(found, key=lambda each: -each[0]))

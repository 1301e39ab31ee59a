"""What smugglers do to a load between two scans, with the truth of it. No beam, no picture.

Every fraud comes down to boxes taken out of the load and bodies put in; where that shows in a
picture is found by projecting only what changed (`journeys`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from riac.finding import Factor
from training.simulator.contraband import CONTRABAND, contraband_of
from training.simulator.goods.catalogue import goods_of
from training.simulator.physics.materials import STEEL
from training.simulator.scene.boxes import PLYWOOD
from training.simulator.scene.containers import Hold
from training.simulator.scene.projection import NO_VOIDS, Fan, Voids, project
from training.simulator.scene.solids import Shape, Solids

BoxMm = tuple[float, float, float, float, float, float]
"""x0, x1, y0, y1, z0, z1 of the scene, mm."""

SHEET_MM = {"plywood": 18.0, "steel": 3.0}
"""Sheets that false walls and floors are made of: trade thicknesses."""


_BULGE_MM = 300.0
"""By which soft goods may reach over the bounds of the hold: what is emptied is emptied wholly."""


class FraudKind(StrEnum):
    """What is done."""

    INSERTION = "insertion"
    """Contraband laid into the load, whose place it takes."""
    REMOVAL = "removal"
    """Goods taken out."""
    SUBSTITUTION = "substitution"
    """A part emptied and packed with goods of another heading."""
    FALSE_WALL = "false_wall"
    """A sheet before the front end, contraband behind it."""
    FALSE_FLOOR = "false_floor"
    """A sheet over part of the floor, contraband under it."""
    HOLLOWED = "hollowed"
    """Units of the goods hollowed out, and the hollows filled where `Fraud.what` says so."""
    SWAP = "swap"
    """The load of another container in place of this one's."""
    BROKEN_SEAL = "broken_seal"
    """The seal was opened, the load is as it was: only papers tell."""


FACTORS: Mapping[FraudKind, Factor | None] = {
    FraudKind.INSERTION: Factor.DENSITY,
    FraudKind.REMOVAL: Factor.VOLUME,
    FraudKind.SUBSTITUTION: Factor.SUBSTITUTION,
    FraudKind.FALSE_WALL: Factor.STRUCTURE,
    FraudKind.FALSE_FLOOR: Factor.STRUCTURE,
    FraudKind.HOLLOWED: Factor.DENSITY,
    FraudKind.SWAP: Factor.SUBSTITUTION,
    FraudKind.BROKEN_SEAL: None,
}
"""Under which of the four factors an analyst would file each."""


@dataclass(frozen=True, slots=True)
class Fraud:
    """One fraud to commit; equal values do the same to equal loads."""

    kind: FraudKind
    what: str = ""
    """Contraband (insertion, false wall and floor, hollowed) or heading (substitution, swap)."""
    centre: tuple[float, float, float] = (0.5, 0.5, 0.5)
    """Of the change: along, up and across, shares of the hold."""
    size_mm: tuple[float, float, float] = (800.0, 700.0, 2350.0)
    """Along, up and across: of removals; of substitutions, which reach from floor to roof; of the
    room that hollowed units lie in. Of a false wall: how far the sheet stands before the end; of a
    false floor: how long and how high.
    """
    mass_kg: float = 100.0
    """Of the contraband, as far as there is room."""
    sheet: str = "plywood"
    """Of a false wall or floor: a key of `SHEET_MM`."""
    seed: int = 0
    """Of what is packed anew."""

    def __post_init__(self) -> None:
        if self.kind in (FraudKind.SUBSTITUTION, FraudKind.SWAP):
            goods_of(self.what)
        elif self.what:
            contraband_of(self.what)
        elif self.kind is FraudKind.INSERTION:
            raise ValueError(f"an insertion needs what to insert: one of {', '.join(CONTRABAND)}")
        if self.sheet not in SHEET_MM:
            raise ValueError(f"sheet: expected one of {', '.join(SHEET_MM)}, got {self.sheet!r}")


@dataclass(frozen=True, slots=True)
class FraudTruth:
    """What was done."""

    kind: FraudKind
    what: str
    factor: Factor | None
    box_mm: BoxMm | None
    """Around all that changed; None where nothing in the container did."""
    removed_kg: float
    added_kg: float

    @property
    def mass_change_kg(self) -> float:
        """Of the container, exit less entry."""
        return self.added_kg - self.removed_kg


@dataclass(frozen=True, slots=True)
class Committed:
    """A fraud done to one load."""

    truth: FraudTruth
    voids: Voids
    """Boxes taken out of the load."""
    added: Solids


def commit(fraud: Fraud, cargo: Solids, hold: Hold) -> Committed:
    """Commit a fraud.

    Args:
        fraud: what to do.
        cargo: the honest load; it stays as it is.
        hold: it lies in.
    """
    added = Solids()
    voids = _DO[fraud.kind](fraud, added, cargo, hold)
    truth = FraudTruth(
        fraud.kind,
        fraud.what,
        FACTORS[fraud.kind],
        _around(voids, added),
        mass_within_kg(cargo, voids),
        added.mass_kg(),
    )
    return Committed(truth, voids, added)


def mass_within_kg(cargo: Solids, voids: Voids) -> float:
    """Return the mass of what lies in boxes, by weighing the rays through them.

    Parallel rays 10 mm apart through the bodies that reach into the boxes, before and after these
    are cut out.
    """
    if len(voids) == 0 or len(cargo.rows()) == 0:
        return 0.0
    near = touching(cargo, voids)
    rows = near.rows().copy()
    weights = rows["basis"].sum(axis=1) * rows["mass_ratio"]
    rows["basis"] = 0
    rows["basis"][:, 0] = weights
    rows["mottle"] = 0
    near.replace_rows(rows)
    low, high = float(voids[:, 2].min()), float(voids[:, 3].max())
    pitch = 10.0
    count = max(2, int(np.ceil((high - low) / pitch)))
    middle = (low + high) / 2
    fan = Fan(
        from_above=False, source_u_mm=middle, source_v_mm=1e7,
        first_u_mm=middle + count * pitch / 2, pitch_mm=pitch, rows=count, middle_height_mm=middle,
    )  # fmt: skip
    first, last = float(voids[:, 0].min()), float(voids[:, 1].max())
    edges = np.linspace(first, last, max(2, int(np.ceil((last - first) / pitch))) + 1)
    whole, left = (project(near, fan, edges, voids=cut)[0].sum() for cut in (NO_VOIDS, voids))
    cell_cm2 = pitch * (edges[1] - edges[0]) / 100
    return max(0.0, float((whole - left) * cell_cm2 / 1000))


def touching(cargo: Solids, voids: Voids) -> Solids:
    """Return the bodies that reach into boxes; all surfaces stay."""
    rows = cargo.rows()
    reach = np.zeros(len(rows), bool)
    for box in voids:
        inside = np.ones(len(rows), bool)
        for axis, (low, high) in zip("xyz", box.reshape(3, 2), strict=True):
            inside &= (rows[axis + "0"] < high) & (rows[axis + "1"] > low)
        reach |= inside
    near = Solids()
    near.surfaces = cargo.surfaces
    near.replace_rows(rows[reach])
    return near


def _around(voids: Voids, added: Solids) -> BoxMm | None:
    rows = added.rows()
    spans = [[row[name] for name in ("x0", "x1", "y0", "y1", "z0", "z1")] for row in rows]
    boxes = np.concatenate([voids, np.array(spans, np.float32).reshape(-1, 6)])
    if len(boxes) == 0:
        return None
    low, high = boxes[:, ::2].min(axis=0), boxes[:, 1::2].max(axis=0)
    return (
        float(low[0]), float(high[0]), float(low[1]), float(high[1]), float(low[2]), float(high[2])
    )  # fmt: skip


# --- what is done ---------------------------------------------------------------------------


def _insert(fraud: Fraud, added: Solids, cargo: Solids, hold: Hold) -> Voids:
    """Lay a block into the goods, or on top of them where they end lower."""
    things = contraband_of(fraud.what)
    block = things.block(fraud.mass_kg, (hold.length, hold.height, hold.width))
    if block.pieces == 0:
        return NO_VOIDS
    size = tuple(c * s for c, s in zip(block.counts, things.size_mm, strict=True))
    box = _box(hold, fraud.centre, (size[0], size[1], size[2]))
    low = max(hold.y0, min(box[2], top_mm(cargo, box, floor_mm=hold.y0), hold.y1 - size[1]))
    box = (*box[:2], low, low + size[1], *box[4:])
    things.fill(added, (box[0], box[2], box[4]), block)
    return np.array([box], np.float32)


def _remove(fraud: Fraud, _added: Solids, cargo: Solids, hold: Hold) -> Voids:
    """Take goods off the top, down to as far below it as the size says."""
    box = _box(hold, fraud.centre, fraud.size_mm)
    top = top_mm(cargo, box, floor_mm=hold.y0)
    low = max(hold.y0, top - (box[3] - box[2]))
    return np.array([(*box[:2], low, max(top, hold.y1) + _BULGE_MM, *box[4:])], np.float32)


def _substitute(fraud: Fraud, added: Solids, _cargo: Solids, hold: Hold) -> Voids:
    """Empty a part from floor to roof, as what lay above would fall, and pack it anew."""
    box = _box(hold, fraud.centre, (fraud.size_mm[0], hold.height, fraud.size_mm[2]))
    _pack_anew(fraud, added, box, hold)
    return np.array([box], np.float32)


def _swap(fraud: Fraud, added: Solids, _cargo: Solids, hold: Hold) -> Voids:
    box = (hold.x0, hold.x1, hold.y0, hold.y1, hold.z0, hold.z1)
    _pack_anew(fraud, added, box, hold)
    bulge = np.array([-_BULGE_MM, _BULGE_MM] * 3, np.float32)
    return np.array([box], np.float32) + bulge


def top_mm(cargo: Solids, box: BoxMm, *, floor_mm: float) -> float:
    """Return how high the goods reach over the ground plan of a box."""
    rows = cargo.rows()
    over = rows["basis"].sum(axis=1) > 0
    for axis, (low, high) in zip("xz", (box[:2], box[4:]), strict=True):
        over &= (rows[axis + "0"] < high) & (rows[axis + "1"] > low)
    tops = [floor_mm]
    for row in rows[over]:
        if row["shape"] != Shape.HEAP:
            tops.append(float(row["y1"]))
            continue
        surface = cargo.surfaces[row["surface"]]
        along = np.linspace(row["x0"], row["x1"], len(surface))
        near = surface[np.abs(along - (box[0] + box[1]) / 2) <= (box[1] - box[0]) / 2 + 200]
        tops.append(float(row["y0"] + near.mean()) if len(near) else floor_mm)
    return max(tops)


def _pack_anew(fraud: Fraud, added: Solids, box: BoxMm, hold: Hold) -> None:
    share = (box[1] - box[0]) / hold.length
    room = Hold(*box, payload_kg=hold.payload_kg * share, round_tank=hold.round_tank)
    added.item = 0
    generator = np.random.default_rng([fraud.seed & 0xFFFFFFFF, 41])
    goods_of(fraud.what).pack(added, room, generator=generator)


def _wall_off(fraud: Fraud, added: Solids, _cargo: Solids, hold: Hold) -> Voids:
    thick = SHEET_MM[fraud.sheet]
    deep = float(np.clip(fraud.size_mm[0], 150, 0.5 * hold.length))
    sheet = hold.x0 + deep
    material = PLYWOOD if fraud.sheet == "plywood" else STEEL
    added.box((sheet, sheet + thick), (hold.y0, hold.y1), (hold.z0, hold.z1), material)
    # Battens that carry the sheet.
    battens = np.linspace(hold.z0 + 20, hold.z1 - 80, 5)
    added.box((sheet - 60, sheet), (hold.y0, hold.y1), (battens, battens + 60), PLYWOOD)
    room = (deep - 60, hold.height, hold.width)
    _hide(fraud, added, (hold.x0, hold.y0, hold.z0), room)
    return np.array([[hold.x0, sheet + thick, hold.y0, hold.y1, hold.z0, hold.z1]], np.float32)


def _raise_floor(fraud: Fraud, added: Solids, _cargo: Solids, hold: Hold) -> Voids:
    thick = SHEET_MM[fraud.sheet]
    high = float(np.clip(fraud.size_mm[1], 80, 0.4 * hold.height))
    box = _box(hold, (fraud.centre[0], 0.0, 0.5), (fraud.size_mm[0], high + thick, hold.width))
    material = PLYWOOD if fraud.sheet == "plywood" else STEEL
    added.box((box[0], box[1]), (box[3] - thick, box[3]), (box[4], box[5]), material)
    joists = np.arange(box[0], box[1] - 50, 600.0)
    added.box((joists, joists + 50), (box[2], box[3] - thick), (box[4], box[5]), PLYWOOD)
    room = (min(box[1] - box[0] - 50, 545.0), high, hold.width)
    bays = np.arange(box[0], box[1] - 50, 600.0)
    for bay in bays:
        _hide(fraud, added, (bay + 52, box[2], box[4]), room, mass_kg=fraud.mass_kg / len(bays))
    return np.array([box], np.float32)


def _hide(
    fraud: Fraud,
    added: Solids,
    corner: tuple[float, float, float],
    room: tuple[float, float, float],
    *,
    mass_kg: float | None = None,
) -> None:
    if not fraud.what:
        return
    things = contraband_of(fraud.what)
    block = things.block(fraud.mass_kg if mass_kg is None else mass_kg, room)
    if block.pieces > 0:
        things.fill(added, corner, block)


_HOLLOW = 0.62
"""Of each extent of a unit: a quarter of its volume, so that its outside stays as it was."""
_MOST_HOLLOWED = 24


def _hollow(fraud: Fraud, added: Solids, cargo: Solids, hold: Hold) -> Voids:
    """Take the insides out of the units that lie around a place."""
    box = _box(hold, fraud.centre, fraud.size_mm)
    units = units_of(cargo)
    middles = [(units[a + "0"] + units[a + "1"]) / 2 for a in "xyz"]
    bounds = np.reshape(box, (3, 2))
    inside = np.ones(len(units), bool)
    for middle, (low, high) in zip(middles, bounds, strict=True):
        inside &= (middle >= low) & (middle <= high)
    chosen = np.flatnonzero(inside)
    if len(chosen) == 0 and len(units):
        aim = bounds.mean(axis=1)
        far = sum((middle - each) ** 2 for middle, each in zip(middles, aim, strict=True))
        chosen = np.argsort(far)[:1]
    voids = _apart([_core(units[index]) for index in chosen])[:_MOST_HOLLOWED]
    for x0, x1, y0, y1, z0, z1 in voids:
        share = fraud.mass_kg / len(voids)
        _hide(fraud, added, (x0, y0, z0), (x1 - x0, y1 - y0, z1 - z0), mass_kg=share)
    return np.array(voids, np.float32).reshape(-1, 6)


def units_of(cargo: Solids) -> NDArray[np.void]:
    """Return bodies handled as one: solid, at least 12 cm each way, not poured."""
    rows = cargo.rows()
    big = np.ones(len(rows), bool)
    for axis in "xyz":
        big &= rows[axis + "1"] - rows[axis + "0"] > 120
    heaps = np.isin(rows["shape"], (Shape.HEAP, Shape.HEAP_Z))
    found: NDArray[np.void] = rows[big & ~heaps & (rows["basis"].sum(axis=1) > 0.05)]
    return found


def _core(unit: np.void) -> BoxMm:
    ends: list[float] = []
    for axis in "xyz":
        low, high = float(unit[axis + "0"]), float(unit[axis + "1"])
        middle, half = (low + high) / 2, _HOLLOW * (high - low) / 2
        ends += [middle - half, middle + half]
    return (ends[0], ends[1], ends[2], ends[3], ends[4], ends[5])


def _apart(boxes: list[BoxMm]) -> list[BoxMm]:
    """Leave out boxes that overlap earlier ones: a carton's content and its board share a place."""
    kept: list[BoxMm] = []
    for box in boxes:
        clear = all(
            box[1] <= each[0] or box[0] >= each[1] or box[3] <= each[2] or box[2] >= each[3]
            or box[5] <= each[4] or box[4] >= each[5]
            for each in kept
        )  # fmt: skip
        if clear:
            kept.append(box)
    return kept


def _nothing(_fraud: Fraud, _added: Solids, _cargo: Solids, _hold: Hold) -> Voids:
    return NO_VOIDS


_DO: Mapping[FraudKind, Callable[[Fraud, Solids, Solids, Hold], Voids]] = {
    FraudKind.INSERTION: _insert,
    FraudKind.REMOVAL: _remove,
    FraudKind.SUBSTITUTION: _substitute,
    FraudKind.FALSE_WALL: _wall_off,
    FraudKind.FALSE_FLOOR: _raise_floor,
    FraudKind.HOLLOWED: _hollow,
    FraudKind.SWAP: _swap,
    FraudKind.BROKEN_SEAL: _nothing,
}


def _box(
    hold: Hold, centre: tuple[float, float, float], size_mm: tuple[float, float, float]
) -> BoxMm:
    """Return a box of a size, moved into the hold where it would reach out of it."""
    ends: list[float] = []
    spans = ((hold.x0, hold.x1), (hold.y0, hold.y1), (hold.z0, hold.z1))
    for share, size, (low, high) in zip(centre, size_mm, spans, strict=True):
        extent = min(size, high - low)
        start = float(np.clip(low + share * (high - low) - extent / 2, low, high - extent))
        ends += [start, start + extent]
    return (ends[0], ends[1], ends[2], ends[3], ends[4], ends[5])

"""What is behind each scenario: the load, what is declared of it, and its way. No pictures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from training.simulator.fraud import FraudKind
from training.simulator.goods.catalogue import GOODS
from training.simulator.journeys import Journey, Road, draw_road, travel
from training.simulator.loads import pack_items
from training.simulator.physics.materials import STEEL
from training.simulator.plans import Choice, PlannedLoad, draw_fraud, draw_load, possible_frauds
from training.simulator.scanning import grey_level_change
from training.simulator.scenarios import Scenario
from training.simulator.scene.containers import ContainerKind
from training.simulator.scene.solids import Solids
from training.simulator.trucks import VISIBLE_GREY_LEVELS, Scene

EVERYDAY = ("0207", "0805", "4011", "4804", "5201", "7210")
"""What a demonstration carries: goods that a few references tell apart. Liners of coffee,
groundnuts and soya meal look alike even to people."""
DENSE, LIGHT = ("0207", "0805", "4804", "5201", "7210"), ("4011",)
"""Of those; misdeclared goods are taken from the other group, so that the beam can tell."""
SMALLEST_M2 = 0.2
"""A fraud of the traffic is seen over at least this area, and by `2 * VISIBLE_GREY_LEVELS`."""
_MISSING = (0.35, 0.6)
"""Of a short shipment's load, at its door end."""
_TRIES, _LOADS = 20, 12
_EMPTY = (Scenario.HONEST_EMPTY, Scenario.EMPTY_DECLARED_AS_GOODS)


@dataclass(frozen=True, slots=True)
class Staged:
    """One consignment before anything is scanned or written."""

    load: PlannedLoad
    declared: tuple[str, ...]
    """Headings; none where declared empty."""
    declared_kg: float
    """Net mass that would be true of what is declared."""
    journey: Journey


def stage(
    scenario: Scenario,
    *,
    seed: int,
    headings: Sequence[str],
    generator: np.random.Generator,
    rough: float = 0.0,
) -> Staged:
    """Stage one consignment.

    Args:
        scenario: what happens.
        seed: of load and truck.
        headings: to choose from.
        generator: of chance.
        rough: share of rough ways.

    Raises:
        ValueError: these headings cannot make the scenario, or not so that it shows.
    """
    for _ in range(_LOADS):
        load = _load(scenario, seed=seed, headings=headings, generator=generator)
        cargo = _cargo(scenario, load, generator)
        road = draw_road(generator, rough=rough)
        journey = _way(scenario, load, cargo, road, seed=seed, generator=generator)
        if journey is not None:
            break
    else:
        raise ValueError(f"{scenario} shows in no load of {', '.join(headings)}")
    declared = _declared(scenario, load, headings, generator)
    declared_kg = journey.entry.cargo_mass_kg
    if scenario is Scenario.SHORT_SHIPMENT:
        journey = _shortened(journey, float(generator.uniform(*_MISSING)))
    return Staged(load, declared, declared_kg, journey)


def _load(
    scenario: Scenario, *, seed: int, headings: Sequence[str], generator: np.random.Generator
) -> PlannedLoad:
    empty = 1.0 if scenario in _EMPTY else 0.0
    allowed = tuple(headings)
    if scenario is Scenario.MISDECLARED and set(allowed) == set(EVERYDAY):
        allowed = DENSE + LIGHT
    items = 1
    if scenario is Scenario.UNDECLARED_EXTRA:
        items = 2
        allowed = tuple(
            each for each in allowed if ContainerKind.DRY in {k for _, k in GOODS[each].containers}
        )
        if len(allowed) < 2:
            raise ValueError(f"{scenario} needs two headings that travel in dry containers")
    return draw_load(
        Choice(headings=allowed, empty_share=empty, items=items), seed=seed, generator=generator
    )


def _declared(
    scenario: Scenario,
    load: PlannedLoad,
    headings: Sequence[str],
    generator: np.random.Generator,
) -> tuple[str, ...]:
    if scenario is Scenario.GOODS_DECLARED_AS_EMPTY:
        return ()
    if scenario is Scenario.UNDECLARED_EXTRA:
        return load.headings[:1]
    if scenario is Scenario.EMPTY_DECLARED_AS_GOODS:
        return (str(generator.choice(list(headings))),)
    if scenario is Scenario.MISDECLARED:
        (carried,) = load.headings
        if carried in DENSE + LIGHT:
            return (str(generator.choice(LIGHT if carried in DENSE else DENSE)),)
        others = [each for each in headings if each[:2] != carried[:2]]
        return (str(generator.choice(others or list(EVERYDAY))),)
    return load.headings


def _cargo(scenario: Scenario, load: PlannedLoad, generator: np.random.Generator) -> Solids | None:
    if scenario is not Scenario.UNDECLARED_EXTRA:
        return None
    return pack_items(load.headings, load.truck.shell.hold, generator=generator)


def _way(
    scenario: Scenario,
    load: PlannedLoad,
    cargo: Solids | None,
    road: Road,
    *,
    seed: int,
    generator: np.random.Generator,
) -> Journey | None:
    """Return a way with a fraud that shows; None where none is found."""
    kind = scenario.fraud
    if kind is None or kind is FraudKind.BROKEN_SEAL:
        return travel(load.truck, generator=generator, road=road, cargo=cargo)
    if kind not in possible_frauds(load):
        return None
    for attempt in range(_TRIES):
        fraud = draw_fraud(kind, load, seed=seed + attempt, generator=generator)
        journey = travel(load.truck, generator=generator, road=road, frauds=(fraud,))
        if _is_plain(journey):
            return journey
    return None


def _is_plain(journey: Journey) -> bool:
    (truth,) = journey.frauds
    if truth.box_mm is None:
        return False
    x0, x1, y0, y1, _, _ = truth.box_mm
    if (x1 - x0) * (y1 - y0) < SMALLEST_M2 * 1e6:
        return False
    leaving, entry = journey.exit, journey.entry
    honest = replace(leaving, added=entry.added, voids=entry.voids)
    return grey_level_change(honest, leaving) >= 2 * VISIBLE_GREY_LEVELS


def _shortened(journey: Journey, missing: float) -> Journey:
    """Leave out the goods at the door end."""
    rows = journey.entry.cargo.rows()
    if len(rows) == 0:
        return journey
    low, high = float(rows["x0"].min()), float(rows["x1"].max())
    first = high - missing * (high - low)
    void = np.array([[first, high + 300, 0, 1e4, -2e3, 2e3]], np.float32)
    entry, leaving = (
        replace(scene, voids=np.concatenate([scene.voids, void]))
        for scene in (journey.entry, journey.exit)
    )
    return replace(journey, entry=entry, exit=leaving)


def packages_of(scene: Scene, item: int) -> int:
    """Return how many packages an item has: bodies handled as one, or one poured load."""
    rows = scene.cargo.rows()
    rows = rows[rows["item"] == item]
    big = np.ones(len(rows), bool)
    for axis in "xyz":
        big &= rows[axis + "1"] - rows[axis + "0"] > 80
    solid = rows["basis"].sum(axis=1)
    # Boards and films around goods are lighter than any goods, and no packages of their own.
    return max(1, int((big & (solid > 0.15) & (solid < STEEL.density_g_cm3 * 1.1)).sum()))

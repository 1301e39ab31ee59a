"""A deterministic stream of consignments, honest and otherwise, each with its right answer.

What leaves here is what a clearance system and a scanner site would send: declarations, scan
metadata and files. Nothing is sent. Each consignment depends on its own seed alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import numpy as np

from riac.decision import PassageRole
from training.simulator.journeys import ROUGH_SHARE
from training.simulator.paperwork import (
    SimulatedConsignment,
    SimulatedPassage,
    container_number,
    declaration,
    goods_item,
    seals_read,
)
from training.simulator.scanners.faults import ScanFault
from training.simulator.scenarios import DAY, DECK, EXPECTED, Scenario, deal, draw_scenario
from training.simulator.scene.containers import ContainerKind
from training.simulator.sites import ENTRY_SITES, EXIT_SITES, scanned_at_site, scanned_small
from training.simulator.staging import EVERYDAY, Staged, packages_of, stage
from training.simulator.trucks import Scene, Truck

DISTURBANCES = (ScanFault.DEAD_ROWS, ScanFault.BRIGHT_LINES, ScanFault.BANDED, ScanFault.STRIPED)
_TYPE_CODES = {
    ContainerKind.DRY: "G1",
    ContainerKind.REEFER: "R1",
    ContainerKind.TANK: "T1",
    ContainerKind.OPEN_TOP: "U1",
    ContainerKind.FLAT_RACK: "P1",
}
"""ISO 6346 type codes."""
HOURLY = (2, 1, 1, 1, 2, 3, 5, 8, 10, 11, 11, 10, 8, 9, 10, 10, 9, 8, 6, 5, 4, 3, 3, 2)
"""Relative arrivals by hour. Chosen: gates work all day, traders by day, with a pause at noon."""
DECLARED_BEFORE_H = (2.0, 30.0)
"""Declarations precede the truck."""
IN_TRANSIT_H = (18.0, 96.0)
"""From port to border, some 1,500 km with rests."""


def traffic(
    *,
    seed: int,
    count: int,
    deck: Sequence[Scenario] = DECK,
    headings: Sequence[str] = EVERYDAY,
) -> Iterator[SimulatedConsignment]:
    """Make consignments one by one; the scenarios of the deck are dealt in a seeded order.

    The first is honest, so that a demonstration begins with the ordinary.
    """
    for index, scenario in enumerate(deal(deck, count=count, seed=seed)):
        yield consignment(scenario, seed=seed * 10_000 + index, headings=headings)


def consignment(
    scenario: Scenario,
    *,
    seed: int,
    headings: Sequence[str] = EVERYDAY,
    fleet_seed: int | None = None,
) -> SimulatedConsignment:
    """Make one consignment.

    Args:
        scenario: what happens to it.
        seed: below `references.REFERENCE_SEEDS` no load is one of the references.
        headings: to choose goods from.
        fleet_seed: of the scanners of the sites; None makes smaller pictures by scanners of no
            site in particular after smooth ways, for demonstrations.
    """
    generator = np.random.default_rng([seed, 3])
    staged = stage(
        scenario,
        seed=seed,
        headings=headings,
        generator=generator,
        rough=0.0 if fleet_seed is None else ROUGH_SHARE,
    )
    tare = staged.journey.entry.shell.tare_kg
    number = container_number(seed)
    declared = _declaration(scenario, staged, number=number, seed=seed, generator=generator)
    passages: list[SimulatedPassage] = []
    for role, expected in EXPECTED[scenario].items():
        leaving = role is PassageRole.EXIT
        scene = staged.journey.exit if leaving else staged.journey.entry
        site = str(generator.choice(EXIT_SITES if leaving else ENTRY_SITES))
        picture, suffix = _picture(scene, scenario, site, fleet_seed, generator)
        file_name = f"{number}-{role}{suffix}"
        if scenario is Scenario.REPLAYED and leaving:
            file_name, picture = passages[0].file_name, passages[0].picture
        metadata = {
            "container_number": number,
            "role": str(role),
            "declaration_number": declared["number"],
            "site": site,
            "seals": seals_read(declared, scenario, role),
            "gross_mass_kg": round((tare + scene.cargo_mass_kg) * generator.uniform(0.993, 1.007)),
        }
        passages.append(SimulatedPassage(role, metadata, file_name, picture, expected))
    return SimulatedConsignment(scenario, declared, tuple(passages))


def _picture(
    scene: Scene,
    scenario: Scenario,
    site: str,
    fleet_seed: int | None,
    generator: np.random.Generator,
) -> tuple[bytes, str]:
    fault = None
    if scenario is Scenario.DARK:
        fault = ScanFault.BLACK
    elif scenario is Scenario.DISTURBED:
        fault = DISTURBANCES[int(generator.integers(len(DISTURBANCES)))]
    inverted = scenario is Scenario.INVERTED
    if fleet_seed is None:
        content, suffix = scanned_small(
            scene, site, generator=generator, inverted=inverted, fault=fault
        )
    else:
        content, suffix = scanned_at_site(
            scene, site, day_seed=fleet_seed, generator=generator, inverted=inverted, fault=fault
        )
    if scenario is Scenario.TRUNCATED:
        content = content[: int(len(content) * 0.37)]
    return content, suffix


# --- papers ---------------------------------------------------------------------------------


def _declaration(
    scenario: Scenario,
    staged: Staged,
    *,
    number: str,
    seed: int,
    generator: np.random.Generator,
) -> dict[str, Any]:
    transit = PassageRole.EXIT in EXPECTED[scenario]
    entry = staged.journey.entry
    tare = entry.shell.tare_kg
    gross = tare + staged.declared_kg
    declared_gross = gross * generator.uniform(0.99, 1.01)
    if scenario is Scenario.WEIGHT_OFF:
        declared_gross *= float(generator.choice([0.84, 1.2]))
    if scenario is Scenario.EMPTY_DECLARED_AS_GOODS:
        # Whoever declares goods that are not there declares no weight that betrays it.
        declared_gross = gross
    net = round(max(declared_gross - tare, 100.0))
    return declaration(
        f"{'KAPS-AT' if transit else 'KAPS-HC'}-{generator.integers(1000, 99_999)}-{seed}",
        container=number,
        heading=staged.declared[0] if staged.declared else "",
        transit=transit,
        seal=f"PK{generator.integers(100_000, 999_999)}",
        gross_mass_kg=round(declared_gross),
        size_type=_size_type(staged.load.truck),
        items=[
            goods_item(heading, net_mass_kg=net, packages=packages_of(entry, item))
            for item, heading in enumerate(staged.declared)
        ],
    )


def _size_type(truck: Truck) -> str:
    """Return the container's ISO 6346 size and type code."""
    shell = truck.shell
    length = {20: "2", 40: "4", 45: "L"}[shell.length_ft]
    return f"{length}{'5' if shell.high_cube else '2'}{_TYPE_CODES[shell.kind]}"


# --- a day ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ConsignmentTask:
    """One consignment of a day: all that it depends on."""

    index: int
    seed: int
    arrives_at: datetime
    """At its first scanner."""
    shares: Mapping[Scenario, float] = field(default_factory=lambda: DAY)
    headings: tuple[str, ...] = EVERYDAY


@dataclass(frozen=True, slots=True)
class TimedConsignment:
    """A consignment and when its papers and pictures come in."""

    consignment: SimulatedConsignment
    declared_at: datetime
    scanned_at: tuple[datetime, ...]
    """Of each passage."""


def day(
    *,
    seed: int,
    count: int,
    on: date,
    shares: Mapping[Scenario, float] = DAY,
    headings: Sequence[str] = EVERYDAY,
) -> tuple[ConsignmentTask, ...]:
    """Plan the consignments that arrive on one day, in the order of their arrival.

    Given their number, arrivals of a Poisson process lie independently of each other, each as
    likely at an hour as `HOURLY` says.
    """
    generator = np.random.default_rng([seed & 0xFFFFFFFFFFFF, 6])
    weights = np.array(HOURLY) / sum(HOURLY)
    hours = generator.choice(24, size=count, p=weights) + generator.random(count)
    start = datetime.combine(on, time(), tzinfo=UTC)
    return tuple(
        ConsignmentTask(
            index,
            seed,
            start + timedelta(seconds=round(float(hour) * 3600)),
            shares,
            tuple(headings),
        )
        for index, hour in enumerate(np.sort(hours))
    )


def make_timed(task: ConsignmentTask) -> TimedConsignment:
    """Make one consignment of a day."""
    generator = np.random.default_rng([task.seed & 0xFFFFFFFFFFFF, 7, task.index])
    scenario = draw_scenario(task.shares, generator=generator)
    made = consignment(
        scenario,
        seed=task.seed * 10_000 + task.index,
        headings=task.headings,
        fleet_seed=task.seed,
    )
    before, way = (
        timedelta(seconds=round(float(generator.uniform(*hours)) * 3600))
        for hours in (DECLARED_BEFORE_H, IN_TRANSIT_H)
    )
    moments = []
    for passage in made.passages:
        later = passage.role is PassageRole.EXIT and len(made.passages) > 1
        moments.append(task.arrives_at + way if later else task.arrives_at)
    return TimedConsignment(made, task.arrives_at - before, tuple(moments))

"""A deterministic stream of consignments, honest and otherwise, each with its right answer.

What leaves here is what a clearance system and a scanner site would send: declarations, scan
metadata and files. Nothing is sent.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from riac.decision import PassageRole
from riac.formats import encode_package
from training.simulator.goods.catalogue import goods_of
from training.simulator.paperwork import (
    ENTRY_SITES,
    EXIT_SITES,
    SimulatedConsignment,
    SimulatedPassage,
    container_number,
    declaration,
    seals_read,
)
from training.simulator.scanning import Scanner, as_scan, encode_tiff, expose, grey_level_change
from training.simulator.scenarios import DECK, EXPECTED, Scenario, deal
from training.simulator.scene.containers import ContainerKind
from training.simulator.trucks import (
    VISIBLE_GREY_LEVELS,
    Scene,
    Tampering,
    TamperingKind,
    Truck,
    build_scene,
)

DUAL_ENERGY_SITES = frozenset({"karachi", "torkham"})
"""These send the neutral package with two energies, the others one 16-bit TIFF."""
EVERYDAY = ("0202", "0207", "0805", "4011", "4804", "5201")
"""What the traffic carries unless told otherwise: goods that a few references tell apart. Liners
of coffee, groundnuts and soya meal look alike even to people."""
DENSE, LIGHT = ("0202", "0207", "0805", "4804", "5201"), ("4011",)
"""Misdeclared goods are taken from the other of these two groups, so that the beam can tell."""
_TYPE_CODES = {
    ContainerKind.DRY: "G1",
    ContainerKind.REEFER: "R1",
    ContainerKind.TANK: "T1",
    ContainerKind.OPEN_TOP: "U1",
    ContainerKind.FLAT_RACK: "P1",
}
"""ISO 6346 type codes."""
_TRIES = 40


def traffic(
    *, seed: int, count: int, deck: Sequence[Scenario] = DECK
) -> Iterator[SimulatedConsignment]:
    """Make consignments one by one; the scenarios of the deck are dealt in a seeded order.

    The first is honest, so that a demonstration begins with the ordinary.
    """
    for index, scenario in enumerate(deal(deck, count=count, seed=seed)):
        yield consignment(scenario, seed=seed * 10_000 + index)


def consignment(scenario: Scenario, *, seed: int) -> SimulatedConsignment:
    """Make one consignment; seeds below `references.REFERENCE_SEEDS` share no load with those."""
    generator = np.random.default_rng([seed, 3])
    truck = _truck(scenario, seed=seed, generator=generator)
    entry = build_scene(truck)
    tare = entry.shell.tare_kg
    gross = tare + entry.cargo_mass_kg
    number = container_number(seed)
    declared = _declaration(
        scenario, truck, number=number, gross_kg=gross, tare_kg=tare, generator=generator
    )
    leaving = leaving_scene(truck, entry, scenario, generator)
    passages: list[SimulatedPassage] = []
    for role, expected in EXPECTED[scenario].items():
        scene = leaving if role is PassageRole.EXIT else entry
        site = str(generator.choice(EXIT_SITES if role is PassageRole.EXIT else ENTRY_SITES))
        # A package states its polarity, so that only a plain picture can be inverted.
        packed = site in DUAL_ENERGY_SITES and scenario is not Scenario.INVERTED
        picture = _picture(scene, scenario, packed=packed, generator=generator)
        file_name = f"{number}-{role}.{'zip' if packed else 'tif'}"
        if scenario is Scenario.REPLAYED and role is PassageRole.EXIT:
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


def _truck(scenario: Scenario, *, seed: int, generator: np.random.Generator) -> Truck:
    heading = str(generator.choice(EVERYDAY))
    if scenario is Scenario.MISDECLARED:
        heading = str(generator.choice(DENSE + LIGHT))
    if scenario in (Scenario.HONEST_EMPTY, Scenario.EMPTY_DECLARED_AS_GOODS):
        heading = ""
    kind, length_ft, high_cube = _container(heading, generator)
    return Truck(
        heading,
        seed=seed,
        length_ft=length_ft,
        high_cube=high_cube,
        kind=kind,
        with_cab=bool(generator.random() < 0.15),
    )


def _container(heading: str, generator: np.random.Generator) -> tuple[ContainerKind, int, bool]:
    if heading:
        return goods_of(heading).choose_container(generator)
    return ContainerKind.DRY, 20 if generator.random() < 0.3 else 40, bool(generator.random() < 0.6)


def _declaration(
    scenario: Scenario,
    truck: Truck,
    *,
    number: str,
    gross_kg: float,
    tare_kg: float,
    generator: np.random.Generator,
) -> dict[str, Any]:
    heading = _declared_heading(scenario, truck, generator)
    transit = PassageRole.EXIT in EXPECTED[scenario]
    declared_gross = gross_kg * generator.uniform(0.99, 1.01)
    if scenario is Scenario.WEIGHT_OFF:
        declared_gross *= float(generator.choice([0.84, 1.2]))
    if scenario is Scenario.EMPTY_DECLARED_AS_GOODS:
        # Whoever declares goods that are not there declares no weight that betrays it.
        declared_gross = gross_kg
    return declaration(
        f"{'KAPS-AT' if transit else 'KAPS-HC'}-{generator.integers(1000, 99_999)}-{truck.seed}",
        container=number,
        heading=heading,
        transit=transit,
        seal=f"PK{generator.integers(100_000, 999_999)}",
        net_mass_kg=round(max(declared_gross - tare_kg, 100.0)),
        gross_mass_kg=round(declared_gross),
        size_type=_size_type(truck),
    )


def _declared_heading(scenario: Scenario, truck: Truck, generator: np.random.Generator) -> str:
    if scenario is Scenario.GOODS_DECLARED_AS_EMPTY:
        return ""
    if scenario is Scenario.EMPTY_DECLARED_AS_GOODS:
        return str(generator.choice(EVERYDAY))
    if scenario is Scenario.MISDECLARED:
        return str(generator.choice(LIGHT if truck.heading in DENSE else DENSE))
    return truck.heading


def _size_type(truck: Truck) -> str:
    """Return the container's ISO 6346 size and type code."""
    shell = truck.shell
    length = {20: "2", 40: "4", 45: "L"}[shell.length_ft]
    return f"{length}{'5' if shell.high_cube else '2'}{_TYPE_CODES[shell.kind]}"


def leaving_scene(
    truck: Truck,
    entry: Scene,
    scenario: Scenario,
    generator: np.random.Generator,
) -> Scene:
    """Return the scene at exit: another trailer, and the change the beam can see best of many."""
    elsewhere = replace(truck, trailer_seed=1 + truck.seed % 7)
    kind = scenario.tampering
    if kind is None:
        return build_scene(elsewhere)
    for _ in range(_TRIES):
        change = _change(kind, truck, generator)
        leaving = build_scene(replace(elsewhere, tampering=(change,)))
        if grey_level_change(entry, leaving) >= 2 * VISIBLE_GREY_LEVELS:
            return leaving
    raise AssertionError(f"no visible {scenario} found for {truck}")


def _change(kind: TamperingKind, truck: Truck, generator: np.random.Generator) -> Tampering:
    centre = (float(generator.uniform(0.12, 0.88)), float(generator.uniform(0.2, 0.85)))
    size = (float(generator.uniform(500, 1100)), float(generator.uniform(500, 1000)))
    if kind is TamperingKind.FALSE_WALL:
        size = (float(generator.uniform(150, 400)), 0.0)
    others = [heading for heading in LIGHT + DENSE if heading != truck.heading]
    return Tampering(
        kind,
        centre,
        size,
        heading=str(generator.choice(others)),
        areal=float(generator.uniform(15, 50)),
    )


def _picture(
    scene: Scene, scenario: Scenario, *, packed: bool, generator: np.random.Generator
) -> bytes:
    scanner = Scanner(
        energies_kev=(6000.0, 3500.0) if packed else (6000.0,),
        pitch_mm=(float(generator.uniform(6.0, 9.5)), float(generator.uniform(4.4, 4.9))),
        photons=float(generator.uniform(30_000, 90_000)),
        speed_error=float(generator.uniform(0.01, 0.05)),
        tilt_mm_per_m=float(generator.uniform(-7, 7)),
        mirrored=bool(generator.random() < 0.4),
        inverted=scenario is Scenario.INVERTED,
    )
    exposure = expose(scene, scanner, seed=int(generator.integers(2**31)))
    content = (
        encode_package(as_scan(exposure))
        if packed
        else encode_tiff(exposure, inverted=scanner.inverted)
    )
    if scenario is Scenario.TRUNCATED:
        return content[: int(len(content) * 0.37)]
    return content

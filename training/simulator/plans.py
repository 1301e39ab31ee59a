"""Which trucks, scanners and frauds to simulate: drawn from what is allowed. Nothing is built."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from training.simulator.contraband import CONTRABAND
from training.simulator.fraud import SHEET_MM, Fraud, FraudKind
from training.simulator.goods.catalogue import GOODS, goods_of
from training.simulator.loads import usual_container
from training.simulator.scanners.fleet import draw_scanner
from training.simulator.scanners.profile import (
    ScannerProfile,
    load_profile,
    profile_names,
    read_profile,
)
from training.simulator.scene.containers import TARE_KG, ContainerKind
from training.simulator.scene.vehicles import Trailer
from training.simulator.trucks import Truck

MASS_KG: Mapping[str, tuple[float, float]] = {
    "bricks": (20, 600),
    "cigarettes": (100, 3000),
    "cash": (10, 200),
    "rifles": (15, 300),
    "cartridges": (30, 800),
    "spirits": (90, 3000),
    "engine-parts": (80, 1500),
}
"""What is hidden at a time, drawn evenly on a logarithmic scale: seizures span these orders."""
IN_HOLLOWS = ("bricks", "cash")
"""What is small enough to be hidden within units of other goods."""
IN_TANKS = (FraudKind.SWAP, FraudKind.BROKEN_SEAL)
"""What can be done to a tank without cutting it open."""
TO_EMPTY = (
    FraudKind.INSERTION,
    FraudKind.FALSE_WALL,
    FraudKind.FALSE_FLOOR,
    FraudKind.SWAP,
    FraudKind.BROKEN_SEAL,
)
"""What can be done where there are no goods."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What may be drawn; empty sequences allow all that is modelled."""

    headings: tuple[str, ...] = ()
    container: ContainerKind | None = None
    """None: as the goods travel."""
    scanners: tuple[str, ...] = ()
    """Names of profiles that come with the simulator, or paths of TOML files."""
    empty_share: float = 0.1
    items: int = 1
    """Goods items in one load."""
    coarser: float = 1.0
    """Picture elements so many times as large as the scanners' own."""

    def __post_init__(self) -> None:
        if not 0 <= self.empty_share <= 1:
            raise ValueError(f"expected a share of empty containers of 0 to 1, not "
                             f"{self.empty_share:g}")  # fmt: skip
        if not 1 <= self.items <= 5:
            raise ValueError(f"expected one to five goods items, got {self.items}")
        for heading in self.headings:
            check_load(heading, self.container)
        for scanner in self.scanners:
            profile_of(scanner)
        if self.container is not None and not allowed_headings(self):
            raise ValueError(f"no goods that are modelled travel in a {self.container} container")


def check_load(heading: str, container: ContainerKind | None) -> None:
    """Refuse loads that do not exist.

    Raises:
        ValueError: the heading is not modelled, or does not travel in such a container.
    """
    goods = goods_of(heading)
    kinds = sorted({kind for _, kind in goods.containers})
    if container is not None and container not in kinds:
        raise ValueError(
            f"{heading} ({goods.description}) does not travel in a {container} container; "
            f"allowed: {', '.join(kinds)}"
        )


ANYTHING = Choice()


def profile_of(scanner: str) -> ScannerProfile:
    """Return the profile of a name, or of a TOML file.

    Raises:
        ValueError: there is no such name or file, or the file holds nonsense; says what is allowed.
    """
    if scanner in profile_names():
        return load_profile(scanner)
    path = Path(scanner)
    if path.suffix == ".toml":
        if not path.is_file():
            raise ValueError(f"{path}: there is no such file")
        return read_profile(path)
    raise ValueError(
        f"scanner: expected one of {', '.join(profile_names())} or a .toml file, got {scanner!r}"
    )


def draw_profile(
    choice: Choice, *, generator: np.random.Generator, view: str | None = None
) -> ScannerProfile:
    """Draw a single scanner: of a class by name it differs as scanners do; a file is taken as is.

    Args:
        choice: of names and files.
        generator: of chance.
        view: `side` or `top`: only those that look that way, where there are any.
    """
    drawn = _drawn_profile(choice.scanners, generator=generator, view=view)
    return drawn if choice.coarser == 1 else drawn.coarser(choice.coarser)


def draw_alike(
    profile: ScannerProfile, choice: Choice, *, generator: np.random.Generator
) -> ScannerProfile:
    """Draw another scanner of the class of one; of a file there is only the one."""
    if profile.name not in profile_names():
        return profile
    return draw_profile(replace(choice, scanners=(profile.name,)), generator=generator)


def _drawn_profile(
    scanners: Sequence[str], *, generator: np.random.Generator, view: str | None
) -> ScannerProfile:
    allowed = list(scanners or profile_names())
    seen = [each for each in allowed if view in (None, profile_of(each).geometry.view)]
    allowed = seen or allowed
    names = [each for each in allowed if each in profile_names()]
    files = [each for each in allowed if each not in names]
    if files and generator.random() < len(files) / len(allowed):
        return profile_of(files[int(generator.integers(len(files)))])
    return draw_scanner(generator, names=names)


def allowed_headings(choice: Choice) -> tuple[str, ...]:
    """Return the headings that may be drawn."""
    if choice.headings:
        return choice.headings
    return tuple(
        heading
        for heading, goods in GOODS.items()
        if choice.container is None or choice.container in {kind for _, kind in goods.containers}
    )


@dataclass(frozen=True, slots=True)
class PlannedLoad:
    """A truck and what it carries."""

    truck: Truck
    headings: tuple[str, ...]
    """None for an empty container, more than one for a shared one."""


def draw_load(choice: Choice, *, seed: int, generator: np.random.Generator) -> PlannedLoad:
    """Draw what travels, and in what.

    Args:
        choice: what is allowed.
        seed: of the load, the container and the truck.
        generator: of chance.
    """
    allowed = allowed_headings(choice)
    heading = allowed[int(generator.integers(len(allowed)))]
    if generator.random() < choice.empty_share:
        return PlannedLoad(_truck((), choice.container, seed=seed, generator=generator), ())
    headings = [heading]
    if choice.items > 1:
        others = [each for each in allowed if each != heading and _together(heading, each)]
        picked = generator.permutation(len(others))[: choice.items - 1]
        headings += [others[index] for index in picked]
    truck = _truck(tuple(headings), choice.container, seed=seed, generator=generator)
    return PlannedLoad(truck, tuple(headings))


def _together(one: str, other: str) -> bool:
    dry = [ContainerKind.DRY in {kind for _, kind in goods_of(each).containers}
           for each in (one, other)]  # fmt: skip
    return all(dry) or (not any(dry) and one[:2] == other[:2])


def _truck(
    headings: tuple[str, ...],
    container: ContainerKind | None,
    *,
    seed: int,
    generator: np.random.Generator,
) -> Truck:
    if len(headings) == 1:
        kind, length_ft, high_cube = goods_of(headings[0]).choose_container(generator)
    else:
        kind = usual_container(headings) if headings else container or ContainerKind.DRY
        length_ft = 20 if generator.random() < 0.3 else 40
        high_cube = bool(generator.random() < 0.6)
    if container is not None and kind is not container:
        kind = container
    sizes = sorted(size for each, size in TARE_KG if each is kind)
    trailer = list(Trailer)[int(generator.choice(4, p=[0.6, 0.15, 0.15, 0.1]))]
    return Truck(
        headings[0] if len(headings) == 1 else "",
        seed=seed,
        length_ft=length_ft if length_ft in sizes else sizes[-1],
        high_cube=high_cube,
        kind=kind,
        trailer=trailer,
        with_cab=bool(generator.random() < 0.15),
        rain_mm=float(generator.uniform(0.5, 6)) if generator.random() < 0.1 else 0.0,
        swept=bool(headings),
    )


def possible_frauds(load: PlannedLoad) -> tuple[FraudKind, ...]:
    """Return what can be done to a load."""
    kind = load.truck.shell.kind
    if kind is ContainerKind.TANK:
        return IN_TANKS
    kinds = tuple(FraudKind) if load.headings else TO_EMPTY
    if kind is ContainerKind.FLAT_RACK:
        kinds = tuple(each for each in kinds if each is not FraudKind.FALSE_WALL)
    return kinds


def draw_fraud(
    kind: FraudKind, load: PlannedLoad, *, seed: int, generator: np.random.Generator
) -> Fraud:
    """Draw what and how much of it, where.

    Args:
        kind: one of `possible_frauds`.
        load: it is done to.
        seed: of what is packed anew.
        generator: of chance.
    """
    centre = tuple(float(each) for each in generator.uniform(0.08, 0.92, 3))
    thing = sorted(CONTRABAND)[int(generator.integers(len(CONTRABAND)))]
    mass = float(np.exp(generator.uniform(*np.log(MASS_KG[thing]))))
    along, up = (float(each) for each in np.exp(generator.uniform(np.log(250), np.log(1500), 2)))
    across = float(generator.choice([600.0, 1200.0, 2400.0]))
    fraud = Fraud(
        FraudKind.BROKEN_SEAL,
        centre=(centre[0], centre[1], centre[2]),
        size_mm=(along, up, across),
        mass_kg=mass,
        sheet=sorted(SHEET_MM)[int(generator.integers(len(SHEET_MM)))],
        seed=seed,
    )
    if kind in (FraudKind.SUBSTITUTION, FraudKind.SWAP):
        others = _replacements(load)
        size = (max(along, 700.0), up, 2400.0)
        what = others[int(generator.integers(len(others)))]
        return replace(fraud, kind=kind, what=what, size_mm=size)
    if kind is FraudKind.FALSE_FLOOR:
        size = (float(generator.uniform(2000, 6000)), float(generator.uniform(100, 400)), across)
        return replace(fraud, kind=kind, what=thing, size_mm=size)
    if kind is FraudKind.HOLLOWED:
        thing = ("", *IN_HOLLOWS)[int(generator.integers(1 + len(IN_HOLLOWS)))]
        mass = float(np.exp(generator.uniform(*np.log(MASS_KG[thing])))) if thing else 0.0
        return replace(fraud, kind=kind, what=thing, mass_kg=mass)
    return replace(fraud, kind=kind, what="" if kind is FraudKind.REMOVAL else thing)


def _replacements(load: PlannedLoad) -> tuple[str, ...]:
    """Return headings that could lie in this container instead."""
    kind = load.truck.shell.kind
    return tuple(
        heading
        for heading, goods in GOODS.items()
        if heading not in load.headings and kind in {each for _, each in goods.containers}
    )

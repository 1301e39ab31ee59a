"""`riac simulate`: scans, pairs, reference pictures and a day of traffic, with their truth."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

if TYPE_CHECKING:
    from training.simulator.files import Run
    from training.simulator.fraud import FraudKind
    from training.simulator.plans import Choice
    from training.simulator.production import Filing

Kind = TypeVar("Kind", bound=StrEnum)

simulate_app = typer.Typer(
    help="Simulated scans with their truth: made by physics, the same for the same --seed.",
    no_args_is_help=True,
)

Out = Annotated[Path, typer.Option(help="Folder to write to; made where it does not exist.")]
Seed = Annotated[int, typer.Option(min=0, help="The same seed makes the same bytes.")]
Jobs = Annotated[
    int | None, typer.Option(min=1, help="Processes; all cores without it. Changes no byte.")
]
Heading = Annotated[
    list[str] | None,
    typer.Option(help="HS heading to load, like 0805; give it again for more. All without it."),
]
Container = Annotated[
    str | None,
    typer.Option(help="dry, reefer, tank, open_top or flat_rack; without it as goods travel."),
]
Scanner = Annotated[
    list[str] | None,
    typer.Option(help="A profile's name or a .toml file; give it again for more. All without it."),
]
Rendered = Annotated[
    bool,
    typer.Option(
        "--rendered/--raw", help="8-bit pictures for the screen, or 16-bit measured values."
    ),
]
Display = Annotated[
    str,
    typer.Option(help="Of --rendered: record, analyst, enhanced, colour, screenshot or any."),
]
EmptyShare = Annotated[
    float, typer.Option("--empty", min=0, max=1, help="Share of empty containers.")
]
Items = Annotated[
    int, typer.Option(min=1, max=5, help="Goods items in one container; labels tell them apart.")
]
Spoiled = Annotated[
    bool,
    typer.Option("--spoiled", help="File each scan again with a fault of the machine in it."),
]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(simulate_app, name="simulate")


@simulate_app.command("scan")
def scan_command(
    *,
    out: Out,
    count: Annotated[int, typer.Option(min=1, help="How many scans.")] = 10,
    heading: Heading = None,
    container: Container = None,
    items: Items = 1,
    empty: EmptyShare = 0.1,
    scanner: Scanner = None,
    rendered: Rendered = True,
    display: Display = "record",
    spoiled: Spoiled = False,
    seed: Seed = 0,
    jobs: Jobs = None,
) -> None:
    """Write single scans and OUT/scans/scans.csv, with the true box of each container.

    Ten pictures of anything:

        riac simulate scan --out day1

    Measured values of frozen meat, by one class of scanner:

        riac simulate scan --out meat --heading 0202 --raw --scanner gantry-6-4mv

    Shared containers of three goods items, with a label map beside each picture:

        riac simulate scan --out shared --items 3 --empty 0
    """
    from training.simulator.files import write_scans

    with _refusing(), _running(out, seed=seed, jobs=jobs) as run:
        choice = _choice(heading, container, scanner, empty=empty, items=items)
        write_scans(run, count=count, choice=choice, filing=_filing(rendered, display),
                    spoiled=spoiled)  # fmt: skip
    typer.echo(f"{count} scans in {out / 'scans' / 'scans.csv'}")


@simulate_app.command("pair")
def pair_command(
    *,
    out: Out,
    count: Annotated[int, typer.Option(min=1, help="How many pairs.")] = 10,
    tampered: Annotated[float, typer.Option(min=0, max=1, help="Share with fraud.")] = 0.5,
    fraud: Annotated[
        list[str] | None,
        typer.Option(
            help="insertion, removal, substitution, false_wall, false_floor, hollowed, swap or "
            "broken_seal; give it again for more. All that show in pictures without it."
        ),
    ] = None,
    same_class: Annotated[
        float,
        typer.Option(
            min=0,
            max=1,
            help="Share of pairs through two scanners of one class, as where a service buys one "
            "make; the others are drawn apart.",
        ),
    ] = 0.0,
    heading: Heading = None,
    container: Container = None,
    items: Items = 1,
    empty: EmptyShare = 0.1,
    scanner: Scanner = None,
    rendered: Rendered = True,
    display: Display = "record",
    seed: Seed = 0,
    jobs: Jobs = None,
) -> None:
    """Write one load at entry and at exit, pairs.csv and the truth of what was done.

    Two scanners, two trailers, a load that settled on its way; in some, fraud. OUT/truth has, for
    each pair, kilograms, the factor, the box in space, boxes and masks in both pictures.

        riac simulate pair --out pairs --count 100 --fraud insertion --fraud false_wall

        riac compare --pairs pairs/pairs.csv
    """
    from training.simulator.files import write_pairs

    with _refusing(), _running(out, seed=seed, jobs=jobs) as run:
        write_pairs(
            run,
            count=count,
            tampered=tampered,
            kinds=_fraud_kinds(fraud or ()),
            same_class=same_class,
            choice=_choice(heading, container, scanner, empty=empty, items=items),
            filing=_filing(rendered, display),
        )
    typer.echo(f"{count} pairs in {out / 'pairs.csv'}")


@simulate_app.command("library")
def library_command(
    *,
    out: Out,
    each: Annotated[int, typer.Option(min=1, help="Pictures of each heading.")] = 8,
    heading: Heading = None,
    scanner: Scanner = None,
    rendered: Rendered = True,
    display: Display = "record",
    seed: Seed = 0,
    jobs: Jobs = None,
) -> None:
    """Write pictures of known goods and refs.csv, for a library of standard images.

        riac simulate library --out refs --each 8 --heading 0805 --heading 4011

        riac library build library --from refs/refs.csv
    """  # fmt: skip
    from training.simulator.files import write_library

    with _refusing(), _running(out, seed=seed, jobs=jobs) as run:
        choice = _choice(heading, None, scanner, empty=0.0, items=1)
        write_library(run, each=each, choice=choice, filing=_filing(rendered, display))
    typer.echo(f"references in {out / 'refs.csv'}")


@simulate_app.command("traffic")
def traffic_command(
    *,
    out: Out,
    count: Annotated[int, typer.Option(min=1, help="Consignments.")] = 50,
    on: Annotated[str, typer.Option(help="The day, as 2026-03-01.")] = "2026-03-01",
    share: Annotated[
        list[str] | None,
        typer.Option(help="Weight of a scenario, as insertion=3; give it again for more."),
    ] = None,
    heading: Heading = None,
    seed: Seed = 0,
    jobs: Jobs = None,
) -> None:
    """Write a day at a border: declarations, scans, when they come in, and the right answers.

    Honest consignments and others: misdeclared, short, empty, tampered with in transit, their
    seals broken, their scans faulty. Each site has one scanner of its own.

        riac simulate traffic --out day --count 200 --share insertion=10 --share swap=0

    OUT/events.jsonl says what comes in when, OUT/expected.jsonl what is right.
    """
    from datetime import date

    from training.simulator.days import parse_shares, write_day

    with _refusing(), _running(out, seed=seed, jobs=jobs) as run:
        shares = parse_shares(share or ())
        on_day = date.fromisoformat(on)
        write_day(run, count=count, on=on_day, shares=shares, headings=tuple(heading or ()))
    typer.echo(f"{count} consignments in {out / 'events.jsonl'}")


def _choice(
    headings: Sequence[str] | None,
    container: str | None,
    scanners: Sequence[str] | None,
    *,
    empty: float,
    items: int,
) -> Choice:
    from training.simulator.plans import Choice
    from training.simulator.scene.containers import ContainerKind

    kind = None if container is None else _member(ContainerKind, container, "container")
    return Choice(
        headings=tuple(headings or ()),
        container=kind,
        scanners=tuple(scanners or ()),
        empty_share=empty,
        items=items,
    )


def _filing(rendered: bool, display: str) -> Filing:
    from training.simulator.production import Filing
    from training.simulator.scanners.style import Family

    if display == "any":
        return Filing(rendered, None)
    return Filing(rendered, _member(Family, display, "display"))


def _fraud_kinds(names: Sequence[str]) -> tuple[FraudKind, ...]:
    from training.simulator.fraud import FraudKind

    return tuple(_member(FraudKind, name, "fraud") for name in names)


def _member(kinds: type[Kind], name: str, what: str) -> Kind:
    try:
        return kinds(name)
    except ValueError as error:
        allowed = ", ".join(str(each) for each in kinds)
        raise ValueError(f"{what}: expected one of {allowed}, got {name!r}") from error


@contextmanager
def _refusing() -> Iterator[None]:
    """Turn what cannot be simulated into wrong use: a message and exit status 2."""
    try:
        yield
    except (ValueError, OSError) as error:
        raise typer.BadParameter(str(error)) from error


@contextmanager
def _running(out: Path, *, seed: int, jobs: int | None) -> Iterator[Run]:
    """Show how far a run is."""
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    from training.simulator.files import Run
    from training.simulator.parallel import cores

    columns = (
        TextColumn("simulating"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        shown = bar.add_task("simulating", total=None)

        def progress(done: int, count: int) -> None:
            bar.update(shown, completed=done, total=count)

        yield Run(out, seed=seed, jobs=jobs or cores(), progress=progress)

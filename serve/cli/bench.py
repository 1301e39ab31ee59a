"""`riac bench`: the timings that matter, warm and cold, beside the baseline."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Callable

    from training.evaluate.timing import Timing

ROUND_TARGET_S = 3.0
CHECKOUT_TARGET_S = 240.0


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("bench")(bench)


def bench(
    *,
    repeats: Annotated[int, typer.Option(min=2, help="Warm repeats of each.")] = 10,
    service: Annotated[
        bool, typer.Option(help="Time the running service and the demonstration too.")
    ] = True,
    checkout: Annotated[
        Path | None,
        typer.Option(help="Time `make demo` in a clean clone of this repository too.", exists=True),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="Write bench.md and bench.json into this folder.")
    ] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit with status 1 when a target is missed.")
    ] = False,
) -> None:
    """Time pairs, checks, networks, the simulator, the service and the demonstration here."""
    from rich.console import Console

    from serve.demo.errors import DemonstrationError
    from training.evaluate.timing import as_json, as_markdown, machine

    console = Console(stderr=True, highlight=False)

    def on_step(text: str) -> None:
        console.print(text, style="dim", markup=False, soft_wrap=True)

    timings: list[Timing] = []
    try:
        for timing in _timings(repeats, service=service, checkout=checkout, on_step=on_step):
            timings.append(timing)
            on_step(f"{timing.name}: {timing.median:.3g} {timing.unit}")
    except DemonstrationError as error:
        console.print(f"The benchmark stopped: {error}", style="red", markup=False)
        raise typer.Exit(1) from error
    described = machine()
    table = as_markdown(timings, described=described)
    typer.echo(table)
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
        (out / "bench.md").write_text(table, encoding="utf-8")
        (out / "bench.json").write_text(as_json(timings, described=described), encoding="utf-8")
    if strict and any(timing.met is False for timing in timings):
        raise typer.Exit(1)


def _timings(
    repeats: int, *, service: bool, checkout: Path | None, on_step: Callable[[str], None]
) -> Iterator[Timing]:
    from training.evaluate.bench import time_pairs
    from training.evaluate.library_timing import time_check
    from training.evaluate.simulating import time_simulator
    from training.evaluate.throughput import time_networks
    from training.evaluate.timing import Timing

    yield from time_pairs(repeats=repeats)
    yield from time_check(repeats=repeats)
    yield from time_networks(repeats=repeats)
    yield from time_simulator()
    if service:
        from serve.demo.benchmark import time_demonstration, time_rounds

        first, *others = time_rounds(rounds=repeats + 1, on_step=on_step)
        yield Timing(
            "declaration, entry and exit sent until both decisions are announced and readable",
            tuple(others),
            cold=first,
            at_most=ROUND_TARGET_S,
        )
        yield Timing("riac demo until its first decision", (time_demonstration(),))
    if checkout is not None:
        from serve.demo.benchmark import time_checkout

        yield Timing(
            "make demo in a clean checkout until its first decision",
            (time_checkout(checkout.resolve()),),
            at_most=CHECKOUT_TARGET_S,
        )

"""`riac evaluate`: the benchmark on a folder of scans, from a terminal."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from training.evaluate.figure import Progress, Section


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("evaluate")(evaluate_command)


def evaluate_command(
    *,
    data: Annotated[Path, typer.Option("--data", help="Folder laid out as docs/rescan-1.md says.")],
    only: Annotated[
        list[str] | None, typer.Option("--only", help="One section; may be repeated.")
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", help="Write JSON, plots and the worst cases as pictures here."),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="JSON on standard output instead of a table.")
    ] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit with status 1 when a target is missed.")
    ] = False,
) -> None:
    """Measure how well containers, pairs and goods are judged on scans whose truth is known.

    On the same scans the same program gives the same figures: all chance has fixed seeds.
    """
    from rich.console import Console

    from training.evaluate.protocol import evaluate
    from training.evaluate.report import as_json as json_document
    from training.evaluate.report import write_report

    console = Console(stderr=as_json, highlight=False)
    try:
        with _progress(console) as progress:
            evaluation = evaluate(
                data,
                only=only or (),
                progress=progress,
                on_section=lambda section: None if as_json else _show(console, section),
            )
    except ValueError as error:
        typer.echo(f"riac evaluate: {error}", err=True)
        raise typer.Exit(2) from error
    if as_json:
        typer.echo(json.dumps(json_document(evaluation), ensure_ascii=False))
    if out is not None:
        console.print(f"Written: {write_report(evaluation, out)}", markup=False)
    for figure in evaluation.missed:
        console.print(
            f"Missed: {figure.name}: {figure.value:.3f}, wanted {figure.target}", markup=False
        )
    if strict and evaluation.missed:
        raise typer.Exit(1)


def _show(console: Console, section: Section) -> None:
    from rich.table import Table

    from training.evaluate.report import HEADER, table_row

    table = Table(*HEADER, title=section.name, title_justify="left")
    for figure in section.figures:
        table.add_row(*table_row(figure))
    console.print(table)


@contextmanager
def _progress(console: Console) -> Iterator[Progress]:
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bars

    from training.evaluate.figure import Progress

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Bars(*columns, console=console, transient=True) as bars:

        class Shown(Progress):
            task = None

            def begin(self, name: str, *, total: int) -> None:
                self.task = bars.add_task(name, total=total)

            def advance(self) -> None:
                if self.task is not None:
                    bars.advance(self.task)

        yield Shown()

"""`riac check`: scans against their declared codes, from a terminal."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from serve.cli.check_rows import CheckTask, WrongUseError, check_row, normalise_codes, read_tasks

if TYPE_CHECKING:
    from riac.finding import Check
    from riac.ports import Embedder, PictureChecks, StandardImages


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("check")(check_command)


def check_command(
    scan: Annotated[Path | None, typer.Argument(help="One scan.")] = None,
    *,
    declared: Annotated[
        list[str] | None, typer.Option("--declared", help="HS code declared; may be repeated.")
    ] = None,
    declared_empty: Annotated[
        bool, typer.Option("--declared-empty", help="The container is declared empty.")
    ] = False,
    scans: Annotated[
        Path | None,
        typer.Option("--scans", help="Many: a CSV with the columns scan_id,path,declared."),
    ] = None,
    library: Annotated[
        Path | None,
        typer.Option(help="Standard images. Without: empty or loaded only."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="JSON instead of a table.")] = False,
) -> None:
    """Check scans against what was declared."""
    from riac.errors import LibraryError, ModelError

    try:
        tasks = _tasks(scan, scans, declared=declared or [], declared_empty=declared_empty)
        rows = _rows(tasks, library=library)
        if scans is not None or as_json:
            for row in rows:
                typer.echo(json.dumps(row, ensure_ascii=False))
        else:
            for row in rows:
                _show(row, title=str(scan))
    except (WrongUseError, LibraryError, ModelError) as error:
        typer.echo(f"riac check: {error}", err=True)
        raise typer.Exit(2) from error


def _tasks(
    scan: Path | None, scans: Path | None, *, declared: Sequence[str], declared_empty: bool
) -> tuple[CheckTask, ...]:
    if (scan is None) == (scans is None):
        raise WrongUseError("expected either one SCAN or --scans SCANS.csv")
    if scans is not None:
        if declared or declared_empty:
            raise WrongUseError("with --scans the codes stand in the CSV")
        return read_tasks(scans)
    if bool(declared) == declared_empty:
        raise WrongUseError("expected either --declared CODE or --declared-empty")
    assert scan is not None
    return (CheckTask(None, scan, normalise_codes(declared, where="--declared")),)


def _rows(tasks: Sequence[CheckTask], *, library: Path | None) -> Iterator[dict[str, Any]]:
    from models import load_checks

    standard, embedder = _open(library)
    checks = load_checks()
    for task in tasks:
        started = time.perf_counter()
        found = _check(task, embedder=embedder, library=standard, checks=checks)
        yield check_row(task.scan_id, found, seconds=time.perf_counter() - started)


def _open(folder: Path | None) -> tuple[StandardImages | None, Embedder | None]:
    if folder is None:
        return None, None
    from image_library import open_library
    from models import load_embedder

    return open_library(folder), load_embedder()


def _check(
    task: CheckTask,
    *,
    embedder: Embedder | None,
    library: StandardImages | None,
    checks: PictureChecks,
) -> Check:
    from riac.check import check
    from riac.errors import ScanUnreadableError
    from riac.finding import Check, CheckVerdict
    from riac.formats import read_scan
    from riac.imaging import prepare

    try:
        prepared = prepare(read_scan(task.path, name=task.path.name), checks=checks)
    except ScanUnreadableError as error:
        return Check(CheckVerdict.UNREADABLE, None, None, None, faults=error.faults)
    return check(
        prepared,
        declared=task.declared,
        declared_empty=not task.declared,
        embedder=embedder,
        library=library,
    )


def _show(row: dict[str, Any], *, title: str) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(title=title, show_header=False)
    table.add_row("verdict", row["verdict"])
    for field in ("consistent_score", "empty_score", "unexplained_fraction"):
        table.add_row(field, "none" if row[field] is None else f"{row[field]:.3f}")
    for each in row["declared"]:
        table.add_row(
            f"declared {each['hs']}", f"{each['score']:.3f}, {each['references']} references"
        )
    for each in row["candidates"][:5]:
        table.add_row(f"looks like {each['hs']}", f"{each['score']:.3f}")
    for each in row["faults"]:
        table.add_row(f"fault {each['code']}", f"{each['severity']}: {each['detail']}")
    Console().print(table)

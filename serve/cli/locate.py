"""`riac locate`: the containers of scans, from a terminal."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from serve.cli.locate_rows import Located, LocateTask


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("locate")(locate_command)


def locate_command(
    scans: Annotated[list[Path] | None, typer.Argument(metavar="SCAN...", help="Scans.")] = None,
    *,
    table: Annotated[
        Path | None, typer.Option("--scans", help="Many: a CSV with the columns scan_id,path.")
    ] = None,
    pictures: Annotated[
        Path | None,
        typer.Option(help="Write each scan into this folder, as PNG, with its containers drawn."),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="JSON Lines instead of a table; always with --scans.")
    ] = False,
) -> None:
    """Find the containers in scans of whole vehicles.

    Boxes and corners are pixels of the file as stored; a picture already cropped to its container
    is taken as that container.
    """
    from rich.console import Console

    from models import load_edges
    from serve.cli.check_rows import WrongUseError
    from serve.cli.locate_rows import locate, locate_row

    console = Console(highlight=False)
    try:
        tasks = _tasks(scans or [], table)
        if pictures is not None:
            pictures.mkdir(parents=True, exist_ok=True)
    except (WrongUseError, OSError) as error:
        typer.echo(f"riac locate: {error}", err=True)
        raise typer.Exit(2) from error
    edges = load_edges()
    for task in tasks:
        started = time.perf_counter()
        found = locate(task.path, edges=edges)
        row = locate_row(task.scan_id, found, seconds=time.perf_counter() - started)
        if as_json or table is not None:
            typer.echo(json.dumps(row, ensure_ascii=False))
        else:
            _show(console, row)
        if pictures is not None:
            _draw(task, found, folder=pictures)


def _tasks(scans: Sequence[Path], table: Path | None) -> tuple[LocateTask, ...]:
    from serve.cli.check_rows import WrongUseError
    from serve.cli.locate_rows import LocateTask, read_tasks

    if bool(scans) == (table is not None):
        raise WrongUseError("expected either SCAN... or --scans SCANS.csv")
    if table is not None:
        return read_tasks(table)
    return tuple(LocateTask(str(path), path) for path in scans)


def _show(console: Console, row: dict[str, Any]) -> None:
    console.print(f"{row['scan_id']} ({row['seconds']:.2f} s)", style="bold", markup=False)
    for container in row["containers"]:
        edges = " ".join(f"{edge:.0f}" for edge in container["box_px"])
        console.print(
            f"  container {edges} px, view {container['view']}, score {container['score']:.2f}",
            markup=False,
        )
    for fault in row["faults"]:
        console.print(f"  {fault['severity']}: {fault['code']}: {fault['detail']}", markup=False)


def _draw(task: LocateTask, found: Located, *, folder: Path) -> None:
    import cv2
    import numpy as np

    if found.prepared is None:
        return
    for view in found.prepared.scan.views:
        grey = (np.clip(view.transmission, 0, 1) * 255).astype(np.uint8)
        picture = cv2.cvtColor(grey, cv2.COLOR_GRAY2BGR)
        for container in found.containers:
            if container.view == view.name:
                corners = np.rint(container.quad_px).astype(np.int32)[:, None, :]
                cv2.polylines(picture, [corners], isClosed=True, color=(60, 60, 230), thickness=3)
        cv2.imwrite(str(folder / f"{task.path.stem}-{view.name}.png"), picture)

"""`riac library`: build a library of standard images, add to it, renew, search and count it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from image_library.building import BuildProgress

if TYPE_CHECKING:
    from riac.imaging.frame import PreparedScan

library_app = typer.Typer(help="Standard images by HS code.", no_args_is_help=True)

Folder = Annotated[Path, typer.Argument(help="The library's folder.")]
References = Annotated[
    Path,
    typer.Option("--from", help="CSV with the columns path,hs_code; empty code = empty container."),
]
AsJson = Annotated[bool, typer.Option("--json", help="JSON instead of a table.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(library_app, name="library")


@library_app.command("build")
def build(folder: Folder, *, references: References) -> None:
    """Make a new library; it appears whole or not at all."""
    from image_library import build_library, read_references
    from models import load_embedder

    with _reported("riac library build"), _Bar() as bar:
        made = build_library(
            folder, read_references(references), embedder=load_embedder(), progress=bar
        )
    typer.echo(f"{len(made.entries)} standard images, snapshot {made.digest}")


@library_app.command("add")
def add(folder: Folder, *, references: References) -> None:
    """Add standard images: all that are listed, or none; a new snapshot comes into use."""
    from image_library import add_references, read_references
    from models import load_embedder

    with _reported("riac library add"), _Bar() as bar:
        _refuse_single_snapshot(folder)
        made = add_references(
            folder, read_references(references), embedder=load_embedder(), progress=bar
        )
    typer.echo(f"{len(made.entries)} standard images, snapshot {made.digest}")


@library_app.command("renew")
def renew(folder: Folder) -> None:
    """Embed all standard images by the embedder in use, after an upgrade changed it.

    The pictures are taken as they were received; a new snapshot comes into use, the old stay.
    """
    from image_library import renew_library
    from models import load_embedder

    with _reported("riac library renew"), _Bar() as bar:
        _refuse_single_snapshot(folder)
        made = renew_library(folder, embedder=load_embedder(), progress=bar)
    typer.echo(f"{len(made.entries)} standard images, snapshot {made.digest}")


@library_app.command("search")
def search(
    folder: Folder,
    scan: Annotated[Path, typer.Argument(help="A scan.")],
    *,
    limit: Annotated[int, typer.Option(min=1, help="How many.")] = 10,
    as_json: AsJson = False,
    out: Annotated[
        Path | None, typer.Option(help="Draw the scan and what it is like: a PNG file.")
    ] = None,
) -> None:
    """Find the standard images most like a scan."""
    from image_library import decode_png, open_library
    from models import load_embedder
    from riac.explaining import refuse_other_embedder
    from riac.interior import interior_of
    from serve.cli.library_sheet import Shown, draw_sheet, shown_scan

    with _reported("riac library search"):
        library, embedder = open_library(folder), load_embedder()
        refuse_other_embedder(library, embedder)
        prepared = _prepared(scan)
        vectors = embedder.embed(interior_of(prepared).transmission)
        found = library.search(vectors, limit=limit)[0]
        names = {entry.entry_id: entry.name for entry in library.entries}
        rows = [
            {
                "entry_id": each.entry_id,
                "hs": each.hs_code,
                "similarity": round(each.similarity, 6),
                "name": names[each.entry_id],
            }
            for each in found
        ]
        if out is not None:
            pictures = [decode_png(library.thumbnail(each.entry_id)) for each in found]
            nearest = [
                Shown(f"{row['hs'] or 'empty'}  {row['similarity']:.3f}  {row['name']}", picture)
                for row, picture in zip(rows, pictures, strict=True)
            ]
            shown = shown_scan(scan.name, prepared.rectified[0].transmission)
            _write(out, draw_sheet(shown, nearest))
    for row in rows:
        if as_json:
            typer.echo(json.dumps(row, ensure_ascii=False))
        else:
            code = row["hs"] or "empty"
            typer.echo(f"{row['similarity']:.3f}  {code:8}  {row['entry_id']}  {row['name']}")


@library_app.command("stats")
def stats(folder: Folder, *, as_json: AsJson = False) -> None:
    """Count the standard images by code; name the snapshot and what made its vectors."""
    from image_library import open_library

    with _reported("riac library stats"):
        library = open_library(folder)
    counted = {
        "digest": library.digest,
        "embedder": library.embedder_name,
        "embedder_digest": library.embedder_digest,
        "entries": len(library.entries),
        "codes": library.codes,
    }
    if as_json:
        typer.echo(json.dumps(counted))
        return
    typer.echo(f"snapshot {library.digest}")
    typer.echo(f"embedder {library.embedder_name}, {library.embedder_digest}")
    for code, count in library.codes.items():
        typer.echo(f"{code or 'empty':8} {count}")


def _refuse_single_snapshot(folder: Path) -> None:
    from image_library import open_library
    from riac.errors import LibraryError

    if not (folder / "current").is_file():
        open_library(folder)
        raise LibraryError(f"{folder} is a single snapshot, which never changes")


def _prepared(scan: Path) -> PreparedScan:
    from riac.errors import LibraryError
    from riac.formats import read_scan
    from riac.imaging import prepare

    prepared = prepare(read_scan(scan, name=scan.name))
    if not prepared.usable:
        faults = "; ".join(f"{fault.code}: {fault.detail}" for fault in prepared.faults)
        raise LibraryError(f"{scan}: not usable: {faults or 'no container'}")
    return prepared


def _write(path: Path, content: bytes) -> None:
    from riac.errors import StorageError

    try:
        path.write_bytes(content)
    except OSError as error:
        raise StorageError(f"{path}: {error}") from error


@contextmanager
def _reported(command: str) -> Iterator[None]:
    """Turn what can be expected to go wrong into a message and status 1."""
    from riac.errors import RiacError

    try:
        yield
    except RiacError as error:
        typer.echo(f"{command}: {error}", err=True)
        raise typer.Exit(1) from error


class _Bar(BuildProgress):
    """A progress bar on standard error."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import Progress

        self._progress = Progress(console=Console(stderr=True), transient=True)
        self._task = self._progress.add_task("standard images", total=None)

    def __enter__(self) -> _Bar:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def begin(self, *, total: int) -> None:
        self._progress.update(self._task, total=total)

    def advance(self) -> None:
        self._progress.advance(self._task)

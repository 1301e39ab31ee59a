"""`riac backup` and `riac restore`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from serve.cli.state import complaints, migrate_to, stores

if TYPE_CHECKING:
    from serve.backup.manifest import Manifest, Progress


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("backup")(backup)
    app.command("restore")(restore)


def backup(
    path: Annotated[
        Path,
        typer.Argument(help="File to write, or a folder, which gets a file named by the time."),
    ],
) -> None:
    """Write the whole database and every stored scan into one file, while the service runs.

    The file holds password hashes and webhook secrets: keep it as you keep the database.
    """
    from serve.backup import save

    if path.is_dir():
        path /= f"riac-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.tar"
    with complaints(), stores() as opened, _progress() as progress:
        manifest = save(path, engine=opened.engine, objects=opened.objects, progress=progress)
    typer.echo(f"{path}: {_summary(manifest)}")


def restore(
    path: Annotated[Path, typer.Argument(help="File that `riac backup` wrote.", exists=True)],
    force: Annotated[
        bool, typer.Option("--force", help="Also over a database that holds something.")
    ] = False,
) -> None:
    """Put a backup back; stop the API and the workers first.

    All of the file is checked against its digests before anything is changed. The database is
    replaced; stored scans that the backup does not know are left.
    """
    from serve.backup import restore as put_back

    with complaints(), stores() as opened, _progress() as progress:
        manifest = put_back(
            path,
            engine=opened.engine,
            objects=opened.objects,
            migrate=lambda revision: migrate_to(opened.engine, revision),
            force=force,
            progress=progress,
        )
        migrate_to(opened.engine, None)
    typer.echo(f"restored {_summary(manifest)}")


def _summary(manifest: Manifest) -> str:
    rows = sum(table.rows for table in manifest.tables)
    size = sum(entry.size_bytes for entry in manifest.objects)
    return (
        f"{rows} rows of {len(manifest.tables)} tables, {len(manifest.objects)} objects, "
        f"{size / 1e6:.1f} MB, state of {manifest.created_at:%Y-%m-%d %H:%M:%S} UTC"
    )


@contextmanager
def _progress() -> Iterator[Progress]:
    """Show a bar for each step, on standard error."""
    from rich.console import Console
    from rich.progress import Progress as Bars
    from rich.progress import TaskID

    with Bars(console=Console(stderr=True)) as bars:
        tasks: dict[str, TaskID] = {}

        def tell(step: str, done: int, total: int) -> None:
            if step not in tasks:
                tasks[step] = bars.add_task(step)
            bars.update(tasks[step], completed=done, total=total)

        yield tell

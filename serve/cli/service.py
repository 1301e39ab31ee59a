"""`riac migrate`, `riac serve` and `riac worker`: the parts of the service."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import typer

from riac.errors import RiacError


def register(app: typer.Typer) -> None:
    """Add the commands of this part."""
    app.command("migrate")(migrate)


def migrate() -> None:
    """Bring the database to this version's schema; safe to repeat.

    The database is RIAC_DATABASE_URL, or the embedded one in RIAC_DATA_DIR.
    """
    from serve.settings import load_settings
    from serve.store.migrating import migrate as bring_to_newest
    from serve.wiring import open_database

    with _errors_told(), open_database(load_settings()) as (_, engine):
        revision = bring_to_newest(engine)
    typer.echo(f"The database is at revision {revision}.")


@contextmanager
def _errors_told() -> Iterator[None]:
    """Say what went wrong in a sentence, not in a trace."""
    try:
        yield
    except RiacError as error:
        typer.echo(f"{error.code}: {error}", err=True)
        raise typer.Exit(1) from error

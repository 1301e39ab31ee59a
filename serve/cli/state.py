"""What the commands of operation share: the service's state, and errors told in a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

from riac.errors import RiacError

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlalchemy.orm import Session, sessionmaker

    from serve.wiring import Stores


@contextmanager
def sessions() -> Iterator[sessionmaker[Session]]:
    """Open the database the settings name; it must be at this version's schema."""
    from sqlalchemy.orm import sessionmaker

    from serve.settings import load_settings
    from serve.store.migrating import require_newest
    from serve.wiring import open_database

    with open_database(load_settings()) as (_, engine):
        require_newest(engine)
        yield sessionmaker(engine)


@contextmanager
def stores() -> Iterator[Stores]:
    """Open database and objects, whatever the schema."""
    from serve.settings import load_settings
    from serve.wiring import open_stores

    with open_stores(load_settings()) as opened:
        yield opened


def migrate_to(engine: Engine, revision: str | None) -> None:
    """Bring the database to a revision; None = the newest."""
    from serve.store.migrating import migrate

    migrate(engine, to=revision)


@contextmanager
def complaints() -> Iterator[None]:
    """Turn errors that can be named into one sentence: exit 2 for wrong use, 1 for the rest."""
    try:
        yield
    except ValueError as error:
        typer.echo(f"riac: {error}", err=True)
        raise typer.Exit(2) from error
    except RiacError as error:
        typer.echo(f"riac: {error}", err=True)
        raise typer.Exit(1) from error

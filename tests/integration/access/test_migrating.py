"""Migrations make the very schema the models describe."""

from __future__ import annotations

from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, make_url, text

import serve.store.access
import serve.store.cargo
import serve.store.delivery  # noqa: F401
from riac.errors import ConfigurationError
from serve.store.base import Base
from serve.store.migrating import current_revision, migrate, newest_revision


@pytest.fixture
def empty_engine(server_url: str) -> Any:
    admin = create_engine(server_url, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text("CREATE DATABASE to_migrate"))
    engine = create_engine(make_url(server_url).set(database="to_migrate"))
    yield engine
    engine.dispose()
    with admin.connect() as connection:
        connection.execute(text("DROP DATABASE to_migrate WITH (FORCE)"))
    admin.dispose()


def test_migrations_and_models_agree(empty_engine: Any) -> None:
    migrate(empty_engine)
    with empty_engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={"include_name": lambda name, *_: not str(name).startswith("procrastinate_")},
        )
        assert compare_metadata(context, Base.metadata) == []
        assert current_revision(connection) == newest_revision()


def test_migrating_stops_where_told_and_goes_on_later(empty_engine: Any) -> None:
    assert migrate(empty_engine, to="0001") == "0001"
    with empty_engine.connect() as connection:
        assert current_revision(connection) == "0001"
    assert migrate(empty_engine) == newest_revision()
    with pytest.raises(ConfigurationError, match="no revision"):
        migrate(empty_engine, to="9999")

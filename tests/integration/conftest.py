"""A real PostgreSQL, a fresh database for each test, and a real receiver of webhooks."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine
from sqlalchemy.orm import Session, sessionmaker

from tests.integration.databases import fresh_database, running_postgres
from tests.integration.receiver import Receiver, running_receiver


@pytest.fixture(scope="session")
def server_url() -> Iterator[str]:
    # Not among pytest's own folders: run as root, PostgreSQL belongs to another user, and each
    # further pytest session on the machine closes those folders to everybody else.
    with (
        tempfile.TemporaryDirectory(prefix="riac-postgres-") as folder,
        running_postgres(Path(folder) / "data") as url,
    ):
        yield url


@pytest.fixture
def database_url(server_url: str) -> Iterator[str]:
    with fresh_database(server_url) as url:
        yield url


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = create_engine(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def sessions(engine: Engine) -> sessionmaker[Session]:
    return sessionmaker(engine)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with running_receiver() as receiver:
        yield receiver

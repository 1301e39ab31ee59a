"""Joins ports to adapters: the one place that knows which of each is in use."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from riac.formats import read_scan
from riac.ports import ObjectStore
from serve.analysis import open_analysis
from serve.api.state import Service
from serve.life.judging import PassageJudge
from serve.life.queue import JobQueue
from serve.objects import FileObjects, S3Objects
from serve.settings import Settings
from serve.store.embedded import embedded_database
from serve.store.engine import open_engine
from serve.store.migrating import migrate, require_newest


@dataclass(frozen=True, slots=True)
class Stores:
    """Where everything is kept."""

    database_url: str
    engine: Engine
    sessions: sessionmaker[Session]
    objects: ObjectStore


@contextmanager
def open_database(settings: Settings) -> Iterator[tuple[str, Engine]]:
    """Connect to the database, starting the embedded one where none is named.

    Raises:
        ConfigurationError: the address is not of a PostgreSQL database.
    """
    if settings.database_url is not None:
        url = settings.database_url.get_secret_value()
        with _disposed(open_engine(url)) as engine:
            yield url, engine
        return
    with embedded_database(settings.postgres_dir) as url, _disposed(open_engine(url)) as engine:
        yield url, engine


@contextmanager
def open_stores(settings: Settings) -> Iterator[Stores]:
    """Open database and objects.

    Raises:
        ConfigurationError: the settings cannot be served with.
        StorageError: the object store does not answer.
    """
    with open_database(settings) as (url, engine):
        yield Stores(
            database_url=url,
            engine=engine,
            sessions=sessionmaker(engine, expire_on_commit=False),
            objects=open_objects(settings),
        )


@contextmanager
def open_service(settings: Settings) -> Iterator[Service]:
    """Open what the API works with.

    Raises:
        ConfigurationError: the settings cannot be served with, or the schema is another version's.
        PolicyError, ModelError: the policy or the models cannot be used.
        StorageError: the object store does not answer.
    """
    analysis = open_analysis(settings)
    with open_stores(settings) as stores:
        _prepare_schema(stores, settings)
        yield Service(
            settings=settings,
            engine=stores.engine,
            sessions=stores.sessions,
            objects=stores.objects,
            queue=JobQueue(),
            analysis=analysis,
            read=lambda content, name: read_scan(content, name=name),
            library=analysis.library,
            embedder=analysis.embedder,
            models=analysis.models,
            code_digest=analysis.code_digest,
        )


@contextmanager
def open_judge(settings: Settings) -> Iterator[tuple[PassageJudge, Stores]]:
    """Open what a worker works with, warmed up. Raises as `open_service`, and LibraryError."""
    analysis = open_analysis(settings)
    analysis.warm_up()
    with open_stores(settings) as stores:
        _prepare_schema(stores, settings)
        judge = PassageJudge(
            stores.sessions, objects=stores.objects, analysis=analysis, queue=JobQueue()
        )
        yield judge, stores


def _prepare_schema(stores: Stores, settings: Settings) -> None:
    """Bring an embedded database to this version; a server's is its administrator's to migrate."""
    if settings.database_url is None:
        migrate(stores.engine)
    require_newest(stores.engine)


def open_objects(settings: Settings) -> ObjectStore:
    """Open the object store. Raises StorageError."""
    if settings.s3_endpoint is None:
        return FileObjects(settings.objects_dir)
    assert settings.s3_bucket is not None
    assert settings.s3_access_key is not None
    assert settings.s3_secret_key is not None
    return S3Objects(
        endpoint=settings.s3_endpoint,
        bucket=settings.s3_bucket,
        access_key=settings.s3_access_key.get_secret_value(),
        secret_key=settings.s3_secret_key.get_secret_value(),
        region=settings.s3_region,
        secure=settings.s3_secure,
    )


@contextmanager
def _disposed(engine: Engine) -> Iterator[Engine]:
    try:
        yield engine
    finally:
        engine.dispose()

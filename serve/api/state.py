"""What the endpoints work with: handed to `create_app`, kept as `app.state.service`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated

from fastapi import Depends, Request
from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from image_library import Snapshot
from riac.ports import Embedder, FittedModel, ObjectStore
from riac.scan import Scan
from serve.life.judging import Analysis
from serve.life.queue import JobQueue
from serve.settings import Settings


@dataclass(frozen=True, slots=True)
class Service:
    """The parts of a running service."""

    settings: Settings
    engine: Engine
    sessions: sessionmaker[Session]
    objects: ObjectStore
    queue: JobQueue
    analysis: Analysis
    read: Callable[[bytes, str | None], Scan]
    """Decodes a file of this name. Raises ScanUnreadableError."""
    library: Callable[[], Snapshot | None]
    """The snapshot in use. Raises LibraryError."""
    embedder: Embedder | None
    models: Sequence[FittedModel]
    """All decisions are made with."""
    code_digest: str


def get_service(request: Request) -> Service:
    """Return the service of this application."""
    service = request.app.state.service
    assert isinstance(service, Service)
    return service


ServiceDep = Annotated[Service, Depends(get_service)]


def get_session(service: ServiceDep) -> Iterator[Session]:
    """Open a session for reading."""
    with service.sessions() as session:
        yield session


ReadSession = Annotated[Session, Depends(get_session)]


def utc_now() -> datetime:
    """Return the time."""
    return datetime.now(UTC)

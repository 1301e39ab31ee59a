"""`/health`, `/ready` and `/metrics`: for those who run the service."""

from __future__ import annotations

from collections.abc import Callable
from ipaddress import ip_address

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from fastapi.security import HTTPAuthorizationCredentials
from fastapi.security.utils import get_authorization_scheme_param
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from pydantic import BaseModel
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from image_library import Snapshot
from riac.errors import LibraryError, StorageError
from riac.explaining import refuse_other_embedder
from riac.ports import Embedder
from serve.api.errors import problems
from serve.api.metrics import Metrics, read_gauges
from serve.api.state import Service, ServiceDep
from serve.auth.dependencies import identify
from serve.store.migrating import current_revision, newest_revision

router = APIRouter(tags=["operations"])

# Any object; only whether the store answers is of interest.
_PROBE = "probe"


class Health(BaseModel):
    """The process answers."""

    status: str


class ModelInUse(BaseModel):
    """A released model, and what it truly runs on."""

    name: str
    sha256: str
    runs_on: str


class InUse(BaseModel):
    """What decisions are made with, by the digests they name."""

    code: str
    policy: str
    policy_version: str
    library: str | None
    models: list[ModelInUse]


class Readiness(BaseModel):
    """What works (null) and what does not (what is wrong with it)."""

    ready: bool
    database: str | None
    objects: str | None
    worker: str | None
    library: str | None
    in_use: InUse


@router.get("/health")
def health() -> Health:
    """Say that the process answers."""
    return Health(status="ok")


@router.get(
    "/ready",
    response_model=Readiness,
    responses={503: {"model": Readiness, "description": "Not ready"}},
)
def ready(service: ServiceDep) -> JSONResponse:
    """Say whether database, objects, library and a worker are there, and what is in use."""
    database = _database_fault(service)
    objects = _objects_fault(service)
    worker = "not known without the database" if database else _worker_fault(service)
    library = library_fault(service.library, service.embedder)
    faultless = {database, objects, worker, library} == {None}
    answer = Readiness(
        ready=faultless,
        database=database,
        objects=objects,
        worker=worker,
        library=library,
        in_use=_in_use(service, library_works=library is None),
    )
    return JSONResponse(answer.model_dump(), status_code=200 if faultless else 503)


def _database_fault(service: Service) -> str | None:
    try:
        with service.engine.connect() as connection:
            found, needed = current_revision(connection), newest_revision()
    except SQLAlchemyError as error:
        return f"does not answer: {type(error).__name__}"
    return None if found == needed else f"is at revision {found}, not {needed}: riac migrate"


def _objects_fault(service: Service) -> str | None:
    try:
        service.objects.exists(_PROBE)
    except StorageError as error:
        return str(error)
    return None


def library_fault(library: Callable[[], Snapshot | None], embedder: Embedder | None) -> str | None:
    """Say why goods cannot be judged by the library; None where they can, or where there is none.

    Args:
        library: opens the snapshot in use.
        embedder: in use.
    """
    try:
        snapshot = library()
        if snapshot is not None and embedder is not None:
            refuse_other_embedder(snapshot, embedder)
    except LibraryError as error:
        return str(error)
    return None


def _in_use(service: Service, *, library_works: bool) -> InUse:
    library = service.library() if library_works else None
    policy = service.analysis.policy
    return InUse(
        code=service.code_digest,
        policy=policy.digest,
        policy_version=policy.version,
        library=library.digest if library else None,
        models=[
            ModelInUse(name=model.name, sha256=model.digest, runs_on=model.runs_on)
            for model in service.models
        ],
    )


def _worker_fault(service: Service) -> str | None:
    alive = text(
        "SELECT count(*) FROM procrastinate_workers"
        " WHERE last_heartbeat > now() - make_interval(secs => :timeout)"
    )
    with service.engine.connect() as connection:
        count = connection.scalar(alive, {"timeout": service.settings.worker_timeout_s})
    return None if count else "none is running: riac worker"


@router.get(
    "/metrics",
    response_class=Response,
    responses={
        200: {"content": {"text/plain": {}}, "description": "Prometheus text format"},
        **problems(401),
    },
)
def read_metrics(request: Request, service: ServiceDep) -> Response:
    """Return the metrics: to this machine, or to anyone with a key."""
    if not service.settings.metrics_open and not _is_local(request):
        scheme, credentials = get_authorization_scheme_param(request.headers.get("authorization"))
        identify(
            request, HTTPAuthorizationCredentials(scheme=scheme, credentials=credentials), None
        )
    metrics = request.app.state.metrics
    assert isinstance(metrics, Metrics)
    with service.sessions() as session:
        read_gauges(metrics, session)
    return Response(generate_latest(metrics.registry), media_type=CONTENT_TYPE_LATEST)


def _is_local(request: Request) -> bool:
    try:
        return request.client is not None and ip_address(request.client.host).is_loopback
    except ValueError:
        return False

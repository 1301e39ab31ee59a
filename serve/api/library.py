"""`/v1/library`: the standard images in use, and the nearest ones to a picture."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, File, Form, Response, UploadFile

from image_library import Snapshot
from riac.errors import InvalidRequestError, LibraryError, NotFoundError
from riac.imaging.frame import PreparedScan
from riac.interior import interior_of
from riac.ports import Neighbour
from riac.scan import Picture
from serve.api.access import AnyPerson
from serve.api.errors import problems
from serve.api.schemas import CodeScoreBody, LibrarySearchAnswer, LibraryStats, NearestImage
from serve.api.state import Service, ServiceDep
from serve.life.presenting import image_url
from serve.store.cargo import ScanRow

router = APIRouter(prefix="/v1/library", tags=["library"])

_NEAREST = 12
_LOOKED_AT = 50
_PNG: dict[int | str, dict[str, Any]] = {
    200: {"content": {"image/png": {}}, "description": "8-bit grey PNG"}
}


@router.get("/stats", responses=problems(401, 403))
def read_stats(_caller: AnyPerson, service: ServiceDep) -> LibraryStats:
    """Say what the library has."""
    library = service.library()
    if library is None:
        return LibraryStats(digest=None, embedder=None, entries=0, codes={})
    return LibraryStats(
        digest=library.digest,
        embedder=library.embedder_name,
        entries=len(library.entries),
        codes=library.codes,
    )


@router.post("/search", responses=problems(401, 403, 404, 413, 422, 503))
def search(
    _caller: AnyPerson,
    service: ServiceDep,
    file: Annotated[UploadFile | None, File(description="A picture")] = None,
    scan_id: Annotated[UUID | None, Form(description="Or a stored scan")] = None,
) -> LibrarySearchAnswer:
    """Find the standard images like an uploaded picture or a stored scan."""
    library = _library(service)
    if service.embedder is None:
        raise LibraryError("no embedder is loaded")
    prepared = service.analysis.prepare(_picture(service, file, scan_id))
    vectors = service.embedder.embed(_interior(prepared))
    (found,) = library.search(vectors, limit=_LOOKED_AT)
    return LibrarySearchAnswer(
        candidates=_candidates(found, library),
        nearest=[
            NearestImage(
                entry_id=each.entry_id,
                hs=each.hs_code,
                similarity=each.similarity,
                image_url=image_url(each.entry_id),
            )
            for each in found[:_NEAREST]
        ],
    )


@router.get(
    "/images/{entry_id}",
    response_class=Response,
    responses={**_PNG, **problems(401, 403, 404, 503)},
)
def read_image(entry_id: str, _caller: AnyPerson, service: ServiceDep) -> Response:
    """Return a standard image, small."""
    return Response(
        _library(service).thumbnail(entry_id),
        media_type="image/png",
        headers={"Cache-Control": "private, max-age=86400"},
    )


def _library(service: Service) -> Snapshot:
    library = service.library()
    if library is None:
        raise NotFoundError("this service has no library of standard images (RIAC_LIBRARY)")
    return library


def _picture(service: Service, file: UploadFile | None, scan_id: UUID | None) -> bytes:
    if (file is None) == (scan_id is None):
        raise InvalidRequestError("send either a file or a scan_id")
    if file is not None:
        return file.file.read()
    with service.sessions() as session:
        scan = session.get(ScanRow, scan_id)
    if scan is None:
        raise NotFoundError(f"no scan {scan_id}")
    return service.objects.get(scan.object_key)


def _interior(prepared: PreparedScan) -> Picture:
    if not prepared.usable:
        faults = "; ".join(f"{fault.code}: {fault.detail}" for fault in prepared.faults)
        raise InvalidRequestError(f"no container to look at: {faults or 'none found'}")
    return interior_of(prepared).transmission


def _candidates(found: list[Neighbour], library: Snapshot) -> list[CodeScoreBody]:
    """List each code once, with its best likeness."""
    by_code: dict[str, list[Neighbour]] = {}
    for neighbour in found:
        by_code.setdefault(neighbour.hs_code, []).append(neighbour)
    return [
        CodeScoreBody(
            hs=code,
            score=max(0.0, members[0].similarity),
            references=library.references(code),
            nearest=[each.entry_id for each in members[:_NEAREST]],
        )
        for code, members in by_code.items()
    ]

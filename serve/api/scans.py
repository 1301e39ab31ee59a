"""`/v1/scans`: send a scan, ask for it, look at it."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, File, Form, Query, Response, UploadFile
from pydantic import ValidationError
from sqlalchemy.orm import Session

from riac.declaration import normalise_container_number
from riac.errors import InvalidRequestError, NotFoundError
from serve.api.access import AnyCaller, AnyPerson, Overseer, Site, may_see_site, site_of
from serve.api.errors import problems
from serve.api.pictures import rendered_png
from serve.api.schemas import Problem, ScanBody, ScanMetadata
from serve.api.state import ReadSession, ServiceDep, utc_now
from serve.api.uploading import keep_upload
from serve.auth.caller import Caller
from serve.life.presenting import scan_body
from serve.life.receiving import Sender, receive_scan
from serve.store.cargo import PassageRow, ScanRow

router = APIRouter(prefix="/v1/scans", tags=["scans"])

_PNG: dict[int | str, dict[str, Any]] = {
    200: {"content": {"image/png": {}}, "description": "16-bit grey PNG"}
}


@router.post(
    "",
    status_code=201,
    responses={
        200: {"model": ScanBody, "description": "The same bytes for the same passage again"},
        **problems(401, 403, 409, 413, 422, 503),
    },
)
def send(
    metadata: Annotated[str, Form(description="`ScanMetadata` as JSON", max_length=20_000)],
    file: Annotated[UploadFile, File(description="TIFF, PNG, JPEG or a package")],
    caller: Site,
    service: ServiceDep,
    response: Response,
) -> ScanBody:
    """Take in a scan.

    It is stored when this answers, and judged within seconds. A file that cannot be read is told
    at once: `state` is `unusable`, `faults` say why; what only the analysis sees is told by the
    webhook `scan.unusable`.
    """
    stated = read_metadata(metadata)
    site = site_of(caller, stated.site)
    upload = keep_upload(file, service=service)
    with service.sessions.begin() as session:
        scan, is_new = receive_scan(
            session,
            stated,
            upload,
            sender=Sender(site=site, name=caller.name),
            now=utc_now(),
            queue=service.queue,
        )
        session.flush()
        session.expire_all()
        answer = scan_body(session, scan)
    response.status_code = 201 if is_new else 200
    return answer


def read_metadata(text: str) -> ScanMetadata:
    """Read the form field, the container number normalised.

    Raises:
        InvalidRequestError: it is not `ScanMetadata`.
        InvalidDeclarationError: not a container number.
    """
    try:
        stated = ScanMetadata.model_validate_json(text)
    except ValidationError as error:
        faults = error.errors(include_url=False, include_input=False)
        detail = "; ".join(
            f"metadata.{'.'.join(str(part) for part in fault['loc'])}: {fault['msg']}"
            for fault in faults[:5]
        )
        raise InvalidRequestError(detail) from error
    number = normalise_container_number(stated.container_number)
    return stated.model_copy(update={"container_number": number})


@router.get("/{scan_id}", responses=problems(401, 403, 404))
def read(scan_id: UUID, caller: AnyCaller, session: ReadSession) -> ScanBody:
    """Return what is known of a scan."""
    return scan_body(session, _visible(session, scan_id, caller))


@router.get(
    "/{scan_id}/original",
    response_class=Response,
    responses={
        200: {"content": {"application/octet-stream": {}}, "description": "As received"},
        **problems(401, 403, 404),
    },
)
def read_original(
    scan_id: UUID, caller: Overseer, session: ReadSession, service: ServiceDep
) -> Response:
    """Return the bytes as received."""
    scan = _visible(session, scan_id, caller)
    return Response(
        service.objects.get(scan.object_key),
        media_type="application/octet-stream",
        headers={
            "Content-Disposition": f'attachment; filename="{scan.sha256}"',
            "X-Content-Type-Options": "nosniff",
        },
    )


@router.get(
    "/{scan_id}/image",
    response_class=Response,
    responses={
        **_PNG,
        **problems(401, 403, 404),
        422: {"model": Problem, "description": "The file cannot be read"},
    },
)
def read_image(
    scan_id: UUID,
    caller: AnyPerson,
    session: ReadSession,
    service: ServiceDep,
    *,
    view: Annotated[int, Query(ge=0, le=63)] = 0,
    energy: Literal["high", "low"] = "high",
) -> Response:
    """Return the picture to look at: transmission times 65535, in pixels of the file as stored."""
    scan = _visible(session, scan_id, caller)
    content = rendered_png(service, scan.object_key, sha256=scan.sha256, view=view, energy=energy)
    return Response(
        content,
        media_type="image/png",
        headers={
            "Cache-Control": "private, max-age=86400",
            "ETag": f'"{service.code_digest[:12]}-{scan.sha256[:32]}-{view}-{energy}"',
        },
    )


def _visible(session: Session, scan_id: UUID, caller: Caller) -> ScanRow:
    scan = session.get(ScanRow, scan_id)
    if scan is None or not may_see_site(caller, session.get_one(PassageRow, scan.passage_id).site):
        raise NotFoundError(f"no scan {scan_id}")
    return scan

"""`POST /v1/declarations`."""

from __future__ import annotations

from fastapi import APIRouter, Response

from serve.api.access import Clearance
from serve.api.errors import problems
from serve.api.schemas import ConsignmentBody, DeclarationBody
from serve.api.state import ServiceDep, utc_now
from serve.life.declaring import register_declaration, to_declaration
from serve.life.presenting import consignment_body

router = APIRouter(prefix="/v1/declarations", tags=["declarations"])


@router.post(
    "",
    status_code=201,
    responses={
        200: {"model": ConsignmentBody, "description": "Known already, or amended"},
        **problems(401, 403, 413, 422),
    },
)
def register(
    body: DeclarationBody, caller: Clearance, service: ServiceDep, response: Response
) -> ConsignmentBody:
    """Register a declaration; the same number with other content amends it.

    Scans that came before are judged with it; decisions made without it are superseded.
    """
    declaration = to_declaration(body)
    with service.sessions.begin() as session:
        consignment, is_new = register_declaration(
            session,
            declaration,
            received_from=caller.name,
            now=utc_now(),
            queue=service.queue,
        )
        session.flush()
        session.expire_all()
        answer = consignment_body(session, consignment)
    response.status_code = 201 if is_new else 200
    return answer

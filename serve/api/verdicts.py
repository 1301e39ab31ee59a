"""`/v1/verdicts`: an analyst closes a case."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from sqlalchemy import select

from serve.api.access import Analyst, AnyPerson
from serve.api.errors import problems
from serve.api.schemas import VerdictBody, VerdictRequest
from serve.api.state import ReadSession, ServiceDep, utc_now
from serve.life.casework import give_verdict
from serve.life.presenting import verdict_body
from serve.store.cargo import VerdictRow

router = APIRouter(prefix="/v1/verdicts", tags=["verdicts"])


@router.post("", status_code=201, responses=problems(401, 403, 404, 409, 422))
def give(body: VerdictRequest, caller: Analyst, service: ServiceDep) -> VerdictBody:
    """Close a case, which the caller has locked, with a verdict; it is announced."""
    with service.sessions.begin() as session:
        verdict = give_verdict(
            session, body, analyst=caller.name, account_id=caller.account_id, now=utc_now()
        )
        return verdict_body(verdict)


@router.get("", responses=problems(401, 403, 422))
def list_verdicts(
    _caller: AnyPerson, session: ReadSession, case: Annotated[UUID, Query()]
) -> list[VerdictBody]:
    """List the verdicts on a case, oldest first."""
    rows = session.scalars(
        select(VerdictRow).where(VerdictRow.case_id == case).order_by(VerdictRow.seq)
    )
    return [verdict_body(row) for row in rows]

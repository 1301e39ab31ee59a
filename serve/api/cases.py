"""`/v1/cases`: the queue, one case, its lock."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from sqlalchemy import ColumnElement, select, tuple_

from riac.errors import NotFoundError
from serve.api.access import Analyst, AnyPerson
from serve.api.cursors import Cursor, Limit, moment_cursor, read_moment_cursor
from serve.api.errors import problems
from serve.api.schemas import CaseBody, CasePage, CaseState
from serve.api.state import ReadSession, ServiceDep, utc_now
from serve.life.casework import lock_case, unlock_case
from serve.life.presenting import case_body, case_summary, open_cases
from serve.store.cargo import CaseRow

router = APIRouter(prefix="/v1/cases", tags=["cases"])


@router.get("", responses=problems(401, 403, 422))
def list_cases(
    _caller: AnyPerson,
    session: ReadSession,
    state: Annotated[
        CaseState, Query(description="`open`: all that wait for a verdict, locked ones too")
    ] = CaseState.OPEN,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> CasePage:
    """List cases, oldest first."""
    now = utc_now()
    wanted: list[ColumnElement[bool]] = [
        CaseRow.closed_at.is_not(None) if state is CaseState.CLOSED else CaseRow.closed_at.is_(None)
    ]
    if state is CaseState.LOCKED:
        wanted.append(CaseRow.locked_until > now)
    place = tuple_(CaseRow.opened_at, CaseRow.id)
    if cursor is not None:
        wanted.append(place > tuple_(*read_moment_cursor(cursor)))
    found = session.scalars(
        select(CaseRow).where(*wanted).order_by(CaseRow.opened_at, CaseRow.id).limit(limit + 1)
    ).all()
    page = found[:limit]
    return CasePage(
        cases=[case_summary(session, case, now=now) for case in page],
        next_cursor=(
            moment_cursor(page[-1].opened_at, page[-1].id) if len(found) > limit else None
        ),
        open_count=open_cases(session),
    )


@router.get("/{case_id}", responses=problems(401, 403, 404))
def read(case_id: UUID, _caller: AnyPerson, session: ReadSession) -> CaseBody:
    """Return all an analyst needs to judge a case. Faceless: goods, never the trader."""
    case = session.get(CaseRow, case_id)
    if case is None:
        raise NotFoundError(f"no case {case_id}")
    return case_body(session, case, now=utc_now())


@router.post("/{case_id}/lock", responses=problems(401, 403, 404, 409))
def lock(case_id: UUID, caller: Analyst, service: ServiceDep) -> CaseBody:
    """Take a case, or renew the lock; 409 when another analyst has it or it is closed."""
    now = utc_now()
    with service.sessions.begin() as session:
        case = lock_case(
            session,
            case_id,
            analyst=caller.name,
            lasts=timedelta(seconds=service.settings.case_lock_s),
            now=now,
        )
        session.flush()
        return case_body(session, case, now=now)


@router.delete("/{case_id}/lock", status_code=204, responses=problems(401, 403, 404, 409))
def unlock(case_id: UUID, caller: Analyst, service: ServiceDep) -> None:
    """Give the lock back."""
    with service.sessions.begin() as session:
        unlock_case(session, case_id, analyst=caller.name, now=utc_now())

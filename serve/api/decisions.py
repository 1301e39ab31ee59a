"""`/v1/decisions`: one, and the list."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from sqlalchemy import select

from riac.decision import Outcome
from riac.declaration import normalise_container_number
from riac.errors import NotFoundError
from serve.api.access import ClearanceOrPerson
from serve.api.cursors import Cursor, Limit, number_cursor, read_number_cursor
from serve.api.errors import problems
from serve.api.schemas import DecisionBody, DecisionPage
from serve.api.state import ReadSession
from serve.life.presenting import decision_body
from serve.store.cargo import DecisionRow

router = APIRouter(prefix="/v1/decisions", tags=["decisions"])


@router.get("", responses=problems(401, 403, 422))
def list_decisions(
    _caller: ClearanceOrPerson,
    session: ReadSession,
    container: Annotated[str | None, Query(max_length=32)] = None,
    outcome: Outcome | None = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> DecisionPage:
    """List decisions, newest first, superseded ones too."""
    wanted = []
    if container is not None:
        wanted.append(DecisionRow.container_number == normalise_container_number(container))
    if outcome is not None:
        wanted.append(DecisionRow.outcome == outcome)
    if cursor is not None:
        wanted.append(DecisionRow.seq < read_number_cursor(cursor))
    found = session.scalars(
        select(DecisionRow).where(*wanted).order_by(DecisionRow.seq.desc()).limit(limit + 1)
    ).all()
    page = found[:limit]
    return DecisionPage(
        decisions=[decision_body(session, row) for row in page],
        next_cursor=number_cursor(page[-1].seq) if len(found) > limit else None,
    )


@router.get("/{decision_id}", responses=problems(401, 403, 404))
def read(decision_id: UUID, _caller: ClearanceOrPerson, session: ReadSession) -> DecisionBody:
    """Return a decision with what became of it."""
    decision = session.get(DecisionRow, decision_id)
    if decision is None:
        raise NotFoundError(f"no decision {decision_id}")
    return decision_body(session, decision)

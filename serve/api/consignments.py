"""`/v1/consignments`: one, and the search by container or declaration number."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from sqlalchemy import ColumnElement, or_, select

from riac.declaration import normalise_container_number
from riac.errors import InvalidRequestError, NotFoundError
from serve.api.access import ClearanceOrPerson
from serve.api.cursors import Cursor, Limit, number_cursor, read_number_cursor
from serve.api.errors import problems
from serve.api.schemas import ConsignmentBody, ConsignmentPage
from serve.api.state import ReadSession
from serve.life.presenting import consignment_body, passage_body
from serve.store.cargo import Consignment, PassageRow

router = APIRouter(prefix="/v1/consignments", tags=["consignments"])

_MOST_PASSAGES = 100


@router.get("", responses=problems(401, 403, 422))
def search(
    _caller: ClearanceOrPerson,
    session: ReadSession,
    container: Annotated[str | None, Query(max_length=32)] = None,
    declaration: Annotated[str | None, Query(max_length=70)] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> ConsignmentPage:
    """Search by container or declaration number, newest first; passages without one too."""
    if container is None and declaration is None:
        raise InvalidRequestError("name a container or a declaration")
    wanted: list[ColumnElement[bool]] = []
    alone: list[ColumnElement[bool]] = [PassageRow.consignment_id.is_(None)]
    if container is not None:
        number = normalise_container_number(container)
        # A container that came without being declared belongs to the consignment too.
        scanned = select(PassageRow.consignment_id).where(PassageRow.container_number == number)
        wanted.append(or_(Consignment.containers.contains([number]), Consignment.id.in_(scanned)))
        alone.append(PassageRow.container_number == number)
    if declaration is not None:
        wanted.append(Consignment.declaration_number == _storable(declaration))
        alone.append(PassageRow.declaration_number == declaration)
    if cursor is not None:
        wanted.append(Consignment.seq < read_number_cursor(cursor))
    found = session.scalars(
        select(Consignment).where(*wanted).order_by(Consignment.seq.desc()).limit(limit + 1)
    ).all()
    passages = session.scalars(
        select(PassageRow).where(*alone).order_by(PassageRow.seq.desc()).limit(_MOST_PASSAGES)
    ).all()
    page = found[:limit]
    return ConsignmentPage(
        consignments=[consignment_body(session, row) for row in page],
        passages_without_declaration=[passage_body(session, row) for row in passages],
        next_cursor=number_cursor(page[-1].seq) if len(found) > limit else None,
    )


def _storable(text: str) -> str:
    if "\0" in text:
        raise InvalidRequestError("declaration: has characters that are not text")
    return text


@router.get("/{consignment_id}", responses=problems(401, 403, 404))
def read(consignment_id: UUID, _caller: ClearanceOrPerson, session: ReadSession) -> ConsignmentBody:
    """Return a consignment with all its passages."""
    consignment = session.get(Consignment, consignment_id)
    if consignment is None:
        raise NotFoundError(f"no consignment {consignment_id}")
    return consignment_body(session, consignment)

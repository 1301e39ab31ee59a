"""Cases: opened by a referred decision, locked by one analyst, closed by a verdict."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from riac.decision import Outcome
from riac.errors import ConflictError, InvalidRequestError, NotFoundError
from serve.api.schemas import VerdictRequest
from serve.life.presenting import is_locked, verdict_body
from serve.store.cargo import CaseRow, ClosedBy, DecisionRow, VerdictRow
from serve.webhooks import announce


def follow_decision(session: Session, decision: DecisionRow, *, now: datetime) -> None:
    """Open, update or close the case of a passage after its newest decision."""
    case = session.scalar(
        select(CaseRow).where(CaseRow.passage_id == decision.passage_id).with_for_update()
    )
    refers = decision.outcome == Outcome.REFER
    if case is None:
        if refers:
            session.add(
                CaseRow(passage_id=decision.passage_id, decision_id=decision.id, opened_at=now)
            )
    elif refers:
        case.decision_id = decision.id
        if case.closed_at is not None:
            case.opened_at = now
            case.closed_at, case.closed_by = None, None
            case.locked_by, case.locked_until = None, None
    elif case.closed_at is None:
        case.decision_id = decision.id
        _close(case, ClosedBy.SUPERSEDED, now=now)


def lock_case(
    session: Session, case_id: UUID, *, analyst: str, lasts: timedelta, now: datetime
) -> CaseRow:
    """Take or renew the lock of a case.

    Raises:
        NotFoundError: no such case.
        ConflictError: it is closed, or another analyst has it.
    """
    case = _for_update(session, case_id)
    if case.closed_at is not None:
        raise ConflictError(f"case {case_id} is closed")
    _refuse_others(case, analyst=analyst, now=now)
    case.locked_by, case.locked_until = analyst, now + lasts
    return case


def unlock_case(session: Session, case_id: UUID, *, analyst: str, now: datetime) -> None:
    """Give the lock back; no error when it is over already. Raises as `lock_case`."""
    case = _for_update(session, case_id)
    _refuse_others(case, analyst=analyst, now=now)
    case.locked_by, case.locked_until = None, None


def give_verdict(
    session: Session,
    request: VerdictRequest,
    *,
    analyst: str,
    account_id: UUID | None,
    now: datetime,
) -> VerdictRow:
    """Close a case and announce it.

    Raises:
        NotFoundError: no such case.
        ConflictError: it is closed, not locked by this analyst, or its decision was superseded.
        InvalidRequestError: a region is marked on a picture of another case.
    """
    case = _for_update(session, request.case_id)
    if case.closed_at is not None:
        raise ConflictError(f"case {case.id} is closed")
    _refuse_others(case, analyst=analyst, now=now)
    if not is_locked(case, now=now):
        raise ConflictError(f"case {case.id} is not locked by {analyst}: lock it first")
    if request.decision_id not in (None, case.decision_id):
        raise ConflictError(
            f"decision {request.decision_id} has been superseded: look at the case again"
        )
    decision = session.get_one(DecisionRow, case.decision_id)
    _refuse_foreign_regions(request, decision)
    verdict = VerdictRow(
        case_id=case.id,
        decision_id=decision.id,
        verdict=request.verdict,
        comment=request.comment,
        regions=[region.model_dump(mode="json") for region in request.regions],
        analyst=analyst,
        account_id=account_id,
        given_at=now,
    )
    session.add(verdict)
    _close(case, ClosedBy.VERDICT, now=now)
    session.flush()
    announce(
        session,
        "case.closed",
        verdict_body(verdict).model_dump(mode="json")
        | {
            "declaration_number": decision.declaration_number,
            "container_number": decision.container_number,
            "role": decision.role,
            "site": decision.site,
        },
    )
    return verdict


def _for_update(session: Session, case_id: UUID) -> CaseRow:
    case = session.get(CaseRow, case_id, with_for_update=True)
    if case is None:
        raise NotFoundError(f"no case {case_id}")
    return case


def _refuse_others(case: CaseRow, *, analyst: str, now: datetime) -> None:
    if is_locked(case, now=now) and case.locked_by != analyst:
        raise ConflictError(f"case {case.id} is locked by {case.locked_by}")


def _refuse_foreign_regions(request: VerdictRequest, decision: DecisionRow) -> None:
    pictures = {decision.scan_id, decision.entry_scan_id}
    foreign = [str(r.scan_id) for r in request.regions if r.scan_id not in pictures]
    if foreign:
        raise InvalidRequestError(f"regions on scans of another case: {', '.join(foreign)}")


def _close(case: CaseRow, by: ClosedBy, *, now: datetime) -> None:
    case.closed_at, case.closed_by = now, by
    case.locked_by, case.locked_until = None, None

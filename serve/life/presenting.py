"""Rows of the database as the bodies of the API. Reads only."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from riac.decision import Outcome, PassageRole
from serve.api.schemas import (
    BoxPx,
    CaseBody,
    CaseState,
    CaseSummary,
    CheckBody,
    ConsignmentBody,
    DecisionBody,
    DeclarationBody,
    DigestsBody,
    FaultBody,
    FinalOutcome,
    MarkedRegion,
    NearestImage,
    PassageBody,
    ReasonBody,
    ScanBody,
    ScanState,
    SealsBody,
    VerdictBody,
)
from serve.life.declaring import newest_version, passages_of
from serve.store.cargo import (
    CaseRow,
    Consignment,
    DecisionRow,
    DeclarationVersion,
    PassageRow,
    ScanRow,
    VerdictRow,
    WaitingFor,
)

_MOST_NEAREST = 12


def scan_body(session: Session, scan: ScanRow) -> ScanBody:
    """Present a scan."""
    passage = session.get_one(PassageRow, scan.passage_id)
    decided = passage.judged_revision == passage.revision
    decision = newest_decision(session, passage) if decided else None
    return ScanBody(
        id=scan.id,
        passage_id=passage.id,
        consignment_id=passage.consignment_id,
        container_number=passage.container_number,
        role=PassageRole(passage.role),
        site=passage.site,
        sha256=scan.sha256,
        size_bytes=scan.size_bytes,
        state=ScanState(scan.state),
        display_rendered=scan.display_rendered,
        width_px=scan.width_px,
        height_px=scan.height_px,
        faults=[FaultBody.model_validate(fault) for fault in scan.faults],
        container_box_px=_box(scan.container_box_px),
        seals=scan.seals,
        gross_mass_kg=scan.gross_mass_kg,
        scanned_at=scan.scanned_at,
        received_at=scan.received_at,
        decision_id=None if decision is None else decision.id,
    )


def _box(values: list[float] | None) -> BoxPx | None:
    if values is None:
        return None
    x0, y0, x1, y1 = values
    return (x0, y0, x1, y1)


def newest_decision(session: Session, passage: PassageRow) -> DecisionRow | None:
    """Return the decision in force."""
    return session.scalar(
        select(DecisionRow)
        .where(DecisionRow.passage_id == passage.id)
        .order_by(DecisionRow.seq.desc())
        .limit(1)
    )


def decision_body(session: Session, decision: DecisionRow) -> DecisionBody:
    """Present a decision with what became of it."""
    verdict = session.scalar(
        select(VerdictRow.verdict).where(VerdictRow.decision_id == decision.id)
    )
    return DecisionBody(
        id=decision.id,
        passage_id=decision.passage_id,
        consignment_id=decision.consignment_id,
        declaration_number=decision.declaration_number,
        container_number=decision.container_number,
        role=PassageRole(decision.role),
        site=decision.site,
        outcome=Outcome(decision.outcome),
        reasons=[ReasonBody.model_validate(reason) for reason in decision.reasons],
        comparison=decision.comparison,  # type: ignore[arg-type]
        check=decision.check,  # type: ignore[arg-type]
        scan_id=decision.scan_id,
        entry_scan_id=decision.entry_scan_id,
        digests=DigestsBody.model_validate(decision.digests),
        supersedes_id=decision.supersedes_id,
        superseded_by_id=session.scalar(
            select(DecisionRow.id).where(DecisionRow.supersedes_id == decision.id)
        ),
        case_id=session.scalar(select(CaseRow.id).where(CaseRow.passage_id == decision.passage_id)),
        final_outcome=None if verdict is None else FinalOutcome(verdict),
        decided_at=decision.decided_at,
    )


def passage_body(session: Session, passage: PassageRow) -> PassageBody:
    """Present a passage with its scans, oldest first, and the decision in force."""
    scans = session.scalars(
        select(ScanRow).where(ScanRow.passage_id == passage.id).order_by(ScanRow.seq)
    ).all()
    decision = newest_decision(session, passage)
    return PassageBody(
        id=passage.id,
        container_number=passage.container_number,
        role=PassageRole(passage.role),
        site=passage.site,
        scans=[scan_body(session, scan) for scan in scans],
        decision=None if decision is None else decision_body(session, decision),
        waiting_for=None if passage.waiting_for is None else WaitingFor(passage.waiting_for).value,
        created_at=passage.created_at,
    )


def consignment_body(session: Session, consignment: Consignment) -> ConsignmentBody:
    """Present a consignment with all its passages."""
    declaration = newest_version(session, consignment)
    passages = [passage_body(session, row) for row in passages_of(session, consignment)]
    outcomes = {passage.decision.outcome for passage in passages if passage.decision is not None}
    return ConsignmentBody(
        id=consignment.id,
        declaration=DeclarationBody.model_validate(declaration.content),
        declaration_sha256=declaration.sha256,
        declaration_version=declaration.version,
        passages=passages,
        worst_outcome=_worst(outcomes),
        received_at=consignment.received_at,
    )


def _worst(outcomes: set[Outcome]) -> Outcome | None:
    if Outcome.REFER in outcomes:
        return Outcome.REFER
    return Outcome.AUTO_CLEAR if outcomes else None


def verdict_body(verdict: VerdictRow) -> VerdictBody:
    """Present a verdict."""
    return VerdictBody(
        id=verdict.id,
        case_id=verdict.case_id,
        decision_id=verdict.decision_id,
        verdict=FinalOutcome(verdict.verdict),
        comment=verdict.comment,
        regions=[MarkedRegion.model_validate(region) for region in verdict.regions],
        analyst=verdict.analyst,
        given_at=verdict.given_at,
    )


def case_summary(session: Session, case: CaseRow, *, now: datetime) -> CaseSummary:
    """Present a line of the queue."""
    decision = session.get_one(DecisionRow, case.decision_id)
    verdict = session.scalar(
        select(VerdictRow.verdict).where(VerdictRow.decision_id == case.decision_id)
    )
    locked = is_locked(case, now=now)
    return CaseSummary(
        id=case.id,
        state=_case_state(case, locked=locked),
        container_number=decision.container_number,
        declaration_number=decision.declaration_number,
        role=PassageRole(decision.role),
        site=decision.site,
        reasons=[ReasonBody.model_validate(reason) for reason in decision.reasons],
        locked_by=case.locked_by if locked else None,
        locked_until=case.locked_until if locked else None,
        opened_at=case.opened_at,
        closed_at=case.closed_at,
        verdict=None if verdict is None else FinalOutcome(verdict),
    )


def is_locked(case: CaseRow, *, now: datetime) -> bool:
    """Say whether an analyst has the case now."""
    return (
        case.closed_at is None
        and case.locked_by is not None
        and case.locked_until is not None
        and case.locked_until > now
    )


def _case_state(case: CaseRow, *, locked: bool) -> CaseState:
    if case.closed_at is not None:
        return CaseState.CLOSED
    return CaseState.LOCKED if locked else CaseState.OPEN


def case_body(session: Session, case: CaseRow, *, now: datetime) -> CaseBody:
    """Present all an analyst needs. Faceless: no trader, no sender of the declaration."""
    decision = session.get_one(DecisionRow, case.decision_id)
    version = (
        session.get_one(DeclarationVersion, decision.declaration_id)
        if decision.declaration_id is not None
        else None
    )
    declaration = None if version is None else DeclarationBody.model_validate(version.content)
    scan, entry_scan = _scan(session, decision.scan_id), _scan(session, decision.entry_scan_id)
    verdicts = session.scalars(
        select(VerdictRow).where(VerdictRow.case_id == case.id).order_by(VerdictRow.seq)
    ).all()
    body = decision_body(session, decision)
    return CaseBody(
        **case_summary(session, case, now=now).model_dump(),
        decision=body,
        scan=scan,
        entry_scan=entry_scan,
        declaration=declaration,
        seals=_seals(declaration, scan, entry_scan),
        nearest=nearest_images(body.check),
        verdicts=[verdict_body(verdict) for verdict in verdicts],
    )


def _scan(session: Session, scan_id: UUID | None) -> ScanBody | None:
    return None if scan_id is None else scan_body(session, session.get_one(ScanRow, scan_id))


def _seals(
    declaration: DeclarationBody | None, scan: ScanBody | None, entry_scan: ScanBody | None
) -> SealsBody:
    at_entry, at_exit = entry_scan, scan
    if scan is not None and scan.role is not PassageRole.EXIT:
        at_entry, at_exit = scan, None
    number = None if scan is None else scan.container_number
    declared = [] if declaration is None else declaration.containers
    return SealsBody(
        declared=[seal for c in declared if c.number == number for seal in c.seals],
        entry=at_entry.seals if at_entry is not None else [],
        exit=at_exit.seals if at_exit is not None else [],
    )


def nearest_images(check: CheckBody | None) -> list[NearestImage]:
    """List the standard images the check found likest, the best code first."""
    if check is None:
        return []
    found = [
        NearestImage(
            entry_id=entry_id,
            hs=candidate.hs,
            similarity=candidate.score - candidate.expected,
            image_url=image_url(entry_id),
        )
        for candidate in check.candidates
        for entry_id in candidate.nearest
    ]
    return found[:_MOST_NEAREST]


def image_url(entry_id: str) -> str:
    """Return where a standard image is shown."""
    return f"/v1/library/images/{entry_id}"


def open_cases(session: Session) -> int:
    """Count the cases that wait for a verdict."""
    return session.scalar(select(func.count()).where(CaseRow.closed_at.is_(None))) or 0

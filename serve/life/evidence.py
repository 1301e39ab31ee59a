"""What the database knows of a passage at one moment, put together for judging."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from riac.decision import PassageRole
from riac.declaration import Declaration
from riac.imaging.frame import PreparedScan
from riac.passage import Passage
from riac.policy import Policy
from riac.scan import Fault
from riac.tariff import chapter
from serve.api.schemas import FinalOutcome
from serve.life.declaring import from_content, newest_version
from serve.store.cargo import (
    Consignment,
    DecisionRow,
    DeclarationVersion,
    PassageRow,
    ScanRow,
    VerdictRow,
    WaitingFor,
)


@dataclass(frozen=True, slots=True)
class Known:
    """Rows and what follows from them; `passage.revision` says at which state of knowledge."""

    passage: PassageRow
    scan: ScanRow
    """The newest."""
    consignment: Consignment | None
    version: DeclarationVersion | None
    declaration: Declaration | None
    entry_scan: ScanRow | None
    """The newest of this container's entry, for an exit."""
    replay_of: tuple[str, ...]
    examination_ordered: bool

    @property
    def declaration_number(self) -> str | None:
        """As registered, or as the site names it."""
        if self.consignment is not None:
            return self.consignment.declaration_number
        return self.passage.declaration_number


@dataclass(frozen=True, slots=True)
class Picture:
    """A stored scan read and made ready, or why it could not be."""

    prepared: PreparedScan | None
    faults: tuple[Fault, ...]

    @property
    def usable(self) -> bool:
        """True when there is a container to look at."""
        return self.prepared is not None and self.prepared.usable


@dataclass(frozen=True, slots=True)
class Wait:
    """What a passage waits for, and until when."""

    what: WaitingFor
    until: datetime


def gather(session: Session, passage_id: UUID) -> Known | None:
    """Read all that is known of a passage; None when there is nothing new to judge."""
    passage = session.get(PassageRow, passage_id)
    if passage is None or passage.judged_revision == passage.revision:
        return None
    scan = session.scalars(
        select(ScanRow)
        .where(ScanRow.passage_id == passage.id)
        .order_by(ScanRow.seq.desc())
        .limit(1)
    ).one()
    consignment = (
        None
        if passage.consignment_id is None
        else session.get_one(Consignment, passage.consignment_id)
    )
    version = None if consignment is None else newest_version(session, consignment)
    return Known(
        passage=passage,
        scan=scan,
        consignment=consignment,
        version=version,
        declaration=None if version is None else from_content(version.content),
        entry_scan=_entry_scan(session, passage),
        replay_of=_replays(session, scan),
        examination_ordered=_is_to_be_examined(session, passage),
    )


def _entry_scan(session: Session, passage: PassageRow) -> ScanRow | None:
    if passage.role != PassageRole.EXIT or passage.consignment_id is None:
        return None
    return session.scalar(
        select(ScanRow)
        .join(PassageRow, PassageRow.id == ScanRow.passage_id)
        .where(
            PassageRow.consignment_id == passage.consignment_id,
            PassageRow.container_number == passage.container_number,
            PassageRow.role == PassageRole.ENTRY,
        )
        .order_by(ScanRow.seq.desc())
        .limit(1)
    )


def _is_to_be_examined(session: Session, passage: PassageRow) -> bool:
    """Say whether a person has ordered an examination and nobody took that back."""
    last = session.scalar(
        select(VerdictRow.verdict)
        .join(DecisionRow, DecisionRow.id == VerdictRow.decision_id)
        .where(DecisionRow.passage_id == passage.id)
        .order_by(VerdictRow.seq.desc())
        .limit(1)
    )
    return last == FinalOutcome.EXAMINE


def _replays(session: Session, scan: ScanRow) -> tuple[str, ...]:
    """Name the passages at which these very bytes were presented before."""
    before = session.scalars(
        select(PassageRow)
        .join(ScanRow, ScanRow.passage_id == PassageRow.id)
        .where(
            ScanRow.sha256 == scan.sha256,
            ScanRow.passage_id != scan.passage_id,
            ScanRow.seq < scan.seq,
        )
        .order_by(PassageRow.seq)
        .limit(5)
    )
    return tuple(
        f"{row.container_number} {row.role} at {row.site}, passage {row.id}" for row in before
    )


def wait_for(known: Known, picture: Picture, *, policy: Policy, now: datetime) -> Wait | None:
    """Say what to wait for before deciding; a useless picture is never waited with."""
    if not picture.usable:
        return None
    passage, declaration = known.passage, known.declaration
    rules = policy.rules_for(
        regime=declaration.regime if declaration else None,
        site=passage.site,
        chapters={chapter(code) for code in declaration.codes_for(passage.container_number)}
        if declaration
        else set(),
    )
    if declaration is None:
        wait = Wait(WaitingFor.DECLARATION, passage.created_at + timedelta(seconds=rules.grace_s))
    elif passage.role == PassageRole.EXIT and known.entry_scan is None:
        wait = Wait(
            WaitingFor.ENTRY_SCAN, passage.created_at + timedelta(seconds=rules.entry_grace_s)
        )
    else:
        return None
    return wait if now < wait.until else None


def to_passage(known: Known, picture: Picture | None, entry: Picture | None) -> Passage:
    """Put together what the pipeline judges."""
    scan, entry_scan = known.scan, known.entry_scan
    return Passage(
        role=PassageRole(known.passage.role),
        site=known.passage.site,
        container_number=known.passage.container_number,
        declaration=known.declaration,
        scan=picture.prepared if picture else None,
        scan_sha256=scan.sha256,
        scan_faults=picture.faults if picture else (),
        entry_scan=entry.prepared if entry else None,
        entry_scan_sha256=entry_scan.sha256 if entry_scan else None,
        entry_scan_faults=entry.faults if entry else (),
        seals=tuple(scan.seals),
        entry_seals=tuple(entry_scan.seals) if entry_scan else (),
        gross_mass_kg=scan.gross_mass_kg,
        entry_gross_mass_kg=entry_scan.gross_mass_kg if entry_scan else None,
        declaration_sha256=known.version.sha256 if known.version else None,
        replay_of=known.replay_of,
        examination_ordered=known.examination_ordered,
    )

"""A scan arrives: which passage it belongs to, and what it sets going."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from riac.decision import PassageRole
from riac.errors import ConflictError
from riac.scan import Fault
from serve.api.schemas import ScanMetadata, ScanState
from serve.life.declaring import ROLES, judge_again
from serve.life.documents import fault_documents
from serve.life.locking import container_lock, declaration_lock, lock_names
from serve.life.presenting import scan_body
from serve.life.queue import JobQueue
from serve.store.cargo import Consignment, PassageRow, ScanRow, WaitingFor
from serve.webhooks import announce

# Without a number of its own, a picture of the same container at the same site this soon after
# the first is the same passage scanned again.
RESCAN_WINDOW = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that is in the object store already, and what a first look showed."""

    sha256: str
    size_bytes: int
    file_name: str | None
    faults: tuple[Fault, ...] = ()
    """Of a file that cannot be read; empty when it can, or was not looked at."""
    shape: tuple[int, int] | None = None
    """(H, W) where it was read."""
    display_rendered: bool | None = None


@dataclass(frozen=True, slots=True)
class Sender:
    """Where a scan comes from."""

    site: str
    name: str
    """Of the key."""


def receive_scan(
    session: Session,
    metadata: ScanMetadata,
    upload: Upload,
    *,
    sender: Sender,
    now: datetime,
    queue: JobQueue,
) -> tuple[ScanRow, bool]:
    """Store a scan with its job; `metadata` has a normalised container number.

    Returns:
        The scan, and whether it is new: the same bytes for the same passage are stored once.

    Raises:
        ConflictError: the site's number of the passage stands for another one.
    """
    _lock(session, metadata, site=sender.site)
    passage = _find_passage(session, metadata, site=sender.site, now=now)
    if passage is None:
        passage = _new_passage(session, metadata, site=sender.site, now=now)
    else:
        stored = session.scalar(
            select(ScanRow).where(ScanRow.passage_id == passage.id, ScanRow.sha256 == upload.sha256)
        )
        if stored is not None:
            return stored, False
        _adopt_declaration(session, passage, metadata)
    scan = _new_scan(passage, metadata, upload, sender=sender, now=now)
    session.add(scan)
    session.flush()
    judge_again(session, [passage, *_waiting_exits(session, passage)], queue=queue)
    if scan.state == ScanState.UNUSABLE:
        session.refresh(passage)
        announce(session, "scan.unusable", scan_body(session, scan).model_dump(mode="json"))
    return scan, True


def _lock(session: Session, metadata: ScanMetadata, *, site: str) -> None:
    names = [container_lock(metadata.container_number)]
    if metadata.declaration_number is not None:
        names.append(declaration_lock(metadata.declaration_number))
    if metadata.passage is not None:
        names.append(f"passage {site} {metadata.passage}")
    lock_names(session, names)


def _find_passage(
    session: Session, metadata: ScanMetadata, *, site: str, now: datetime
) -> PassageRow | None:
    if metadata.passage is not None:
        return _by_site_number(session, metadata, site=site)
    here = (
        select(PassageRow)
        .where(
            PassageRow.site == site,
            PassageRow.site_passage.is_(None),
            PassageRow.container_number == metadata.container_number,
            PassageRow.role == metadata.role,
        )
        .order_by(PassageRow.seq.desc())
        .limit(1)
    )
    recent = PassageRow.created_at > now - RESCAN_WINDOW
    if metadata.declaration_number is None:
        return session.scalar(here.where(recent))
    unknown = PassageRow.declaration_number.is_(None) & PassageRow.consignment_id.is_(None) & recent
    named = PassageRow.declaration_number == metadata.declaration_number
    covered = PassageRow.consignment_id.in_(
        select(Consignment.id).where(Consignment.declaration_number == metadata.declaration_number)
    )
    return session.scalar(here.where(named | covered | unknown))


def _by_site_number(session: Session, metadata: ScanMetadata, *, site: str) -> PassageRow | None:
    passage = session.scalar(
        select(PassageRow).where(
            PassageRow.site == site, PassageRow.site_passage == metadata.passage
        )
    )
    if passage is None:
        return None
    known = (passage.container_number, passage.role)
    if known != (metadata.container_number, metadata.role):
        raise ConflictError(
            f"passage {metadata.passage} of {site} is of container {known[0]} at {known[1]}, "
            f"not of {metadata.container_number} at {metadata.role}"
        )
    return passage


def _adopt_declaration(session: Session, passage: PassageRow, metadata: ScanMetadata) -> None:
    """Let a scan name the declaration an earlier one of the passage did not."""
    number = metadata.declaration_number
    if number is None:
        return
    known = _declared_number(session, passage)
    if known not in (None, number):
        raise ConflictError(f"this passage is of declaration {known}, not of {number}")
    passage.declaration_number = number
    if passage.consignment_id is None:
        passage.consignment_id = _consignment_named(session, number)


def _declared_number(session: Session, passage: PassageRow) -> str | None:
    if passage.consignment_id is None:
        return passage.declaration_number
    return session.get_one(Consignment, passage.consignment_id).declaration_number


def _new_passage(
    session: Session, metadata: ScanMetadata, *, site: str, now: datetime
) -> PassageRow:
    number = metadata.declaration_number
    passage = PassageRow(
        consignment_id=(
            _consignment_declaring(session, metadata)
            if number is None
            else _consignment_named(session, number)
        ),
        declaration_number=number,
        container_number=metadata.container_number,
        role=metadata.role,
        site=site,
        site_passage=metadata.passage,
        revision=0,
        judged_revision=0,
        waiting_for=WaitingFor.ANALYSIS,
        created_at=now,
    )
    session.add(passage)
    session.flush()
    return passage


def _consignment_named(session: Session, number: str) -> UUID | None:
    return session.scalar(select(Consignment.id).where(Consignment.declaration_number == number))


def _consignment_declaring(session: Session, metadata: ScanMetadata) -> UUID | None:
    """Find the newest consignment that expects this container in this role.

    One that has had such a passage already is an earlier journey of the same box.
    """
    regimes = [regime for regime, roles in ROLES.items() if metadata.role in roles]
    served = (
        select(PassageRow.id)
        .where(
            PassageRow.consignment_id == Consignment.id,
            PassageRow.container_number == metadata.container_number,
            PassageRow.role == metadata.role,
        )
        .exists()
    )
    return session.scalar(
        select(Consignment.id)
        .where(
            Consignment.containers.contains([metadata.container_number]),
            Consignment.regime.in_(regimes),
            ~served,
        )
        .order_by(Consignment.seq.desc())
        .limit(1)
    )


def _new_scan(
    passage: PassageRow, metadata: ScanMetadata, upload: Upload, *, sender: Sender, now: datetime
) -> ScanRow:
    return ScanRow(
        passage_id=passage.id,
        sha256=upload.sha256,
        size_bytes=upload.size_bytes,
        file_name=upload.file_name,
        seals=[seal.strip().upper() for seal in metadata.seals],
        gross_mass_kg=metadata.gross_mass_kg,
        scanned_at=metadata.scanned_at,
        received_at=now,
        received_from=sender.name,
        state=ScanState.UNUSABLE if upload.faults else ScanState.RECEIVED,
        display_rendered=upload.display_rendered,
        width_px=upload.shape[1] if upload.shape else None,
        height_px=upload.shape[0] if upload.shape else None,
        faults=fault_documents(upload.faults),
    )


def _waiting_exits(session: Session, passage: PassageRow) -> list[PassageRow]:
    """List the exits that are compared with this entry."""
    if passage.role != PassageRole.ENTRY or passage.consignment_id is None:
        return []
    return list(
        session.scalars(
            select(PassageRow)
            .where(
                PassageRow.consignment_id == passage.consignment_id,
                PassageRow.container_number == passage.container_number,
                PassageRow.role == PassageRole.EXIT,
            )
            .order_by(PassageRow.seq)
        )
    )

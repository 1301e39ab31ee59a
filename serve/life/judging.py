"""A passage is judged: pictures read, evidence gathered, decision stored and announced."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol
from uuid import UUID

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from riac.decision import Decision, DecisionDigests, PassageRole
from riac.errors import ScanUnreadableError, StorageError
from riac.imaging.frame import PreparedScan
from riac.passage import Passage
from riac.pipeline import Judgement
from riac.policy import Policy, failed
from riac.ports import EntryScans, LoadVector, ObjectStore
from serve.api.schemas import ScanState
from serve.life.casework import follow_decision
from serve.life.documents import (
    check_document,
    comparison_document,
    digests_document,
    fault_documents,
    reason_documents,
)
from serve.life.evidence import Known, Picture, Wait, gather, to_passage, wait_for
from serve.life.loads import OtherEntries, note_load
from serve.life.presenting import decision_body, newest_decision, scan_body
from serve.life.queue import JobQueue
from serve.store.cargo import DecisionRow, PassageRow, ScanRow
from serve.webhooks import announce

_log = structlog.get_logger("riac.judging")


class Analysis(Protocol):
    """What reads pictures and judges; `riac.pipeline.Pipeline` is one."""

    @property
    def policy(self) -> Policy:
        """In force."""
        ...

    def prepare(self, source: bytes | Path, *, name: str | None = None) -> PreparedScan:
        """Read a picture. Raises ScanUnreadableError."""
        ...

    def load(self, scan: PreparedScan) -> LoadVector | None:
        """Return by what the load of a usable scan is found again. Raises ModelError."""
        ...

    def judge(self, passage: Passage, *, others: EntryScans | None = None) -> Judgement:
        """Decide; raises whatever goes wrong."""
        ...

    def digests(self, passage: Passage) -> DecisionDigests:
        """Name what a decision is made from and with."""
        ...


class PassageJudge:
    """Judges passages one after another; safe for threads."""

    def __init__(
        self,
        sessions: sessionmaker[Session],
        *,
        objects: ObjectStore,
        analysis: Analysis,
        queue: JobQueue,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._sessions = sessions
        self._objects = objects
        self._analysis = analysis
        self._queue = queue
        self._clock = clock

    def judge(self, passage_id: UUID) -> None:
        """Judge a passage as it is known now, or note what it waits for.

        Nothing is done when it is judged already. When more becomes known meanwhile the result
        is dropped: whoever brought the news has put another job into the queue.

        Raises:
            StorageError: the picture cannot be had now; worth another try.
        """
        known = self._gather(passage_id)
        if known is None:
            return
        try:
            picture = self._read(known.scan)
            wait = wait_for(known, picture, policy=self._analysis.policy, now=self._clock())
            if wait is not None:
                self._note_wait(known, picture, wait)
                return
            entry = None if known.entry_scan is None else self._read(known.entry_scan)
            load = self._load(known, picture)
            judgement = self._analysis.judge(
                to_passage(known, picture, entry), others=self._others(known)
            )
        except StorageError:
            raise
        except Exception as error:
            # Whatever goes wrong in an analysis must end as a referred decision.
            _log.exception("analysis_failed", scan=str(known.scan.id), passage=str(passage_id))
            self._store(known, self._failure(known, f"{type(error).__name__}"), None)
            return
        self._store(known, judgement, picture, load)

    def give_up(self, passage_id: UUID, *, detail: str) -> None:
        """Refer a passage that could not be judged in as many tries as are made."""
        known = self._gather(passage_id)
        if known is not None:
            _log.error("analysis_given_up", scan=str(known.scan.id), passage=str(passage_id))
            self._store(known, self._failure(known, detail), None)

    def take_up_forgotten(self) -> None:
        """Put passages back into the queue that need judging and have no job left."""
        with self._sessions.begin() as session:
            for passage_id in self._queue.judge_forgotten(session):
                _log.error("passage_taken_up", passage=str(passage_id))

    def _gather(self, passage_id: UUID) -> Known | None:
        with self._sessions() as session:
            return gather(session, passage_id)

    def _read(self, scan: ScanRow) -> Picture:
        content = self._objects.get(scan.object_key)
        try:
            prepared = self._analysis.prepare(content, name=scan.file_name)
        except ScanUnreadableError as error:
            return Picture(prepared=None, faults=error.faults)
        return Picture(prepared=prepared, faults=prepared.faults)

    def _load(self, known: Known, picture: Picture) -> LoadVector | None:
        """Return by what the load is found again, should it leave under another number."""
        if known.passage.role != PassageRole.ENTRY or not picture.usable:
            return None
        assert picture.prepared is not None
        return self._analysis.load(picture.prepared)

    def _others(self, known: Known) -> OtherEntries:
        return OtherEntries(self._sessions, exit_=known.passage, now=self._clock(), read=self._read)

    def _failure(self, known: Known, detail: str) -> Judgement:
        digests = self._analysis.digests(to_passage(known, None, None))
        decision = failed(f"the analysis failed: {detail}", digests=digests)
        return Judgement(decision=decision, comparison=None, check=None)

    def _note_wait(self, known: Known, picture: Picture, wait: Wait) -> None:
        with self._sessions.begin() as session:
            passage = _unchanged(session, known)
            if passage is None:
                return
            _note_picture(session, known.scan, picture)
            passage.waiting_for = wait.what
            if passage.deadline_at != wait.until:
                passage.deadline_at = wait.until
                self._queue.judge(session, passage.id, at=wait.until)

    def _store(
        self,
        known: Known,
        judgement: Judgement,
        picture: Picture | None,
        load: LoadVector | None = None,
    ) -> None:
        now = self._clock()
        with self._sessions.begin() as session:
            passage = _unchanged(session, known)
            if passage is None:
                return
            if picture is not None:
                _note_picture(session, known.scan, picture)
            if load is not None:
                note_load(session, known.scan, load)
            superseded = newest_decision(session, passage)
            row = _decision_row(known, judgement, supersedes=superseded, now=now)
            session.add(row)
            passage.judged_revision = known.passage.revision
            passage.waiting_for, passage.deadline_at = None, None
            session.flush()
            follow_decision(session, row, now=now)
            session.flush()
            event = "decision.made" if superseded is None else "decision.superseded"
            announce(session, event, decision_body(session, row).model_dump(mode="json"))
        _log.info(
            "decided",
            passage=str(known.passage.id),
            scan=str(known.scan.id),
            outcome=str(judgement.decision.outcome),
            reasons=[str(reason.code) for reason in judgement.decision.reasons],
        )


def _unchanged(session: Session, known: Known) -> PassageRow | None:
    """Lock the passage; None when more became known, or another worker has judged it."""
    passage = session.scalars(
        select(PassageRow).where(PassageRow.id == known.passage.id).with_for_update()
    ).one()
    same = passage.revision == known.passage.revision
    return passage if same and passage.judged_revision < passage.revision else None


def _note_picture(session: Session, seen: ScanRow, picture: Picture) -> None:
    """Write down what the picture shows, and tell the site when it is of no use."""
    scan = session.get_one(ScanRow, seen.id)
    was_unusable = scan.state == ScanState.UNUSABLE
    scan.state = ScanState.ANALYSED if picture.usable else ScanState.UNUSABLE
    scan.faults = fault_documents(picture.faults)
    prepared = picture.prepared
    if prepared is not None:
        height, width = prepared.scan.primary.shape
        scan.width_px, scan.height_px = width, height
        scan.display_rendered = prepared.scan.display_rendered
        if prepared.rectified:
            box = prepared.rectified[0].container.box_px
            scan.container_box_px = [float(edge) for edge in box.as_tuple()]
    session.flush()
    if scan.state == ScanState.UNUSABLE and not was_unusable:
        announce(session, "scan.unusable", scan_body(session, scan).model_dump(mode="json"))


def _decision_row(
    known: Known, judgement: Judgement, *, supersedes: DecisionRow | None, now: datetime
) -> DecisionRow:
    decision: Decision = judgement.decision
    return DecisionRow(
        passage_id=known.passage.id,
        consignment_id=known.passage.consignment_id,
        declaration_id=known.version.id if known.version else None,
        declaration_number=known.declaration_number,
        container_number=known.passage.container_number,
        role=known.passage.role,
        site=known.passage.site,
        outcome=decision.outcome,
        reasons=reason_documents(decision.reasons),
        comparison=comparison_document(judgement.comparison),
        check=check_document(judgement.check),
        digests=digests_document(decision.digests),
        scan_id=known.scan.id,
        entry_scan_id=known.entry_scan.id if known.entry_scan else None,
        supersedes_id=supersedes.id if supersedes else None,
        decided_at=now,
    )

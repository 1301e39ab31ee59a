"""Judging itself, on a real database and with analyses that misbehave."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from threading import Barrier, Event, Thread
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, func, select, text
from sqlalchemy.orm import Session, sessionmaker

from riac.errors import StorageError
from riac.imaging.frame import PreparedScan
from riac.passage import Passage
from riac.pipeline import Judgement
from serve.analysis import ServiceAnalysis, open_analysis
from serve.api.schemas import ContainerBody, DeclarationBody, ScanMetadata
from serve.life.declaring import register_declaration, to_declaration
from serve.life.judging import PassageJudge
from serve.life.queue import JobQueue
from serve.life.receiving import Sender, Upload, receive_scan
from serve.objects import FileObjects
from serve.settings import load_settings
from serve.store.cargo import CaseRow, DecisionRow, PassageRow
from tests.integration.lifecycle.pictures import Pictures

CONTAINER = "RIAU0000006"
SHA256 = "ab" * 32


class Misbehaving:
    """The real analysis, with one step replaced."""

    def __init__(self, real: ServiceAnalysis, *, error: Exception | None = None) -> None:
        self._real = real
        self._error = error
        self.begun = Event()
        self.meet: Barrier | None = None

    @property
    def policy(self) -> Any:
        return self._real.policy

    def prepare(self, source: bytes | Path, *, name: str | None = None) -> PreparedScan:
        return self._real.prepare(source, name=name)

    def load(self, scan: PreparedScan) -> Any:
        return self._real.load(scan)

    def judge(self, passage: Passage, *, others: Any = None) -> Judgement:
        self.begun.set()
        if self._error is not None:
            raise self._error
        judgement = self._real.judge(passage, others=others)
        if self.meet is not None:
            self.meet.wait(timeout=60)
        return judgement

    def digests(self, passage: Passage) -> Any:
        return self._real.digests(passage)


@pytest.fixture
def objects(tmp_path: Path, pictures: Pictures) -> FileObjects:
    store = FileObjects(tmp_path / "objects")
    store.put(f"scans/{SHA256}", pictures.empty())
    return store


@pytest.fixture
def analysis(tmp_path: Path) -> ServiceAnalysis:
    return open_analysis(load_settings(data_dir=tmp_path / "data"))


@pytest.fixture
def passage_id(sessions: sessionmaker[Session]) -> UUID:
    """A declared import whose scan is stored, with its job in the queue."""
    now = datetime.now(UTC)
    papers = DeclarationBody(
        number="GD-1",
        regime="import",  # type: ignore[arg-type]
        containers=[ContainerBody(number=CONTAINER, declared_empty=True)],
    )
    with sessions.begin() as session:
        register_declaration(
            session, to_declaration(papers), received_from="test", now=now, queue=JobQueue()
        )
    with sessions.begin() as session:
        scan, _ = receive_scan(
            session,
            ScanMetadata(container_number=CONTAINER, role="import"),  # type: ignore[arg-type]
            Upload(sha256=SHA256, size_bytes=1, file_name="scan.tif"),
            sender=Sender(site="karachi", name="test"),
            now=now,
            queue=JobQueue(),
        )
        return scan.passage_id


@pytest.fixture
def only_decision(sessions: sessionmaker[Session]) -> Any:
    def read() -> DecisionRow:
        with sessions() as session:
            return session.scalars(select(DecisionRow)).one()

    return read


def judge_of(sessions: sessionmaker[Session], objects: FileObjects, analysis: Any) -> PassageJudge:
    return PassageJudge(sessions, objects=objects, analysis=analysis, queue=JobQueue())


def test_an_analysis_that_raises_ends_as_a_referred_decision_with_a_case(
    sessions: sessionmaker[Session],
    objects: FileObjects,
    analysis: ServiceAnalysis,
    passage_id: UUID,
    only_decision: Any,
) -> None:
    broken = Misbehaving(analysis, error=ZeroDivisionError("a bug"))
    judge_of(sessions, objects, broken).judge(passage_id)
    decision = only_decision()
    assert decision.outcome == "refer"
    assert [reason["code"] for reason in decision.reasons] == ["analysis_failed"]
    assert decision.digests["inputs"]["scan"] == SHA256
    with sessions() as session:
        assert session.scalar(select(func.count()).select_from(CaseRow)) == 1


def test_a_store_that_does_not_answer_is_tried_again_and_given_up_as_referred(
    sessions: sessionmaker[Session],
    objects: FileObjects,
    analysis: ServiceAnalysis,
    passage_id: UUID,
    only_decision: Any,
) -> None:
    judge = judge_of(sessions, objects, Misbehaving(analysis, error=StorageError("away")))
    with pytest.raises(StorageError):
        judge.judge(passage_id)
    with sessions() as session:
        assert session.scalar(select(func.count()).select_from(DecisionRow)) == 0
    judge.give_up(passage_id, detail="too often")
    assert [reason["code"] for reason in only_decision().reasons] == ["analysis_failed"]


def test_two_workers_at_once_make_one_decision(
    sessions: sessionmaker[Session],
    objects: FileObjects,
    analysis: ServiceAnalysis,
    passage_id: UUID,
    only_decision: Any,
) -> None:
    both = Misbehaving(analysis)
    both.meet = Barrier(2)
    judge = judge_of(sessions, objects, both)
    threads = [Thread(target=judge.judge, args=(passage_id,)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert both.meet.n_waiting == 0
    assert only_decision().outcome == "auto_clear", only_decision().reasons


def test_a_passage_whose_job_was_lost_is_taken_up_again(
    sessions: sessionmaker[Session],
    objects: FileObjects,
    analysis: ServiceAnalysis,
    passage_id: UUID,
) -> None:
    jobs = text("SELECT args->>'passage_id' FROM procrastinate_jobs WHERE status = 'todo'")
    judge = judge_of(sessions, objects, analysis)
    judge.take_up_forgotten()
    with sessions.begin() as session:
        assert session.scalars(jobs).all() == [str(passage_id)]
        session.execute(text("UPDATE procrastinate_jobs SET status = 'failed'"))
    judge.take_up_forgotten()
    with sessions() as session:
        assert session.scalars(jobs).all() == [str(passage_id)]
    judge.judge(passage_id)
    with sessions.begin() as session:
        session.execute(text("UPDATE procrastinate_jobs SET status = 'failed'"))
    judge.take_up_forgotten()
    with sessions() as session:
        assert session.scalars(jobs).all() == []


def test_what_becomes_known_during_the_analysis_is_not_missed(
    sessions: sessionmaker[Session],
    objects: FileObjects,
    analysis: ServiceAnalysis,
    passage_id: UUID,
    engine: Engine,
) -> None:
    slow = Misbehaving(analysis)
    slow.meet = Barrier(2)
    judge = judge_of(sessions, objects, slow)
    thread = Thread(target=judge.judge, args=(passage_id,))
    thread.start()
    assert slow.begun.wait(timeout=60)
    with sessions.begin() as session:
        session.get_one(PassageRow, passage_id).revision += 1
    slow.meet.wait(timeout=60)
    thread.join()
    with sessions() as session:
        assert session.scalar(select(func.count()).select_from(DecisionRow)) == 0
        passage = session.get_one(PassageRow, passage_id)
        assert passage.judged_revision < passage.revision

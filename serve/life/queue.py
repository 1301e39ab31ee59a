"""Puts jobs into the queue, within the caller's transaction."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import procrastinate
import psycopg
from procrastinate import SyncPsycopgConnector
from sqlalchemy import Text, cast, column, literal, select, table
from sqlalchemy.orm import Session

from serve.store.cargo import PassageRow

QUEUE = "riac"
JUDGE = "judge"
"""Name of the task that judges a passage."""


_LOCK = "passage "
_JOBS = table("procrastinate_jobs", column("lock"), column("status"))


class JobQueue:
    """Jobs that exist once the caller's transaction commits, and not otherwise."""

    def __init__(self) -> None:
        # Never opened: every job is put in on the caller's connection.
        self._app = procrastinate.App(connector=SyncPsycopgConnector())

    def judge(self, session: Session, passage_id: UUID, *, at: datetime | None = None) -> None:
        """Have a passage judged, now or at a time."""
        session.flush()
        driver = session.connection().connection.driver_connection
        assert isinstance(driver, psycopg.Connection)
        self._app.configure_task(
            JUDGE,
            queue=QUEUE,
            # One passage is judged by one worker at a time.
            lock=f"{_LOCK}{passage_id}",
            schedule_at=at,
            # Within a lock the queue keeps the order: a job for later must stand behind those
            # for now.
            priority=0 if at is None else -1,
            connection=driver,
        ).defer(passage_id=str(passage_id))

    def judge_forgotten(self, session: Session) -> list[UUID]:
        """Have passages judged that need it and have no job: theirs failed in every try."""
        waiting = (
            select(_JOBS.c.lock)
            .where(
                _JOBS.c.lock == literal(_LOCK) + cast(PassageRow.id, Text),
                cast(_JOBS.c.status, Text).in_(["todo", "doing"]),
            )
            .exists()
        )
        forgotten = session.scalars(
            select(PassageRow.id)
            .where(PassageRow.judged_revision < PassageRow.revision, ~waiting)
            .with_for_update(skip_locked=True)
        ).all()
        for passage_id in forgotten:
            self.judge(session, passage_id)
        return list(forgotten)

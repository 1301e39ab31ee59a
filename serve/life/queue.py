"""Puts jobs into the queue, within the caller's transaction."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import procrastinate
import psycopg
from procrastinate import SyncPsycopgConnector
from sqlalchemy.orm import Session

QUEUE = "riac"
JUDGE = "judge"
"""Name of the task that judges a passage."""


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
            lock=f"passage {passage_id}",
            schedule_at=at,
            # Within a lock the queue keeps the order: a job for later must stand behind those
            # for now.
            priority=0 if at is None else -1,
            connection=driver,
        ).defer(passage_id=str(passage_id))

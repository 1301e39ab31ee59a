"""The sender: runs beside a worker and delivers what is in the outbox.

Any number may run, on any number of machines. A commit that announces something wakes them all
through NOTIFY; retries are found by their time. Nothing is kept in memory but what is being sent.
"""

from __future__ import annotations

from collections import Counter
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event, Lock, Thread
from types import TracebackType
from typing import Self
from uuid import UUID

import psycopg
import structlog
from sqlalchemy import Engine, func, select, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

from serve.store.delivery import Delivery, DeliveryState, Webhook
from serve.webhooks.attempt import claim, deliver
from serve.webhooks.outbox import CHANNEL

AT_ONCE = 16
# Fewer than AT_ONCE, so that one receiver that hangs does not keep the others waiting.
AT_ONCE_TO_ONE = 4
# Should a NOTIFY be lost with its connection, the outbox is looked into anyway.
LONGEST_SLEEP_S = 5.0
_LISTEN_STEP_S = 0.5

_log = structlog.get_logger("riac.webhooks")


class Sender:
    """Threads that deliver; start with `start()` or `with`, end with `stop()`."""

    def __init__(self, sessions: sessionmaker[Session], *, engine: Engine) -> None:
        self._sessions = sessions
        self._engine = engine
        self._stop = Event()
        self._wake = Event()
        self._in_flight: Counter[UUID] = Counter()
        self._lock = Lock()
        self._pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="webhook")
        self._threads = [
            Thread(target=self._listen, name="webhook-listen", daemon=True),
            Thread(target=self._send_what_is_due, name="webhook-send", daemon=True),
        ]

    def start(self) -> None:
        """Begin to deliver."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Finish what is being sent and end."""
        self._stop.set()
        self._wake.set()
        for thread in self._threads:
            thread.join()
        self._pool.shutdown()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def _listen(self) -> None:
        while not self._stop.is_set():
            try:
                self._listen_on_one_connection()
            except (SQLAlchemyError, psycopg.Error) as error:
                _log.warning("webhook_listen_lost", error=type(error).__name__)
                self._stop.wait(1.0)

    def _listen_on_one_connection(self) -> None:
        with self._engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text(f"LISTEN {CHANNEL}"))
            self._wake.set()
            driver = connection.connection.driver_connection
            assert isinstance(driver, psycopg.Connection)
            try:
                while not self._stop.is_set():
                    for _ in driver.notifies(timeout=_LISTEN_STEP_S, stop_after=1):
                        self._wake.set()
            finally:
                # The pool must not hand on a connection that listens.
                connection.invalidate()

    def _send_what_is_due(self) -> None:
        while not self._stop.is_set():
            self._wake.clear()
            try:
                while self._send_one():
                    pass
                sleep_s = self._sleep_s()
            except SQLAlchemyError as error:
                _log.warning("webhook_claim_failed", error=type(error).__name__)
                sleep_s = 1.0
            self._wake.wait(sleep_s)

    def _send_one(self) -> bool:
        with self._lock:
            if self._stop.is_set() or self._in_flight.total() >= AT_ONCE:
                return False
            busy = [one for one, count in self._in_flight.items() if count >= AT_ONCE_TO_ONE]
        with self._sessions.begin() as session:
            claimed = claim(session, busy=busy)
        if claimed is None:
            return False
        delivery_id, webhook_id = claimed
        with self._lock:
            self._in_flight[webhook_id] += 1
        sent = self._pool.submit(deliver, self._sessions, delivery_id)
        sent.add_done_callback(lambda future: self._sent(future, webhook_id))
        return True

    def _sent(self, future: Future[bool], webhook_id: UUID) -> None:
        with self._lock:
            self._in_flight[webhook_id] -= 1
            self._in_flight += Counter()
        self._wake.set()
        error = future.exception()
        if error is not None:
            # The claim runs out by itself, and the delivery is tried again.
            _log.error("webhook_attempt_broke", error=repr(error))

    def _sleep_s(self) -> float:
        with self._sessions() as session:
            due_in = session.scalar(
                select(
                    func.extract(
                        "epoch", func.min(Delivery.next_attempt_at) - func.clock_timestamp()
                    )
                )
                .join(Delivery.webhook)
                .where(Delivery.state == DeliveryState.PENDING, Webhook.disabled_at.is_(None))
            )
        if due_in is None:
            return LONGEST_SLEEP_S
        # Not below a tenth: what is due but busy would make this spin.
        return min(max(float(due_in), 0.1), LONGEST_SLEEP_S)

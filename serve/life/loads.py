"""Loads of entry scans, by the vectors they are found again by: where an exit scan is searched."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from riac.decision import PassageRole
from riac.errors import NotFoundError
from riac.imaging.frame import PreparedScan
from riac.ports import LoadVector, Vectors
from serve.life.evidence import Picture
from serve.store.cargo import LoadRow, PassageRow, ScanRow

IN_TRANSIT = timedelta(days=60)
"""Entry scans made so long before an exit are searched, whether or not their container has left:
loads may have changed places with one that went first."""
MOST = 50_000
"""Entry scans searched, the newest: 58 MB of vectors."""

_log = structlog.get_logger("riac.loads")


def note_load(session: Session, scan: ScanRow, load: LoadVector) -> None:
    """Write down by what the load of an entry scan is found again."""
    content = load.vector.astype("<f4").tobytes()
    session.merge(LoadRow(scan_id=scan.id, model=load.model, vector=content))


@dataclass(frozen=True, slots=True)
class _Entry:
    scan: ScanRow
    name: str
    vector: bytes


class OtherEntries:
    """Entry scans of all containers but one: `riac.ports.EntryScans`, read when asked for."""

    def __init__(
        self,
        sessions: sessionmaker[Session],
        *,
        exit_: PassageRow,
        now: datetime,
        read: Callable[[ScanRow], Picture],
    ) -> None:
        """Take the passage of which the load is searched, and what reads a stored scan."""
        self._sessions = sessions
        self._exit = exit_
        self._now = now
        self._read = read
        self._entries: list[_Entry] = []

    def vectors(self, *, model: str) -> Vectors:
        """Return one row for each: (N, D) float32, unit."""
        with self._sessions() as session:
            self._entries = self._found(session, model)
        joined = b"".join(each.vector for each in self._entries)
        rows = np.frombuffer(joined, "<f4").astype(np.float32)
        return rows.reshape(len(self._entries), -1) if self._entries else rows.reshape(0, 1)

    def name(self, number: int) -> str:
        """Say whose it is."""
        return self._entries[number].name

    def prepared(self, number: int) -> PreparedScan | None:
        """Return the scan; None where it cannot be used any more. Raises StorageError."""
        try:
            picture = self._read(self._entries[number].scan)
        except NotFoundError:
            _log.warning("entry_scan_gone", scan=str(self._entries[number].scan.id))
            return None
        return picture.prepared if picture.usable else None

    def _found(self, session: Session, model: str) -> list[_Entry]:
        passage = self._exit
        rows = session.execute(
            select(ScanRow, PassageRow, LoadRow.vector)
            .join(LoadRow, LoadRow.scan_id == ScanRow.id)
            .join(PassageRow, PassageRow.id == ScanRow.passage_id)
            .where(
                LoadRow.model == model,
                PassageRow.role == PassageRole.ENTRY,
                PassageRow.container_number != passage.container_number,
                ScanRow.received_at >= self._now - IN_TRANSIT,
            )
            .order_by(ScanRow.seq.desc())
            .limit(MOST)
        )
        return [
            _Entry(scan, f"{other.container_number} at {other.site}, passage {other.id}", vector)
            for scan, other, vector in rows
        ]

"""Sends the traffic: declaration, entry scan, decision, exit scan, decision."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from riac.decision import Outcome, PassageRole
from serve.api.schemas import ScanBody
from serve.demo.clearance import ClearanceSystem
from serve.demo.ledger import Fallen, Ledger, SentPassage
from serve.demo.sites import Sites

PATIENCE_S = 60.0
"""How long a decision may take before it is counted as lost."""
ASKING_S = 10.0
"""A clearance system that hears nothing asks, this often."""
AT_ONCE = 3


class RightAnswer(Protocol):
    """What a passage should lead to."""

    @property
    def outcome(self) -> Outcome | None:
        """None where either is right."""
        ...

    @property
    def reasons(self) -> frozenset[Any]:
        """One of these should be among the reasons of a referral."""
        ...


class Passage(Protocol):
    """One scan to be sent."""

    @property
    def role(self) -> PassageRole:
        """Why the container is scanned."""
        ...

    @property
    def metadata(self) -> dict[str, Any]:
        """JSON of `ScanMetadata`."""
        ...

    @property
    def file_name(self) -> str:
        """As the site names it."""
        ...

    @property
    def picture(self) -> bytes:
        """The file."""
        ...

    @property
    def expected(self) -> RightAnswer:
        """The label."""
        ...


class Consignment(Protocol):
    """One declaration and its scans."""

    @property
    def scenario(self) -> str:
        """What kind of traffic this is."""
        ...

    @property
    def declaration(self) -> dict[str, Any]:
        """JSON of `DeclarationBody`."""
        ...

    @property
    def passages(self) -> tuple[Passage, ...]:
        """In the order of time."""
        ...


@dataclass(frozen=True, slots=True)
class Journeys:
    """Everything a consignment on its way needs."""

    clearance: ClearanceSystem
    sites: Sites
    ledger: Ledger
    on_decided: Callable[[Fallen], None]
    on_lost: Callable[[SentPassage], None]

    def run(
        self, consignments: Iterable[Consignment], *, rate_per_minute: float, stop: threading.Event
    ) -> None:
        """Send consignments, a few at once, not more than `rate_per_minute`.

        Raises:
            httpx.HTTPError: the service does not take what it should take.
        """
        pause_s = 60.0 / rate_per_minute
        under_way: set[Future[None]] = set()
        with ThreadPoolExecutor(max_workers=AT_ONCE) as pool:
            try:
                for consignment in consignments:
                    started = time.monotonic()
                    under_way.add(pool.submit(self.travel, consignment, stop=stop))
                    if len(under_way) >= AT_ONCE:
                        under_way = _without_ended(under_way)
                    if stop.wait(max(0.0, pause_s - (time.monotonic() - started))):
                        break
                for future in under_way:
                    future.result()
            except BaseException:
                # The pool waits for its threads: they must not wait for decisions any more.
                stop.set()
                raise

    def travel(self, consignment: Consignment, *, stop: threading.Event) -> None:
        """Take one consignment through customs; an exit follows its entry's decision."""
        self.clearance.register(consignment.declaration)
        for passage in consignment.passages:
            if stop.is_set():
                return
            self._pass(consignment, passage, stop=stop)

    def _pass(self, consignment: Consignment, passage: Passage, *, stop: threading.Event) -> None:
        sent_at = time.monotonic()
        scan = self.sites.send(
            passage.metadata, file_name=passage.file_name, picture=passage.picture
        )
        sent = sent_passage(consignment, passage, scan, sent_at_s=sent_at)
        self.ledger.sent(sent)
        fallen = self._awaited(sent, scan.id, stop=stop)
        if fallen is not None:
            self.on_decided(fallen)
        elif not stop.is_set():
            self.on_lost(sent)

    def _awaited(self, sent: SentPassage, scan_id: UUID, *, stop: threading.Event) -> Fallen | None:
        deadline = time.monotonic() + PATIENCE_S
        while not stop.is_set():
            fallen = self._announced(sent, stop=stop)
            if fallen is not None or stop.is_set():
                return fallen
            decision = self.clearance.decision_on_scan(scan_id)
            if decision is not None:
                self.ledger.decided(decision, verified=False)
            if time.monotonic() >= deadline:
                return self.ledger.wait(sent.passage_id, timeout_s=0)
        return None

    def _announced(self, sent: SentPassage, *, stop: threading.Event) -> Fallen | None:
        asking_at = time.monotonic() + min(ASKING_S, PATIENCE_S)
        while True:
            fallen = self.ledger.wait(sent.passage_id, timeout_s=0.2)
            if fallen is not None or stop.is_set() or time.monotonic() >= asking_at:
                return fallen


def sent_passage(
    consignment: Consignment, passage: Passage, scan: ScanBody, *, sent_at_s: float
) -> SentPassage:
    """Join what the service answered to what is right."""
    return SentPassage(
        passage_id=scan.passage_id,
        container_number=scan.container_number,
        role=passage.role,
        scenario=str(consignment.scenario),
        expected=passage.expected.outcome,
        expected_reasons=frozenset(str(reason) for reason in passage.expected.reasons),
        sent_at_s=sent_at_s,
    )


def _without_ended(under_way: set[Future[None]]) -> set[Future[None]]:
    """Wait for one to end; its exception, if any, is raised here."""
    done, pending = wait(under_way, return_when=FIRST_COMPLETED)
    for future in done:
        future.result()
    return pending

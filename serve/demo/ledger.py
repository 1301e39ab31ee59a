"""What was sent, what was decided about it, and whether that was right. No network."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from riac.decision import Outcome, PassageRole
from serve.api.schemas import DecisionBody


@dataclass(frozen=True, slots=True)
class SentPassage:
    """One scan that was taken in, with the right answer to it."""

    passage_id: UUID
    container_number: str
    role: PassageRole
    scenario: str
    expected: Outcome | None
    """None where either answer is right."""
    expected_reasons: frozenset[str]
    sent_at_s: float
    """Monotonic clock."""


@dataclass(frozen=True, slots=True)
class Fallen:
    """A decision on a passage that was sent."""

    passage: SentPassage
    decision: DecisionBody
    seconds: float
    """From sending the scan to receiving the decision."""
    verified: bool
    """True when it came by a webhook whose signature holds."""

    @property
    def agrees(self) -> bool:
        """Say whether the outcome is the right one."""
        return self.passage.expected in (None, self.decision.outcome)

    @property
    def wrongly_cleared(self) -> bool:
        """Cleared, and should have been referred."""
        return not self.agrees and self.decision.outcome is Outcome.AUTO_CLEAR

    @property
    def wrongly_referred(self) -> bool:
        """Referred, and should have been cleared."""
        return not self.agrees and self.decision.outcome is Outcome.REFER

    @property
    def right_reason(self) -> bool:
        """Say whether one of the expected reasons is among the decision's."""
        codes = {str(reason.code) for reason in self.decision.reasons if reason.refers}
        return not self.passage.expected_reasons or bool(codes & self.passage.expected_reasons)


@dataclass(frozen=True, slots=True)
class Totals:
    """The traffic so far, counted."""

    sent: int
    decided: int
    cleared: int
    referred: int
    wrongly_cleared: tuple[Fallen, ...]
    wrongly_referred: tuple[Fallen, ...]
    webhooks_verified: int
    webhooks_rejected: int
    seconds: tuple[float, ...] = field(repr=False)
    """From scan to decision, for each that was decided, in the order they fell."""


class Ledger:
    """Joins passages and decisions, whichever comes first; safe for threads."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._sent: dict[UUID, SentPassage] = {}
        self._decided: dict[UUID, tuple[DecisionBody, float, bool]] = {}
        self._rejected = 0
        self._verified = 0

    def sent(self, passage: SentPassage) -> None:
        """Note a scan that the service has taken in."""
        with self._changed:
            self._sent[passage.passage_id] = passage
            self._changed.notify_all()

    def decided(self, decision: DecisionBody, *, verified: bool) -> None:
        """Note a decision; a later one on the same passage supersedes it."""
        with self._changed:
            known = self._decided.get(decision.passage_id)
            self._verified += verified
            if known is not None and known[0].id == decision.id:
                self._decided[decision.passage_id] = (decision, known[1], known[2] or verified)
            elif known is None or known[0].decided_at <= decision.decided_at:
                self._decided[decision.passage_id] = (decision, time.monotonic(), verified)
            self._changed.notify_all()

    def rejected(self) -> None:
        """Note a webhook whose signature does not hold."""
        with self._changed:
            self._rejected += 1

    def wait(self, passage_id: UUID, *, timeout_s: float) -> Fallen | None:
        """Wait for the decision on a passage; None when the time is up."""
        with self._changed:
            self._changed.wait_for(
                lambda: passage_id in self._decided and passage_id in self._sent, timeout_s
            )
            return self._fallen(passage_id)

    def fallen(self) -> list[Fallen]:
        """List the decisions on what was sent, in the order they fell."""
        with self._changed:
            return self._all_fallen()

    def totals(self) -> Totals:
        """Count."""
        with self._changed:
            fallen = self._all_fallen()
            return Totals(
                sent=len(self._sent),
                decided=len(fallen),
                cleared=sum(f.decision.outcome is Outcome.AUTO_CLEAR for f in fallen),
                referred=sum(f.decision.outcome is Outcome.REFER for f in fallen),
                wrongly_cleared=_only(fallen, [f.wrongly_cleared for f in fallen]),
                wrongly_referred=_only(fallen, [f.wrongly_referred for f in fallen]),
                webhooks_verified=self._verified,
                webhooks_rejected=self._rejected,
                seconds=tuple(f.seconds for f in fallen),
            )

    def _all_fallen(self) -> list[Fallen]:
        found = (self._fallen(passage_id) for passage_id in self._decided)
        return [fallen for fallen in found if fallen is not None]

    def _fallen(self, passage_id: UUID) -> Fallen | None:
        passage, decided = self._sent.get(passage_id), self._decided.get(passage_id)
        if passage is None or decided is None:
            return None
        decision, at_s, verified = decided
        return Fallen(passage, decision, max(0.0, at_s - passage.sent_at_s), verified)


def _only(fallen: Iterable[Fallen], chosen: Iterable[bool]) -> tuple[Fallen, ...]:
    return tuple(f for f, wanted in zip(fallen, chosen, strict=True) if wanted)

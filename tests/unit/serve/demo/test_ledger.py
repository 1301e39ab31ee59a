"""The demonstration counts what was decided, and whether it was right."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from riac.decision import Outcome, PassageRole, ReasonCode
from serve.api.schemas import DecisionBody, DigestsBody, ReasonBody
from serve.demo.board import decision_line
from serve.demo.ledger import Ledger, SentPassage

NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)


def passage(expected: Outcome | None, *reasons: ReasonCode) -> SentPassage:
    return SentPassage(
        passage_id=uuid4(),
        container_number="CSQU3054383",
        role=PassageRole.EXIT,
        scenario="insertion",
        expected=expected,
        expected_reasons=frozenset(str(reason) for reason in reasons),
        sent_at_s=time.monotonic(),
    )


def decision(
    passage_id: UUID, outcome: Outcome, reason: ReasonCode, *, at: datetime = NOON
) -> DecisionBody:
    return DecisionBody(
        id=uuid4(),
        passage_id=passage_id,
        consignment_id=None,
        declaration_number=None,
        container_number="CSQU3054383",
        role=PassageRole.EXIT,
        site="torkham",
        outcome=outcome,
        reasons=[ReasonBody(code=reason, detail="", refers=outcome is Outcome.REFER)],
        comparison=None,
        check=None,
        scan_id=None,
        entry_scan_id=None,
        digests=DigestsBody(inputs={}, code="", models={}, policy="", library=""),
        supersedes_id=None,
        superseded_by_id=None,
        case_id=None,
        final_outcome=None,
        decided_at=at,
    )


def test_a_tampered_load_that_was_cleared_is_wrongly_cleared() -> None:
    ledger, sent = Ledger(), passage(Outcome.REFER, ReasonCode.MISMATCH)
    ledger.sent(sent)
    ledger.decided(
        decision(sent.passage_id, Outcome.AUTO_CLEAR, ReasonCode.CONSISTENT), verified=True
    )
    totals = ledger.totals()
    assert [fallen.passage for fallen in totals.wrongly_cleared] == [sent]
    assert totals.wrongly_referred == ()
    assert "WRONGLY CLEARED" in decision_line(totals.wrongly_cleared[0]).plain


def test_an_honest_load_that_was_referred_is_wrongly_referred() -> None:
    ledger, sent = Ledger(), passage(Outcome.AUTO_CLEAR)
    ledger.sent(sent)
    ledger.decided(decision(sent.passage_id, Outcome.REFER, ReasonCode.MISMATCH), verified=True)
    totals = ledger.totals()
    assert totals.wrongly_cleared == ()
    assert [fallen.passage for fallen in totals.wrongly_referred] == [sent]


def test_where_either_answer_is_right_none_is_wrong() -> None:
    ledger, sent = Ledger(), passage(None)
    ledger.sent(sent)
    ledger.decided(decision(sent.passage_id, Outcome.REFER, ReasonCode.MISMATCH), verified=True)
    assert ledger.fallen()[0].agrees


def test_a_referral_for_another_reason_is_told_apart() -> None:
    ledger, sent = Ledger(), passage(Outcome.REFER, ReasonCode.MISMATCH)
    ledger.sent(sent)
    ledger.decided(decision(sent.passage_id, Outcome.REFER, ReasonCode.SEAL_DIFFERS), verified=True)
    assert ledger.fallen()[0].agrees
    assert not ledger.fallen()[0].right_reason


def test_a_webhook_may_come_before_the_answer_to_the_upload() -> None:
    ledger, sent = Ledger(), passage(Outcome.AUTO_CLEAR)
    ledger.decided(
        decision(sent.passage_id, Outcome.AUTO_CLEAR, ReasonCode.CONSISTENT), verified=True
    )
    assert ledger.totals().decided == 0
    ledger.sent(sent)
    fallen = ledger.wait(sent.passage_id, timeout_s=0)
    assert fallen is not None
    assert fallen.decision.outcome is Outcome.AUTO_CLEAR


def test_a_later_decision_supersedes_and_an_older_one_does_not() -> None:
    ledger, sent = Ledger(), passage(Outcome.REFER)
    ledger.sent(sent)
    first = decision(sent.passage_id, Outcome.AUTO_CLEAR, ReasonCode.CONSISTENT)
    later = decision(
        sent.passage_id, Outcome.REFER, ReasonCode.MISMATCH, at=NOON + timedelta(seconds=1)
    )
    for one in (first, later, first):
        ledger.decided(one, verified=True)
    assert [fallen.decision.id for fallen in ledger.fallen()] == [later.id]


def test_waiting_ends_when_the_decision_falls() -> None:
    ledger, sent = Ledger(), passage(Outcome.REFER)
    ledger.sent(sent)
    body = decision(sent.passage_id, Outcome.REFER, ReasonCode.MISMATCH)
    threading.Timer(0.05, lambda: ledger.decided(body, verified=True)).start()
    fallen = ledger.wait(sent.passage_id, timeout_s=30)
    assert fallen is not None
    assert ledger.wait(uuid4(), timeout_s=0) is None


def test_a_webhook_that_comes_after_the_answer_was_asked_for_still_verifies_it() -> None:
    ledger, sent = Ledger(), passage(Outcome.AUTO_CLEAR)
    ledger.sent(sent)
    asked = decision(sent.passage_id, Outcome.AUTO_CLEAR, ReasonCode.CONSISTENT)
    ledger.decided(asked, verified=False)
    ledger.decided(asked, verified=True)
    ledger.decided(asked, verified=False)
    (fallen,) = ledger.fallen()
    assert fallen.verified
    assert ledger.totals().webhooks_verified == 1

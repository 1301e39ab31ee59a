"""The clock stops at the first decision shown, and not without one."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest

from riac.decision import Outcome, ReasonCode
from serve.demo.benchmark import FIRST_DECISION, until_first_decision
from serve.demo.board import decision_line
from serve.demo.errors import DemonstrationError
from serve.demo.ledger import Ledger
from tests.unit.serve.demo.test_ledger import decision, passage


def test_a_decision_is_known_by_its_line() -> None:
    ledger, sent = Ledger(), passage(Outcome.REFER)
    ledger.sent(sent)
    ledger.decided(decision(sent.passage_id, Outcome.REFER, ReasonCode.MISMATCH), verified=True)
    (fallen,) = ledger.fallen()
    assert FIRST_DECISION.search(decision_line(fallen).plain)
    assert not FIRST_DECISION.search("starting the API and the worker")


def test_the_clock_stops_at_the_first_decision(tmp_path: Path) -> None:
    script = (
        "import time; print('starting', flush=True);"
        "print('CSQU3054383 entry  auto-clear   0.4 s  as it should be', flush=True);"
        "time.sleep(3)"
    )
    start = time.monotonic()
    seconds = until_first_decision([sys.executable, "-c", script], folder=tmp_path)
    whole = time.monotonic() - start
    assert seconds < whole - 2, "the sleep after the decision is counted"


def test_a_demonstration_without_a_decision_is_told_with_its_last_lines(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "print('no room on the disk')"]
    with pytest.raises(DemonstrationError, match="no room on the disk"):
        until_first_decision(command, folder=tmp_path)

"""A day's folder holds what comes in, when, and the right answers."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from serve.api.schemas import DeclarationBody, ScanMetadata
from training.simulator.days import parse_shares, write_day
from training.simulator.files import Run
from training.simulator.scenarios import DAY, Scenario

SHARES = {Scenario.HONEST_IMPORT: 1.0, Scenario.WEIGHT_OFF: 1.0}


def test_a_day_is_declarations_scans_and_answers_in_order(tmp_path: Path) -> None:
    write_day(Run(tmp_path, seed=1), count=3, on=date(2026, 3, 1), shares=SHARES, headings=["4011"])
    events = [json.loads(line) for line in (tmp_path / "events.jsonl").read_text().splitlines()]
    answers = [json.loads(line) for line in (tmp_path / "expected.jsonl").read_text().splitlines()]
    assert [each["at"] for each in events] == sorted(each["at"] for each in events)
    assert len(answers) == sum(each["kind"] == "scan" for each in events) == 3
    declared: set[str] = set()
    for event in events:
        path = tmp_path / event["file"]
        if event["kind"] == "declaration":
            body = DeclarationBody.model_validate_json(path.read_text())
            declared.add(body.number)
        else:
            metadata = ScanMetadata.model_validate(event["metadata"])
            assert metadata.declaration_number in declared
            assert path.stat().st_size > 1000
    for answer in answers:
        honest = answer["scenario"] == "honest_import"
        assert answer["outcome"] == ("auto_clear" if honest else "refer")


def test_weights_are_read_and_the_others_kept() -> None:
    shares = parse_shares(["insertion=7.5", "swap=0"])
    assert shares[Scenario.INSERTION] == 7.5
    assert shares[Scenario.SWAP] == 0
    assert shares[Scenario.REMOVAL] == DAY[Scenario.REMOVAL]


@pytest.mark.parametrize(
    ("stated", "message"),
    [
        (["magic=1"], "one of honest_transit"),
        (["swap"], "expected SCENARIO=WEIGHT"),
        (["swap=-1"], "0 to 1e9"),
        ([f"{scenario}=0" for scenario in Scenario], "at least one"),
    ],
)
def test_weights_of_nothing_are_refused(stated: list[str], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        parse_shares(stated)

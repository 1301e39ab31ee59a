"""A day of traffic as a folder: declarations, scans, what happened when, and the right answers.

declarations/NUMBER.json   bodies of `POST /v1/declarations`
scans/                     files as sites send them
events.jsonl               in the order of time: a declaration, or a scan with its metadata
expected.jsonl             for each passage the right outcome and, of referrals, the reasons
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from training.simulator.files import Run
from training.simulator.goods.catalogue import GOODS, goods_of
from training.simulator.paperwork import SimulatedPassage
from training.simulator.parallel import in_order
from training.simulator.scenarios import DAY, Scenario
from training.simulator.traffic import ConsignmentTask, TimedConsignment, day, make_timed


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that comes in."""

    at: str
    """ISO 8601, UTC."""
    row: Mapping[str, Any]


def parse_shares(stated: Sequence[str]) -> Mapping[Scenario, float]:
    """Read weights like `insertion=3`; scenarios that are not named keep theirs.

    Raises:
        ValueError: it is no weight of a scenario; says what is allowed.
    """
    shares = dict(DAY)
    for each in stated:
        name, separator, weight = each.partition("=")
        if name not in list(Scenario) or not separator:
            raise ValueError(
                f"share: expected SCENARIO=WEIGHT with one of {', '.join(Scenario)}, got {each!r}"
            )
        try:
            shares[Scenario(name)] = float(weight)
        except ValueError as error:
            raise ValueError(f"share: expected a number after {name}=, got {weight!r}") from error
        if not 0 <= shares[Scenario(name)] < 1e9:
            raise ValueError(f"share: expected a weight of 0 to 1e9 for {name}, got {weight}")
    if sum(shares.values()) <= 0:
        raise ValueError("share: expected at least one scenario with a weight above 0")
    return shares


def write_day(
    run: Run,
    *,
    count: int,
    on: date,
    shares: Mapping[Scenario, float] = DAY,
    headings: Sequence[str] = (),
) -> None:
    """Write a day of traffic.

    Args:
        run: where and how.
        count: of consignments.
        on: the day.
        shares: weights of the scenarios.
        headings: to carry; all that are modelled where none is named.

    Raises:
        ValueError: a heading is not modelled.
    """
    for heading in headings:
        goods_of(heading)
    tasks: Sequence[ConsignmentTask] = day(
        seed=run.seed, count=count, on=on, shares=shares, headings=tuple(headings) or tuple(GOODS)
    )
    declarations, scans = run.out / "declarations", run.out / "scans"
    events: list[Event] = []
    answers: list[Mapping[str, Any]] = []
    for done, timed in enumerate(in_order(make_timed, tasks, jobs=run.jobs), start=1):
        declarations.mkdir(parents=True, exist_ok=True)
        scans.mkdir(parents=True, exist_ok=True)
        body = timed.consignment.declaration
        name = f"declarations/{body['number']}.json"
        (run.out / name).write_text(json.dumps(body, indent=1) + "\n", encoding="utf-8")
        at = timed.declared_at.isoformat()
        events.append(Event(at, {"at": at, "kind": "declaration", "file": name}))
        for passage, moment in zip(timed.consignment.passages, timed.scanned_at, strict=True):
            # A replay sends an earlier file under its own name once more.
            path = scans / passage.file_name
            path.write_bytes(passage.picture)
            at = moment.isoformat()
            metadata = {**passage.metadata, "scanned_at": at}
            file = f"scans/{passage.file_name}"
            row = {"at": at, "kind": "scan", "file": file, "metadata": metadata}
            events.append(Event(at, row))
            answers.append(_answer(timed, passage))
        run.progress(done, len(tasks))
    _write_lines(run, "events.jsonl", [each.row for each in sorted(events, key=lambda e: e.at)])
    _write_lines(run, "expected.jsonl", answers)


def _answer(timed: TimedConsignment, passage: SimulatedPassage) -> Mapping[str, Any]:
    expected = passage.expected
    return {
        "declaration_number": passage.metadata["declaration_number"],
        "container_number": passage.metadata["container_number"],
        "role": str(passage.role),
        "scenario": str(timed.consignment.scenario),
        "outcome": None if expected.outcome is None else str(expected.outcome),
        "reasons": sorted(str(reason) for reason in expected.reasons),
    }


def _write_lines(run: Run, name: str, rows: Sequence[Mapping[str, Any]]) -> None:
    run.out.mkdir(parents=True, exist_ok=True)
    lines = "".join(json.dumps(row) + "\n" for row in rows)
    (run.out / name).write_text(lines, encoding="utf-8")

"""From a decision to its announcement, its case, the lock on it and the verdict."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

import httpx

from models import load_checks, load_detector, load_embedder, load_recogniser
from serve.api.schemas import Role
from tests.integration.lifecycle.pictures import Pictures
from tests.integration.lifecycle.running import Journey, RunningService, journey, reasons


def transit(
    service: RunningService, *, entry: bytes, leaving: bytes, **at_exit: Any
) -> tuple[Journey, Any, Any]:
    """Let a container pass; returns the decisions at entry and exit."""
    trip = journey()
    assert service.declare(trip.declaration).status_code == 201
    first = service.decided(service.send(entry, of=trip, role="entry"))
    second = service.decided(service.send(leaving, of=trip, role="exit", site="torkham", **at_exit))
    return trip, first, second


def referred_case(service: RunningService, pictures: Pictures) -> tuple[Any, Any]:
    """Let a container be referred; returns the decision and its case, as a supervisor sees it."""
    _, _, decision = transit(service, entry=pictures.empty(), leaving=pictures.hiding())
    case = service.person(Role.SUPERVISOR).client.get(f"/v1/cases/{decision['case_id']}").json()
    return decision, case


def problem_code(answer: httpx.Response) -> tuple[int, str]:
    assert answer.headers["content-type"] == "application/problem+json", answer.text
    return answer.status_code, answer.json()["code"]


def test_an_honest_transit_is_cleared_at_entry_and_exit(
    service: RunningService, pictures: Pictures
) -> None:
    trip, at_entry, at_exit = transit(service, entry=pictures.empty(), leaving=pictures.empty())
    assert at_entry["outcome"] == "auto_clear", at_entry["reasons"]
    assert at_exit["outcome"] == "auto_clear", at_exit["reasons"]
    assert at_exit["comparison"]["verdict"] == "match"
    assert at_exit["case_id"] is None
    consignment = service.client(Role.CLEARANCE).get(
        f"/v1/consignments/{at_exit['consignment_id']}"
    )
    assert consignment.json()["worst_outcome"] == "auto_clear"
    assert consignment.json()["declaration"]["number"] == trip.number


def test_a_decision_names_everything_it_was_made_from_and_with(
    service: RunningService, pictures: Pictures
) -> None:
    entry, leaving = pictures.empty(), pictures.empty()
    _, _, decision = transit(service, entry=entry, leaving=leaving)
    digests = decision["digests"]
    consignment = service.client(Role.CLEARANCE).get(
        f"/v1/consignments/{decision['consignment_id']}"
    )
    assert digests["inputs"] == {
        "scan": sha256(leaving).hexdigest(),
        "entry_scan": sha256(entry).hexdigest(),
        "declaration": consignment.json()["declaration_sha256"],
    }
    policy = (service.folder / "policy.toml").read_bytes()
    assert digests["policy"] == sha256(policy).hexdigest()
    assert len(digests["code"]) == 64
    assert set(digests["models"]) == {
        model.name
        for model in (load_detector(), load_embedder(), load_recogniser(), *load_checks().models)
    }
    assert {len(digest) for digest in digests["models"].values()} == {64}


def test_something_hidden_between_entry_and_exit_is_referred_with_its_place(
    service: RunningService, pictures: Pictures
) -> None:
    _, at_entry, at_exit = transit(service, entry=pictures.empty(), leaving=pictures.hiding())
    assert at_entry["outcome"] == "auto_clear"
    assert at_exit["outcome"] == "refer"
    assert "mismatch" in reasons(at_exit)
    assert at_exit["comparison"]["regions"]


def test_every_decision_is_announced_as_it_can_be_read(
    service: RunningService, pictures: Pictures
) -> None:
    _, at_entry, at_exit = transit(service, entry=pictures.empty(), leaving=pictures.hiding())
    service.receiver.event("decision.made", lambda data: data["id"] == at_entry["id"])
    told = service.receiver.event("decision.made", lambda data: data["id"] == at_exit["id"])
    assert told == at_exit


def test_a_case_shows_all_an_analyst_needs(service: RunningService, pictures: Pictures) -> None:
    decision, case = referred_case(service, pictures)
    assert case["state"] == "open"
    assert case["decision"] == decision
    assert case["scan"]["id"] == decision["scan_id"]
    assert case["entry_scan"]["id"] == decision["entry_scan_id"]
    assert case["declaration"]["number"] == decision["declaration_number"]
    assert case["seals"]["declared"] == case["seals"]["entry"] == case["seals"]["exit"] != []
    person = service.person(Role.ANALYST).client
    for scan in (case["scan"], case["entry_scan"]):
        picture = person.get(f"/v1/scans/{scan['id']}/image")
        assert picture.status_code == 200
        assert picture.content.startswith(b"\x89PNG")


def test_a_case_belongs_to_one_analyst_while_it_is_open(
    service: RunningService, pictures: Pictures
) -> None:
    decision, case = referred_case(service, pictures)
    first, second = service.person(Role.ANALYST), service.person(Role.ANALYST)
    lock = f"/v1/cases/{case['id']}/lock"
    verdict = {"case_id": case["id"], "verdict": "clear", "decision_id": decision["id"]}
    assert problem_code(first.client.post("/v1/verdicts", json=verdict)) == (409, "conflict")
    assert first.client.post(lock).json()["locked_by"] == first.name
    assert problem_code(second.client.post(lock)) == (409, "conflict")
    assert problem_code(second.client.delete(lock)) == (409, "conflict")
    assert problem_code(second.client.post("/v1/verdicts", json=verdict)) == (409, "conflict")
    assert first.client.post(lock).status_code == 200
    assert first.client.delete(lock).status_code == 204
    assert second.client.post(lock).json()["locked_by"] == second.name
    assert second.client.post("/v1/verdicts", json=verdict).status_code == 201
    assert problem_code(first.client.post(lock)) == (409, "conflict")
    assert problem_code(second.client.post("/v1/verdicts", json=verdict)) == (409, "conflict")


def test_a_verdict_closes_the_case_and_is_announced(
    service: RunningService, pictures: Pictures
) -> None:
    decision, case = referred_case(service, pictures)
    analyst = service.person(Role.ANALYST)
    analyst.client.post(f"/v1/cases/{case['id']}/lock")
    marked = [{"scan_id": decision["scan_id"], "box_px": [10, 20, 110, 90], "note": "open here"}]
    answer = analyst.client.post(
        "/v1/verdicts",
        json={
            "case_id": case["id"],
            "verdict": "examine",
            "comment": "a box behind the door",
            "regions": marked,
        },
    )
    assert answer.status_code == 201, answer.text
    verdict = answer.json()
    assert verdict["analyst"] == analyst.name
    assert verdict["regions"] == marked
    told = service.receiver.event("case.closed", lambda data: data["case_id"] == case["id"])
    assert told == verdict | {
        name: decision[name] for name in ("declaration_number", "container_number", "role", "site")
    }
    assert service.decision(decision["id"])["final_outcome"] == "examine"
    closed = analyst.client.get(f"/v1/cases/{case['id']}").json()
    assert (closed["state"], closed["verdict"]) == ("closed", "examine")
    listed = analyst.client.get("/v1/verdicts", params={"case": case["id"]})
    assert listed.json() == [verdict]


def test_a_region_on_a_scan_of_another_case_is_refused(
    service: RunningService, pictures: Pictures
) -> None:
    _, case = referred_case(service, pictures)
    other, _ = referred_case(service, pictures)
    analyst = service.person(Role.ANALYST).client
    analyst.post(f"/v1/cases/{case['id']}/lock")
    answer = analyst.post(
        "/v1/verdicts",
        json={
            "case_id": case["id"],
            "verdict": "examine",
            "regions": [{"scan_id": other["scan_id"], "box_px": [0, 0, 9, 9]}],
        },
    )
    assert problem_code(answer) == (422, "invalid_request")


def test_after_a_rescan_the_new_picture_decides(
    service: RunningService, pictures: Pictures
) -> None:
    trip, _, decision = transit(service, entry=pictures.empty(), leaving=pictures.hiding())
    analyst = service.person(Role.ANALYST).client
    analyst.post(f"/v1/cases/{decision['case_id']}/lock")
    asked = analyst.post("/v1/verdicts", json={"case_id": decision["case_id"], "verdict": "rescan"})
    assert asked.status_code == 201
    again = service.send(pictures.empty(), of=trip, role="exit", site="torkham")
    assert again.json()["passage_id"] == decision["passage_id"]
    newer = service.decided(again)
    assert newer["supersedes_id"] == decision["id"]
    assert newer["outcome"] == "auto_clear", newer["reasons"]
    assert service.decision(decision["id"])["superseded_by_id"] == newer["id"]
    told = service.receiver.event("decision.superseded", lambda data: data["id"] == newer["id"])
    assert told["supersedes_id"] == decision["id"]


def test_cases_decisions_and_consignments_are_found(
    service: RunningService, pictures: Pictures
) -> None:
    trip, at_entry, at_exit = transit(service, entry=pictures.empty(), leaving=pictures.hiding())
    clearance = service.client(Role.CLEARANCE)
    by_container = clearance.get("/v1/consignments", params={"container": trip.container})
    by_number = clearance.get("/v1/consignments", params={"declaration": trip.number})
    assert by_container.json() == by_number.json()
    assert [c["id"] for c in by_number.json()["consignments"]] == [at_exit["consignment_id"]]
    queue = service.person(Role.ANALYST).client.get("/v1/cases", params={"limit": 200}).json()
    assert at_exit["case_id"] in [case["id"] for case in queue["cases"]]
    walked, cursor = [], None
    while True:
        stated: dict[str, str] = {"container": trip.container, "limit": "1"}
        if cursor:
            stated["cursor"] = cursor
        page = clearance.get("/v1/decisions", params=stated).json()
        walked += page["decisions"]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert walked == [at_exit, at_entry]

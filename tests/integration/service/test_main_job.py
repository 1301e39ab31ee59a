"""The main job over HTTP: declare, scan at entry and exit, decide, judge, announce."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from training.simulator.trucks import Tampering, TamperingKind

from .conftest import Centre, codes, new_container, new_declaration, picture

INSERTED = Tampering(TamperingKind.INSERTION, (0.5, 0.5), (900.0, 900.0), areal=60.0)


def test_an_honest_transit_is_cleared_at_entry_and_at_exit(centre: Centre) -> None:
    number, container = new_declaration(), new_container()
    assert centre.declare(number, container).status_code == 201
    entry = centre.decision(centre.send(picture(load=1, exposure=1), container))
    assert (entry["outcome"], codes(entry)) == ("auto_clear", set())
    leaving = centre.send(picture(load=1, exposure=2), container, site="chaman", role="exit")
    exit_ = centre.decision(leaving)
    assert (exit_["outcome"], codes(exit_)) == ("auto_clear", set())
    assert exit_["comparison"]["verdict"] == "match"
    assert set(exit_["digests"]["inputs"]) == {"scan", "entry_scan", "declaration"}
    for digest in ("code", "policy", "library"):
        assert len(exit_["digests"][digest]) == 64
    assert exit_["digests"]["models"]
    told = centre.event("decision.made", id=exit_["id"])
    assert told["outcome"] == "auto_clear"
    consignment = centre.clearance.get(f"/v1/consignments/{exit_['consignment_id']}").json()
    assert len(consignment["passages"]) == 2


def test_a_tampered_exit_is_referred_judged_and_announced(centre: Centre) -> None:
    number, container = new_declaration(), new_container()
    centre.declare(number, container)
    centre.decision(centre.send(picture(load=3, exposure=1), container))
    changed = picture(load=3, exposure=2, tampering=(INSERTED,))
    decision = centre.decision(centre.send(changed, container, site="chaman", role="exit"))
    assert decision["outcome"] == "refer"
    assert codes(decision) == {"mismatch"}
    assert decision["comparison"]["regions"]

    listed = centre.person.get("/v1/cases", params={"state": "open", "limit": 200}).json()
    case = next(one for one in listed["cases"] if one["container_number"] == container)
    verdict = {"case_id": case["id"], "verdict": "examine", "comment": "behind the doors"}
    assert centre.person.post("/v1/verdicts", json=verdict).status_code == 409
    assert centre.person.post(f"/v1/cases/{case['id']}/lock").status_code == 200
    given = centre.person.post("/v1/verdicts", json=verdict)
    assert given.status_code == 201, given.text
    assert centre.person.post("/v1/verdicts", json=verdict).status_code == 409
    told = centre.event("case.closed", container_number=container)
    assert told["verdict"] == "examine"
    assert told["declaration_number"] == number

    # An amended declaration has the passage judged again, but clears nothing to be examined.
    centre.declare(number, container, items=[{"hs_code": "401110", "description": "tyres"}])
    again = centre.event("decision.superseded", supersedes_id=decision["id"])
    assert "policy" in codes(again)


def test_the_pictures_of_a_case_are_served_as_stored(centre: Centre) -> None:
    container = new_container()
    content = picture(load=4, exposure=1)
    scan = centre.send(content, container).json()
    assert centre.person.get(f"/v1/scans/{scan['id']}/original").content == content
    shown = centre.person.get(f"/v1/scans/{scan['id']}/image")
    assert shown.headers["content-type"] == "image/png"
    assert centre.sites["chaman"].get(f"/v1/scans/{scan['id']}").status_code == 404


def test_search_finds_by_container_and_by_declaration(centre: Centre) -> None:
    number, container = new_declaration(), new_container()
    made = centre.declare(number, container).json()
    for query in ({"container": container}, {"declaration": number}):
        found = centre.person.get("/v1/consignments", params=query).json()["consignments"]
        assert [one["id"] for one in found] == [made["id"]]


def test_decisions_are_listed_page_by_page_without_gap_or_repeat(centre: Centre) -> None:
    seen: list[str] = []
    cursor = None
    while True:
        query = {"limit": 2} | ({"cursor": cursor} if cursor else {})
        page = centre.clearance.get("/v1/decisions", params=query).json()
        seen += [one["id"] for one in page["decisions"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert len(seen) == len(set(seen)) > 2


@pytest.mark.parametrize("table", ["decisions", "verdicts", "declarations"])
def test_what_was_decided_cannot_be_changed_in_the_database(centre: Centre, table: str) -> None:
    for statement in (f"DELETE FROM {table}", f"UPDATE {table} SET id = id"):
        with centre.service.sessions() as session, pytest.raises(DBAPIError):
            session.execute(text(statement))


def test_the_service_says_what_it_is_and_how_it_fares(centre: Centre) -> None:
    assert centre.clearance.get("/health").json()["status"] == "ok"
    ready = centre.clearance.get("/ready")
    assert (ready.status_code, ready.json()["ready"]) == (200, True)
    assert "riac_decisions" in centre.clearance.get("/metrics").text
    stats = centre.person.get("/v1/library/stats").json()
    assert stats["entries"] > 0

"""Evidence that comes late, early, twice, or of another passage."""

from __future__ import annotations

from serve.api.schemas import Role
from tests.integration.lifecycle.pictures import Pictures
from tests.integration.lifecycle.running import (
    HASTY_SITE,
    RunningService,
    journey,
    reasons,
    wait_until,
)


def test_a_declaration_after_its_scan_decides_it(
    service: RunningService, pictures: Pictures
) -> None:
    trip = journey(transit=False)
    sent = service.send(pictures.empty(), of=trip, role="import")
    assert sent.status_code == 201
    wait_until(lambda: service.waiting_for(sent) == "declaration", "the scan to wait")
    assert service.scan(sent.json()["id"])["decision_id"] is None
    assert service.declare(trip.declaration).status_code == 201
    decision = service.decided(sent)
    assert decision["outcome"] == "auto_clear", decision["reasons"]
    assert decision["declaration_number"] == trip.number


def test_an_exit_before_its_entry_waits_for_it(service: RunningService, pictures: Pictures) -> None:
    trip = journey()
    service.declare(trip.declaration)
    sent = service.send(pictures.empty(), of=trip, role="exit", site="torkham")
    wait_until(lambda: service.waiting_for(sent) == "entry_scan", "the exit to wait")
    entry = service.send(pictures.empty(), of=trip, role="entry")
    decision = service.decided(sent)
    assert decision["entry_scan_id"] == entry.json()["id"]
    assert decision["outcome"] == "auto_clear", decision["reasons"]


def test_an_exit_without_entry_is_referred_once_the_wait_is_over(
    service: RunningService, pictures: Pictures
) -> None:
    trip = journey()
    service.declare(trip.declaration)
    decision = service.decided(
        service.send(pictures.empty(), of=trip, role="exit", site=HASTY_SITE)
    )
    assert reasons(decision) == ["no_entry_scan"]
    entry = service.send(pictures.empty(), of=trip, role="entry")
    service.decided(entry)

    def superseded() -> str | None:
        newer: str | None = service.decision(decision["id"])["superseded_by_id"]
        return newer

    newer = service.decision(wait_until(superseded, "the late entry to count"))
    assert newer["outcome"] == "auto_clear", newer["reasons"]
    case = service.person(Role.ANALYST).client.get(f"/v1/cases/{decision['case_id']}").json()
    assert (case["state"], case["verdict"]) == ("closed", None)


def test_an_unknown_container_is_referred_once_the_wait_is_over(
    service: RunningService, pictures: Pictures
) -> None:
    trip = journey()
    decision = service.decided(
        service.send(pictures.empty(), of=trip, role="entry", site=HASTY_SITE)
    )
    assert "no_declaration" in reasons(decision)
    (passage,) = service.passages(trip.container)
    assert passage["decision"]["id"] == decision["id"]


def test_a_container_the_declaration_does_not_have_is_referred(
    service: RunningService, pictures: Pictures
) -> None:
    trip, other = journey(), journey()
    service.declare(trip.declaration)
    decision = service.decided(
        service.send(pictures.empty(), of=other, role="entry", declaration_number=trip.number)
    )
    assert "unknown_container" in reasons(decision)


def test_the_same_scan_sent_twice_is_stored_once(
    service: RunningService, pictures: Pictures
) -> None:
    trip, picture = journey(), pictures.empty()
    service.declare(trip.declaration)
    first = service.send(picture, of=trip, role="entry")
    decision = service.decided(first)
    second = service.send(picture, of=trip, role="entry")
    assert (first.status_code, second.status_code) == (201, 200)
    assert second.json()["id"] == first.json()["id"]
    assert second.json()["decision_id"] == decision["id"]
    (passage,) = service.passages(trip.container)
    assert len(passage["scans"]) == 1


def test_a_scan_sent_as_another_passage_is_a_replay(
    service: RunningService, pictures: Pictures
) -> None:
    trip, picture = journey(), pictures.empty()
    service.declare(trip.declaration)
    at_entry = service.decided(service.send(picture, of=trip, role="entry"))
    at_exit = service.decided(service.send(picture, of=trip, role="exit", site="torkham"))
    assert at_entry["outcome"] == "auto_clear", at_entry["reasons"]
    assert "replayed_image" in reasons(at_exit)
    other = journey()
    service.declare(other.declaration)
    elsewhere = service.decided(service.send(picture, of=other, role="entry"))
    assert "replayed_image" in reasons(elsewhere)


def test_an_amended_declaration_makes_a_new_decision(
    service: RunningService, pictures: Pictures
) -> None:
    trip = journey(transit=False)
    assert service.declare(trip.declaration).status_code == 201
    sent = service.send(pictures.empty(), of=trip, role="import")
    first = service.decided(sent)
    assert service.declare(trip.declaration).json()["declaration_version"] == 1
    amended = {**trip.declaration, "items": [{"hs_code": "0805", "net_mass_kg": 9000}]}
    amended["containers"] = [{**trip.declaration["containers"][0], "declared_empty": False}]
    answer = service.declare(amended)
    assert (answer.status_code, answer.json()["declaration_version"]) == (200, 2)
    second = service.decided(sent)
    assert second["supersedes_id"] == first["id"]
    assert (first["outcome"], second["outcome"]) == ("auto_clear", "refer")


def test_seals_weights_and_check_digits_are_looked_at(
    service: RunningService, pictures: Pictures
) -> None:
    trip = journey(gross_mass_kg=4000.0)
    service.declare(trip.declaration)
    seals = service.decided(service.send(pictures.empty(), of=trip, role="entry", seals=["OTHER"]))
    assert reasons(seals) == ["seal_differs"]
    missing = journey()
    service.declare(missing.declaration)
    assert reasons(
        service.decided(service.send(pictures.empty(), of=missing, role="entry", seals=[]))
    ) == ["seal_missing"]
    heavy = service.decided(
        service.send(pictures.empty(), of=trip, role="entry", gross_mass_kg=4300.0)
    )
    assert reasons(heavy) == ["weight_differs"]
    number = trip.container[:-1] + str((int(trip.container[-1]) + 1) % 10)
    wrong = journey()
    papers = {**wrong.declaration}
    papers["containers"] = [{**papers["containers"][0], "number": number}]
    service.declare(papers)
    decision = service.decided(
        service.send(pictures.empty(), of=wrong, role="entry", container_number=number)
    )
    assert reasons(decision) == []
    assert "check_digit" in reasons(decision, refers=False)


def test_a_passage_number_of_the_site_stands_for_one_container(
    service: RunningService, pictures: Pictures
) -> None:
    trip, other = journey(), journey()
    named = {"passage": f"P-{trip.container}"}
    assert service.send(pictures.empty(), of=trip, role="entry", **named).status_code == 201
    refused = service.send(pictures.empty(), of=other, role="entry", **named)
    assert (refused.status_code, refused.json()["code"]) == (409, "conflict")

"""Loads that leave under another container's number."""

from __future__ import annotations

from typing import Any

from tests.integration.lifecycle.pictures import Pictures
from tests.integration.lifecycle.running import HASTY_SITE, RunningService, journey, reasons

FOUND = "resembles_another_entry"


def detail(decision: dict[str, Any]) -> str:
    (found,) = [each["detail"] for each in decision["reasons"] if each["code"] == FOUND]
    return str(found)


def test_an_exit_is_found_among_the_entries_of_others(
    service: RunningService, pictures: Pictures
) -> None:
    one, other = journey(heading="0805"), journey(heading="0901")
    for trip, picture in ((one, pictures.loaded()), (other, pictures.other_load())):
        service.declare(trip.declaration)
        service.decided(service.send(picture, of=trip, role="entry"))
    decision = service.decided(
        service.send(pictures.other_load(), of=one, role="exit", site="torkham")
    )
    assert {"mismatch", FOUND} <= set(reasons(decision))
    assert other.container in detail(decision)
    assert decision["digests"]["models"]
    honest = service.decided(
        service.send(pictures.other_load(), of=other, role="exit", site="torkham")
    )
    assert FOUND not in reasons(honest)


def test_an_exit_under_a_wrong_number_is_found_by_its_load(
    service: RunningService, pictures: Pictures
) -> None:
    trip, mistaken = journey(heading="0901"), journey(heading="0901")
    for each in (trip, mistaken):
        service.declare(each.declaration)
    service.decided(service.send(pictures.other_load(), of=trip, role="entry"))
    decision = service.decided(
        service.send(pictures.other_load(), of=mistaken, role="exit", site=HASTY_SITE)
    )
    assert {"no_entry_scan", FOUND} <= set(reasons(decision))


def test_an_empty_box_resembles_nobody_s(service: RunningService, pictures: Pictures) -> None:
    trip, other = journey(), journey()
    service.declare(other.declaration)
    service.decided(service.send(pictures.empty(), of=other, role="entry"))
    service.declare(trip.declaration)
    decision = service.decided(
        service.send(pictures.empty(), of=trip, role="exit", site=HASTY_SITE)
    )
    assert reasons(decision) == ["no_entry_scan"]

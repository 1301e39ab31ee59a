"""Processes die without warning; what was accepted is decided all the same, once."""

from __future__ import annotations

import os
import signal
import time

import httpx
from sqlalchemy import text

from .conftest import Centre, new_container, new_declaration, picture


def restarted(centre: Centre, name: str) -> None:
    os.kill(centre.service.children.pid(name), signal.SIGKILL)
    deadline = time.monotonic() + 10
    while name not in centre.service.children.ended():
        assert time.monotonic() < deadline
        time.sleep(0.02)
    assert centre.service.children.restart(name) == -signal.SIGKILL


def test_scans_accepted_before_the_worker_is_killed_are_all_decided_once(centre: Centre) -> None:
    sent = []
    for load in range(40, 46):
        number, container = new_declaration(), new_container()
        centre.declare(number, container)
        sent.append(centre.send(picture(load=load), container))
    restarted(centre, "worker")
    decided = [centre.decision(scan, timeout_s=120) for scan in sent]
    assert len({decision["id"] for decision in decided}) == len(sent)
    query = text(
        "SELECT count(*) FROM decisions d JOIN scans s ON s.id = d.scan_id WHERE s.id = ANY(:ids)"
    )
    with centre.service.sessions() as session:
        count = session.scalar(query, {"ids": [scan.json()["id"] for scan in sent]})
    assert count == len(sent)
    for decision in decided:
        # What the killed worker was sending is sent again when its claim has run out.
        centre.event("decision.made", timeout_s=120, id=decision["id"])


def test_the_api_killed_and_started_again_has_lost_nothing(centre: Centre) -> None:
    number, container = new_declaration(), new_container()
    centre.declare(number, container)
    scan = centre.send(picture(load=50), container)
    restarted(centre, "serve")
    deadline = time.monotonic() + 60
    while True:
        try:
            if centre.clearance.get("/ready").status_code == 200:
                break
        except httpx.TransportError:
            pass
        assert time.monotonic() < deadline
        time.sleep(0.1)
    assert centre.decision(scan)["outcome"] in ("auto_clear", "refer")
    assert centre.declare(number, container).status_code == 200

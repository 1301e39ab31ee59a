"""The service as it runs in a centre: API, worker and database as processes of their own."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import httpx
import pytest

from serve.demo.access import grant_access
from serve.demo.clearance import WebhookReceiver
from serve.demo.service import LocalService, running_service
from serve.demo.supplies import phantom_supply
from training.simulator.paperwork import container_number
from training.simulator.scanning import Scanner, encode_tiff, expose
from training.simulator.trucks import Tampering, Truck, build_scene

SITES = ("torkham", "chaman")
SEAL = "PK7"
_numbers = count(1)


@dataclass
class Centre:
    """A running service and everybody's keys."""

    service: LocalService
    sites: dict[str, httpx.Client]
    clearance: httpx.Client
    person: httpx.Client
    """A supervisor, logged in."""
    passwords: dict[str, str]
    events: list[dict[str, Any]] = field(default_factory=list)
    rejected: int = 0
    heard: threading.Condition = field(default_factory=threading.Condition)

    def take(self, event: dict[str, Any]) -> None:
        """Remember a verified webhook message."""
        with self.heard:
            self.events.append(event)
            self.heard.notify_all()

    def event(self, kind: str, *, timeout_s: float = 30.0, **data: Any) -> dict[str, Any]:
        """Wait for a message of a kind whose data has these values."""

        def found() -> dict[str, Any] | None:
            for event in self.events:
                content = event["data"]
                if event["type"] == kind and all(content[k] == v for k, v in data.items()):
                    return event
            return None

        with self.heard:
            self.heard.wait_for(found, timeout_s)
            event = found()
        assert event is not None, f"no {kind} with {data} among {len(self.events)} messages"
        return event["data"]  # type: ignore[no-any-return]

    def declare(self, number: str, container: str, **changes: Any) -> httpx.Response:
        """Register a declaration of tyres in one sealed container."""
        body = {
            "number": number,
            "regime": "transit",
            "items": [{"hs_code": "4011", "description": "tyres"}],
            "containers": [{"number": container, "seals": [SEAL]}],
        }
        return self.clearance.post("/v1/declarations", json=body | changes)

    def send(
        self, picture: bytes, container: str, *, site: str = SITES[0], **metadata: Any
    ) -> httpx.Response:
        """Send a scan as a site does."""
        stated = {"container_number": container, "role": "entry", "seals": [SEAL]} | metadata
        return self.sites[site].post(
            "/v1/scans",
            data={"metadata": json.dumps(stated)},
            files={"file": ("scan.tif", picture, "application/octet-stream")},
        )

    def decision(self, scan: httpx.Response, *, timeout_s: float = 60.0) -> dict[str, Any]:
        """Wait for the decision on a scan."""
        assert scan.status_code in (200, 201), scan.text
        deadline = time.monotonic() + timeout_s
        while time.monotonic() < deadline:
            stored = self.clearance.get(f"/v1/scans/{scan.json()['id']}").json()
            if stored["decision_id"] is not None:
                answer = self.clearance.get(f"/v1/decisions/{stored['decision_id']}")
                assert answer.status_code == 200, answer.text
                return answer.json()  # type: ignore[no-any-return]
            time.sleep(0.05)
        raise AssertionError(f"no decision on {scan.json()} within {timeout_s:.0f} s")


def codes(decision: dict[str, Any]) -> set[str]:
    """The reasons that refer."""
    return {reason["code"] for reason in decision["reasons"] if reason["refers"]}


def new_container() -> str:
    """A container number nobody has used yet."""
    return container_number(500_000 + next(_numbers))


def new_declaration() -> str:
    return f"KAPS-AT-T{next(_numbers)}"


def picture(*, load: int = 1, exposure: int = 1, tampering: tuple[Tampering, ...] = ()) -> bytes:
    """Scan a truck of tyres; equal arguments give equal bytes."""
    truck = Truck("4011", seed=load, length_ft=20, tampering=tampering)
    return encode_tiff(expose(build_scene(truck), Scanner(pitch_mm=(9.0, 6.0)), seed=exposure))


@pytest.fixture(scope="session")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Centre]:
    folder: Path = tmp_path_factory.mktemp("centre")
    with ExitStack() as stack:
        goods = phantom_supply(count=1, seed=1)
        service = stack.enter_context(
            running_service(folder, port=8750, goods=goods, on_step=lambda _step: None)
        )
        heard: list[Centre] = []

        def take(event: dict[str, Any]) -> None:
            heard[0].take(event)

        def rejected() -> None:
            heard[0].rejected += 1

        receiver = stack.enter_context(WebhookReceiver(on_event=take, on_rejected=rejected))
        access = grant_access(service.sessions, sites=SITES, webhook_url=receiver.url)

        def client(**options: Any) -> httpx.Client:
            return stack.enter_context(
                httpx.Client(base_url=service.address, timeout=60, **options)
            )

        def with_key(key: str) -> httpx.Client:
            return client(headers={"Authorization": f"Bearer {key}"})

        passwords = {name: password for name, password, _ in access.accounts}
        person = client()
        answer = person.post(
            "/v1/session", json={"username": "supervisor", "password": passwords["supervisor"]}
        )
        assert answer.status_code in (200, 201), answer.text
        person.headers["X-CSRF-Token"] = answer.json()["csrf_token"]
        opened = Centre(
            service=service,
            sites={site: with_key(key) for site, key in access.site_keys.items()},
            clearance=with_key(access.clearance_key),
            person=person,
            passwords=passwords,
        )
        heard.append(opened)
        receiver.trust(access.webhook_secret)
        yield opened

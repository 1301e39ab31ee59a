"""An exit scan follows the decision on its entry; what is lost is asked for, then told."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

import serve.demo.journeys
from riac.decision import Outcome, PassageRole, ReasonCode
from serve.api.schemas import DecisionBody
from serve.demo.clearance import ClearanceSystem
from serve.demo.journeys import Journeys
from serve.demo.ledger import Fallen, Ledger, SentPassage
from serve.demo.sites import Sites
from tests.unit.serve.demo.test_ledger import decision
from training.simulator.paperwork import SimulatedConsignment
from training.simulator.scenarios import Scenario
from training.simulator.sites import ENTRY_SITES, EXIT_SITES
from training.simulator.traffic import consignment


@dataclass
class FakeService:
    """Answers as the service does; what it decides is announced by `announce`, or not at all."""

    ledger: Ledger
    announces: bool = True
    decides: bool = True
    calls: list[str] = field(default_factory=list)
    decided: dict[str, Any] = field(default_factory=dict)

    def transport(self) -> httpx.MockTransport:
        return httpx.MockTransport(self._answer)

    def _answer(self, request: httpx.Request) -> httpx.Response:
        path = request.url.path
        if request.method == "POST" and path == "/v1/declarations":
            self.calls.append("declaration")
            return httpx.Response(201, json={})
        if request.method == "POST":
            return self._scan(request)
        if path.startswith("/v1/scans/"):
            decision_id = next(iter(self.decided), None)
            return httpx.Response(200, json=_scan_body(uuid4(), "entry", decision_id=decision_id))
        return httpx.Response(200, json=self.decided[path.rpartition("/")[2]])

    def _scan(self, request: httpx.Request) -> httpx.Response:
        role = "exit" if b'"role": "exit"' in request.content else "entry"
        self.calls.append(role)
        passage_id = uuid4()
        if self.decides:
            made = decision(passage_id, Outcome.AUTO_CLEAR, ReasonCode.CONSISTENT)
            self.decided[str(made.id)] = json.loads(made.model_dump_json())
            if self.announces:
                threading.Timer(0.1, self._announce, [made]).start()
        return httpx.Response(201, json=_scan_body(passage_id, role))

    def _announce(self, made: DecisionBody) -> None:
        self.calls.append("decision")
        self.ledger.decided(made, verified=True)


def _scan_body(passage_id: UUID, role: str, *, decision_id: str | None = None) -> dict[str, Any]:
    return {
        "id": str(uuid4()),
        "passage_id": str(passage_id),
        "consignment_id": None,
        "container_number": "CSQU3054383",
        "role": role,
        "site": "torkham",
        "sha256": "",
        "size_bytes": 1,
        "state": "received",
        "display_rendered": None,
        "width_px": None,
        "height_px": None,
        "faults": [],
        "container_box_px": None,
        "seals": [],
        "gross_mass_kg": None,
        "scanned_at": None,
        "received_at": "2026-01-05T12:00:00Z",
        "decision_id": decision_id,
    }


Record = tuple[FakeService, Journeys, list[Fallen], list[SentPassage]]


@pytest.fixture
def journeys() -> Callable[..., Record]:
    def build(*, announces: bool = True, decides: bool = True) -> Record:
        ledger = Ledger()
        service = FakeService(ledger, announces=announces, decides=decides)
        client = httpx.Client(base_url="http://service", transport=service.transport())
        fallen: list[Fallen] = []
        lost: list[SentPassage] = []
        made = Journeys(
            clearance=ClearanceSystem(client),
            sites=Sites(dict.fromkeys(ENTRY_SITES + EXIT_SITES, client)),
            ledger=ledger,
            on_decided=fallen.append,
            on_lost=lost.append,
        )
        return service, made, fallen, lost

    return build


@pytest.fixture(scope="module")
def transit() -> SimulatedConsignment:
    return consignment(Scenario.HONEST_EMPTY, seed=1)


def test_an_exit_scan_is_sent_after_its_entry_was_decided(
    journeys: Callable[..., Record], transit: SimulatedConsignment
) -> None:
    service, made, fallen, lost = journeys()
    made.run([transit], rate_per_minute=6000, stop=threading.Event())
    assert service.calls == ["declaration", "entry", "decision", "exit", "decision"]
    assert [one.passage.role for one in fallen] == [PassageRole.ENTRY, PassageRole.EXIT]
    assert all(one.agrees and one.verified for one in fallen)
    assert lost == []


def test_a_decision_that_is_not_announced_is_asked_for(
    journeys: Callable[..., Record],
    transit: SimulatedConsignment,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(serve.demo.journeys, "PATIENCE_S", 0.05)
    service, made, fallen, _ = journeys(announces=False)
    made.travel(
        SimulatedConsignment(transit.scenario, transit.declaration, transit.passages[:1]),
        stop=threading.Event(),
    )
    assert [one.verified for one in fallen] == [False]
    assert service.calls == ["declaration", "entry"]


def test_a_decision_that_never_falls_is_told_as_lost(
    journeys: Callable[..., Record],
    transit: SimulatedConsignment,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(serve.demo.journeys, "PATIENCE_S", 0.05)
    _, made, fallen, lost = journeys(decides=False)
    made.travel(transit, stop=threading.Event())
    assert fallen == []
    assert [passage.role for passage in lost] == [PassageRole.ENTRY, PassageRole.EXIT]


def test_stopping_does_not_wait_for_decisions(
    journeys: Callable[..., Record], transit: SimulatedConsignment
) -> None:
    _, made, _, lost = journeys(decides=False)
    stop = threading.Event()
    threading.Timer(0.2, stop.set).start()
    sending = threading.Thread(
        target=lambda: made.run([transit], rate_per_minute=6000, stop=stop), daemon=True
    )
    sending.start()
    # The patience for one decision is a minute.
    sending.join(serve.demo.journeys.PATIENCE_S / 2)
    assert not sending.is_alive()
    assert lost == []


def test_a_refused_declaration_is_raised(transit: SimulatedConsignment) -> None:
    refusing = httpx.Client(
        base_url="http://service", transport=httpx.MockTransport(lambda _: httpx.Response(401))
    )
    made = Journeys(
        clearance=ClearanceSystem(refusing),
        sites=Sites({}),
        ledger=Ledger(),
        on_decided=lambda _: None,
        on_lost=lambda _: None,
    )
    with pytest.raises(httpx.HTTPStatusError):
        made.run([transit, transit], rate_per_minute=6000, stop=threading.Event())

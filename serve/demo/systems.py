"""The systems around the service: sites, clearance system and its webhook, all with real keys."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from uuid import UUID

import httpx

from serve.api.schemas import DecisionBody
from serve.demo.access import Access, grant_access
from serve.demo.clearance import DECISION_EVENTS, ClearanceSystem, Event, WebhookReceiver
from serve.demo.ledger import Ledger
from serve.demo.service import LocalService
from serve.demo.sites import Sites

REQUEST_TIMEOUT_S = 60.0


@dataclass(frozen=True, slots=True)
class SimulatedSystems:
    """Who speaks to the service."""

    clearance: ClearanceSystem
    sites: Sites
    access: Access


@contextmanager
def simulated_systems(
    service: LocalService, *, sites: Iterable[str], ledger: Ledger
) -> Iterator[SimulatedSystems]:
    """Grant access and listen; every verified decision goes to the ledger."""
    asking: list[ClearanceSystem] = []

    def take(event: Event) -> None:
        if event.get("type") in DECISION_EVENTS:
            ledger.decided(_decision(event, asking[0]), verified=True)

    with ExitStack() as stack:
        receiver = stack.enter_context(WebhookReceiver(on_event=take, on_rejected=ledger.rejected))
        access = grant_access(service.sessions, sites=sites, webhook_url=receiver.url)

        def client(key: str) -> httpx.Client:
            headers = {"Authorization": f"Bearer {key}"}
            return stack.enter_context(
                httpx.Client(base_url=service.address, headers=headers, timeout=REQUEST_TIMEOUT_S)
            )

        clearance = ClearanceSystem(client(access.clearance_key))
        asking.append(clearance)
        receiver.trust(access.webhook_secret)
        by_site = Sites({site: client(key) for site, key in access.site_keys.items()})
        yield SimulatedSystems(clearance, by_site, access)


def _decision(event: Event, clearance: ClearanceSystem) -> DecisionBody:
    """Read the decision of an event; a shortened one says which to ask for."""
    content = event["data"]
    if content.get("truncated"):
        return clearance.decision(UUID(content["id"]))
    return DecisionBody.model_validate(content)

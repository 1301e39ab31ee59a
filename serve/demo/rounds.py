"""One consignment sent in one go, to time it."""

from __future__ import annotations

import time

from serve.demo.errors import DemonstrationError
from serve.demo.journeys import PATIENCE_S, Consignment, sent_passage
from serve.demo.ledger import Fallen, Ledger
from serve.demo.systems import SimulatedSystems


def timed_round(
    consignment: Consignment, *, systems: SimulatedSystems, ledger: Ledger
) -> tuple[float, list[Fallen]]:
    """Send a declaration and all its scans at once.

    Returns:
        The seconds until the last passage's decision was announced and could be read, and the
        decisions in the order of the passages.

    Raises:
        DemonstrationError: a decision was not announced in time.
        httpx.HTTPError: the service refuses.
    """
    start = time.monotonic()
    systems.clearance.register(consignment.declaration)
    sent = []
    for passage in consignment.passages:
        sent_at = time.monotonic()
        scan = systems.sites.send(
            passage.metadata, file_name=passage.file_name, picture=passage.picture
        )
        sent.append(sent_passage(consignment, passage, scan, sent_at_s=sent_at))
        ledger.sent(sent[-1])
    decisions = []
    for one in sent:
        fallen = ledger.wait(one.passage_id, timeout_s=PATIENCE_S)
        if fallen is None or not fallen.verified:
            raise DemonstrationError(f"{one.container_number} {one.role}: no decision announced")
        systems.clearance.decision(fallen.decision.id)
        decisions.append(fallen)
    return time.monotonic() - start, decisions

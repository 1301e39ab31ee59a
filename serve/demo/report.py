"""The demonstration's results for machines."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from serve.demo.ledger import Fallen, Ledger


def report(ledger: Ledger, *, timings_s: Mapping[str, float]) -> str:
    """Write totals, every decision and the seconds from the start as JSON."""
    totals = ledger.totals()
    return (
        json.dumps(
            {
                "sent": totals.sent,
                "decided": totals.decided,
                "cleared": totals.cleared,
                "referred": totals.referred,
                "wrongly_cleared": len(totals.wrongly_cleared),
                "wrongly_referred": len(totals.wrongly_referred),
                "webhooks_verified": totals.webhooks_verified,
                "webhooks_rejected": totals.webhooks_rejected,
                "since_start_s": dict(timings_s),
                "decisions": [_row(fallen) for fallen in ledger.fallen()],
            },
            indent=2,
        )
        + "\n"
    )


def _row(fallen: Fallen) -> dict[str, Any]:
    decision = fallen.decision
    return {
        "decision_id": str(decision.id),
        "container_number": decision.container_number,
        "role": str(decision.role),
        "scenario": fallen.passage.scenario,
        "outcome": str(decision.outcome),
        "expected": None if fallen.passage.expected is None else str(fallen.passage.expected),
        "agrees": fallen.agrees,
        "right_reason": fallen.right_reason,
        "reasons": {str(reason.code): reason.detail for reason in decision.reasons},
        "seconds": round(fallen.seconds, 3),
        "webhook_verified": fallen.verified,
    }

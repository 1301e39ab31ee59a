"""From the evidence on one passage to its decision."""

from __future__ import annotations

from dataclasses import dataclass

from riac.decision import Decision
from riac.policy.rules import Policy


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that a policy looks at."""


def decide(evidence: Evidence, *, policy: Policy) -> Decision:
    """Decide; whatever is missing, doubtful or contradictory refers."""
    raise NotImplementedError

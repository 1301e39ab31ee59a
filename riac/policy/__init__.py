"""Evidence to a decision: versioned rules in TOML."""

from riac.policy.deciding import Evidence, decide, failed
from riac.policy.rules import Policy, load_policy

__all__ = ["Evidence", "Policy", "decide", "failed", "load_policy"]

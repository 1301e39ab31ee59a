"""Evidence to a decision: versioned rules in TOML."""

from riac.policy.deciding import Evidence, decide
from riac.policy.rules import Policy, load_policy

__all__ = ["Evidence", "Policy", "decide", "load_policy"]

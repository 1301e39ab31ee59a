"""The policy: thresholds and permissions read from a versioned TOML file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Policy:
    """What the administration allows; its digest is recorded in every decision."""

    version: str
    digest: str
    grace_s: float
    """How long a scan without declaration waits before it is referred."""
    entry_grace_s: float
    """How long an exit scan waits for its entry scan."""


def load_policy(path: Path | None = None) -> Policy:
    """Read a policy file, the packaged default without a path.

    Raises:
        PolicyError: the file is not a valid policy.
    """
    raise NotImplementedError

"""What `riac demo` was asked for."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

DEFAULT_COUNT = 25
DEFAULT_RATE_PER_MINUTE = 20.0
DEFAULT_PORT = 8000


@dataclass(frozen=True, slots=True)
class DemoOptions:
    """The command's options."""

    data: Path | None = None
    """Kept folder; without it a temporary one, removed at the end."""
    scans: Path | None = None
    """Recorded scans to make the traffic of, laid out as the protocol rescan-1 says."""
    count: int = DEFAULT_COUNT
    rate_per_minute: float = DEFAULT_RATE_PER_MINUTE
    exit_when_done: bool = False
    port: int = DEFAULT_PORT
    report: Path | None = None
    """Where to write the totals and every decision as JSON."""
    seed: int | None = None
    """Of the traffic; without it each run of one data folder sends other traffic."""

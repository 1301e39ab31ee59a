"""Entry against exit, from two prepared scans to one comparison."""

from __future__ import annotations

from riac.finding import Comparison
from riac.imaging.frame import PreparedScan


def compare(entry: PreparedScan, exit_: PreparedScan) -> Comparison:
    """Compare two prepared scans of one container."""
    raise NotImplementedError

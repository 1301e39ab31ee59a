"""A scan made ready: assessed, repaired, its containers found and rectified."""

from __future__ import annotations

from riac.imaging.frame import PreparedScan
from riac.scan import Scan


def prepare(scan: Scan) -> PreparedScan:
    """Assess and repair a scan, find its containers and rectify the one to look at."""
    raise NotImplementedError

"""The one door through which untrusted bytes become a scan."""

from __future__ import annotations

from pathlib import Path

from riac.scan import Scan


def read_scan(source: bytes | Path, *, name: str | None = None) -> Scan:
    """Decode a scan within limits.

    Raises:
        ScanUnreadableError: the bytes are no scan, or too large; its faults say why.
    """
    raise NotImplementedError

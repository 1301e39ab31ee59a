"""Untrusted bytes to a scan, through one door: read_scan()."""

from riac.formats.reading import read_scan

__all__ = ["read_scan"]

"""Untrusted bytes to a scan, through one door: read_scan(); and the neutral package's writer."""

from riac.formats.package import encode_package, package_schema, write_package
from riac.formats.reading import read_scan

__all__ = ["encode_package", "package_schema", "read_scan", "write_package"]

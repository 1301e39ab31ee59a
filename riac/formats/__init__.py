"""Untrusted bytes to a scan, through one door: read_scan()."""

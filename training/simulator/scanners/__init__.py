"""Scanners as profiles: from areal densities to 16-bit levels, displays, faults and figures."""

"""Simulated scans, and the image-domain re-scan and tamper model."""

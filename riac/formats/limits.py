"""How much an untrusted file may ask for. Constants and nothing else."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds checked before anything is decoded, and those the decoding process runs under.

    The defaults hold a 4,000 x 1,500 px scan of four planes ten times over.
    """

    file_bytes: int = 512 * 1024**2
    side_px: int = 65_500
    plane_px: int = 120_000_000
    total_px: int = 240_000_000
    """Over all views and energies."""
    planes: int = 16
    members: int = 64
    """Files of a package."""
    memory_bytes: int = 1536 * 1024**2
    """Address space the decoder may add to what it has when idle."""
    seconds: float = 30.0
    """Wall time of one decoding."""


DEFAULT_LIMITS = Limits()

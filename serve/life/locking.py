"""Locks by name, held to the end of a transaction.

A scan and its declaration may arrive at the same moment, each unable to see the other. Both lock
the container's and the declaration's number first, so one of them comes second and sees.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from sqlalchemy import func, select
from sqlalchemy.orm import Session


def lock_names(session: Session, names: Iterable[str]) -> None:
    """Take the locks, in one order everywhere, so that nobody waits in a circle."""
    for key in sorted({_key(name) for name in names}):
        session.execute(select(func.pg_advisory_xact_lock(key)))


def container_lock(number: str) -> str:
    """Name the lock of a container."""
    return f"container {number}"


def declaration_lock(number: str) -> str:
    """Name the lock of a declaration."""
    return f"declaration {number}"


def _key(name: str) -> int:
    digest = hashlib.sha256(name.encode()).digest()
    return int.from_bytes(digest[:8], "big", signed=True)

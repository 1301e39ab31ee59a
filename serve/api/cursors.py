"""Cursors: where to read on, as a token the caller hands back unread."""

from __future__ import annotations

import base64
import binascii
import json
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import Query

from riac.errors import InvalidRequestError

Cursor = Annotated[
    str | None, Query(max_length=200, description="`next_cursor` of the page before")
]
Limit = Annotated[int, Query(ge=1, le=200, description="Entries a page")]

_LARGEST = 2**63 - 1


def number_cursor(number: int) -> str:
    """Make a cursor of a sequence number."""
    return _encode([number])


def read_number_cursor(cursor: str) -> int:
    """Read it back. Raises InvalidRequestError."""
    parts = _decode(cursor)
    if len(parts) != 1 or type(parts[0]) is not int or not 0 <= parts[0] <= _LARGEST:
        raise InvalidRequestError("cursor: not one of this list")
    return parts[0]


def moment_cursor(moment: datetime, row_id: UUID) -> str:
    """Make a cursor of a time and, for equal times, an identifier."""
    return _encode([moment.isoformat(), str(row_id)])


def read_moment_cursor(cursor: str) -> tuple[datetime, UUID]:
    """Read it back. Raises InvalidRequestError."""
    try:
        moment, row_id = _decode(cursor)
        parsed, row = datetime.fromisoformat(str(moment)), UUID(str(row_id))
    except ValueError as error:
        raise InvalidRequestError("cursor: not one of this list") from error
    if parsed.tzinfo is None:
        raise InvalidRequestError("cursor: not one of this list")
    return parsed, row


def _encode(parts: list[object]) -> str:
    return base64.urlsafe_b64encode(json.dumps(parts).encode()).decode().rstrip("=")


def _decode(cursor: str) -> list[object]:
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        parts = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
    except (ValueError, binascii.Error, RecursionError) as error:
        raise InvalidRequestError("cursor: not one of this list") from error
    if not isinstance(parts, list):
        raise InvalidRequestError("cursor: not one of this list")
    return parts

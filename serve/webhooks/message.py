"""The body of a webhook message: JSON of at most 20 kB."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from pydantic_core import to_json, to_jsonable_python

MAX_BODY_BYTES = 20_000
"""Standard Webhooks: payloads should stay under 20 kB."""

# What a receiver can look up again, the most dispensable first.
_DISPENSABLE = ("regions", "candidates", "nearest", "declared", "faults")
_LONGEST_TEXT = 500


def message_body(event_type: str, *, content: Mapping[str, Any], at: datetime) -> str:
    """Write the body; where too long, leave lists out and say `"truncated": true`."""
    plain: dict[str, Any] = to_jsonable_python(dict(content), inf_nan_mode="null")
    for shorter in _ever_shorter(plain):
        body = to_json(
            {"type": event_type, "timestamp": at.isoformat(), "data": shorter}, inf_nan_mode="null"
        )
        if len(body) < MAX_BODY_BYTES:
            return body.decode()
    raise AssertionError("identifiers alone are longer than a message may be")


def _ever_shorter(content: dict[str, Any]) -> Iterable[dict[str, Any]]:
    yield content
    for count in range(1, len(_DISPENSABLE) + 1):
        shorter: dict[str, Any] = _without(content, frozenset(_DISPENSABLE[:count]))
        yield shorter | {"truncated": True}
    scalars = {name: _cut(value) for name, value in content.items() if _is_scalar(value)}
    yield scalars | {"truncated": True}
    yield {"id": _cut(content.get("id")), "truncated": True}


def _without(value: Any, names: frozenset[str]) -> Any:
    """Empty the lists of these names, at any depth."""
    if isinstance(value, dict):
        return {
            name: [] if name in names and isinstance(inner, list) else _without(inner, names)
            for name, inner in value.items()
        }
    if isinstance(value, list):
        return [_without(inner, names) for inner in value]
    return value


def _is_scalar(value: object) -> bool:
    return value is None or isinstance(value, str | int | float)


def _cut(value: Any) -> Any:
    return value[:_LONGEST_TEXT] if isinstance(value, str) else value

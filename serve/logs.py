"""Logging: one line of JSON for each event on standard error, with secrets blotted out."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping, MutableMapping
from typing import Any

import structlog

BLOT = "[secret]"

_SECRET_NAMES = re.compile(
    r"password|secret|token|authorization|cookie|signature|api_?key|database_?url", re.IGNORECASE
)
# Keys and webhook secrets are known by their first letters, passwords in addresses by their place.
_SECRET_TEXTS = (
    (re.compile(r"\briac_[a-z0-9]{8}_[A-Za-z0-9_-]+"), BLOT),
    (re.compile(r"\bwhsec_[A-Za-z0-9+/=]+"), BLOT),
    (re.compile(r"(?i)\b(bearer|basic)\s+[A-Za-z0-9._~+/=-]+"), rf"\1 {BLOT}"),
    (re.compile(r"(\w://[^/@:\s]*:)[^/@\s]+@"), rf"\1{BLOT}@"),
    (re.compile(r"(riac_session=)[^;\s]+"), rf"\1{BLOT}"),
)


def configure_logging() -> None:
    """Set up structlog for a process of the service."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            redact,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )


def redact(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Blot secrets out of an event, by the names of fields and by the look of texts."""
    return {name: _redacted(name, value) for name, value in event.items()}


def _redacted(name: str, value: Any) -> Any:
    if _SECRET_NAMES.search(name):
        return BLOT
    if isinstance(value, str):
        return redact_text(value)
    if isinstance(value, Mapping):
        return {inner: _redacted(str(inner), kept) for inner, kept in value.items()}
    if isinstance(value, list | tuple):
        return [_redacted(name, kept) for kept in value]
    return value


def redact_text(text: str) -> str:
    """Blot keys, webhook secrets and passwords out of a text."""
    for pattern, blotted in _SECRET_TEXTS:
        text = pattern.sub(blotted, text)
    return text

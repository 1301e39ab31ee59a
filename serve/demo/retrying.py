"""Requests of the simulated systems: sent again while the service is away, as real ones are."""

from __future__ import annotations

import time
from collections.abc import Callable

import httpx

PATIENCE_S = 60.0
PAUSE_S = 0.5
_AWAY = frozenset({502, 503, 504})


def answered(
    send: Callable[[], httpx.Response], *, patience_s: float = PATIENCE_S
) -> httpx.Response:
    """Send until there is an answer that is not "not now"; the service takes repeats as one.

    Raises:
        httpx.TransportError: nobody answered within the patience.
        httpx.HTTPStatusError: the answer is an error.
    """
    deadline = time.monotonic() + patience_s
    while True:
        try:
            answer = send()
        except httpx.TransportError:
            if time.monotonic() >= deadline:
                raise
        else:
            if answer.status_code not in _AWAY or time.monotonic() >= deadline:
                return answer.raise_for_status()
        time.sleep(PAUSE_S)

"""Independent steps of one analysis at the same time: array code lets other threads run."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from functools import cache
from typing import TypeVar

R = TypeVar("R")
T = TypeVar("T")

HELPERS = 3
"""Threads beside the caller's, for all analyses of a process together."""


def at_once(step: Callable[[T], R], *inputs: T) -> list[R]:
    """Do a step for several inputs at the same time; the results are in the order of the inputs.

    The first runs in the caller's thread. Steps must not call this themselves: helpers that wait
    for helpers could wait for ever.

    Raises:
        Exception: whatever a step raised; of several the first in order.
    """
    first, *others = inputs
    waiting = [_helpers().submit(step, each) for each in others]
    try:
        done = step(first)
    finally:
        # Nothing of a step runs on after its caller has gone.
        wait(waiting)
    return [done, *(each.result() for each in waiting)]


def both(first: Callable[[], R], second: Callable[[], T]) -> tuple[R, T]:
    """Do two steps at the same time, the first in the caller's thread; as `at_once` does."""
    waiting = _helpers().submit(second)
    try:
        done = first()
    finally:
        wait([waiting])
    return done, waiting.result()


@cache
def _helpers() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(HELPERS, thread_name_prefix="step")

"""Work done in processes, its results in order. The same whatever the number of processes."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from typing import TypeVar

import cv2

Task = TypeVar("Task")
Done = TypeVar("Done")

_AHEAD = 4
"""Tasks handed out for each process before results are awaited: bounds what waits in memory."""


def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def in_order(work: Callable[[Task], Done], tasks: Sequence[Task], *, jobs: int) -> Iterator[Done]:
    """Do all tasks; yields results in the order of the tasks, as soon as each is there.

    Args:
        work: a function of a module, as processes import it by name; depends on its task alone.
        tasks: that can be pickled.
        jobs: processes; 1 works in this one.
    """
    if jobs <= 1 or len(tasks) <= 1:
        yield from map(work, tasks)
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, mp_context=context, initializer=_one_thread) as pool:
        waiting = iter(tasks)
        handed = [pool.submit(work, task) for task in islice(waiting, jobs * _AHEAD)]
        while handed:
            yield handed.pop(0).result()
            handed += [pool.submit(work, task) for task in islice(waiting, 1)]


def _one_thread() -> None:
    """Leave the other cores to the other processes."""
    cv2.setNumThreads(1)

"""Watches the parts of a running service: one that ends is started again, a few times."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from serve.demo.errors import ChildFailedError
from serve.demo.processes import Children

POLL_S = 0.5
RESTARTS = 3
"""Of one part; what ends a fourth time ends for a reason."""


class Watch:
    """Starts ended parts again, and remembers why it gave up."""

    def __init__(
        self,
        children: Children,
        *,
        on_restart: Callable[[str], None],
        on_failure: Callable[[], None],
    ) -> None:
        self._children = children
        self._on_restart = on_restart
        self._on_failure = on_failure
        self._restarts: Counter[str] = Counter()
        self._failure: ChildFailedError | None = None

    def check(self) -> None:
        """Raise ChildFailedError when a part of the service could not be kept running."""
        if self._failure is not None:
            raise self._failure

    def look(self) -> None:
        """Look at every part once; to be called by one thread alone."""
        if self._failure is not None:
            return
        for name in self._children.ended():
            if self._restarts[name] == RESTARTS:
                self._failure = self._children.failure(name)
                self._on_failure()
                return
            self._restarts[name] += 1
            status = self._children.restart(name)
            self._on_restart(f"{name} ended with status {status}; started again")


@contextmanager
def watching(watch: Watch) -> Iterator[Watch]:
    """Look at the parts twice a second until the context is left."""
    over = threading.Event()

    def run() -> None:
        while not over.wait(POLL_S):
            watch.look()

    thread = threading.Thread(target=run, name="watch", daemon=True)
    thread.start()
    try:
        yield watch
    finally:
        over.set()
        thread.join()

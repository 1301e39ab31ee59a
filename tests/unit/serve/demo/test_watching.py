"""A part of the service that ends is started again, and not for ever."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

import pytest

from serve.demo.errors import ChildFailedError
from serve.demo.processes import Children
from serve.demo.watching import RESTARTS, Watch

SLEEPER = [
    sys.executable,
    "-c",
    "import os, time; print(os.getpid(), flush=True); time.sleep(600)",
]


def _process_ids(log: Path, *, expected: int) -> list[int]:
    while len(started := log.read_text(encoding="ascii").split()) < expected:
        time.sleep(0.02)
    return [int(pid) for pid in started]


def _wait_for_end(children: Children) -> None:
    while not children.ended():
        time.sleep(0.02)


def test_a_killed_part_is_started_again(tmp_path: Path) -> None:
    said: list[str] = []
    with Children(tmp_path, environment={}) as children:
        watch = Watch(children, on_restart=said.append, on_failure=pytest.fail)
        children.start("worker", SLEEPER)
        (first,) = _process_ids(tmp_path / "worker.log", expected=1)
        watch.look()
        assert not said
        os.kill(first, signal.SIGKILL)
        _wait_for_end(children)
        watch.look()
        assert said == ["worker ended with status -9; started again"]
        second = _process_ids(tmp_path / "worker.log", expected=2)[1]
        assert second != first
        assert not children.ended()
        watch.check()


def test_a_part_that_ends_again_and_again_is_given_up(tmp_path: Path) -> None:
    said: list[str] = []
    stopped: list[bool] = []
    with Children(tmp_path, environment={}) as children:
        watch = Watch(children, on_restart=said.append, on_failure=lambda: stopped.append(True))
        children.start("serve", [sys.executable, "-c", "exit('no such table')"])
        for _ in range(RESTARTS + 2):
            _wait_for_end(children)
            watch.look()
        assert len(said) == RESTARTS
        assert stopped == [True]
        with pytest.raises(ChildFailedError, match="no such table"):
            watch.check()

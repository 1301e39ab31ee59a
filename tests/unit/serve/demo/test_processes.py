"""Child processes are watched, and none is left behind."""

from __future__ import annotations

import socket
import sys
import time
from pathlib import Path

import pytest

from serve.demo.errors import ChildFailedError
from serve.demo.processes import Children, free_port

SLEEPER = [sys.executable, "-c", "import time; time.sleep(600)"]
PARENT = [
    sys.executable,
    "-c",
    "import subprocess, sys, time;"
    "p = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)']);"
    "print(p.pid, flush=True); time.sleep(600)",
]


def test_stopping_ends_children_and_what_they_started(tmp_path: Path) -> None:
    with Children(tmp_path, environment={}) as children:
        children.start("parent", PARENT)
        log = tmp_path / "parent.log"
        while not log.read_text().strip():
            time.sleep(0.02)
        grandchild = int(log.read_text())
        assert _runs(grandchild)
    # The kernel ends a killed process a moment later.
    for _ in range(500):
        if not _runs(grandchild):
            return
        time.sleep(0.02)
    raise AssertionError(f"process {grandchild} still runs")


def _runs(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def test_a_child_that_ends_by_itself_is_told_with_its_log(tmp_path: Path) -> None:
    with Children(tmp_path, environment={"WORD": "penguin"}) as children:
        children.start("broken", [sys.executable, "-c", "import os; exit(os.environ['WORD'])"])
        with pytest.raises(ChildFailedError, match="penguin"):
            children.wait_until_ready("http://127.0.0.1:9/ready", timeout_s=30)


def test_work_that_is_done_is_waited_for(tmp_path: Path) -> None:
    with Children(tmp_path, environment={}) as children:
        children.start("work", [sys.executable, "-c", "pass"])
        children.start("failing", [sys.executable, "-c", "exit('no room')"])
        children.start("endless", SLEEPER)
        children.finish("work", timeout_s=30)
        with pytest.raises(ChildFailedError, match="no room"):
            children.finish("failing", timeout_s=30)
        with pytest.raises(ChildFailedError, match="more than"):
            children.finish("endless", timeout_s=0.05)


def test_a_taken_port_is_left_alone() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert free_port(port) != port

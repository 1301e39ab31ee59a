"""The demonstration from end to end: real processes, a real database, a killed worker."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

# The first test waits for the whole run: about a minute on two idle cores.
pytestmark = pytest.mark.timeout(600)

COUNT = 25
"""One deck: every scenario, honest transit eight times."""
HONEST_SHARE = 0.75
"""Of honest passages that must be cleared: a library of five pictures a heading is thin."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demonstration")


@pytest.fixture(scope="module")
def output(folder: Path) -> str:
    """Run the demonstration; kill its worker after the first decision."""
    command = [sys.executable, "-m", "serve.cli", "demo", "--exit-when-done", "--seed", "1"]
    command += ["--count", str(COUNT), "--rate", "120", "--data", str(folder / "kept")]
    command += ["--report", str(folder / "report.json")]
    log = folder / "output.txt"
    with log.open("wb") as stream:
        process = subprocess.Popen(command, stdout=stream, stderr=subprocess.STDOUT)
    try:
        _wait_for(log, "consistent", process)
        os.kill(_child(process.pid, "worker"), signal.SIGKILL)
        status = process.wait(timeout=300)
    finally:
        process.terminate()
        process.wait(timeout=60)
    text = log.read_text(encoding="utf-8")
    assert status == 0, text
    return text


def _wait_for(log: Path, word: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 240
    while word not in log.read_text(encoding="utf-8"):
        assert process.poll() is None, log.read_text(encoding="utf-8")
        assert time.monotonic() < deadline, log.read_text(encoding="utf-8")
        time.sleep(0.05)


def _child(parent: int, name: str) -> int:
    for pid, arguments in _processes():
        if arguments[-1:] == [name] and _parent(pid) == parent:
            return pid
    raise AssertionError(f"process {parent} has no child {name}")


def _processes() -> Iterator[tuple[int, list[str]]]:
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            command = (entry / "cmdline").read_bytes()
        except (FileNotFoundError, ProcessLookupError):
            continue
        yield int(entry.name), command.decode(errors="replace").rstrip("\0").split("\0")


def _parent(pid: int) -> int:
    stat = Path(f"/proc/{pid}/stat").read_text(encoding="ascii")
    return int(stat.rpartition(")")[2].split()[1])


@pytest.fixture(scope="module")
def decisions(output: str, folder: Path) -> list[dict[str, Any]]:
    assert output
    report = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    assert report["sent"] == report["decided"] == len(report["decisions"])
    rows: list[dict[str, Any]] = report["decisions"]
    return rows


def test_every_passage_of_every_scenario_is_decided(decisions: list[dict[str, Any]]) -> None:
    scenarios = Counter(row["scenario"] for row in decisions)
    assert len(scenarios) == 16
    assert scenarios["honest_transit"] == 16


def test_nothing_that_should_be_referred_is_cleared(decisions: list[dict[str, Any]]) -> None:
    judged = [row for row in decisions if row["expected"] == "refer"]
    assert len(judged) == 12
    cleared = [row for row in judged if row["outcome"] != "refer"]
    assert cleared == []


def test_what_is_referred_rightly_is_referred_for_its_reason(
    decisions: list[dict[str, Any]],
) -> None:
    judged = [row for row in decisions if row["expected"] == "refer"]
    assert [row for row in judged if not row["right_reason"]] == []


def test_honest_traffic_is_mostly_cleared(decisions: list[dict[str, Any]]) -> None:
    honest = [row for row in decisions if row["expected"] == "auto_clear"]
    wrong = [row for row in honest if row["outcome"] == "refer"]
    assert len(wrong) <= (1 - HONEST_SHARE) * len(honest), wrong


def test_a_killed_worker_is_told_and_replaced(output: str) -> None:
    assert "worker ended with status -9; started again" in output


def test_without_a_terminal_the_lines_are_plain(output: str) -> None:
    assert "\x1b" not in output
    assert "http://127.0.0.1:" in output
    for role in ("analyst", "supervisor", "admin"):
        assert any(line.split()[1:3] == [role, role] for line in output.splitlines()), role


def test_no_process_is_left(output: str, folder: Path) -> None:
    assert output
    left = [arguments for _, arguments in _processes() if str(folder) in " ".join(arguments)]
    assert left == []

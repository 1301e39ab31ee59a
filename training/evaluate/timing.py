"""Timings and peak memory, with the machine they were taken on; tables of them."""

from __future__ import annotations

import json
import os
import platform
import statistics
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

POLL_S = 0.005


@dataclass(frozen=True, slots=True)
class Timing:
    """One thing that was measured several times."""

    name: str
    values: tuple[float, ...]
    """Warm repeats."""
    unit: str = "s"
    cold: float | None = None
    """The first time, in a fresh process with its imports."""
    at_most: float | None = None
    """The target, where one is set."""
    at_least: float | None = None
    note: str = ""

    @property
    def median(self) -> float:
        """Median of the warm repeats; NaN without any."""
        return statistics.median(self.values) if self.values else float("nan")

    @property
    def met(self) -> bool | None:
        """Whether the median keeps the target; None without one."""
        if self.at_least is not None:
            return self.median >= self.at_least
        return None if self.at_most is None else self.median <= self.at_most

    @property
    def target(self) -> str:
        """The target in words; empty without one."""
        if self.at_least is not None:
            return f"at least {self.at_least:g} {self.unit}"
        return "" if self.at_most is None else f"at most {self.at_most:g} {self.unit}"


def repeated(work: Callable[[], object], *, repeats: int, warm_up: int = 1) -> tuple[float, ...]:
    """Return the wall seconds of each repeat, after some that are not counted."""
    for _ in range(warm_up):
        work()
    return tuple(_seconds(work) for _ in range(repeats))


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def run_cold(command: Sequence[str]) -> tuple[float, float]:
    """Run a command; returns wall seconds and the peak of its and its children's memory in GiB.

    Raises:
        subprocess.CalledProcessError: it failed.
    """
    start = time.perf_counter()
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    ) as process:
        with PeakMemory(process.pid) as memory:
            _, errors = process.communicate()
        seconds = time.perf_counter() - start
    if process.returncode != 0:
        raise subprocess.CalledProcessError(process.returncode, list(command), stderr=errors)
    return seconds, memory.peak_gib


class PeakMemory:
    """Watches the resident memory of a process and all its children, every 5 ms.

    Pages that processes share are counted in each: the figure is an upper bound.
    """

    def __init__(self, pid: int) -> None:
        self.peak_gib = 0.0
        self._pid = pid
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> PeakMemory:
        self._thread.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._over.is_set():
            self.peak_gib = max(self.peak_gib, _resident_gib(self._pid))
            self._over.wait(POLL_S)


def _resident_gib(root: int) -> float:
    pages, waiting = 0, [root]
    while waiting:
        pid = waiting.pop()
        try:
            pages += int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
            for children in Path(f"/proc/{pid}/task").glob("*/children"):
                waiting.extend(int(child) for child in children.read_text("ascii").split())
        except (FileNotFoundError, ProcessLookupError):
            continue
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**30


def machine() -> dict[str, str]:
    """Describe this machine and the code: processor, cores, Python, commit."""
    return {
        "processor": _processor(),
        "cores": str(len(os.sched_getaffinity(0))),
        "system": platform.platform(),
        "python": platform.python_version(),
        "commit": _commit(),
    }


def _processor() -> str:
    text = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    names = (line.partition(":")[2].strip() for line in text.splitlines() if "model name" in line)
    return next(names, platform.processor() or platform.machine())


def _commit() -> str:
    folder = Path(__file__).parent
    command = ["git", "-C", str(folder), "describe", "--always", "--dirty", "--abbrev=12"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    except (FileNotFoundError, subprocess.CalledProcessError):
        return "unknown"
    return done.stdout.strip()


def as_markdown(timings: Sequence[Timing], *, described: dict[str, str]) -> str:
    """Return the table of a benchmark."""
    lines = [", ".join(f"{name}: {value}" for name, value in described.items()), ""]
    lines += ["| what | median | min to max | repeats | cold | target | met |"]
    lines += ["|---|---|---|---|---|---|---|"]
    lines += [_row(timing) for timing in timings]
    return "\n".join(lines) + "\n"


def _row(timing: Timing) -> str:
    unit = timing.unit
    spread = f"{min(timing.values):.3g} to {max(timing.values):.3g}" if timing.values else ""
    cells = [
        timing.name + (f" ({timing.note})" if timing.note else ""),
        f"{timing.median:.3g} {unit}",
        spread,
        str(len(timing.values)),
        "" if timing.cold is None else f"{timing.cold:.3g} {unit}",
        timing.target,
        {None: "", True: "yes", False: "no"}[timing.met],
    ]
    return "| " + " | ".join(cells) + " |"


def as_json(timings: Sequence[Timing], *, described: dict[str, str]) -> str:
    """Return the same for machines."""
    rows: list[dict[str, Any]] = [
        {
            "name": timing.name,
            "unit": timing.unit,
            "values": list(timing.values),
            "median": timing.median if timing.values else None,
            "cold": timing.cold,
            "target": timing.target,
            "met": timing.met,
            "note": timing.note,
        }
        for timing in timings
    ]
    return json.dumps({"machine": described, "timings": rows}, indent=2) + "\n"

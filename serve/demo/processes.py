"""Child processes: start them, wait until they are ready, and leave none behind."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType

import httpx

from serve.demo.errors import ChildFailedError

STOP_TIMEOUT_S = 15.0
POLL_S = 0.1


def riac_command(*arguments: str) -> list[str]:
    """Return the command line of `riac` in this very interpreter."""
    return [sys.executable, "-m", "serve.cli", *arguments]


def free_port(preferred: int) -> int:
    """Return the preferred port of the loopback interface, or a free one when it is taken."""
    for port in (preferred, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise OSError("no free port on the loopback interface")


class Children:
    """Started processes, each with a log file; leaving the context stops them all."""

    def __init__(self, log_folder: Path, *, environment: Mapping[str, str]) -> None:
        self._logs = log_folder
        self._environment = {**os.environ, **environment}
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._commands: dict[str, Sequence[str]] = {}
        log_folder.mkdir(parents=True, exist_ok=True)

    def __enter__(self) -> Children:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def start(self, name: str, command: Sequence[str]) -> None:
        """Start a process that runs until it is stopped."""
        self._commands[name] = command
        with (self._logs / f"{name}.log").open("ab") as log:
            # A group of its own: Ctrl-C reaches this program alone, which then stops the others
            # in order.
            self._running[name] = subprocess.Popen(
                command,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def finish(self, name: str, *, timeout_s: float) -> None:
        """Wait until a started process has done its work.

        Raises:
            ChildFailedError: it failed, or took too long.
        """
        process = self._running.pop(name)
        try:
            code = process.wait(timeout_s)
        except subprocess.TimeoutExpired:
            _stop([process])
            raise ChildFailedError(f"{name} took more than {timeout_s:.0f} s") from None
        if code != 0:
            raise ChildFailedError(f"{name} ended with status {code}:\n{self.log_end(name)}")

    def check(self) -> None:
        """Raise ChildFailedError when a process that should run has ended."""
        for name in self.ended():
            raise self.failure(name)

    def ended(self) -> list[str]:
        """Name the processes that should run and do not."""
        return [name for name, process in self._running.items() if process.poll() is not None]

    def pid(self, name: str) -> int:
        """Return the process identifier of one that was started."""
        return self._running[name].pid

    def failure(self, name: str) -> ChildFailedError:
        """Describe the end of a process that has ended."""
        status = self._running[name].returncode
        return ChildFailedError(f"{name} ended with status {status}:\n{self.log_end(name)}")

    def restart(self, name: str) -> int:
        """Start a process that has ended once more; returns the status it ended with."""
        before = self._running[name]
        _end_group(before)
        self.start(name, self._commands[name])
        return before.wait()

    def wait_until_ready(self, url: str, *, timeout_s: float) -> None:
        """Wait until an address answers 200.

        Raises:
            ChildFailedError: a process ended meanwhile, or the time is up.
        """
        deadline, last = time.monotonic() + timeout_s, "no answer"
        while time.monotonic() < deadline:
            self.check()
            try:
                answer = httpx.get(url, timeout=5)
            except httpx.TransportError as error:
                last = repr(error)
            else:
                if answer.is_success:
                    return
                last = f"{answer.status_code} {answer.text[:500]}"
            time.sleep(POLL_S)
        raise ChildFailedError(f"{url} was not ready within {timeout_s:.0f} s: {last}")

    def log_end(self, name: str, *, lines: int = 25) -> str:
        """Return the end of a process's log."""
        text = (self._logs / f"{name}.log").read_text(encoding="utf-8", errors="replace")
        return "\n".join(text.splitlines()[-lines:])

    def stop(self) -> None:
        """End all processes, the last started first; returns when they are gone."""
        processes = list(self._running.values())[::-1]
        self._running.clear()
        _stop(processes)


def _stop(processes: Sequence[subprocess.Popen[bytes]]) -> None:
    for process in processes:
        if process.poll() is None:
            process.terminate()
    deadline = time.monotonic() + STOP_TIMEOUT_S
    for process in processes:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(max(0.1, deadline - time.monotonic()))
        _end_group(process)


def _end_group(process: subprocess.Popen[bytes]) -> None:
    """End what a process left of its own group (decoding processes, for one)."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()

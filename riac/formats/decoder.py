"""The parent's side of the decoding process: starts it, asks it, restarts it when it dies."""

from __future__ import annotations

import atexit
import contextlib
import functools
import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pydantic import ValidationError

from riac.errors import ScanUnreadableError
from riac.formats.decoded import Answer, DecodedPlane, Request
from riac.formats.limits import DEFAULT_LIMITS, Limits
from riac.formats.wire import Wire, WireError
from riac.scan import Fault, FaultCode, Severity

Pixels = NDArray[np.uint8 | np.uint16]
STARTING_SECONDS = 60.0
"""Importing the decoders from a cold disk; only the first answer of a process may take it."""


@dataclass(slots=True)
class _Child:
    process: subprocess.Popen[bytes]
    wire: Wire
    owner_pid: int
    fresh: bool = True


class Decoder:
    """A persistent decoding process under limits; one request at a time."""

    def __init__(self, limits: Limits = DEFAULT_LIMITS) -> None:
        self._limits = limits
        self._lock = threading.Lock()
        self._child: _Child | None = None

    def decode(self, members: Mapping[str, bytes]) -> tuple[Answer, list[Pixels]]:
        """Decode a file (one member named "") or the members of a folder.

        Raises:
            ScanUnreadableError: refused, too large, or the process died of it.
        """
        with self._lock:
            try:
                return self._ask_again_if_stale(members)
            except TimeoutError as error:
                self._stop()
                detail = f"decoding took longer than {self._limits.seconds:g} s"
                raise _unreadable(FaultCode.TOO_LARGE, detail) from error
            except (WireError, OSError, ValidationError) as error:
                ended = self._stop()
                detail = f"the decoder stopped ({ended}): {error}"
                raise _unreadable(FaultCode.UNREADABLE, detail) from error

    def close(self) -> None:
        """End the process; a later request starts another."""
        with self._lock:
            self._stop()

    def _ask_again_if_stale(self, members: Mapping[str, bytes]) -> tuple[Answer, list[Pixels]]:
        """Ask; if a process that answered before fails, ask a fresh one, once.

        It may have been ending because of an earlier file, which must not spoil this one.
        """
        stale = self._running()
        try:
            return self._ask(members)
        except TimeoutError:
            raise
        except (WireError, OSError):
            if stale.fresh:
                raise
            self._stop()
            return self._ask(members)

    def _ask(self, members: Mapping[str, bytes]) -> tuple[Answer, list[Pixels]]:
        child = self._running()
        wire = child.wire
        wire.allow(self._limits.seconds + (STARTING_SECONDS if child.fresh else 0.0))
        request = Request(members=[(name, len(content)) for name, content in members.items()])
        wire.send_message(request.model_dump_json().encode())
        for content in members.values():
            wire.send(content)
        answer = Answer.model_validate_json(wire.receive_message())
        child.fresh = False
        if not answer.planes:
            raise ScanUnreadableError(
                tuple(Fault(f.code, f.severity, f.detail) for f in answer.faults)
                or (Fault(FaultCode.UNREADABLE, Severity.FATAL, "nothing was decoded"),)
            )
        return answer, [self._receive(wire, plane) for plane in answer.planes]

    def _receive(self, wire: Wire, plane: DecodedPlane) -> Pixels:
        if plane.rows * plane.columns > self._limits.plane_px:
            raise WireError(f"a plane of {plane.columns} x {plane.rows} px")
        pixels = np.empty((plane.rows, plane.columns), np.dtype(plane.dtype))
        wire.receive_into(pixels.data.cast("B"))
        return pixels

    def _running(self) -> _Child:
        child = self._child
        if child is not None and child.owner_pid != os.getpid():
            # A fork: the process belongs to the parent, and so does its socket.
            self._child = child = None
        if child is not None and child.process.poll() is not None:
            self._stop()
            child = None
        if child is None:
            self._child = child = _start(self._limits)
        return child

    def _stop(self) -> str:
        child, self._child = self._child, None
        if child is None or child.owner_pid != os.getpid():
            return "not running"
        child.wire.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            # It may be dying of what it was given: its own end says more than ours.
            child.process.wait(timeout=0.5)
        child.process.kill()
        return f"status {child.process.wait()}"


def _start(limits: Limits) -> _Child:
    ours, theirs = socket.socketpair()
    for end in (ours, theirs):
        end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1024**2)
    root = str(Path(__file__).parents[2])
    # One thread each: the pools of numerical libraries reserve address space.
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(filter(None, [root, os.environ.get("PYTHONPATH", "")])),
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
    }
    command = [sys.executable, "-m", "riac.formats.decoder_process", str(theirs.fileno())]
    process = subprocess.Popen(
        [*command, json.dumps(asdict(limits))],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        pass_fds=(theirs.fileno(),),
        env=environment,
    )
    theirs.close()
    return _Child(process, Wire(ours), os.getpid())


def _unreadable(code: FaultCode, detail: str) -> ScanUnreadableError:
    return ScanUnreadableError((Fault(code, Severity.FATAL, detail),))


@functools.cache
def shared_decoder() -> Decoder:
    """Return the decoder of this process, started at its first request."""
    decoder = Decoder()
    atexit.register(decoder.close)
    return decoder

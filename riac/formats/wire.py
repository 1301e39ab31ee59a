"""Framed messages over a socket, each part bounded by a deadline."""

from __future__ import annotations

import socket
import struct
import time

_LENGTH = struct.Struct("!Q")
MESSAGE_BYTES = 4 * 1024**2
"""Headers are short JSON; anything longer is not one of ours."""


class WireError(Exception):
    """The other side closed, or sent what cannot be."""


class Wire:
    """One end of a socket, with a deadline for what is under way."""

    def __init__(self, end: socket.socket) -> None:
        self._end = end
        self._deadline: float | None = None

    def allow(self, seconds: float | None) -> None:
        """Give what follows this long; None waits for ever."""
        self._deadline = None if seconds is None else time.monotonic() + seconds

    def send(self, content: bytes | memoryview) -> None:
        """Send raw bytes. Raises TimeoutError, OSError."""
        self._arm()
        self._end.sendall(content)

    def send_message(self, message: bytes) -> None:
        """Send a framed message. Raises TimeoutError, OSError."""
        self.send(_LENGTH.pack(len(message)) + message)

    def receive_into(self, target: memoryview) -> None:
        """Fill the target. Raises TimeoutError, OSError, WireError."""
        while len(target):
            self._arm()
            count = self._end.recv_into(target)
            if count == 0:
                raise WireError("the other side closed")
            target = target[count:]

    def receive_message(self) -> bytes:
        """Return a framed message. Raises TimeoutError, OSError, WireError."""
        head = bytearray(_LENGTH.size)
        self.receive_into(memoryview(head))
        (length,) = _LENGTH.unpack(head)
        if length > MESSAGE_BYTES:
            raise WireError(f"a message of {length} bytes, at most {MESSAGE_BYTES}")
        message = bytearray(length)
        self.receive_into(memoryview(message))
        return bytes(message)

    def close(self) -> None:
        """Close the socket."""
        self._end.close()

    def _arm(self) -> None:
        if self._deadline is None:
            self._end.settimeout(None)
            return
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError("out of time")
        self._end.settimeout(left)

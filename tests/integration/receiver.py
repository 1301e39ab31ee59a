"""Another system's webhook endpoint, as a real server."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Condition, Thread
from time import sleep
from typing import Any

from standardwebhooks import Webhook as Verifier


@dataclass
class Receiver:
    """Answers as told, verifies, remembers."""

    url: str = ""
    secret: str = ""
    answers: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    """Status and headers for the next requests; 200 when used up."""
    verifies: bool = True
    hold_s: float = 0.0
    """Before answering."""
    received: list[tuple[dict[str, str], Any]] = field(default_factory=list)
    """Headers (lower case) and verified content."""
    changed: Condition = field(default_factory=Condition)

    def wait_for(self, number: int, *, timeout_s: float = 20.0) -> None:
        with self.changed:
            if not self.changed.wait_for(lambda: len(self.received) >= number, timeout_s):
                raise AssertionError(f"expected {number} messages, got {len(self.received)}")

    def event(
        self, event_type: str, wanted: Callable[[Any], bool], *, timeout_s: float = 20.0
    ) -> Any:
        """Wait for an event whose content is wanted, and return that content."""
        found: list[Any] = []

        def arrived() -> bool:
            found[:] = [
                body["data"]
                for _, body in self.received
                if body["type"] == event_type and wanted(body["data"])
            ]
            return bool(found)

        with self.changed:
            if not self.changed.wait_for(arrived, timeout_s):
                got = [body["type"] for _, body in self.received]
                raise AssertionError(f"no such {event_type} among {got}")
        return found[0]


@contextmanager
def running_receiver() -> Iterator[Receiver]:
    """Listen on this machine."""
    state = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            headers = {name.lower(): value for name, value in self.headers.items()}
            body = self.rfile.read(int(headers["content-length"]))
            content = Verifier(state.secret).verify(body, headers) if state.verifies else None
            if state.hold_s:
                sleep(state.hold_s)
            with state.changed:
                status, more = state.answers.pop(0) if state.answers else (200, {})
                state.received.append((headers, content))
            self.send_response(status)
            for name, value in more.items():
                self.send_header(name, value)
            self.send_header("Content-Length", "0")
            # Whoever waited no longer has gone.
            with suppress(BrokenPipeError):
                self.end_headers()
            with state.changed:
                state.changed.notify_all()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    state.url = f"http://127.0.0.1:{server.server_address[1]}/hook?x=1"
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

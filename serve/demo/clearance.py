"""A simulated clearance system: registers declarations, takes signed webhooks on loopback."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any
from uuid import UUID

import httpx
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from serve.api.schemas import DecisionBody, ScanBody
from serve.demo.retrying import answered

MAX_MESSAGE_BYTES = 64 * 1024
DECISION_EVENTS = frozenset({"decision.made", "decision.superseded"})
Event = dict[str, Any]


class WebhookReceiver:
    """Listens on a free port of the loopback interface and verifies what comes."""

    def __init__(
        self, *, on_event: Callable[[Event], None], on_rejected: Callable[[], None]
    ) -> None:
        self._verifier: Webhook | None = None
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            """One message a request."""

            def do_POST(self) -> None:
                length = int(self.headers.get("content-length", 0))
                if not 0 < length <= MAX_MESSAGE_BYTES:
                    self.send_error(413)
                    return
                body = self.rfile.read(length)
                headers = {name.lower(): value for name, value in self.headers.items()}
                event = receiver._verified(body, headers)
                if event is None:
                    on_rejected()
                    self.send_error(401)
                    return
                on_event(event)
                self.send_response(204)
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002
                """Keep the terminal for decisions."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    @property
    def url(self) -> str:
        """The address to register."""
        return f"http://127.0.0.1:{self._server.server_address[1]}/webhooks"

    def trust(self, secret: str) -> None:
        """Verify messages with this secret; until then every message is rejected."""
        self._verifier = Webhook(secret)

    def __enter__(self) -> WebhookReceiver:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(timeout=5)

    def _verified(self, body: bytes, headers: dict[str, str]) -> Event | None:
        if self._verifier is None:
            return None
        try:
            self._verifier.verify(body, headers)
        except WebhookVerificationError:
            return None
        event: Event = json.loads(body)
        return event


class ClearanceSystem:
    """Speaks to the service with its own key."""

    def __init__(self, client: httpx.Client) -> None:
        self._client = client

    def register(self, declaration: dict[str, Any]) -> None:
        """Register a declaration. Raises httpx.HTTPError."""
        answered(lambda: self._client.post("/v1/declarations", json=declaration))

    def decision(self, decision_id: UUID) -> DecisionBody:
        """Ask for a decision. Raises httpx.HTTPError."""
        answer = answered(lambda: self._client.get(f"/v1/decisions/{decision_id}"))
        return DecisionBody.model_validate(answer.json())

    def decision_on_scan(self, scan_id: UUID) -> DecisionBody | None:
        """Ask for the newest decision of a scan's passage. Raises httpx.HTTPError."""
        answer = answered(lambda: self._client.get(f"/v1/scans/{scan_id}"))
        decision_id = ScanBody.model_validate(answer.json()).decision_id
        return None if decision_id is None else self.decision(decision_id)

"""One HTTP POST to a webhook: no redirects, no proxies, a deadline for the whole of it."""

from __future__ import annotations

import http.client
import socket
import ssl
from collections.abc import Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from threading import Timer
from urllib.parse import SplitResult, urlsplit

from serve.webhooks.addresses import AddressRefusedError, resolve


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a POST: a status, or an error without one."""

    status: int | None
    error: str | None
    retry_after: str | None = None


class _PinnedConnection(http.client.HTTPConnection):
    """Connects to one address, whatever the name in the URL; TLS still checks the name."""

    def __init__(
        self, parts: SplitResult, *, address: str, port: int, tls: ssl.SSLContext | None
    ) -> None:
        super().__init__(str(parts.hostname), port)
        self.default_port = 443 if tls is not None else 80
        self._address = address
        self._tls = tls

    def open(self, timeout_s: float) -> None:
        """Connect; the timeout holds for each step."""
        plain = socket.create_connection((self._address, self.port), timeout=timeout_s)
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.sock = plain
        if self._tls is not None:
            secured = self._tls.wrap_socket(
                plain, server_hostname=self.host, do_handshake_on_connect=False
            )
            self.sock = secured
            secured.do_handshake()

    def cut(self) -> None:
        """Make every read and write of another thread fail now."""
        with suppress(OSError):
            # The plain socket's method: TLS's own would take the connection's state away from
            # under the thread that reads.
            if self.sock is not None:
                socket.socket.shutdown(self.sock, socket.SHUT_RDWR)


def post(
    url: str,
    *,
    body: bytes,
    headers: Mapping[str, str],
    allow_private: bool,
    timeout_s: float,
) -> Answer:
    """Send the body; every failure becomes an `Answer` with an error."""
    parts = urlsplit(url)
    tls = ssl.create_default_context() if parts.scheme == "https" else None
    port = parts.port or (443 if tls is not None else 80)
    try:
        address = resolve(str(parts.hostname), port, allow_private=allow_private)
        return _exchange(
            _PinnedConnection(parts, address=address, port=port, tls=tls),
            target=(parts.path or "/") + (f"?{parts.query}" if parts.query else ""),
            body=body,
            headers=headers,
            timeout_s=timeout_s,
        )
    except AddressRefusedError as refused:
        return Answer(status=None, error=str(refused))
    except (OSError, http.client.HTTPException, UnicodeError) as failure:
        return Answer(status=None, error=f"{type(failure).__name__}: {failure}"[:500])


def _exchange(
    connection: _PinnedConnection,
    *,
    target: str,
    body: bytes,
    headers: Mapping[str, str],
    timeout_s: float,
) -> Answer:
    late = False

    def cut() -> None:
        # A socket's own timeout starts anew with every byte; this one does not.
        nonlocal late
        late = True
        connection.cut()

    timer = Timer(timeout_s, cut)
    timer.daemon = True
    timer.start()
    try:
        connection.open(timeout_s)
        connection.request("POST", target, body=body, headers=dict(headers))
        with closing(connection.getresponse()) as response:
            return Answer(
                status=response.status,
                error=None if 200 <= response.status < 300 else _complaint(response.status),
                retry_after=response.getheader("Retry-After"),
            )
    except (OSError, http.client.HTTPException) as failure:
        if late or isinstance(failure, TimeoutError):
            return Answer(status=None, error=f"no answer within {timeout_s:g} s")
        raise
    finally:
        timer.cancel()
        connection.close()


def _complaint(status: int) -> str:
    if 300 <= status < 400:
        return f"HTTP {status}: redirects are not followed"
    return f"HTTP {status}"

"""How much may be sent: an ASGI middleware, so that nothing is read beyond the limit."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from serve.api.errors import problem

JSON_BYTES = 4 * 1024 * 1024
# Of a form beside its file: boundaries, headers, metadata.
FORM_BYTES = 64 * 1024
_FILE_ROUTES = ("/v1/scans", "/v1/library/search")


class LimitBodies:
    """Refuses bodies over the limit with 413, by what they state and by what they turn out."""

    def __init__(self, app: ASGIApp, *, max_file_bytes: int) -> None:
        self._app = app
        self._max_file_bytes = max_file_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, counting."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        limit = self._limit(scope["path"])
        if _stated_length(scope) > limit:
            await problem(413, code="too_large", detail=_detail(limit))(scope, receive, send)
            return
        received = 0

        async def counted() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > limit:
                raise HTTPException(413, _detail(limit))
            return message

        await self._app(scope, counted, send)

    def _limit(self, path: str) -> int:
        if path.rstrip("/") in _FILE_ROUTES:
            return self._max_file_bytes + FORM_BYTES
        return JSON_BYTES


def _detail(limit: int) -> str:
    return f"expected a body of at most {limit} bytes"


def _stated_length(scope: Scope) -> int:
    for name, value in scope["headers"]:
        if name == b"content-length" and value.isdigit():
            # More digits than any length has: no use in parsing megabytes of them.
            return int(value[:20])
    return 0

"""The simulated clearance system believes only what is signed."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from standardwebhooks.webhooks import Webhook

from serve.demo.clearance import MAX_MESSAGE_BYTES, WebhookReceiver

SECRET = "whsec_" + "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


def post(url: str, body: bytes, *, secret: str) -> int:
    now = datetime.now(UTC)
    headers = {
        "webhook-id": "msg_1",
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": Webhook(secret).sign("msg_1", now, body.decode()),
    }
    return httpx.post(url, content=body, headers=headers).status_code


@pytest.fixture
def seen() -> list[dict[str, Any]]:
    return []


def test_a_signed_message_is_taken_and_a_forged_one_is_not(seen: list[dict[str, Any]]) -> None:
    rejected: list[int] = []
    with WebhookReceiver(on_event=seen.append, on_rejected=lambda: rejected.append(1)) as receiver:
        body = json.dumps({"type": "decision.made", "data": {}}).encode()
        assert post(receiver.url, body, secret=SECRET) == 401
        receiver.trust(SECRET)
        assert post(receiver.url, body, secret=SECRET) == 204
        assert post(receiver.url, body, secret="whsec_" + "A" * 32) == 401
        assert httpx.post(receiver.url, content=b"{}").status_code == 401
        too_long = b"x" * (MAX_MESSAGE_BYTES + 1)
        with pytest.raises((httpx.HTTPStatusError, httpx.TransportError)):
            httpx.post(receiver.url, content=too_long).raise_for_status()
    assert [event["type"] for event in seen] == ["decision.made"]
    assert len(rejected) == 3

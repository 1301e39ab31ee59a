"""Logs tell no secrets."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
import structlog

from serve.auth.tokens import new_key_token
from serve.logs import configure_logging, redact_text

KEY = str(new_key_token())
WEBHOOK_SECRET = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD=="


@pytest.fixture(autouse=True)
def reset() -> Iterator[None]:
    yield
    structlog.reset_defaults()


def logged(capsys: pytest.CaptureFixture[str]) -> tuple[str, dict[str, object]]:
    line = capsys.readouterr().err
    content: dict[str, object] = json.loads(line)
    return line, content


def test_secrets_are_blotted_out_wherever_they_stand(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging()
    structlog.get_logger().info(
        "request",
        password="open sesame",
        headers={"Authorization": f"Bearer {KEY}", "X-CSRF-Token": "c0ffee", "Host": "a"},
        note=f"sent {KEY} to {WEBHOOK_SECRET}",
        tried=[KEY, "postgresql://riac:pass-word@db/riac"],
    )
    line, content = logged(capsys)
    for secret in (KEY, "open sesame", "c0ffee", WEBHOOK_SECRET, "pass-word"):
        assert secret not in line
    assert content["headers"] == {
        "Authorization": "[secret]",
        "X-CSRF-Token": "[secret]",
        "Host": "a",
    }
    assert "@db/riac" in line


def test_secrets_in_the_message_of_an_exception_are_blotted_out(
    capsys: pytest.CaptureFixture[str],
) -> None:
    configure_logging()
    try:
        int(KEY)
    except ValueError:
        structlog.get_logger().exception("failed")
    line, content = logged(capsys)
    assert KEY not in line
    assert "'[secret]'" in str(content["exception"])


@pytest.mark.parametrize(
    ("text", "blotted"),
    [
        ("Basic cm9vdDpyb290", "Basic [secret]"),
        ("riac_session=abc-1; Path=/", "riac_session=[secret]; Path=/"),
        ("https://u:p@host/x", "https://u:[secret]@host/x"),
        ("https://host:8000/x@y", "https://host:8000/x@y"),
        ("riac_webhook_deliveries", "riac_webhook_deliveries"),
        ("scan 12 at 10:30", "scan 12 at 10:30"),
    ],
)
def test_texts_are_blotted_only_where_a_secret_stands(text: str, blotted: str) -> None:
    assert redact_text(text) == blotted

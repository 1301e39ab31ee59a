"""What the service could not take is sent again; what it refuses is not."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from serve.demo import retrying
from serve.demo.retrying import answered

REQUEST = httpx.Request("POST", "http://service/v1/scans")


@pytest.fixture(autouse=True)
def _no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retrying, "PAUSE_S", 0.0)


def _next(answers: Iterator[int]) -> httpx.Response:
    status = next(answers)
    if status == 0:
        raise httpx.ConnectError("refused", request=REQUEST)
    return httpx.Response(status, request=REQUEST)


def test_a_service_that_is_away_is_asked_again() -> None:
    answers = iter([0, 503, 201, 500])
    assert answered(lambda: _next(answers)).status_code == 201
    assert next(answers) == 500


def test_a_refusal_is_not_repeated() -> None:
    answers = iter([422, 201])
    with pytest.raises(httpx.HTTPStatusError, match="422"):
        answered(lambda: _next(answers))
    assert next(answers) == 201


@pytest.mark.parametrize(
    ("status", "error"), [(0, httpx.ConnectError), (503, httpx.HTTPStatusError)]
)
def test_patience_ends(status: int, error: type[httpx.HTTPError]) -> None:
    with pytest.raises(error):
        answered(lambda: _next(iter([status])), patience_s=0.0)

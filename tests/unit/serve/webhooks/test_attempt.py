"""When to try again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from serve.webhooks.attempt import RETRY_DELAYS, wish

NOW = datetime(2026, 5, 1, 8, 30, tzinfo=UTC)


def test_ten_attempts_over_more_than_three_days() -> None:
    assert len(RETRY_DELAYS) == 10
    assert RETRY_DELAYS[0] == timedelta()
    assert timedelta(days=3) < sum(RETRY_DELAYS, timedelta()) < timedelta(days=4)


@pytest.mark.parametrize(
    ("retry_after", "seconds"),
    [
        (None, 0),
        ("120", 120),
        (" 7 ", 7),
        ("-5", 0),
        ("soon", 0),
        ("", 0),
        ("²", 0),
        ("9" * 5000, 86_400),
        ("Fri, 01 May 2026 08:31:00 GMT", 60),
        ("Fri, 01 May 2026 08:31:00 -0000", 60),
        ("Fri, 01 May 2026 07:00:00 GMT", 0),
        ("Sat, 01 May 2027 08:30:00 GMT", 86_400),
    ],
)
def test_retry_after_is_read(retry_after: str | None, seconds: int) -> None:
    assert wish(retry_after, now=NOW) == timedelta(seconds=seconds)


@given(st.text(alphabet="0123456789 :,+-GMTFriMaySun", max_size=40) | st.text(max_size=40))
def test_any_retry_after_is_read_without_an_error(retry_after: str) -> None:
    assert timedelta() <= wish(retry_after, now=NOW) <= timedelta(hours=24)

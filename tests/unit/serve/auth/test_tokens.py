"""Tokens without a database."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from serve.auth.tokens import csrf_token, new_key_token, new_session_token, parse_key_token


def test_a_new_key_is_read_back() -> None:
    token = new_key_token()
    assert parse_key_token(str(token)) == token
    assert new_key_token() != token


def test_a_key_does_not_show_its_secret_in_logs() -> None:
    token = new_key_token()
    assert token.secret not in repr(token)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "riac",
        "riac__x",
        "riac_abcdefgh",
        "riac_abcdefgh_",
        "xiac_abcdefgh_s",
        "riac_ABCDEFGH_s",
    ],
)
def test_what_is_not_a_key_is_none(text: str) -> None:
    assert parse_key_token(text) is None


@given(st.text())
def test_any_text_is_taken_without_an_error(text: str) -> None:
    parse_key_token(text)


def test_csrf_tokens_differ_by_session_and_stay_the_same_within_it() -> None:
    one, other = new_session_token(), new_session_token()
    assert csrf_token(one) == csrf_token(one) != csrf_token(other)
    assert one not in csrf_token(one)

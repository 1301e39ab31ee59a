"""Password hashing."""

from __future__ import annotations

import pytest

from serve.auth.passwords import hash_password, needs_new_hash, password_matches


def test_only_the_password_itself_matches() -> None:
    kept = hash_password("correct horse")
    assert kept.startswith("$argon2id$")
    assert password_matches("correct horse", kept)
    assert not password_matches("correct horsf", kept)
    assert not password_matches("correct horse", None)
    assert not password_matches("no account has this password", None)
    assert not password_matches("x", "not a hash")


def test_a_hash_of_weaker_parameters_is_renewed() -> None:
    assert not needs_new_hash(hash_password("correct horse"))
    assert needs_new_hash(
        "$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHQ$/RRlfA4MV5yYfyF9BIzfG3f9Q6PBbuMCZxs2RrlFOOE"
    )


@pytest.mark.parametrize("password", ["", "123456789", "x" * 1025])
def test_a_password_of_impossible_length_is_refused(password: str) -> None:
    with pytest.raises(ValueError, match="10 to 1024"):
        hash_password(password)

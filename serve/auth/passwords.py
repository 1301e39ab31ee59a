"""Password hashing: Argon2id, with the parameters OWASP gives as its first choice."""

from __future__ import annotations

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

MIN_PASSWORD_LENGTH = 10
MAX_PASSWORD_LENGTH = 1024


@cache
def _hasher() -> PasswordHasher:
    # OWASP Password Storage Cheat Sheet: 19 MiB, 2 passes, 1 lane. Small enough that forty
    # logins at once stay under a gigabyte.
    return PasswordHasher(memory_cost=19 * 1024, time_cost=2, parallelism=1)


@cache
def _hash_of_nobody() -> str:
    return _hasher().hash("no account has this password")


def hash_password(password: str) -> str:
    """Hash a new password.

    Raises:
        ValueError: too short or too long.
    """
    if not MIN_PASSWORD_LENGTH <= len(password) <= MAX_PASSWORD_LENGTH:
        raise ValueError(
            f"a password has {MIN_PASSWORD_LENGTH} to {MAX_PASSWORD_LENGTH} characters, "
            f"got {len(password)}"
        )
    return _hasher().hash(password)


def password_matches(password: str, password_hash: str | None) -> bool:
    """Check a password; without a hash, take as long and say no.

    The time must not tell whether an account exists.
    """
    try:
        matches = _hasher().verify(password_hash or _hash_of_nobody(), password)
    except (VerificationError, InvalidHashError):
        return False
    return matches and password_hash is not None


def needs_new_hash(password_hash: str) -> bool:
    """Say whether a hash was made with other parameters than today's."""
    return _hasher().check_needs_rehash(password_hash)

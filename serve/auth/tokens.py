"""Random secrets, and what is kept of them.

Every secret here holds 256 random bits, so a plain SHA-256 keeps it as well as a slow hash would.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import string
from dataclasses import dataclass

PREFIX_LENGTH = 8
_PREFIX_LETTERS = string.ascii_lowercase + string.digits


@dataclass(frozen=True, slots=True)
class KeyToken:
    """An API key taken apart: `riac_<prefix>_<secret>`."""

    prefix: str
    secret: str

    def __str__(self) -> str:
        return f"riac_{self.prefix}_{self.secret}"

    def __repr__(self) -> str:
        return f"KeyToken(riac_{self.prefix}_…)"


def new_key_token() -> KeyToken:
    """Make a new API key."""
    prefix = "".join(secrets.choice(_PREFIX_LETTERS) for _ in range(PREFIX_LENGTH))
    return KeyToken(prefix=prefix, secret=secrets.token_urlsafe(32))


def parse_key_token(text: str) -> KeyToken | None:
    """Take an API key apart; None when it is not of that form."""
    brand, _, rest = text.partition("_")
    prefix, _, secret = rest.partition("_")
    if brand != "riac" or len(prefix) != PREFIX_LENGTH or not secret:
        return None
    if not all(letter in _PREFIX_LETTERS for letter in prefix):
        return None
    return KeyToken(prefix=prefix, secret=secret)


def new_session_token() -> str:
    """Make the value of a session cookie."""
    return secrets.token_urlsafe(32)


def csrf_token(session_token: str) -> str:
    """Derive the token a page must send back with every change.

    Keyed by the cookie's value, which no script can read, so there is nothing to store.
    """
    return hmac.new(session_token.encode(), b"riac csrf token", hashlib.sha256).hexdigest()


def digest(secret: str) -> bytes:
    """Return what the database keeps of a secret."""
    return hashlib.sha256(secret.encode()).digest()


def same(left: bytes | str, right: bytes | str) -> bool:
    """Compare in constant time."""
    left_bytes = left.encode() if isinstance(left, str) else left
    right_bytes = right.encode() if isinstance(right, str) else right
    return hmac.compare_digest(left_bytes, right_bytes)

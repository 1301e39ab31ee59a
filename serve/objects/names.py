"""Names of stored objects: the key, and the digest of what is stored under it."""

from __future__ import annotations

import hashlib
import re

from riac.errors import StorageError

MAX_KEY_LENGTH = 150
"""With its digest, and every letter escaped once, still a file name of 255 bytes."""

_KEY = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]*(/[A-Za-z0-9_][A-Za-z0-9._-]*)*")
_NAME = re.compile(r"(?P<key>.+)\.sha256-(?P<digest>[0-9a-f]{64})")


def check_key(key: str) -> None:
    """Refuse keys that not every store can hold.

    Raises:
        StorageError: too long, or other than names of letters, digits, `. _ -`, joined by `/`.
    """
    if len(key) > MAX_KEY_LENGTH or not _KEY.fullmatch(key):
        raise StorageError(f"not a key of an object: {key[: MAX_KEY_LENGTH + 1]!r}")


def sha256_of(content: bytes) -> str:
    """Return the digest, hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def stored_name(key: str, digest: str) -> str:
    """Join key and digest."""
    return f"{key}.sha256-{digest}"


def parse_name(name: str) -> tuple[str, str] | None:
    """Take a stored name apart into key and digest; None when it is not one."""
    match = _NAME.fullmatch(name)
    return (match["key"], match["digest"]) if match else None


def the_one_digest(key: str, names: list[str]) -> str | None:
    """Return the digest of what is stored under a key, of all names that begin like it.

    Raises:
        StorageError: the key is there with different contents.
    """
    parsed = (parse_name(name) for name in names)
    digests = sorted({found[1] for found in parsed if found is not None and found[0] == key})
    if len(digests) > 1:
        raise StorageError(f"{key} is stored with {len(digests)} different contents")
    return digests[0] if digests else None


def check_content(key: str, content: bytes, digest: str) -> bytes:
    """Return the content if it has this digest.

    Raises:
        StorageError: it does not.
    """
    actual = sha256_of(content)
    if actual != digest:
        raise StorageError(f"{key} is damaged: expected SHA-256 {digest}, got {actual}")
    return content


def refuse_other(key: str, *, stored: str, offered: str) -> None:
    """Refuse to put other bytes under a key in use.

    Raises:
        StorageError: they differ.
    """
    if stored != offered:
        raise StorageError(f"{key} is stored already with other bytes (SHA-256 {stored})")

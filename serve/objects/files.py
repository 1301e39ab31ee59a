"""Objects as files in a folder."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from riac.errors import NotFoundError, StorageError
from serve.objects.names import (
    check_content,
    check_key,
    parse_name,
    refuse_other,
    sha256_of,
    stored_name,
    the_one_digest,
)

# A key's slash inside a file name; not a letter of keys, and no trouble to any file system.
_SLASH = "+"
_INCOMING = "incoming"


class FileObjects:
    """Keeps each object in a file of its own, in 65,536 folders by the digest of the key.

    A file appears whole or not at all, and is on the disk before `put` returns.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        try:
            (root / _INCOMING).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StorageError(f"cannot keep objects in {root}: {error}") from error

    def put(self, key: str, content: bytes) -> None:
        """Store durably. Raises StorageError."""
        check_key(key)
        digest = sha256_of(content)
        stored = self._digest(key)
        if stored is not None:
            refuse_other(key, stored=stored, offered=digest)
            return
        folder = self._folder(key)
        try:
            self._make_folder(folder)
            _write_durably(
                folder / stored_name(key.replace("/", _SLASH), digest),
                content,
                incoming=self._root / _INCOMING,
            )
        except OSError as error:
            raise StorageError(f"cannot store {key}: {error}") from error

    def get(self, key: str) -> bytes:
        """Return the bytes. Raises NotFoundError, StorageError."""
        check_key(key)
        digest = self._digest(key)
        if digest is None:
            raise NotFoundError(f"no object {key}")
        path = self._folder(key) / stored_name(key.replace("/", _SLASH), digest)
        try:
            content = path.read_bytes()
        except OSError as error:
            raise StorageError(f"cannot read {key}: {error}") from error
        return check_content(key, content, digest)

    def exists(self, key: str) -> bool:
        """Say whether the key is stored."""
        check_key(key)
        return self._digest(key) is not None

    def keys(self, prefix: str = "") -> list[str]:
        """List keys with the prefix, sorted."""
        names = (path.name.replace(_SLASH, "/") for path in self._root.glob("??/??/*"))
        parsed = (parse_name(name) for name in names)
        return sorted({found[0] for found in parsed if found and found[0].startswith(prefix)})

    def _folder(self, key: str) -> Path:
        spread = hashlib.sha256(key.encode()).hexdigest()
        return self._root / spread[:2] / spread[2:4]

    def _digest(self, key: str) -> str | None:
        try:
            names = [path.name.replace(_SLASH, "/") for path in self._folder(key).iterdir()]
        except FileNotFoundError:
            return None
        except OSError as error:
            raise StorageError(f"cannot look for {key}: {error}") from error
        return the_one_digest(key, names)

    def _make_folder(self, folder: Path) -> None:
        if folder.is_dir():
            return
        folder.mkdir(parents=True, exist_ok=True)
        _sync_folder(folder.parent)
        _sync_folder(self._root)


def _write_durably(path: Path, content: bytes, *, incoming: Path) -> None:
    """Write beside, bring to the disk, then rename: after a power cut a file is whole or absent."""
    handle, temporary = tempfile.mkstemp(dir=incoming)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

"""The catalogue: which standard images are admitted, with their original bytes."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path

from image_library.entry import Entry, read_entries, write_entries
from riac.errors import LibraryError


class Catalogue:
    """A plain folder: `entries.jsonl`, and `originals/<sha256>` as received."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def entries(self) -> tuple[Entry, ...]:
        """List the admitted entries, in the order of admission.

        Raises:
            LibraryError: the list is damaged.
        """
        path = self._folder / "entries.jsonl"
        if not path.is_file():
            return ()
        return read_entries(path.read_bytes(), source=str(path))

    def admit(self, entries: Iterable[Entry]) -> None:
        """Add entries to the list; those already in it stay as they are.

        The list is replaced in one step: after a cut it is the old or the new one.
        """
        listed = {entry.entry_id: entry for entry in self.entries()}
        for entry in entries:
            listed.setdefault(entry.entry_id, entry)
        write_atomically(self._folder / "entries.jsonl", write_entries(listed.values()))

    def keep(self, original: bytes) -> str:
        """Keep the original bytes of a picture and return their SHA-256."""
        sha256 = hashlib.sha256(original).hexdigest()
        path = self._original(sha256)
        if not path.is_file():
            write_atomically(path, original)
        return sha256

    def original(self, sha256: str) -> bytes:
        """Return the original bytes of a picture.

        Raises:
            LibraryError: they are missing or were altered.
        """
        path = self._original(sha256)
        try:
            content = path.read_bytes()
        except OSError as error:
            raise LibraryError(f"{path}: {error}") from error
        if hashlib.sha256(content).hexdigest() != sha256:
            raise LibraryError(f"{path}: the original was altered")
        return content

    def _original(self, sha256: str) -> Path:
        return self._folder / "originals" / sha256


def write_atomically(path: Path, content: bytes) -> None:
    """Write a file so that a reader sees all of it or none."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.{os.getpid()}")
    with partial.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    partial.replace(path)

"""Entries of the library of standard images. No vectors and no files."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

import numpy as np
from numpy.typing import NDArray

from riac.errors import LibraryError
from riac.ports import Vectors


@dataclass(frozen=True, slots=True)
class Entry:
    """An admitted standard image."""

    entry_id: str
    """Of the picture and its code: the same picture under the same code is the same entry."""
    hs_code: str
    """Digits only; empty for a reference of an empty container."""
    sha256: str
    """Digest of the original bytes."""
    name: str
    """The file's name when it was admitted; for people."""


@dataclass(frozen=True, slots=True)
class EmbeddedEntry:
    """An entry with what a snapshot keeps of its picture."""

    entry: Entry
    wholes: Vectors
    """(W, D) float32: the whole interior, as several displays show it; W at least 1. The first row
    has unit length, those of displays less like its own are shorter."""
    slabs: Vectors
    """(S, D) float32: its full-height slabs, as these displays show them, as long as theirs."""
    thumbnail: NDArray[np.uint8]
    """(rows, columns) uint8: transmission x 255, for people to look at."""


def entry_id(*, sha256: str, hs_code: str) -> str:
    """Return the identifier of a picture (by its digest) under a code."""
    return hashlib.sha256(f"{sha256}:{hs_code}".encode()).hexdigest()[:20]


def write_entries(entries: Iterable[Entry]) -> bytes:
    """Write entries as JSON Lines, keys sorted: equal entries give equal bytes."""
    lines = [json.dumps(asdict(entry), sort_keys=True, ensure_ascii=False) for entry in entries]
    return "".join(line + "\n" for line in lines).encode()


def read_entries(content: bytes, *, source: str) -> tuple[Entry, ...]:
    """Read entries from JSON Lines.

    Raises:
        LibraryError: a line is no entry.
    """
    entries = []
    for number, line in enumerate(content.splitlines(), start=1):
        try:
            entries.append(Entry(**json.loads(line)))
        except (ValueError, TypeError) as error:
            raise LibraryError(f"{source}, line {number}: expected an entry: {error}") from error
    return tuple(entries)


def count_by_code(entries: Sequence[Entry]) -> dict[str, int]:
    """Count entries by code, sorted by code."""
    return dict(sorted(Counter(entry.hs_code for entry in entries).items()))

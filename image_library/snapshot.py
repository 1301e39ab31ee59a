"""Immutable snapshots of the library: a folder whose every file is named by its digest.

    manifest.json    embedder, counts, and the SHA-256 of every other file
    entries.jsonl    one entry a line, in the order of the index
    index.faiss      whole interiors, as several displays show them, entry by entry
    slabs.faiss      their full-height slabs, entry by entry
    thumbnails/      <entry_id>.png, 8 bit

The digest of a snapshot is that of its manifest; the same entries give the same digest.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, ValidationError

from image_library.entry import EmbeddedEntry, Entry, count_by_code, read_entries, write_entries
from image_library.index import VectorIndex
from riac.errors import LibraryError, NotFoundError
from riac.ports import Embedder, Neighbour, Vectors

FORMAT: Literal["riac-snapshot-2"] = "riac-snapshot-2"
MANIFEST, ENTRIES, INDEX, SLABS = "manifest.json", "entries.jsonl", "index.faiss", "slabs.faiss"
THUMBNAILS = "thumbnails"
_LOADED = frozenset({ENTRIES, INDEX, SLABS})


class _EmbedderPart(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: str
    digest: str
    dimension: int


class _Manifest(BaseModel):
    model_config = ConfigDict(extra="forbid")

    format: Literal["riac-snapshot-2"]
    embedder: _EmbedderPart
    codes: dict[str, int]
    whole_counts: list[int]
    slab_counts: list[int]
    files: dict[str, str]


@dataclass(frozen=True, slots=True)
class _OwnedIndex:
    """An index in which every entry owns a run of one row or more."""

    index: VectorIndex
    counts: NDArray[np.intp]
    """(entries,): rows of each."""

    @property
    def owners(self) -> NDArray[np.intp]:
        return np.repeat(np.arange(len(self.counts)), self.counts)

    @property
    def starts(self) -> NDArray[np.intp]:
        return np.asarray(np.cumsum(self.counts) - self.counts, np.intp)


class Snapshot:
    """An opened, verified snapshot; implements `riac.ports.StandardImages`."""

    def __init__(
        self,
        folder: Path,
        *,
        digest: str,
        manifest: _Manifest,
        entries: tuple[Entry, ...],
        wholes: VectorIndex,
        slabs: VectorIndex,
    ) -> None:
        self._folder = folder
        self._digest = digest
        self._manifest = manifest
        self._entries = entries
        self._wholes = _OwnedIndex(wholes, np.array(manifest.whole_counts))
        self._slabs = _OwnedIndex(slabs, np.array(manifest.slab_counts))
        _, self._code_numbers = np.unique([e.hs_code for e in entries], return_inverse=True)

    @property
    def digest(self) -> str:
        """SHA-256 of the manifest."""
        return self._digest

    @property
    def embedder_name(self) -> str:
        """Name and version of the embedder the vectors were made with."""
        return self._manifest.embedder.name

    @property
    def embedder_digest(self) -> str:
        """Digest of that embedder."""
        return self._manifest.embedder.digest

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All entries, in the order of the index."""
        return self._entries

    @property
    def codes(self) -> dict[str, int]:
        """Entries by code; "" = empty containers."""
        return dict(self._manifest.codes)

    def references(self, hs_code: str) -> int:
        """Count the entries whose code starts with these digits ("" = empty containers)."""
        codes = self._manifest.codes
        if not hs_code:
            return codes.get("", 0)
        return sum(count for code, count in codes.items() if code.startswith(hs_code))

    def search(
        self,
        vectors: Vectors,
        *,
        limit: int,
        slabs: bool = False,
        per_code: int | None = None,
    ) -> list[list[Neighbour]]:
        """Find the nearest entries of each vector, best first; each entry at most once.

        Raises:
            LibraryError: the vectors have another length than the library's.
        """
        owned = self._slabs if slabs else self._wholes
        if per_code is not None:
            rows = owned.index.similarities(vectors)
            likeness = np.maximum.reduceat(rows, owned.starts, axis=1)
            return [self._best_of_codes(each, per_code=per_code, limit=limit) for each in likeness]
        # An entry may fill the first places with its own rows.
        similarities, found = owned.index.search(vectors, limit=limit * int(owned.counts.max()))
        owners = owned.owners
        return [
            self._neighbours(likeness, owners[rows], limit=limit)
            for likeness, rows in zip(similarities, found, strict=True)
        ]

    def thumbnail(self, entry_id: str) -> bytes:
        """Return the PNG of an entry.

        Raises:
            NotFoundError: no entry has this identifier.
            LibraryError: the file is gone or was altered since the snapshot was opened.
        """
        name = f"{THUMBNAILS}/{entry_id}.png"
        if name not in self._manifest.files:
            raise NotFoundError(f"no standard image {entry_id!r} in snapshot {self._digest[:12]}")
        return _verified(self._folder, name, self._manifest.files[name])

    def embedded(self) -> tuple[EmbeddedEntry, ...]:
        """Return every entry with its vectors and thumbnail, to build the next snapshot from."""
        wholes, slabs = (
            np.split(owned.index.vectors(), owned.starts[1:])
            for owned in (self._wholes, self._slabs)
        )
        return tuple(
            EmbeddedEntry(
                entry=entry,
                wholes=wholes[number],
                slabs=slabs[number],
                thumbnail=decode_png(self.thumbnail(entry.entry_id)),
            )
            for number, entry in enumerate(self._entries)
        )

    def _best_of_codes(self, likeness: Vectors, *, per_code: int, limit: int) -> list[Neighbour]:
        by_code = np.lexsort((-likeness, self._code_numbers))
        numbers = self._code_numbers[by_code]
        place = np.arange(len(numbers)) - np.searchsorted(numbers, numbers, side="left")
        kept = by_code[place < per_code]
        kept = kept[np.argsort(-likeness[kept], kind="stable")][:limit]
        return self._neighbours(likeness[kept], kept, limit=limit)

    def _neighbours(
        self, similarities: Vectors, owners: NDArray[np.intp], *, limit: int
    ) -> list[Neighbour]:
        found: dict[int, Neighbour] = {}
        for similarity, owner in zip(similarities.tolist(), owners.tolist(), strict=True):
            if len(found) == limit:
                break
            if owner not in found:
                entry = self._entries[owner]
                found[owner] = Neighbour(entry.entry_id, entry.hs_code, similarity)
        return list(found.values())


def write_snapshot(folder: Path, entries: Sequence[EmbeddedEntry], *, embedder: Embedder) -> str:
    """Write a snapshot into a new folder and return its digest.

    Entries are put in the order of their identifiers, so that the order of admission does not
    change the digest.

    Raises:
        LibraryError: there is nothing to write.
    """
    if not entries:
        raise LibraryError("expected at least one standard image, got none")
    ordered = sorted(entries, key=lambda each: each.entry.entry_id)
    files = {
        ENTRIES: write_entries(each.entry for each in ordered),
        INDEX: VectorIndex.of(np.concatenate([each.wholes for each in ordered])).to_bytes(),
        SLABS: VectorIndex.of(np.concatenate([each.slabs for each in ordered])).to_bytes(),
    }
    for each in ordered:
        files[f"{THUMBNAILS}/{each.entry.entry_id}.png"] = _encode_png(each)
    manifest = _Manifest(
        format=FORMAT,
        embedder=_EmbedderPart(
            name=embedder.name, digest=embedder.digest, dimension=embedder.dimension
        ),
        codes=count_by_code([each.entry for each in ordered]),
        whole_counts=[len(each.wholes) for each in ordered],
        slab_counts=[len(each.slabs) for each in ordered],
        files={name: hashlib.sha256(content).hexdigest() for name, content in files.items()},
    )
    (folder / THUMBNAILS).mkdir(parents=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    stated = json.dumps(manifest.model_dump(), sort_keys=True, indent=1).encode()
    (folder / MANIFEST).write_bytes(stated)
    return hashlib.sha256(stated).hexdigest()


def open_snapshot(folder: Path) -> Snapshot:
    """Open a snapshot and verify every file of it.

    Raises:
        LibraryError: a file is missing, altered or not what the manifest says.
    """
    try:
        stated = (folder / MANIFEST).read_bytes()
        manifest = _Manifest.model_validate_json(stated)
    except (OSError, ValidationError) as error:
        raise LibraryError(f"{folder}: not a snapshot of standard images: {error}") from error
    # Thumbnails are verified too, but not kept: there may be tens of thousands.
    content = {}
    for name, sha256 in manifest.files.items():
        read = _verified(folder, name, sha256)
        if name in _LOADED:
            content[name] = read
    missing = _LOADED - set(content)
    if missing:
        raise LibraryError(f"{folder}: the manifest does not list {sorted(missing)}")
    entries = read_entries(content[ENTRIES], source=str(folder / ENTRIES))
    wholes = VectorIndex.from_bytes(content[INDEX], source=str(folder / INDEX))
    slabs = VectorIndex.from_bytes(content[SLABS], source=str(folder / SLABS))
    for index, counts in ((wholes, manifest.whole_counts), (slabs, manifest.slab_counts)):
        if len(counts) != len(entries) or sum(counts) != index.count or min(counts) < 1:
            raise LibraryError(f"{folder}: vectors do not agree with {len(entries)} entries")
    if manifest.codes != count_by_code(entries):
        raise LibraryError(f"{folder}: the manifest does not agree with the entries")
    return Snapshot(
        folder,
        digest=hashlib.sha256(stated).hexdigest(),
        manifest=manifest,
        entries=entries,
        wholes=wholes,
        slabs=slabs,
    )


def open_library(folder: Path) -> Snapshot:
    """Open a snapshot folder, or the snapshot a library folder has in use.

    Raises:
        LibraryError: there is none, or it is damaged.
    """
    pointer = folder / "current"
    if (folder / MANIFEST).is_file() or not pointer.is_file():
        return open_snapshot(folder)
    name = pointer.read_text(encoding="ascii").strip()
    if not name.isalnum():
        raise LibraryError(f"{pointer}: expected the name of a snapshot, got {name!r}")
    return open_snapshot(folder / "snapshots" / name)


def _verified(folder: Path, name: str, sha256: str) -> bytes:
    path = folder / name
    if not path.resolve().is_relative_to(folder.resolve()):
        raise LibraryError(f"{folder}: the manifest lists {name!r}, outside the snapshot")
    try:
        content = path.read_bytes()
    except OSError as error:
        raise LibraryError(f"{path}: {error}") from error
    found = hashlib.sha256(content).hexdigest()
    if found != sha256:
        raise LibraryError(f"{path}: expected SHA-256 {sha256}, got {found}: altered")
    return content


def _encode_png(each: EmbeddedEntry) -> bytes:
    done, content = cv2.imencode(".png", each.thumbnail)
    assert done, "an 8-bit picture always has a PNG"
    return bytes(content.tobytes())


def decode_png(content: bytes) -> NDArray[np.uint8]:
    """Decode a thumbnail: (rows, columns) uint8."""
    decoded = cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_GRAYSCALE)
    return np.asarray(decoded, np.uint8)

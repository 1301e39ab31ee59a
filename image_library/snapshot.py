"""Immutable snapshots of the library: a folder whose every file is named by its digest.

    manifest.json    embedder, counts, and the SHA-256 of every other file
    entries.jsonl    one entry a line, in the order of the index
    index.faiss      one vector for each entry: its whole interior
    slabs.faiss      the vectors of all full-height slabs, entry by entry
    thumbnails/      <entry_id>.png, 8 bit

The digest of a snapshot is that of its manifest; the same entries give the same digest.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
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

FORMAT: Literal["riac-snapshot-1"] = "riac-snapshot-1"
MANIFEST, ENTRIES, INDEX, SLABS = "manifest.json", "entries.jsonl", "index.faiss", "slabs.faiss"
THUMBNAILS = "thumbnails"


class _EmbedderPart(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: str
    digest: str
    dimension: int


class _Manifest(BaseModel):
    model_config = ConfigDict(extra="forbid")

    format: Literal["riac-snapshot-1"]
    embedder: _EmbedderPart
    codes: dict[str, int]
    slab_counts: list[int]
    files: dict[str, str]


class Snapshot:
    """An opened, verified snapshot; implements `riac.ports.StandardImages`."""

    def __init__(
        self,
        folder: Path,
        *,
        digest: str,
        manifest: _Manifest,
        entries: tuple[Entry, ...],
        index: VectorIndex,
        slab_index: VectorIndex,
    ) -> None:
        self._folder = folder
        self._digest = digest
        self._manifest = manifest
        self._entries = entries
        self._index = index
        self._slab_index = slab_index
        self._slab_owner = np.repeat(np.arange(len(entries)), manifest.slab_counts)
        self._slab_starts = np.cumsum([0, *manifest.slab_counts[:-1]])
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
        if per_code is not None:
            likeness = self._likeness(vectors, slabs=slabs)
            return [self._best_of_codes(row, per_code=per_code, limit=limit) for row in likeness]
        index = self._slab_index if slabs else self._index
        # An entry may fill the first places with its own slabs.
        most = max(self._manifest.slab_counts) if slabs else 1
        similarities, rows = index.search(vectors, limit=limit * most)
        owners = self._slab_owner[rows] if slabs else rows
        return [
            self._neighbours(likeness, owner, limit=limit)
            for likeness, owner in zip(similarities, owners, strict=True)
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
        whole, slabs = self._index.vectors(), self._slab_index.vectors()
        return tuple(
            EmbeddedEntry(
                entry=entry,
                vector=whole[number],
                slabs=slabs[self._slab_owner == number],
                thumbnail=decode_png(self.thumbnail(entry.entry_id)),
            )
            for number, entry in enumerate(self._entries)
        )

    def _likeness(self, vectors: Vectors, *, slabs: bool) -> Vectors:
        """Return the similarity of each vector to each entry: (Q, entries) float32."""
        if not slabs:
            return self._index.similarities(vectors)
        similarities = self._slab_index.similarities(vectors)
        return np.maximum.reduceat(similarities, self._slab_starts, axis=1)

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
        INDEX: VectorIndex.of(np.stack([each.vector for each in ordered])).to_bytes(),
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
    content = {name: _verified(folder, name, sha) for name, sha in manifest.files.items()}
    missing = {ENTRIES, INDEX, SLABS} - set(content)
    if missing:
        raise LibraryError(f"{folder}: the manifest does not list {sorted(missing)}")
    entries = read_entries(content[ENTRIES], source=str(folder / ENTRIES))
    index = VectorIndex.from_bytes(content[INDEX], source=str(folder / INDEX))
    slab_index = VectorIndex.from_bytes(content[SLABS], source=str(folder / SLABS))
    counts = (index.count, len(manifest.slab_counts), slab_index.count)
    if counts != (len(entries), len(entries), sum(manifest.slab_counts)):
        raise LibraryError(f"{folder}: {len(entries)} entries, but vectors for {counts}")
    if manifest.codes != count_by_code(entries) or min(manifest.slab_counts, default=0) < 1:
        raise LibraryError(f"{folder}: the manifest does not agree with the entries")
    return Snapshot(
        folder,
        digest=hashlib.sha256(stated).hexdigest(),
        manifest=manifest,
        entries=entries,
        index=index,
        slab_index=slab_index,
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

"""How long one scan is checked against a large library, beside reading and preparing it.

The library's vectors are those of a few simulated loads, each moved by chance: a search takes as
long for these as for real ones.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from image_library import EmbeddedEntry, Entry, Snapshot, open_snapshot, write_snapshot
from models import load_embedder
from riac.check import check
from riac.formats import read_scan
from riac.imaging import prepare
from riac.interior import DISPLAY_TONES, interior_of, slabs
from riac.ports import Embedder, Vectors
from training.evaluate.timing import Timing, repeated
from training.simulator.references import references

TILES = 100_000
CHECK_TARGET_S = 0.3
HEADINGS = ("0202", "0805", "4011", "5201", "7204", "8703")
SPREAD = 0.3
"""Length of what is added to a unit vector by chance."""
SEED = 3


def time_check(*, repeats: int, tiles: int = TILES) -> Iterator[Timing]:
    """Time the check of one scan against a library of so many tiles."""
    embedder = load_embedder()
    pictures = {
        each.hs_code: each.picture for each in references(each=1, headings=HEADINGS) if each.hs_code
    }
    with tempfile.TemporaryDirectory(prefix="riac-bench-") as folder:
        library = _library(Path(folder) / "snapshot", pictures, embedder=embedder, tiles=tiles)
    asked = pictures[HEADINGS[0]]
    prepared = prepare(read_scan(asked))

    def one() -> None:
        check(prepared, declared=[HEADINGS[0]], embedder=embedder, library=library)

    note = f"{len(library.entries):,} standard images of {len(HEADINGS)} headings"
    yield Timing(
        f"check of one scan against a library of {tiles:,} tiles",
        repeated(one, repeats=repeats),
        at_most=CHECK_TARGET_S,
        note=note,
    )


def _library(
    folder: Path, pictures: dict[str, bytes], *, embedder: Embedder, tiles: int
) -> Snapshot:
    generator = np.random.default_rng(SEED)
    kinds = []
    for code, picture in pictures.items():
        interior = interior_of(prepare(read_scan(picture))).transmission
        kinds.append((code, embedder.embed(interior, slabs=slabs(interior.shape))))
    entries: list[EmbeddedEntry] = []
    made = 0
    while made < tiles:
        code, vectors = kinds[len(entries) % len(kinds)]
        several = np.repeat(vectors, len(DISPLAY_TONES), axis=0)
        moved = _moved(several, generator)
        sha256 = hashlib.sha256(len(entries).to_bytes(8, "big")).hexdigest()
        entry = Entry(sha256[:20], code, sha256, f"{len(entries)}.jpg")
        wholes, parts = moved[: len(DISPLAY_TONES)], moved[len(DISPLAY_TONES) :]
        entries.append(EmbeddedEntry(entry, wholes, parts, np.zeros((4, 4), np.uint8)))
        made += len(parts)
    write_snapshot(folder, entries, embedder=embedder)
    return open_snapshot(folder)


def _moved(vectors: Vectors, generator: np.random.Generator) -> Vectors:
    step = generator.standard_normal(vectors.shape, np.float32)
    step *= SPREAD / np.linalg.norm(step, axis=1, keepdims=True)
    moved = vectors + step
    return np.asarray(moved / np.linalg.norm(moved, axis=1, keepdims=True), np.float32)

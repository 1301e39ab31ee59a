"""Building a library folder from a list of references, and adding to it.

catalogue/   what is admitted, with the original bytes
snapshots/   immutable snapshots, one folder each
current      the name of the snapshot in use
"""

from __future__ import annotations

import csv
import hashlib
import shutil
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from image_library.catalogue import Catalogue, write_atomically
from image_library.entry import EmbeddedEntry, Entry, entry_id
from image_library.snapshot import Snapshot, open_library, open_snapshot, write_snapshot
from riac.errors import InvalidDeclarationError, LibraryError, ScanUnreadableError
from riac.formats import read_scan
from riac.imaging import prepare
from riac.imaging.frame import PreparedScan
from riac.interior import DISPLAY_TONES, displayed, interior_of, slabs
from riac.ports import Embedder, Vectors
from riac.scan import Picture
from riac.tariff import normalise_hs_code

THUMBNAIL_ROWS = 160
OTHER_DISPLAY = 0.95
"""Of a likeness is left for each step of `DISPLAY_TONES`: most displays are alike, and what must be
redrawn to be like something is less so. Without (1.0) every picture has three chances to be taken
for goods it is not: 0.92 for 0.94 of the real crops find their heading among all others, 0.745
for 0.765 of simulated ones of headings no network saw; with the drawn display alone, crops three
times as dark as their standard images find it in 0.64 for 0.71."""


class BuildProgress:
    """What building reports to; the default says nothing."""

    def begin(self, *, total: int) -> None:
        """Start, with so many pictures to read."""

    def advance(self) -> None:
        """Count one picture."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A picture of known goods to be admitted."""

    path: Path
    hs_code: str
    """Digits only; empty for an empty container."""
    row: str = ""
    """Where it is listed, for messages."""


def read_references(path: Path) -> tuple[Reference, ...]:
    """Read a CSV with the columns `path,hs_code`; paths are relative to it.

    Raises:
        LibraryError: the file or a column is missing, or a code is not in the tariff.
    """
    try:
        with path.open(newline="", encoding="utf-8-sig") as stream:
            reader = csv.DictReader(stream)
            missing = {"path", "hs_code"} - set(reader.fieldnames or ())
            if missing:
                raise LibraryError(f"{path}: expected the columns path,hs_code; no {missing}")
            return tuple(
                _reference(row, path=path, line=reader.line_num) for row in reader if any(row)
            )
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise LibraryError(f"{path}: {error}") from error


def build_library(
    folder: Path,
    references: Sequence[Reference],
    *,
    embedder: Embedder,
    progress: BuildProgress | None = None,
) -> Snapshot:
    """Make a new library folder. It appears whole or not at all.

    Raises:
        LibraryError: the folder is not empty, there are no references, or one is unusable.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise LibraryError(f"{folder} is there already; add to it, or name a new folder")
    folder.parent.mkdir(parents=True, exist_ok=True)
    staging = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    try:
        add_references(staging, references, embedder=embedder, progress=progress)
        staging.chmod(0o755)
        staging.replace(folder)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return open_library(folder)


def add_references(
    folder: Path,
    references: Sequence[Reference],
    *,
    embedder: Embedder,
    progress: BuildProgress | None = None,
) -> Snapshot:
    """Admit references and put a new snapshot in use; all of them, or none.

    Entries embedded before by the same embedder are taken over; by another, they are embedded
    again from their originals.

    Raises:
        LibraryError: there are no references, or one is unusable (its row is named).
    """
    if not references:
        raise LibraryError("expected at least one reference, got none")
    return _admit(folder, references, embedder=embedder, progress=progress or BuildProgress())


def renew_library(
    folder: Path, *, embedder: Embedder, progress: BuildProgress | None = None
) -> Snapshot:
    """Embed all that is admitted by this embedder, and put a new snapshot in use.

    Nothing is embedded again that this embedder embedded before.

    Raises:
        LibraryError: nothing is admitted, or an original cannot be used any more.
    """
    if not Catalogue(folder / "catalogue").entries():
        raise LibraryError(f"{folder}: expected a library with standard images, found none")
    return _admit(folder, (), embedder=embedder, progress=progress or BuildProgress())


def _admit(
    folder: Path,
    references: Sequence[Reference],
    *,
    embedder: Embedder,
    progress: BuildProgress,
) -> Snapshot:
    catalogue = Catalogue(folder / "catalogue")
    admitted = catalogue.entries()
    earlier = _earlier(folder, embedder=embedder) if admitted else {}
    progress.begin(total=len(references) + sum(e.entry_id not in earlier for e in admitted))
    embedded = dict(earlier)
    for entry in admitted:
        if entry.entry_id not in embedded:
            original = catalogue.original(entry.sha256)
            embedded[entry.entry_id] = _embed(original, entry, embedder=embedder)
            progress.advance()
    # Nothing is stored before every reference has proved usable.
    for reference in references:
        original = _read(reference)
        entry = _entry(reference, original)
        if entry.entry_id not in embedded:
            embedded[entry.entry_id] = _embed(
                original, entry, embedder=embedder, where=reference.row
            )
        progress.advance()
    for reference in references:
        catalogue.keep(_read(reference))
    snapshot = _store_snapshot(folder, embedded.values(), embedder=embedder)
    catalogue.admit(each.entry for each in embedded.values())
    write_atomically(folder / "current", snapshot.name.encode("ascii"))
    return open_snapshot(snapshot)


def _reference(row: dict[str, str | None], *, path: Path, line: int) -> Reference:
    where = f"{path.name}, line {line}"
    picture, code = (row["path"] or "").strip(), (row["hs_code"] or "").strip()
    if not picture:
        raise LibraryError(f"{where}: expected a path, got none")
    try:
        hs_code = normalise_hs_code(code) if code else ""
    except InvalidDeclarationError as error:
        raise LibraryError(f"{where}: {error}") from error
    return Reference(path.parent / picture, hs_code, row=where)


def _read(reference: Reference) -> bytes:
    try:
        return reference.path.read_bytes()
    except OSError as error:
        raise LibraryError(f"{reference.row or reference.path}: {error}") from error


def _entry(reference: Reference, original: bytes) -> Entry:
    sha256 = hashlib.sha256(original).hexdigest()
    identifier = entry_id(sha256=sha256, hs_code=reference.hs_code)
    return Entry(identifier, reference.hs_code, sha256, reference.path.name)


def _embed(original: bytes, entry: Entry, *, embedder: Embedder, where: str = "") -> EmbeddedEntry:
    where = f"{where}, {entry.name}" if where else f"entry {entry.entry_id} ({entry.name})"
    try:
        prepared = prepare(read_scan(original, name=entry.name))
    except ScanUnreadableError as error:
        raise LibraryError(f"{where}: {error}") from error
    _refuse_unusable(prepared, where=where)
    interior = interior_of(prepared).transmission
    # The next scan of such goods may come from another display: each of them is remembered, and
    # counts the less the further it is from how they were shown.
    shown = (displayed(interior, tone=tone) for tone in DISPLAY_TONES)
    vectors = [
        embedder.embed(each, slabs=slabs(each.shape)) * np.float32(OTHER_DISPLAY**number)
        for number, each in enumerate(shown)
    ]
    return EmbeddedEntry(
        entry,
        wholes=np.concatenate([each[:1] for each in vectors]),
        slabs=np.concatenate([each[1:] for each in vectors]),
        thumbnail=_thumbnail(prepared.rectified[0].transmission),
    )


def _refuse_unusable(prepared: PreparedScan, *, where: str) -> None:
    if not prepared.usable:
        faults = "; ".join(f"{fault.code}: {fault.detail}" for fault in prepared.faults)
        raise LibraryError(f"{where}: not usable as a standard image: {faults or 'no container'}")


def _thumbnail(transmission: Picture) -> NDArray[np.uint8]:
    rows, columns = transmission.shape
    size = (max(1, round(columns * THUMBNAIL_ROWS / rows)), THUMBNAIL_ROWS)
    small = cv2.resize(transmission, size, interpolation=cv2.INTER_AREA)
    return np.asarray(np.clip(small * 255, 0, 255).round(), np.uint8)


def _earlier(folder: Path, *, embedder: Embedder) -> dict[str, EmbeddedEntry]:
    snapshot = open_library(folder)
    if snapshot.embedder_digest != embedder.digest:
        return {}
    return {
        each.entry.entry_id: each for each in snapshot.embedded() if _counts_as_now(each.wholes)
    }


def _counts_as_now(wholes: Vectors) -> bool:
    """Say whether displays were as many, and counted as much, when these vectors were made."""
    wanted = OTHER_DISPLAY ** np.arange(len(DISPLAY_TONES))
    lengths = np.linalg.norm(wholes, axis=1)
    return lengths.shape == wanted.shape and bool(np.allclose(lengths, wanted, atol=1e-3))


def _store_snapshot(folder: Path, embedded: Iterable[EmbeddedEntry], *, embedder: Embedder) -> Path:
    home = folder / "snapshots"
    home.mkdir(parents=True, exist_ok=True)
    staging = Path(tempfile.mkdtemp(prefix=".", dir=home))
    try:
        digest = write_snapshot(staging, list(embedded), embedder=embedder)
        target = home / digest[:16]
        if not target.exists():
            staging.chmod(0o755)
            staging.replace(target)
        return target
    finally:
        shutil.rmtree(staging, ignore_errors=True)

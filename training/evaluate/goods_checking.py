"""Pictures of known goods, checked against true and false declarations; no figures."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from image_library import Reference, Snapshot, build_library
from riac.check import check
from riac.errors import LibraryError, ScanUnreadableError
from riac.finding import Check, CheckVerdict
from riac.formats import read_scan
from riac.imaging import prepare
from riac.imaging.frame import PreparedScan
from riac.interior import Slab
from riac.ports import Embedder, LogLikelihoods, Vectors
from riac.scan import Picture
from training.evaluate.figure import Progress

COLUMNS = ("file", "declared_hs4", "seen", "faulty", "reference")
THUMBNAIL_ROWS = 160


@dataclass(frozen=True, slots=True)
class GoodsPicture:
    """A row of goods.csv."""

    path: Path
    declared: str
    """Heading; empty = declared empty."""
    seen: str
    """`as_declared`, `empty`, `other_goods` or `undecided`."""
    faulty: bool
    reference: bool
    render: str = "grey"
    """`grey`, or how else the picture was drawn; `grey` where the list does not say."""


@dataclass(frozen=True, slots=True)
class CheckedPicture:
    """A picture that is no reference, and what the check said of it."""

    picture: GoodsPicture
    found: Check
    """With what was truly declared."""
    false_codes: dict[str, Check] = field(default_factory=dict)
    """With each other heading of the library declared instead; only of `as_declared` pictures."""
    thumbnail: NDArray[np.uint8] | None = None
    """(rows, columns) uint8; None for an unreadable picture."""

    @property
    def ranks(self) -> tuple[str, ...]:
        """Headings, most alike first; none where the picture was unusable or taken as empty."""
        return tuple(each.hs for each in self.found.candidates)


def read_goods(folder: Path) -> tuple[GoodsPicture, ...]:
    """Read `goods.csv` of a folder.

    Raises:
        LibraryError: the file or a column of it is missing.
    """
    path = folder / "goods.csv"
    try:
        with path.open(newline="", encoding="utf-8-sig") as stream:
            reader = csv.DictReader(stream)
            missing = set(COLUMNS) - set(reader.fieldnames or ())
            if missing:
                raise LibraryError(f"{path}: expected the columns {COLUMNS}; no {sorted(missing)}")
            return tuple(_picture(row, folder) for row in reader)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise LibraryError(f"{path}: {error}") from error


@dataclass(frozen=True, slots=True)
class Vehicle:
    """A row of scans.csv: a whole vehicle, loaded or empty."""

    path: Path
    empty: bool
    empty_score: float | None = None
    """As judged; None where the picture was unusable."""


def read_vehicles(folder: Path) -> tuple[Vehicle, ...]:
    """Read `scans.csv` of a folder; no file, no vehicles.

    Raises:
        LibraryError: a column is missing.
    """
    path = folder / "scans.csv"
    if not path.is_file():
        return ()
    with path.open(newline="", encoding="utf-8-sig") as stream:
        reader = csv.DictReader(stream)
        if not {"file", "load"} <= set(reader.fieldnames or ()):
            raise LibraryError(f"{path}: expected the columns file, load")
        return tuple(Vehicle(folder / row["file"], row["load"] == "empty") for row in reader)


def judge_vehicles(vehicles: Sequence[Vehicle], progress: Progress) -> Iterator[Vehicle]:
    """Judge whether whole vehicles are empty; the container is found by the program."""
    for vehicle in vehicles:
        try:
            prepared = prepare(read_scan(vehicle.path, name=vehicle.path.name))
            found = check(prepared, declared=[], declared_empty=True)
        except ScanUnreadableError:
            found = None
        progress.advance()
        yield replace(vehicle, empty_score=found.empty_score if found else None)


def build_from_references(
    folder: Path, pictures: Sequence[GoodsPicture], *, embedder: Embedder
) -> Snapshot:
    """Build a library of the pictures marked as references.

    Raises:
        LibraryError: there are none, or one is unusable.
    """
    references = [each for each in pictures if each.reference]
    return build_library_of(folder, references, embedder=embedder)


def build_library_of(
    folder: Path, pictures: Sequence[GoodsPicture], *, embedder: Embedder
) -> Snapshot:
    """Build a library of pictures as they are declared.

    Raises:
        LibraryError: there are none, or one is unusable.
    """
    references = [Reference(each.path, each.declared) for each in pictures]
    return build_library(folder, references, embedder=embedder)


def check_goods(
    pictures: Sequence[GoodsPicture],
    *,
    library: Snapshot,
    embedder: Embedder,
    progress: Progress,
) -> Iterator[CheckedPicture]:
    """Check every picture that is no reference, in order."""
    headings = sorted({code[:4] for code in library.codes if code})
    remembering = _RememberingEmbedder(embedder)
    for picture in pictures:
        if not picture.reference:
            yield _checked(picture, headings, library=library, embedder=remembering)
            progress.advance()


def _picture(row: dict[str, str], folder: Path) -> GoodsPicture:
    return GoodsPicture(
        path=folder / row["file"],
        declared=row["declared_hs4"],
        seen=row["seen"],
        faulty=row["faulty"] == "yes",
        reference=row["reference"] == "yes",
        render=row.get("render") or "grey",
    )


def _checked(
    picture: GoodsPicture, headings: Sequence[str], *, library: Snapshot, embedder: Embedder
) -> CheckedPicture:
    try:
        prepared = prepare(read_scan(picture.path, name=picture.path.name))
    except ScanUnreadableError as error:
        unread = Check(CheckVerdict.UNREADABLE, None, None, None, faults=error.faults)
        return CheckedPicture(picture, unread)

    def declared_as(heading: str) -> Check:
        return check(
            prepared,
            declared=[heading] if heading else [],
            declared_empty=not heading,
            embedder=embedder,
            library=library,
        )

    others = [each for each in headings if each != picture.declared]
    false = {each: declared_as(each) for each in others if picture.seen == "as_declared"}
    return CheckedPicture(picture, declared_as(picture.declared), false, _thumbnail(prepared))


def _thumbnail(prepared: PreparedScan) -> NDArray[np.uint8] | None:
    if not prepared.rectified:
        return None
    transmission = prepared.rectified[0].transmission
    rows, columns = transmission.shape
    size = (max(1, round(columns * THUMBNAIL_ROWS / rows)), THUMBNAIL_ROWS)
    small = cv2.resize(transmission, size, interpolation=cv2.INTER_AREA)
    return np.asarray(np.clip(small * 255, 0, 255).round(), np.uint8)


class _RememberingEmbedder:
    """Embeds the same pictures once: one scan is checked against many declarations."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._last: tuple[str, Vectors] | None = None

    @property
    def name(self) -> str:
        return self._embedder.name

    @property
    def digest(self) -> str:
        return self._embedder.digest

    @property
    def runs_on(self) -> str:
        return self._embedder.runs_on

    @property
    def dimension(self) -> int:
        return self._embedder.dimension

    def expect(self, vectors: Vectors) -> Mapping[str, LogLikelihoods]:
        return self._embedder.expect(vectors)

    def embed(self, interior: Picture, *, slabs: Sequence[Slab] = ()) -> Vectors:
        shown = f"{interior.shape} {slabs}".encode() + interior.tobytes()
        key = hashlib.sha256(shown).hexdigest()
        if self._last is None or self._last[0] != key:
            self._last = (key, self._embedder.embed(interior, slabs=slabs))
        return self._last[1]

"""Simulated loads of known headings: found again by a few standard images, and when misdeclared.

What `riac simulate library` wrote: `refs.csv` and its pictures. Asked of headings that no network
has seen in training, this says what adding images alone does for new goods.
"""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from image_library import Reference, Snapshot, build_library, read_references
from models import load_embedder
from riac.check import check
from riac.errors import LibraryError, ScanUnreadableError
from riac.finding import Check
from riac.formats import read_scan
from riac.imaging import prepare
from riac.ports import Embedder
from training.evaluate.figure import (
    Figure,
    Progress,
    Section,
    auroc_figure,
    macro_figure,
    mean_figure,
)

REFERENCES = 5
"""Of each heading; its other pictures ask."""
TOP_1_TARGET, MISDECLARED_TARGET = 0.80, 0.97
SEED = 20261123


@dataclass(frozen=True, slots=True)
class Asked:
    """One picture and what the check said of it."""

    reference: Reference
    honest: Check
    """With its own heading declared."""
    false: Check
    """With another heading of the library declared, drawn by chance."""

    def hit(self, *, top: int) -> float:
        """Say (1 or 0) whether its heading is among the first so many."""
        ranks = [each.hs for each in self.honest.candidates[:top]]
        return float(self.reference.hs_code[:4] in ranks)

    def best_likeness(self) -> tuple[float, float]:
        """Return that of all headings, and of all but its own; 0 without any."""
        scores = {each.hs: each.score for each in self.honest.candidates}
        every = max(scores.values(), default=0.0)
        scores.pop(self.reference.hs_code[:4], None)
        return every, max(scores.values(), default=0.0)


def measure_headings(
    folder: Path, progress: Progress, *, embedder: Embedder | None = None
) -> Section:
    """Measure on a folder that `riac simulate library` wrote.

    Args:
        folder: holds `refs.csv`.
        progress: told of each picture that asks.
        embedder: the released one by default.

    Raises:
        LibraryError: the list is not right, or a standard image is unusable.
    """
    embedder = embedder or load_embedder()
    kept, asking = _divided(read_references(folder / "refs.csv"))
    progress.begin("headings", total=len(kept) + len(asking))
    with tempfile.TemporaryDirectory() as scratch:
        library = _library(Path(scratch) / "library", kept, embedder=embedder, progress=progress)
        asked = list(_asked(asking, library=library, embedder=embedder, progress=progress))
    return Section("headings", tuple(_figures(asked)), rows=tuple(_row(each) for each in asked))


def _divided(
    references: Sequence[Reference],
) -> tuple[list[Reference], list[Reference]]:
    """Divide each heading's pictures: the first are standard images, the others ask."""
    of: dict[str, list[Reference]] = defaultdict(list)
    for each in references:
        if each.hs_code:
            of[each.hs_code[:4]].append(each)
    kept = [one for each in of.values() for one in each[:REFERENCES]]
    asking = [one for each in of.values() for one in each[REFERENCES:]]
    if len(of) < 2 or not asking:
        raise LibraryError(
            f"expected two headings or more with more than {REFERENCES} pictures each"
        )
    return kept, asking


def _library(
    folder: Path, kept: Sequence[Reference], *, embedder: Embedder, progress: Progress
) -> Snapshot:
    """Build a library of those that can be used: some simulated pictures cannot."""
    usable = []
    for each in kept:
        if _is_usable(each.path):
            usable.append(each)
        progress.advance()
    return build_library(folder, usable, embedder=embedder)


def _is_usable(path: Path) -> bool:
    try:
        return prepare(read_scan(path, name=path.name)).usable
    except ScanUnreadableError:
        return False


def _asked(
    asking: Sequence[Reference], *, library: Snapshot, embedder: Embedder, progress: Progress
) -> Iterator[Asked]:
    headings = sorted({code[:4] for code in library.codes if code})
    generator = np.random.default_rng(SEED)
    for each in asking:
        progress.advance()
        others = [heading for heading in headings if heading != each.hs_code[:4]]
        false = others[int(generator.integers(len(others)))]
        try:
            prepared = prepare(read_scan(each.path, name=each.path.name))
        except ScanUnreadableError:
            continue
        honest, wrong = (
            check(prepared, declared=[code], embedder=embedder, library=library)
            for code in (each.hs_code, false)
        )
        yield Asked(each, honest, wrong)


def _figures(asked: Sequence[Asked]) -> Iterator[Figure]:
    count = len({each.reference.hs_code[:4] for each in asked})
    note = f"{count} headings, {REFERENCES} standard images each"
    owners = [each.reference.hs_code[:4] for each in asked]
    for top, target in ((1, TOP_1_TARGET), (3, None)):
        hits = [each.hit(top=top) for each in asked]
        name = f"heading top-{top}, macro, simulated"
        yield macro_figure(name, hits, owners, target=target, note=note)
    yield auroc_figure(
        "misdeclared: AUROC against honest, simulated",
        [1 - (each.false.consistent_score or 0.0) for each in asked],
        [1 - (each.honest.consistent_score or 0.0) for each in asked],
        target=MISDECLARED_TARGET,
        note="an undeclared heading of the library, drawn by chance",
    )
    known, unknown = zip(*(each.best_likeness() for each in asked), strict=True)
    yield auroc_figure(
        "unknown goods: AUROC against known, by their best likeness",
        [-likeness for likeness in unknown],
        [-likeness for likeness in known],
        note="unknown: the same pictures, had the library nothing of their heading",
    )
    by_heading = _by_heading(asked)
    for heading, members in by_heading.items():
        yield mean_figure(f"heading {heading} top-1", [each.hit(top=1) for each in members])


def _by_heading(asked: Sequence[Asked]) -> dict[str, list[Asked]]:
    of: dict[str, list[Asked]] = defaultdict(list)
    for each in asked:
        of[each.reference.hs_code[:4]].append(each)
    return dict(sorted(of.items()))


def _row(each: Asked) -> dict[str, object]:
    return {
        "file": each.reference.path.name,
        "heading": each.reference.hs_code,
        "headings": [candidate.hs for candidate in each.honest.candidates[:5]],
        "consistent_score": each.honest.consistent_score,
        "false_score": each.false.consistent_score,
    }

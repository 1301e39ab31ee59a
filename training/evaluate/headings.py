"""Simulated loads of known headings: found again by a few standard images, and when misdeclared.

What `riac simulate library` wrote: `refs.csv` and its pictures. Asked of headings that no network
has seen in training, this says what adding images alone does for new goods. Which pictures are the
standard images is drawn many times, and all others ask: which few ways of stowing they happen to
show moves the figure by several points either way. The whole check is asked once, the first
pictures of each heading being the standard images.
"""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from image_library import (
    Reference,
    Snapshot,
    add_references,
    build_library,
    read_references,
)
from models import load_embedder
from riac.check import check
from riac.errors import LibraryError, ScanUnreadableError
from riac.finding import Check
from riac.formats import read_scan
from riac.imaging import prepare
from riac.imaging.frame import PreparedScan
from riac.ports import Embedder
from training.evaluate.figure import (
    Figure,
    Progress,
    Section,
    auroc_figure,
    macro_figure,
    mean_figure,
)
from training.evaluate.likenesses import Query, asking, draws, queries

REFERENCES = 5
"""Of each heading; its other pictures ask."""
DRAWS = 40
"""Of standard images."""
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
    listed = [each for each in read_references(folder / "refs.csv") if each.hs_code]
    first, others = _divided(listed)
    progress.begin("headings", total=2 * len(listed) + len(others))
    scans: dict[Path, PreparedScan] = {}
    for each in listed:
        if (scan := _prepared(each)) is not None:
            scans[each.path] = scan
        progress.advance()
    usable = [each for each in listed if each.path in scans and scans[each.path].usable]
    first = [each for each in first if each in usable]
    with tempfile.TemporaryDirectory() as scratch:
        # What is added later leaves the first snapshot as it is, and embeds nothing again.
        place = Path(scratch) / "library"
        of_first = build_library(place, first, embedder=embedder)
        of_all = add_references(place, usable, embedder=embedder)
        those = [
            asking(scans[each.path], name=each.path.name, heading=each.hs_code[:4])
            for each in usable
        ]
        told = []
        for query in queries(those, of_all, embedder=embedder):
            told.append(query)
            progress.advance()
        asked = list(_asked(others, scans, library=of_first, embedder=embedder, progress=progress))
    lost = [each.hs_code[:4] for each in listed if each not in usable]
    figures = (*_drawn_figures(told, lost), *_figures(asked))
    return Section("headings", figures, rows=tuple(_row(each) for each in asked))


def _prepared(reference: Reference) -> PreparedScan | None:
    """Prepare a picture, usable or not; None where it cannot be read."""
    try:
        return prepare(read_scan(reference.path, name=reference.path.name))
    except ScanUnreadableError:
        return None


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


def _asked(
    those: Sequence[Reference],
    scans: Mapping[Path, PreparedScan],
    *,
    library: Snapshot,
    embedder: Embedder,
    progress: Progress,
) -> Iterator[Asked]:
    headings = sorted({code[:4] for code in library.codes if code})
    generator = np.random.default_rng(SEED)
    for each in those:
        progress.advance()
        others = [heading for heading in headings if heading != each.hs_code[:4]]
        false = others[int(generator.integers(len(others)))]
        if each.path not in scans:
            continue
        honest, wrong = (
            check(scans[each.path], declared=[code], embedder=embedder, library=library)
            for code in (each.hs_code, false)
        )
        yield Asked(each, honest, wrong)


def _drawn_figures(told: Sequence[Query], lost: Sequence[str]) -> Iterator[Figure]:
    """Say how many pictures find their heading by a few standard images of each.

    Args:
        told: the pictures that can be used.
        lost: headings of those that cannot, which never find them.
    """
    owners = np.array([each.heading for each in told])
    every = np.ones(len(told), bool)
    generator = np.random.default_rng(SEED)
    ranks: list[list[int]] = [[] for _ in told]
    for drawn in draws(owners, every, REFERENCES, times=DRAWS, generator=generator):
        for number in np.setdiff1d(np.arange(len(told)), drawn):
            likenesses = told[number].likenesses(owners, drawn)
            own = likenesses[told[number].heading]
            ranks[number].append(sum(each > own for each in likenesses.values()))
    # Of a heading with no more pictures than are drawn none ever asks.
    asking_ones = [number for number, each in enumerate(ranks) if each]
    headings = [*owners[asking_ones].tolist(), *lost]

    def found_among(top: int) -> list[float]:
        found = [float(np.mean(np.array(ranks[number]) < top)) for number in asking_ones]
        return found + [0.0] * len(lost)

    note = f"{len(np.unique(owners))} headings, {REFERENCES} standard images each"
    for top, target in ((1, TOP_1_TARGET), (3, None)):
        yield macro_figure(
            f"heading top-{top}, macro, simulated",
            found_among(top),
            headings,
            target=target,
            note=f"{note}, drawn {DRAWS} times",
        )
    found = found_among(1)
    for heading in np.unique(headings):
        of_it = [share for share, owner in zip(found, headings, strict=True) if owner == heading]
        yield mean_figure(f"heading {heading} top-1", of_it)


def _figures(asked: Sequence[Asked]) -> Iterator[Figure]:
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


def _row(each: Asked) -> dict[str, object]:
    return {
        "file": each.reference.path.name,
        "heading": each.reference.hs_code,
        "headings": [candidate.hs for candidate in each.honest.candidates[:5]],
        "consistent_score": each.honest.consistent_score,
        "false_score": each.false.consistent_score,
    }

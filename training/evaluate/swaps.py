"""Swap search: is the right entry scan the first among all loaded ones, when scanned again?

Every loaded scan of `scans/` is an entry scan still in transit. Each is scanned again by the
re-scan model, and the exit scan asks which entry it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from models import load_detector, load_recogniser
from riac.compare.swap import SHORT_LIST, Resemblance, either_way, search_entries
from riac.errors import ScanUnreadableError
from riac.formats import read_scan
from riac.imaging import prepare
from riac.imaging.frame import PreparedScan
from riac.interior import interior_of
from riac.ports import ChangeDetector, LoadRecogniser
from training.evaluate.containers import DrawnScan, read_scans
from training.evaluate.figure import Progress, Section, mean_figure
from training.simulator.rescan import apply_rescan, display_jpeg, draw_rescan

FIRST_TARGET = 0.99
RESCANS_EACH = 2
SEED = 20261126
LOADED = "loaded"


@dataclass(frozen=True, slots=True)
class Search:
    """One exit scan and what it was taken for."""

    scan: str
    number: int
    """Of its own entry scan."""
    found: tuple[Resemblance, ...]
    """The short list in order; empty where the exit scan could not be used."""

    @property
    def first(self) -> bool:
        """Whether its own entry scan is the first."""
        return bool(self.found) and self.found[0].number == self.number

    @property
    def listed(self) -> bool:
        """Whether its own entry scan is in the short list at all."""
        return any(each.number == self.number for each in self.found)


def measure_swaps(
    folder: Path,
    progress: Progress,
    *,
    recogniser: LoadRecogniser | None = None,
    detector: ChangeDetector | None = None,
) -> Section:
    """Measure the search on `scans/` of a folder laid out as the protocol says.

    Args:
        folder: holds `scans/scans.csv`.
        progress: told of each exit scan.
        recogniser: the released one by default.
        detector: the released one by default.

    Raises:
        FileNotFoundError: the list is missing.
    """
    recogniser, detector = recogniser or load_recogniser(), detector or load_detector()
    entries = []
    for scan in read_scans(folder / "scans"):
        prepared = _prepared(scan) if scan.load == LOADED and len(scan.boxes) == 1 else None
        if prepared is not None:
            entries.append((scan, prepared))
    progress.begin("swaps", total=len(entries) * RESCANS_EACH)
    if not entries:
        return Section("swaps", ())
    vectors = np.concatenate(
        [recogniser.load(interior_of(prepared).transmission) for _, prepared in entries]
    )
    searches = []
    for number, (scan, prepared) in enumerate(entries):
        for turn in range(RESCANS_EACH):
            exit_ = _scanned_again(prepared, seed=(SEED, number, turn))
            found: tuple[Resemblance, ...] = ()
            if exit_ is not None:
                found = search_entries(
                    exit_,
                    either_way(exit_, recogniser),
                    vectors=vectors,
                    entry=lambda index: entries[index][1],
                    detector=detector,
                )
            searches.append(Search(scan.path.name, number, found))
            progress.advance()
    return _section(searches, entries)


def _section(
    searches: Sequence[Search], entries: Sequence[tuple[DrawnScan, PreparedScan]]
) -> Section:
    figures = (
        mean_figure(
            "right entry scan first",
            [float(each.first) for each in searches],
            target=FIRST_TARGET,
            note=f"among {len(entries)} loaded scans",
        ),
        mean_figure(
            f"right entry scan among the {SHORT_LIST} of the short list",
            [float(each.listed) for each in searches],
        ),
        mean_figure(
            "right entry scan first by its vector alone",
            [
                float(max(each.found, key=lambda one: one.likeness).number == each.number)
                if each.found
                else 0.0
                for each in searches
            ],
        ),
    )
    rows = tuple(
        {
            "scan": each.scan,
            "taken_for": entries[each.found[0].number][0].path.name if each.found else None,
            "listed": each.listed,
            "same_scores": [round(one.same_score, 4) for one in each.found],
        }
        for each in searches
    )
    return Section("swaps", figures, rows)


def _prepared(scan: DrawnScan) -> PreparedScan | None:
    try:
        prepared = prepare(read_scan(scan.path, name=scan.path.name))
    except ScanUnreadableError:
        return None
    return prepared if prepared.usable else None


def _scanned_again(entry: PreparedScan, *, seed: tuple[int, ...]) -> PreparedScan | None:
    generator = np.random.default_rng(seed)
    picture = entry.scan.primary.transmission
    rescan = draw_rescan(generator, columns=picture.shape[1])
    exit_ = prepare(
        read_scan(display_jpeg(apply_rescan(picture, rescan), quality=rescan.jpeg_quality))
    )
    return exit_ if exit_.usable else None

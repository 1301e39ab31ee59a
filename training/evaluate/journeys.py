"""Simulated journeys: loads at entry and exit through two scanners, some tampered with on the way.

What `riac simulate pair` wrote: `pairs.csv` and `truth/*.json`. Unlike the re-scan model these
pairs see a load from two places: another source, another energy, another trailer, goods that
settled.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from models import load_detector
from riac.compare import compare
from riac.errors import ScanUnreadableError
from riac.finding import Comparison, ComparisonVerdict
from riac.formats import read_scan
from riac.imaging import prepare
from riac.imaging.frame import PreparedScan
from riac.ports import ChangeDetector
from training.evaluate.figure import (
    Figure,
    Progress,
    Section,
    WorstCase,
    auroc_figure,
    caught_figure,
    mean_figure,
)

MATCHED_TARGET, REJECTED_TARGET = 0.995, 0.995
FALSE_SHARE = 0.01
ANOTHER_LOAD = "swap"
"""The fraud that puts another load under the same number: what must be rejected."""
NO_PICTURE = "broken_seal"
"""The fraud that shows in no picture."""
WORST_SHOWN = 8
SHOWN_COLUMNS = 640


@dataclass(frozen=True, slots=True)
class ComparedJourney:
    """One pair, its truth and what was concluded."""

    pair_id: str
    entry: Path
    exit_: Path
    frauds: tuple[str, ...]
    scanners: tuple[str, str]
    comparison: Comparison

    @property
    def honest(self) -> bool:
        """Whether nothing was done that a picture could show."""
        return not self.frauds

    @property
    def score(self) -> float:
        """0 same to 1 changed; what cannot be compared counts as changed, as it is referred."""
        same = self.comparison.same_score
        return 1.0 if same is None else 1.0 - same

    @property
    def told(self) -> bool:
        """Whether a change is reported."""
        return self.comparison.verdict is ComparisonVerdict.MISMATCH


def measure_journeys(
    folder: Path, progress: Progress, *, detector: ChangeDetector | None = None
) -> Section:
    """Compare the pairs of a folder that `riac simulate pair` wrote.

    Args:
        folder: holds `pairs.csv`, `pictures/` and `truth/`.
        progress: told of each pair.
        detector: the released one by default.

    Raises:
        FileNotFoundError: a file is missing.
    """
    detector = detector or load_detector()
    with (folder / "pairs.csv").open(newline="", encoding="utf-8-sig") as stream:
        rows = list(csv.DictReader(stream))
    progress.begin("journeys", total=len(rows))
    compared = []
    for row in rows:
        compared.append(_compared(folder, row, detector))
        progress.advance()
    honest = [one for one in compared if one.honest]
    changed = [one for one in compared if not one.honest and one.frauds != (NO_PICTURE,)]
    missed = sorted(changed, key=lambda one: one.score)[:WORST_SHOWN]
    alarms = sorted(honest, key=lambda one: -one.score)[:WORST_SHOWN]
    return Section(
        "journeys",
        tuple(_figures(honest, changed)),
        rows=tuple(_row(one) for one in compared),
        curves={"journeys": ([o.score for o in changed], [o.score for o in honest])},
        worst=tuple(_worst(one) for one in (*alarms, *missed)),
    )


def _compared(folder: Path, row: dict[str, str], detector: ChangeDetector) -> ComparedJourney:
    truth = json.loads((folder / "truth" / f"{row['pair_id']}.json").read_text(encoding="utf-8"))
    paths = (folder / row["entry"], folder / row["exit"])
    entry, exit_ = (_prepared(path) for path in paths)
    comparison = (
        Comparison(ComparisonVerdict.UNREADABLE, None, None, None, None)
        if entry is None or exit_ is None
        else compare(entry, exit_, detector=detector)
    )
    return ComparedJourney(
        pair_id=row["pair_id"],
        entry=paths[0],
        exit_=paths[1],
        frauds=tuple(each["kind"] for each in truth["frauds"]),
        scanners=(truth["entry"]["scanner"], truth["exit"]["scanner"]),
        comparison=comparison,
    )


def _prepared(path: Path) -> PreparedScan | None:
    try:
        return prepare(read_scan(path))
    except ScanUnreadableError:
        return None


def _figures(
    honest: Sequence[ComparedJourney], changed: Sequence[ComparedJourney]
) -> Iterator[Figure]:
    matched = [float(o.comparison.verdict is ComparisonVerdict.MATCH) for o in honest]
    yield mean_figure("honest journeys matched", matched, target=MATCHED_TARGET)
    for name, alike in (("one class of scanner", True), ("two classes of scanners", False)):
        chosen = [
            each
            for each, one in zip(matched, honest, strict=True)
            if (one.scanners[0] == one.scanners[1]) is alike
        ]
        yield mean_figure(f"honest journeys matched, {name}", chosen)
    swapped = [float(one.told) for one in changed if ANOTHER_LOAD in one.frauds]
    yield mean_figure("another load rejected", swapped, target=REJECTED_TARGET)
    scores = [one.score for one in honest]
    yield auroc_figure("AUROC, all frauds", [one.score for one in changed], scores)
    yield caught_figure(
        f"caught at {FALSE_SHARE:.0%} false alarms, all frauds",
        [one.score for one in changed],
        scores,
        false_share=FALSE_SHARE,
    )
    for kind in sorted({kind for one in changed for kind in one.frauds}):
        of_kind = [one for one in changed if kind in one.frauds]
        yield auroc_figure(f"AUROC, {kind}", [one.score for one in of_kind], scores)
        yield mean_figure(f"{kind} told", [float(one.told) for one in of_kind])


def _row(one: ComparedJourney) -> dict[str, Any]:
    return {
        "pair_id": one.pair_id,
        "frauds": list(one.frauds),
        "scanners": list(one.scanners),
        "verdict": str(one.comparison.verdict),
        "change_score": one.score,
        "visible_fraction": one.comparison.visible_fraction,
    }


def _worst(one: ComparedJourney) -> WorstCase:
    truth = ", ".join(one.frauds) or "honest"
    detail = f"{one.scanners[0]} to {one.scanners[1]}: {one.comparison.verdict}; entry over exit"
    shown = [_shown(path) for path in (one.entry, one.exit_)]
    return WorstCase(f"{one.pair_id}, {truth}", one.score, detail, np.vstack(shown))


def _shown(path: Path) -> NDArray[np.uint8]:
    try:
        picture = read_scan(path).primary.transmission
    except ScanUnreadableError:
        picture = np.zeros((64, 256), np.float32)
    size = (SHOWN_COLUMNS, max(1, round(picture.shape[0] * SHOWN_COLUMNS / picture.shape[1])))
    small = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
    grey = np.rint(np.clip(small, 0, 1) * 255).astype(np.uint8)
    return np.asarray(cv2.cvtColor(grey, cv2.COLOR_GRAY2BGR), np.uint8)

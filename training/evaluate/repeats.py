"""True repeats against look-alikes: `rescans/rescans.csv`, and goods of the same heading."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
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
    mean_figure,
)

MATCHED_TARGET = 1.0
REJECTED_TARGET = 0.99
WORST_SHOWN = 8


@dataclass(frozen=True, slots=True)
class ComparedPair:
    """Two pictures and what was concluded of them."""

    first: Path
    second: Path
    same_load: bool
    comparison: Comparison

    @property
    def same_score(self) -> float:
        """0 where it could not be told."""
        score = self.comparison.same_score
        return 0.0 if score is None else score

    @property
    def matched(self) -> bool:
        """True when the verdict is that both show one load."""
        return self.comparison.verdict is ComparisonVerdict.MATCH


def measure_repeats(
    folder: Path, progress: Progress, *, detector: ChangeDetector | None = None
) -> Section:
    """Compare true repeats with one another, and each with every look-alike.

    Args:
        folder: holds `rescans/rescans.csv` and `goods/goods.csv`.
        progress: told of each pair.
        detector: the released one by default.

    Raises:
        FileNotFoundError: a list is missing.
    """
    detector = detector or load_detector()
    groups = _groups(folder / "rescans")
    headings = _headings(folder / "goods")
    plan = [*_repeats(groups), *_look_alikes(groups, headings)]
    progress.begin("repeats", total=len(plan))
    pictures: dict[Path, PreparedScan | None] = {}
    compared = []
    for first, second, same_load in plan:
        for path in (first, second):
            if path not in pictures:
                pictures[path] = _prepared(path)
        compared.append(_compared(first, second, pictures, same_load=same_load, detector=detector))
        progress.advance()
    repeats = [one for one in compared if one.same_load]
    others = [one for one in compared if not one.same_load]
    worst = sorted(compared, key=lambda one: one.same_score * (1 if one.same_load else -1))
    return Section(
        "repeats",
        tuple(_figures(repeats, others)),
        rows=tuple(_row(one) for one in compared),
        curves={
            "look-alikes": (
                [1 - one.same_score for one in others],
                [1 - one.same_score for one in repeats],
            )
        },
        worst=tuple(_worst(one, pictures) for one in worst[:WORST_SHOWN]),
    )


def _groups(folder: Path) -> dict[str, tuple[Path, ...]]:
    groups: dict[str, list[Path]] = {}
    with (folder / "rescans.csv").open(newline="", encoding="utf-8-sig") as rows:
        for row in csv.DictReader(rows):
            groups.setdefault(row["group"], []).append((folder / row["file"]).resolve())
    return {name: tuple(paths) for name, paths in groups.items()}


def _headings(folder: Path) -> dict[Path, str]:
    """Return the heading of each clean picture that shows what is declared."""
    listed = folder / "goods.csv"
    if not listed.is_file():
        return {}
    with listed.open(newline="", encoding="utf-8-sig") as rows:
        return {
            (folder / row["file"]).resolve(): row["declared_hs4"]
            for row in csv.DictReader(rows)
            if row["seen"] == "as_declared" and row["faulty"] != "yes" and row["declared_hs4"]
        }


def _repeats(groups: dict[str, tuple[Path, ...]]) -> Iterator[tuple[Path, Path, bool]]:
    for paths in groups.values():
        yield from ((first, second, True) for first, second in combinations(paths, 2))


def _look_alikes(
    groups: dict[str, tuple[Path, ...]], headings: dict[Path, str]
) -> Iterator[tuple[Path, Path, bool]]:
    for paths in groups.values():
        alike = {headings[path] for path in paths if path in headings}
        others = [p for p, heading in headings.items() if heading in alike and p not in paths]
        yield from ((path, other, False) for path in paths for other in others)


def _prepared(path: Path) -> PreparedScan | None:
    try:
        return prepare(read_scan(path))
    except ScanUnreadableError:
        return None


def _compared(
    first: Path,
    second: Path,
    pictures: dict[Path, PreparedScan | None],
    *,
    same_load: bool,
    detector: ChangeDetector,
) -> ComparedPair:
    entry, exit_ = pictures[first], pictures[second]
    comparison = (
        Comparison(ComparisonVerdict.UNREADABLE, None, None, None, None)
        if entry is None or exit_ is None
        else compare(entry, exit_, detector=detector)
    )
    return ComparedPair(first, second, same_load, comparison)


def _figures(repeats: Sequence[ComparedPair], others: Sequence[ComparedPair]) -> Iterator[Figure]:
    yield mean_figure(
        "true repeats matched",
        [float(one.matched) for one in repeats],
        target=MATCHED_TARGET,
    )
    yield mean_figure(
        "look-alikes of the same heading not matched",
        [float(not one.matched) for one in others],
        target=REJECTED_TARGET,
    )
    yield auroc_figure(
        "AUROC, look-alikes against repeats",
        [1 - one.same_score for one in others],
        [1 - one.same_score for one in repeats],
    )


def _row(one: ComparedPair) -> dict[str, Any]:
    return {
        "first": one.first.name,
        "second": one.second.name,
        "same_load": one.same_load,
        "verdict": str(one.comparison.verdict),
        "same_score": one.comparison.same_score,
        "visible_fraction": one.comparison.visible_fraction,
        "mirrored": one.comparison.mirrored,
        "replayed": one.comparison.replayed,
    }


def _worst(one: ComparedPair, pictures: dict[Path, PreparedScan | None]) -> WorstCase:
    return WorstCase(
        name=f"{one.first.name} and {one.second.name}",
        score=one.same_score,
        detail=f"{'one load' if one.same_load else 'two loads'}; {one.comparison.verdict}",
        picture=np.hstack([_shown(pictures[path]) for path in (one.first, one.second)]),
    )


def _shown(prepared: PreparedScan | None) -> NDArray[np.uint8]:
    if prepared is None or not prepared.rectified:
        return np.zeros((240, 480, 3), np.uint8)
    picture = cv2.resize(prepared.rectified[0].transmission, (480, 240))
    return np.asarray(
        cv2.cvtColor((np.clip(picture, 0, 1) * 255).astype(np.uint8), cv2.COLOR_GRAY2BGR), np.uint8
    )

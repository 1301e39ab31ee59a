"""Simulated journeys: loads at entry and exit through two scanners, some tampered with on the way.

What `riac simulate pair` wrote: `pairs.csv` and `truth/*.json`. Unlike the re-scan model these
pairs see a load from two places: another source, another energy, another trailer, goods that
settled. Look-alikes are made of the honest pairs: one's entry against the exit of another load of
the same heading in a container of the same size.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
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
from riac.threads import at_once
from training.evaluate.figure import (
    Figure,
    Progress,
    Section,
    WorstCase,
    auroc_figure,
    caught_figure,
    mean_figure,
)
from training.simulator.scene.containers import ContainerKind

MATCHED_TARGET, REJECTED_TARGET = 0.995, 0.995
FALSE_SHARE = 0.01
ANOTHER_LOAD = "swap"
"""The fraud that puts another load under the same number: what must be rejected."""
NO_PICTURE = "broken_seal"
"""The fraud that shows in no picture."""
LOOK_ALIKE = "look_alike"
"""No fraud of the simulator: another honest load of the same goods."""
CLASSES = {"one class of scanner": True, "two classes of scanners": False}
FROM_ABOVE = "top"
"""The view."""
RARE = {
    ContainerKind.TANK: "full tank",
    ContainerKind.OPEN_TOP: "open top or flat rack",
    ContainerKind.FLAT_RACK: "open top or flat rack",
}
WORST_SHOWN = 8
SHOWN_COLUMNS = 640


@dataclass(frozen=True, slots=True)
class Lot:
    """A load at entry and at exit: a row of `pairs.csv` with its truth, or two put together."""

    pair_id: str
    entry: Path
    exit_: Path
    frauds: tuple[str, ...]
    scanners: tuple[str, str]
    """Their classes."""
    views: tuple[str, str]
    cargo: tuple[str, ...]
    """Headings, and the size of the container."""
    mask: Path | None = None
    """Picture of what fraud changed, of the exit's file; none of look-alikes."""

    @property
    def one_class(self) -> bool:
        """Whether both scanners are of one class."""
        return self.scanners[0] == self.scanners[1]

    @property
    def group(self) -> str:
        """What it is like to compare."""
        *headings, container = self.cargo
        if FROM_ABOVE in self.views:
            return "from above"
        if not headings:
            return "empty"
        kind = ContainerKind(container.split()[-1])
        if kind in RARE:
            return RARE[kind]
        return f"closed and loaded, {'one class' if self.one_class else 'two classes'} of scanner"

    @property
    def honest(self) -> bool:
        """Whether nothing was done that a picture could show."""
        return not self.frauds


@dataclass(frozen=True, slots=True)
class ComparedLot:
    """What was concluded."""

    lot: Lot
    comparison: Comparison

    @property
    def matched(self) -> bool:
        """Whether it passes for the same load."""
        return self.comparison.verdict is ComparisonVerdict.MATCH

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
    lots = read_lots(folder)
    others = list(look_alikes([lot for lot in lots if lot.honest]))
    progress.begin("journeys", total=len(lots) + len(others))
    compared, alike = (
        [_compared(lot, detector, progress) for lot in each] for each in (lots, others)
    )
    honest = [one for one in compared if one.lot.honest]
    changed = [one for one in compared if one.lot.frauds not in ((), (NO_PICTURE,))]
    missed = sorted((*changed, *alike), key=lambda one: one.score)[:WORST_SHOWN]
    alarms = sorted(honest, key=lambda one: -one.score)[:WORST_SHOWN]
    return Section(
        "journeys",
        (*_lot_figures(honest, alike), *_fraud_figures(honest, changed)),
        rows=tuple(_row(one) for one in (*compared, *alike)),
        curves={
            "journeys": ([o.score for o in changed], [o.score for o in honest]),
            "look-alikes": ([o.score for o in alike], [o.score for o in honest]),
        },
        worst=tuple(_worst(one) for one in (*alarms, *missed)),
    )


def read_lots(folder: Path) -> list[Lot]:
    """Read the lots that `riac simulate pair` wrote into a folder.

    Raises:
        FileNotFoundError: a file is missing.
    """
    with (folder / "pairs.csv").open(newline="", encoding="utf-8-sig") as stream:
        rows = list(csv.DictReader(stream))
    lots = []
    for row in rows:
        path = folder / "truth" / f"{row['pair_id']}.json"
        truth = json.loads(path.read_text(encoding="utf-8"))
        ends = (truth["entry"], truth["exit"])
        lots.append(
            Lot(
                row["pair_id"],
                folder / row["entry"],
                folder / row["exit"],
                tuple(each["kind"] for each in truth["frauds"]),
                (ends[0]["scanner"], ends[1]["scanner"]),
                (ends[0]["view"], ends[1]["view"]),
                (*truth["headings"], truth["container"]),
                path.with_name(ends[1]["mask"]) if "mask" in ends[1] else None,
            )
        )
    return lots


def look_alikes(honest: Sequence[Lot]) -> Iterator[Lot]:
    """Put each entry to the exit of the next load like it, through the like scanners if it can be.

    Empty containers are left out: one is the same as another.
    """
    for place, one in enumerate(honest):
        if len(one.cargo) < 2:
            continue
        after = (*honest[place + 1 :], *honest[:place])
        alike = [o for o in after if o.cargo == one.cargo and o.views[1] == one.views[0]]
        best = next((o for o in alike if o.scanners == one.scanners), alike[0] if alike else None)
        if best is not None:
            yield replace(
                one,
                pair_id=f"{one.pair_id} {best.pair_id}",
                exit_=best.exit_,
                frauds=(LOOK_ALIKE,),
                scanners=(one.scanners[0], best.scanners[1]),
            )


def _compared(lot: Lot, detector: ChangeDetector, progress: Progress) -> ComparedLot:
    entry, exit_ = at_once(_prepared, lot.entry, lot.exit_)
    comparison = (
        Comparison(ComparisonVerdict.UNREADABLE, None, None, None, None)
        if entry is None or exit_ is None
        else compare(entry, exit_, detector=detector)
    )
    progress.advance()
    return ComparedLot(lot, comparison)


def _prepared(path: Path) -> PreparedScan | None:
    try:
        return prepare(read_scan(path))
    except ScanUnreadableError:
        return None


def _lot_figures(honest: Sequence[ComparedLot], alike: Sequence[ComparedLot]) -> Iterator[Figure]:
    matched = [float(one.matched) for one in honest]
    yield mean_figure("honest journeys matched", matched, target=MATCHED_TARGET)
    for name, one_class in CLASSES.items():
        of_class = [float(one.matched) for one in honest if one.lot.one_class is one_class]
        yield mean_figure(f"honest journeys matched, {name}", of_class)
    for group in sorted({one.lot.group for one in honest}):
        of_group = [float(one.matched) for one in honest if one.lot.group == group]
        yield mean_figure(f"honest journeys matched, {group}", of_group)
    passed_over = [float(not one.matched) for one in alike]
    yield mean_figure("look-alikes not matched", passed_over, target=REJECTED_TARGET)
    for name, one_class in CLASSES.items():
        of_class = [float(not one.matched) for one in alike if one.lot.one_class is one_class]
        yield mean_figure(f"look-alikes not matched, {name}", of_class)
    scores = [one.score for one in honest]
    yield auroc_figure("AUROC, look-alikes", [one.score for one in alike], scores)


def _fraud_figures(
    honest: Sequence[ComparedLot], changed: Sequence[ComparedLot]
) -> Iterator[Figure]:
    swapped = [float(one.told) for one in changed if ANOTHER_LOAD in one.lot.frauds]
    yield mean_figure("another load rejected", swapped, target=REJECTED_TARGET)
    scores = [one.score for one in honest]
    yield auroc_figure("AUROC, all frauds", [one.score for one in changed], scores)
    yield caught_figure(
        f"caught at {FALSE_SHARE:.0%} false alarms, all frauds",
        [one.score for one in changed],
        scores,
        false_share=FALSE_SHARE,
    )
    for kind in sorted({kind for one in changed for kind in one.lot.frauds}):
        of_kind = [one for one in changed if kind in one.lot.frauds]
        yield auroc_figure(f"AUROC, {kind}", [one.score for one in of_kind], scores)
        yield mean_figure(f"{kind} told", [float(one.told) for one in of_kind])


def _row(one: ComparedLot) -> dict[str, Any]:
    return {
        "pair_id": one.lot.pair_id,
        "frauds": list(one.lot.frauds),
        "scanners": list(one.lot.scanners),
        "group": one.lot.group,
        "verdict": str(one.comparison.verdict),
        "change_score": one.score,
        "visible_fraction": one.comparison.visible_fraction,
    }


def _worst(one: ComparedLot) -> WorstCase:
    truth = ", ".join(one.lot.frauds) or "honest"
    detail = (
        f"{one.lot.scanners[0]} to {one.lot.scanners[1]}: {one.comparison.verdict}; entry over exit"
    )
    shown = [_shown(path) for path in (one.lot.entry, one.lot.exit_)]
    return WorstCase(f"{one.lot.pair_id}, {truth}", one.score, detail, np.vstack(shown))


def _shown(path: Path) -> NDArray[np.uint8]:
    try:
        picture = read_scan(path).primary.transmission
    except ScanUnreadableError:
        picture = np.zeros((64, 256), np.float32)
    size = (SHOWN_COLUMNS, max(1, round(picture.shape[0] * SHOWN_COLUMNS / picture.shape[1])))
    small = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
    grey = np.rint(np.clip(small, 0, 1) * 255).astype(np.uint8)
    return np.asarray(cv2.cvtColor(grey, cv2.COLOR_GRAY2BGR), np.uint8)

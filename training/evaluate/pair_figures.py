"""Figures, curves and worst cases of pairs that were compared."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from riac.finding import Comparison, ComparisonVerdict
from riac.policy.rules import Rules
from riac.scan import Box, intersection_over_union
from training.evaluate.figure import (
    Figure,
    WorstCase,
    auroc_figure,
    bootstrap,
    caught_figure,
    mean_figure,
)
from training.simulator.tamper import Tampered
from training.simulator.trucks import TamperingKind

SIZES_MM = (600.0, 300.0, 150.0)
AUROC_TARGETS = {600.0: 0.998, 300.0: 0.992, 150.0: 0.975}
FALSE_SHARE = 0.01
"""Of honest pairs referred, at which changes caught are counted."""
CAUGHT_TARGETS = {600.0: 0.98, 300.0: 0.94, 150.0: 0.80}
REGION_IOU = 0.3
"""A region this like the truth was found."""
REGION_TARGETS = {300.0: 0.90}
SPEED_TARGET = 6.0
WORST_SHOWN = 6
SEEN_THROUGH = 0.5
"""Of the hold: about half of all loads."""

Grey = NDArray[np.uint8]

_TRUE, _TOLD = (80, 200, 80), (60, 60, 230)


@dataclass(frozen=True, slots=True)
class Pair:
    """One pair and what was concluded of it."""

    scan: str
    load: str
    """`loaded` or `empty`."""
    size_mm: float
    change: Tampered | None
    """None = honest."""
    true_box: Box | None
    """Of the change, pixels of the exit picture."""
    comparison: Comparison
    seconds: float
    """Both pictures read, prepared and compared."""
    baseline_score: float | None
    baseline_seconds: float | None
    pictures: tuple[Grey, Grey]
    """Entry and exit, small, to be shown should this be one of the worst."""
    scales: tuple[float, float]

    @property
    def score(self) -> float:
        """0 same to 1 changed; what cannot be compared counts as changed, as it is referred."""
        same = self.comparison.same_score
        return 1.0 if same is None else 1.0 - same

    @property
    def is_told(self) -> bool:
        """Whether a change is reported."""
        return self.comparison.verdict is ComparisonVerdict.MISMATCH

    @property
    def region_iou(self) -> float:
        """Of the region most like the truth, in the entry picture; 0 without either."""
        if self.change is None:
            return 0.0
        boxes = [region.entry_box_px for region in self.comparison.regions]
        truth = self.change.box
        return max((intersection_over_union(truth, box) for box in boxes if box), default=0.0)

    def is_referred(self, rules: Rules) -> bool:
        """Say whether the policy would refer it for the comparison alone."""
        found = self.comparison
        return (
            found.verdict is not ComparisonVerdict.MATCH
            or found.same_score is None
            or found.same_score < rules.min_same_score
            or (found.visible_fraction or 0.0) < rules.min_visible_fraction
        )


LOADS: Mapping[str, Callable[[Pair], bool]] = {
    "empty containers": lambda pair: pair.load == "empty",
    "loaded containers": lambda pair: pair.load == "loaded",
    "of these seen through over half or more": lambda pair: (
        pair.load == "loaded" and (pair.comparison.visible_fraction or 0.0) >= SEEN_THROUGH
    ),
    "of these seen through over less": lambda pair: (
        pair.load == "loaded" and (pair.comparison.visible_fraction or 0.0) < SEEN_THROUGH
    ),
}
"""The same within each: changed pairs of such containers against honest ones of such containers."""


def pair_figures(pairs: Sequence[Pair], rules: Rules) -> Iterator[Figure]:
    """Measure all of them; `rules` are those of the packaged policy."""
    honest = [pair for pair in pairs if pair.change is None]
    visible = [pair for pair in pairs if pair.change is not None and pair.change.visible]
    hidden = [pair for pair in pairs if pair.change is not None and not pair.change.visible]
    for size_mm, target in AUROC_TARGETS.items():
        yield auroc_figure(
            f"AUROC, visible changes of {size_mm / 10:.0f} cm",
            [pair.score for pair in visible if pair.size_mm == size_mm],
            [pair.score for pair in honest],
            target=target,
        )
    for size_mm, target in CAUGHT_TARGETS.items():
        yield caught_figure(
            f"caught at {FALSE_SHARE:.0%} false alarms, {size_mm / 10:.0f} cm",
            [pair.score for pair in visible if pair.size_mm == size_mm],
            [pair.score for pair in honest],
            false_share=FALSE_SHARE,
            target=target,
        )
    for size_mm in SIZES_MM:
        told = [pair for pair in visible if pair.size_mm == size_mm and pair.is_told]
        yield mean_figure(
            f"region found where a change is told, {size_mm / 10:.0f} cm",
            [float(pair.region_iou >= REGION_IOU) for pair in told],
            target=REGION_TARGETS.get(size_mm),
            note=f"IoU with the truth of {REGION_IOU} or more",
        )
    yield from _load_figures(visible, honest)
    for kind in TamperingKind:
        yield auroc_figure(
            f"AUROC, {kind.replace('_', ' ')}, visible, all sizes",
            [pair.score for pair in visible if pair.change and pair.change.kind is kind],
            [pair.score for pair in honest],
        )
    yield mean_figure(
        "honest pairs referred (false alarms)",
        [float(pair.is_referred(rules)) for pair in honest],
        note="at the packaged policy",
    )
    for size_mm in SIZES_MM:
        yield mean_figure(
            f"visible changes of {size_mm / 10:.0f} cm referred",
            [float(pair.is_referred(rules)) for pair in visible if pair.size_mm == size_mm],
            note="at the packaged policy",
        )
    yield from _hidden_figures(hidden, honest)
    yield from _baseline_figures(pairs)


def _load_figures(visible: Sequence[Pair], honest: Sequence[Pair]) -> Iterator[Figure]:
    """Split by what is in the container, and by how much of it can be seen through."""
    for name, belongs in LOADS.items():
        yield auroc_figure(
            f"AUROC, {name}, visible, all sizes",
            [pair.score for pair in visible if belongs(pair)],
            [pair.score for pair in honest if belongs(pair)],
        )


def _hidden_figures(hidden: Sequence[Pair], honest: Sequence[Pair]) -> Iterator[Figure]:
    yield auroc_figure(
        "AUROC, invisible changes (nobody could tell)",
        [pair.score for pair in hidden],
        [pair.score for pair in honest],
    )
    for name, chosen in (("invisible changes", hidden), ("honest pairs", honest)):
        yield mean_figure(
            f"visible fraction told, {name}",
            [pair.comparison.visible_fraction or 0.0 for pair in chosen],
        )


def _baseline_figures(pairs: Sequence[Pair]) -> Iterator[Figure]:
    measured = [pair for pair in pairs if pair.baseline_score is not None]
    if not measured:
        return
    honest = [pair.baseline_score or 0.0 for pair in measured if pair.change is None]
    for size_mm in SIZES_MM:
        changed = [
            pair.baseline_score or 0.0
            for pair in measured
            if pair.change is not None and pair.change.visible and pair.size_mm == size_mm
        ]
        yield auroc_figure(
            f"SIFT baseline: AUROC, visible changes of {size_mm / 10:.0f} cm", changed, honest
        )
    ours = np.array([pair.seconds for pair in measured])
    theirs = np.array([pair.baseline_seconds for pair in measured], float)

    def ratio(drawn: NDArray[np.intp]) -> float:
        return float(np.median(theirs[drawn]) / np.median(ours[drawn]))

    low, high = bootstrap(ratio, count=len(measured))
    yield Figure(
        "times faster than the SIFT baseline",
        ratio(np.arange(len(measured))),
        low,
        high,
        len(measured),
        SPEED_TARGET,
        note=f"median {np.median(ours):.2f} s against {np.median(theirs):.2f} s a pair",
    )


def pair_curves(pairs: Sequence[Pair]) -> dict[str, tuple[Sequence[float], Sequence[float]]]:
    """Return the curves by size: scores of changed and of honest pairs."""
    honest = [pair.score for pair in pairs if pair.change is None]
    curves: dict[str, tuple[Sequence[float], Sequence[float]]] = {}
    for size_mm in SIZES_MM:
        changed = [
            pair.score
            for pair in pairs
            if pair.change is not None and pair.change.visible and pair.size_mm == size_mm
        ]
        curves[f"{size_mm / 10:.0f} cm"] = (changed, honest)
    return curves


def pair_row(pair: Pair, rules: Rules) -> dict[str, Any]:
    """Return what is kept of a pair, JSON-able."""
    change, found = pair.change, pair.comparison
    return {
        "scan": pair.scan,
        "size_mm": pair.size_mm,
        "change": None if change is None else str(change.kind),
        "grey_levels": None if change is None else change.grey_levels,
        "visible": None if change is None else change.visible,
        "change_box_px": None if change is None else change.box.as_tuple(),
        "verdict": str(found.verdict),
        "change_score": pair.score,
        "visible_fraction": found.visible_fraction,
        "mirrored": found.mirrored,
        "replayed": found.replayed,
        "referred": pair.is_referred(rules),
        "region_iou": pair.region_iou,
        "regions": [
            {"factor": str(r.factor), "score": r.score, "entry_box_px": _edges(r.entry_box_px)}
            for r in found.regions
        ],
        "seconds": pair.seconds,
        "baseline_score": pair.baseline_score,
        "baseline_seconds": pair.baseline_seconds,
    }


def _edges(box: Box | None) -> tuple[float, float, float, float] | None:
    return None if box is None else box.as_tuple()


def worst_pairs(pairs: Sequence[Pair]) -> Iterator[Pair]:
    """Name the honest pairs that look most changed, and the visible changes that look least."""
    honest = [pair for pair in pairs if pair.change is None]
    yield from sorted(honest, key=lambda pair: -pair.score)[:WORST_SHOWN]
    for size_mm in SIZES_MM:
        visible = [
            pair
            for pair in pairs
            if pair.change is not None and pair.change.visible and pair.size_mm == size_mm
        ]
        yield from sorted(visible, key=lambda pair: pair.score)[:WORST_SHOWN]


def worst_case(pair: Pair) -> WorstCase:
    """Show a pair, entry beside exit, with the true and the told boxes."""
    change = pair.change
    truth = (
        "honest"
        if change is None
        else f"{change.kind} of {pair.size_mm / 10:.0f} cm, {change.grey_levels:.0f} grey levels"
    )
    return WorstCase(
        name=f"{pair.scan}, {truth}",
        score=pair.score,
        detail=f"{pair.comparison.verdict}; entry left, exit right; green true, red told",
        picture=_shown(pair),
    )


def _shown(pair: Pair) -> NDArray[np.uint8]:
    told = [(r.entry_box_px, r.exit_box_px) for r in pair.comparison.regions[:4]]
    true = (None if pair.change is None else pair.change.box, pair.true_box)
    shown = []
    for side, (picture, scale) in enumerate(zip(pair.pictures, pair.scales, strict=True)):
        canvas = cv2.cvtColor(picture, cv2.COLOR_GRAY2BGR)
        for boxes, colour in [(one[side], _TOLD) for one in told] + [(true[side], _TRUE)]:
            if boxes is not None:
                x0, y0, x1, y1 = (round(edge * scale) for edge in boxes.as_tuple())
                cv2.rectangle(canvas, (x0, y0), (x1, y1), colour, 2)
        shown.append(canvas)
    rows = max(len(one) for one in shown)
    padded = [
        cv2.copyMakeBorder(one, 0, rows - len(one), 0, 8, cv2.BORDER_CONSTANT) for one in shown
    ]
    return np.asarray(np.hstack(padded), np.uint8)

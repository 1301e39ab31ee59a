"""Entry against exit on pairs made from real scans by the re-scan and the tamper model."""

from __future__ import annotations

import time
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
from riac.policy import load_policy
from riac.policy.rules import Rules
from riac.ports import ChangeDetector
from riac.scan import Box, Picture, intersection_over_union
from riac.threads import at_once
from training.evaluate.baseline import baseline_change_score
from training.evaluate.containers import DrawnScan, read_scans
from training.evaluate.figure import (
    Figure,
    Progress,
    Section,
    WorstCase,
    auroc_figure,
    bootstrap,
    caught_figure,
    mean_figure,
)
from training.simulator.rescan import apply_rescan, display_jpeg, draw_rescan, rescanned_box
from training.simulator.tamper import Tampered, tamper
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
BASELINE_STRIDE = 12
"""The baseline takes seconds a pair: every so manieth scan is enough to place it."""
WORST_SHOWN = 6
SEED = 20261123

Grey = NDArray[np.uint8]

_TRUE, _TOLD = (80, 200, 80), (60, 60, 230)


@dataclass(frozen=True, slots=True)
class Pair:
    """One pair and what was concluded of it."""

    scan: str
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


def measure_pairs(
    folder: Path,
    progress: Progress,
    *,
    stride: int = 1,
    baseline: bool = True,
    detector: ChangeDetector | None = None,
) -> Section:
    """Measure the comparison on `scans/` of a folder laid out as the protocol says.

    Each scan with one container gives, for each size, one honest and one tampered pair, drawn
    from seeds of its own: a part of the scans (`stride`) gives the same pairs as all of them.

    Args:
        folder: holds `scans/scans.csv` and its pictures.
        progress: told of each pair.
        stride: take every so manieth scan only.
        baseline: run the SIFT baseline too.
        detector: the released one by default.
    """
    detector = detector or load_detector()
    scans = [scan for scan in read_scans(folder / "scans") if len(scan.boxes) == 1]
    chosen = range(0, len(scans), stride)
    progress.begin("pairs", total=len(chosen) * len(SIZES_MM) * 2)
    pairs: list[Pair] = []
    for index in chosen:
        run_baseline = baseline and index % BASELINE_STRIDE == 0
        for pair in _pairs_of(scans, index, detector=detector, run_baseline=run_baseline):
            pairs.append(pair)
            progress.advance()
    rules = load_policy().rules
    return Section(
        "pairs",
        tuple(_figures(pairs, rules)),
        rows=tuple(_row(pair, rules) for pair in pairs),
        curves=_curves(pairs),
        worst=tuple(_worst(pair) for pair in _worst_pairs(pairs)),
    )


def _pairs_of(
    scans: Sequence[DrawnScan], index: int, *, detector: ChangeDetector, run_baseline: bool
) -> Iterator[Pair]:
    picture = _picture(scans[index].path)
    container = scans[index].boxes[0]
    donor_scan = scans[(index + len(scans) // 2) % len(scans)]
    donor = (_picture(donor_scan.path), donor_scan.boxes[0])
    for number, size_mm in enumerate(SIZES_MM):
        for tampered in (False, True):
            generator = np.random.default_rng([SEED, index, number, int(tampered)])
            change = None
            if tampered:
                change = _changed(
                    picture,
                    container,
                    size_mm=size_mm,
                    donor=donor,
                    generator=generator,
                )
            rescan = draw_rescan(generator, columns=picture.shape[1])
            seen = apply_rescan(picture if change is None else change.picture, rescan)
            exit_bytes = display_jpeg(seen, quality=rescan.jpeg_quality)
            true_box = (
                None if change is None else rescanned_box(change.box, rescan, shape=picture.shape)
            )
            yield _judged(
                scans[index].path,
                exit_bytes,
                size_mm=size_mm,
                change=change,
                true_box=true_box,
                container=container if run_baseline else None,
                detector=detector,
            )


def _picture(path: Path) -> Picture:
    return read_scan(path, name=path.name).primary.transmission


def _changed(
    picture: Picture,
    container: Box,
    *,
    size_mm: float,
    donor: tuple[Picture, Box],
    generator: np.random.Generator,
) -> Tampered:
    """Tamper with a scan in one of the ways there is a place for."""
    kinds = tuple(TamperingKind)
    first = int(generator.integers(len(kinds)))
    for turn in range(len(kinds)):
        kind = kinds[(first + turn) % len(kinds)]
        change = tamper(
            picture, kind, container=container, size_mm=size_mm, generator=generator, donor=donor
        )
        if change is not None:
            return change
    raise ValueError(f"no change of {size_mm:.0f} mm fits a container of {container.width:.0f} px")


def _judged(
    entry_path: Path,
    exit_bytes: bytes,
    *,
    size_mm: float,
    change: Tampered | None,
    true_box: Box | None,
    container: Box | None,
    detector: ChangeDetector,
) -> Pair:
    started = time.perf_counter()
    sources: tuple[bytes | Path, ...] = (entry_path, exit_bytes)
    entry, exit_ = at_once(_prepared, *sources)
    comparison = (
        Comparison(ComparisonVerdict.UNREADABLE, None, None, None, None)
        if entry is None or exit_ is None
        else compare(entry, exit_, detector=detector)
    )
    seconds = time.perf_counter() - started
    entry_picture, exit_picture = _picture(entry_path), read_scan(exit_bytes).primary.transmission
    score = spent = None
    if container is not None:
        started = time.perf_counter()
        score = baseline_change_score(entry_picture, exit_picture, container=container)
        spent = time.perf_counter() - started
    small, scales = zip(*(_small(one) for one in (entry_picture, exit_picture)), strict=True)
    return Pair(
        scan=entry_path.name,
        size_mm=size_mm,
        change=change,
        true_box=true_box,
        comparison=comparison,
        seconds=seconds,
        baseline_score=score,
        baseline_seconds=spent,
        pictures=small,
        scales=scales,
    )


def _prepared(source: bytes | Path) -> PreparedScan | None:
    try:
        return prepare(read_scan(source))
    except ScanUnreadableError:
        return None


def _small(picture: Picture) -> tuple[Grey, float]:
    scale = min(1.0, 900 / picture.shape[1])
    small: Picture = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return np.rint(np.clip(small, 0, 1) * 255).astype(np.uint8), scale


def _figures(pairs: Sequence[Pair], rules: Rules) -> Iterator[Figure]:
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


def _curves(pairs: Sequence[Pair]) -> dict[str, tuple[Sequence[float], Sequence[float]]]:
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


def _row(pair: Pair, rules: Rules) -> dict[str, Any]:
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


def _worst_pairs(pairs: Sequence[Pair]) -> Iterator[Pair]:
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


def _worst(pair: Pair) -> WorstCase:
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

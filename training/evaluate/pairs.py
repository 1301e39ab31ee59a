"""Entry against exit on pairs made from real scans by the re-scan and the tamper model."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import cv2
import numpy as np

from models import load_detector
from riac.compare import compare
from riac.errors import ScanUnreadableError
from riac.finding import Comparison, ComparisonVerdict
from riac.formats import read_scan
from riac.imaging import prepare
from riac.imaging.frame import PreparedScan
from riac.policy import load_policy
from riac.ports import ChangeDetector
from riac.scan import Box, Picture
from riac.threads import at_once
from training.evaluate.baseline import baseline_change_score
from training.evaluate.containers import DrawnScan, read_scans
from training.evaluate.figure import Progress, Section
from training.evaluate.pair_figures import (
    SIZES_MM,
    Grey,
    Pair,
    pair_curves,
    pair_figures,
    pair_row,
    worst_case,
    worst_pairs,
)
from training.simulator.rescan import apply_rescan, display_jpeg, draw_rescan, rescanned_box
from training.simulator.tamper import Tampered, tamper
from training.simulator.trucks import TamperingKind

BASELINE_STRIDE = 12
"""The baseline takes seconds a pair: every so manieth scan is enough to place it."""
SEED = 20261123


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
        tuple(pair_figures(pairs, rules)),
        rows=tuple(pair_row(pair, rules) for pair in pairs),
        curves=pair_curves(pairs),
        worst=tuple(worst_case(pair) for pair in worst_pairs(pairs)),
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
                scans[index],
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
    scan: DrawnScan,
    exit_bytes: bytes,
    *,
    size_mm: float,
    change: Tampered | None,
    true_box: Box | None,
    container: Box | None,
    detector: ChangeDetector,
) -> Pair:
    started = time.perf_counter()
    sources: tuple[bytes | Path, ...] = (scan.path, exit_bytes)
    entry, exit_ = at_once(_prepared, *sources)
    comparison = (
        Comparison(ComparisonVerdict.UNREADABLE, None, None, None, None)
        if entry is None or exit_ is None
        else compare(entry, exit_, detector=detector)
    )
    seconds = time.perf_counter() - started
    entry_picture, exit_picture = _picture(scan.path), read_scan(exit_bytes).primary.transmission
    score = spent = None
    if container is not None:
        started = time.perf_counter()
        score = baseline_change_score(entry_picture, exit_picture, container=container)
        spent = time.perf_counter() - started
    small, scales = zip(*(_small(one) for one in (entry_picture, exit_picture)), strict=True)
    return Pair(
        scan=scan.path.name,
        load=scan.load,
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

"""Timings of the comparison, warm and cold, beside the baseline; pairs are phantoms.

The running service is timed by `riac bench`, which may start it; here are the pairs alone.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np

from models import load_checks, load_detector
from riac.compare import compare
from riac.formats import encode_package, read_scan
from riac.imaging import prepare
from riac.ports import ChangeDetector, PictureChecks
from riac.scan import Box, Picture
from riac.threads import at_once
from training.evaluate.baseline import baseline_change_score
from training.evaluate.timing import Timing, repeated, run_cold
from training.simulator.scanning import Scanner, as_scan, encode_jpeg, expose
from training.simulator.trucks import Truck, build_scene

HEADING, SEED = "4011", 17
"""Tyres: nearly all of it is seen through, so that there is most to compare."""
DISPLAY_PX, MEASURED_PX = (2000, 800), (4000, 1500)
DUAL_ENERGY_KEV = (6000.0, 3500.0)
PAIR_TARGET_S, RATIO_TARGET = 0.35, 6.0
DUAL_TARGET_S, MEMORY_TARGET_GIB = 2.0, 1.5
COMPARE_COMMAND = (sys.executable, "-m", "serve.cli", "compare", "--json")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two encoded scans of one load on two trailers, at two speeds, in two directions."""

    entry: bytes
    exit_: bytes
    extension: str


def display_pair(size_px: tuple[int, int] = DISPLAY_PX) -> Pair:
    """Make 8-bit display pictures of so many columns and rows."""
    entry, leaving = (
        encode_jpeg(expose(build_scene(truck), scanner, seed=seed), scanner)
        for truck, scanner, seed in _passages(Scanner(size_px=size_px))
    )
    return Pair(entry, leaving, "jpg")


def measured_pair(size_px: tuple[int, int] = MEASURED_PX) -> Pair:
    """Make 16-bit packages of two energies, so many columns and rows each."""
    scanner = Scanner(size_px=size_px, energies_kev=DUAL_ENERGY_KEV)
    entry, leaving = (
        encode_package(as_scan(expose(build_scene(truck), one, seed=seed)))
        for truck, one, seed in _passages(scanner)
    )
    return Pair(entry, leaving, "zip")


def _passages(scanner: Scanner) -> Iterator[tuple[Truck, Scanner, int]]:
    truck = Truck(HEADING, seed=SEED)
    yield truck, scanner, 1
    yield replace(truck, trailer_seed=3), replace(scanner, mirrored=True), 2


def compare_pair(pair: Pair, *, detector: ChangeDetector, checks: PictureChecks) -> float:
    """Read, prepare and compare; returns the score of likeness."""
    entry, leaving = at_once(
        lambda content: prepare(read_scan(content), checks=checks), pair.entry, pair.exit_
    )
    score = compare(entry, leaving, detector=detector).same_score
    assert score is not None, "phantoms can be compared"
    return score


def sift_pair(pair: Pair) -> float:
    """Read two display pictures and compare them by the baseline; returns its score of change.

    The baseline is given the whole picture for a container, so that it need not look for one.
    """
    entry, leaving = decoded(pair.entry), decoded(pair.exit_)
    height, width = entry.shape
    return baseline_change_score(entry, leaving, container=Box(0, 0, width, height))


def decoded(content: bytes) -> Picture:
    """Decode a display picture: (H, W) float32, 0 to 1."""
    levels = cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_GRAYSCALE)
    assert levels is not None, "phantoms can be decoded"
    picture: Picture = levels.astype(np.float32) / 255
    return picture


def time_pairs(*, repeats: int) -> Iterator[Timing]:
    """Time the comparison of a display pair, beside the baseline, and of a measured pair."""
    detector, checks = load_detector(), load_checks()
    display = display_pair()
    cold, _ = _run_cold(display)
    ours = repeated(
        lambda: compare_pair(display, detector=detector, checks=checks), repeats=repeats
    )
    theirs = repeated(lambda: sift_pair(display), repeats=max(repeats // 2, 2))
    size = _described(DISPLAY_PX)
    pair = Timing(f"one pair, {size}, 8 bit", ours, cold=cold, at_most=PAIR_TARGET_S)
    baseline = Timing(f"the same by SIFT, {size}", theirs)
    yield pair
    yield baseline
    yield Timing(
        "SIFT over RIAC", (baseline.median / pair.median,), unit="times", at_least=RATIO_TARGET
    )
    measured = measured_pair()
    cold, memory_gib = _run_cold(measured)
    warm = repeated(
        lambda: compare_pair(measured, detector=detector, checks=checks), repeats=repeats
    )
    size = _described(MEASURED_PX)
    yield Timing(f"16-bit dual-energy pair, {size}", warm, cold=cold, at_most=DUAL_TARGET_S)
    yield Timing(
        "its peak memory, decoding included", (memory_gib,), unit="GiB", at_most=MEMORY_TARGET_GIB
    )


def _run_cold(pair: Pair) -> tuple[float, float]:
    """Compare in a fresh process; returns its seconds and the peak memory of it in GiB."""
    with tempfile.TemporaryDirectory(prefix="riac-bench-") as folder:
        entry, leaving = (Path(folder) / f"{role}.{pair.extension}" for role in ("entry", "exit"))
        entry.write_bytes(pair.entry)
        leaving.write_bytes(pair.exit_)
        return run_cold((*COMPARE_COMMAND, str(entry), str(leaving)))


def _described(size_px: Sequence[int]) -> str:
    return f"{size_px[0]:,} x {size_px[1]:,} px"

"""Simulated journeys are compared as written, honest ones apart from the others."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from training.evaluate.figure import Progress, Section
from training.evaluate.journeys import Lot, measure_journeys
from training.simulator.files import Run, write_pairs
from training.simulator.fraud import FraudKind
from training.simulator.plans import Choice


class Counting(Progress):
    total = done = 0

    def begin(self, name: str, *, total: int) -> None:
        self.total = total

    def advance(self) -> None:
        self.done += 1


def measured(folder: Path, *, tampered: float, count: int = 2) -> Section:
    choice = Choice(headings=("4804",), scanners=("portal-6mv",), empty_share=0, coarser=2.0)
    run = Run(folder, seed=3, jobs=1)
    write_pairs(run, count=count, tampered=tampered, kinds=(FraudKind.SWAP,), choice=choice)
    progress = Counting()
    section = measure_journeys(folder, progress)
    assert progress.done == progress.total == len(section.rows)
    return section


def test_another_load_is_rejected_and_shown(tmp_path: Path) -> None:
    section = measured(tmp_path, tampered=1.0)
    figures = {figure.name: figure for figure in section.figures}
    assert figures["another load rejected"].value == 1.0
    assert [row["frauds"] for row in section.rows] == [["swap"], ["swap"]]
    assert section.worst[0].picture.ndim == 3


def test_the_same_load_counts_as_honest(tmp_path: Path) -> None:
    section = measured(tmp_path, tampered=0.0)
    figures = {figure.name: figure for figure in section.figures}
    assert figures["honest journeys matched"].count == 2
    assert figures["honest journeys matched, two classes of scanners"].count == 0
    assert figures["honest journeys matched, closed and loaded, one class of scanner"].count == 2
    assert all(row["frauds"] in ([], ["look_alike"]) for row in section.rows)


@pytest.mark.parametrize(
    ("views", "cargo", "group"),
    [
        (("top", "top"), ("4804", "40 dry"), "from above"),
        (("side", "side"), ("40 dry",), "empty"),
        (("side", "side"), ("2207", "20 tank"), "full tank"),
        (("side", "side"), ("7208", "20 flat_rack"), "open top or flat rack"),
        (("side", "side"), ("4804", "4011", "40 dry"), "closed and loaded, two classes of scanner"),
    ],
)
def test_lots_are_told_apart_by_what_makes_them_hard(
    views: tuple[str, str], cargo: tuple[str, ...], group: str
) -> None:
    lot = Lot("1", Path(), Path(), (), ("portal-6mv", "mobile-6mv"), views, cargo)
    assert lot.group == group


def test_two_honest_loads_of_a_heading_are_look_alikes(tmp_path: Path) -> None:
    section = measured(tmp_path, tampered=0.0, count=3)
    figures = {figure.name: figure for figure in section.figures}
    truths = [json.loads(path.read_text()) for path in (tmp_path / "truth").glob("*.json")]
    sizes = [truth["container"] for truth in truths]
    alike = sum(sizes.count(size) > 1 for size in sizes)
    assert alike >= 2, "there are two sizes and three loads"
    assert figures["look-alikes not matched"].count == alike
    assert figures["look-alikes not matched"].value == 1.0

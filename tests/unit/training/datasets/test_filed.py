"""Pairs that `riac simulate pair` wrote become samples with the truth beside them."""

from __future__ import annotations

from pathlib import Path

from training.datasets.changes import KINDS, Origin, PairSample, read_samples
from training.datasets.filed import main
from training.simulator.files import Run, write_pairs
from training.simulator.fraud import FraudKind
from training.simulator.plans import Choice


def made(folder: Path, kind: FraudKind, *, tampered: float, count: int) -> list[PairSample]:
    choice = Choice(headings=("4804",), scanners=("portal-6mv",), empty_share=0, coarser=2.0)
    lots = folder / "lots"
    run = Run(lots, seed=3, jobs=1)
    write_pairs(run, count=count, tampered=tampered, kinds=(kind,), choice=choice)
    assert main([str(folder / "fine"), "--lots", str(lots), "--jobs", "1"]) == 0
    files = sorted((folder / "fine").glob("filed-*.npz"))
    assert len(files) == count
    return [sample for file in files for sample in read_samples(file)]


def test_an_honest_lot_is_laid_over_itself_and_over_another_of_its_goods(tmp_path: Path) -> None:
    samples = made(tmp_path, FraudKind.INSERTION, tampered=0.0, count=3)
    journeys = [each for each in samples if each.origin.startswith(Origin.JOURNEY)]
    alike = [each for each in samples if each.origin.startswith(Origin.LOOK_ALIKE)]
    assert len(journeys) == 3
    assert alike
    assert not any(each.tampered or each.mask.any() for each in journeys)
    assert all(each.tampered for each in alike)


def test_what_fraud_changed_is_where_the_exit_came_to_lie(tmp_path: Path) -> None:
    (sample,) = made(tmp_path, FraudKind.SWAP, tampered=1.0, count=1)
    assert sample.tampered
    assert sample.visible
    assert (sample.mask == 1 + KINDS.index("substitution")).mean() > 0.2


def test_what_shows_in_no_picture_is_honest_to_a_judge(tmp_path: Path) -> None:
    (sample,) = made(tmp_path, FraudKind.BROKEN_SEAL, tampered=1.0, count=1)
    assert not sample.tampered

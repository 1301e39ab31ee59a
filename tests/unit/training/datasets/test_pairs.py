"""Samples go the way of real pairs, and the truth lies where the change is seen."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from models.change_input import CHANNELS
from training.datasets.changes import (
    KINDS,
    UNSURE,
    Origin,
    PairSample,
    read_samples,
    write_samples,
)
from training.datasets.lots import KIND_OF
from training.datasets.pairs import SAMPLES_EACH, SampleTask, Source, main, make_samples
from training.simulator.fraud import FraudKind
from training.simulator.scanners.profile import load_profile
from training.simulator.trucks import TamperingKind

RESCANS = SampleTask(index=1, seed=3, source=Source.RESCAN)
LOT = SampleTask(index=3, seed=3, source=Source.LOT)
ABOVE = SampleTask(index=0, seed=3, source=Source.RARE)


@pytest.fixture(scope="module")
def rescans() -> tuple[PairSample, ...]:
    return make_samples(RESCANS)


@pytest.fixture(scope="module")
def lot() -> tuple[PairSample, ...]:
    return make_samples(LOT)


def test_samples_are_what_the_network_takes(
    rescans: tuple[PairSample, ...], lot: tuple[PairSample, ...]
) -> None:
    assert rescans
    for sample in (*rescans, *lot):
        channels, rows, columns = sample.inputs.shape
        assert channels == len(CHANNELS)
        assert sample.mask.shape == (rows, columns)
        assert np.abs(sample.inputs).max() <= 1
        assert bool((sample.mask > 0).any()) <= sample.tampered


def test_the_truth_lies_where_the_pair_differs() -> None:
    found = 0
    for index in range(1, 5):
        for sample in make_samples(replace(RESCANS, index=index)):
            if sample.tampered and sample.visible:
                odd, inside = sample.inputs[3], sample.mask > 0
                assert odd[inside].mean() > 2 * odd[~inside].mean()
                found += 1
    assert found >= 2


def test_every_scan_of_a_load_at_entry_meets_every_one_at_exit(
    lot: tuple[PairSample, ...],
) -> None:
    assert len(lot) == SAMPLES_EACH[Source.LOT]
    origins = [sample.origin.split() for sample in lot]
    journeys = [scanners for origin, *scanners in origins if origin == Origin.JOURNEY]
    assert len(journeys) == 8
    # The first scanners at either end are of one class.
    assert journeys[0][0] == journeys[0][1]
    assert journeys[0][0] == journeys[1][0]
    assert journeys[0][1] == journeys[2][1]


def test_lots_of_what_is_rarely_met_are_seen_from_above_most_of_all() -> None:
    scanners = {name for sample in make_samples(ABOVE) for name in sample.origin.split()[1:]}
    assert {load_profile(name).geometry.view for name in scanners} == {"top"}


def test_a_share_that_is_none_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main([str(tmp_path / "pairs"), "--rare", "2"])
    assert "expected a share of 0 to 1, not 2" in capsys.readouterr().err


def test_a_load_is_tampered_with_in_all_of_its_pairs_or_in_none(
    lot: tuple[PairSample, ...],
) -> None:
    journeys = [sample for sample in lot if sample.origin.startswith(Origin.JOURNEY)]
    for of_load in (journeys[:4], journeys[4:]):
        assert len({sample.tampered for sample in of_load}) == 1
    honest = [sample for sample in journeys if not sample.tampered]
    assert not any(sample.mask.any() or sample.visible for sample in honest)


def test_a_look_alike_differs_somewhere_and_is_unsure_where_it_does_not(
    lot: tuple[PairSample, ...],
) -> None:
    alike = [sample for sample in lot if sample.origin.startswith(Origin.LOOK_ALIKE)]
    assert len(alike) == 4
    for sample in alike:
        assert sample.tampered
        named = set(np.unique(sample.mask).tolist())
        assert named == {0, 1 + KINDS.index("substitution"), UNSURE}
        assert not sample.mask[:2].any()


def test_the_same_task_makes_the_same_samples(
    rescans: tuple[PairSample, ...], lot: tuple[PairSample, ...]
) -> None:
    again = (*make_samples(RESCANS), *make_samples(LOT))
    for first, second in zip((*rescans, *lot), again, strict=True):
        np.testing.assert_array_equal(first.inputs, second.inputs)
        np.testing.assert_array_equal(first.mask, second.mask)


def test_samples_are_kept(tmp_path: Path, rescans: tuple[PairSample, ...]) -> None:
    write_samples(tmp_path / "task.npz", rescans)
    for kept, made in zip(read_samples(tmp_path / "task.npz"), rescans, strict=True):
        np.testing.assert_allclose(kept.inputs, made.inputs, atol=0.5 / 127 + 1e-6)
        np.testing.assert_array_equal(kept.mask, made.mask)
        assert (kept.tampered, kept.visible, kept.origin) == (
            made.tampered, made.visible, made.origin,
        )  # fmt: skip
        assert kept.strength == pytest.approx(made.strength)
        assert (kept.fit.cost, kept.fit.turned_cost) == (made.fit.cost, made.fit.turned_cost)
        np.testing.assert_array_equal(kept.fit.planes, made.fit.planes)


def test_every_fraud_that_shows_has_a_name() -> None:
    assert set(KIND_OF) == set(FraudKind) - {FraudKind.BROKEN_SEAL}
    assert set(KIND_OF.values()) == set(KINDS) == {str(kind) for kind in TamperingKind}

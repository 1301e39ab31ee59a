"""Samples go the way of real pairs, and the truth lies where the change is seen."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from models.change_input import CHANNELS
from training.datasets.pairs import (
    KIND_OF,
    KINDS,
    UNSURE,
    Origin,
    PairSample,
    SampleTask,
    make_samples,
    read_samples,
    write_samples,
)
from training.simulator.fraud import FraudKind
from training.simulator.trucks import TamperingKind

RESCANS = SampleTask(index=1, seed=3, origin=Origin.RESCAN)


@pytest.fixture(scope="module")
def rescans() -> tuple[PairSample, ...]:
    return make_samples(RESCANS)


def test_samples_are_what_the_network_takes(rescans: tuple[PairSample, ...]) -> None:
    assert rescans
    for sample in rescans:
        channels, rows, columns = sample.inputs.shape
        assert channels == len(CHANNELS)
        assert sample.mask.shape == (rows, columns)
        assert np.abs(sample.inputs).max() <= 1
        assert bool(sample.mask.any()) <= sample.tampered


def test_the_truth_lies_where_the_pair_differs() -> None:
    found = 0
    for index in range(1, 5):
        for sample in make_samples(replace(RESCANS, index=index)):
            if sample.tampered and sample.visible:
                odd, inside = sample.inputs[3], sample.mask > 0
                assert odd[inside].mean() > 2 * odd[~inside].mean()
                found += 1
    assert found >= 2


def test_an_honest_journey_marks_nothing() -> None:
    samples = [make_samples(SampleTask(index, 3, Origin.JOURNEY)) for index in range(4)]
    honest = [sample for each in samples for sample in each if not sample.tampered]
    assert honest
    assert not any(sample.mask.any() or sample.visible for sample in honest)


def test_the_same_task_makes_the_same_samples(rescans: tuple[PairSample, ...]) -> None:
    for first, second in zip(rescans, make_samples(RESCANS), strict=True):
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


def test_every_fraud_that_shows_has_a_name() -> None:
    assert set(KIND_OF) == set(FraudKind) - {FraudKind.BROKEN_SEAL}
    assert set(KIND_OF.values()) == set(KINDS) == {str(kind) for kind in TamperingKind}


def test_a_look_alike_differs_somewhere_and_is_unsure_where_it_does_not() -> None:
    (sample,) = make_samples(SampleTask(2, 3, Origin.LOOK_ALIKE))
    assert sample.tampered
    named = set(np.unique(sample.mask).tolist())
    assert named == {0, 1 + KINDS.index("substitution"), UNSURE}
    assert not sample.mask[:2].any()

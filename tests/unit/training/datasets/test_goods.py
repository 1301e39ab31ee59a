"""Loads of every heading through two scanners, the same for the same task."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from training.datasets.goods import (
    EMPTY,
    KEPT,
    STORED,
    UNSEEN_COUNT,
    GoodsSample,
    LoadTask,
    headings,
    make_samples,
    read_samples,
    unseen_headings,
    write_samples,
)

TASK = LoadTask(index=headings().index("0805"), seed=3)


@pytest.fixture(scope="module")
def samples() -> tuple[GoodsSample, ...]:
    return make_samples(TASK)


def test_a_load_is_seen_twice(samples: tuple[GoodsSample, ...]) -> None:
    assert len(samples) == 2
    assert {each.heading for each in samples} == {"0805"}
    assert len({each.load for each in samples}) == 1
    for each in samples:
        assert each.attenuation.shape[0] == STORED.rows
        assert 0 <= each.attenuation.min() < each.attenuation.max() <= 1


def test_the_same_task_makes_the_same_samples(samples: tuple[GoodsSample, ...]) -> None:
    for one, again in zip(samples, make_samples(TASK), strict=True):
        np.testing.assert_array_equal(one.attenuation, again.attenuation)


def test_samples_are_kept(samples: tuple[GoodsSample, ...], tmp_path: Path) -> None:
    write_samples(tmp_path / "load-000000.npz", samples)
    for one, read in zip(samples, read_samples(tmp_path / "load-000000.npz"), strict=True):
        np.testing.assert_allclose(read.attenuation, one.attenuation, atol=0.5 / 255 + 1e-6)
        assert (read.heading, read.load, read.scanner) == (one.heading, one.load, one.scanner)


def test_headings_left_out_are_never_those_of_real_scans() -> None:
    left_out = unseen_headings()
    assert len(set(left_out)) == UNSEEN_COUNT
    assert not set(left_out) & set(KEPT)
    assert set(left_out) < set(headings())
    assert left_out == unseen_headings()
    assert EMPTY not in left_out

"""Scans with the true box of their container, the same for the same task."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from riac.scan import Box, intersection_over_union
from training.datasets.containers import (
    ContainerSample,
    ContainerTask,
    make_samples,
    read_samples,
    write_samples,
)

TASK = ContainerTask(index=1, seed=3, coarser=(2.4, 2.6))


@pytest.fixture(scope="module")
def sample() -> ContainerSample:
    (made,) = make_samples(TASK)
    return made


def test_what_is_found_is_kept_in_pixels_of_the_picture_beside_the_truth(
    sample: ContainerSample,
) -> None:
    height, width = sample.picture.shape
    assert 0 <= sample.box.x0 < sample.box.x1 <= width
    assert 0 <= sample.box.y0 < sample.box.y1 <= height
    assert sample.found is not None
    bounds = Box(*sample.found.min(axis=0).tolist(), *sample.found.max(axis=0).tolist())
    assert intersection_over_union(bounds, sample.box) > 0.8


def test_the_same_task_makes_the_same_sample(sample: ContainerSample) -> None:
    (again,) = make_samples(TASK)
    np.testing.assert_array_equal(again.picture, sample.picture)
    assert again.box == sample.box


def test_samples_are_kept(sample: ContainerSample, tmp_path: Path) -> None:
    unfound = ContainerSample(sample.picture, sample.box, None, sample.kind, sample.scanner)
    write_samples(tmp_path / "scan-000000.npz", [sample, unfound])
    one, other = read_samples(tmp_path / "scan-000000.npz")
    np.testing.assert_array_equal(one.picture, sample.picture)
    assert one.found is not None
    assert sample.found is not None
    np.testing.assert_array_equal(one.found, sample.found)
    assert (one.box, one.kind, one.scanner) == (sample.box, sample.kind, sample.scanner)
    assert other.found is None

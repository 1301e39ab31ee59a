"""Samples of a wrong normalisation: the same scan with and without, and where its gain steps."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from training.datasets.normalisation import (
    NormalisationTask,
    make_samples,
    read_samples,
    write_samples,
)


def test_a_scan_is_told_with_and_without(tmp_path: Path) -> None:
    samples = make_samples(NormalisationTask(index=1, seed=1))
    assert {each.wrong for each in samples} == {True, False}
    for each in samples:
        assert each.steps.shape[2] == len(each.stepped)
        assert (np.abs(each.stepped).max() > 0.05) == each.wrong
    write_samples(tmp_path / "scan-000001.npz", samples)
    again = list(read_samples(tmp_path / "scan-000001.npz"))
    assert [each.wrong for each in again] == [each.wrong for each in samples]
    assert np.abs(again[1].steps - samples[1].steps).max() < 0.003

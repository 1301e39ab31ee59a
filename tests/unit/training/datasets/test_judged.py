"""What pair judges learn from: the truth of each pair beside its statistics."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np

from tests.pair_phantoms import pair_sample
from training.datasets.changes import KINDS, Origin, PairSample, write_samples
from training.datasets.judged import judged

SUBSTITUTION = 1 + KINDS.index("substitution")


def exchanged(
    *, columns: int, origin: Origin = Origin.JOURNEY, kind: int = SUBSTITUTION
) -> PairSample:
    sample = pair_sample(1)
    mask = np.zeros_like(sample.mask)
    mask[40:120, :columns] = kind
    return dataclasses.replace(sample, mask=mask, origin=f"{origin} a b")


def test_another_load_is_told_from_goods_exchanged_in_a_part(tmp_path: Path) -> None:
    pairs = (
        exchanged(columns=150),
        exchanged(columns=40),
        exchanged(columns=40, origin=Origin.LOOK_ALIKE),
        exchanged(columns=150, kind=1 + KINDS.index("removal")),
    )
    write_samples(tmp_path / "lot-000000.npz", pairs)
    samples = judged(tmp_path / "lot-000000.npz")
    assert [each.whole for each in samples] == [True, False, True, False]
    assert all(each.changed for each in samples)
    assert all(np.isfinite(each.statistics).all() for each in samples)

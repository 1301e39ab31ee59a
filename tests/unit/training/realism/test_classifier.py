"""The classifier tells what differs, and cannot tell what does not."""

from __future__ import annotations

import numpy as np
import pytest

from tests.unit.training.realism.phantoms import empty

pytest.importorskip("torch")

from training.realism.classifier import tell_apart
from training.realism.tiles import cut_tiles


def test_a_plain_difference_is_told_on_scans_held_out() -> None:
    real = [empty(seed=seed, noise=2) for seed in range(8)]
    simulated = [empty(seed=seed, noise=2, ripple=12) for seed in range(8, 16)]
    generator = np.random.default_rng(0)
    tiles = cut_tiles(real, simulated, generator)
    scores = tell_apart(tiles, generator)
    assert (scores[tiles.real][:, None] > scores[~tiles.real][None, :]).mean() > 0.8

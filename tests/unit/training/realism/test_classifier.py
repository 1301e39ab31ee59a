"""The classifier tells what differs on scans it did not see, the same way each time."""

from __future__ import annotations

import numpy as np
import pytest

from tests.unit.training.realism.phantoms import empty
from training.realism.tiles import FOLDS, Tiles

pytest.importorskip("torch")

from training.realism.classifier import Numbers, tell_apart

_COUNT, _SIDE_PX = 64, 32


def _tiles(*, ripple: float) -> Tiles:
    """Noise, and in the simulated half a ripple of 8 px on it; small, to be quick."""
    real = np.arange(_COUNT) % 2 == 0
    grey = np.random.default_rng(0).normal(128, 10, (_COUNT, _SIDE_PX, _SIDE_PX))
    grey[~real] += ripple * np.sin(2 * np.pi * np.arange(_SIDE_PX) / 8)
    scan = np.arange(_COUNT)
    nowhere = np.zeros(_COUNT, np.int64)
    fold = scan // 2 % FOLDS
    return Tiles(grey.astype(np.uint8), real, ~real, scan, fold, nowhere, nowhere, (empty(),))


def _told(scores: Numbers, tiles: Tiles) -> float:
    return float((scores[tiles.real][:, None] > scores[~tiles.real][None, :]).mean())


def test_a_plain_difference_is_told_on_scans_held_out() -> None:
    tiles = _tiles(ripple=40)
    assert _told(tell_apart(tiles, np.random.default_rng(0), passes=20), tiles) > 0.9


def test_the_same_tiles_and_seed_give_the_same_scores() -> None:
    tiles = _tiles(ripple=10)
    first, second = (tell_apart(tiles, np.random.default_rng(0), passes=1) for _ in range(2))
    assert np.array_equal(first, second)

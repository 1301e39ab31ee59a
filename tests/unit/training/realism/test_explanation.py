"""What gives tiles away is found where it was put, and nothing where nothing was."""

from __future__ import annotations

import numpy as np
import pytest

from tests.unit.training.realism.phantoms import empty, loaded
from training.realism.explanation import discriminant, explain, told_apart
from training.realism.pictures import Container
from training.realism.tiles import MOST_TILES, TILE_PX, cut_tiles


def _side(*, first_seed: int, ripple: float = 0.0) -> list[Container]:
    return [empty(seed=first_seed + i, noise=3, ripple=ripple) for i in range(6)]


def test_both_sides_give_as_many_loaded_and_empty_containers() -> None:
    real = [*_side(first_seed=0), loaded()]
    simulated = [*_side(first_seed=10)[:5], loaded(), loaded()]
    tiles = cut_tiles(real, simulated, np.random.default_rng(0))
    assert len(tiles.scans) == 2 * (5 + 1)
    assert tiles.grey.shape[1:] == (TILE_PX, TILE_PX)
    assert np.bincount(tiles.scan).max() <= MOST_TILES
    for scan in range(len(tiles.scans)):
        assert len(set(tiles.fold[tiles.scan == scan])) == 1


def test_sides_with_nothing_alike_are_refused() -> None:
    with pytest.raises(ValueError, match="on both sides"):
        cut_tiles([loaded()], [empty()], np.random.default_rng(0))


def test_a_ripple_along_is_told_by_statistics_along() -> None:
    tiles = cut_tiles(_side(first_seed=0), _side(first_seed=10, ripple=6), np.random.default_rng(0))
    found = explain(tiles)
    named = {cue.name: cue for cue in found.cues}
    # 20 of 200 px is a tile's 3.75 cycles.
    assert named["power along, 2-4 cycles"].auroc < 0.2
    assert abs(named["median 2nd difference down, scale 1"].auroc - 0.5) < 0.15
    assert found.together["all"] > 0.9
    assert (
        found.cues[0].name in ("95 % level", "power along, 2-4 cycles")
        or " along" in found.cues[0].name
    )


def test_alike_collections_are_not_told_apart() -> None:
    tiles = cut_tiles(_side(first_seed=0), _side(first_seed=10), np.random.default_rng(0))
    assert 0.3 < told_apart(tiles) < 0.7


def test_the_discriminant_joins_statistics_that_say_little_alone() -> None:
    generator = np.random.default_rng(0)
    real = np.arange(400) % 2 == 0
    shared = generator.normal(size=400)
    first, second = shared + 0.3 * real, shared - 0.3 * real
    scores = discriminant([first, second], real, np.arange(400) // 2 % 4)
    assert (scores[real][:, None] > scores[~real][None, :]).mean() > 0.95

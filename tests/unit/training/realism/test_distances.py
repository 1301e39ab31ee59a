"""Distances of collections: nothing between equals, the right size where it is known."""

from __future__ import annotations

import numpy as np
import pytest

from training.realism.distances import (
    distances,
    earth_mover,
    kolmogorov_smirnov,
    power_spectrum,
)
from training.realism.pictures import CONTAINER_PX, Container, Grey, container_of


def _noisy(*, width_px: int, mean: float, deviation: float, seed: int) -> Grey:
    drawn = np.random.default_rng(seed).normal(mean, deviation, (CONTAINER_PX, width_px))
    return np.clip(drawn, 0, 255).astype(np.uint8)


def _group(*, mean: float, deviation: float, first_seed: int) -> list[Container]:
    return [
        container_of(
            _noisy(width_px=500, mean=mean, deviation=deviation, seed=seed),
            (0, 0, 500, CONTAINER_PX),
            name=f"{seed}.png",
            loaded=True,
        )
        for seed in range(first_seed, first_seed + 4)
    ]


def test_equal_collections_are_at_no_distance() -> None:
    group = _group(mean=120, deviation=6, first_seed=0)
    found = {k: v for k, v in distances(group, group).items() if "median" not in k}
    assert set(found.values()) == {0.0}


def test_a_shift_of_histograms_is_their_earth_mover_distance() -> None:
    first, second = np.zeros(256), np.zeros(256)
    first[100], second[132] = 1, 1
    assert earth_mover(first, second) == pytest.approx(32 / 256)


def test_samples_that_do_not_overlap_have_a_statistic_of_one() -> None:
    assert kolmogorov_smirnov([1.0, 2.0], [3.0, 4.0]) == 1.0
    assert kolmogorov_smirnov([1.0, 3.0], [1.0, 3.0]) == 0.0


def test_four_times_the_noise_adds_1_2_decades_of_power_in_both_directions() -> None:
    quiet = power_spectrum(_noisy(width_px=600, mean=128, deviation=5, seed=1))
    loud = power_spectrum(_noisy(width_px=600, mean=128, deviation=20, seed=2))
    # Power goes with the square: log10(16) = 1.204; the lowest bands have few frequencies.
    assert np.mean(loud - quiet, axis=1) == pytest.approx([1.204, 1.204], abs=0.15)


def test_a_container_narrower_than_a_patch_has_a_spectrum_too() -> None:
    narrow = power_spectrum(_noisy(width_px=150, mean=128, deviation=5, seed=3))
    wide = power_spectrum(_noisy(width_px=600, mean=128, deviation=5, seed=3))
    assert narrow.shape == wide.shape
    assert np.isfinite(narrow).all()


def test_distances_see_brightness_and_noise_apart() -> None:
    base = _group(mean=120, deviation=6, first_seed=0)
    brighter = distances(base, _group(mean=150, deviation=6, first_seed=9))
    noisier = distances(base, _group(mean=120, deviation=12, first_seed=9))
    assert brighter["grey histogram"] > 3 * noisier["grey histogram"]
    assert noisier["gradient histogram"] > 10 * brighter["gradient histogram"]

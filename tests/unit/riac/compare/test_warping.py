"""Costs of displacements are those of straight lines between columns; paths are the cheapest."""

from __future__ import annotations

import numpy as np

from riac.compare.warping import (
    CAP,
    FINENESS,
    OUTSIDE_COST,
    STRIDE,
    matching_costs,
    smoothest_path,
)

REACH = 5


def test_costs_are_the_mean_capped_differences_at_half_columns() -> None:
    generator = np.random.default_rng(3)
    entry, exit_ = (20 * generator.random((32, 6), np.float32) for _ in range(2))
    costs = matching_costs(entry, exit_, REACH)
    columns = np.arange(len(exit_))
    for state in range(costs.shape[1]):
        places = columns + state / FINENESS - REACH
        seen = np.stack([np.interp(places, columns, each) for each in exit_.T], axis=1)
        apart = np.minimum(np.abs(entry - seen), CAP).mean(axis=1)
        apart[(places < 0) | (places > columns[-1])] = OUTSIDE_COST
        np.testing.assert_allclose(
            costs[:, state], apart.reshape(-1, STRIDE).sum(axis=1), rtol=1e-5
        )


def test_a_displaced_picture_is_found_displaced() -> None:
    entry = 20 * np.random.default_rng(4).random((64, 8), np.float32)
    path, cost = smoothest_path(
        matching_costs(entry, np.roll(entry, 3, axis=0), REACH), np.float32(0.5)
    )
    assert set(path[2:-2].tolist()) == {(3 + REACH) * FINENESS}
    assert cost < OUTSIDE_COST * 8

"""Least squares without negative weights."""

from __future__ import annotations

import numpy as np
import pytest

from training.simulator.physics.least_squares import nonnegative_least_squares


def test_weights_that_made_the_sum_are_found_again() -> None:
    generator = np.random.default_rng(5)
    system = generator.random((40, 8))
    true = np.array([0.0, 2.0, 0.0, 0.5, 0.0, 0.0, 3.0, 0.0])
    columns, weights = nonnegative_least_squares(system, system @ true)
    found = np.zeros(8)
    found[columns] = weights
    np.testing.assert_allclose(found, true, atol=1e-6)


@pytest.mark.parametrize("seed", range(5))
def test_no_weight_is_negative_and_none_could_be_better(seed: int) -> None:
    generator = np.random.default_rng(seed)
    system, wanted = generator.normal(size=(30, 12)), generator.normal(size=30)
    columns, weights = nonnegative_least_squares(system, wanted)
    gradient = system.T @ (wanted - system[:, columns] @ weights)
    assert (weights > 0).all()
    np.testing.assert_allclose(gradient[columns], 0, atol=1e-9)
    assert gradient.max() < 1e-3


def test_where_every_weight_would_be_negative_there_is_none() -> None:
    columns, weights = nonnegative_least_squares(np.ones((3, 2)), -np.ones(3))
    assert len(columns) == len(weights) == 0

"""Steps from row to row: what a wrong gain does to all columns shows in all strips."""

from __future__ import annotations

import numpy as np

from models.row_steps import BINS, CHANNELS, EDGES, KINDS, STRIPS, row_steps


def test_a_gain_steps_into_its_row_in_every_strip_alike() -> None:
    picture = np.full((60, 500), 0.4, np.float32)
    picture[30:] *= 1.3
    steps = row_steps(picture)
    assert steps.shape == (CHANNELS, STRIPS, 60)
    wanted = int(np.searchsorted(EDGES, np.log(1.3)))
    assert (steps[wanted, :, 30] == 1).all()
    assert (steps[BINS // 2, :, 10] == 1).all()


def test_goods_step_in_their_own_strips_alone() -> None:
    picture = np.full((60, 800), 0.4, np.float32)
    picture[30:, :100] = 0.2
    steps = row_steps(picture)
    assert steps[BINS // 2, 0, 30] == 0
    assert (steps[BINS // 2, 1:, 30] == 1).all()


def test_air_at_full_scale_and_black_goods_tell_nothing() -> None:
    picture = np.ones((60, 500), np.float32)
    picture[30:] = 0
    steps = row_steps(picture)
    assert (steps[:BINS] == 0).all()
    assert (steps[BINS + KINDS.index("full"), :, 10] == 1).all()
    assert (steps[BINS + KINDS.index("black"), :, 50] == 1).all()

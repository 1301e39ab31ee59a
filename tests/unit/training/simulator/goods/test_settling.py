"""Logs and rolls lie on each other, inside the hold, without overlapping."""

from __future__ import annotations

import numpy as np

from training.simulator.goods.settling import Logs, Rolls, settle
from training.simulator.physics.materials import PAPER, WOOD
from training.simulator.scene.containers import Shell
from training.simulator.scene.solids import Shape, Solids


def test_circles_stay_in_their_trough_and_out_of_each_other() -> None:
    generator = np.random.default_rng(3)
    laid = settle(
        width=2300, height=2000, mean_mm=280, spread=0.2, area_mm2=1e9, generator=generator
    )
    along, high, across = laid.T
    assert len(laid) > 30
    assert (along - across / 2 > -1e-6).all()
    assert (along + across / 2 < 2300 + 1e-6).all()
    assert (high + across / 2 < 2000 + 1e-6).all()
    apart = np.hypot(along[:, None] - along, high[:, None] - high)
    touching = (across[:, None] + across) / 2
    pairs = ~np.eye(len(laid), dtype=bool)
    assert (apart - touching)[pairs].min() > -1e-6


def test_what_may_be_laid_is_limited_by_area() -> None:
    generator = np.random.default_rng(3)
    laid = settle(
        width=2300, height=2000, mean_mm=280, spread=0.1, area_mm2=5e5, generator=generator
    )
    assert 0.8 * 5e5 < (laid[:, 2] ** 2).sum() * np.pi / 4 <= 5e5


def test_logs_lie_lengthwise_and_rolls_across_or_lengthwise() -> None:
    hold = Shell(0, 1250, 40, True).hold
    logs, across, along = Solids(), Solids(), Solids()
    Logs(WOOD)(logs, hold, np.random.default_rng(1))
    Rolls(PAPER, lengthwise=0)(across, hold, np.random.default_rng(1))
    Rolls(PAPER, lengthwise=1)(along, hold, np.random.default_rng(1))
    assert set(logs.rows()["shape"]) == {Shape.DRUM_X}
    assert set(across.rows()["shape"]) == {Shape.DRUM_Z}
    assert set(along.rows()["shape"]) == {Shape.DRUM_X}

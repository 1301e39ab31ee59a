"""Parts are drawn where they belong, also in pieces that are turned or point the other way."""

from __future__ import annotations

import numpy as np
import pytest

from training.simulator.goods.bench import Bench
from training.simulator.goods.units import Places
from training.simulator.physics.materials import STEEL
from training.simulator.scene.solids import Rows, Shape, Solids


def _places() -> Places:
    return Places(
        np.array([1000.0, 5000.0]), np.zeros(2), np.array([-500.0, 200.0]), np.zeros(2, np.int32)
    )


def _drawn(bench: Bench) -> Rows:
    return bench.solids.rows()


def test_a_part_is_drawn_in_every_piece() -> None:
    bench = Bench(Solids(), _places())
    bench.box((10, 20), (30, 40), (50, 60), STEEL)
    rows = _drawn(bench)
    assert rows["x0"].tolist() == [1010, 5010]
    assert rows["z1"].tolist() == [-440, 260]


def test_a_turned_piece_swaps_along_and_across() -> None:
    bench = Bench(Solids(), _places(), turned=True)
    bench.add(Shape.DRUM_X, (0, 300), (0, 50), (10, 60), STEEL)
    rows = _drawn(bench)
    assert rows["shape"].tolist() == [Shape.DRUM_Z] * 2
    assert (rows["x1"] - rows["x0"]).tolist() == [50, 50]
    assert (rows["z1"] - rows["z0"]).tolist() == [300, 300]


def test_a_sloping_bar_of_a_turned_piece_keeps_its_mean_height() -> None:
    plain, turned = Bench(Solids(), _places()), Bench(Solids(), _places(), turned=True)
    for bench in (plain, turned):
        bench.bar((0, 100), (400, 300), (0, 50), STEEL, depth_mm=40)
    rows = _drawn(turned)
    assert rows["shape"].tolist() == [Shape.BOX] * 2
    assert (rows["y0"] + rows["y1"]).tolist() == [400, 400]
    assert turned.solids.mass_kg() == pytest.approx(plain.solids.mass_kg())


def test_a_flipped_piece_is_its_mirror_image() -> None:
    bench = Bench(Solids(), _places(), flipped_mm=1000)
    bench.bar((100, 0), (300, 200), (0, 50), STEEL, depth_mm=20)
    row = _drawn(bench)[0]
    assert (row["x0"], row["x1"]) == (1700, 1900)
    # It now begins high and falls.
    assert (row["y0"], row["y1"]) == (190, 210)
    assert (row["low_rise"], row["high_rise"]) == (-200, -200)

"""Contraband has the mass and the room it says it has."""

from __future__ import annotations

import numpy as np
import pytest

from training.simulator.contraband import CONTRABAND, contraband_of
from training.simulator.scene.solids import Solids

KILOGRAMS = {
    "bricks": (0.95, 1.05),
    "cigarettes": (11.0, 18.0),
    "cash": (0.95, 1.05),
    "rifles": (2.9, 3.6),
    "cartridges": (12.0, 20.0),
    "spirits": (29.0, 36.0),
    "engine-parts": (70.0, 160.0),
}
"""Of one piece, as traded."""


@pytest.mark.parametrize("name", sorted(CONTRABAND))
def test_a_piece_weighs_what_it_weighs_in_trade(name: str) -> None:
    low, high = KILOGRAMS[name]
    assert low <= contraband_of(name).piece_kg <= high


@pytest.mark.parametrize("name", sorted(CONTRABAND))
def test_pieces_stay_in_the_room_they_take(name: str) -> None:
    things, solids, zero = contraband_of(name), Solids(), np.zeros(1)
    things.draw(solids, zero, zero, zero)
    rows = solids.rows()
    for axis, size in zip("xyz", things.size_mm, strict=True):
        assert rows[axis + "0"].min() >= 0
        assert rows[axis + "1"].max() <= size


def test_a_block_makes_up_the_mass_and_fits_its_room() -> None:
    bricks = contraband_of("bricks")
    block = bricks.block(120, (1200, 500, 2000))
    assert block.pieces * bricks.piece_kg == pytest.approx(120, rel=0.01)
    assert np.prod(block.counts) >= block.pieces
    solids = Solids()
    bricks.fill(solids, (100, 200, 300), block)
    rows = solids.rows()
    assert len(rows) == block.pieces
    assert (rows["x0"].min(), rows["y0"].min(), rows["z0"].min()) == (100, 200, 300)
    assert bricks.block(1e6, (500, 100, 300)).counts == (2, 2, 2)
    assert bricks.block(10, (100, 100, 100)).pieces == 0


def test_an_unknown_kind_is_answered_with_those_there_are() -> None:
    with pytest.raises(ValueError, match="expected one of bricks, cigarettes"):
        contraband_of("unicorns")

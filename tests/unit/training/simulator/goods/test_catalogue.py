"""Every heading packs a load such as travels: inside its hold, of a likely mass, ever different."""

from __future__ import annotations

import numpy as np
import pytest

from training.simulator.goods.catalogue import GOODS, goods_of
from training.simulator.goods.goods import Goods, by_heading
from training.simulator.scene.containers import Hold, Shell
from training.simulator.scene.solids import Solids

SEEDS = range(4)


def _packed(heading: str, seed: int) -> tuple[Solids, Hold]:
    generator = np.random.default_rng([seed, int(heading)])
    kind, length_ft, high_cube = GOODS[heading].choose_container(generator)
    hold = Shell(0, 1250, length_ft, high_cube, kind).hold
    solids = Solids()
    GOODS[heading].pack(solids, hold, generator=generator)
    return solids, hold


@pytest.mark.parametrize("heading", sorted(GOODS))
def test_a_load_lies_inside_its_hold(heading: str) -> None:
    for seed in SEEDS:
        solids, hold = _packed(heading, seed)
        rows = solids.rows()
        # Soft goods bulge by a hand's breadth.
        bulge = 130
        assert rows["x0"].min() >= hold.x0 - bulge
        assert rows["x1"].max() <= hold.x1 + bulge
        assert rows["y0"].min() >= hold.y0 - bulge
        assert rows["y1"].max() <= hold.y1 + bulge
        assert np.abs([rows["z0"], rows["z1"]]).max() <= hold.z1 + bulge


@pytest.mark.parametrize("heading", sorted(GOODS))
def test_a_load_weighs_what_such_a_load_may_weigh(heading: str) -> None:
    for seed in SEEDS:
        solids, hold = _packed(heading, seed)
        assert 400 < solids.mass_kg() < 1.03 * hold.payload_kg, seed


@pytest.mark.parametrize("heading", sorted(GOODS))
def test_the_same_seed_packs_the_same_load_and_another_packs_another(heading: str) -> None:
    once, again, other = (_packed(heading, seed)[0].rows() for seed in (1, 1, 2))
    np.testing.assert_array_equal(once, again)
    assert len(once) != len(other) or not np.array_equal(once, other)


@pytest.mark.parametrize("heading", sorted(GOODS))
def test_a_narrow_gap_is_packed_too(heading: str) -> None:
    """What replaces a part of a load, or ends it, may find less room than one piece takes."""
    for seed in SEEDS:
        generator = np.random.default_rng([seed, int(heading)])
        kind, length_ft, high_cube = GOODS[heading].choose_container(generator)
        gap = Shell(0, 1250, length_ft, high_cube, kind).hold.part(0.4, 0.4 + 0.02)
        solids = Solids()
        GOODS[heading].pack(solids, gap, generator=generator)
        assert np.isfinite(solids.mass_kg())


def test_an_unknown_heading_gets_the_list_of_known_ones() -> None:
    with pytest.raises(ValueError, match=r"'9999' is not modelled; the simulator packs .*0202"):
        goods_of("9999")


def test_a_heading_is_modelled_once() -> None:
    twice = Goods("0202", "beef", ())
    with pytest.raises(ValueError, match="twice"):
        by_heading((twice,), (twice,))


def test_a_heading_has_four_digits() -> None:
    with pytest.raises(ValueError, match="four digits"):
        Goods("020", "beef", ())

"""The embedder of network and measures: places, slabs, mirrored scans, other displays."""

from __future__ import annotations

import numpy as np
import pytest

from models import load_embedder, load_goods_network
from models.goods import INPUT, PLACE_COLUMNS, covers
from riac.errors import ModelError
from riac.interior import Slab, cut_interior, displayed
from riac.scan import Picture
from tests.goods_phantoms import big_bags, stacked_cartons

EMBEDDER = load_embedder()


def interior(picture: Picture) -> Picture:
    return cut_interior(picture).transmission


def likeness(first: Picture, second: Picture) -> float:
    one, other = (EMBEDDER.embed(each)[0] for each in (first, second))
    return float(one @ other)


def test_whole_and_slabs_come_from_one_call() -> None:
    picture = interior(big_bags(seed=1))
    vectors = EMBEDDER.embed(picture, slabs=[Slab(0, 200), Slab(200, 400)])
    assert vectors.shape == (3, EMBEDDER.dimension)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-4)


def test_the_same_goods_are_more_alike_than_other_goods() -> None:
    bags, more_bags, cartons = (
        interior(each) for each in (big_bags(seed=1), big_bags(seed=2), stacked_cartons(seed=2))
    )
    assert likeness(bags, more_bags) > likeness(bags, cartons) + 0.1


def test_a_mirrored_scan_and_another_display_are_the_same_goods() -> None:
    picture = interior(stacked_cartons(seed=1))
    other = likeness(picture, interior(big_bags(seed=1)))
    assert likeness(picture, np.ascontiguousarray(picture[:, ::-1])) > 0.8
    assert likeness(picture, displayed(picture, tone=1.5)) > other


@pytest.mark.parametrize("shape", [(3, 3), (2, 900), (900, 2), (40, 40)])
@pytest.mark.parametrize("level", [0.0, 0.5, 1.0])
def test_any_picture_gives_finite_numbers(shape: tuple[int, int], level: float) -> None:
    picture = np.full(shape, level, np.float32)
    assert np.isfinite(EMBEDDER.embed(picture, slabs=[Slab(0, 2)])).all()


def test_a_picture_without_numbers_is_refused() -> None:
    with pytest.raises(ModelError, match="finite"):
        EMBEDDER.embed(np.full((40, 40), np.nan, np.float32))


def test_regions_weigh_the_places_they_cover() -> None:
    wide = 4 * PLACE_COLUMNS
    weights = covers(
        [(0, wide), (0, PLACE_COLUMNS), (0.5 * PLACE_COLUMNS, 2 * PLACE_COLUMNS)], places=6
    )
    np.testing.assert_allclose(weights.sum(axis=1), 1, rtol=1e-6)
    np.testing.assert_allclose(weights[0], [0.25] * 4 + [0, 0], atol=1e-4)
    np.testing.assert_allclose(weights[1], [1, 0, 0, 0, 0, 0], atol=1e-4)
    np.testing.assert_allclose(weights[2], [1 / 3, 2 / 3, 0, 0, 0, 0], atol=1e-4)


def test_a_region_without_width_is_where_it_lies() -> None:
    weights = covers([(2.5 * PLACE_COLUMNS, 2.5 * PLACE_COLUMNS)], places=4)
    np.testing.assert_allclose(weights[0], [0, 0, 1, 0], atol=1e-6)


def test_the_network_looks_at_the_stated_rows() -> None:
    assert load_goods_network().numbers > 0
    assert INPUT.rows % PLACE_COLUMNS == 0

"""What weighs all that is seen of goods, as it is released."""

from __future__ import annotations

import numpy as np
import pytest

from models import GoodsDiscriminant, load_discriminant, load_goods_network, load_measures
from models.registry import JUDGE, load_registry
from models.session import open_session
from riac.errors import ModelError
from riac.interior import cut_interior
from tests.goods_phantoms import big_bags, stacked_cartons

DISCRIMINANT = load_discriminant()


def test_it_takes_all_that_network_and_measures_say() -> None:
    assert DISCRIMINANT.takes == (load_goods_network().numbers, load_measures().measures)


def test_like_goods_are_near_each_other() -> None:
    network, measures = load_goods_network(), load_measures()
    pictures = [
        cut_interior(made(seed=seed)).transmission
        for made in (big_bags, stacked_cartons)
        for seed in (20, 21)
    ]
    seen = np.concatenate([network.seen(each, ()) for each in pictures])
    placed = np.concatenate([measures.placed(each) for each in pictures])
    vectors = DISCRIMINANT.of(seen, placed)
    assert vectors.shape == (4, DISCRIMINANT.dimension)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    alike = vectors @ vectors.T
    assert min(alike[0, 1], alike[2, 3]) > alike[:2, 2:].max() + 0.3


def test_what_was_not_measured_is_refused() -> None:
    seen, placed = DISCRIMINANT.takes
    with pytest.raises(ModelError):
        DISCRIMINANT.of(np.zeros((1, seen), np.float32), np.zeros((1, placed - 1)))
    with pytest.raises(ModelError, match="no numbers"):
        DISCRIMINANT.of(np.full((1, seen), np.nan, np.float32), np.zeros((1, placed)))


def test_another_network_is_refused() -> None:
    session = open_session(load_registry().get(JUDGE).weights())
    with pytest.raises(ModelError, match="no goods discriminant"):
        GoodsDiscriminant(session, name="judge", digest="")

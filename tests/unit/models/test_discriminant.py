"""What weighs all that is seen of goods: what it computes, and what is refused."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from models import (
    GoodsDiscriminant,
    GoodsEmbedder,
    load_discriminant,
    load_goods_network,
    load_measures,
)
from riac.errors import ModelError


def weights(**other: Any) -> bytes:
    stated = {
        "definition": 1,
        "seen": 2,
        "centre": [1.0, 0.0, 0.5],
        "projection": [[1.0, 0.0], [0.0, 0.0], [0.0, 2.0]],
    }
    return json.dumps({**stated, **other}).encode()


def test_vectors_are_unit_length_and_about_the_centre() -> None:
    discriminant = GoodsDiscriminant(weights(), name="goods-discriminant-1")
    assert (discriminant.dimension, discriminant.takes) == (2, (2, 1))
    seen = np.array([[2.0, 9.0], [1.0, -3.0]], np.float32)
    vectors = discriminant.of(seen, np.array([[0.5], [0.0]]))
    np.testing.assert_allclose(vectors, [[1, 0], [0, -1]], atol=1e-6)
    assert vectors.dtype == np.float32


def test_what_lies_at_the_centre_has_no_direction() -> None:
    discriminant = GoodsDiscriminant(weights(), name="goods-discriminant-1")
    vectors = discriminant.of(np.array([[1.0, 0.0]], np.float32), np.array([[0.5]]))
    np.testing.assert_array_equal(vectors, [[0, 0]])


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"{", "damaged"),
        (weights(seen=0), "damaged"),
        (weights(definition=99), "definition 1"),
        (weights(centre=[1.0, 0.0]), "fit each other"),
        (weights(projection=[[1.0], [0.0, 1.0], [0.0]]), "fit each other"),
        (weights(projection=[[], [], []]), "fit each other"),
    ],
)
def test_damaged_weights_are_refused(content: bytes, said: str) -> None:
    with pytest.raises(ModelError, match=said):
        GoodsDiscriminant(content, name="goods-discriminant-1")


def test_one_of_other_models_is_refused() -> None:
    other = GoodsDiscriminant(weights(), name="goods-discriminant-1")
    with pytest.raises(ModelError, match="fit it anew"):
        GoodsEmbedder(load_measures(), load_goods_network(), other)


def test_the_released_one_takes_all_that_network_and_measures_say() -> None:
    assert load_discriminant().takes == (load_goods_network().numbers, load_measures().measures)

"""What is expected of headings: what is refused, and what the released one knows."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from models import (
    GoodsEmbedder,
    GoodsExpectation,
    load_discriminant,
    load_embedder,
    load_goods_network,
    load_measures,
)
from riac.errors import ModelError
from training.datasets.goods import KEPT, unseen_headings


def heading(name: str, *direction: float) -> dict[str, Any]:
    told = {"direction": direction, "offset": -0.5}
    return {"heading": name, "whole": told, "slab": {**told, "offset": -1.0}}


def weights(**other: Any) -> bytes:
    headings = [heading("0207", 1.0, 0.0), heading("1202", 0.0, 2.0)]
    return json.dumps({"definition": 1, "headings": headings, **other}).encode()


def test_a_whole_interior_and_slabs_are_told_apart() -> None:
    likely = GoodsExpectation(weights()).of(np.array([[1, 0], [0, 1], [0, 0]], np.float32))
    np.testing.assert_allclose(likely["0207"], [0.5, -1.0, -1.0])
    np.testing.assert_allclose(likely["1202"], [-0.5, 1.0, -1.0])


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"{", "damaged"),
        (weights(headings=[]), "damaged"),
        (weights(definition=99), "definition 1"),
        (weights(headings=2 * [heading("0207", 1.0)]), "fit each other"),
        (weights(headings=[heading("0207", 1.0), heading("1202", 1.0, 2.0)]), "fit each other"),
    ],
)
def test_damaged_weights_are_refused(content: bytes, said: str) -> None:
    with pytest.raises(ModelError, match=said):
        GoodsExpectation(content)


def test_one_of_other_measures_is_refused() -> None:
    with pytest.raises(ModelError, match="fit it anew"):
        GoodsEmbedder(
            load_measures(),
            load_goods_network(),
            load_discriminant(),
            expectation=GoodsExpectation(weights()),
        )


def test_the_released_one_knows_no_heading_that_is_kept_for_asking() -> None:
    embedder = load_embedder()
    likely = embedder.expect(np.zeros((3, embedder.dimension), np.float32))
    assert set(KEPT) <= set(likely)
    assert not set(unseen_headings()) & set(likely)
    assert {each.shape for each in likely.values()} == {(3,)}


def test_without_one_nothing_is_expected() -> None:
    embedder = GoodsEmbedder(load_measures(), load_goods_network(), load_discriminant())
    assert embedder.expect(np.zeros((1, embedder.dimension), np.float32)) == {}
    assert embedder.digest != load_embedder().digest

"""The load network in service: one load on two displays, other loads, pictures of any shape."""

from __future__ import annotations

import numpy as np
import pytest

from models import load_recogniser
from models.loads import INPUT, PARTS, PLACE_COLUMNS, to_load_input, windows
from riac.errors import ModelError
from riac.interior import cut_interior, displayed
from riac.scan import Picture
from tests.goods_phantoms import big_bags, stacked_cartons

RECOGNISER = load_recogniser()


def interior(picture: Picture) -> Picture:
    return cut_interior(picture).transmission


def likeness(first: Picture, second: Picture) -> float:
    return RECOGNISER.likeness(to_load_input(first), to_load_input(second))


def test_a_load_is_more_like_itself_on_another_display_than_like_other_loads() -> None:
    bags = interior(big_bags(seed=1))
    itself = likeness(bags, displayed(bags, tone=1.3))
    assert likeness(bags, bags) == pytest.approx(1, abs=1e-5)
    assert itself > likeness(bags, interior(big_bags(seed=2)))
    assert itself > likeness(bags, interior(stacked_cartons(seed=2)))


def test_likeness_is_the_cosine_of_the_vectors_that_are_stored() -> None:
    one, other = interior(big_bags(seed=1)), interior(stacked_cartons(seed=2))
    vectors = [RECOGNISER.load(each) for each in (one, other)]
    assert {each.shape for each in vectors} == {(1, vectors[0].shape[1])}
    assert float(vectors[0][0] @ vectors[1][0]) == pytest.approx(likeness(one, other), abs=1e-6)


@pytest.mark.parametrize("shape", [(3, 3), (2, 900), (900, 2), (40, 40)])
@pytest.mark.parametrize("level", [0.0, 0.5, 1.0])
def test_any_picture_gives_a_unit_vector(shape: tuple[int, int], level: float) -> None:
    vector = RECOGNISER.load(np.full(shape, level, np.float32))
    np.testing.assert_allclose(np.linalg.norm(vector, axis=1), 1, atol=1e-4)


def test_a_picture_without_numbers_is_refused() -> None:
    with pytest.raises(ModelError, match="finite"):
        RECOGNISER.load(np.full((40, 40), np.nan, np.float32))


@pytest.mark.parametrize("columns", [48, 470, 941, INPUT.max_columns])
def test_what_was_filled_up_counts_nowhere(columns: int) -> None:
    places = -(-columns // PLACE_COLUMNS) + 3
    cover = windows(columns, places=places)
    assert cover.shape == (1 + PARTS, places)
    np.testing.assert_allclose(cover.sum(axis=1), 1, rtol=1e-5)
    beyond = (np.arange(places) + 0.5) * PLACE_COLUMNS >= columns
    assert not cover[:, beyond].any()


def test_windows_lie_one_after_the_other() -> None:
    cover = windows(40 * PLACE_COLUMNS, places=40)
    centres = cover[1:] @ np.arange(40)
    assert (np.diff(centres) > 3).all()
    np.testing.assert_allclose(cover[1:][::-1, ::-1], cover[1:], atol=1e-6)

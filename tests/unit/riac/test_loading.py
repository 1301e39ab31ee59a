import itertools

import numpy as np
import pytest

from riac.interior import cut_interior, slabs
from riac.loading import judge_loading
from riac.scan import Picture
from tests.goods_phantoms import COLUMNS, ROWS, big_bags, empty_container, stacked_cartons


def _empty_score(picture: Picture) -> float:
    return judge_loading(cut_interior(picture)).empty_score


@pytest.mark.parametrize("walls", [0.45, 0.6, 0.85, 0.98])
def test_an_empty_container_is_empty_however_dark_the_display_draws_it(walls: float) -> None:
    assert _empty_score(empty_container(walls=walls)) > 0.9


@pytest.mark.parametrize("walls", [0.45, 0.85])
def test_ordinary_loads_are_loaded(walls: float) -> None:
    assert _empty_score(stacked_cartons(seed=1, walls=walls)) < 0.1
    assert _empty_score(big_bags(seed=1, walls=walls)) < 0.1


def test_a_ventilation_insert_on_the_floor_is_no_cargo() -> None:
    picture = empty_container()
    picture[int(0.76 * ROWS) :, 60:400] *= np.float32(0.3)
    assert _empty_score(picture) > 0.5


def test_one_pallet_in_an_otherwise_empty_container_is_cargo() -> None:
    picture = empty_container()
    picture[70:170, 200:260] = 0.05
    assert _empty_score(picture) < 0.5


def test_a_low_layer_of_heavy_goods_is_cargo() -> None:
    picture = empty_container()
    picture[int(0.7 * ROWS) : -20, 100:300] = 0.02
    assert _empty_score(picture) < 0.1


def test_a_thin_black_thing_on_the_floor_is_no_cargo() -> None:
    picture = empty_container()
    picture[int(0.7 * ROWS) : -20, 200:205] = 0.02
    assert _empty_score(picture) > 0.9


def test_light_open_goods_are_cargo() -> None:
    picture = empty_container()
    for left in range(30, COLUMNS - 30, 10):
        picture[40:170, left : left + 3] *= np.float32(0.4)
    assert _empty_score(picture) < 0.5


def test_a_load_up_to_the_roof_hides_the_walls_and_is_still_cargo() -> None:
    assert _empty_score(np.full((ROWS, COLUMNS), 0.05, np.float32)) < 0.1


def test_a_black_band_beside_the_picture_is_no_cargo() -> None:
    picture = empty_container()
    picture[:, :60] = 0.0
    assert _empty_score(picture) > 0.5
    assert cut_interior(picture).box.x0 > 60


def test_the_loaded_columns_are_those_with_goods() -> None:
    picture = empty_container()
    picture[60:170, 240:440] = 0.05
    interior = cut_interior(picture)
    loaded = judge_loading(interior).loaded_columns
    scale = interior.transmission.shape[1] / interior.box.width
    first, last, before = (round((x - interior.box.x0) * scale) for x in (242, 438, 200))
    assert loaded[first:last].all()
    assert not loaded[:before].any()


def test_slabs_cover_the_interior_once() -> None:
    cut = slabs((150, 611))
    assert cut[0].start == 0
    assert cut[-1].stop == 611
    assert all(a.stop == b.start for a, b in itertools.pairwise(cut))

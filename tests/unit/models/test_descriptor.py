import cv2
import numpy as np
import pytest

from models import GoodsDescriptor, ModelInput
from models.measures import measure
from riac.interior import cut_interior
from riac.scan import Picture
from tests.goods_phantoms import big_bags, empty_container, stacked_cartons

DESCRIPTOR = GoodsDescriptor()


def _likeness(first: Picture, second: Picture) -> float:
    interiors = [cut_interior(picture).transmission for picture in (first, second)]
    vectors = DESCRIPTOR.embed(interiors)
    return float(vectors[0] @ vectors[1])


def test_vectors_have_unit_length_and_the_stated_dimension() -> None:
    vectors = DESCRIPTOR.embed([big_bags(seed=1), stacked_cartons(seed=1), empty_container()])
    assert vectors.shape == (3, DESCRIPTOR.dimension)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)


def test_nothing_to_embed_gives_no_vectors() -> None:
    assert DESCRIPTOR.embed([]).shape == (0, DESCRIPTOR.dimension)


@pytest.mark.parametrize("shape", [(3, 3), (2, 900), (900, 2), (40, 40)])
@pytest.mark.parametrize("level", [0.0, 0.5, 1.0])
def test_any_picture_gives_finite_numbers(shape: tuple[int, int], level: float) -> None:
    assert np.isfinite(DESCRIPTOR.embed([np.full(shape, level, np.float32)])).all()


def test_the_same_goods_are_more_alike_than_other_goods() -> None:
    same = _likeness(big_bags(seed=1), big_bags(seed=2))
    other = _likeness(big_bags(seed=1), stacked_cartons(seed=2))
    assert same > other + 0.1


def test_a_mirrored_scan_is_the_same_goods() -> None:
    picture = stacked_cartons(seed=1)
    # Windows of an even number of columns have no centre: a trace of the direction stays.
    assert _likeness(picture, np.ascontiguousarray(picture[:, ::-1])) > 0.97


def test_another_speed_and_another_display_change_less_than_other_goods() -> None:
    picture = big_bags(seed=1)
    faster = cv2.resize(picture, None, fx=0.8, fy=1.0, interpolation=cv2.INTER_AREA)
    darker = (0.8 * picture).astype(np.float32)
    other = _likeness(picture, stacked_cartons(seed=1))
    assert _likeness(picture, faster) > other + 0.05
    assert _likeness(picture, darker) > other + 0.05


def test_the_digest_follows_the_definition() -> None:
    assert GoodsDescriptor().digest == DESCRIPTOR.digest
    assert GoodsDescriptor(specification=ModelInput(rows=96)).digest != DESCRIPTOR.digest


def test_the_height_of_a_load_is_measured() -> None:
    for height in (0.55, 0.7, 0.85):
        transmission = cut_interior(stacked_cartons(seed=1, height=height)).transmission
        dark = (transmission < 0.2).astype(np.float32)
        measured = {each.name: each.value for each in measure(dark)}
        # The interior is the height less 3 % of roof and 20 % of floor.
        expected = (height - 0.20) / 0.77
        assert measured["height"] == pytest.approx(expected, abs=0.03)

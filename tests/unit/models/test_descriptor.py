import json

import cv2
import numpy as np
import pytest

from models import GoodsDescriptor, load_registry
from models.measures import flattened_band, measure, upper_surface
from models.registry import MEASURES
from riac.errors import ModelError
from riac.interior import Slab, cut_interior
from riac.scan import Picture
from tests.goods_phantoms import big_bags, stacked_cartons

WEIGHTS = load_registry().get(MEASURES).weights()
DESCRIPTOR = GoodsDescriptor(WEIGHTS)


def _likeness(first: Picture, second: Picture) -> float:
    interiors = [cut_interior(picture).transmission for picture in (first, second)]
    one, other = (DESCRIPTOR.embed(interior)[0] for interior in interiors)
    return float(one @ other)


def test_vectors_have_unit_length_and_the_stated_dimension() -> None:
    vectors = DESCRIPTOR.embed(big_bags(seed=1), slabs=[Slab(0, 200), Slab(200, 400)])
    assert vectors.shape == (3, DESCRIPTOR.dimension)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)


def test_a_slab_is_embedded_as_if_it_stood_alone() -> None:
    picture = stacked_cartons(seed=1)
    vectors = DESCRIPTOR.embed(picture, slabs=[Slab(100, 300)])
    np.testing.assert_array_equal(vectors[1], DESCRIPTOR.embed(picture[:, 100:300])[0])


@pytest.mark.parametrize("shape", [(3, 3), (2, 900), (900, 2), (40, 40)])
@pytest.mark.parametrize("level", [0.0, 0.5, 1.0])
def test_any_picture_gives_finite_numbers(shape: tuple[int, int], level: float) -> None:
    assert np.isfinite(DESCRIPTOR.embed(np.full(shape, level, np.float32))).all()


def test_the_same_goods_are_more_alike_than_other_goods() -> None:
    same = _likeness(big_bags(seed=1), big_bags(seed=2))
    other = _likeness(big_bags(seed=1), stacked_cartons(seed=2))
    assert same > other + 0.1


def test_a_mirrored_scan_is_the_same_goods() -> None:
    picture = stacked_cartons(seed=1)
    assert _likeness(picture, np.ascontiguousarray(picture[:, ::-1])) > 0.99


def test_another_speed_and_another_display_change_less_than_other_goods() -> None:
    picture = big_bags(seed=1)
    faster = cv2.resize(picture, None, fx=0.8, fy=1.0, interpolation=cv2.INTER_AREA)
    darker = (0.8 * picture).astype(np.float32)
    other = _likeness(picture, stacked_cartons(seed=1))
    assert _likeness(picture, faster) > other + 0.05
    assert _likeness(picture, darker) > other + 0.05


def _altered(**changes: object) -> bytes:
    return json.dumps({**json.loads(WEIGHTS), **changes}).encode()


def test_the_digest_follows_the_weights() -> None:
    other = _altered(input={"rows": 96, "min_columns": 36, "max_columns": 864})
    assert GoodsDescriptor(WEIGHTS).digest == DESCRIPTOR.digest
    assert GoodsDescriptor(other).digest != DESCRIPTOR.digest


@pytest.mark.parametrize(
    "weights",
    [
        b"no weights",
        _altered(definition=1),
        _altered(ranges=[{"name": "height", "low": 0.0, "high": 1.0}]),
        _altered(ranges=[{**each, "high": each["low"]} for each in json.loads(WEIGHTS)["ranges"]]),
        _altered(centre=[0.0]),
        _altered(projection=[[1.0]]),
    ],
)
def test_weights_that_do_not_fit_the_code_are_refused(weights: bytes) -> None:
    with pytest.raises(ModelError, match="weights"):
        GoodsDescriptor(weights)


def test_measures_of_a_drawn_load_stay_what_they_are() -> None:
    """Golden values: whoever changes them raises `DEFINITION` and fits the weights anew."""
    interior = cut_interior(big_bags(seed=1)).transmission
    dark = cv2.resize(1 - interior, (706, 144), interpolation=cv2.INTER_AREA)
    measured = {each.name: each.value for each in measure(dark)}
    assert len(measured) == 57
    golden = {
        "height": 0.597,
        "roughness_0.25": -2.924,
        "level": 0.984,
        "upper_texture": -1.319,
        "upper_direction_0.025": -1.164,
        "lower_round_0.025": 0.007,
        "upper_octave_0.08": 0.178,
        "lower_gaps": 0.785,
        "lower_gap_width": -3.81,
    }
    for name, value in golden.items():
        # Libraries round differently from one version to the next.
        assert measured[name] == pytest.approx(value, abs=0.01), name


def test_a_step_in_the_load_is_flattened_away() -> None:
    attenuation = np.zeros((144, 600), np.float32)
    attenuation[40:, :300] = 1.0
    attenuation[70:, 300:] = 1.0
    band = flattened_band(attenuation, upper_surface(attenuation))
    assert band.shape == (52, 600)
    # Of the two levels only the smoothing of the step is left.
    assert (band[2:] > 0.5).mean() > 0.95


def test_the_height_of_a_load_is_measured() -> None:
    for height in (0.55, 0.7, 0.85):
        transmission = cut_interior(stacked_cartons(seed=1, height=height)).transmission
        dark = (transmission < 0.2).astype(np.float32)
        measured = {each.name: each.value for each in measure(dark)}
        # The interior is the height less 3 % of roof and 20 % of floor.
        expected = (height - 0.20) / 0.77
        assert measured["height"] == pytest.approx(expected, abs=0.03)

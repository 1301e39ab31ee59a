import json

import cv2
import numpy as np
import pytest

from models import ContainerStatistics, load_novelty, load_registry
from models.novelty import COLUMNS, ROWS, measure
from models.registry import NOVELTY
from riac.errors import ModelError
from riac.scan import Picture
from tests.goods_phantoms import stacked_cartons

WEIGHTS = load_registry().get(NOVELTY).weights()


def test_strange_pictures_are_further_than_a_container() -> None:
    detector = load_novelty()
    generator = np.random.default_rng(0)
    container = stacked_cartons(seed=1)
    usual = detector.novelty(container)
    noise = generator.random((ROWS, COLUMNS), np.float32)
    clouds = cv2.normalize(cv2.GaussianBlur(noise, (0, 0), 10), None, 0, 1, cv2.NORM_MINMAX)
    for strange in (noise, np.asarray(clouds, np.float32)):
        assert detector.novelty(strange) > max(1.0, usual)
        assert detector.novelty(strange, cropped=True) > 1.0


@pytest.mark.parametrize("shape", [(2, 2), (2, 900), (900, 2), (256, 700)])
@pytest.mark.parametrize("level", [0.0, 0.5, 1.0])
def test_any_picture_gives_a_finite_number(shape: tuple[int, int], level: float) -> None:
    assert np.isfinite(load_novelty().novelty(np.full(shape, level, np.float32)))


def test_names_never_depend_on_the_picture() -> None:
    blank: Picture = np.zeros((100, 300), np.float32)
    assert [each.name for each in measure(blank)] == [
        each.name for each in measure(stacked_cartons(seed=2))
    ]


@pytest.mark.parametrize(
    "container",
    [np.zeros((0, 10), np.float32), np.full((20, 20), np.nan, np.float32)],
)
def test_what_is_no_picture_is_refused(container: Picture) -> None:
    with pytest.raises(ModelError, match="finite"):
        load_novelty().novelty(container)


def test_damaged_weights_are_refused() -> None:
    with pytest.raises(ModelError, match="damaged"):
        ContainerStatistics(b"{}")
    stated = json.loads(WEIGHTS)
    with pytest.raises(ModelError, match="definition"):
        ContainerStatistics(json.dumps(stated | {"definition": 99}).encode())
    short = stated["cropped"] | {"mean": stated["cropped"]["mean"][1:]}
    with pytest.raises(ModelError, match="fit"):
        ContainerStatistics(json.dumps(stated | {"cropped": short}).encode())

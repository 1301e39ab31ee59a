"""How all that is seen of goods is weighed is fitted on simulated loads."""

from __future__ import annotations

import numpy as np
import pytest

from models import GoodsDiscriminant, load_goods_network, load_measures
from riac.interior import MAX_ATTENUATION, cut_interior
from riac.scan import Picture
from tests.goods_phantoms import big_bags, empty_container, stacked_cartons
from training.datasets.goods import GoodsSample
from training.fit_goods_discriminant import Seen, fit, seen_of

NETWORK, MEASURES = load_goods_network(), load_measures()


def sample(picture: Picture, heading: str) -> GoodsSample:
    transmission = cut_interior(picture).transmission
    attenuation = -np.log(np.clip(transmission, 1e-3, 1)) / MAX_ATTENUATION
    return GoodsSample(np.clip(attenuation, 0, 1).astype(np.float32), heading, "load", "phantom")


def seen(seed: int) -> list[Seen]:
    loads = (sample(big_bags(seed=seed), "1202"), sample(stacked_cartons(seed=seed), "0207"))
    return [found for each in loads if (found := seen_of(each, NETWORK, MEASURES)) is not None]


def test_fitted_weights_are_read_and_tell_the_goods_apart() -> None:
    content = fit([each for seed in range(4) for each in seen(seed)]).model_dump_json().encode()
    discriminant = GoodsDiscriminant(content, name="goods-discriminant-1")
    assert discriminant.dimension == 1
    asked = [*seen(20), *seen(21)]
    bags, cartons, more_bags, more_cartons = discriminant.of(
        np.array([each.seen for each in asked]), np.array([each.placed for each in asked])
    )
    assert bags @ more_bags == pytest.approx(1)
    assert cartons @ more_cartons == pytest.approx(1)
    assert bags @ cartons == pytest.approx(-1)


def test_where_no_goods_are_seen_there_is_nothing_to_weigh() -> None:
    assert seen_of(sample(empty_container(), "1202"), NETWORK, MEASURES) is None


def test_one_heading_alone_is_refused() -> None:
    with pytest.raises(ValueError, match="two headings"):
        fit(each for each in seen(0) if each.heading == "1202")

"""Ranges and map are fitted on loads, and make weights the descriptor reads."""

from __future__ import annotations

import hashlib

import numpy as np
import pytest

from models import GoodsDescriptor
from riac.interior import cut_interior
from tests.goods_phantoms import big_bags, stacked_cartons
from training.datasets.goods import GoodsSample
from training.fit_goods_descriptor import fit
from training.fitting import discriminant


def samples(count: int) -> list[GoodsSample]:
    made = []
    for seed in range(count):
        for heading, picture in (
            ("1202", big_bags(seed=seed)),
            ("0207", stacked_cartons(seed=seed)),
        ):
            attenuation = 1 - cut_interior(picture).transmission
            made.append(GoodsSample(attenuation, heading, f"{heading}-{seed}", "phantom"))
    return made


def test_fitted_weights_are_read_and_tell_the_goods_apart() -> None:
    content = fit(samples(6)).model_dump_json().encode()
    descriptor = GoodsDescriptor(content)
    assert descriptor.digest == hashlib.sha256(content).hexdigest()
    bags, more_bags, cartons = (
        descriptor.embed(cut_interior(picture).transmission)[0]
        for picture in (big_bags(seed=20), big_bags(seed=21), stacked_cartons(seed=20))
    )
    assert bags @ more_bags > bags @ cartons + 0.3


def test_the_same_loads_give_the_same_weights() -> None:
    assert fit(samples(2)) == fit(samples(2))


def test_one_heading_alone_is_refused() -> None:
    with pytest.raises(ValueError, match="two headings"):
        fit([each for each in samples(2) if each.heading == "1202"])


def test_a_direction_that_tells_nothing_apart_is_shrunk() -> None:
    generator = np.random.default_rng(0)
    groups = np.repeat(["a", "b"], 200)
    telling = np.where(groups == "a", 0.0, 1.0) + 0.1 * generator.standard_normal(400)
    noise = generator.standard_normal(400)
    _, projection = discriminant(np.stack([telling, noise], axis=1), groups)
    spread = np.abs(projection).max(axis=1)
    assert spread[0] > 5 * spread[1]

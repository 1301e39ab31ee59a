"""The textbook's scores: nothing for the same picture, more for another."""

from __future__ import annotations

import numpy as np
import pytest

from riac.scan import Box
from tests.goods_phantoms import big_bags, stacked_cartons
from training.evaluate.baseline import Features, baseline_change_score, structural_change_score


@pytest.mark.parametrize("features", list(Features))
def test_matched_features_align_a_shifted_copy(features: Features) -> None:
    picture = stacked_cartons(seed=1)
    moved = np.roll(picture, 7, axis=1)
    rows, columns = picture.shape
    box = Box(0.2 * columns, 0, 0.8 * columns, rows)
    same = baseline_change_score(picture, moved, container=box, features=features)
    other = baseline_change_score(picture, big_bags(seed=1), container=box, features=features)
    assert same < other


def test_structural_similarity_knows_a_picture_and_its_mirror() -> None:
    picture = stacked_cartons(seed=1)
    mirrored = np.ascontiguousarray(picture[:, ::-1])
    assert structural_change_score(picture, picture) == pytest.approx(0, abs=1e-6)
    assert structural_change_score(picture, mirrored) == pytest.approx(0, abs=1e-6)
    assert structural_change_score(picture, big_bags(seed=1)) > 0.05

"""Filters answer where something differs over their size, and by sums of whole boxes."""

import cv2
import numpy as np
import pytest

from riac.compare.filters import _box_means, _sums, filter_sizes, strongest_answers
from riac.scan import Picture

ROW_MM = 11.0


def noise(seed: int = 0) -> Picture:
    return np.random.default_rng(seed).standard_normal((256, 640)).astype(np.float32)


@pytest.mark.parametrize("size", [(3, 3), (14, 27), (33, 179)])
def test_boxes_are_those_of_a_box_filter_with_nothing_beyond(size: tuple[int, int]) -> None:
    generator = np.random.default_rng(1)
    difference = generator.standard_normal((60, 200)).astype(np.float32)
    weight = generator.random((60, 200)).astype(np.float32)
    weight[:, 80:90] = 0
    margin = 40
    sums = _sums(difference, weight, margin)
    planes = (difference * weight, np.abs(difference) * np.sqrt(weight), weight, weight > 0)
    signed, odd, said, mass = (
        cv2.boxFilter(plane.astype(np.float32), -1, size, borderType=cv2.BORDER_CONSTANT)
        for plane in planes
    )
    expected = (signed / (said + 0.02), odd / (mass + 0.05), mass)
    for step, thinned in ((1, slice(None)), (4, slice(1, None, 4))):
        found = _box_means(sums, size, margin, step)
        for one, other in zip(found, expected, strict=True):
            np.testing.assert_allclose(one, other[thinned, thinned], rtol=1e-4, atol=1e-5)


def test_a_change_is_answered_most_strongly_within_it_and_by_no_larger_filter() -> None:
    difference = noise()
    difference[100:127, 300:327] += 1.5  # 30 cm
    answers, sizes = strongest_answers(difference, np.ones_like(difference), row_mm=ROW_MM)
    y, x = np.unravel_index(int(answers.argmax()), answers.shape)
    assert abs(int(y) - 113) <= 10
    assert abs(int(x) - 313) <= 10
    assert max(sizes[:, y, x]) <= 33
    assert (
        answers.max()
        > 2 * strongest_answers(noise(), np.ones_like(difference), row_mm=ROW_MM)[0].max()
    )


def test_where_nothing_can_be_said_nothing_is() -> None:
    difference, weight = noise(), np.ones((256, 640), np.float32)
    difference[:, 400:] += 9
    weight[:, 380:] = 0
    answers, _ = strongest_answers(difference, weight, row_mm=ROW_MM)
    assert not answers[:, 500:].any()


def test_sizes_are_those_of_the_scales_in_pixels() -> None:
    sizes = filter_sizes(ROW_MM)
    assert len(sizes) == len(set(sizes)) == 12
    assert min(min(size) for size in sizes) >= 3

"""The re-scan model: what is promised of every drawn second passage."""

from __future__ import annotations

import cv2
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from riac.scan import Box, Picture
from training.simulator.rescan import (
    SPEED_RANGE,
    apply_rescan,
    display_jpeg,
    draw_rescan,
    rescanned_box,
    rescanned_mask,
)

ROWS, COLUMNS = 120, 400
seeds = st.integers(0, 2**31)


def with_dark_box(box: Box) -> Picture:
    picture = np.full((ROWS, COLUMNS), 0.9, np.float32)
    picture[int(box.y0) : int(box.y1), int(box.x0) : int(box.x1)] = 0.2
    return picture


@given(seed=seeds)
@settings(max_examples=25, deadline=None)
def test_a_rescan_keeps_to_the_ranges_of_the_protocol(seed: int) -> None:
    rescan = draw_rescan(np.random.default_rng(seed), columns=COLUMNS)
    scale = rescan.along.size / COLUMNS
    assert SPEED_RANGE[0] - 0.01 <= scale <= SPEED_RANGE[1] + 0.01
    # Nothing is scanned twice: the vehicle never rolls back.
    assert (np.diff(rescan.along) > 0).all()
    assert 0.94 <= rescan.height <= 1.06
    assert abs(rescan.tilt_deg) <= 0.7
    assert max(abs(shift) for shift in rescan.shift_px) <= 20
    assert 0.85 <= rescan.gain <= 1.15
    assert 0.9 <= rescan.power <= 1.1
    assert 85 <= rescan.jpeg_quality <= 98


@given(seed=seeds)
@settings(max_examples=15, deadline=None)
def test_a_box_lies_where_the_rescanned_picture_shows_it(seed: int) -> None:
    box = Box(150, 40, 230, 80)
    rescan = draw_rescan(np.random.default_rng(seed), columns=COLUMNS)
    seen = apply_rescan(with_dark_box(box), rescan)
    assert seen.shape == (ROWS, rescan.along.size)
    ys, xs = np.nonzero(cv2.medianBlur(seen, 5) < 0.5)
    expected = rescanned_box(box, rescan, shape=(ROWS, COLUMNS))
    found = (xs.min(), ys.min(), xs.max() + 1, ys.max() + 1)
    # A pixel for rounding, one for blur, one for the tilted corners the median takes off.
    np.testing.assert_allclose(found, expected.as_tuple(), atol=3.0)


def test_half_of_the_rescans_are_mirrored_and_half_blurred() -> None:
    generator = np.random.default_rng(5)
    drawn = [draw_rescan(generator, columns=64) for _ in range(400)]
    # Four standard deviations of 400 tosses of a coin.
    assert abs(sum(one.mirrored for one in drawn) - 200) < 40
    assert abs(sum(one.blur_px > 0 for one in drawn) - 200) < 40


def test_a_rescan_applied_twice_gives_the_same_picture() -> None:
    rescan = draw_rescan(np.random.default_rng(1), columns=COLUMNS)
    picture = with_dark_box(Box(150, 40, 230, 80))
    np.testing.assert_array_equal(apply_rescan(picture, rescan), apply_rescan(picture, rescan))


def test_what_is_black_stays_black() -> None:
    picture = np.zeros((ROWS, COLUMNS), np.float32)
    rescan = draw_rescan(np.random.default_rng(1), columns=COLUMNS)
    inner = apply_rescan(picture, rescan)[50:70, 60:-60]
    # Noise of at most 2.5 of 255 grey levels is all that is left.
    assert float(inner.mean()) < 2.5 / 255


def test_a_display_picture_holds_the_grey_levels() -> None:
    ramp = np.tile(np.linspace(0, 1, COLUMNS, dtype=np.float32), (ROWS, 1))
    content = np.frombuffer(display_jpeg(ramp, quality=98), np.uint8)
    decoded = np.asarray(cv2.imdecode(content, cv2.IMREAD_GRAYSCALE))
    assert np.abs(decoded.astype(np.float32) - ramp * 255).max() <= 4


def test_a_mask_goes_where_its_pixels_go() -> None:
    generator = np.random.default_rng(4)
    picture = np.ones((120, 400), np.float32)
    mask = np.zeros(picture.shape, bool)
    mask[40:60, 100:160] = True
    picture[mask] = 0.1
    for _ in range(4):
        rescan = draw_rescan(generator, columns=400)
        seen, marked = apply_rescan(picture, rescan), rescanned_mask(mask, rescan)
        assert seen[marked].mean() < 0.25
        assert seen[~marked].mean() > 0.9

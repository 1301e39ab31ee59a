"""Noise, its correlation and lines of drawn pictures are measured as they were drawn."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from tests.unit.training.realism.phantoms import empty
from training.realism import grain
from training.realism.pictures import Container, container_of


@pytest.mark.parametrize("drawn", [2.0, 6.0])
def test_white_noise_is_measured_to_a_tenth_in_both_directions(drawn: float) -> None:
    container = empty(noise=drawn)
    measured = [
        grain.noise(container, part="bright"),
        grain.finest(container, part="bright", axis=0),
        grain.finest(container, part="bright", axis=1),
    ]
    assert measured == pytest.approx([drawn] * 3, rel=0.1)


def test_noise_blurred_along_hangs_together_along_alone() -> None:
    white = empty(noise=8)
    blurred = _filtered(white, (3, 1))
    for axis in (0, 1):
        assert abs(grain.hanging_together(white, part="bright", axis=axis)) < 0.1
    assert grain.hanging_together(blurred, part="bright", axis=1) > 0.4
    assert abs(grain.hanging_together(blurred, part="bright", axis=0)) < 0.1


def test_lines_along_the_rows_are_told_from_noise_of_single_pixels() -> None:
    assert grain.row_lines(empty(rows=2), part="bright") == pytest.approx(2, rel=0.25)
    assert grain.row_lines(empty(noise=4), part="bright") < 0.4


def test_a_jpeg_swallows_noise_and_leaves_equal_neighbours() -> None:
    raw = empty(noise=1.5)
    stored = _compressed(raw, 50)
    for axis in (0, 1):
        before, after = (
            grain.equal_neighbours(each, part="wall", axis=axis) for each in (raw, stored)
        )
        assert after > before + 0.2


def test_noise_is_told_apart_by_grey_level() -> None:
    container = empty(noise=2)
    assert grain.noise(container, part="wall") == pytest.approx(2, rel=0.1)
    picture = container.picture.copy()
    loud = np.random.default_rng(1).normal(40, 6, picture.shape)
    picture[:, 200:320] = np.clip(loud[:, 200:320], 0, 255).astype(np.uint8)
    mixed = container_of(picture, container.box, name="mixed.png", loaded=True)
    assert grain.finest(mixed, part="dark", axis=1) == pytest.approx(6, rel=0.1)
    assert grain.finest(mixed, part="bright", axis=1) == pytest.approx(2, rel=0.1)


def test_a_picture_without_dark_parts_has_no_noise_of_dark_parts() -> None:
    assert np.isnan(grain.noise(empty(noise=2), part="dark"))


def test_a_poorer_jpeg_is_blockier_and_a_raw_picture_is_not() -> None:
    raw = empty(noise=3)
    assert abs(grain.blockiness(raw)) < 0.05
    assert grain.blockiness(_compressed(raw, 30)) > grain.blockiness(_compressed(raw, 90)) > 0.02


def _filtered(container: Container, size: tuple[int, int]) -> Container:
    picture = np.asarray(cv2.blur(container.picture, size), np.uint8)
    return container_of(picture, container.box, name="blurred.png", loaded=False)


def _compressed(container: Container, quality: int) -> Container:
    stored = cv2.imencode(".jpg", container.picture, [cv2.IMWRITE_JPEG_QUALITY, quality])[1]
    picture = np.asarray(cv2.imdecode(stored, cv2.IMREAD_GRAYSCALE), np.uint8)
    return container_of(picture, container.box, name="stored.jpg", loaded=False)

"""Boxes drawn generously end where air ends; those without air stay as they are."""

from __future__ import annotations

import numpy as np
import pytest

from tests.unit.training.realism.phantoms import empty
from training.realism.boxes import tightened


@pytest.mark.parametrize("margin_px", [0, 3, 7])
def test_air_inside_a_box_is_left_out(margin_px: int) -> None:
    container = empty(noise=1)
    x0, y0, x1, y1 = container.box
    loose = (x0 - margin_px, y0 - margin_px, x1 + margin_px, y1)
    assert np.abs(np.subtract(tightened(container.picture, loose), container.box)).max() <= 1


def test_a_box_that_cuts_into_the_container_is_widened() -> None:
    container = empty()
    x0, y0, x1, y1 = container.box
    tight = (x0 + 5, y0 + 5, x1 - 5, y1)
    assert tightened(container.picture, tight) == container.box


def test_boxes_in_a_picture_without_air_stay() -> None:
    dark = np.full((200, 300), 90, np.uint8)
    assert tightened(dark, (20, 20, 280, 180)) == (20, 20, 280, 180)

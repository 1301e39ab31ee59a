"""Where a container ends, whatever its load hides of its posts."""

import numpy as np
import pytest

from riac.imaging.container import find_containers
from riac.scan import Picture

ROOF, FLOOR = 60, 340
POST, WALL, GOODS, TRAILER = 0.3, 0.9, 0.03, 0.55


def loaded(*, upper_layer_ends: int) -> Picture:
    """Draw a container whose load stands before its left post with the upper of its layers."""
    picture = np.ones((400, 1200), np.float32)
    picture[FLOOR:370, 50:1150] = TRAILER
    for wheel in (250, 650, 850):
        picture[350:395, wheel : wheel + 70] = 0.1
    picture[ROOF:FLOOR, 150:1050] = WALL
    picture[ROOF : ROOF + 6, 150:1050] = 0.4
    for first in (150, 1040):
        picture[ROOF:FLOOR, first : first + 10] = POST
    picture[170:upper_layer_ends, 150:450] = GOODS
    picture[upper_layer_ends + 25 : FLOOR - 15, 170:450] = GOODS
    picture[FLOOR - 15 : FLOOR, 160:1040] = 0.3
    return picture


@pytest.mark.parametrize("ends", [240, 260, 280])
def test_goods_that_end_before_a_post_are_no_end_of_the_post(ends: int) -> None:
    (found,) = find_containers(loaded(upper_layer_ends=ends))
    assert found.quad_px[2:, 1] == pytest.approx(FLOOR, abs=0.04 * (FLOOR - ROOF))

import cv2
import numpy as np
import pytest

from riac.interior import NOMINAL_ASPECTS, Slab, cut_interior, displayed, wall_transmission
from riac.scan import Picture
from tests.goods_phantoms import COLUMNS, ROWS, big_bags


def _aspect(picture: Picture, *, pixel_aspect: float | None = None) -> float:
    rows, columns = cut_interior(picture, pixel_aspect=pixel_aspect).transmission.shape
    return float(columns / rows)


@pytest.mark.parametrize("stretch", [0.8, 1.0, 1.5, 2.0])
def test_a_long_container_has_one_length_at_any_speed(stretch: float) -> None:
    picture = cv2.resize(big_bags(seed=1), None, fx=stretch, fy=1.0)
    assert _aspect(picture) == pytest.approx(NOMINAL_ASPECTS[1], rel=0.01)


def test_a_short_container_has_half_the_length() -> None:
    assert _aspect(big_bags(seed=1)[:, : COLUMNS // 3]) == pytest.approx(
        NOMINAL_ASPECTS[0], rel=0.01
    )


def test_a_stated_pixel_pitch_tells_short_from_long() -> None:
    picture = big_bags(seed=1)  # 2.8 times as long as high, in pixels, without its margins
    assert _aspect(picture, pixel_aspect=1.0) == pytest.approx(NOMINAL_ASPECTS[0], rel=0.01)
    assert _aspect(picture, pixel_aspect=1.8) == pytest.approx(NOMINAL_ASPECTS[1], rel=0.01)


def test_a_mark_is_found_again_in_the_frame() -> None:
    picture = np.full((ROWS, COLUMNS), 0.8, np.float32)
    picture[:, 300:330] = 0.0
    interior = cut_interior(picture)
    dark = np.flatnonzero(interior.transmission.mean(axis=0) < 0.4)
    box = interior.part(Slab(int(dark[0]), int(dark[-1]) + 1))
    # One pixel of the frame: the interior is finer.
    assert box.x0 == pytest.approx(300, abs=1)
    assert box.x1 == pytest.approx(330, abs=1)
    assert (box.y0, box.y1) == (interior.box.y0, interior.box.y1)


def test_another_display_darkens_goods_and_leaves_the_walls() -> None:
    interior = cut_interior(big_bags(seed=1)).transmission
    walls = wall_transmission(interior)
    darker = displayed(interior, tone=2.0)
    assert wall_transmission(darker) == pytest.approx(walls, abs=0.01)
    shade = (interior > 0.3 * walls) & (interior < 0.6 * walls)
    # Twice the attenuation beyond the walls is the square of what passes.
    np.testing.assert_allclose(darker[shade] / walls, (interior[shade] / walls) ** 2, rtol=1e-4)
    np.testing.assert_allclose(
        displayed(interior, tone=1.0), np.minimum(interior, walls), rtol=1e-5
    )

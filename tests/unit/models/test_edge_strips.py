"""Strips about the edges of a box whose place is known."""

from __future__ import annotations

import numpy as np
import pytest

from models.edge_strips import ACROSS, ALONG, CHANNELS, EDGES, REACH, edge_lines, edge_strips
from riac.imaging.frame import Quad
from riac.scan import Picture

BOX = (100, 60, 700, 260)


def quad_of(x0: float, y0: float, x1: float, y1: float) -> Quad:
    return np.array([[x0, y0], [x1, y0], [x1, y1], [x0, y1]])


def box_picture(size: tuple[int, int] = (320, 800)) -> Picture:
    """Draw a dark box in air."""
    picture = np.ones(size, np.float32)
    x0, y0, x1, y1 = BOX
    picture[y0:y1, x0:x1] = 0.2
    return picture


def edge_of(strip: Picture) -> float:
    """Return where a strip turns from dark to bright, in reaches outward from its middle."""
    profile = strip[:, ALONG // 4 : -ALONG // 4].mean(axis=1)
    return 2 * float((0.95 - profile).clip(0, 0.75).sum()) / 0.75 / ACROSS - 1


@pytest.mark.parametrize("edge", range(4), ids=EDGES)
def test_an_edge_that_was_found_lies_in_the_middle_and_outside_is_below(edge: int) -> None:
    strips = edge_strips(box_picture(), edge_lines(quad_of(*BOX)))
    assert strips.shape == (len(EDGES), len(CHANNELS), ACROSS, ALONG)
    # A linear ramp of one pixel is a share of a place.
    assert abs(edge_of(strips[edge, 0])) < 0.04


@pytest.mark.parametrize("edge", range(4), ids=EDGES)
def test_an_edge_further_out_shows_by_how_much(edge: int) -> None:
    moved = list(map(float, BOX))
    inward = (1, 1, -1, -1)[edge] * 10
    moved[edge] += inward
    quad = quad_of(*moved)
    high = moved[3] - moved[1]
    strips = edge_strips(box_picture(), edge_lines(quad))
    assert edge_of(strips[edge, 0]) == pytest.approx(10 / (REACH[edge] * high), abs=0.05)


def test_what_the_picture_does_not_reach_is_told() -> None:
    strips = edge_strips(box_picture()[:280], edge_lines(quad_of(*BOX)))
    within = strips[EDGES.index("bottom"), CHANNELS.index("within")]
    # 60 of 200 rows below the floor are looked at, and 20 are there.
    assert within.mean() == pytest.approx(0.5 + 20 / 120, abs=0.03)
    assert edge_strips(box_picture(), edge_lines(quad_of(*BOX)))[:, 2].all()


def test_strips_of_a_quad_beyond_the_picture_are_finite() -> None:
    strips = edge_strips(box_picture(), edge_lines(quad_of(-50, -40, 900, 400)))
    assert np.isfinite(strips).all()
    # Weights of the interpolation sum to 1 but for rounding.
    assert 0 <= strips.min() <= strips.max() <= 1 + 1e-6

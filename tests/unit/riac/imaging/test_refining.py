"""What was found, joined with what a reader of edges says."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from riac.imaging.container import find_containers
from riac.imaging.frame import Quad
from riac.imaging.refining import FOUND, MISTAKEN, joined, refined
from riac.ports import EdgeReading
from riac.scan import Picture

from .test_container import two_containers
from .trucks import picture

QUAD = np.array([[10.0, 20.0], [210.0, 24.0], [210.0, 124.0], [10.0, 120.0]])


def reading(*outward: float, deviation: float = 0.001) -> EdgeReading:
    return EdgeReading(np.array(outward), np.full(4, deviation))


@dataclass(frozen=True)
class SteadyReader:
    """Says the same of every container."""

    outward: tuple[float, float, float, float]
    deviation: float = 0.001
    name: str = "steady-1"
    digest: str = "d" * 64
    runs_on: str = "nothing"

    def read(self, transmission: Picture, quad: Quad) -> EdgeReading:
        assert transmission.ndim == 2
        assert quad.shape == (4, 2)
        return reading(*self.outward, deviation=self.deviation)


def test_a_reader_as_sure_as_what_was_found_moves_edges_half_way() -> None:
    apart = EdgeReading(FOUND.copy(), FOUND.copy())
    np.testing.assert_allclose(joined(apart), FOUND / 2)


def test_a_sure_reader_is_believed_where_what_was_found_is_mistaken() -> None:
    far = np.array([0.1, -0.1, 0.1, -0.2])
    assert (np.abs(far) > MISTAKEN * FOUND).all()
    np.testing.assert_allclose(joined(reading(*far)), far)


def test_an_unsure_reader_moves_little() -> None:
    shifts = joined(reading(0.1, -0.1, 0.1, -0.2, deviation=0.15))
    assert (np.abs(shifts) < 0.03 * np.array([0.1, 0.1, 0.1, 0.2])).all()


def test_every_edge_moves_outward_with_its_corners() -> None:
    moved: NDArray[np.float64] = refined(QUAD, reading(0.1, 0.1, 0.1, 0.1))
    expected = [[0.0, 10.0], [220.0, 14.0], [220.0, 134.0], [0.0, 130.0]]
    np.testing.assert_allclose(moved, expected)


def test_a_container_that_stands_alone_is_placed_by_the_reader() -> None:
    (before,) = find_containers(picture(""))
    (after,) = find_containers(picture(""), edges=SteadyReader((0.0, 0.0, 0.0, 0.1)))
    moved = after.quad_px - before.quad_px
    np.testing.assert_allclose(moved[:2], 0)
    np.testing.assert_allclose(moved[2:, 1], 0.1 * before.height_px)
    assert after.box_px.y1 > before.box_px.y1


def test_containers_beside_each_other_stay_where_they_were_found() -> None:
    both, _ = two_containers()
    found = find_containers(both)
    again = find_containers(both, edges=SteadyReader((0.1, 0.1, 0.1, 0.1)))
    assert [one.box_px for one in again] == [one.box_px for one in found]

"""Line integrals of bodies of known size."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from training.simulator.physics.materials import STEEL, WATER
from training.simulator.scene.projection import Areal, Fan, project
from training.simulator.scene.solids import SURFACE_SHAPE, Shape, Solids

SIDE = Fan(
    from_above=False, source_u_mm=500, source_v_mm=6000, first_u_mm=3000, pitch_mm=5, rows=600,
    middle_height_mm=1000,
)  # fmt: skip
ABOVE = Fan(
    from_above=True, source_u_mm=0, source_v_mm=5000, first_u_mm=1500, pitch_mm=5, rows=600,
    middle_height_mm=1000,
)  # fmt: skip
FAR = Fan(
    from_above=False, source_u_mm=1000, source_v_mm=1e6, first_u_mm=2500, pitch_mm=5, rows=600,
    middle_height_mm=1000,
)  # fmt: skip
"""Nearly parallel rays, for volumes."""
EDGES: NDArray[np.float64] = np.linspace(0, 3000, 601)
CENTRE = ((1000.0, 2000.0), (500.0, 1500.0), (-500.0, 500.0))


def _one(shape: Shape, *, roundness: float = 2.0, high_rise: float = 0.0) -> Solids:
    solids = Solids()
    solids.add(shape, *CENTRE, WATER, roundness=roundness, high_rise=high_rise)
    return solids


def _grams(areal: Areal) -> float:
    """Return the mass seen by parallel rays, in grams of water."""
    cell_cm2 = 0.5 * 0.5
    return float(areal.sum()) * cell_cm2 / float(WATER.basis_g_cm3.sum())


def test_a_ray_through_a_box_sees_its_depth() -> None:
    areal = project(_one(Shape.BOX), SIDE, EDGES)
    row, column = round(SIDE.row_of(500, 0)) - 1, 300
    np.testing.assert_allclose(areal[:, row, column], WATER.basis_g_cm3 * 100, rtol=1e-3)
    assert areal[0, :, 100].max() == 0  # beside it


def test_an_oblique_ray_is_longer_by_its_slope() -> None:
    areal = project(_one(Shape.BOX), SIDE, EDGES)
    row = round(SIDE.row_of(1300, 0))
    slope = (1300 - 500) / 6000
    longer = 100 * np.sqrt(1 + slope**2)
    assert areal[0, row, 300] == pytest.approx(WATER.basis_g_cm3[0] * longer, rel=1e-3)


def test_the_near_edge_of_a_top_is_drawn_higher_than_the_far_one() -> None:
    areal = project(_one(Shape.BOX), SIDE, EDGES)[0, :, 300]
    seen = np.flatnonzero(areal)
    assert seen[0] == pytest.approx(SIDE.row_of(1500, -500), abs=1)
    full = areal > 0.99 * areal.max()
    assert np.flatnonzero(full)[0] == pytest.approx(SIDE.row_of(1500, 500), abs=3)


@pytest.mark.parametrize(
    ("shape", "share"),
    [
        (Shape.BOX, 1.0),
        (Shape.DRUM_X, np.pi / 4),
        (Shape.DRUM_Y, np.pi / 4),
        (Shape.DRUM_Z, np.pi / 4),
        (Shape.ELLIPSOID, np.pi / 6),
    ],
)
def test_what_the_rays_see_adds_up_to_the_mass(shape: Shape, share: float) -> None:
    solids = _one(shape)
    assert solids.mass_kg() == pytest.approx(1000 * share, rel=1e-6)
    assert _grams(project(solids, FAR, EDGES)) == pytest.approx(1e6 * share, rel=5e-3)


def test_a_pillow_lies_between_ellipsoid_and_box() -> None:
    masses = [_one(Shape.PILLOW, roundness=n).mass_kg() for n in (2.0, 4.0, 12.0)]
    assert masses[0] == pytest.approx(_one(Shape.ELLIPSOID).mass_kg(), rel=0.02)
    assert masses[0] < masses[1] < masses[2] < _one(Shape.BOX).mass_kg()
    solids = _one(Shape.PILLOW, roundness=4.0)
    seen = _grams(project(solids, FAR, EDGES)) / 1000
    assert seen == pytest.approx(solids.mass_kg(), rel=0.02)


def test_a_wedge_rises_along_the_truck() -> None:
    areal = project(_one(Shape.WEDGE_Y, high_rise=-1000.0), FAR, EDGES)[0] > 0
    heights = areal.sum(axis=0)
    assert heights[210] > 180
    assert heights[390] < 20


def test_a_tube_is_hollow() -> None:
    solids = Solids()
    solids.tube(Shape.DRUM_Z, *CENTRE, STEEL, wall_mm=100.0)
    areal = project(solids, FAR, EDGES)
    assert areal[1, round(FAR.row_of(1000, 0)), 300] == pytest.approx(0, abs=1e-3)
    assert areal[1, round(FAR.row_of(1450, 0)), 300] == pytest.approx(7.85 * 100, rel=0.02)


def test_a_heap_fades_where_its_surface_falls_across() -> None:
    heights = np.broadcast_to(np.linspace(200, 1000, SURFACE_SHAPE[1]), SURFACE_SHAPE)
    solids = Solids()
    solids.heap((1000, 2000), 500, (-500, 500), np.asarray(heights), WATER)
    areal = project(solids, FAR, EDGES)[0, :, 300]
    low, high = areal[round(FAR.row_of(600, 0))], areal[round(FAR.row_of(1300, 0))]
    assert low == pytest.approx(WATER.basis_g_cm3[0] * 100, rel=0.02)
    assert high == pytest.approx(low / 4, rel=0.15)


@pytest.mark.parametrize("shape", [Shape.BOX, Shape.DRUM_Y, Shape.DRUM_Z, Shape.ELLIPSOID])
def test_a_view_from_above_sees_depth_downwards(shape: Shape) -> None:
    solids = _one(shape)
    areal = project(solids, ABOVE, EDGES)
    row = round(ABOVE.row_of(0, 0))
    assert areal[0, row, 300] == pytest.approx(WATER.basis_g_cm3[0] * 100, rel=0.01)


def test_a_heap_from_above_is_as_thick_as_it_is_high() -> None:
    solids = Solids()
    solids.heap((1000, 2000), 500, (-500, 500), np.full(SURFACE_SHAPE, 800.0), WATER)
    areal = project(solids, ABOVE, EDGES)
    assert areal[0, round(ABOVE.row_of(0, 0)), 300] == pytest.approx(
        WATER.basis_g_cm3[0] * 80, rel=0.01
    )


def test_a_void_takes_out_what_lies_in_it() -> None:
    whole = project(_one(Shape.BOX), FAR, EDGES)
    void = np.array([[1400, 1600, 900, 1100, -500, 0]], np.float32)
    cut = project(_one(Shape.BOX), FAR, EDGES, voids=void)
    row = round(FAR.row_of(1000, 0))
    assert cut[0, row, 300] == pytest.approx(whole[0, row, 300] / 2, rel=1e-3)
    assert cut[0, row, 250] == pytest.approx(whole[0, row, 250], rel=1e-6)
    assert cut[0, row - 60, 300] == pytest.approx(whole[0, row - 60, 300], rel=1e-6)


def test_uneven_speed_stretches_the_picture() -> None:
    edges = np.concatenate([np.linspace(0, 1000, 101), np.linspace(1000, 3000, 501)[1:]])
    columns = np.flatnonzero(project(_one(Shape.BOX), FAR, edges)[0, 300] > 0)
    assert (columns[0], columns[-1]) == (100, 349)


def test_mottle_changes_the_spread_and_not_the_mean() -> None:
    even, mottled = Solids(), Solids()
    even.box(*CENTRE, WATER)
    mottled.box(*CENTRE, WATER, mottle=0.2, grain_mm=20.0)
    inside = np.s_[0, 210:390, 205:395]
    a, b = project(even, FAR, EDGES)[inside], project(mottled, FAR, EDGES)[inside]
    assert b.mean() == pytest.approx(float(a.mean()), rel=0.02)
    assert b.std() == pytest.approx(0.2 * float(a.mean()), rel=0.15)


def test_many_bodies_at_once_are_the_same_as_one_by_one() -> None:
    x = np.array([100.0, 900.0])
    together, apart = Solids(), Solids()
    together.box((x, x + 300), CENTRE[1], CENTRE[2], WATER)
    for left in x:
        apart.box((left, left + 300), CENTRE[1], CENTRE[2], WATER)
    np.testing.assert_array_equal(project(together, SIDE, EDGES), project(apart, SIDE, EDGES))


def test_adding_collections_keeps_stacks_and_surfaces_apart() -> None:
    first, second = Solids(), Solids()
    for solids in (first, second):
        solids.begin_stack()
        solids.heap((0, 100), 0, (-50, 50), np.full(SURFACE_SHAPE, 50.0), WATER)
    first.extend(second)
    assert list(first.rows()["stack"]) == [0, 1]
    assert list(first.rows()["surface"]) == [0, 1]
    assert first.mass_kg() == pytest.approx(2 * second.mass_kg())

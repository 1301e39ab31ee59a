import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from riac.compare.curves import interpolated

LEVELS = arrays(np.float32, (7, 9), elements=st.floats(-50, 50, width=32))
KNOTS = st.lists(st.integers(-320, 320), min_size=2, max_size=40, unique=True)


@settings(deadline=None)  # the first call loads what was compiled
@given(LEVELS, KNOTS, st.integers(0, 100))
def test_it_gives_what_numpy_gives(
    levels: np.ndarray[tuple[int, int], np.dtype[np.float32]], knots: list[int], seed: int
) -> None:
    places = np.sort(np.array(knots)) / 8
    values = np.random.default_rng(seed).normal(size=len(places))
    expected = np.interp(levels, places, values)
    np.testing.assert_allclose(interpolated(levels, places, values), expected, atol=1e-5)


def test_knots_of_one_place_are_no_division_by_nought() -> None:
    levels = np.linspace(-1, 3, 12, dtype=np.float32).reshape(3, 4)
    mapped = interpolated(levels, np.array([0.0, 1.0, 1.0, 2.0]), np.array([0.0, 1.0, 2.0, 3.0]))
    assert np.isfinite(mapped).all()
    assert (
        interpolated(levels, np.zeros(2), np.array([1.0, 1.0])).tolist() == np.ones((3, 4)).tolist()
    )

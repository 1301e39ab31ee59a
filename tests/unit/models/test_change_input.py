"""What change networks look at: bounded, at half the size, blind where nothing can be said."""

from __future__ import annotations

import numpy as np

from models.change_input import CHANNELS, DARKEST, MULTIPLE, padded, to_change_input
from riac.ports import AlignedPair
from tests.fit_phantoms import easy_fit


def pair(rows: int = 64, columns: int = 101) -> AlignedPair:
    flat = np.full((rows, columns), 0.5, np.float32)
    zero = np.zeros_like(flat)
    fit = easy_fit(rows, columns)
    return AlignedPair(
        before=flat,
        after=flat.copy(),
        difference=zero,
        weight=zero + 1,
        fit=fit,
    )


def test_it_is_half_as_large() -> None:
    made = to_change_input(pair())
    assert made.shape == (len(CHANNELS), 32, 50)
    assert padded(made).shape == (len(CHANNELS), 32, 64)
    assert padded(made).shape[2] % MULTIPLE == 0


def test_attenuation_runs_from_air_to_black() -> None:
    seen = pair()
    seen.before[:] = 1
    seen.after[:] = 0
    made = to_change_input(seen)
    np.testing.assert_allclose(made[0], 0, atol=1e-6)
    np.testing.assert_allclose(made[1], 1, atol=1e-5)
    seen.after[:] = DARKEST**0.5
    np.testing.assert_allclose(to_change_input(seen)[1], 0.5, atol=1e-4)


def test_the_difference_keeps_its_sign_and_its_bounds() -> None:
    seen = pair()
    seen.difference[:, :20] = -1e6
    seen.difference[:, 80:] = 4.0
    made = to_change_input(seen)
    np.testing.assert_allclose(made[2, :, :9], -1, atol=1e-5)
    np.testing.assert_allclose(made[3, :, :9], 1, atol=1e-5)
    np.testing.assert_allclose(made[2, :, 41:], 0.25, atol=1e-5)


def test_where_nothing_can_be_said_nothing_differs() -> None:
    seen = pair()
    seen.difference[:] = 9
    seen.weight[:] = 0
    assert not to_change_input(seen)[2:].any()

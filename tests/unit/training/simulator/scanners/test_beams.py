from __future__ import annotations

import numpy as np
import pytest

from tests.unit.training.simulator.scanners.two_line_beam import steel_areal
from training.simulator.scanners.beams import beams_of
from training.simulator.scanners.profile import load_profile, profile_names


@pytest.mark.parametrize("name", profile_names())
def test_every_profile_has_a_beam_for_each_energy_the_higher_the_more_penetrating(
    name: str,
) -> None:
    profile = load_profile(name)
    beams = beams_of(profile)
    assert len(beams) == len(profile.beam.endpoint_kev)
    passing = [float(beam.expected(steel_areal(100.0, (1, 1)))[0][0, 0]) for beam in beams]
    assert passing == sorted(passing, reverse=True)
    assert all(1e-6 < share < 0.2 for share in passing)


def test_a_thicker_filter_hardens_the_beam() -> None:
    profile = load_profile("van-450kv")
    filtered = profile.model_copy(
        update={"beam": profile.beam.model_copy(update={"filters_mm": {"lead": 3.0}})}
    )
    soft, hard = (
        float(beams_of(each)[0].expected(steel_areal(40.0, (1, 1)))[0][0, 0])
        for each in (profile, filtered)
    )
    assert hard > 1.5 * soft
    assert np.isfinite(hard)

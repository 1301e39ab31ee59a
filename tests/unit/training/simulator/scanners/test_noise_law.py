from __future__ import annotations

import numpy as np
import pytest

from tests.unit.training.simulator.scanners.two_line_beam import TwoLineBeam
from training.simulator.scanners.acquisition import Signal
from training.simulator.scanners.noise_law import chi_square, noise_points
from training.simulator.scanners.profile import load_profile
from training.simulator.scene.projection import Areal

BEAMS = (TwoLineBeam((1500.0, 5000.0)), TwoLineBeam((1000.0, 3000.0)))


class Tampered(TwoLineBeam):
    """States a tenth too little variance when asked a second time."""

    def expected(self, areal: Areal, /) -> tuple[Signal, Signal]:
        mean, variance = super().expected(areal)
        seen = areal.shape[2] == 800 and areal.shape[1] == 192
        calls.append(seen)
        return mean, variance * np.float32(0.9 if sum(calls) > 1 and seen else 1.0)


calls: list[bool] = []


@pytest.mark.parametrize("name", ["mobile-6mv", "gantry-6-4mv"])
def test_variance_follows_the_model_from_air_to_a_few_photons(name: str) -> None:
    profile = load_profile(name)
    beams = BEAMS[: len(profile.beam.endpoint_kev)]
    points = noise_points(profile, beams, steel_mm=[0.0, 20.0, 60.0, 120.0, 200.0, 300.0])
    assert len(points) >= 6
    # 6 to 12 deviations of unit variance.
    assert chi_square(points) < 2.5
    assert max(abs(point.deviation) for point in points) < 3.5


def test_a_variance_a_tenth_off_is_found() -> None:
    calls.clear()
    points = noise_points(load_profile("mobile-6mv"), (Tampered(),), steel_mm=[50.0])
    assert points[0].deviation > 5

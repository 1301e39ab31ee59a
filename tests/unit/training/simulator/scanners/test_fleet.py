from __future__ import annotations

import numpy as np
import pytest

from training.simulator.scanners.fleet import SHARES, draw_scanner, individual
from training.simulator.scanners.profile import load_profile, profile_names


def test_every_class_has_its_share() -> None:
    assert set(SHARES) == set(profile_names())
    assert sum(SHARES.values()) == pytest.approx(1.0)
    generator = np.random.default_rng(0)
    assert {draw_scanner(generator).name for _ in range(150)} == set(SHARES)


def test_single_scanners_differ_and_one_seed_gives_one_scanner() -> None:
    first, again, other = (draw_scanner(np.random.default_rng(seed)) for seed in (1, 1, 2))
    assert first == again
    assert first != other


@pytest.mark.parametrize("name", profile_names())
def test_a_single_scanner_stays_near_its_class(name: str) -> None:
    profile = load_profile(name)
    for seed in range(30):
        scanner = individual(profile, generator=np.random.default_rng(seed))
        assert scanner.name == name
        assert scanner.beam.endpoint_kev == profile.beam.endpoint_kev
        assert scanner.geometry.rows == profile.geometry.rows
        assert 0.5 < scanner.beam.photons[0] / profile.beam.photons[0] < 2
        # Still sees air over the roof: the near upper edge of a high cube on a trailer.
        if scanner.geometry.view == "side":
            assert scanner.fan(middle_height_mm=2700.0).row_of(4146, -1219) > 3


def test_classes_can_be_chosen_and_unknown_ones_are_refused() -> None:
    generator = np.random.default_rng(0)
    names = {draw_scanner(generator, names=["top-9mv", "van-450kv"]).name for _ in range(40)}
    assert names == {"top-9mv", "van-450kv"}
    with pytest.raises(ValueError, match="mobile-6mv"):
        draw_scanner(generator, names=["mobile-7mv"])

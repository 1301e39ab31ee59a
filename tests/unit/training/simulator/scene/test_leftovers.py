"""Empty containers are not always swept."""

from __future__ import annotations

import numpy as np
import pytest

from training.simulator.scene.containers import ContainerKind, Shell
from training.simulator.scene.leftovers import draw_leftovers
from training.simulator.scene.solids import Solids


def _left(seed: int, kind: ContainerKind = ContainerKind.DRY, length_ft: int = 40) -> Solids:
    solids = Solids()
    shell = Shell(0, 1250, length_ft, kind=kind)
    draw_leftovers(solids, shell, generator=np.random.default_rng(seed))
    return solids


def test_many_are_swept_clean_and_none_holds_a_load() -> None:
    masses = [_left(seed).mass_kg() for seed in range(60)]
    assert 10 < sum(mass == 0 for mass in masses) < 50
    assert max(masses) < 400


@pytest.mark.parametrize("seed", range(20))
def test_what_is_left_lies_within_the_hold(seed: int) -> None:
    rows, hold = _left(seed).rows(), Shell(0, 1250, 40).hold
    for axis in "xyz":
        low, high = getattr(hold, f"{axis}0"), getattr(hold, f"{axis}1")
        assert np.all(rows[f"{axis}0"] >= low - 60)
        assert np.all(rows[f"{axis}1"] <= high + 1)


def test_a_tank_has_nothing_lying_about() -> None:
    assert all(len(_left(seed, ContainerKind.TANK, 20).rows()) == 0 for seed in range(10))

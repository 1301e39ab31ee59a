"""Evidence of change against what alignment leaves in doubt."""

from __future__ import annotations

import numpy as np
import pytest

from riac.compare.align import COLUMNS, Alignment, SpeedWarp
from riac.compare.change import change_evidence
from riac.compare.working import DISPLAY_NOISE, working_view
from riac.scan import Picture

from . import phantom


def strength(entry: Picture, exit_: Picture, *, moved_px: float) -> float:
    """Of the evidence, with the identity for a map and goods told to have moved."""
    first, second = (
        working_view(
            phantom.prepared(phantom.photographed(load, seed=seed), sha256="").rectified[0],
            noise=DISPLAY_NOISE,
        )
        for seed, load in enumerate((entry, exit_))
    )
    rows, columns = first.levels.shape
    y, x = np.mgrid[0:rows, 0:columns].astype(np.float32)
    shift = np.full((rows, columns), moved_px, np.float32)
    along = np.arange(COLUMNS, dtype=np.float64)
    speed = SpeedWarp(second.levels, along, 0.0, 0.0, mirrored=False)
    alignment = Alignment(x, y, speed, shift)
    return change_evidence(first, second, alignment).strength


@pytest.mark.parametrize("attenuation", [0.8, 5.0])
def test_what_is_put_into_an_empty_container_cannot_pass_for_goods_that_moved(
    attenuation: float,
) -> None:
    empty = phantom.emptied()
    changed = empty.copy()
    changed[40:56, 300:316] += attenuation
    still = strength(empty, changed, moved_px=0.0)
    assert still > 6.0
    # The container's own posts are in both pictures and may seem to have moved; the box not.
    assert strength(empty, changed, moved_px=5.0) > 0.9 * still


def test_goods_that_moved_tell_less_than_goods_that_stood_still() -> None:
    load = phantom.cargo()
    shifted = np.roll(load, 5, axis=1)
    assert strength(load, shifted, moved_px=5.0) < 0.5 * strength(load, shifted, moved_px=0.0)

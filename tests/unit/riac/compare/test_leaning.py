"""A stack that leans on the road is the same load; one that is gone is not."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from riac.compare import compare
from riac.finding import ComparisonVerdict
from riac.scan import Picture

from . import phantom

LEFT, RIGHT, TOP, FLOOR = 260, 380, 60, 238


def one_tall_stack() -> Picture:
    """A container with low cargo and a stack that stands free over it."""
    load = phantom.cargo()
    load[:110] = np.minimum(load[:110], 0.12)
    generator = np.random.default_rng(4)
    grain = cv2.GaussianBlur(generator.standard_normal(load.shape).astype(np.float32), (0, 0), 2.5)
    load[TOP:FLOOR, LEFT:RIGHT] = 1.2 + 0.9 * grain[TOP:FLOOR, LEFT:RIGHT]
    blurred: Picture = cv2.GaussianBlur(np.maximum(load, 0.05), (0, 0), 0.8)
    return blurred


def leaning(load: Picture, *, by_px: float) -> Picture:
    """Lean everything between two columns, more with height."""
    rows, columns = load.shape
    x, y = np.meshgrid(np.arange(columns, dtype=np.float32), np.arange(rows, dtype=np.float32))
    height = np.clip((FLOOR - y) / (FLOOR - TOP), 0, 1)
    near = np.exp(-(((x - (LEFT + RIGHT) / 2) / (RIGHT - LEFT)) ** 4))
    leaned: Picture = cv2.remap(load, x + by_px * height * near, y, cv2.INTER_LINEAR)
    return leaned


def verdict(entry: Picture, exit_: Picture) -> ComparisonVerdict:
    scans = (
        phantom.prepared(phantom.photographed(load, seed=seed), sha256=str(seed))
        for seed, load in enumerate((entry, exit_))
    )
    return compare(*scans).verdict


@pytest.mark.parametrize("by_px", [-12.0, 12.0])
def test_a_stack_that_leans_a_hands_breadth_is_the_same_load(by_px: float) -> None:
    load = one_tall_stack()
    assert verdict(load, leaning(load, by_px=by_px)) is ComparisonVerdict.MATCH


def test_a_stack_that_is_gone_is_no_leaning() -> None:
    load = one_tall_stack()
    without = load.copy()
    without[TOP : TOP + 60, LEFT:RIGHT] = 0.12
    assert verdict(load, without) is ComparisonVerdict.MISMATCH


def test_a_stack_half_as_wide_again_is_no_leaning() -> None:
    load = one_tall_stack()
    wider = load.copy()
    wider[TOP:FLOOR, RIGHT : RIGHT + 60] = load[TOP:FLOOR, LEFT : LEFT + 60]
    assert verdict(load, wider) is ComparisonVerdict.MISMATCH

"""Scanners sample the way in their own steps; the map between them is exact all the same."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from riac.compare.align import align, speed_warp
from riac.compare.working import DISPLAY_NOISE, WorkingView, working_view
from riac.scan import Picture

from . import phantom

SLID_PX = 3.0
"""Of the entry picture, by which an uneven speed displaces columns."""


def like_stacks() -> Picture:
    """A container of corrugated walls with eight stacks as black as each other, in pairs."""
    waves = 0.03 * np.sin(np.arange(phantom.COLUMNS) * 0.43)
    load: Picture = np.add(phantom.emptied(), waves, dtype=np.float32)
    first = 20
    for stack in range(8):
        load[130:238, first : first + 60] = 4.0
        first += 63 if stack % 2 == 0 else 82
    return load


def slid() -> Picture:
    """Return (COLUMNS,) by how much each column is displaced: six waves to the length."""
    columns = np.arange(phantom.COLUMNS)
    return (SLID_PX * np.sin(columns / phantom.COLUMNS * 12 * np.pi)).astype(np.float32)


def displaced(load: Picture) -> Picture:
    x, y = np.meshgrid(np.arange(phantom.COLUMNS), np.arange(phantom.ROWS))
    places, rows = (x + slid()).astype(np.float32), y.astype(np.float32)
    moved: Picture = cv2.remap(load, places, rows, cv2.INTER_LINEAR)
    return moved


def view(load: Picture, *, columns: int, seed: int) -> WorkingView:
    sampled = cv2.resize(load, (columns, phantom.ROWS), interpolation=cv2.INTER_AREA)
    photographed = phantom.photographed(sampled, seed=seed)
    return working_view(phantom.prepared(photographed, sha256="").rectified[0], noise=DISPLAY_NOISE)


@pytest.mark.parametrize("exit_columns", [280, 640, 1400])
def test_columns_are_found_however_finely_the_exit_scanner_sampled(exit_columns: int) -> None:
    load = like_stacks()
    entry = view(displaced(load), columns=phantom.COLUMNS, seed=1)
    exit_ = view(load, columns=exit_columns, seed=2)
    assert (entry.columns, exit_.columns) == (phantom.COLUMNS, exit_columns)
    # Where the stacks stand, and not at the posts.
    within = (slice(100, 230), slice(20, -20))
    wrong = np.abs(align(entry, speed_warp(entry, exit_)).fit().along - slid())[within]
    assert np.median(wrong) < 0.5
    assert np.quantile(wrong, 0.99) < 1.9

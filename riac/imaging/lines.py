"""Lines across the picture: dead detector rows and pulses with a discharge.

A row of the picture is one detector channel, a column one pulse of the beam. A dead channel
differs from both neighbours nearly everywhere, and so does a pulse with a discharge. Several dead
channels side by side are told from structure by what they deliver: one value all along.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from riac.compiled import compiled
from riac.scan import Picture

Mask = NDArray[np.bool_]
Levels = NDArray[np.uint8]

LEVELS = 255
"""Of the working copy in 8 bits: steps of some hundredths need no more, and bytes compare fast."""
LEAST_STEP = int(0.03 * LEVELS)
"""Levels by more than which a dead row differs from the rows beside it."""
BRIGHTEST = LEVELS - int(0.06 * LEVELS)
"""Level from which on nothing can be told to be brighter; what is as near to black, darker."""
EVERYWHERE = 0.9
"""Share of the columns in which it does; a roof or a rail does so only where the container is."""
LEAST_SHARE = 0.25
"""Of the columns, in which a dead row must be able to differ."""
THINNED = 400
"""Columns that are looked at, at least: enough to tell nine tenths."""
PLACES_AT_ONCE = 64
"""Looked at, before a row is given up."""
MOST_RUN = 3
"""Dead rows side by side that can be told from structure, and filled from what is around."""
MOST_STUCK_RUN = 8
"""The same of rows that deliver one value: four channels, in a picture drawn twice as high."""
STUCK_DEVIATION = 0.01 * LEVELS
"""Levels, that noise and JPEG make of one value."""
MOST_LINE_RUN = 4
"""Bright columns side by side: up to three pulses, and what a display smears of them."""
LINE_ENDS = 0.1
"""Of the rows in which a line can be seen, uppermost and lowest: a discharge brightens roof, floor
and trailer too, a gap between goods ends there."""
LINE_AT_ENDS = 0.8
"""Of them, brightened."""


def dead_rows(picture: Picture) -> Mask:
    """Mark rows that are stuck: (H,) bool.

    Args:
        picture: (H, W) float32, transmission.
    """
    height, _ = picture.shape
    dead = np.zeros(height, np.bool_)
    thinned = _in_levels(np.ascontiguousarray(picture[:, :: max(1, picture.shape[1] // THINNED)]))
    # What is darker than both is brighter in the negative.
    turned, stuck = LEVELS - thinned, _stuck(thinned)
    for run in range(1, MOST_STUCK_RUN + 1):
        if height < run + 4:
            break
        before = np.arange(height - run - 1) if run <= MOST_RUN else _before_stuck(stuck, run)
        for levels in (thinned, turned):
            found, offset = np.nonzero(_outshines(levels, before, run))
            dead[before[found] + 1 + offset] = True
    return dead


def bright_columns(picture: Picture) -> Mask:
    """Mark pulses with a discharge, brighter than those beside them all the way down: (W,) bool.

    Air at full scale can show none, so that only columns with something in them are judged.

    Args:
        picture: (H, W) float32, transmission.
    """
    height, width = picture.shape
    bright = np.zeros(width, np.bool_)
    # One row for each column, as `dead_rows` has one for each channel.
    pulses = np.ascontiguousarray(_in_levels(picture[:: max(1, height // THINNED)]).T)
    for run in range(1, MOST_LINE_RUN + 1):
        if width < run + 4:
            break
        found, offset = np.nonzero(_outshines(pulses, np.arange(width - run - 1), run))
        most = np.maximum(pulses[found], pulses[found + run + 1])
        place = found + 1 + offset
        brighter = pulses[place] > most + np.int16(LEAST_STEP)
        whole = _at_both_ends(brighter, most < BRIGHTEST)
        bright[place[whole]] = True
    return bright


@compiled
def _brighter(
    line: Levels, above: Levels, below: Levels
) -> tuple[np.uint8, np.uint8]:  # pragma: no cover - compiled
    """Count the places in which a row could be brighter than both others, and in which it is."""
    # Bytes are counted in bytes, which makes vectors of many: no more than 255 places.
    could = did = np.uint8(0)
    for place in range(line.size):
        most = max(above[place], below[place])
        can = most < BRIGHTEST
        could = np.uint8(could + np.uint8(can))
        did = np.uint8(did + np.uint8(can & (line[place] > most + LEAST_STEP)))
    return could, did


@compiled
def _outshines(
    levels: Levels, before: NDArray[np.intp], run: int
) -> Mask:  # pragma: no cover - compiled
    """Say which rows are nearly everywhere brighter than both beside their run, if they can be.

    Args:
        levels: (H, W) uint8.
        before: (N,) rows that are each followed by a run of rows, and this by another row.
        run: rows side by side.

    Returns:
        (N, run) bool.
    """
    width = levels.shape[1]
    found = np.zeros((len(before), run), np.bool_)
    # With more misses than this nothing is nearly everywhere, wherever it could be.
    most_missed = np.int64((1 - EVERYWHERE) * width) + 1
    for number in range(len(before)):
        row = before[number]
        above, below = levels[row], levels[row + run + 1]
        for offset in range(run):
            line = levels[row + 1 + offset]
            could = did = np.int64(0)
            for start in range(0, width, PLACES_AT_ONCE):
                some = slice(start, start + PLACES_AT_ONCE)
                more_could, more_did = _brighter(line[some], above[some], below[some])
                could += np.int64(more_could)
                did += np.int64(more_did)
                if could - did > most_missed:
                    break
            else:
                enough = could >= LEAST_SHARE * width
                found[number, offset] = enough & (did / could >= EVERYWHERE)
    return found


def _stuck(levels: Levels) -> Mask:
    """Mark rows that say one value all along, by a quarter of their columns: (H,)."""
    return np.asarray(levels[:, ::4].std(axis=1) <= STUCK_DEVIATION)


def _before_stuck(stuck: Mask, run: int) -> NDArray[np.intp]:
    """Return the rows that are not stuck, and after which so many are, and the next is not.

    Enlarging mixes the two ends of a run with what is beside them, so they need not be.
    """
    within = np.lib.stride_tricks.sliding_window_view(stuck[2:-2], run - 2).all(axis=1)
    return np.flatnonzero(within & ~stuck[: -run - 1] & ~stuck[run + 1 :])


def _in_levels(picture: Picture) -> Levels:
    """Return transmission in steps of 1 / LEVELS, (H, W) uint8."""
    return np.asarray(cv2.convertScaleAbs(picture, alpha=LEVELS), np.uint8)


def _at_both_ends(brighter: Mask, possible: Mask) -> Mask:
    """Say of each row whether the first and the last of its possible places are marked too."""
    place = np.cumsum(possible, axis=1, dtype=np.int32)
    count = place[:, -1:]
    length = np.maximum(MOST_RUN, LINE_ENDS * count)
    marked = np.ones(len(brighter), np.bool_)
    for end in (place <= length, place > count - length):
        within = end & possible
        marked &= (within & brighter).sum(axis=1) >= LINE_AT_ENDS * within.sum(axis=1)
    return marked


def filled(picture: Picture, dead: Mask) -> Picture:
    """Return the picture with dead rows interpolated from the nearest living ones."""
    alive = np.flatnonzero(~dead)
    rows = np.flatnonzero(dead)
    after = np.searchsorted(alive, rows).clip(0, len(alive) - 1)
    low, high = alive[(after - 1).clip(0)], alive[after]
    share = np.clip((rows - low) / np.maximum(high - low, 1), 0, 1)[:, None]
    mended = picture.copy()
    mended[rows] = (1 - share) * picture[low] + share * picture[high]
    return mended

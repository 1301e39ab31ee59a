"""Lines across the picture: dead detector rows and pulses with a discharge.

A row of the picture is one detector channel, a column one pulse of the beam. A dead channel
differs from both neighbours nearly everywhere, and so does a pulse with a discharge. Several dead
channels side by side are told from structure by what they deliver: one value all along.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from riac.scan import Picture

Mask = NDArray[np.bool_]
Marks = NDArray[np.uint8]
"""(H, W), 0 or `MARK`, as OpenCV marks pixels."""
MARK = 255
Levels = NDArray[np.uint8]

LEVELS = 255
"""Of the working copy in 8 bits: steps of some hundredths need no more, and bytes compare fast."""
LEAST_STEP = int(0.03 * LEVELS)
"""Levels by more than which a dead row differs from the rows beside it."""
HIDDEN_STEP = int(0.06 * LEVELS)
"""Levels: what is nearer to black or to white could not differ by a step."""
EVERYWHERE = 0.9
"""Share of the columns in which it does; a roof or a rail does so only where the container is."""
LEAST_SHARE = 0.25
"""Of the columns, in which a dead row must be able to differ."""
THINNED = 400
"""Columns that are looked at, at least: enough to tell nine tenths."""
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
    stuck = _stuck(thinned)
    for run in range(1, MOST_STUCK_RUN + 1):
        if height < run + 4:
            break
        before = None if run <= MOST_RUN else _before_stuck(stuck, run)
        if before is not None and before.size == 0:
            continue
        # Each row of these is followed by a run that may be dead.
        above, *rows, below = (
            slice(offset, height - run - 1 + offset) if before is None else before + offset
            for offset in range(run + 2)
        )
        least, most = (of(thinned[above], thinned[below]) for of in (cv2.min, cv2.max))
        # Black cargo can hide no darker row, and air no brighter one.
        darkenable = cv2.compare(least, HIDDEN_STEP, cv2.CMP_GT)
        brightenable = cv2.compare(most, LEVELS - HIDDEN_STEP, cv2.CMP_LT)
        floor, ceiling = cv2.subtract(least, LEAST_STEP), cv2.add(most, LEAST_STEP)
        could_darken, could_brighten = _marked(darkenable), _marked(brightenable)
        for row in rows:
            darker = cv2.bitwise_and(cv2.compare(thinned[row], floor, cv2.CMP_LT), darkenable)
            brighter = cv2.bitwise_and(cv2.compare(thinned[row], ceiling, cv2.CMP_GT), brightenable)
            dead[row] |= _nearly_everywhere(darker, could_darken)
            dead[row] |= _nearly_everywhere(brighter, could_brighten)
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
    turned = np.ascontiguousarray(_in_levels(picture[:: max(1, height // THINNED)]).T)
    for run in range(1, MOST_LINE_RUN + 1):
        if width < run + 4:
            break
        most = cv2.max(turned[: -run - 1], turned[run + 1 :])
        possible = cv2.compare(most, LEVELS - HIDDEN_STEP, cv2.CMP_LT)
        ceiling, count = cv2.add(most, LEAST_STEP), _marked(possible)
        for offset in range(1, run + 1):
            pulses = turned[offset : offset + len(most)]
            brighter = cv2.bitwise_and(cv2.compare(pulses, ceiling, cv2.CMP_GT), possible)
            found = np.flatnonzero(_nearly_everywhere(brighter, count))
            whole = _at_both_ends(brighter[found], possible[found])
            bright[found[whole] + offset] = True
    return bright


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


def _at_both_ends(brighter: Marks, possible: Marks) -> Mask:
    """Say of each row whether the first and the last of its possible places are marked too."""
    place = np.cumsum(possible > 0, axis=1, dtype=np.int32)
    count = place[:, -1:]
    length = np.maximum(MOST_RUN, LINE_ENDS * count)
    marked = np.ones(len(brighter), np.bool_)
    for end in (place <= length, place > count - length):
        within = end & (possible > 0)
        marked &= (within & (brighter > 0)).sum(axis=1) >= LINE_AT_ENDS * within.sum(axis=1)
    return marked


def _nearly_everywhere(differs: Marks, could_differ: NDArray[np.int32]) -> Mask:
    """Mark rows that differ in nearly all the (H,) columns in which they could."""
    share = _marked(differs) / np.maximum(could_differ, 1)
    enough: Mask = (share >= EVERYWHERE) & (could_differ >= LEAST_SHARE * differs.shape[1])
    return enough


def _marked(marks: Marks) -> NDArray[np.int32]:
    """Count the marked columns of each row: (H,); OpenCV adds bytes much faster than numpy."""
    sums = cv2.reduce(marks, 1, cv2.REDUCE_SUM, dtype=cv2.CV_32S)
    return np.asarray(sums[:, 0] // MARK, np.int32)


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

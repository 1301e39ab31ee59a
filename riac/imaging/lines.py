"""Faults along a row or a column: dead detector rows, discharges, stripes of dose, dark bands.

A row of the picture is one detector channel, a column one pulse of the beam. A dead channel
differs from both neighbours nearly everywhere, and so does a pulse with a discharge; a pulse of
another dose shows in the air above the vehicle, where nothing else can.
"""

from __future__ import annotations

from statistics import NormalDist

import cv2
import numpy as np
from numpy.typing import NDArray

from riac.scan import Picture

Mask = NDArray[np.bool_]
Marks = NDArray[np.uint8]
"""(H, W), 0 or `MARK`, as OpenCV marks pixels."""
MARK = 255
Profile = NDArray[np.float32]

LEAST_STEP = 0.03
"""Transmission by which a dead row differs from the rows beside it."""
EVERYWHERE = 0.9
"""Share of the columns in which it does; a roof or a rail does so only where the container is."""
LEAST_SHARE = 0.25
"""Of the columns, in which a dead row must be able to differ."""
THINNED = 400
"""Columns that are looked at, at least: enough to tell nine tenths."""
MOST_RUN = 3
"""Dead rows side by side that can be told from structure, and filled from what is around."""
MOST_LINE_RUN = 4
"""Bright columns side by side: up to three pulses, and what a display smears of them."""
LINE_ENDS = 0.1
"""Of the rows in which a line can be seen, uppermost and lowest: a discharge brightens roof, floor
and trailer too, a gap between goods ends there."""
LINE_AT_ENDS = 0.8
"""Of them, brightened."""
AIR_ROWS_FRACTIONS = (0.02, 0.01, 0.005)
"""Of the height, that may be air above the vehicle: tall containers nearly reach the edge."""
SAME_AIR, NOT_AIR = 0.03, 0.02
"""Air looks the same further down; where it does not in this share of the columns, a roof (of a
picture cropped to a tilted container) is taken for it."""
BRIGHTEST_SHARE = 0.8
"""Air is about as bright as anything in the picture."""
LEAST_STRIPE = 0.02
"""Standard deviation of the dose from pulse to pulse, relative, above which stripes are seen."""
AT_FULL_SCALE = 1 / 512
"""Of full scale: half a level of 8 bits. Air so near to its brightest is taken for clipped."""
MOST_CLIPPED = 0.85
"""Of the pulses, up to which the others tell how much all of them fluctuate. Beyond, what dips
below full scale is single pulses that failed and no fluctuation."""
DOSE_KNOWN = 0.1
"""Of the pulses at most may be at full scale where dose is to be divided out. Air at full scale
tells nothing of a dose above the usual: in simulated displays with air clipped in half of the
pulses evening left 4 to 5 % of stripes of 6 to 10 %; with up to a tenth clipped, 1.5 % of 6 %."""
LEAST_BAND = 0.15
"""Loss of dose of a band, relative."""
BAND_FRACTION = 0.01
"""Of the picture's width, from which a loss of dose is a band and no stripe."""
BEAM_OFF = 0.05
"""Dose below which the beam was not on at all: margins before and after the vehicle."""


def dead_rows(picture: Picture) -> Mask:
    """Mark rows that are stuck: (H,) bool.

    Args:
        picture: (H, W) float32, transmission.
    """
    height, _ = picture.shape
    dead = np.zeros(height, np.bool_)
    thinned = np.ascontiguousarray(picture[:, :: max(1, picture.shape[1] // THINNED)])
    for run in range(1, MOST_RUN + 1):
        if height < run + 4:
            break
        above, below = thinned[: -run - 1], thinned[run + 1 :]
        least, most = cv2.min(above, below), cv2.max(above, below)
        # Black cargo can hide no darker row, and air no brighter one.
        darkenable = cv2.compare(least, 2 * LEAST_STEP, cv2.CMP_GT)
        brightenable = cv2.compare(most, 1 - 2 * LEAST_STEP, cv2.CMP_LT)
        floor, ceiling = cv2.subtract(least, LEAST_STEP), cv2.add(most, LEAST_STEP)
        could_darken, could_brighten = _marked(darkenable), _marked(brightenable)
        for offset in range(1, run + 1):
            row = thinned[offset : offset + len(above)]
            darker = cv2.bitwise_and(cv2.compare(row, floor, cv2.CMP_LT), darkenable)
            brighter = cv2.bitwise_and(cv2.compare(row, ceiling, cv2.CMP_GT), brightenable)
            here = dead[offset : offset + len(above)]
            here |= _nearly_everywhere(darker, could_darken)
            here |= _nearly_everywhere(brighter, could_brighten)
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
    turned = np.ascontiguousarray(picture[:: max(1, height // THINNED)].T)
    for run in range(1, MOST_LINE_RUN + 1):
        if width < run + 4:
            break
        most = cv2.max(turned[: -run - 1], turned[run + 1 :])
        possible = cv2.compare(most, 1 - 2 * LEAST_STEP, cv2.CMP_LT)
        ceiling, count = cv2.add(most, LEAST_STEP), _marked(possible)
        for offset in range(1, run + 1):
            pulses = turned[offset : offset + len(most)]
            brighter = cv2.bitwise_and(cv2.compare(pulses, ceiling, cv2.CMP_GT), possible)
            found = np.flatnonzero(_nearly_everywhere(brighter, count))
            whole = _at_both_ends(brighter[found], possible[found])
            bright[found[whole] + offset] = True
    return bright


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


def dose(picture: Picture) -> Profile | None:
    """Return each pulse's dose relative to the usual one, (W,) float32; None without air above."""
    air = air_above(picture)
    return None if air is None else air / np.float32(_usual(air))


def air_above(picture: Picture) -> Profile | None:
    """Return the level of the air above the vehicle in each column, (W,) float32, 0 to 1.

    None where there is none, or not in all columns.
    """
    profiles = (_air(picture, max(2, round(each * len(picture)))) for each in AIR_ROWS_FRACTIONS)
    profile = next((each for each in profiles if each is not None), None)
    if profile is None:
        return None
    brightest = float(np.percentile(picture[::8, ::8], 99))
    return profile if _usual(profile) > BRIGHTEST_SHARE * brightest else None


def _usual(air: Profile) -> float:
    on = air[air > BEAM_OFF]
    return float(np.median(on)) if len(on) else 0.0


def _air(picture: Picture, rows: int) -> Profile | None:
    """Return what the uppermost rows show in each column; None where it is not air alone."""
    profile, lower = _medians(picture[:rows]), _medians(picture[rows : 2 * rows])
    apart = np.abs(profile - lower) > SAME_AIR * np.maximum(profile, BEAM_OFF)
    return None if apart.mean() > NOT_AIR else profile


def _medians(rows: Picture) -> Profile:
    """Return that of each column: (W,)."""
    ordered = np.sort(np.ascontiguousarray(rows.T), axis=1)  # numpy sorts faster than it selects
    count = ordered.shape[1]
    medians: Profile = (ordered[:, (count - 1) // 2] + ordered[:, count // 2]) / np.float32(2)
    return medians


def is_striped(relative: Profile) -> bool:
    """Say whether the dose jumps from pulse to pulse."""
    on = relative[(relative > 1 - LEAST_BAND) & (relative < 1 + LEAST_BAND)]
    if len(on) <= 16:
        return False
    seen = float(np.std(np.diff(on)) / np.sqrt(2))
    clipped = clipped_share(on)
    if clipped <= MOST_CLIPPED:
        seen /= _left_of_deviation(clipped)
    return seen > LEAST_STRIPE


def clipped_share(relative: Profile) -> float:
    """Return which share of the pulses shows air as bright as it gets."""
    on = relative[relative > BEAM_OFF]
    return float((on >= on.max() - AT_FULL_SCALE).mean()) if len(on) else 0.0


def deviation(relative: Profile) -> float:
    """Return how much the dose fluctuates from pulse to pulse, whatever single pulses do.

    Relative, by the median of steps, as the standard deviation of a normal distribution.
    """
    step = float(np.median(np.abs(np.diff(relative))))
    return step / (2**0.5 * NormalDist().inv_cdf(0.75))


def _left_of_deviation(clipped: float) -> float:
    """Return what clipping this share of the highest values leaves of a normal deviation."""
    if clipped <= 0:
        return 1.0
    normal = NormalDist()
    bound = normal.inv_cdf(1 - clipped)
    mean = bound * clipped - normal.pdf(bound)
    square = (1 - clipped) - bound * normal.pdf(bound) + bound**2 * clipped
    return float(np.sqrt(square - mean**2))


def bands(relative: Profile) -> list[tuple[int, int]]:
    """List stretches of columns, first and last, that got too little dose."""
    low = (relative < 1 - LEAST_BAND) & (relative > BEAM_OFF)
    # A pulse that failed alone within a stretch does not end it.
    off = relative <= BEAM_OFF
    inside = low | (off & np.roll(low, 1)) | (off & np.roll(low, -1))
    edges = np.flatnonzero(np.diff(np.concatenate([[0], inside.astype(np.int8), [0]])))
    least = max(3, round(BAND_FRACTION * len(relative)))
    return [
        (int(first), int(end) - 1)
        for first, end in zip(edges[::2], edges[1::2], strict=True)
        if end - first >= least
    ]


def evened(picture: Picture, air: Profile) -> Picture:
    """Return the picture relative to the air of each column, as if all pulses were alike; 0 to 1.

    Readers find no one level of air in a striped picture: only here does air become full scale.

    Args:
        picture: (H, W) float32, transmission.
        air: as `air_above` returns it.
    """
    usual = _usual(air)
    factor = 1 / np.where(air > BEAM_OFF * usual, air, usual)
    result: Picture = np.minimum(picture * factor.astype(np.float32), 1.0)
    return result

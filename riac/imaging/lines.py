"""Faults that run along a row or a column: dead detector rows, stripes of dose, dark bands.

A row of the picture is one detector channel, a column one pulse of the beam. A dead channel
differs from both neighbours nearly everywhere; a pulse of another dose shows in the air above the
vehicle, where nothing else can.
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
AIR_ROWS_FRACTIONS = (0.02, 0.01, 0.005)
"""Of the height, that may be air above the vehicle: tall containers nearly reach the edge."""
SAME_AIR, NOT_AIR = 0.03, 0.02
"""Air looks the same further down; where it does not in this share of the columns, a roof (of a
picture cropped to a tilted container) is taken for it."""
BRIGHTEST_SHARE = 0.8
"""Air is about as bright as anything in the picture."""
LEAST_STRIPE = 0.02
"""Standard deviation of the dose from pulse to pulse, relative, above which stripes are seen."""
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
    profiles = (_air(picture, max(2, round(each * len(picture)))) for each in AIR_ROWS_FRACTIONS)
    profile = next((each for each in profiles if each is not None), None)
    if profile is None:
        return None
    on = profile[profile > BEAM_OFF]
    brightest = float(np.percentile(picture[::8, ::8], 99))
    usual = float(np.median(on)) if len(on) else 0.0
    return profile / np.float32(usual) if usual > BRIGHTEST_SHARE * brightest else None


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
    return len(on) > 16 and float(np.std(np.diff(on))) / np.sqrt(2) > LEAST_STRIPE


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


def evened(picture: Picture, relative: Profile) -> Picture:
    """Return the picture as if every pulse had had the usual dose; 0 to 1."""
    factor = np.where(relative > BEAM_OFF, 1 / np.maximum(relative, BEAM_OFF), 1)
    result: Picture = np.minimum(picture * factor.astype(np.float32), 1.0)
    return result

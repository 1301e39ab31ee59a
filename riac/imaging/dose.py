"""The dose of each pulse of the beam: stripes, dark bands, and how they are divided out.

A column of the picture is one pulse. What dose it had shows in the air above the vehicle, where
nothing else can; where a display shows air at full scale, in what the beam passed through.
"""

from __future__ import annotations

from math import sqrt
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from riac.scan import Picture

Profile = NDArray[np.float32]

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
BAND_FRACTION = 0.0075
"""Of the picture's width, from which a loss of dose is a band and no stripe. A display smears the
ends of a band: of one as wide as a hundredth three quarters are as dark as it was."""
PULSE_ROWS = 100
"""Rows in which pulses are compared with those beside them, at least."""
SHOWN_BETWEEN = (0.08, 0.97)
"""Transmission in which a pulse of another dose shows: neither black nor at full scale."""
SHOWN_SHARE = 0.08
"""Of the rows, in which three pulses must be shown to be compared."""
LEAST_SHOWN = 50
"""Pulses compared, from which their fluctuation is known."""
BEAM_OFF = 0.05
"""Dose below which the beam was not on at all: margins before and after the vehicle."""


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


def is_striped(relative: Profile, picture: Picture) -> bool:
    """Say whether the dose jumps from pulse to pulse.

    Args:
        relative: (W,), the dose as the air shows it.
        picture: (H, W) float32, transmission; asked where air is at full scale and hides it.
    """
    if _air_is_striped(relative):
        return True
    if clipped_share(relative) <= DOSE_KNOWN:
        return False
    shown = shown_deviation(picture)
    return shown is not None and shown > LEAST_STRIPE


def _air_is_striped(relative: Profile) -> bool:
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
    return _deviation_of(np.diff(relative)) / sqrt(2)


def shown_deviation(picture: Picture) -> float | None:
    """Return how much the dose fluctuates from pulse to pulse, by what the beam passed through.

    Relative, as `deviation`. A pulse is compared with the mean of those beside it, row by row, and
    the median of its rows taken: of goods an edge seldom stands in half of them, noise is mostly
    gone. None where too little lies between black and white. Of pictures that show air at full
    scale 139 real ones come to 0.007 at most, 400 simulated clean ones to 0.016, and of 44 that a
    simulated machine striped all but four to more than 0.02.

    Args:
        picture: (H, W) float32, transmission.
    """
    thinned = picture[:: max(1, len(picture) // PULSE_ROWS)]
    darkest, brightest = SHOWN_BETWEEN
    shown = (thinned > darkest) & (thinned < brightest)
    shown = shown[:, :-2] & shown[:, 1:-1] & shown[:, 2:]
    count = shown.sum(axis=0)
    enough = count >= SHOWN_SHARE * len(thinned)
    if np.count_nonzero(enough) < LEAST_SHOWN:
        return None
    beside, here = (thinned[:, :-2] + thinned[:, 2:]) / 2, np.maximum(thinned[:, 1:-1], darkest)
    apart = np.where(shown, beside / here - 1, np.inf)[:, enough]
    ordered = np.sort(np.ascontiguousarray(apart.T), axis=1)
    medians = ordered[np.arange(len(ordered)), (count[enough] - 1) // 2]
    return _deviation_of(medians) / sqrt(1.5)


def _deviation_of(differences: NDArray[np.floating]) -> float:
    """Return the standard deviation of normal values about 0, whatever single ones do."""
    return float(np.median(np.abs(differences))) / NormalDist().inv_cdf(0.75)


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

"""Change evidence: what differs beyond noise and misalignment, at the sizes that matter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from riac.compare.align import Alignment
from riac.compare.filters import strongest_answers
from riac.compare.tone import tone_map, without_lines
from riac.compare.working import RELATIVE_NOISE, ROWS, WorkingView, noise_levels, transmission_of
from riac.scan import Picture
from riac.threads import at_once, both

MISALIGNMENT_PX = 0.6
"""Left after alignment, standard deviation; times the slope of the picture it is noise."""
STEEP = 3.0
"""Noise levels per pixel; what is steeper says little of tone."""
MOVED_DOUBT = 1.0
"""The same for goods that moved within the container, per pixel they moved."""
MARGIN_MM = (100.0, 60.0, 100.0, 330.0)
"""Left, top, right, bottom of the container that carry no evidence: posts and doors, roof rail,
and the floor's cross members, under which another trailer may stand at exit."""
DETECTABLE = 3.0
"""A pixel is visible when halving its transmission would move it by so many noise deviations."""
EMPTY_SHARE = 0.75
"""Of the brightest the hold gets: what passes at least so much has nothing in it."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What changed, in the frame of the entry's working picture."""

    difference: Picture
    """(H, W) float32, noise levels; positive where exit passes more."""
    expected: Picture
    """(H, W) float32, noise levels: entry as the exit scanner would show it."""
    warped: Picture
    """(H, W) float32, noise levels: exit, aligned with entry."""
    hold: NDArray[np.bool_]
    """(H, W), where goods may be."""
    empty_level: float
    """Noise levels; what passes more has nothing in it."""
    weight: Picture
    """(H, W) float32, 1 / variance of the difference; 0 where nothing can be said."""
    visible: NDArray[np.bool_]
    """(H, W), pixels of the hold where a change could be seen."""
    visible_fraction: float
    answers: Picture
    """(H, W) float32, the strongest filter's answer at each place, 0 or more."""
    sizes: Picture
    """(2, H, W) float32, width and height in pixels of that filter."""
    strength: float
    """The strongest answer: about 3 for the same load, more for another."""


def change_evidence(entry: WorkingView, exit_: WorkingView, alignment: Alignment) -> Evidence:
    """Weigh the difference of two aligned pictures against noise and misalignment."""
    warped = alignment.warp(exit_.levels, border=-1.0)
    reached = _reached(exit_, alignment)
    slopes = at_once(_slope, entry.levels, warped)
    slope = np.maximum(*slopes)
    trusted = reached * (slope < STEEP)
    expected, variance = both(
        lambda: tone_map(entry.levels, warped, trusted, noise=exit_.noise, relative=RELATIVE_NOISE),
        lambda: _variance(slopes, alignment),
    )
    dark = _dark_level(exit_.noise)
    both_dark = (expected < dark) & (warped < dark)
    difference = np.where(reached > 0, warped - expected, 0).astype(np.float32)
    difference = without_lines(difference, reached * ~both_dark)
    hold = _hold(entry)
    seen = hold & (reached > 0)
    weight = np.where(seen & ~both_dark, 1 / variance, 0).astype(np.float32)
    visible = seen & ~both_dark
    answers, sizes = strongest_answers(difference, weight, row_mm=entry.row_mm)
    return Evidence(
        difference=difference,
        expected=expected,
        warped=warped,
        hold=hold,
        empty_level=_empty_level(np.maximum(expected, warped)[visible], noise=exit_.noise),
        weight=weight,
        visible=visible,
        visible_fraction=float(visible.sum() / max(int(hold.sum()), 1)),
        answers=answers,
        sizes=sizes,
        strength=float(answers.max()),
    )


def _reached(exit_: WorkingView, alignment: Alignment) -> Picture:
    x, y = alignment.map_x, alignment.map_y
    return ((x >= 0) & (x <= exit_.columns - 1) & (y >= 0) & (y <= ROWS - 1)).astype(np.float32)


def _slope(levels: Picture) -> Picture:
    """Return the steepest slope near each pixel, noise levels per pixel."""
    dx = cv2.Sobel(levels, cv2.CV_32F, 1, 0, ksize=3, scale=1 / 8)
    dy = cv2.Sobel(levels, cv2.CV_32F, 0, 1, ksize=3, scale=1 / 8)
    # OpenCV's magnitude differs in its last bit by where a picture lies in memory: the same pair
    # must always give the same bytes.
    magnitude = np.sqrt(dx * dx + dy * dy)
    steep: Picture = cv2.dilate(magnitude, np.ones((3, 3), np.uint8))
    return steep


def _variance(slopes: Sequence[Picture], alignment: Alignment) -> Picture:
    """Return that of the difference, of noise and of misalignment, where both slopes are known."""
    moved = cv2.GaussianBlur(alignment.shift, (0, 0), 6.0)
    # Only goods that both pictures show can have moved: what was put in is no goods displaced.
    steep = cv2.min(*(cv2.dilate(one, np.ones((9, 9), np.uint8)) for one in slopes))
    misplaced = MISALIGNMENT_PX * cv2.max(*slopes)
    displaced = MOVED_DOUBT * moved * steep
    variance: Picture = np.float32(1) + misplaced * misplaced + displaced * displaced
    return variance


def _dark_level(noise: float) -> float:
    transmission = 2 * DETECTABLE * noise
    return float(np.arcsinh(transmission * RELATIVE_NOISE / noise) / RELATIVE_NOISE)


def _hold(entry: WorkingView) -> NDArray[np.bool_]:
    left, top, right, bottom = (round(mm / entry.row_mm) for mm in MARGIN_MM)
    hold = np.zeros((ROWS, entry.columns), bool)
    hold[top : ROWS - bottom, left : entry.columns - right] = True
    return hold


def _empty_level(levels: Picture, *, noise: float) -> float:
    """Return the level that only the container's empty walls let through."""
    if levels.size == 0:
        return float("inf")
    brightest = np.percentile(levels, [98]).astype(np.float32)
    empty = transmission_of(brightest, noise=noise) * np.float32(EMPTY_SHARE)
    return float(noise_levels(empty, noise=noise)[0])

"""Change evidence: what differs beyond noise and misalignment, at the sizes that matter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from riac.compare.align import Alignment
from riac.compare.tone import tone_map, without_lines
from riac.compare.working import RELATIVE_NOISE, ROWS, WorkingView, noise_levels, transmission_of
from riac.scan import Picture
from riac.threads import at_once

MISALIGNMENT_PX = 0.6
"""Left after alignment, standard deviation; times the slope of the picture it is noise."""
MOVED_DOUBT = 1.0
"""The same for goods that moved within the container, per pixel they moved."""
SCALES_MM = (150.0, 300.0, 600.0)
SHAPES = ((1.0, 1.0), (0.6, 1.0), (1.0, 0.6))
"""Width and height of the filters, in sizes."""
WALL_SHAPES = (0.6,)
MARGIN_MM = (100.0, 60.0, 100.0, 330.0)
"""Left, top, right, bottom of the container that carry no evidence: posts and doors, roof rail,
and the floor's cross members, under which another trailer may stand at exit."""
LEAST_SPREAD, MOST_SPREAD = 0.5, 1.5
"""Bounds of the spread of a filter's answers over the picture, noise units. An honest pair's own
spread normalises it; where everything differs the bound keeps that from hiding it."""
DETECTABLE = 3.0
"""A pixel is visible when halving its transmission would move it by so many noise deviations."""
ODD_CAP = 8.0
EMPTY_SHARE = 0.75
"""Of the brightest the hold gets: what passes at least so much has nothing in it."""


JUDGED = 0.3
"""Of a filter's area, that can be seen: with less a place says nothing of what is usual."""
THINNED = (slice(1, None, 2), slice(1, None, 2))
"""Answers are smooth over a filter's size: every fourth is enough to say what is usual."""


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
    slopes = (_slope(entry.levels), _slope(warped))
    slope = np.maximum(*slopes)
    trusted = reached * (slope < 3.0)
    expected = tone_map(entry.levels, warped, trusted, noise=exit_.noise, relative=RELATIVE_NOISE)
    dark = _dark_level(exit_.noise)
    both_dark = (expected < dark) & (warped < dark)
    difference = np.where(reached > 0, warped - expected, 0).astype(np.float32)
    difference = without_lines(difference, reached * ~both_dark)
    hold = _hold(entry)
    seen = hold & (reached > 0)
    moved = cv2.GaussianBlur(alignment.shift, (0, 0), 6.0)
    # Only goods that both pictures show can have moved: what was put in is no goods displaced.
    steep = np.minimum(*(cv2.dilate(one, np.ones((9, 9), np.uint8)) for one in slopes))
    variance = 1.0 + (MISALIGNMENT_PX * slope) ** 2 + (MOVED_DOUBT * moved * steep) ** 2
    weight = np.where(seen & ~both_dark, 1 / variance, 0).astype(np.float32)
    visible = seen & ~both_dark
    answers, sizes = _filtered(difference, weight, row_mm=entry.row_mm)
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
    dx = cv2.Sobel(levels, cv2.CV_32F, 1, 0, ksize=3) / 8
    dy = cv2.Sobel(levels, cv2.CV_32F, 0, 1, ksize=3) / 8
    steep: Picture = cv2.dilate(np.hypot(dx, dy), np.ones((3, 3), np.uint8))
    return steep


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


def filter_sizes(row_mm: float) -> list[tuple[int, int]]:
    """Return (width, height) of the filters in working pixels."""
    boxes = [
        (max(round(mm * w / row_mm), 3), max(round(mm * h / row_mm), 3))
        for mm in SCALES_MM
        for w, h in SHAPES
    ]
    tall = round(ROWS * 0.7)
    walls = [(max(round(mm * w / row_mm), 3), tall) for mm in SCALES_MM for w in WALL_SHAPES]
    return boxes + walls


def _filtered(difference: Picture, weight: Picture, *, row_mm: float) -> tuple[Picture, Picture]:
    """Return the strongest normalised answer at each place, and the filter that gave it."""
    signed = difference * weight
    odd = np.minimum(np.abs(difference) * np.sqrt(weight), ODD_CAP).astype(np.float32)
    mass = (weight > 0).astype(np.float32)
    filters = filter_sizes(row_mm)
    answers = at_once(lambda size: _answer(signed, odd, weight, mass, size), *filters)
    best, which = answers[0], np.zeros(difference.shape, np.intp)
    for number, answer in enumerate(answers[1:], start=1):
        np.copyto(which, number, where=answer > best)
        best = np.maximum(best, answer)
    return best, np.array(filters, np.float32).T[:, which]


def _answer(
    signed: Picture, odd: Picture, weight: Picture, mass: Picture, size: Sequence[int]
) -> Picture:
    total = _box(weight, size)
    covered = _box(mass, size)
    # A place half outside the hold or half black has half of the say.
    say = np.sqrt(np.minimum(covered / 0.5, 1))
    mean: Picture = _box(signed, size) / (total + np.float32(0.02))
    shift = np.abs(mean) / _spread(mean, covered)
    level: Picture = _box(odd, size) / (covered + np.float32(0.05))
    thin = level[THINNED][covered[THINNED] > JUDGED]
    usual = np.float32(np.median(thin) if thin.size else 0.0)
    texture = np.maximum(level - np.minimum(usual, np.float32(1.5)), 0) / _spread(
        level - usual, covered
    )
    answer: Picture = (np.maximum(shift, texture) * say * (covered > 0.1)).astype(np.float32)
    return answer


def _box(picture: Picture, size: Sequence[int]) -> Picture:
    mean: Picture = cv2.boxFilter(picture, -1, (size[0], size[1]), borderType=cv2.BORDER_CONSTANT)
    return mean


def _spread(values: Picture, covered: Picture) -> float:
    """Robust standard deviation over the places that can be judged, bounded."""
    known = values[THINNED][covered[THINNED] > JUDGED]
    if known.size == 0:
        return LEAST_SPREAD
    deviation = 1.4826 * float(np.median(np.abs(known)))
    return float(np.clip(deviation, LEAST_SPREAD, MOST_SPREAD))

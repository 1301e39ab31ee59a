"""Filters of the sizes that matter over a difference: the strongest answer at each place."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from riac.compare.compiled import compiled
from riac.compare.working import ROWS
from riac.scan import Picture
from riac.threads import at_once

SCALES_MM = (150.0, 300.0, 600.0)
SHAPES = ((1.0, 1.0), (0.6, 1.0), (1.0, 0.6))
"""Width and height of the filters, in sizes."""
WALL_SHAPES = (0.6,)
LEAST_PX = 3
LEAST_SPREAD, MOST_SPREAD = 0.5, 1.5
"""Bounds of the spread of a filter's answers over the picture, noise units. An honest pair's own
spread normalises it; where everything differs the bound keeps that from hiding it."""
ODD_CAP = 8.0
MOST_USUAL = 1.5
"""Oddness that a whole picture may have without any place being odder than others."""
JUDGED = 0.3
"""Of a filter's area, that can be seen: with less a place says nothing of what is usual."""
LEAST_COVERED = 0.1
"""With less it says nothing at all."""
THINNED = (slice(1, None, 4), slice(1, None, 4))
"""Answers are smooth over a filter's size: every sixteenth is enough to say what is usual."""

Sums = NDArray[np.float64]
"""(H + 1, W + 1, PLANES): of all pixels above and to the left (Crow, SIGGRAPH 1984)."""
SIGNED, ODD, WEIGHT, MASS = 0, 1, 2, 3
"""Difference times weight; deviations of noise, without sign, capped; weight; whether a pixel says
anything at all."""
PLANES = 4


def filter_sizes(row_mm: float) -> list[tuple[int, int]]:
    """Return (width, height) of the filters in working pixels."""

    def pixels(mm: float) -> int:
        return max(round(mm / row_mm), LEAST_PX)

    boxes = [(pixels(mm * w), pixels(mm * h)) for mm in SCALES_MM for w, h in SHAPES]
    tall = round(ROWS * 0.7)
    return boxes + [(pixels(mm * w), tall) for mm in SCALES_MM for w in WALL_SHAPES]


def strongest_answers(
    difference: Picture, weight: Picture, *, row_mm: float
) -> tuple[Picture, Picture]:
    """Return the strongest normalised answer at each place, and the filter that gave it.

    Args:
        difference: (H, W) float32, noise levels.
        weight: (H, W) float32, 1 / its variance; 0 where nothing can be said.
        row_mm: height of a pixel.

    Returns:
        (H, W) float32, 0 or more, and (2, H, W) float32, width and height in pixels.
    """
    odd = np.minimum(np.abs(difference) * np.sqrt(weight), ODD_CAP).astype(np.float32)
    mass = (weight > 0).astype(np.float32)
    planes = (difference * weight, odd, weight, mass)
    sums = cv2.integral(np.stack(planes, axis=-1))
    filters = filter_sizes(row_mm)
    answers = at_once(lambda size: _answer(sums, size), *filters)
    best, which = answers[0], np.zeros(difference.shape, np.uint8)
    for number, answer in enumerate(answers[1:], start=1):
        _take_stronger(best, which, answer, number)
    return best, np.take(np.array(filters, np.float32).T, which, axis=1)


def _answer(sums: Sums, size: tuple[int, int]) -> Picture:
    mean, level, covered = _box_means(sums, size)
    judged = covered[THINNED] > JUDGED
    means, levels = mean[THINNED][judged], level[THINNED][judged]
    usual = np.float32(np.median(levels) if levels.size else 0.0)
    least = np.float32(min(float(usual), MOST_USUAL))
    spreads = (_spread(means), _spread(levels - usual))
    return _normalised((mean, level, covered), least, spreads)


def _spread(values: NDArray[np.float32]) -> np.float32:
    """Robust standard deviation over the places that can be judged, bounded."""
    if values.size == 0:
        return np.float32(LEAST_SPREAD)
    deviation = 1.4826 * float(np.median(np.abs(values)))
    return np.float32(np.clip(deviation, LEAST_SPREAD, MOST_SPREAD))


@compiled
def _between(
    above: Sums, below: Sums, left: int, right: int, plane: int
) -> float:  # pragma: no cover - compiled
    over = above[right, plane] - above[left, plane]
    return float(below[right, plane] - below[left, plane] - over)


@compiled
def _box_means(
    sums: Sums, size: tuple[int, int]
) -> tuple[Picture, Picture, Picture]:  # pragma: no cover - compiled
    """Return the weighted mean, the oddness and the share that says anything, box by box.

    A box lies about its pixel; beyond the picture there is nothing.
    """
    rows, columns = sums.shape[0] - 1, sums.shape[1] - 1
    width, height = size
    mean = np.empty((rows, columns), np.float32)
    level = np.empty((rows, columns), np.float32)
    covered = np.empty((rows, columns), np.float32)
    share = 1.0 / (width * height)
    for y in range(rows):
        above = sums[max(y - height // 2, 0)]
        below = sums[min(y - height // 2 + height, rows)]
        for x in range(columns):
            left = max(x - width // 2, 0)
            right = min(x - width // 2 + width, columns)
            weight = share * _between(above, below, left, right, WEIGHT)
            mass = share * _between(above, below, left, right, MASS)
            mean[y, x] = share * _between(above, below, left, right, SIGNED) / (weight + 0.02)
            level[y, x] = share * _between(above, below, left, right, ODD) / (mass + 0.05)
            covered[y, x] = mass
    return mean, level, covered


@compiled
def _normalised(
    means: tuple[Picture, Picture, Picture],
    usual: np.float32,
    spreads: tuple[np.float32, np.float32],
) -> Picture:  # pragma: no cover - compiled
    """Return what is more than usual: a shift of level, or more texture than elsewhere."""
    mean, level, covered = means
    shifting, texturing = np.float32(1) / spreads[0], np.float32(1) / spreads[1]
    answer = np.zeros(mean.shape, np.float32)
    for y in range(mean.shape[0]):
        for x in range(mean.shape[1]):
            shift = abs(mean[y, x]) * shifting
            texture = max(level[y, x] - usual, np.float32(0)) * texturing
            # A place half outside the hold or half black has half of the say.
            say = min(np.sqrt(covered[y, x] * np.float32(2)), np.float32(1))
            answer[y, x] = max(shift, texture) * (say if covered[y, x] > LEAST_COVERED else 0)
    return answer


@compiled
def _take_stronger(
    best: Picture, which: NDArray[np.uint8], answer: Picture, number: int
) -> None:  # pragma: no cover - compiled
    for y in range(best.shape[0]):
        for x in range(best.shape[1]):
            if answer[y, x] > best[y, x]:
                best[y, x] = answer[y, x]
                which[y, x] = number

"""Filters of the sizes that matter over a difference: the strongest answer at each place."""

from __future__ import annotations

import itertools

import numpy as np
from numpy.typing import NDArray

from riac.compare.working import ROWS
from riac.compiled import compiled
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
THINNED = 4
"""Answers are smooth over a filter's size: every sixteenth is enough to say what is usual."""
PARTS = 4
"""Into which the rows are divided, for threads."""

Sums = NDArray[np.float64]
"""(PLANES, H + 1, W + 1 + 2 of margin): of all pixels above and to the left (Crow, SIGGRAPH
1984)."""
THIN, BARE = np.float32(0.02), np.float32(0.05)
"""Added to weight and to mass, so that where there is nothing the answer is nothing."""
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
    filters = filter_sizes(row_mm)
    margin = max(width for width, _ in filters)
    sums = _sums(np.ascontiguousarray(difference), np.ascontiguousarray(weight), margin)
    usual = at_once(
        lambda some: [_usual(sums, size, margin) for size in some], filters[::2], filters[1::2]
    )
    shapes = np.array(filters)
    levels = np.empty((len(filters), 3), np.float32)
    levels[::2], levels[1::2] = usual
    best, which = np.zeros(difference.shape, np.float32), np.zeros(difference.shape, np.int32)
    rows = np.linspace(0, len(best), PARTS + 1).astype(int).tolist()
    at_once(
        lambda part: _take_strongest(sums, (shapes, levels), (best, which), part),
        *itertools.pairwise(rows),
    )
    return best, np.take(shapes.T.astype(np.float32), which, axis=1)


def _usual(sums: Sums, size: tuple[int, int], margin: int) -> tuple[float, float, float]:
    """Return the oddness a filter has in most places, and the spreads of shift and of oddness."""
    mean, level, covered = _box_means(sums, size, margin, THINNED)
    judged = covered > JUDGED
    means, levels = mean[judged], level[judged]
    usual = _median(levels)
    return min(usual, MOST_USUAL), _spread(means), _spread(levels - np.float32(usual))


def _spread(values: NDArray[np.float32]) -> float:
    """Robust standard deviation over the places that can be judged, bounded."""
    deviation = 1.4826 * _median(np.abs(values))
    return min(max(deviation, LEAST_SPREAD), MOST_SPREAD)


def _median(values: NDArray[np.float32]) -> float:
    if values.size == 0:
        return 0.0
    ordered = np.sort(values)  # numpy sorts faster than it selects
    return float((ordered[(values.size - 1) // 2] + ordered[values.size // 2]) / 2)


@compiled
def _sums(difference: Picture, weight: Picture, margin: int) -> Sums:  # pragma: no cover - compiled
    """Sum what boxes are asked for; beyond the sides of the picture, by `margin`, is nothing."""
    rows, columns = difference.shape
    sums = np.empty((PLANES, rows + 1, columns + 1 + 2 * margin), np.float64)
    sums[:, 0] = 0
    cap = np.float32(ODD_CAP)
    for y in range(rows):
        signed, odd, said, mass = 0.0, 0.0, 0.0, 0.0
        above, here = sums[:, y], sums[:, y + 1]
        here[:, : margin + 1] = 0
        for x in range(columns):
            w, d = weight[y, x], difference[y, x]
            signed += d * w
            odd += min(abs(d) * np.sqrt(w), cap)
            said += w
            mass += 1.0 if w > 0 else 0.0
            at = margin + 1 + x
            here[SIGNED, at] = above[SIGNED, at] + signed
            here[ODD, at] = above[ODD, at] + odd
            here[WEIGHT, at] = above[WEIGHT, at] + said
            here[MASS, at] = above[MASS, at] + mass
        for plane in range(PLANES):
            here[plane, margin + 1 + columns :] = here[plane, margin + columns]
    return sums


@compiled
def _boxes(
    sums: Sums, y: int, size: tuple[int, int], margin: int, told: Picture
) -> None:  # pragma: no cover - compiled
    """Put the means over the boxes about the pixels of a row into (PLANES, W).

    Beyond the picture there is nothing.
    """
    width, height = size
    top, bottom = max(y - height // 2, 0), min(y - height // 2 + height, sums.shape[1] - 1)
    left = margin - width // 2
    share = 1.0 / (width * height)
    for plane in range(PLANES):
        # Slices and few of them: what may be negative or overlap keeps loops from being vectorised.
        above, below, mean = sums[plane, top, left:], sums[plane, bottom, left:], told[plane]
        above_, below_ = above[width:], below[width:]
        for x in range(mean.size):
            mean[x] = share * ((below_[x] - below[x]) - (above_[x] - above[x]))


@compiled
def _box_means(
    sums: Sums, size: tuple[int, int], margin: int, step: int
) -> tuple[Picture, Picture, Picture]:  # pragma: no cover - compiled
    """Return the weighted mean, the oddness and the share that says anything, box by box.

    The boxes lie about every so manieth pixel, from the second on.
    """
    start = min(1, step - 1)
    rows = (sums.shape[1] - 1 - start + step - 1) // step
    told = np.empty((PLANES, sums.shape[2] - 1 - 2 * margin), np.float32)
    thinned = told[:, start::step]
    mean = np.empty((rows, thinned.shape[1]), np.float32)
    level = np.empty((rows, thinned.shape[1]), np.float32)
    covered = np.empty((rows, thinned.shape[1]), np.float32)
    for row in range(rows):
        _boxes(sums, start + row * step, size, margin, told)
        for x in range(thinned.shape[1]):
            mean[row, x] = thinned[SIGNED, x] / (thinned[WEIGHT, x] + THIN)
            level[row, x] = thinned[ODD, x] / (thinned[MASS, x] + BARE)
            covered[row, x] = thinned[MASS, x]
    return mean, level, covered


@compiled
def _take_strongest(
    sums: Sums,
    filters: tuple[NDArray[np.int64], NDArray[np.float32]],
    strongest: tuple[Picture, NDArray[np.int32]],
    part: tuple[int, int],
) -> None:  # pragma: no cover - compiled
    """Put in, row by row, what is more than usual: a shift of level, or more texture.

    Args:
        sums: of the pair.
        filters: (N, 2) width and height; (N, 3) of `_usual`.
        strongest: (H, W) answers so far, and the numbers of their filters.
        part: first row, and the one after the last.
    """
    (sizes, usual), (best, which) = filters, strongest
    margin = (sums.shape[2] - 1 - best.shape[1]) // 2
    told = np.empty((PLANES, best.shape[1]), np.float32)
    answer = np.empty(best.shape[1], np.float32)
    nought, one, two = np.float32(0), np.float32(1), np.float32(2)
    least = np.float32(LEAST_COVERED)
    for y in range(part[0], part[1]):
        most, number = best[y], which[y]
        for k in range(len(sizes)):
            _boxes(sums, y, (sizes[k, 0], sizes[k, 1]), margin, told)
            level, shifting, texturing = usual[k, 0], one / usual[k, 1], one / usual[k, 2]
            for x in range(answer.size):
                shift = abs(told[SIGNED, x] / (told[WEIGHT, x] + THIN)) * shifting
                odd = told[ODD, x] / (told[MASS, x] + BARE)
                texture = max(odd - level, nought) * texturing
                covered = told[MASS, x]
                # A place half outside the hold or half black has half of the say.
                say = min(np.sqrt(covered * two), one) if covered > least else nought
                answer[x] = max(shift, texture) * say
            for x in range(answer.size):
                number[x] = np.int32(k) if answer[x] > most[x] else number[x]
                most[x] = max(most[x], answer[x])

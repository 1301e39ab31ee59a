"""Edges that entry and exit share: how far each pixel tells where it lies in the other picture."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from riac.compiled import compiled
from riac.scan import Picture

MOST_SHARED = 16.0
"""Noise levels per pixel, squared: a steeper edge that both show has no more say."""
LEAST_SHARED = 1e-4
DOUBTED = 4.0
"""Noise levels apart at which a pixel has half of its say: there is not what was there."""
BLUR_PX = 2.0


@dataclass(frozen=True, slots=True)
class Reference:
    """The entry picture, with what every search for displacements asks of it."""

    levels: Picture
    """(ROWS, columns) float32, noise levels."""
    brightest: float
    grey: NDArray[np.uint8]
    """(ROWS, columns), its levels in 255 steps to the brightest."""
    slopes: tuple[Picture, Picture]
    """Along x and along y, noise levels per pixel."""

    def greyed(self, levels: Picture) -> NDArray[np.uint8]:
        """Bring another picture's levels to the same steps."""
        return _greyed(levels, self.brightest)


def reference(levels: Picture) -> Reference:
    """Make the reference of an entry picture."""
    brightest = float(levels.max())
    return Reference(
        levels, brightest, _greyed(levels, brightest), (_slope(levels, 0), _slope(levels, 1))
    )


def told_along(axis: int, first: Reference, second: Picture, apart: Picture) -> Picture:
    """Return how far each pixel tells displacement in x (0) or in y (1): edges that both show.

    Args:
        axis: 0 for x, 1 for y.
        first: of the entry picture.
        second: (ROWS, columns) float32, the exit picture laid over it.
        apart: of both, from `apart_by`.
    """
    return _told(first.slopes[axis], _slope(second, axis), apart)


def apart_by(first: Reference, second: Picture) -> Picture:
    """Return (ROWS, columns) by how many noise levels both differ, blurred."""
    difference = cv2.subtract(first.levels, second)
    blurred: Picture = cv2.GaussianBlur(difference, (0, 0), BLUR_PX)
    return blurred


def _slope(levels: Picture, axis: int) -> Picture:
    along = (1, 0) if axis == 0 else (0, 1)
    slope: Picture = cv2.Sobel(levels, cv2.CV_32F, *along, ksize=3, scale=1 / 8)
    return slope


def _greyed(levels: Picture, brightest: float) -> NDArray[np.uint8]:
    grey: NDArray[np.uint8] = cv2.convertScaleAbs(levels, alpha=255 / max(brightest, 1e-6))
    return grey


@compiled
def _told(
    first: Picture, second: Picture, apart: Picture
) -> Picture:  # pragma: no cover - compiled
    told = np.empty_like(first)
    most, least = np.float32(MOST_SHARED), np.float32(LEAST_SHARED)
    one, doubting = np.float32(1), np.float32(1 / DOUBTED)
    for y in range(first.shape[0]):
        for x in range(first.shape[1]):
            shared = min(max(first[y, x] * second[y, x], np.float32(0)), most) + least
            doubt = apart[y, x] * doubting
            told[y, x] = shared * (one / (one + doubt * doubt))
    return told

"""The one preprocessing of change networks: what a pair laid over itself becomes."""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from riac.ports import AlignedPair
from riac.scan import Picture

DEFINITION: Final = 1
"""Raised with every change here: networks of another definition are refused."""
CHANNELS: Final = ("before", "after", "deviation", "oddness", "visibility")
"""Attenuation expected after what entry showed; attenuation seen at exit; their difference in
deviations of noise and misalignment, signed; the same, without sign, of single pixels; weight."""
SCALE: Final = 2
"""Pixels of the working picture, each way, to one of the network's."""
MULTIPLE: Final = 16
"""Heights and widths are padded to multiples of this."""
DARKEST: Final = 0.01
"""Transmission below this is black."""
MOST_DEVIATIONS: Final = 16.0

_EXCHANGED_ORDER: Final = np.array([1, 0, 2, 3, 4])
_EXCHANGED_SIGN: Final = np.array([1, 1, -1, 1, 1], np.float32)[:, None, None]

ChangeInput = NDArray[np.float32]
"""(len(CHANNELS), rows, columns) float32, -1 to 1."""


def to_change_input(pair: AlignedPair) -> ChangeInput:
    """Return what a change network looks at.

    Args:
        pair: one view at entry and exit, (H, W) each.

    Returns:
        (len(CHANNELS), H / SCALE, W / SCALE) float32, -1 to 1, rounded down.
    """
    rows, columns = pair.before.shape
    size = (columns // SCALE, rows // SCALE)
    weight = np.clip(pair.weight, 0, 1)
    deviations = pair.difference * np.sqrt(weight) / np.float32(MOST_DEVIATIONS)
    planes = (
        _attenuation(pair.before, size),
        _attenuation(pair.after, size),
        _shrunk(np.clip(deviations, -1, 1), size),
        _shrunk(np.minimum(np.abs(deviations), 1), size),
        _shrunk(weight, size),
    )
    return np.ascontiguousarray(np.stack(planes), np.float32)


def exchanged(tensor: ChangeInput) -> ChangeInput:
    """Return what a change network looks at when exit was seen first."""
    return np.ascontiguousarray(tensor[_EXCHANGED_ORDER] * _EXCHANGED_SIGN)


def padded(tensor: ChangeInput) -> ChangeInput:
    """Extend rows and columns, by nothing seen, to multiples of `MULTIPLE`."""
    _, rows, columns = tensor.shape
    more = ((0, 0), (0, -rows % MULTIPLE), (0, -columns % MULTIPLE))
    return np.pad(tensor, more)


def _attenuation(transmission: Picture, size: tuple[int, int]) -> Picture:
    # Shrunk before the logarithm: detectors average transmission, not attenuation.
    seen = np.clip(_shrunk(transmission, size), DARKEST, 1)
    return np.asarray(np.log(seen) / np.log(DARKEST), np.float32)


def _shrunk(picture: Picture, size: tuple[int, int]) -> Picture:
    small: Picture = cv2.resize(picture.astype(np.float32), size, interpolation=cv2.INTER_AREA)
    return small

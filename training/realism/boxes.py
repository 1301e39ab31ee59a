"""Boxes of containers drawn tight, so that how generously people draw them tells nothing.

People leave air around a container that a simulator's own boxes leave out; a strip of air at the
rim of a tile would tell the sides apart and has nothing to do with the pictures. The lower edge
stays: there is no air to find it by.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Box = tuple[int, int, int, int]
Grey = NDArray[np.uint8]
_OUTSIDE, _INSIDE = 0.04, 0.12
"""Of the box's height: how far an edge may move."""
_AIR_GREY = 215
"""Darker surroundings are not air, and give no edge."""
_SIDE_STEP, _ROOF_STEP = 40, 15
"""Grey levels under air: of end posts; of a roof rail, which is thin."""
_PARTS, _HIGHEST = 12, 20
"""Lengths of the roof, and which percentile of their edges counts: roofs lean."""


def tightened(picture: Grey, box: Box) -> Box:
    """Move the left, right and upper edges of x0, y0, x1, y1 to where air ends."""
    tall, wide = picture.shape
    x0, y0, x1, y1 = max(box[0], 0), max(box[1], 0), min(box[2], wide), min(box[3], tall)
    out, into = round(_OUTSIDE * (y1 - y0)), round(_INSIDE * (y1 - y0))
    if min(into, (x1 - x0) // 3) < 2:
        return x0, y0, x1, y1
    into = min(into, (x1 - x0) // 3)
    rows = slice(y0 + round(0.3 * (y1 - y0)), y0 + round(0.6 * (y1 - y0)))
    first, last = max(0, x0 - out), min(wide, x1 + out)
    left = _air_ends(np.median(picture[rows, first : x0 + into], axis=0), _SIDE_STEP)
    right = _air_ends(np.median(picture[rows, x1 - into : last], axis=0)[::-1], _SIDE_STEP)
    top = max(0, y0 - out)
    middle = picture[top : y0 + into, x0 + (x1 - x0) // 10 : x1 - (x1 - x0) // 10]
    ends = [
        _air_ends(np.median(part, axis=1), _ROOF_STEP)
        for part in np.array_split(middle, _PARTS, axis=1)
        if part.shape[1]
    ]
    known = [end for end in ends if end is not None]
    roof = round(float(np.percentile(known, _HIGHEST))) if len(known) > _PARTS // 2 else None
    return (
        x0 if left is None else first + left,
        y0 if roof is None else top + roof,
        x1 if right is None else last - right,
        y1,
    )


def _air_ends(profile: NDArray[np.floating], step: int) -> int | None:
    """Return the first place more than `step` darker than the brightest, which must be air."""
    air = float(profile.max())
    dark = profile < air - step
    if air < _AIR_GREY or not dark.any() or dark[0]:
        return None
    return int(np.argmax(dark))

"""Where a container ends and its trailer begins.

At both ends of a container stand corner posts: steel from roof to floor, the densest upright
things of an empty box, with a corner casting at the lower end (ISO 1161, ISO 1496-1). Below them
is the twist lock, then air or the thinner frame of the trailer. The loads hide the floor, but
hardly ever both posts, so the lower ends of the posts say where the container ends.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from riac.imaging.air import AIR_TRANSMISSION
from riac.imaging.attenuation import EIGHT_BIT_FLOOR, to_attenuation
from riac.scan import Picture

POST_WIDTH = 0.025
"""Of the picture's height. A post is about 160 mm; a fast vehicle is scanned in a fifth of that."""
ENOUGH_ATTENUATION = 2.5
"""What is denser says nothing more about where steel ends."""
EXPECTED_DEPTHS = (0.62, 0.88)
"""Container height over the height of roof above the lowest thing seen: boxes of 2.6 to 2.9 m ride
0.9 to 1.55 m above the road (low-loader, standard chassis), and detectors reach down to 0.5 m."""
DOUBT = (0.45, 1.05)
"""Depths that are not believed at all; towards them a step counts less and less."""
TWIST_LOCK = 0.035
"""Of the container's height: twist lock and bolster that show as the post's lowest part."""
POST_SEEN = (0.1, 0.5)
"""Of the height of roof above the lowest thing seen: there the posts are looked at themselves."""
POST_ITSELF = 25
"""Percentile of the attenuation there that is the post's own: the rest is goods before it."""
BEYOND_THE_POST = 0.3
"""Attenuation by which a step may exceed what the post itself loses: its casting and the rail end
with it, but goods that reach before a post end where they end."""
PEAK = 0.1
"""Of a step's highest value: so far it reaches up and down. Castings, twist locks and bolsters end
one after another, and none of them is the floor more than another."""
SURE_STEP = 1.0
"""Sum of both ends' steps in attenuation at which an end is beyond doubt (air below a post)."""
ABOVE_GOODS = (0.1, 0.35)
"""Of the depth found: where walls can be seen if there are any."""
WALLS_OF_AIR = 0.4
"""Share of air there from which there are none; goods of a flat rack stand that high too."""
DECK = (1.2, 1.5)
"""Depth of a flat rack's lower edge over that of its deck's upper edge, for decks of 0.4 to 0.85 m.
From 1.12 on, which the shallowest have, trailers' beams are taken for lower edges."""
DECK_STEP = 0.3
"""Least step at its lower edge, of the step at its upper edge."""
FREE_TOLERANCE = 0.015
"""Of the picture's height: how straight the lower edge of what stands on nothing is."""
FREE_SHARE = 0.93
"""Of a container's columns that must end on that line."""


def free_floor(
    objects: NDArray[np.bool_], *, columns: tuple[int, int], roof: tuple[float, float]
) -> tuple[tuple[float, float], float] | None:
    """Return the lower edge of a container under which there is nothing but air, as `floor_rows`.

    Set down without a trailer, or seen from above, where its far wall is its lower edge. None
    where something stands below it.

    Args:
        objects: (H, W), what is no air.
        columns: first and last column of the container.
        roof: row of the roof at those columns.
    """
    height, _ = objects.shape
    first, last = columns
    along = np.arange(first, last + 1)
    lowest = height - 1 - np.argmax(objects[::-1, first : last + 1], axis=0).astype(np.float64)
    tolerance = FREE_TOLERANCE * height
    near = np.abs(lowest - np.median(lowest)) <= 3 * tolerance
    for _ in range(3):
        if near.mean() < 0.5:
            return None
        slope, offset = np.polyfit(along[near], lowest[near], 1)
        line = slope * along + offset
        near = np.abs(lowest - line) <= tolerance
    ends = (float(line[0]) + 1, float(line[-1]) + 1)
    # A picture that was cut ends in the container, not below it.
    if near.mean() < FREE_SHARE or max(ends) > height - tolerance:
        return None
    return (ends, 1.0) if min(ends) > max(roof) else None


def floor_rows(
    working: Picture, *, columns: tuple[int, int], roof: tuple[float, float]
) -> tuple[tuple[float, float], float]:
    """Return the row of the container's lower edge at its two ends, and how sure that is, 0 to 1.

    Args:
        working: (H, W) float32, transmission.
        columns: first and last column of the container.
        roof: row of the roof at those columns.
    """
    height, _ = working.shape
    below = _under_the_roof(working, columns, roof)
    width = max(3, round(POST_WIDTH * height))
    left, right = below[:, 1 : 1 + width], below[:, -1 - width : -1]
    window = max(3, round(0.04 * height))
    dense = np.flatnonzero(cv2.reduce(below, 1, cv2.REDUCE_AVG)[:, 0] > 0.1)
    reach = int(dense[-1]) + 1 if len(dense) else len(below)
    steps, believed = np.zeros(len(below)), np.zeros(len(below))
    for profile in (left.mean(axis=1), right.mean(axis=1)):
        step = _downward_step(profile, window)
        steps += step
        believed += np.minimum(step, _own_step(profile, window, reach=reach) + BEYOND_THE_POST)
    weight = np.interp(
        np.arange(len(steps)) / reach,
        [DOUBT[0], *EXPECTED_DEPTHS, DOUBT[1]],
        [0.0, 1.0, 1.0, 0.0],
    )
    believed *= weight
    depth = _below_deck(below[:, width:-width], believed)
    sureness = float(np.clip(steps[depth] / SURE_STEP, 0, 1))
    own = _middle(believed, depth) * (1 - TWIST_LOCK)
    return (roof[0] + own, roof[1] + own), sureness


def _below_deck(between: Picture, steps: NDArray[np.float64]) -> int:
    """Return the depth of the strongest step, or that of a flat rack's lower edge.

    The posts of a flat rack stand on a deck half a metre deep, which passes more than they do:
    the strongest step is the deck's upper edge. Between its posts is air, where others have walls.

    Args:
        between: (depths, columns) attenuation between the posts.
        steps: (depths,), by how much they may be believed.
    """
    strongest = int(np.argmax(steps))
    upper = between[round(ABOVE_GOODS[0] * strongest) : round(ABOVE_GOODS[1] * strongest)]
    if upper.size == 0 or float((upper < -np.log(AIR_TRANSMISSION)).mean()) < WALLS_OF_AIR:
        return strongest
    first, last = (round(ratio * strongest) for ratio in DECK)
    lower = steps[first : last + 1]
    if lower.size == 0 or float(lower.max()) < DECK_STEP * float(steps[strongest]):
        return strongest
    return first + int(np.argmax(lower))


def _middle(steps: NDArray[np.float64], peak: int) -> float:
    """Return the centre of mass of the steps around a peak, down to a share of it."""
    if steps[peak] <= 0:
        return float(peak)
    low = np.flatnonzero(steps <= PEAK * steps[peak])
    # The nearest low places above and below, or the ends of the picture.
    after = int(np.searchsorted(low, peak))
    first, last = np.concatenate([[-1], low, [len(steps)]])[after : after + 2]
    return float(np.average(np.arange(first + 1, last), weights=steps[first + 1 : last]))


def _under_the_roof(
    working: Picture, columns: tuple[int, int], roof: tuple[float, float]
) -> Picture:
    """Return attenuation by depth under the (tilted) roof line: (depths, columns) float32."""
    height, _ = working.shape
    first, last = columns
    along = np.arange(first, last + 1)
    line = np.interp(along, [first, last], roof)
    depths = max(16, int(height - min(roof)))
    rows = np.add.outer(np.arange(depths, dtype=np.float32), line.astype(np.float32))
    places = np.broadcast_to((along - first).astype(np.float32), rows.shape)
    own = working[:, first : last + 1]
    attenuation = np.minimum(to_attenuation(own, floor=EIGHT_BIT_FLOOR), ENOUGH_ATTENUATION)
    sheared: Picture = cv2.remap(
        attenuation, places, rows, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=0.0
    )
    return sheared


def _own_step(profile: NDArray[np.float32], window: int, *, reach: int) -> NDArray[np.float64]:
    """Return the steps of the post alone, whatever goods stand before it."""
    seen = profile[round(POST_SEEN[0] * reach) : round(POST_SEEN[1] * reach)]
    own = np.percentile(seen, POST_ITSELF) if seen.size else ENOUGH_ATTENUATION
    return _downward_step(np.minimum(profile, np.float32(own)), window)


def _downward_step(profile: NDArray[np.float32], window: int) -> NDArray[np.float64]:
    """Return how much more attenuation there is above each depth than below it, by window."""
    total = np.concatenate([[0.0], np.cumsum(profile, dtype=np.float64)])
    steps = np.zeros(len(profile))
    inner = np.arange(window, len(profile) - window)
    above, below = total[inner] - total[inner - window], total[inner + window] - total[inner]
    steps[inner] = (above - below) / window
    return steps

"""What the edge network looks at: the strips about the four edges of a container once found.

A container is found without a network (`riac.imaging.container`); what a network can add is where
exactly its edges lie. Each strip is brought to one size with its edge along the middle, outside
below, so that one network learns all four. Nothing is learned here.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from riac.imaging.attenuation import EIGHT_BIT_FLOOR, to_attenuation
from riac.imaging.frame import Quad
from riac.scan import Picture

DEFINITION = 1
"""Raised with every change of what the network is given: weights of another are refused."""
ACROSS, ALONG = 64, 128
"""Places across an edge and along it."""
EDGES = ("left", "top", "right", "bottom")
REACH = (0.15, 0.15, 0.15, 0.3)
"""Of the container's height, to either side of each edge: trailers hide the bottom most."""
BEYOND = (0.12, 0.04, 0.12, 0.04)
"""Of each edge's own length, beyond either end."""
MOST_ATTENUATION = 3.0
"""What is denser tells no edges."""
CHANNELS = ("transmission", "attenuation", "within")
"""0 to 1 each; the last is 0 where the picture does not reach."""

Strips = NDArray[np.float32]
"""(edges, channels, ACROSS, ALONG) float32, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Line:
    """One edge of a quad, and the direction that leads out of it; pixels of the picture."""

    start: tuple[float, float]
    end: tuple[float, float]
    outward: tuple[float, float]
    """As long as the strip reaches."""


def edge_lines(quad: Quad, *, stretch: float = 1.0) -> tuple[Line, ...]:
    """Return the edges, in the order of `EDGES`.

    Args:
        quad: of the container.
        stretch: of the reach of the upright edges: along the scan a container is as long as it
            was fast.
    """
    top_left, top_right, bottom_right, bottom_left = (
        (float(corner[0]), float(corner[1])) for corner in quad
    )
    high = float(quad[2:, 1].mean() - quad[:2, 1].mean())
    left, top, right, bottom = (share * high for share in REACH)
    return (
        Line(top_left, bottom_left, (-left * stretch, 0.0)),
        Line(top_left, top_right, (0.0, -top)),
        Line(top_right, bottom_right, (right * stretch, 0.0)),
        Line(bottom_left, bottom_right, (0.0, bottom)),
    )


def edge_strips(transmission: Picture, lines: tuple[Line, ...]) -> Strips:
    """Cut the strips about the edges.

    Args:
        transmission: (H, W) float32, 0 to 1, upright, air bright.
        lines: of `edge_lines`.
    """
    strips = np.empty((len(lines), len(CHANNELS), ACROSS, ALONG), np.float32)
    for strip, line, beyond in zip(strips, lines, BEYOND, strict=True):
        strip[0], strip[2] = _cut(transmission, _to_picture(line, beyond=beyond))
    strips[:, 1] = dense_share(strips[:, 0])
    return strips


def dense_share(transmission: Picture) -> Picture:
    """Return attenuation as a share of the most that tells anything, 0 to 1."""
    attenuation = to_attenuation(transmission, floor=EIGHT_BIT_FLOOR)
    share: Picture = np.minimum(attenuation / np.float32(MOST_ATTENUATION), np.float32(1))
    return share


def _to_picture(line: Line, *, beyond: float) -> NDArray[np.float64]:
    """Return the (2, 3) map from places of a strip (along, across) to pixels; edges are whole."""
    start, end, outward = (np.array(each) for each in (line.start, line.end, line.outward))
    along = (end - start) * (1 + 2 * beyond)
    corner = start - (end - start) * beyond - outward
    return np.stack([along / ALONG, 2 * outward / ACROSS, corner], axis=1)


def _cut(transmission: Picture, to_picture: NDArray[np.float64]) -> tuple[Picture, Picture]:
    """Average over the pixels that fall into one place, then straighten; say what lies within."""
    corners = (
        np.array([[0, 0, 1], [ALONG, 0, 1], [ALONG, ACROSS, 1], [0, ACROSS, 1]]) @ to_picture.T
    )
    height, width = transmission.shape
    first = np.clip(np.floor(corners.min(axis=0)).astype(int) - 2, 0, (width - 2, height - 2))
    last = np.clip(np.ceil(corners.max(axis=0)).astype(int) + 2, first + 2, (width, height))
    part = transmission[first[1] : last[1], first[0] : last[0]]
    # One of the two directions is along rows, the other along columns.
    spread = np.maximum(np.abs(to_picture[:, :2]).max(axis=1), 1.0)
    size = np.maximum(np.rint((last - first) / spread).astype(int), 1)
    small = cv2.resize(part, (int(size[0]), int(size[1])), interpolation=cv2.INTER_AREA)
    scale = size / (last - first)
    matrix = to_picture.copy()
    matrix[:, 2] -= first
    matrix *= scale[:, None]
    # Middles of pixels are whole numbers to OpenCV, edges are to us.
    matrix[:, 2] += matrix[:, :2] @ (0.5, 0.5) - 0.5
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    strip: Picture = cv2.warpAffine(
        small, matrix, (ALONG, ACROSS), flags=flags, borderMode=cv2.BORDER_REPLICATE
    )
    along, across = (np.arange(count, dtype=np.float32) + 0.5 for count in (ALONG, ACROSS))
    within = np.ones((ACROSS, ALONG), np.bool_)
    for (by_along, by_across, start), size in zip(to_picture, (width, height), strict=True):
        place = by_along * along[None, :] + by_across * across[:, None] + start
        within &= (place >= 0) & (place <= size)
    return strip, within.astype(np.float32)

"""Ways to spoil a picture: with a fault that has a name, or so that none fits."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np

from riac.scan import Box, FaultCode, Picture
from training.simulator.rescan import display_jpeg

QUALITY = 95

Spoil = Callable[[Picture, Box, np.random.Generator], bytes]


def _encoded(picture: Picture) -> bytes:
    return display_jpeg(picture, quality=QUALITY)


def _inverted(picture: Picture, _box: Box, _generator: np.random.Generator) -> bytes:
    return _encoded(1 - picture)


def _black(picture: Picture, _box: Box, generator: np.random.Generator) -> bytes:
    return _encoded(0.01 * generator.random(picture.shape, np.float32))


def _air_only(picture: Picture, _box: Box, generator: np.random.Generator) -> bytes:
    return _encoded(1 - 0.01 * generator.random(picture.shape, np.float32))


def _opaque(picture: Picture, box: Box, _generator: np.random.Generator) -> bytes:
    spoiled = picture.copy()
    rows, columns = _inside(box)
    spoiled[rows, columns] = 0
    return _encoded(spoiled)


def _inside(box: Box) -> tuple[slice, slice]:
    x, y = 0.03 * box.width, 0.06 * box.height
    return (
        slice(round(box.y0 + y), round(box.y1 - 2 * y)),
        slice(round(box.x0 + x), round(box.x1 - x)),
    )


def _cut_file(picture: Picture, _box: Box, _generator: np.random.Generator) -> bytes:
    content = _encoded(picture)
    return content[: len(content) // 2]


def _cut_picture(picture: Picture, box: Box, _generator: np.random.Generator) -> bytes:
    return _encoded(np.ascontiguousarray(picture[:, : round((box.x0 + box.x1) / 2)]))


def _dead_rows(picture: Picture, box: Box, generator: np.random.Generator) -> bytes:
    spoiled = picture.copy()
    rows = generator.integers(round(box.y0) + 10, round(box.y1) - 10, 3)
    spoiled[rows] = 0
    return _encoded(spoiled)


def _striped(picture: Picture, _box: Box, generator: np.random.Generator) -> bytes:
    dose = generator.uniform(0.88, 1.0, (picture.shape[1],)).astype(np.float32)
    return _encoded(picture * dose[None, :])


def _banded(picture: Picture, box: Box, generator: np.random.Generator) -> bytes:
    spoiled = picture.copy()
    first = round(generator.uniform(box.x0, box.x1 - 0.1 * box.width))
    spoiled[:, first : first + round(0.08 * box.width)] *= np.float32(0.6)
    return _encoded(spoiled)


def _two_containers(picture: Picture, box: Box, _generator: np.random.Generator) -> bytes:
    """Put the container beside itself, on one trailer, with a hand's breadth between."""
    x0, x1 = max(0, round(box.x0)), round(box.x1)
    gap = np.ones((len(picture), max(6, round(0.02 * box.width))), np.float32)
    gap[round(box.y1) :] = 0.3
    return _encoded(np.hstack([picture[:, :x1], gap, picture[:, x0:]]))


WAYS: tuple[tuple[str, FaultCode, Spoil], ...] = (
    ("inverted", FaultCode.INVERTED, _inverted),
    ("black", FaultCode.BLACK, _black),
    ("air only", FaultCode.NO_CONTAINER, _air_only),
    ("opaque hold", FaultCode.SATURATED, _opaque),
    ("file cut short", FaultCode.TRUNCATED, _cut_file),
    ("picture ends within the container", FaultCode.TRUNCATED, _cut_picture),
    ("three dead rows", FaultCode.DEAD_ROWS, _dead_rows),
    ("stripes of dose", FaultCode.STRIPED, _striped),
    ("a band of low dose", FaultCode.BANDED, _banded),
    ("two containers", FaultCode.SEVERAL_CONTAINERS, _two_containers),
)


def _upside_down(picture: Picture, _box: Box, _generator: np.random.Generator) -> bytes:
    return _encoded(np.ascontiguousarray(picture[::-1]))


def _lying(picture: Picture, _box: Box, _generator: np.random.Generator) -> bytes:
    return _encoded(np.ascontiguousarray(picture.T))


def _out_of_focus(picture: Picture, box: Box, _generator: np.random.Generator) -> bytes:
    return _encoded(cv2.GaussianBlur(picture, (0, 0), 0.03 * box.height))


def _edges_drawn(picture: Picture, box: Box, _generator: np.random.Generator) -> bytes:
    detail = picture - cv2.GaussianBlur(picture, (0, 0), 0.008 * box.height)
    return _encoded(np.clip(0.5 + 4 * detail, 0, 1))


def _levels_stretched(picture: Picture, _box: Box, _generator: np.random.Generator) -> bytes:
    return _encoded(np.clip((picture - 0.3) / 0.4, 0, 1))


def _noise(picture: Picture, _box: Box, generator: np.random.Generator) -> bytes:
    return _encoded(generator.random(picture.shape, np.float32))


def _no_radiograph(picture: Picture, box: Box, generator: np.random.Generator) -> bytes:
    """Draw clouds, as a photograph might show."""
    clouds = cv2.GaussianBlur(
        generator.random(picture.shape, np.float32), (0, 0), 0.05 * box.height
    )
    return _encoded((clouds - clouds.min()) / (clouds.max() - clouds.min()))


STRANGE_WAYS: tuple[tuple[str, Spoil], ...] = (
    ("upside down", _upside_down),
    ("lying on its side", _lying),
    ("out of focus", _out_of_focus),
    ("edges alone", _edges_drawn),
    ("levels stretched", _levels_stretched),
    ("noise", _noise),
    ("clouds", _no_radiograph),
)
"""No fault has a name for them; sizes are shares of the container's height."""

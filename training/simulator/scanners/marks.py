"""What viewers burn into pictures: text, boxes, arrows, a ruler. Nothing of it is meaningful."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import cv2
import numpy as np
from numpy.typing import NDArray

Levels = NDArray[np.uint8]


class MarkKind(StrEnum):
    """What is drawn."""

    TEXT = "text"
    BOX = "box"
    ELLIPSE = "ellipse"
    ARROW = "arrow"
    RULER = "ruler"


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark; places and sizes are shares of the picture."""

    kind: MarkKind
    place: tuple[float, float]
    size: tuple[float, float]
    colour: tuple[int, int, int]
    """Blue, green, red."""
    text: str = ""
    font: int = cv2.FONT_HERSHEY_SIMPLEX


_COLOURS = ((0, 0, 255), (0, 255, 255), (0, 200, 0), (255, 255, 255), (255, 120, 0), (0, 0, 0))
_FONTS = (cv2.FONT_HERSHEY_SIMPLEX, cv2.FONT_HERSHEY_PLAIN, cv2.FONT_HERSHEY_DUPLEX)
_CORNERS = ((0.01, 0.05), (0.7, 0.05), (0.01, 0.97), (0.7, 0.97))


def draw_marks(generator: np.random.Generator) -> tuple[Mark, ...]:
    """Draw what an operator's screen shows over the scan; may be nothing."""
    marks = [_draw_text(corner, generator) for corner in _CORNERS if generator.random() < 0.45]
    figures = (MarkKind.BOX, MarkKind.ELLIPSE, MarkKind.ARROW)
    marks += [_draw_figure(kind, generator) for kind in figures if generator.random() < 0.25]
    if generator.random() < 0.2:
        marks.append(Mark(MarkKind.RULER, (0.02, 0.98), (0.3, 0.01), _colour(generator)))
    return tuple(marks)


def _draw_text(corner: tuple[float, float], generator: np.random.Generator) -> Mark:
    number = int(generator.integers(10_000, 99_999))
    day, month, hour = (int(generator.integers(1, top)) for top in (29, 13, 24))
    minute = int(generator.integers(60))
    text = (
        f"LANE {number % 9 + 1}  SCAN {number}",
        f"{day:02d}/{month:02d}  {hour:02d}:{minute:02d}:{number % 60:02d}",
        f"ID {number:06d}  {number % 70 / 10:.1f} km/h",
        "CARGO  ZOOM 1:1",
    )[int(generator.integers(4))]
    font = _FONTS[int(generator.integers(len(_FONTS)))]
    size = (0.0, float(generator.uniform(0.018, 0.04)))
    return Mark(MarkKind.TEXT, corner, size, _colour(generator), text, font)


def _draw_figure(kind: MarkKind, generator: np.random.Generator) -> Mark:
    place = (float(generator.uniform(0.2, 0.7)), float(generator.uniform(0.2, 0.6)))
    size = (float(generator.uniform(0.03, 0.2)), float(generator.uniform(0.05, 0.25)))
    return Mark(kind, place, size, _colour(generator))


def _colour(generator: np.random.Generator) -> tuple[int, int, int]:
    return _COLOURS[int(generator.integers(len(_COLOURS)))]


def burn_in(picture: Levels, marks: tuple[Mark, ...]) -> None:
    """Draw marks into a (H, W, 3) or (H, W) uint8 picture, in place."""
    height, width = picture.shape[:2]
    for mark in marks:
        colour = mark.colour if picture.ndim == 3 else (round(sum(mark.colour) / 3),)
        start = (round(mark.place[0] * width), round(mark.place[1] * height))
        extent = (round(mark.size[0] * width), round(mark.size[1] * height))
        end = (start[0] + extent[0], start[1] + extent[1])
        thick = max(1, height // 500)
        if mark.kind is MarkKind.TEXT:
            scale = cv2.getFontScaleFromHeight(mark.font, max(8, extent[1]))
            cv2.putText(picture, mark.text, start, mark.font, scale, colour, thick, cv2.LINE_AA)
        elif mark.kind is MarkKind.BOX:
            cv2.rectangle(picture, start, end, colour, thick)
        elif mark.kind is MarkKind.ELLIPSE:
            cv2.ellipse(picture, start, extent, 0, 0, 360, colour, thick, cv2.LINE_AA)
        elif mark.kind is MarkKind.ARROW:
            cv2.arrowedLine(picture, end, start, colour, thick + 1, cv2.LINE_AA)
        else:
            _draw_ruler(picture, start, extent[0], colour)


def _draw_ruler(
    picture: Levels, start: tuple[int, int], length: int, colour: tuple[int, ...]
) -> None:
    x, y = start
    cv2.line(picture, start, (x + length, y), colour, 1)
    for step in range(11):
        at = x + round(step * length / 10)
        cv2.line(picture, (at, y), (at, y - (8 if step % 5 == 0 else 4)), colour, 1)

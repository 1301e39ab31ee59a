"""The image-domain tamper model of protocol rescan-1: what changes a load between two passages.

Changes act on attenuation in the first picture, before it is scanned again. Sizes are turned
into pixels by the container's height, in both directions, as the horizontal pitch of a scan made
at unknown speed is not known.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from riac.scan import Box, Picture
from training.simulator.trucks import VISIBLE_GREY_LEVELS, TamperingKind

CONTAINER_HEIGHT_MM = 2591.0
"""ISO 668 series 1, 8 feet 6 inches: the scale where the height is not known."""
INSERTED_ATTENUATION = (0.35, 1.2)
WALL_ATTENUATION = (0.25, 0.8)
WALL_THICKNESS = 0.6
"""Of the nominal size."""
REMAINING_FRACTION = 0.35
"""Of the cargo's attenuation after a removal."""
CARGO_ATTENUATION = 0.3
"""A removal needs at least this much cargo, on average, where it takes place."""
HOLD = (0.03, 0.06, 0.97, 0.86)
"""Inside of the container, fractions of its box: between the posts, under the roof, over the
floor."""
BLACK = 1.0 / 255
"""What an 8-bit picture cannot tell from nothing."""
ATTEMPTS = 40


@dataclass(frozen=True, slots=True)
class Tampered:
    """A picture with a change in it."""

    kind: TamperingKind
    size_mm: float
    box: Box
    """Where, pixels of the picture."""
    picture: Picture
    """(H, W) float32, transmission."""
    grey_levels: float
    """How far the region moved on average, of 255."""

    @property
    def visible(self) -> bool:
        """Whether the protocol counts the change as visible."""
        return self.grey_levels >= VISIBLE_GREY_LEVELS


def tamper(
    picture: Picture,
    kind: TamperingKind,
    *,
    container: Box,
    size_mm: float,
    generator: np.random.Generator,
    donor: tuple[Picture, Box] | None = None,
) -> Tampered | None:
    """Change a load; None where the picture has no place for such a change.

    Args:
        picture: (H, W) float32, transmission, 0 to 1.
        kind: what to do.
        container: of the picture, pixels.
        size_mm: nominal size of the change.
        generator: of place, shape and strength.
        donor: another scan and its container; a substitution needs it.

    Raises:
        ValueError: a substitution without a donor.
    """
    if kind is TamperingKind.SUBSTITUTION and donor is None:
        raise ValueError("a substitution needs another scan to take its goods from")
    attenuation = -np.log(np.maximum(picture, np.float32(BLACK)))
    wall = wall_attenuation(attenuation, container)
    place = _place(attenuation, kind, container, size_mm, generator=generator, wall=wall)
    if place is None:
        return None
    x0, y0, x1, y1 = place
    region = (slice(y0, y1), slice(x0, x1))
    before = attenuation[region]
    after = _changed(before, kind, generator, wall, donor)
    changed = picture.copy()
    changed[region] = np.where(after == before, picture[region], np.exp(-after))
    moved = float(np.abs(_levels(changed[region]) - _levels(picture[region])).mean())
    return Tampered(kind, size_mm, Box(x0, y0, x1, y1), changed, moved)


def wall_attenuation(attenuation: Picture, container: Box) -> float:
    """Return the attenuation of the container's two empty side walls, as far as it is seen."""
    hold = _hold(container)
    inside = attenuation[int(hold.y0) : int(hold.y1), int(hold.x0) : int(hold.x1)]
    return float(np.clip(np.percentile(inside, 3), 0.03, 0.4)) if inside.size else 0.1


def _hold(container: Box) -> Box:
    return Box(
        container.x0 + HOLD[0] * container.width,
        container.y0 + HOLD[1] * container.height,
        container.x0 + HOLD[2] * container.width,
        container.y0 + HOLD[3] * container.height,
    )


def _place(
    attenuation: Picture,
    kind: TamperingKind,
    container: Box,
    size_mm: float,
    *,
    generator: np.random.Generator,
    wall: float,
) -> tuple[int, int, int, int] | None:
    hold = _hold(container)
    size = size_mm / CONTAINER_HEIGHT_MM * container.height
    wide, tall = size, size
    if kind is TamperingKind.FALSE_WALL:
        wide, tall = WALL_THICKNESS * size, hold.height
    elif kind is TamperingKind.INSERTION:
        wide, tall = size * generator.uniform(0.8, 1.25), size * generator.uniform(0.8, 1.25)
    if wide >= hold.width or tall > hold.height:
        return None
    for _ in range(ATTEMPTS):
        x0 = round(hold.x0 + generator.uniform(0, hold.width - wide))
        y0 = round(hold.y0 + generator.uniform(0, hold.height - tall))
        place = (x0, y0, x0 + max(round(wide), 2), y0 + max(round(tall), 2))
        if kind is not TamperingKind.REMOVAL:
            return place
        if _crop(attenuation, place).mean() - wall >= CARGO_ATTENUATION:
            return place
    return None


def _crop(picture: Picture, place: tuple[int, int, int, int]) -> Picture:
    x0, y0, x1, y1 = place
    return picture[y0:y1, x0:x1]


def _changed(
    before: Picture,
    kind: TamperingKind,
    generator: np.random.Generator,
    wall: float,
    donor: tuple[Picture, Box] | None,
) -> Picture:
    if kind is TamperingKind.INSERTION:
        strength = np.float32(generator.uniform(*INSERTED_ATTENUATION))
        solid: Picture = before + strength * _solid(before.shape, generator)
        return solid
    if kind is TamperingKind.FALSE_WALL:
        return before + np.float32(generator.uniform(*WALL_ATTENUATION))
    if kind is TamperingKind.REMOVAL:
        cargo = np.maximum(before - np.float32(wall), 0)
        remaining: Picture = before - np.float32(1 - REMAINING_FRACTION) * cargo
        return remaining
    assert donor is not None, "checked by the caller"
    return _patch(before.shape, donor, generator)


def _solid(shape: tuple[int, ...], generator: np.random.Generator) -> Picture:
    """Return the path through a box, a lying or standing cylinder, or an ellipsoid, 0 to 1."""
    rows, columns = shape
    y = (np.arange(rows, dtype=np.float32)[:, None] + 0.5) / rows * 2 - 1
    x = (np.arange(columns, dtype=np.float32)[None, :] + 0.5) / columns * 2 - 1
    form = generator.integers(3)
    if form == 0:
        return np.ones((rows, columns), np.float32)
    if form == 1:
        across = x if generator.random() < 0.5 else y
        round_path: Picture = (np.sqrt(np.maximum(1 - across**2, 0)) + 0 * (x + y)).astype(
            np.float32
        )
        return round_path
    path: Picture = np.sqrt(np.maximum(1 - x**2 - y**2, 0)).astype(np.float32)
    return path


def _patch(
    shape: tuple[int, ...], donor: tuple[Picture, Box], generator: np.random.Generator
) -> Picture:
    picture, container = donor
    hold = _hold(container)
    rows, columns = (min(n, int(m)) for n, m in zip(shape, (hold.height, hold.width), strict=True))
    x0 = int(hold.x0 + generator.uniform(0, hold.width - columns))
    y0 = int(hold.y0 + generator.uniform(0, hold.height - rows))
    taken = cv2.resize(picture[y0 : y0 + rows, x0 : x0 + columns], (shape[1], shape[0]))
    patch: Picture = -np.log(np.maximum(taken, np.float32(BLACK)))
    return patch


def _levels(picture: Picture) -> Picture:
    levels: Picture = np.rint(picture * 255)
    return levels

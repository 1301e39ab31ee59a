"""Pictures of containers whose noise, walls, posts and lines are known."""

from __future__ import annotations

import numpy as np

from training.realism.pictures import Container, container_of

TALL_PX, WIDE_PX, BORDER_PX = 200, 480, 30


def empty(
    *,
    seed: int = 0,
    noise: float = 0.0,
    period_px: float = 20.0,
    ripple: float = 0.0,
    rows: float = 0.0,
    roof_px: int = 60,
    floor_px: int = 30,
    climb_px: int = 0,
    post: int = 40,
) -> Container:
    """Draw walls of 220, a roof band of 200, a floor band of 140, posts 12 px wide, air of 255.

    `ripple` is the deviation of a sine along x, `rows` that of lines; `climb_px` what the roof
    climbs from end to end.
    """
    generator = np.random.default_rng(seed)
    y, x = np.mgrid[0:TALL_PX, 0:WIDE_PX].astype(float)
    y = y + climb_px * (x / WIDE_PX - 0.5)
    hold = np.where(y < roof_px, 200.0, np.where(y < TALL_PX - floor_px, 220.0, 140.0))
    hold += ripple * np.sqrt(2) * np.sin(2 * np.pi * x / period_px)
    hold += generator.normal(0, rows, (TALL_PX, 1)) if rows else 0.0
    hold += generator.normal(0, noise, hold.shape) if noise else 0.0
    hold[:, :12] = hold[:, -12:] = post
    picture = np.full((TALL_PX + 2 * BORDER_PX, WIDE_PX + 2 * BORDER_PX), 255.0)
    picture[BORDER_PX:-BORDER_PX, BORDER_PX:-BORDER_PX] = hold
    return _container(picture, loaded=False)


def loaded(*, seed: int = 0, surface: float = 0.5, soft_px: int = 1) -> Container:
    """Draw a load of grey 20 up to a share of the height, that darkens over `soft_px` rows."""
    walls = empty(seed=seed).picture.astype(float)
    y = np.arange(TALL_PX, dtype=float)
    share = np.clip((y - (1 - surface) * TALL_PX) / soft_px, 0, 1)[:, None]
    inside = walls[BORDER_PX:-BORDER_PX, BORDER_PX:-BORDER_PX]
    inside[:] = inside * (1 - share) + 20 * share
    return _container(walls, loaded=True)


def _container(picture: np.ndarray[tuple[int, ...], np.dtype[np.float64]], *, loaded: bool
) -> Container:  # fmt: skip
    grey = np.clip(np.round(picture), 0, 255).astype(np.uint8)
    box = (BORDER_PX, BORDER_PX, BORDER_PX + WIDE_PX, BORDER_PX + TALL_PX)
    return container_of(grey, box, name="drawn.png", loaded=loaded)

"""Colours of operators' displays: tables of our own, and the colours of materials."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import pairwise
from typing import Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

from training.simulator.physics.materials import ALUMINIUM, POLYETHYLENE, STEEL, Material

Levels = NDArray[np.uint8]
Signal = NDArray[np.float32]


class Palette(StrEnum):
    """A way of colouring."""

    GREY = "grey"
    WARM = "warm"
    COLD = "cold"
    BANDS = "bands"
    SEPIA = "sepia"
    PHOSPHOR = "phosphor"
    MATERIALS = "materials"


# Red, green and blue at equal steps from black to white.
_STOPS: dict[Palette, tuple[tuple[int, int, int], ...]] = {
    Palette.WARM: ((0, 0, 0), (110, 8, 20), (205, 60, 12), (246, 160, 40), (255, 250, 225)),
    Palette.COLD: ((0, 0, 0), (18, 24, 110), (20, 98, 176), (110, 190, 205), (248, 255, 255)),
    Palette.BANDS: (
        (0, 0, 0), (60, 0, 120), (20, 40, 230), (0, 170, 200), (30, 190, 60), (220, 220, 30),
        (240, 120, 20), (230, 40, 40), (255, 255, 255),
    ),
    Palette.SEPIA: ((0, 0, 0), (70, 45, 22), (150, 112, 72), (214, 186, 148), (255, 250, 238)),
    Palette.PHOSPHOR: ((0, 0, 0), (8, 60, 20), (30, 140, 55), (120, 215, 120), (240, 255, 240)),
}  # fmt: skip

_SCALE: tuple[tuple[Material, tuple[int, int, int]], ...] = (
    (POLYETHYLENE, (255, 140, 30)),
    (ALUMINIUM, (70, 190, 70)),
    (STEEL, (50, 110, 230)),
)
"""Organic orange, mineral green, metal blue, as every maker shows them."""
_STEPS = 256
_DEEPEST = 7.0
"""Attenuation up to which the scale is computed; behind more there is too little signal."""
_COLOURED_FROM, _FADES_IN, _COLOURED_TO = 0.12, 0.4, 6.0
"""Attenuation of the high energy outside which makers leave pictures grey: too thin, too dark."""
_SMOOTH_PX = 1.3
_HUES, _STRENGTHS = 128, 32


class Expecting(Protocol):
    """What the scale needs of a beam."""

    def expected(self, areal: NDArray[np.float32], /) -> tuple[Signal, Signal]:
        """Return mean signal and variance."""
        ...


@dataclass(frozen=True, slots=True)
class MaterialScale:
    """Attenuation at the low energy of each material of the scale, over that at the high one."""

    low_attenuation: NDArray[np.float32]
    """(materials, steps) float32, at high-energy attenuations evenly from 0 to the deepest."""


def material_scale(beams: Sequence[Expecting]) -> MaterialScale:
    """Work out the scale of a scanner with two energies, as calibration wedges do.

    Raises:
        ValueError: there are not two beams.
    """
    if len(beams) != 2:
        raise ValueError(f"colours of materials: expected beams of 2 energies, got {len(beams)}")
    wanted = np.linspace(0, _DEEPEST, _STEPS)
    curves = []
    for material, _ in _SCALE:
        areal = np.concatenate([[0.0], np.geomspace(0.05, 900.0, 400)])
        basis = (material.basis_g_cm3 / material.density_g_cm3)[:, None, None] * areal[None, None]
        high, low = (
            -np.log(np.maximum(beam.expected(basis.astype(np.float32))[0][0], 1e-12))
            for beam in beams
        )
        curves.append(np.interp(wanted, high, low))
    return MaterialScale(np.asarray(curves, np.float32))


def false_colours(levels: Levels, palette: Palette) -> Levels:
    """Return (H, W, 3) uint8, blue first, of (H, W) brightness."""
    coloured: Levels = _table(palette)[levels]
    return coloured


@cache
def _table(palette: Palette) -> Levels:
    stops = np.array(_STOPS[palette], np.float64)
    places = np.linspace(0, 255, len(stops))
    table = [np.interp(np.arange(256), places, stops[:, channel]) for channel in (2, 1, 0)]
    return np.rint(np.stack(table, axis=1)).astype(np.uint8)


def material_colours(levels: Levels, high: Signal, low: Signal, scale: MaterialScale) -> Levels:
    """Colour brightness by what two energies say of the material.

    Args:
        levels: (H, W) uint8 brightness.
        high: (h, w) float32 transmission at the high energy, of any smaller size.
        low: the same at the low energy.
        scale: of the scanner.

    Returns:
        (H, W, 3) uint8, blue first.
    """
    # Quantum noise of single elements would speckle; makers smooth before they divide.
    deep = [
        -np.log(np.maximum(cv2.GaussianBlur(each, (0, 0), _SMOOTH_PX), np.float32(1e-6)))
        for each in (high, low)
    ]
    place = np.clip(deep[0] * np.float32((_STEPS - 1) / _DEEPEST), 0, _STEPS - 1).astype(np.intp)
    # Low-energy attenuation falls from organic to heavy: find between which two curves it lies.
    position = np.zeros_like(deep[0])
    for lighter, heavier in pairwise(scale.low_attenuation):
        start, gap = lighter[place], np.minimum(heavier - lighter, np.float32(-1e-4))[place]
        position += np.clip((deep[1] - start) / gap, 0, 1)
    strength = np.clip((deep[0] - _COLOURED_FROM) / _FADES_IN, 0, 1)
    strength *= np.clip(_COLOURED_TO - deep[0], 0, 1)
    hues = np.rint(position * (_HUES - 1) / (len(_SCALE) - 1)).astype(np.intp)
    strengths = np.rint(strength * (_STRENGTHS - 1)).astype(np.intp)
    tint = _tints()[hues, strengths]
    height, width = levels.shape
    full = cv2.resize(tint, (width, height), interpolation=cv2.INTER_LINEAR)
    coloured: Levels = cv2.multiply(full, cv2.merge([levels] * 3), scale=1 / 255)
    return coloured


@cache
def _tints() -> Levels:
    """Return (hues, strengths, 3) uint8, blue first: what white becomes."""
    stops = np.array([colour[::-1] for _, colour in _SCALE], np.float64)
    places = np.linspace(0, len(stops) - 1, _HUES)
    pure = np.stack([np.interp(places, range(len(stops)), stops[:, k]) for k in range(3)], axis=1)
    strength = 0.85 * np.linspace(0, 1, _STRENGTHS)[None, :, None]
    return np.rint(255 + (pure[:, None] - 255) * strength).astype(np.uint8)

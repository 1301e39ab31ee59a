"""How units fill a hold: in stacks on the floor, on pallets, poured, in a liner. No goods by name.

Loads are limited by the hold and by weight: roads and carriers allow less than the container's
rating, so dense goods leave the upper half empty.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from training.simulator.goods.units import (
    Places,
    Range,
    Size,
    Unit,
    draw_range,
    filled,
    unit_mass_kg,
)
from training.simulator.physics.materials import Material
from training.simulator.scene.containers import Hold
from training.simulator.scene.solids import SURFACE_SHAPE, Solids

Stow = Callable[[Solids, Hold, np.random.Generator], None]
"""Fills a hold."""

HEAVIEST_KG: Range = (20_000, 27_500)
"""What a load of dense goods weighs: road limits of 38 to 44 t gross less truck and box."""


@dataclass(frozen=True, slots=True)
class Stacks:
    """Units side by side and one on the other, from the front end to the doors."""

    of: Unit
    height: Range = (0.75, 0.97)
    """Of the hold's, up to which is stacked if weight allows."""
    length: Range = (0.93, 1.0)
    """Of the hold's, filled from the front end."""
    gap_mm: Range = (2, 40)
    """Between stacks along the container."""
    side_gap_mm: Range = (0, 15)
    lean_mm: Range = (0, 12)
    """Standard deviation of each layer's shift on the one below, along the container."""
    ragged: Range = (0.0, 0.15)
    """Share of columns that lack their topmost unit."""
    collapsed: float = 0.04
    """Share of loads in which some stacks have slumped."""
    stepped: float = 0.3
    """Share of loads whose last stacks, at the doors, are lower: what was left over."""
    fitted: int = 1
    """How many sizes are looked at, the one that fills the hold best being taken: packers fit their
    pallets, packs and bales to containers."""
    most_layers: int = 99

    def __call__(self, solids: Solids, hold: Hold, generator: np.random.Generator) -> None:
        """Stow."""
        sizes = [self.of.draw_size(generator) for _ in range(self.fitted)]
        top = hold.height * draw_range(generator, self.height)
        size = max(sizes, key=lambda each: filled((hold.length, top, hold.width), each))
        if size[0] > hold.length or size[1] > hold.height or size[2] > hold.width:
            size = shrunk_to(hold, size)
        # What is drawn once for a load is the same when one piece is weighed.
        drawing = generator.spawn(1)[0]
        piece_kg = unit_mass_kg(self.of, size, generator=deepcopy(drawing))
        places = self._places(solids, hold, size, (top, piece_kg), generator)
        self.of.draw(solids, places, size, generator=drawing)

    def _places(
        self,
        solids: Solids,
        hold: Hold,
        size: Size,
        limits: tuple[float, float],
        generator: np.random.Generator,
    ) -> Places:
        top, piece_kg = limits
        gap = draw_range(generator, self.gap_mm)
        # The last stack may reach over the wanted length by half.
        wanted = hold.length * draw_range(generator, self.length) + size[0] / 2
        count = max(1, int(min(hold.length, wanted) / (size[0] + gap)))
        across = max(1, int(hold.width / size[2]))
        layers = int(top / size[1])
        layers = min(max(1, layers), self.most_layers)
        limit = min(draw_range(generator, HEAVIEST_KG), hold.payload_kg)
        affordable = max(1, int(limit / piece_kg))
        heights = self._heights(count, across, layers, affordable, generator)
        # Each row across has its own gaps: slits from wall to wall are rare.
        gaps = gap * generator.uniform(0.3, 1.7, (count, across))
        x0 = hold.x0 + np.cumsum(gaps, axis=0) + np.arange(count)[:, None] * size[0]
        x0 = x0 - np.maximum(0.0, x0[-1] + size[0] - hold.x1)
        side = min(
            draw_range(generator, self.side_gap_mm), (hold.width - across * size[2]) / across
        )
        z0 = -across * (size[2] + side) / 2 + np.arange(across) * (size[2] + side)
        i, k, j = np.nonzero(np.arange(heights.max())[None, None, :] < heights[:, :, None])
        shift = np.cumsum(
            generator.normal(0, draw_range(generator, self.lean_mm), (count, heights.max())), axis=1
        )
        x = np.clip(x0[i, k] + shift[i, j], hold.x0, max(hold.x0, hold.x1 - size[0]))
        first = solids.stack + 1
        solids.stack += count
        y = np.asarray(hold.y0 + j * size[1], np.float64)
        return Places(x, y, np.asarray(z0[k], np.float64), (first + i).astype(np.int32))

    def _heights(
        self,
        count: int,
        across: int,
        layers: int,
        affordable: int,
        generator: np.random.Generator,
    ) -> NDArray[np.int64]:
        """Return (count, across) units in each column."""
        heights = np.full((count, across), layers)
        if affordable < heights.sum():
            # Spread evenly; what is left over makes a higher part at the front end.
            even = affordable // (count * across)
            heights[:] = even
            if even == 0:
                # Too heavy to cover the floor: spread over it.
                chosen = np.linspace(0, count * across - 1, affordable).round().astype(int)
                heights.flat[chosen] = 1
                return heights
            higher = min((affordable - even * count * across) // across, count)
            if higher > 0 and even < layers:
                heights[:higher] += 1
            if even == 0 and generator.random() < 0.5:
                # Too heavy for one layer: spread over the floor instead of all at the front.
                heights = heights[generator.permutation(count)]
        if generator.random() < self.stepped:
            last = min(int(generator.integers(1, 4)), count // 3)
            less = np.sort(generator.integers(1, max(2, layers // 2 + 1), last))
            heights[count - last :] = np.maximum(1, heights[count - last :] - less[:, None])
        drop = generator.random((count, across)) < draw_range(generator, self.ragged)
        heights = np.where(drop & (heights > 1), heights - 1, heights)
        if generator.random() < self.collapsed:
            place, wide = int(generator.integers(count)), int(generator.integers(1, 4))
            slumped = heights[place : place + wide]
            heights[place : place + wide] = np.maximum(1, slumped * 6 // 10)
        return heights


def shrunk_to(hold: Hold, size: Size) -> Size:
    """Return a size that goes into the hold: pieces are made for their container."""
    return (min(size[0], hold.length), min(size[1], hold.height), min(size[2], hold.width))


@dataclass(frozen=True, slots=True)
class Poured:
    """Bulk goods: tipped in heaps, or blown into a liner up to the roof."""

    material: Material
    """With its bulk density."""
    liner: float = 0.5
    """Share of loads in a liner, which reach the roof at the front and slope to the doors."""
    repose_deg: Range = (22, 38)
    """Angle of repose."""
    peaks: tuple[int, int] = (1, 6)
    mottle: Range = (0.0, 0.03)
    grain_mm: float = 80.0

    def __call__(self, solids: Solids, hold: Hold, generator: np.random.Generator) -> None:
        """Stow."""
        limit = min(draw_range(generator, HEAVIEST_KG), hold.payload_kg)
        density = self.material.density_g_cm3
        volume_mm3 = limit * 1e6 / density
        mean_mm = min(volume_mm3 / (hold.length * hold.width), 0.93 * hold.height)
        x = np.linspace(0, 1, SURFACE_SHAPE[0])[:, None]
        across = np.linspace(-1, 1, SURFACE_SHAPE[1])[None, :]
        slope = np.tan(np.deg2rad(draw_range(generator, self.repose_deg)))
        if generator.random() < self.liner:
            profile = _liner_profile(x, generator)
        else:
            profile = self._heaps(x * hold.length, hold.length, float(slope), generator)
        # Poured from the middle: lower along the walls, by a part of the angle of repose.
        fall = float(generator.uniform(0.1, 0.8)) * slope * hold.width / 2
        heights = _with_mean(profile - fall / 1000 * across**2, mean_mm, hold.height)
        solids.begin_stack()
        solids.heap(
            (hold.x0, hold.x1), hold.y0, (hold.z0, hold.z1), heights, self.material,
            mottle=draw_range(generator, self.mottle), grain_mm=self.grain_mm,
        )  # fmt: skip

    def _heaps(
        self, x_mm: NDArray[np.float64], length: float, slope: float, generator: np.random.Generator
    ) -> NDArray[np.float64]:
        """Return the height over the highest point, m: cones about places along the middle."""
        count = int(generator.integers(self.peaks[0], self.peaks[1] + 1))
        # A conveyor is drawn back a little at a time, so that heaps run into each other.
        spread = min((count - 1) * float(generator.uniform(700, 1700)), 0.8 * length)
        middle = length / 2 + float(generator.uniform(-0.5, 0.5)) * (0.9 * length - spread)
        centres = middle + spread * (np.linspace(-0.5, 0.5, count) if count > 1 else np.zeros(1))
        centres = centres + generator.normal(0, 100, count)
        heaps = [-slope * np.abs(x_mm - centre) - generator.uniform(0, 150) for centre in centres]
        # Rounded tops: the soft maximum of the cones.
        soft = float(generator.uniform(200, 450)) * slope
        blunt = [-np.hypot(heap, soft) for heap in heaps]
        return np.asarray(
            soft / 3 * np.log(np.sum([np.exp(heap * 3 / soft) for heap in blunt], axis=0)) / 1000
        )


def _liner_profile(x: NDArray[np.float64], generator: np.random.Generator) -> NDArray[np.float64]:
    """Full to a share of the length, then falling off to the bulkhead at the doors."""
    begins, drop = float(generator.uniform(0.3, 0.9)), float(generator.uniform(0.1, 0.9))
    wave = 0.03 * np.sin(x * generator.uniform(5, 20) + generator.uniform(0, 6))
    return np.asarray(1 - drop * np.clip((x - begins) / (1 - begins), 0, 1) ** 1.5 + wave)


def _with_mean(profile: NDArray[np.float64], mean: float, highest: float) -> NDArray[np.float64]:
    """Shift a profile (m) until the mean of what the hold can take of it (mm) is as wanted."""
    heights = profile * 1000
    low, high = -heights.max() - highest, highest - heights.min()
    for _ in range(40):
        middle = (low + high) / 2
        if np.clip(heights + middle, 0, highest).mean() < mean:
            low = middle
        else:
            high = middle
    return np.asarray(np.clip(heights + low, 0, highest))

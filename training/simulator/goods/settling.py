"""Round things rolled in until the hold is full: each lies in the lowest place left. No goods."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from riac.compiled import compiled
from training.simulator.goods.stowage import HEAVIEST_KG
from training.simulator.goods.units import Range, draw_range
from training.simulator.physics.materials import Material
from training.simulator.scene.containers import Hold
from training.simulator.scene.solids import Shape, Solids

TRIED_PER_PIECE = 2
"""Places tried for each piece that fits side by side on the floor: more lay a flatter top."""


def settle(
    *, width: float, height: float, mean_mm: float, spread: float, area_mm2: float,
    generator: np.random.Generator,
) -> NDArray[np.float64]:  # fmt: skip
    """Let circles fall into a trough until it is full or their area is used up.

    Args:
        width: of the trough, mm.
        height: up to which it may be filled.
        mean_mm: diameter.
        spread: relative standard deviation of the diameters.
        area_mm2: of all circles together, at most.
        generator: draws diameters and places.

    Returns:
        (N, 3): the centre's way along the trough and height, and the diameter.
    """
    laid = np.zeros((1200, 3))
    tried = 30 + int(TRIED_PER_PIECE * width / mean_mm)
    in_reach = int(1.6 * width / mean_mm)
    count, misses, area = 0, 0, 0.0
    while misses < 8 and count < len(laid):
        across = min(mean_mm * float(np.clip(generator.normal(1, spread), 0.5, 1.8)), width, height)
        area += across**2 * np.pi / 4
        if area > area_mm2:
            break
        along = generator.uniform(across / 2, width - across / 2, tried)
        # Above the gap between two pieces is where a piece comes to rest.
        upper = np.sort(laid[max(0, count - in_reach) : count, 0])
        gaps = np.clip((upper[1:] + upper[:-1]) / 2, across / 2, width - across / 2)
        along = np.concatenate((gaps, along))
        high = _resting(along, across, laid[max(0, count - 4 * in_reach) : count])
        best = int(np.argmin(high))
        if high[best] + across / 2 > height:
            misses += 1
            continue
        laid[count] = along[best], high[best], across
        count += 1
    return laid[:count]


@compiled
def _resting(
    along: NDArray[np.float64], across: float, laid: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return how high a circle's centre comes to rest above each of some places."""
    high = np.full(len(along), across / 2)
    for index in range(len(along)):
        for other in range(len(laid)):
            reach = (laid[other, 2] + across) / 2
            aside = along[index] - laid[other, 0]
            if -reach < aside < reach:
                rest = laid[other, 1] + np.sqrt(reach * reach - aside * aside)
                high[index] = max(high[index], rest)
    return high


@dataclass(frozen=True, slots=True)
class Logs:
    """Round wood lengthwise, thick and thin as it grew."""

    wood: Material
    diameter_mm: Range = (180, 650)
    spread: float = 0.18
    """Relative standard deviation of the diameters in one load."""
    lengths: tuple[int, ...] = (1, 2, 3)
    """How many lots may lie one after the other."""
    filled: Range = (0.5, 0.97)
    taper_mm_per_m: Range = (4, 12)

    def __call__(self, solids: Solids, hold: Hold, generator: np.random.Generator) -> None:
        """Stow."""
        possible = [n for n in self.lengths if 1900 < hold.length / n < 12100]
        lots = int(generator.choice(possible or [2]))
        limit = min(draw_range(generator, HEAVIEST_KG), hold.payload_kg) / lots
        mean = draw_range(generator, self.diameter_mm)
        for lot in range(lots):
            part = hold.part(lot / lots, (lot + 1) / lots)
            circles = settle(
                width=part.width, height=part.height * draw_range(generator, self.filled),
                mean_mm=mean, spread=self.spread, generator=generator,
                area_mm2=limit * 1e6 / float(self.wood.basis_g_cm3.sum()) / part.length,
            )  # fmt: skip
            self._draw(solids, part, circles, generator)

    def _draw(
        self,
        solids: Solids,
        hold: Hold,
        circles: NDArray[np.float64],
        generator: np.random.Generator,
    ) -> None:
        z, y, across = circles.T
        z = z + hold.z0
        count = len(circles)
        stack = solids.begin_stack()
        length = hold.length - generator.uniform(20, 60 + 0.06 * hold.length, count)
        begin = hold.x0 + generator.uniform(0, 1, count) * (hold.length - length)
        # Trunks taper, thick ends lying either way; drawn in four steps.
        taper = draw_range(generator, self.taper_mm_per_m) * generator.choice((-1, 1), count)
        share = np.clip(generator.normal(1, 0.06, count), 0.8, 1.2)
        for step in range(4):
            size = across + taper * length / 1000 * (step - 1.5) / 4
            size = np.minimum(size, across * 1.03)
            x = (begin + step / 4 * length, begin + (step + 1) / 4 * length)
            solids.add(
                Shape.DRUM_X, x, (hold.y0 + y - size / 2, hold.y0 + y + size / 2),
                (z - size / 2, z + size / 2), self.wood, share=share, mottle=0.03, grain_mm=70,
                stack=stack,
            )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rolls:
    """Rolls of fabric, carpet or film laid in by hand, across or lengthwise."""

    content: Material
    diameter_mm: Range = (130, 260)
    length_mm: Range = (1450, 2300)
    spread: float = 0.08
    core_mm: Range = (40, 80)
    filled: Range = (0.6, 0.97)
    lengthwise: float = 0.3
    """Share of loads with rolls along the container."""
    used: Range = (0.7, 1.0)
    """Share of the hold's length."""

    def __call__(self, solids: Solids, hold: Hold, generator: np.random.Generator) -> None:
        """Stow."""
        limit = min(draw_range(generator, HEAVIEST_KG), hold.payload_kg)
        length = draw_range(generator, self.length_mm)
        mean, core = draw_range(generator, self.diameter_mm), draw_range(generator, self.core_mm)
        density = float(self.content.basis_g_cm3.sum())
        top = hold.height * draw_range(generator, self.filled)
        used = hold.length * draw_range(generator, self.used)
        if generator.random() < self.lengthwise:
            lots = max(1, int(used / length))
            for lot in range(lots):
                area = limit / lots * 1e6 / density / length
                circles = settle(width=hold.width, height=top, mean_mm=mean, spread=self.spread,
                                 area_mm2=area, generator=generator)  # fmt: skip
                x0 = hold.x0 + lot * used / lots
                ends = np.clip(generator.normal(0, 25, len(circles)), 0, 60) + x0
                x = (ends, np.minimum(ends + length, hold.x1))
                self._draw(solids, hold, circles, (Shape.DRUM_X, x, core))
            return
        length = min(length, hold.width)
        area = limit * 1e6 / density / length
        circles = settle(width=used, height=top, mean_mm=mean, spread=self.spread,
                         area_mm2=area, generator=generator)  # fmt: skip
        low = hold.z0 + generator.uniform(0, 1, len(circles)) * (hold.width - length)
        self._draw(solids, hold, circles, (Shape.DRUM_Z, (low, low + length), core))

    def _draw(
        self,
        solids: Solids,
        hold: Hold,
        circles: NDArray[np.float64],
        lie: tuple[Shape, tuple[NDArray[np.float64], NDArray[np.float64]], float],
    ) -> None:
        axis, ends, core = lie
        aside, y, across = circles.T
        aside = aside + (hold.x0 if axis is Shape.DRUM_Z else hold.z0)
        # Rolls within an arm's reach of each other make a stack.
        stack = solids.stack + 1 + (aside // 600).astype(np.int32) * (axis is Shape.DRUM_Z)
        solids.stack = int(stack.max(initial=solids.stack))
        for diameter, share in ((across, 1.0), (np.full(len(across), core), -1.0)):
            span = (aside - diameter / 2, aside + diameter / 2)
            high = (hold.y0 + y - diameter / 2, hold.y0 + y + diameter / 2)
            x, z = (span, ends) if axis is Shape.DRUM_Z else (ends, span)
            solids.add(axis, x, high, z, self.content, share=share, stack=stack)

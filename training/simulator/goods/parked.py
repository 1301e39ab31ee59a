"""Cars in containers: one behind the other, or shingled with their front wheels up on racks."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from training.simulator.goods.motor_vehicles import Car
from training.simulator.goods.units import Places, draw_range
from training.simulator.physics.materials import STEEL, WOOD
from training.simulator.scene.containers import Hold
from training.simulator.scene.solids import Shape, Solids

CLEARANCE_MM = 800.0
"""By which a car's raised end must clear the boot of the next."""


@dataclass(frozen=True, slots=True)
class Parked:
    """As many cars as are wanted and fit."""

    car: Car
    wanted: tuple[int, ...] = (1, 2, 2, 3, 3, 4)
    mixed: float = 0.5
    """Share of loads whose cars differ."""

    def __call__(self, solids: Solids, hold: Hold, generator: np.random.Generator) -> None:
        """Stow."""
        wanted = int(generator.choice(self.wanted))
        mixed = generator.random() < self.mixed
        first = self.car.draw_size(generator)
        sizes = [self.car.draw_size(generator) if mixed else first for _ in range(wanted)]
        while len(sizes) > 1 and not self._fits(hold, sizes):
            sizes.pop()
        lengths = [size[0] for size in sizes]
        spare = hold.length - sum(lengths)
        count = len(sizes)
        if spare >= 0:
            gaps = spare * generator.dirichlet(np.full(count + 1, 4.0))
            starts = np.cumsum(gaps[:-1]) + np.concatenate(([0.0], np.cumsum(lengths)[:-1]))
            slope = 0.0
        else:
            starts = np.linspace(0, hold.length - lengths[-1], count)
            slope = self._slope(hold, sizes)
        for start, size in zip(starts, sizes, strict=True):
            self._park(solids, hold, (hold.x0 + float(start), slope), size, generator)

    def _slope(self, hold: Hold, sizes: list[tuple[float, float, float]]) -> float:
        pitch = (hold.length - sizes[-1][0]) / max(1, len(sizes) - 1)
        return CLEARANCE_MM / pitch

    def _fits(self, hold: Hold, sizes: list[tuple[float, float, float]]) -> bool:
        if sum(size[0] for size in sizes) <= hold.length:
            return True
        slope = self._slope(hold, sizes)
        # The roof ends at about 0.7 of the length.
        return slope < 0.34 and all(
            high + 0.7 * slope * long < hold.height for long, high, _ in sizes
        )

    def _park(
        self,
        solids: Solids,
        hold: Hold,
        lie: tuple[float, float],
        size: tuple[float, float, float],
        generator: np.random.Generator,
    ) -> None:
        x0, slope = lie
        drawn = Solids()
        drawn.item = solids.item
        drawn.begin_stack()
        aside = (hold.width - size[2]) / 2 * draw_range(generator, (-0.8, 0.8))
        low = -size[2] / 2 + aside
        places = Places(np.array([x0]), np.array([hold.y0]), np.array([low]), np.zeros(1, np.int32))
        self.car.draw(drawn, places, size, generator=generator)
        if slope > 0:
            shear(drawn, slope, x0)
            for share in (0.2, 0.8):
                x = x0 + share * size[0]
                for z in (low - 70, low + size[2] + 10):
                    post = (max(hold.z0, z), min(hold.z1, z + 60))
                    top = hold.y0 + slope * share * size[0]
                    drawn.shell(
                        (x, x + 60), (hold.y0, max(top, hold.y0 + 30)), post, STEEL, wall_mm=4
                    )
        else:
            for share in (0.1, 0.28, 0.72, 0.9):
                x = x0 + share * size[0]
                drawn.box((x, x + 90), (hold.y0, hold.y0 + 90), (low, low + size[2]), WOOD)
        solids.extend(drawn)


def shear(solids: Solids, slope: float, x0: float) -> None:
    """Raise bodies by `slope` times their way from x0: a small turn about an axis across.

    Boxes and wedges become wedges; round bodies are lifted by what their middles are.
    """
    rows = solids.rows().copy()
    flat = np.isin(rows["shape"], (Shape.BOX, Shape.WEDGE_Y))
    anchor = np.where(flat, rows["x0"], (rows["x0"] + rows["x1"]) / 2)
    lift = slope * (anchor - x0)
    rise = np.where(flat, slope * (rows["x1"] - rows["x0"]), 0)
    rows["shape"] = np.where(flat, Shape.WEDGE_Y, rows["shape"])
    for field in ("y0", "y1"):
        rows[field] += lift
    for field in ("low_rise", "high_rise"):
        rows[field] += rise
    solids.replace_rows(rows)

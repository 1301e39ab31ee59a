"""Further ways to fill a hold: few heavy pieces, lots one after another, scrap, logs, racks."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from training.simulator.goods.stowage import HEAVIEST_KG, Poured, Stow, shrunk_to
from training.simulator.goods.units import Places, Range, Size, Unit, draw_range, unit_mass_kg
from training.simulator.physics.materials import WOOD, Material
from training.simulator.scene.containers import Hold
from training.simulator.scene.solids import Shape, Solids


@dataclass(frozen=True, slots=True)
class Spread:
    """Heavy or bulky pieces, each at its own place on the floor, spread to load the axles alike."""

    of: Unit
    abreast: tuple[int, int] = (1, 1)
    """How many stand side by side, where the width allows."""
    most: int = 99
    alike: float = 0.5
    """Share of loads whose pieces are all of one size."""
    load_kg: Range = HEAVIEST_KG
    evenness: Range = (0.5, 30.0)
    """Small: pieces stand in groups with wide gaps; large: with gaps alike."""
    timber_mm: float = 100.0
    """Scantlings nailed to the floor before and behind each piece; 0: none."""

    def __call__(self, solids: Solids, hold: Hold, generator: np.random.Generator) -> None:
        """Stow."""
        limit = min(draw_range(generator, self.load_kg), hold.payload_kg)
        alike = generator.random() < self.alike
        abreast = int(generator.integers(self.abreast[0], self.abreast[1] + 1))
        size = self.of.draw_size(generator)
        rows: list[tuple[Size, int]] = []
        used, mass = 0.0, 0.0
        while len(rows) < self.most:
            size = shrunk_to(hold, size if alike else self.of.draw_size(generator))
            beside = max(1, min(abreast, int(hold.width / size[2])))
            weight = beside * unit_mass_kg(self.of, size, generator=generator)
            room = size[0] + self.timber_mm
            if rows and (used + room > hold.length or mass + weight > limit):
                break
            rows.append((size, beside))
            used, mass = used + room, mass + weight
        free = max(0.0, hold.length - used)
        gaps = free * generator.dirichlet(
            # One or two pieces stand over the middle, never at an end.
            np.full(len(rows) + 1, draw_range(generator, self.evenness) + 20 * (len(rows) < 3))
        )
        aside = float(generator.uniform(0, 0.9)) if generator.random() < 0.3 else 0.1
        x = hold.x0
        for index, ((along, high, across), beside) in enumerate(rows):
            x += gaps[index] + self.timber_mm / 2
            spare = hold.width - beside * across
            off = aside * spare / 2 * (-1) ** index
            low = hold.z0 + spare / 2 + off
            if beside > 1:
                spare *= float(generator.uniform(0, 0.8))
                low = -(beside * across + spare) / 2
            z = low + np.arange(beside) * (across + (spare / (beside - 1) if beside > 1 else 0))
            stack = np.full(beside, solids.begin_stack(), np.int32)
            places = Places(np.full(beside, x), np.full(beside, hold.y0), z, stack)
            self.of.draw(solids, places, (along, high, across), generator=generator)
            self._block(solids, hold, (x, x + along), generator)
            x += along + self.timber_mm / 2

    def _block(
        self, solids: Solids, hold: Hold, x: tuple[float, float], generator: np.random.Generator
    ) -> None:
        if self.timber_mm <= 0 or generator.random() < 0.3:
            return
        thick = self.timber_mm / 2
        for low in (max(hold.x0, x[0] - thick), min(x[1], hold.x1 - thick)):
            solids.box((low, low + thick), (hold.y0, hold.y0 + thick), (hold.z0, hold.z1), WOOD)


@dataclass(frozen=True, slots=True)
class Sections:
    """Lots one after another along the hold, each stowed in a way of its own."""

    of: tuple[tuple[float, Stow], ...]
    parts: tuple[int, int] = (1, 4)
    filled: Range = (1.0, 1.0)
    """Share of the length that is used, from the front end."""
    in_turn: bool = False
    """One part of each way, in the order given."""

    def __call__(self, solids: Solids, hold: Hold, generator: np.random.Generator) -> None:
        """Stow."""
        count = int(generator.integers(self.parts[0], self.parts[1] + 1))
        count = len(self.of) if self.in_turn else count
        lengths = generator.dirichlet(np.full(count, 4.0)) * draw_range(generator, self.filled)
        weights = np.array([weight for weight, _ in self.of])
        first, last, drawn = 0.0, float(lengths.sum()), len(solids.rows())
        for index, length in enumerate(lengths):
            if last - first < 0.08:
                break
            chosen = int(generator.choice(len(weights), p=weights / weights.sum()))
            chosen = index if self.in_turn else chosen
            part = hold.part(first, min(last, first + length))
            self.of[chosen][1](solids, part, generator)
            # The next lot begins where this one ends.
            ends = float(solids.rows()["x1"][drawn:].max(initial=part.x0))
            first = max(first, (ends - hold.x0) / hold.length)


@dataclass(frozen=True, slots=True)
class Scrap:
    """Broken pieces tipped in: a heap of fines with larger ones in it, at every angle."""

    metal: Material
    bulk_g_cm3: Range = (0.6, 1.2)
    piece_mm: Range = (60, 900)
    pieces: tuple[int, int] = (300, 1500)
    thickness_mm: Range = (2, 25)

    def __call__(self, solids: Solids, hold: Hold, generator: np.random.Generator) -> None:
        """Stow."""
        limit = min(draw_range(generator, HEAVIEST_KG), hold.payload_kg)
        fines = float(generator.uniform(0.45, 0.7))
        bulk = self.metal.of_density(fines * draw_range(generator, self.bulk_g_cm3))
        heap = Poured(bulk, liner=0, repose_deg=(10, 35), peaks=(1, 5), mottle=(0.25, 0.5),
                      grain_mm=float(generator.uniform(60, 220)))  # fmt: skip
        before = solids.mass_kg()
        heap(solids, replace(hold, payload_kg=fines * limit), generator)
        left = limit - (solids.mass_kg() - before)
        self._draw_pieces(solids, hold, solids.surfaces[-1].mean(axis=1), left, generator)

    def _draw_pieces(
        self,
        solids: Solids,
        hold: Hold,
        tops: NDArray[np.floating],
        left_kg: float,
        generator: np.random.Generator,
    ) -> None:
        low, high = np.log(self.piece_mm)
        each = int(generator.integers(self.pieces[0], self.pieces[1] + 1)) // 4
        drawn = Solids()
        for shape in (Shape.BOX, Shape.WEDGE_Y, Shape.DRUM_X, Shape.DRUM_Z):
            sizes = np.exp(generator.uniform(low, high, (3, each)))
            thin = generator.integers(0, 3, each)
            sizes[thin, np.arange(each)] = generator.uniform(*self.thickness_mm, each)
            sizes = np.minimum(sizes, np.array([[1800.0], [900.0], [2000.0]]))
            x = hold.x0 + generator.uniform(0, 1, each) * (hold.length - sizes[0])
            top = np.interp((x - hold.x0) / hold.length, np.linspace(0, 1, len(tops)), tops)
            y = hold.y0 + generator.uniform(0, 1, each) * np.maximum(top - sizes[1], 1)
            y = np.minimum(y, hold.y1 - sizes[1])
            z = hold.z0 + generator.uniform(0, 1, each) * (hold.width - sizes[2])
            rise = generator.normal(0, 0.4, each) * sizes[0]
            room = np.minimum(hold.y0 + top, hold.y1) - y - sizes[1]
            rise = np.clip(rise, hold.y0 - y, np.maximum(room, 0))
            sloped = shape is Shape.WEDGE_Y
            drawn.add(
                shape, (x, x + sizes[0]), (y, y + sizes[1]), (z, z + sizes[2]), self.metal,
                low_rise=rise * sloped, high_rise=rise * sloped,
                stack=-1, item=solids.item,
            )  # fmt: skip
        # What their outlines hold of metal is set by the weight that is left.
        rows = drawn.rows()
        rows["basis"] *= min(1.0, left_kg / drawn.mass_kg())
        solids.extend(drawn)

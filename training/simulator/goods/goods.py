"""A heading of the tariff, as it travels."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from training.simulator.goods.stowage import Stow
from training.simulator.scene.containers import TARE_KG, ContainerKind, Hold
from training.simulator.scene.solids import Solids

Weighted = tuple[float, Stow]
DRY = ((1.0, ContainerKind.DRY),)
REEFER = ((1.0, ContainerKind.REEFER),)


@dataclass(frozen=True, slots=True)
class Goods:
    """What a heading is, and the ways in which it is packed and stowed, each with its weight."""

    heading: str
    description: str
    stows: tuple[Weighted, ...]
    containers: tuple[tuple[float, ContainerKind], ...] = DRY
    short: float = 0.3
    """Share of 20 ft boxes: high for dense goods."""

    def __post_init__(self) -> None:
        if len(self.heading) != 4 or not self.heading.isdigit():
            raise ValueError(f"expected a heading of four digits, got {self.heading!r}")

    @property
    def chapter(self) -> str:
        """First two digits."""
        return self.heading[:2]

    def choose_container(self, generator: np.random.Generator) -> tuple[ContainerKind, int, bool]:
        """Draw kind, length in ft, and whether it is a high cube."""
        weights = np.array([weight for weight, _ in self.containers])
        kind = self.containers[int(generator.choice(len(weights), p=weights / weights.sum()))][1]
        sizes = sorted(size for each, size in TARE_KG if each is kind)
        short = bool(generator.random() < self.short)
        length_ft = sizes[0] if short or len(sizes) == 1 else 40
        if length_ft == 40 and 45 in sizes and generator.random() < 0.03:
            length_ft = 45
        high = kind is ContainerKind.REEFER or (
            kind is ContainerKind.DRY and generator.random() < 0.65
        )
        return kind, length_ft, bool(high and length_ft > 20)

    def pack(self, solids: Solids, hold: Hold, *, generator: np.random.Generator) -> None:
        """Fill a hold in one of the ways."""
        weights = np.array([weight for weight, _ in self.stows])
        chosen = int(generator.choice(len(weights), p=weights / weights.sum()))
        self.stows[chosen][1](solids, hold, generator)


def by_heading(*groups: Iterable[Goods]) -> Mapping[str, Goods]:
    """Return goods by heading.

    Raises:
        ValueError: a heading is modelled twice.
    """
    table: dict[str, Goods] = {}
    for goods in (each for group in groups for each in group):
        if goods.heading in table:
            raise ValueError(f"heading {goods.heading} is modelled twice")
        table[goods.heading] = goods
    return dict(sorted(table.items()))

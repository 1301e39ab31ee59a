"""Where the traffic and the first library come from."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

from serve.demo.journeys import Consignment


class ReferencePicture(Protocol):
    """One picture for the library."""

    @property
    def name(self) -> str:
        """File name."""
        ...

    @property
    def hs_code(self) -> str:
        """Empty for an empty container."""
        ...

    @property
    def picture(self) -> bytes:
        """The file."""
        ...


@dataclass(frozen=True, slots=True)
class Supply:
    """What the demonstration is made of."""

    sites: tuple[str, ...]
    consignments: Iterator[Consignment]
    references: Callable[[], Iterator[ReferencePicture]]
    rendered: bool
    """True when the pictures are rendered for a screen, which the policy must allow by name."""


def phantom_supply(*, count: int, seed: int) -> Supply:
    """Make phantoms."""
    # Imported here: only the command that runs a demonstration needs the simulator.
    from training.simulator.paperwork import ENTRY_SITES, EXIT_SITES  # noqa: PLC0415
    from training.simulator.references import references  # noqa: PLC0415
    from training.simulator.traffic import traffic  # noqa: PLC0415

    return Supply(
        sites=ENTRY_SITES + EXIT_SITES,
        consignments=iter(traffic(seed=seed, count=count)),
        references=references,
        rendered=False,
    )

"""Where the traffic and the first library come from."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from serve.demo.errors import SupplyError
from serve.demo.journeys import Consignment

REFERENCES_EACH = 8
"""Of each heading: enough for the packings one heading comes in, few enough to be made at once."""


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


def supply(scans: Path | None, *, count: int, seed: int) -> Supply:
    """Choose the source: a folder of recorded scans, or phantoms.

    Raises:
        SupplyError: the folder is not laid out as it should be, or holds too little.
    """
    if scans is None:
        return phantom_supply(count=count, seed=seed)
    return recorded_supply(scans, count=count, seed=seed)


def phantom_supply(*, count: int, seed: int) -> Supply:
    """Make phantoms."""
    # Imported here: only the command that runs a demonstration needs the simulator.
    from training.simulator.references import references  # noqa: PLC0415
    from training.simulator.sites import ENTRY_SITES, EXIT_SITES  # noqa: PLC0415
    from training.simulator.staging import EVERYDAY  # noqa: PLC0415
    from training.simulator.traffic import traffic  # noqa: PLC0415

    return Supply(
        sites=ENTRY_SITES + EXIT_SITES,
        consignments=iter(traffic(seed=seed, count=count)),
        references=lambda: references(headings=EVERYDAY, each=REFERENCES_EACH),
        rendered=False,
    )


def transit_supply(*, count: int, seed: int) -> Supply:
    """Make honest phantoms in transit: each with an entry and an exit scan."""
    from training.simulator.scenarios import Scenario  # noqa: PLC0415
    from training.simulator.traffic import traffic  # noqa: PLC0415

    honest = traffic(seed=seed, count=count, deck=[Scenario.HONEST_TRANSIT])
    return replace(phantom_supply(count=0, seed=seed), consignments=iter(honest))


def recorded_supply(scans: Path, *, count: int, seed: int) -> Supply:
    """Send recorded scans, as they are and scanned again.

    Raises:
        SupplyError: the folder is not laid out as it should be, or holds too little.
    """
    from training.simulator.recorded import (  # noqa: PLC0415
        RecordedTraffic,
        read_recordings,
        recorded_references,
    )
    from training.simulator.sites import ENTRY_SITES, EXIT_SITES  # noqa: PLC0415

    try:
        recordings = read_recordings(scans)
    except (FileNotFoundError, KeyError, ValueError) as error:
        raise SupplyError(
            f"{scans}: expected goods/goods.csv and scans/scans.csv as docs/rescan-1.md describes "
            f"them: {error}"
        ) from error
    return Supply(
        sites=ENTRY_SITES + EXIT_SITES,
        consignments=iter(RecordedTraffic(recordings, seed=seed).consignments(count)),
        references=lambda: recorded_references(recordings),
        rendered=True,
    )

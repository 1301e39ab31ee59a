"""What clearance systems and sites write: declarations, scan metadata, container numbers, seals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from riac.decision import PassageRole
from riac.declaration import Regime, check_digit_is_right
from training.simulator.goods.catalogue import GOODS
from training.simulator.scenarios import Expected, Scenario


@dataclass(frozen=True, slots=True)
class SimulatedPassage:
    """One scan as its site sends it."""

    role: PassageRole
    metadata: dict[str, Any]
    """JSON of `ScanMetadata`, without a time."""
    file_name: str
    picture: bytes
    expected: Expected


@dataclass(frozen=True, slots=True)
class SimulatedConsignment:
    """A declaration and its scans, in the order of time."""

    scenario: Scenario
    declaration: dict[str, Any]
    """JSON of `DeclarationBody`."""
    passages: tuple[SimulatedPassage, ...]

    @property
    def container_number(self) -> str:
        """The one container of this consignment."""
        number: str = self.declaration["containers"][0]["number"]
        return number


def declaration(
    number: str,
    *,
    container: str,
    heading: str,
    transit: bool,
    seal: str,
    net_mass_kg: float | None = None,
    gross_mass_kg: float | None = None,
    size_type: str | None = None,
    items: Sequence[Mapping[str, Any]] = (),
) -> dict[str, Any]:
    """Return the JSON of a `DeclarationBody` for one container; no heading = declared empty.

    Args:
        number: of the declaration.
        container: its number.
        heading: of the only goods item.
        transit: whether it leaves the country again.
        seal: of the container.
        net_mass_kg: of the goods.
        gross_mass_kg: of goods and container.
        size_type: ISO 6346 code.
        items: goods items as `goods_item` makes them, in place of the one.
    """
    only = [goods_item(heading, net_mass_kg=net_mass_kg)] if heading else []
    return {
        "number": number,
        "regime": str(Regime.TRANSIT if transit else Regime.IMPORT),
        "items": [dict(each) for each in items] or only,
        "containers": [
            {
                "number": container,
                "seals": [seal],
                "gross_mass_kg": gross_mass_kg,
                "size_type": size_type,
                "declared_empty": not heading,
            }
        ],
    }


def goods_item(
    heading: str, *, net_mass_kg: float | None, packages: int | None = None
) -> dict[str, Any]:
    """Return the JSON of one goods item."""
    item = {
        "hs_code": heading,
        "description": GOODS[heading].description if heading in GOODS else "",
        "net_mass_kg": net_mass_kg,
    }
    return item if packages is None else {**item, "packages": packages}


def container_number(seed: int) -> str:
    """Return a container number with its right check digit (ISO 6346)."""
    stem = f"{('RIAU', 'RIBU', 'RICU')[seed % 3]}{seed * 7919 % 1_000_000:06d}"
    return next(f"{stem}{d}" for d in range(10) if check_digit_is_right(f"{stem}{d}"))


def seals_read(declaration: dict[str, Any], scenario: Scenario, role: PassageRole) -> list[str]:
    """Return what is read of the seals at a scan."""
    seals: list[str] = declaration["containers"][0]["seals"]
    if scenario is Scenario.BROKEN_SEAL and role is PassageRole.EXIT:
        return [f"{seal[:-1]}{(int(seal[-1]) + 5) % 10}" for seal in seals]
    return list(seals)

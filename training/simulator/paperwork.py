"""What clearance systems and sites write: declarations, scan metadata, container numbers, seals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from riac.decision import PassageRole
from riac.declaration import Regime, check_digit_is_right
from training.simulator.goods.catalogue import GOODS
from training.simulator.scenarios import Expected, Scenario

ENTRY_SITES = ("karachi", "port-qasim", "gwadar")
EXIT_SITES = ("torkham", "chaman", "sost")


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
) -> dict[str, Any]:
    """Return the JSON of a `DeclarationBody` for one container; no heading = declared empty."""
    item = {
        "hs_code": heading,
        "description": GOODS[heading].description if heading in GOODS else "",
        "net_mass_kg": net_mass_kg,
    }
    return {
        "number": number,
        "regime": str(Regime.TRANSIT if transit else Regime.IMPORT),
        "items": [item] if heading else [],
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

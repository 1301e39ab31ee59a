"""What is declared: consignment, goods items, containers, seals; with what cannot be rejected."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from riac.errors import InvalidDeclarationError
from riac.tariff import normalise_hs_code

_CONTAINER = re.compile(r"^[A-Z]{3}[UJZ]\d{7}$")
# 34 t is the gross limit of the heaviest ISO 668 series 1 containers (36 t since amendment 2);
# a whole consignment may have many containers, so only the absurd is rejected.
MAX_CONTAINER_GROSS_KG = 50_000.0
MAX_ITEM_NET_KG = 100_000_000.0


class Regime(StrEnum):
    """The customs procedure of a consignment."""

    TRANSIT = "transit"
    TRANSSHIPMENT = "transshipment"
    IMPORT = "import"
    EXPORT = "export"


@dataclass(frozen=True, slots=True)
class GoodsItem:
    """One line of a declaration."""

    hs_code: str
    """Digits only, 4 to 8 of them."""
    description: str = ""
    net_mass_kg: float | None = None
    packages: int | None = None
    container_number: str | None = None
    """The container this item travels in; None when all of them."""


@dataclass(frozen=True, slots=True)
class DeclaredContainer:
    """A container of a consignment."""

    number: str
    seals: tuple[str, ...] = ()
    gross_mass_kg: float | None = None
    size_type: str | None = None
    declared_empty: bool = False


@dataclass(frozen=True, slots=True)
class Declaration:
    """One goods declaration (GD) as registered by the clearance system."""

    number: str
    regime: Regime
    items: tuple[GoodsItem, ...]
    containers: tuple[DeclaredContainer, ...]

    def codes_for(self, container_number: str) -> tuple[str, ...]:
        """List the HS codes declared for a container, in the order of the items."""
        codes = [
            item.hs_code for item in self.items if item.container_number in (None, container_number)
        ]
        return tuple(dict.fromkeys(codes))

    def container(self, number: str) -> DeclaredContainer | None:
        """Find a container of this declaration by its number."""
        return next((c for c in self.containers if c.number == number), None)


def normalise_container_number(text: str) -> str:
    """Return an ISO 6346 number without spaces and hyphens, upper case.

    The check digit is not judged: a wrong one is a warning to the officer (see
    `check_digit_is_right`), since keying errors and shipper-owned boxes occur.

    Raises:
        InvalidDeclarationError: it has not the form of a container number.
    """
    number = re.sub(r"[\s-]", "", text).upper()
    if not _CONTAINER.match(number):
        raise InvalidDeclarationError(
            f"expected a container number like CSQU3054383 (ISO 6346), got {text!r}"
        )
    return number


def check_digit_is_right(number: str) -> bool:
    """Verify the last digit of a normalised container number (ISO 6346, annex A)."""
    return _check_digit(number[:10]) == int(number[10])


def _check_digit(stem: str) -> int:
    return sum(_character_value(c) << i for i, c in enumerate(stem)) % 11 % 10


def _character_value(character: str) -> int:
    if character.isdigit():
        return int(character)
    # Letters count from 10 upward; multiples of 11 are skipped.
    value = ord(character) - ord("A") + 10
    return value + (value - 1) // 10 if value > 10 else value


def validated(declaration: Declaration) -> Declaration:
    """Return the declaration with its codes and numbers normalised.

    Raises:
        InvalidDeclarationError: a code, a container number or a mass cannot be.
    """
    if not declaration.containers:
        raise InvalidDeclarationError(
            f"declaration {declaration.number!r}: expected at least one container, got none"
        )
    return Declaration(
        number=declaration.number,
        regime=declaration.regime,
        items=tuple(_validated_item(item) for item in declaration.items),
        containers=tuple(_validated_container(c) for c in declaration.containers),
    )


def _validated_item(item: GoodsItem) -> GoodsItem:
    code = normalise_hs_code(item.hs_code)
    _require_mass(item.net_mass_kg, limit=MAX_ITEM_NET_KG, what=f"net mass of item {code}")
    if item.packages is not None and item.packages < 0:
        raise InvalidDeclarationError(
            f"packages of item {code}: expected 0 or more, got {item.packages}"
        )
    number = item.container_number
    return GoodsItem(
        hs_code=code,
        description=item.description,
        net_mass_kg=item.net_mass_kg,
        packages=item.packages,
        container_number=None if number is None else normalise_container_number(number),
    )


def _validated_container(container: DeclaredContainer) -> DeclaredContainer:
    number = normalise_container_number(container.number)
    _require_mass(
        container.gross_mass_kg, limit=MAX_CONTAINER_GROSS_KG, what=f"gross mass of {number}"
    )
    return DeclaredContainer(
        number=number,
        seals=tuple(seal.strip().upper() for seal in container.seals),
        gross_mass_kg=container.gross_mass_kg,
        size_type=container.size_type,
        declared_empty=container.declared_empty,
    )


def _require_mass(mass_kg: float | None, *, limit: float, what: str) -> None:
    if mass_kg is not None and not 0 < mass_kg <= limit:
        raise InvalidDeclarationError(
            f"{what}: expected more than 0 and at most {limit:,.0f} kg, got {mass_kg}"
        )

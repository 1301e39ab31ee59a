"""Container numbers, codes and masses: what is normalised, what is refused."""

from __future__ import annotations

import pytest

from riac.declaration import (
    Declaration,
    DeclaredContainer,
    GoodsItem,
    Regime,
    check_digit_is_right,
    normalise_container_number,
    validated,
)
from riac.errors import InvalidDeclarationError


def declaration(**item: object) -> Declaration:
    return Declaration(
        number="KAPS-AT-1",
        regime=Regime.TRANSIT,
        items=(GoodsItem(**{"hs_code": "0805.1000", **item}),),  # type: ignore[arg-type]
        containers=(DeclaredContainer(number="csqu 305438-3", seals=(" pk1 ",)),),
    )


@pytest.mark.parametrize("number", ["CSQU3054383", "MSCU1234566"])
def test_a_right_check_digit_is_recognised(number: str) -> None:
    assert check_digit_is_right(number)


def test_a_wrong_check_digit_is_recognised() -> None:
    assert not check_digit_is_right("CSQU3054384")


def test_a_container_number_is_normalised() -> None:
    assert normalise_container_number("csqu 305438-3") == "CSQU3054383"


@pytest.mark.parametrize("text", ["", "CSQ3054383", "CSQX3054383", "CSQU305438", "CSQU30543833"])
def test_what_is_no_container_number_is_refused(text: str) -> None:
    with pytest.raises(InvalidDeclarationError, match="expected a container number"):
        normalise_container_number(text)


def test_a_declaration_is_normalised() -> None:
    checked = validated(declaration())
    assert checked.items[0].hs_code == "08051000"
    assert checked.containers[0].number == "CSQU3054383"
    assert checked.containers[0].seals == ("PK1",)
    assert checked.codes_for("CSQU3054383") == ("08051000",)


@pytest.mark.parametrize("code", ["0000", "9999", "08", "080510000", "citrus", "0805101"])
def test_an_impossible_code_is_refused(code: str) -> None:
    with pytest.raises(InvalidDeclarationError):
        validated(declaration(hs_code=code))


@pytest.mark.parametrize("mass", [0.0, -1.0, 1e12, float("nan")])
def test_an_impossible_mass_is_refused(mass: float) -> None:
    with pytest.raises(InvalidDeclarationError, match="net mass"):
        validated(declaration(net_mass_kg=mass))

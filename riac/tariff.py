"""The tariff: which HS codes exist (HS 2022), and how they nest."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from riac.errors import InvalidDeclarationError


def normalise_hs_code(text: str) -> str:
    """Return a tariff code as digits only, 4, 6 or 8 of them, whose first six exist in HS 2022.

    Eight digits are a national subdivision (such as Pakistan's PCT, printed NNNN.NNNN), of
    which only the first six are checked.

    Raises:
        InvalidDeclarationError: the code has another form or is not in the tariff.
    """
    code = re.sub(r"[\s.]", "", text)
    if not re.fullmatch(r"\d{4}|\d{6}|\d{8}", code):
        raise InvalidDeclarationError(
            f"expected an HS code of 4, 6 or 8 digits like 0805 or 0805.1000, got {text!r}"
        )
    if code[:6] not in known_codes():
        raise InvalidDeclarationError(f"HS code {text!r} is not in the tariff (HS 2022)")
    return code


@cache
def known_codes() -> frozenset[str]:
    """List all chapters, headings and six-digit codes of HS 2022."""
    text = files("riac").joinpath("hs2022_codes.txt").read_text(encoding="ascii")
    six = [line for line in text.splitlines() if line and not line.startswith("#")]
    return frozenset(code[:length] for code in six for length in (2, 4, 6))


def heading(hs_code: str) -> str:
    """Return the 4-digit heading of a code ("" stays "")."""
    return hs_code[:4]


def chapter(hs_code: str) -> str:
    """Return the 2-digit chapter of a code ("" stays "")."""
    return hs_code[:2]

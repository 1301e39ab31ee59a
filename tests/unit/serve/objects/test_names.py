"""Names of objects."""

from __future__ import annotations

import pytest

from riac.errors import StorageError
from serve.objects.names import parse_name, stored_name, the_one_digest

DIGEST, OTHER = "a" * 64, "b" * 64


def test_a_stored_name_is_taken_apart_again() -> None:
    assert parse_name(stored_name("scans/x.tif", DIGEST)) == ("scans/x.tif", DIGEST)
    assert parse_name("scans/x.tif") is None
    assert parse_name("x.sha256-abc") is None


def test_a_key_has_one_content() -> None:
    names = [stored_name("x", DIGEST), stored_name("xy", OTHER), "stray"]
    assert the_one_digest("x", names) == DIGEST
    assert the_one_digest("z", names) is None
    with pytest.raises(StorageError, match="2 different"):
        the_one_digest("x", [*names, stored_name("x", OTHER)])

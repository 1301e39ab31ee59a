from pathlib import Path

import pytest

from image_library.catalogue import Catalogue
from image_library.entry import Entry
from riac.errors import LibraryError

FIRST = Entry("a" * 20, "080510", "1" * 64, "first.png")
SECOND = Entry("b" * 20, "", "2" * 64, "зерно.png")


def test_a_new_catalogue_is_empty(tmp_path: Path) -> None:
    assert Catalogue(tmp_path).entries() == ()


def test_entries_are_listed_in_the_order_of_admission_once_each(tmp_path: Path) -> None:
    catalogue = Catalogue(tmp_path)
    catalogue.admit([SECOND])
    catalogue.admit([FIRST, SECOND])
    assert Catalogue(tmp_path).entries() == (SECOND, FIRST)


def test_an_original_is_kept_as_received(tmp_path: Path) -> None:
    catalogue = Catalogue(tmp_path)
    sha256 = catalogue.keep(b"bytes of a scan")
    assert catalogue.original(sha256) == b"bytes of a scan"
    assert catalogue.keep(b"bytes of a scan") == sha256


def test_an_altered_original_is_refused(tmp_path: Path) -> None:
    catalogue = Catalogue(tmp_path)
    sha256 = catalogue.keep(b"bytes of a scan")
    (tmp_path / "originals" / sha256).write_bytes(b"other bytes")
    with pytest.raises(LibraryError, match="altered"):
        catalogue.original(sha256)


def test_a_damaged_list_is_refused_with_its_line(tmp_path: Path) -> None:
    catalogue = Catalogue(tmp_path)
    catalogue.admit([FIRST])
    with (tmp_path / "entries.jsonl").open("a") as stream:
        stream.write('{"entry_id": 1}\n')
    with pytest.raises(LibraryError, match="line 2"):
        catalogue.entries()

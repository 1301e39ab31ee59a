"""What every object store must do, run on files and on a real S3."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from riac.errors import NotFoundError, StorageError
from serve.objects import FileObjects

# More than one part of an S3 upload (5 MiB).
LARGE = random.Random(1).randbytes(6 * 1024 * 1024 + 1)


@pytest.mark.parametrize("content", [b"", b"\x00", b"as received\r\n", LARGE])
def test_bytes_come_back_as_they_went_in(store: Any, content: bytes) -> None:
    store.objects.put("scans/ab/one.tif", content)
    assert store.objects.get("scans/ab/one.tif") == content
    assert store.objects.exists("scans/ab/one.tif")


def test_what_was_never_stored_is_not_found(store: Any) -> None:
    store.objects.put("scans/one", b"1")
    for key in ("scans/two", "scans", "scans/on", "scans/one.tif"):
        assert not store.objects.exists(key)
        with pytest.raises(NotFoundError, match=key):
            store.objects.get(key)


def test_storing_the_same_again_is_no_error(store: Any) -> None:
    store.objects.put("scans/one", b"1")
    store.objects.put("scans/one", b"1")
    assert store.objects.keys() == ["scans/one"]


def test_other_bytes_never_replace_what_is_stored(store: Any) -> None:
    store.objects.put("scans/one", b"first")
    with pytest.raises(StorageError, match="already"):
        store.objects.put("scans/one", b"second")
    assert store.objects.get("scans/one") == b"first"


def test_keys_are_listed_by_prefix_and_sorted(store: Any) -> None:
    for key in ("b/2", "a/1", "b/10", "a.1", "c"):
        store.objects.put(key, key.encode())
    assert store.objects.keys() == ["a.1", "a/1", "b/10", "b/2", "c"]
    assert store.objects.keys("b/") == ["b/10", "b/2"]
    assert store.objects.keys("b/1") == ["b/10"]
    assert store.objects.keys("d") == []


@pytest.mark.parametrize(
    "key", ["", "/etc/passwd", "../up", "a/../b", "a//b", "a/", "a b", "a\x00", "ä", "a" * 151]
)
def test_a_key_that_not_every_store_can_hold_is_refused(store: Any, key: str) -> None:
    for call in (store.objects.get, store.objects.exists):
        with pytest.raises(StorageError, match="not a key"):
            call(key)
    with pytest.raises(StorageError, match="not a key"):
        store.objects.put(key, b"")
    assert store.objects.keys() == []


@pytest.mark.parametrize("damage", [b"", b"as sent, but altered", b"as senT"])
def test_damaged_bytes_are_never_handed_out(store: Any, damage: bytes) -> None:
    store.objects.put("scans/one", b"as sent")
    (file,) = store.stored_files()
    file.write_bytes(damage)
    with pytest.raises(StorageError, match=r"damaged|failed"):
        store.objects.get("scans/one")


def test_many_at_once_store_the_same_and_different_keys(store: Any) -> None:
    def put(number: int) -> None:
        store.objects.put(f"scans/{number % 5}", str(number % 5).encode())

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(put, range(40)))
    assert store.objects.keys() == [f"scans/{number}" for number in range(5)]
    assert store.objects.get("scans/3") == b"3"


def test_the_longest_key_is_taken(store: Any) -> None:
    key = "k/" * 74 + "kk"
    store.objects.put(key, b"x")
    assert store.objects.get(key) == b"x"


def test_a_folder_that_cannot_be_written_is_a_storage_error(tmp_path: Path) -> None:
    (tmp_path / "objects").write_bytes(b"a file where a folder should be")
    with pytest.raises(StorageError, match="cannot keep objects"):
        FileObjects(tmp_path / "objects")


def test_a_write_that_was_cut_leaves_nothing_behind(tmp_path: Path) -> None:
    objects = FileObjects(tmp_path)
    # What a power cut leaves: a file half written, not yet renamed.
    (tmp_path / "incoming" / "tmp123").write_bytes(b"hal")
    assert objects.keys() == []
    objects.put("scans/one", b"half and half")
    assert objects.get("scans/one") == b"half and half"


def test_a_wrong_secret_or_a_dead_server_is_a_storage_error(s3_endpoint: Any) -> None:
    with pytest.raises(StorageError, match="S3 failed"):
        replace(s3_endpoint, secret_key="0" * 40).open("bucket-x")
    with pytest.raises(StorageError, match="S3 failed"):
        replace(s3_endpoint, address="127.0.0.1:9").open("bucket-x")

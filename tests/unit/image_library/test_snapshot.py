import json
import shutil
from pathlib import Path

import cv2
import numpy as np
import pytest

from image_library.entry import EmbeddedEntry, Entry
from image_library.snapshot import Snapshot, open_library, open_snapshot, write_snapshot
from models import load_embedder
from riac.errors import LibraryError, NotFoundError

EMBEDDER = load_embedder()


def _entries(count: int = 4) -> list[EmbeddedEntry]:
    generator = np.random.default_rng(5)
    vectors = np.abs(generator.normal(size=(count, 3, EMBEDDER.dimension))).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=2, keepdims=True)
    return [
        EmbeddedEntry(
            Entry(f"{number:020x}", "080510", f"{number:064x}", f"crate {number}.png"),
            wholes=vectors[number, : 1 + number % 2],
            slabs=vectors[number, 1 : 2 + number % 2],
            thumbnail=np.full((3, 5), 10 * number, np.uint8),
        )
        for number in range(count)
    ]


@pytest.fixture
def snapshot(tmp_path: Path) -> Snapshot:
    write_snapshot(tmp_path / "made", _entries(), embedder=EMBEDDER)
    return open_snapshot(tmp_path / "made")


def test_the_same_entries_in_any_order_give_the_same_digest(tmp_path: Path) -> None:
    first = write_snapshot(tmp_path / "a", _entries(), embedder=EMBEDDER)
    second = write_snapshot(tmp_path / "b", _entries()[::-1], embedder=EMBEDDER)
    fewer = write_snapshot(tmp_path / "c", _entries(3), embedder=EMBEDDER)
    assert first == second == open_snapshot(tmp_path / "a").digest
    assert fewer != first


def test_what_was_written_is_read_back(snapshot: Snapshot) -> None:
    for made, read in zip(_entries(), snapshot.embedded(), strict=True):
        assert read.entry == made.entry
        np.testing.assert_array_equal(read.wholes, made.wholes)
        np.testing.assert_array_equal(read.slabs, made.slabs)
        np.testing.assert_array_equal(read.thumbnail, made.thumbnail)
    assert snapshot.embedder_digest == EMBEDDER.digest
    assert snapshot.codes == {"080510": 4}


def test_a_thumbnail_is_an_eight_bit_picture(snapshot: Snapshot) -> None:
    content = snapshot.thumbnail(snapshot.entries[2].entry_id)
    picture = cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_UNCHANGED)
    assert picture is not None
    assert (picture == 20).all()


def test_a_thumbnail_of_no_entry_is_not_found(snapshot: Snapshot) -> None:
    with pytest.raises(NotFoundError):
        snapshot.thumbnail("../manifest")


@pytest.mark.parametrize("name", ["entries.jsonl", "index.faiss", "slabs.faiss", "thumbnails"])
def test_an_altered_file_is_refused(snapshot: Snapshot, tmp_path: Path, name: str) -> None:
    path = tmp_path / "made" / name
    path = path if path.is_file() else next(path.iterdir())
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    with pytest.raises(LibraryError, match="altered"):
        open_snapshot(tmp_path / "made")


def test_a_missing_file_is_refused(snapshot: Snapshot, tmp_path: Path) -> None:
    (tmp_path / "made" / "index.faiss").unlink()
    with pytest.raises(LibraryError, match=r"index\.faiss"):
        open_snapshot(tmp_path / "made")


def test_a_manifest_may_not_name_files_outside(snapshot: Snapshot, tmp_path: Path) -> None:
    path = tmp_path / "made" / "manifest.json"
    manifest = json.loads(path.read_text())
    manifest["files"]["../secret"] = "0" * 64
    path.write_text(json.dumps(manifest))
    (tmp_path / "secret").write_text("secret")
    with pytest.raises(LibraryError, match="outside"):
        open_snapshot(tmp_path / "made")


@pytest.mark.parametrize("content", [b"", b"{}", b"not json"])
def test_a_folder_without_a_manifest_is_no_library(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "manifest.json").write_bytes(content)
    with pytest.raises(LibraryError, match="not a snapshot"):
        open_library(tmp_path)


def test_a_missing_folder_is_no_library(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="not a snapshot"):
        open_library(tmp_path / "nowhere")


def test_nothing_is_no_snapshot(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="at least one"):
        write_snapshot(tmp_path / "none", [], embedder=EMBEDDER)


def test_a_copied_snapshot_has_the_same_digest(snapshot: Snapshot, tmp_path: Path) -> None:
    shutil.copytree(tmp_path / "made", tmp_path / "copy")
    assert open_library(tmp_path / "copy").digest == snapshot.digest


def test_vectors_of_another_length_are_refused(snapshot: Snapshot) -> None:
    with pytest.raises(LibraryError, match="expected vectors"):
        snapshot.search(np.ones((1, 3), np.float32), limit=1)

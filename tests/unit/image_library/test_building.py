"""A library built of pictures: what is kept of each, and when it is embedded anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import cv2
import numpy as np
import pytest

from image_library import Reference, add_references, build_library, building, renew_library
from riac.errors import LibraryError
from riac.interior import DISPLAY_TONES, Slab
from riac.ports import LogLikelihoods, Vectors
from riac.scan import Picture
from tests.goods_phantoms import big_bags, stacked_cartons


class CountingEmbedder:
    """Embeds by mean and spread, and counts the pictures it was shown."""

    name = "counting"
    digest = "c" * 64
    runs_on = "numpy"
    dimension = 2

    def __init__(self) -> None:
        self.shown = 0

    def embed(self, interior: Picture, *, slabs: Sequence[Slab] = ()) -> Vectors:
        self.shown += 1
        parts = [interior, *(interior[:, each.start : each.stop] for each in slabs)]
        vectors = np.array([[part.mean(), part.std()] for part in parts], np.float32)
        return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)

    def expect(self, vectors: Vectors) -> Mapping[str, LogLikelihoods]:
        del vectors
        return {}


def reference(folder: Path, name: str, picture: Picture) -> Reference:
    path = folder / name
    cv2.imwrite(str(path), np.rint(picture * 255).astype(np.uint8))
    return Reference(path, "4804" if name.startswith("bags") else "0207")


def test_what_must_be_redrawn_to_be_alike_counts_less(tmp_path: Path) -> None:
    bags = reference(tmp_path, "bags.png", big_bags(seed=1))
    library = build_library(tmp_path / "library", [bags], embedder=CountingEmbedder())
    (entry,) = library.embedded()
    lengths = np.linalg.norm(entry.wholes, axis=1)
    steps = np.arange(len(DISPLAY_TONES))
    np.testing.assert_allclose(lengths, building.OTHER_DISPLAY**steps, rtol=1e-5)
    # Slabs of a display are as long as its whole.
    assert set(np.linalg.norm(entry.slabs, axis=1).round(4)) == set(lengths.round(4))


def test_pictures_embedded_before_are_taken_over(tmp_path: Path) -> None:
    bags = reference(tmp_path, "bags.png", big_bags(seed=1))
    cartons = reference(tmp_path, "cartons.png", stacked_cartons(seed=1))
    embedder = CountingEmbedder()
    build_library(tmp_path / "library", [bags], embedder=embedder)
    add_references(tmp_path / "library", [cartons], embedder=embedder)
    assert embedder.shown == 2 * len(DISPLAY_TONES)


def test_pictures_whose_displays_counted_otherwise_are_embedded_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bags = reference(tmp_path, "bags.png", big_bags(seed=1))
    cartons = reference(tmp_path, "cartons.png", stacked_cartons(seed=1))
    embedder = CountingEmbedder()
    with monkeypatch.context() as earlier:
        earlier.setattr(building, "OTHER_DISPLAY", 1.0)
        build_library(tmp_path / "library", [bags], embedder=embedder)
    library = add_references(tmp_path / "library", [cartons], embedder=embedder)
    assert embedder.shown == 3 * len(DISPLAY_TONES)
    lengths = [np.linalg.norm(each.wholes, axis=1).round(4) for each in library.embedded()]
    np.testing.assert_array_equal(lengths[0], lengths[1])


def test_a_library_of_another_embedder_is_renewed_from_the_pictures_as_received(
    tmp_path: Path,
) -> None:
    bags = reference(tmp_path, "bags.png", big_bags(seed=1))
    folder, upgraded = tmp_path / "library", CountingEmbedder()
    before = build_library(folder, [bags], embedder=CountingEmbedder())
    bags.path.unlink()
    upgraded.digest = "d" * 64
    after = renew_library(folder, embedder=upgraded)
    assert after.embedder_digest == upgraded.digest
    assert [each.entry_id for each in after.entries] == [each.entry_id for each in before.entries]
    assert renew_library(folder, embedder=upgraded).digest == after.digest
    assert upgraded.shown == len(DISPLAY_TONES)


def test_where_nothing_is_admitted_there_is_nothing_to_renew(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="found none"):
        renew_library(tmp_path, embedder=CountingEmbedder())

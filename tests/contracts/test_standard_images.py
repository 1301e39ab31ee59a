"""What every library of standard images must do, run on the snapshot and on a plain fake."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest

from image_library.entry import EmbeddedEntry, Entry
from image_library.snapshot import open_snapshot, write_snapshot
from riac.interior import Slab
from riac.ports import LogLikelihoods, Neighbour, StandardImages, Vectors
from riac.scan import Picture

CODES = ("080510", "080550", "020230", "")
MORE_CODES = ("080510", "080510", "020230", "")
DIMENSION = 4


class AxisEmbedder:
    """An embedder by name alone: the vectors of these tests are made by hand."""

    name = "axes-1"
    digest = "a" * 64
    runs_on = "numpy"
    dimension = DIMENSION

    def embed(self, interior: Picture, *, slabs: Sequence[Slab] = ()) -> Vectors:
        del interior
        return np.eye(DIMENSION, dtype=np.float32)[: 1 + len(slabs)]

    def expect(self, vectors: Vectors) -> Mapping[str, LogLikelihoods]:
        del vectors
        return {}


class PlainLibrary:
    """Standard images in a list, searched one by one."""

    digest = "b" * 64
    embedder_digest = AxisEmbedder.digest

    def __init__(self, entries: list[EmbeddedEntry]) -> None:
        self._entries = entries

    def references(self, hs_code: str) -> int:
        codes = [each.entry.hs_code for each in self._entries]
        return sum(c.startswith(hs_code) if hs_code else not c for c in codes)

    def search(
        self,
        vectors: Vectors,
        *,
        limit: int,
        slabs: bool = False,
        per_code: int | None = None,
    ) -> list[list[Neighbour]]:
        return [
            self._few(self._nearest(vector, slabs=slabs), per_code=per_code)[:limit]
            for vector in vectors
        ]

    def _few(self, found: list[Neighbour], *, per_code: int | None) -> list[Neighbour]:
        kept: list[Neighbour] = []
        for each in found:
            same = sum(other.hs_code == each.hs_code for other in kept)
            if per_code is None or same < per_code:
                kept.append(each)
        return kept

    def _nearest(self, vector: Vectors, *, slabs: bool) -> list[Neighbour]:
        found = [
            Neighbour(
                each.entry.entry_id,
                each.entry.hs_code,
                float(max((each.slabs if slabs else each.wholes) @ vector)),
            )
            for each in self._entries
        ]
        return sorted(found, key=lambda each: -each.similarity)


def _entries(codes: Sequence[str] = CODES) -> list[EmbeddedEntry]:
    axes = np.eye(DIMENSION, dtype=np.float32)
    return [
        EmbeddedEntry(
            Entry(f"e{number}", code, f"{number:064x}", f"{number}.png"),
            wholes=axes[[number]],
            slabs=axes[[number, (number + 1) % DIMENSION]],
            thumbnail=np.full((2, 3), number, np.uint8),
        )
        for number, code in enumerate(codes)
    ]


def _snapshot(folder: Path, entries: list[EmbeddedEntry]) -> StandardImages:
    write_snapshot(folder / "snapshot", entries, embedder=AxisEmbedder())
    return open_snapshot(folder / "snapshot")


def _fake(folder: Path, entries: list[EmbeddedEntry]) -> StandardImages:
    return PlainLibrary(entries)


Make = Callable[[Path, list[EmbeddedEntry]], StandardImages]


@pytest.fixture(params=[_snapshot, _fake], ids=["snapshot", "fake"])
def make(request: pytest.FixtureRequest) -> Make:
    made: Make = request.param
    return made


@pytest.fixture
def library(make: Make, tmp_path: Path) -> StandardImages:
    return make(tmp_path, _entries())


QUERY = np.array([[0.8, 0.6, 0.0, 0.0]], np.float32)


def test_references_are_counted_by_leading_digits(library: StandardImages) -> None:
    counts = {code: library.references(code) for code in ("08", "0805", "080510", "02", "99", "")}
    assert counts == {"08": 2, "0805": 2, "080510": 1, "02": 1, "99": 0, "": 1}


def test_the_nearest_come_first_with_their_cosine(library: StandardImages) -> None:
    near = library.search(QUERY, limit=2)[0]
    assert [(each.entry_id, each.hs_code) for each in near] == [("e0", "080510"), ("e1", "080550")]
    assert [each.similarity for each in near] == pytest.approx([0.8, 0.6])


def test_every_vector_gets_its_own_answer(library: StandardImages) -> None:
    answers = library.search(np.eye(DIMENSION, dtype=np.float32), limit=1)
    assert [answer[0].entry_id for answer in answers] == ["e0", "e1", "e2", "e3"]


def test_a_limit_beyond_the_library_gives_all_of_it(library: StandardImages) -> None:
    assert len(library.search(QUERY, limit=99)[0]) == len(CODES)
    assert len(library.search(QUERY, limit=99, slabs=True)[0]) == len(CODES)


def test_slabs_count_an_entry_once_with_its_nearest(library: StandardImages) -> None:
    near = {
        each.entry_id: each.similarity for each in library.search(QUERY, limit=4, slabs=True)[0]
    }
    assert near == pytest.approx({"e0": 0.8, "e3": 0.8, "e1": 0.6, "e2": 0.0})


@pytest.mark.parametrize("slabs", [False, True])
def test_only_so_many_of_each_code_are_given(make: Make, tmp_path: Path, slabs: bool) -> None:
    library = make(tmp_path, _entries(MORE_CODES))
    near = library.search(QUERY, limit=9, per_code=1, slabs=slabs)[0]
    assert near[0].similarity == pytest.approx(0.8)
    assert sorted(each.hs_code for each in near) == ["", "020230", "080510"]
    assert [each.similarity for each in near] == sorted((e.similarity for e in near), reverse=True)
    assert len(library.search(QUERY, limit=2, per_code=1, slabs=slabs)[0]) == 2
    assert len(library.search(QUERY, limit=9, per_code=2, slabs=slabs)[0]) == 4


def test_no_vectors_give_no_answers(library: StandardImages) -> None:
    none = np.zeros((0, DIMENSION), np.float32)
    assert library.search(none, limit=3) == []
    assert library.search(none, limit=3, per_code=1, slabs=True) == []


def test_digests_are_sha256(library: StandardImages) -> None:
    assert len(library.digest) == 64
    assert library.embedder_digest == AxisEmbedder.digest

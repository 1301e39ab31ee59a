from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest

from image_library.entry import EmbeddedEntry, Entry, entry_id
from image_library.snapshot import Snapshot, open_snapshot, write_snapshot
from models import GoodsDescriptor, load_embedder, load_registry
from riac.check import CheckLimits, check
from riac.errors import LibraryError
from riac.finding import CheckVerdict
from riac.interior import cut_interior, slabs
from riac.ports import LogLikelihoods, Vectors
from riac.scan import Fault, FaultCode, Picture, Severity
from tests.goods_phantoms import big_bags, empty_container, prepared, stacked_cartons

EMBEDDER = load_embedder()
CARTONS, BAGS = "020714", "120242"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    pictures = [(CARTONS, stacked_cartons(seed=seed)) for seed in (1, 2, 3)]
    pictures += [(BAGS, big_bags(seed=seed)) for seed in (1, 2, 3)]
    pictures += [("080510", stacked_cartons(seed=9, height=0.95, width=6))]
    pictures += [("", empty_container())]
    return _library(tmp_path_factory.mktemp("library") / "snapshot", pictures)


def _library(folder: Path, pictures: Sequence[tuple[str, Picture]]) -> Snapshot:
    entries = []
    for number, (code, picture) in enumerate(pictures):
        interior = cut_interior(picture).transmission
        vectors = EMBEDDER.embed(interior, slabs=slabs(interior.shape))
        sha256 = f"{number:064x}"
        entry = Entry(entry_id(sha256=sha256, hs_code=code), code, sha256, f"{number}.png")
        entries.append(EmbeddedEntry(entry, vectors[:1], vectors[1:], np.zeros((4, 4), np.uint8)))
    write_snapshot(folder, entries, embedder=EMBEDDER)
    return open_snapshot(folder)


def test_goods_like_those_declared_are_consistent(library: Snapshot) -> None:
    found = check(prepared(big_bags(seed=7)), declared=[BAGS], embedder=EMBEDDER, library=library)
    assert found.verdict is CheckVerdict.CONSISTENT
    assert found.consistent_score is not None
    assert found.consistent_score > 0.5
    assert found.candidates[0].hs == "1202"
    assert found.declared[0].references == 3
    assert found.declared[0].nearest
    assert found.unexplained_fraction == 0.0


def test_goods_like_another_code_are_inconsistent_and_shown_where(library: Snapshot) -> None:
    picture = big_bags(seed=7)
    found = check(prepared(picture), declared=[CARTONS], embedder=EMBEDDER, library=library)
    assert found.verdict is CheckVerdict.INCONSISTENT
    assert found.consistent_score is not None
    assert found.consistent_score < 0.5
    assert found.unexplained_fraction is not None
    assert found.unexplained_fraction > 0.5
    box = found.regions[0].box_px
    rows, columns = picture.shape
    assert 10 <= box.x0 < box.x1 <= 10 + columns
    assert 5 <= box.y0 < box.y1 <= 5 + rows
    assert found.regions[0].best[0].hs == "1202"


def test_a_part_of_other_goods_is_unexplained_where_it_stands(library: Snapshot) -> None:
    picture = stacked_cartons(seed=4)
    half = picture.shape[1] // 2
    picture[:, half:] = big_bags(seed=4)[:, half:]
    found = check(prepared(picture), declared=[CARTONS], embedder=EMBEDDER, library=library)
    assert found.unexplained_fraction is not None
    assert 0.2 < found.unexplained_fraction < 0.8
    assert all(region.box_px.x0 > half - 30 for region in found.regions)
    both = check(prepared(picture), declared=[CARTONS, BAGS], embedder=EMBEDDER, library=library)
    assert both.unexplained_fraction == 0.0
    assert both.regions == ()


def test_a_code_without_references_of_its_own_is_judged_by_its_heading(library: Snapshot) -> None:
    found = check(
        prepared(stacked_cartons(seed=5)),
        declared=["02071200"],
        embedder=EMBEDDER,
        library=library,
    )
    assert found.verdict is CheckVerdict.CONSISTENT
    assert found.declared[0].hs == "02071200"
    assert found.declared[0].references == 3


@pytest.mark.parametrize("declared", [["0805"], ["5201"], [CARTONS, "5201"]])
def test_a_code_with_too_few_references_is_not_judged(
    library: Snapshot, declared: list[str]
) -> None:
    found = check(
        prepared(stacked_cartons(seed=5)), declared=declared, embedder=EMBEDDER, library=library
    )
    assert found.verdict is CheckVerdict.LIBRARY_TOO_THIN
    assert found.consistent_score is None


def test_without_a_library_a_load_is_never_consistent() -> None:
    found = check(prepared(stacked_cartons(seed=5)), declared=[CARTONS])
    assert found.verdict is CheckVerdict.LIBRARY_TOO_THIN
    assert found.empty_score is not None
    assert found.empty_score < 0.5


def test_declared_goods_and_nothing_inside_is_empty(library: Snapshot) -> None:
    found = check(
        prepared(empty_container()), declared=[CARTONS], embedder=EMBEDDER, library=library
    )
    other = check(
        prepared(big_bags(seed=1)), declared=[CARTONS], embedder=EMBEDDER, library=library
    )
    assert found.verdict is CheckVerdict.EMPTY
    assert found.consistent_score is not None
    assert other.consistent_score is not None
    # That nothing is there is surer than that it looks like something else.
    assert found.consistent_score < 0.01 <= other.consistent_score < 0.5


def test_declared_empty_is_judged_without_a_library() -> None:
    empty = check(prepared(empty_container()), declared=[], declared_empty=True)
    loaded = check(prepared(big_bags(seed=1)), declared=[], declared_empty=True)
    assert empty.verdict is CheckVerdict.CONSISTENT
    assert loaded.verdict is CheckVerdict.INCONSISTENT
    assert loaded.unexplained_fraction == 1.0


def test_goods_that_nothing_was_declared_for_are_inconsistent(library: Snapshot) -> None:
    found = check(prepared(big_bags(seed=1)), declared=[], embedder=EMBEDDER, library=library)
    assert found.verdict is CheckVerdict.INCONSISTENT
    assert found.unexplained_fraction == 1.0


def test_goods_unlike_anything_in_the_library_are_unknown(library: Snapshot) -> None:
    generator = np.random.default_rng(3)
    picture = empty_container()
    scattered = generator.random((85, picture.shape[1]), np.float32) ** 2
    picture[85:170] *= 0.15 + 0.8 * np.abs(np.sin(np.arange(85) / 3))[:, None] * scattered
    found = check(prepared(picture), declared=[BAGS], embedder=EMBEDDER, library=library)
    assert found.verdict is CheckVerdict.UNKNOWN_GOODS


def test_an_unusable_scan_is_unreadable_and_keeps_its_faults() -> None:
    fault = Fault(FaultCode.BLACK, Severity.FATAL, "nothing to see")
    found = check(prepared(big_bags(seed=1), faults=(fault,)), declared=[BAGS])
    assert found.verdict is CheckVerdict.UNREADABLE
    assert found.faults == (fault,)


def test_a_library_of_another_embedder_is_refused(library: Snapshot) -> None:
    weights = load_registry().get("goods-descriptor").weights()
    other = GoodsDescriptor(weights.replace(b'"rows": 192', b'"rows": 96'))
    with pytest.raises(LibraryError, match="riac library renew"):
        check(prepared(big_bags(seed=1)), declared=[BAGS], embedder=other, library=library)


class HopefulEmbedder:
    """Embeds as the released one does, and expects all goods to be cartons."""

    name, digest, runs_on = EMBEDDER.name, EMBEDDER.digest, EMBEDDER.runs_on
    dimension, embed = EMBEDDER.dimension, EMBEDDER.embed

    def expect(self, vectors: Vectors) -> Mapping[str, LogLikelihoods]:
        return {"0207": np.full(len(vectors), 1e3), "1202": np.zeros(len(vectors))}


def test_goods_like_none_are_unknown_whatever_is_expected(library: Snapshot) -> None:
    limits = CheckLimits(unknown_likeness=0.999)
    found = check(
        prepared(stacked_cartons(seed=7)),
        declared=[CARTONS],
        embedder=HopefulEmbedder(),
        library=library,
        limits=limits,
    )
    assert found.verdict is CheckVerdict.UNKNOWN_GOODS
    assert found.declared[0].expected > 0

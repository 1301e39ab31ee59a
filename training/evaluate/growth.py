"""How many pictures find their heading as the library of standard images grows.

Every clean picture that shows what is declared is a query once and a standard image for all
others: 3, 5 or 10 of each heading, drawn many times, then all. Pictures that may show the query's
own load or lot never answer for it: those listed as scanned again (`rescans/rescans.csv`), and
those more like it than any two pictures of different headings are like each other, by the
hand-made measures, whichever embedder is asked.
"""

from __future__ import annotations

import csv
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from image_library import Snapshot
from models import load_embedder, load_measures
from riac.errors import ScanUnreadableError
from riac.explaining import ALL, expectation, loaded_slabs, of_load
from riac.formats import read_scan
from riac.imaging import prepare
from riac.interior import interior_of
from riac.loading import Loading, judge_loading
from riac.ports import Embedder, LogLikelihoods, Vectors
from riac.scan import Picture
from training.evaluate.figure import Figure, Progress, Section, macro_figure, mean_figure
from training.evaluate.goods import MIN_QUERIES
from training.evaluate.goods_checking import GoodsPicture, build_library_of, read_goods

SIZES = (3, 5, 10)
DRAWS = 40
SEED = 20261123
LEAST_ALIKE = 0.9
"""Cosine of the hand-made measures below which no two loads are one lot, however unlike the other
headings are."""
END_TARGET = 0.92
FALSE_REFERRED = 0.96
"""Of false codes, that the packaged policy refers with the marked standard images."""
ALL_OTHERS = "all others"

Likeness = NDArray[np.float32]
Answerable = NDArray[np.bool_]
"""(queries, standard images): whether one may answer for the other."""


@dataclass(frozen=True, slots=True)
class Query:
    """One picture as it asks: how like each standard image it is."""

    picture: GoodsPicture
    whole: Likeness
    """(standard images,)."""
    slabs: Likeness
    """(loaded slabs, standard images)."""
    likely: Mapping[str, LogLikelihoods]
    """By heading, (1 + loaded slabs,)."""

    def likenesses(self, owners: NDArray[np.str_], members: NDArray[np.intp]) -> dict[str, float]:
        """Return how like each heading of those members it is, as the check has it."""
        references = Counter(owners[members].tolist())
        pictures = 1 + len(self.slabs)
        first, *others = expectation(self.likely, references, pictures=pictures)
        found = {}
        for heading in sorted(references):
            these = members[owners[members] == heading]
            whole = float(self.whole[these].max()) + first.get(heading, 0.0)
            raised = np.array([each.get(heading, 0.0) for each in others])
            pieces = self.slabs[:, these].max(axis=1) + raised
            found[heading] = of_load(whole, pieces.tolist())
        return found


def measure_growth(
    folder: Path, progress: Progress, *, embedder: Embedder | None = None
) -> Section:
    """Measure on `goods/` of a folder laid out as the protocol says.

    Args:
        folder: holds `goods/goods.csv`, and `rescans/rescans.csv` where there is one.
        progress: told of each picture.
        embedder: the released one by default.

    Raises:
        LibraryError: the list is missing, or a picture is unusable.
    """
    embedder = embedder or load_embedder()
    pictures = [each for each in read_goods(folder / "goods") if _is_clean(each)]
    progress.begin("growth", total=2 * len(pictures))
    interiors = []
    for picture in pictures:
        interiors.append(_interior(picture.path))
        progress.advance()
    kept = [index for index, each in enumerate(interiors) if each is not None]
    pictures = [pictures[index] for index in kept]
    loads = [each for each in interiors if each is not None]
    with tempfile.TemporaryDirectory() as scratch:
        library = build_library_of(Path(scratch) / "library", pictures, embedder=embedder)
        queries = []
        for picture, (interior, loading) in zip(pictures, loads, strict=True):
            queries.append(_query(picture, interior, loading, library, embedder))
            progress.advance()
        names = [each.name for each in library.entries]
    order = [names.index(each.path.name) for each in pictures]
    queries = [
        replace(each, whole=each.whole[order], slabs=each.slabs[:, order]) for each in queries
    ]
    alike = _alike([interior for interior, _ in loads], pictures)
    again = _scanned_again(folder / "rescans", pictures)
    may_answer = ~(alike | again | np.eye(len(pictures), dtype=bool))
    figures = tuple(_figures(queries, may_answer))
    rows = tuple(
        {
            "file": each.picture.path.name,
            "heading": each.picture.declared,
            "left_out": [
                pictures[index].path.name
                for index in np.flatnonzero(~may_answer[number])
                if index != number
            ],
        }
        for number, each in enumerate(queries)
    )
    return Section("growth", figures, rows)


def _figures(queries: Sequence[Query], may_answer: Answerable) -> Iterator[Figure]:
    names = [each.picture.declared for each in queries]
    owners = np.array(names)
    generator = np.random.default_rng(SEED)
    pairs = int((~may_answer).sum() - len(queries)) // 2
    for size in SIZES:
        told = [
            [
                each.likenesses(owners, drawn)
                for drawn in _draws(owners, may_answer[number], size, generator)
            ]
            for number, each in enumerate(queries)
        ]
        hits = [_found(draws, name) for draws, name in zip(told, names, strict=True)]
        library = f"{size} standard images"
        yield macro_figure(f"heading top-1, macro, {library}", hits, names, at_least=MIN_QUERIES)
        yield _referred_figure(told, names, library)
    told = [
        [each.likenesses(owners, np.flatnonzero(may_answer[number]))]
        for number, each in enumerate(queries)
    ]
    hits = [_found(draws, name) for draws, name in zip(told, names, strict=True)]
    note = f"{pairs} pairs that may show one lot are left out; the report lists them"
    yield macro_figure(
        f"heading top-1, macro, {ALL_OTHERS}",
        hits,
        names,
        at_least=MIN_QUERIES,
        target=END_TARGET,
        note=note,
    )
    yield _referred_figure(told, names, ALL_OTHERS)
    for heading in np.unique(owners):
        of_it = [hit for hit, owner in zip(hits, owners, strict=True) if owner == heading]
        yield mean_figure(f"heading {heading} top-1, {ALL_OTHERS}", of_it)


def _found(draws: Sequence[Mapping[str, float]], heading: str) -> float:
    """Return in how many of the draws a picture is most like its own heading, 0 to 1."""
    return float(np.mean([max(each, key=each.__getitem__) == heading for each in draws]))


def _referred_figure(
    told: Sequence[Sequence[Mapping[str, float]]], names: Sequence[str], library: str
) -> Figure:
    """Count the honest that lead by less than `FALSE_REFERRED` of the false codes do.

    Args:
        told: likenesses by heading, for each query and draw.
        names: headings of the queries.
        library: what was drawn.
    """
    referred = np.zeros(len(told))
    for draw in zip(*told, strict=True):
        leads = [{each: _lead(likenesses, each) for each in likenesses} for likenesses in draw]
        # One without any standard image of its heading is referred.
        honest = np.array(
            [lead.get(name, -np.inf) for lead, name in zip(leads, names, strict=True)]
        )
        false = [
            lead[each]
            for lead, name in zip(leads, names, strict=True)
            for each in lead
            if each != name
        ]
        referred += honest < (np.quantile(false, FALSE_REFERRED) if false else 0.0)
    shares = referred / max(1, len(told[0]))
    name = f"honest goods referred where {FALSE_REFERRED:.0%} of false codes are, {library}"
    return mean_figure(name, shares.tolist())


def _lead(likenesses: Mapping[str, float], declared: str) -> float:
    """How much more like the declared heading than like the best other."""
    others = (likeness for each, likeness in likenesses.items() if each != declared)
    return likenesses[declared] - max(others, default=0.0)


def _draws(
    owners: NDArray[np.str_],
    may_answer: NDArray[np.bool_],
    size: int,
    generator: np.random.Generator,
) -> Iterator[NDArray[np.intp]]:
    """Draw so many standard images of each heading, or all it has; many times."""
    for _ in range(DRAWS):
        drawn = []
        for heading in np.unique(owners):
            these = np.flatnonzero(may_answer & (owners == heading))
            drawn.append(generator.permutation(these)[:size])
        yield np.concatenate(drawn)


def _is_clean(picture: GoodsPicture) -> bool:
    return picture.seen == "as_declared" and not picture.faulty and bool(picture.declared)


def _interior(path: Path) -> tuple[Picture, Loading] | None:
    try:
        prepared = prepare(read_scan(path, name=path.name))
    except ScanUnreadableError:
        return None
    if not prepared.usable:
        return None
    interior = interior_of(prepared)
    return interior.transmission, judge_loading(interior)


def _query(
    picture: GoodsPicture,
    interior: Picture,
    loading: Loading,
    library: Snapshot,
    embedder: Embedder,
) -> Query:
    vectors = embedder.embed(interior, slabs=loaded_slabs(interior, loading))
    number = {each.entry_id: index for index, each in enumerate(library.entries)}
    return Query(
        picture,
        _likeness(library, vectors[:1], number, slabs=False)[0],
        _likeness(library, vectors[1:], number, slabs=True),
        embedder.expect(vectors),
    )


def _likeness(
    library: Snapshot, vectors: Vectors, number: dict[str, int], *, slabs: bool
) -> Likeness:
    likeness = np.zeros((len(vectors), len(number)), np.float32)
    for row, found in zip(likeness, library.search(vectors, limit=ALL, slabs=slabs), strict=True):
        for each in found:
            row[number[each.entry_id]] = each.similarity
    return likeness


def _alike(interiors: Sequence[Picture], pictures: Sequence[GoodsPicture]) -> Answerable:
    """Mark pictures of one heading more alike than any two of different headings."""
    measures = load_measures()
    vectors = np.concatenate([measures.embed(interior) for interior in interiors])
    likeness = vectors @ vectors.T
    owners = np.array([each.declared for each in pictures])
    same = owners[:, None] == owners
    bound = max(LEAST_ALIKE, float(likeness[~same].max(initial=-1.0)))
    return np.asarray(same & (likeness > bound))


def _scanned_again(folder: Path, pictures: Sequence[GoodsPicture]) -> Answerable:
    """Mark pictures of one group of `rescans.csv`."""
    groups: dict[Path, str] = {}
    listed = folder / "rescans.csv"
    if listed.is_file():
        with listed.open(newline="", encoding="utf-8-sig") as rows:
            for row in csv.DictReader(rows):
                groups[(folder / row["file"]).resolve()] = row["group"]
    of = np.array([groups.get(each.path.resolve(), "") for each in pictures])
    return np.asarray((of[:, None] == of) & (of != "")[None])

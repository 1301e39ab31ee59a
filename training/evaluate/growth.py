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
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from models import load_embedder, load_measures
from riac.errors import ScanUnreadableError
from riac.formats import read_scan
from riac.imaging import prepare
from riac.ports import Embedder
from training.evaluate.figure import Figure, Progress, Section, macro_figure, mean_figure
from training.evaluate.goods import MIN_QUERIES
from training.evaluate.goods_checking import GoodsPicture, build_library_of, read_goods
from training.evaluate.likenesses import Asking, Query, asking, draws, found_in, queries

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

Answerable = NDArray[np.bool_]
"""(queries, standard images): whether one may answer for the other."""


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
    loads: list[Asking] = []
    kept = []
    for picture in pictures:
        if (found := _asking(picture)) is not None:
            loads.append(found)
            kept.append(picture)
        progress.advance()
    with tempfile.TemporaryDirectory() as scratch:
        library = build_library_of(Path(scratch) / "library", kept, embedder=embedder)
        asked = []
        for query in queries(loads, library, embedder=embedder):
            asked.append(query)
            progress.advance()
    alike = _alike(loads)
    again = _scanned_again(folder / "rescans", kept)
    may_answer = ~(alike | again | np.eye(len(loads), dtype=bool))
    figures = tuple(_figures(asked, may_answer))
    rows = tuple(
        {
            "file": each.name,
            "heading": each.heading,
            "left_out": [
                loads[index].name
                for index in np.flatnonzero(~may_answer[number])
                if index != number
            ],
        }
        for number, each in enumerate(asked)
    )
    return Section("growth", figures, rows)


def _figures(asked: Sequence[Query], may_answer: Answerable) -> Iterator[Figure]:
    names = [each.heading for each in asked]
    owners = np.array(names)
    generator = np.random.default_rng(SEED)
    pairs = int((~may_answer).sum() - len(asked)) // 2
    for size in SIZES:
        told = [
            [
                each.likenesses(owners, drawn)
                for drawn in draws(
                    owners, may_answer[number], size, times=DRAWS, generator=generator
                )
            ]
            for number, each in enumerate(asked)
        ]
        hits = [found_in(drawn, name) for drawn, name in zip(told, names, strict=True)]
        library = f"{size} standard images"
        yield macro_figure(f"heading top-1, macro, {library}", hits, names, at_least=MIN_QUERIES)
        yield _referred_figure(told, names, library)
    told = [
        [each.likenesses(owners, np.flatnonzero(may_answer[number]))]
        for number, each in enumerate(asked)
    ]
    hits = [found_in(drawn, name) for drawn, name in zip(told, names, strict=True)]
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


def _is_clean(picture: GoodsPicture) -> bool:
    return picture.seen == "as_declared" and not picture.faulty and bool(picture.declared)


def _asking(picture: GoodsPicture) -> Asking | None:
    try:
        prepared = prepare(read_scan(picture.path, name=picture.path.name))
    except ScanUnreadableError:
        return None
    if not prepared.usable:
        return None
    return asking(prepared, name=picture.path.name, heading=picture.declared)


def _alike(loads: Sequence[Asking]) -> Answerable:
    """Mark pictures of one heading more alike than any two of different headings."""
    measures = load_measures()
    vectors = np.concatenate([measures.embed(each.interior) for each in loads])
    likeness = vectors @ vectors.T
    owners = np.array([each.heading for each in loads])
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

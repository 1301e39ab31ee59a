"""How like every heading a picture is, whichever standard images of a library are drawn.

All pictures are standard images of one library; who asks is compared with all of them once, and
answered by those that are drawn, as the check would be by a library of these alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from image_library import Snapshot
from riac.explaining import ALL, expectation, loaded_slabs, of_load
from riac.imaging.frame import PreparedScan
from riac.interior import interior_of
from riac.loading import Loading, judge_loading
from riac.ports import Embedder, LogLikelihoods, Vectors
from riac.scan import Picture

Likeness = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Query:
    """One picture as it asks: how like each standard image it is."""

    name: str
    """Of its file."""
    heading: str
    whole: Likeness
    """(standard images,)."""
    slabs: Likeness
    """(loaded slabs, standard images)."""
    likely: Mapping[str, LogLikelihoods]
    """By heading, (1 + loaded slabs,)."""

    def likenesses(self, owners: NDArray[np.str_], members: NDArray[np.intp]) -> dict[str, float]:
        """Return how like each heading of those members it is, as the check has it.

        Args:
            owners: (standard images,) the heading of each.
            members: which of them answer.
        """
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


@dataclass(frozen=True, slots=True)
class Asking:
    """One picture that asks, before it is compared."""

    name: str
    heading: str
    interior: Picture
    """(rows, columns) float32, transmission."""
    loading: Loading


def asking(prepared: PreparedScan, *, name: str, heading: str) -> Asking:
    """Take a usable scan to ask."""
    interior = interior_of(prepared)
    return Asking(name, heading, interior.transmission, judge_loading(interior))


def queries(those: Sequence[Asking], library: Snapshot, *, embedder: Embedder) -> Iterator[Query]:
    """Compare each with every standard image.

    Args:
        those: the pictures, each of which is a standard image too, under its name.
        library: of all of them, in any order.
        embedder: of the library.

    Yields:
        One query for each, its standard images in the order of `those`.
    """
    number = {each.entry_id: index for index, each in enumerate(library.entries)}
    names = [each.name for each in library.entries]
    order = np.array([names.index(each.name) for each in those])
    for each in those:
        slabs = loaded_slabs(each.interior, each.loading)
        vectors = embedder.embed(each.interior, slabs=slabs)
        yield Query(
            each.name,
            each.heading,
            _likeness(library, vectors[:1], number, slabs=False)[0, order],
            _likeness(library, vectors[1:], number, slabs=True)[:, order],
            embedder.expect(vectors),
        )


def _likeness(
    library: Snapshot, vectors: Vectors, number: Mapping[str, int], *, slabs: bool
) -> Likeness:
    likeness = np.zeros((len(vectors), len(number)), np.float32)
    for row, found in zip(likeness, library.search(vectors, limit=ALL, slabs=slabs), strict=True):
        for each in found:
            row[number[each.entry_id]] = each.similarity
    return likeness


def draws(
    owners: NDArray[np.str_],
    may_answer: NDArray[np.bool_],
    size: int,
    *,
    times: int,
    generator: np.random.Generator,
) -> Iterator[NDArray[np.intp]]:
    """Draw so many standard images of each heading, or all it has; many times."""
    headings = np.unique(owners)
    for _ in range(times):
        drawn = []
        for heading in headings:
            these = np.flatnonzero(may_answer & (owners == heading))
            drawn.append(generator.permutation(these)[:size])
        yield np.concatenate(drawn)


def found_in(told: Sequence[Mapping[str, float]], heading: str) -> float:
    """Return in how many of the draws a picture is most like its own heading, 0 to 1."""
    return float(np.mean([max(each, key=each.__getitem__) == heading for each in told]))

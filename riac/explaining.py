"""What the library says of the goods in one interior: evidence for each code, slab by slab."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from riac.errors import LibraryError
from riac.finding import CodeScore
from riac.interior import Interior, Slab, slabs
from riac.loading import Loading
from riac.ports import Embedder, LogLikelihoods, Neighbour, StandardImages
from riac.scan import Picture
from riac.tariff import chapter, heading

MIN_LOADED_FRACTION = 0.3
"""Of a slab's columns: with less, its neighbours' ends decide what it looks like."""
SLABS_SHARE = 0.75
"""Weight of the slabs in a code's score; 0.5 to 0.9 order real headings about as well."""
NEAREST_SHOWN = 3
EXPECTED_WEIGHT, EXPECTED_FOR = 0.06, 3
"""Likeness a nat is worth that goods of a heading are the likelier to look so, without standard
images; with n of them 3 / (n + 3) of it: three count as much as the expectation. Half of it, or
another fall with n, finds about as many real crops (`docs/attempts.md`)."""
EXPECTED_LAPSE = 0.02
"""Of loads, that are stowed as nothing expects: no heading is ruled out."""
ALL = 1_000_000


def of_load(whole: float, pieces: Sequence[float]) -> float:
    """Join the likeness of a whole interior with those of its slabs in which goods stand."""
    slabs = float(np.mean(pieces)) if pieces else whole
    return SLABS_SHARE * slabs + (1 - SLABS_SHARE) * whole


@dataclass(frozen=True, slots=True)
class Nearest:
    """The nearest standard images of one picture, a few of each code."""

    neighbours: tuple[Neighbour, ...]
    """Best first."""
    likeness: Mapping[str, float]
    """Of the nearest entry, by leading digits: every code, heading and chapter there is."""
    raised: Mapping[str, float]
    """The same, more where goods of the entry's heading are expected to look so, less where not."""

    @classmethod
    def of(
        cls, neighbours: Iterable[Neighbour], *, expected: Mapping[str, float] | None = None
    ) -> Nearest:
        """Take the neighbours that show goods, best first, and what is expected of headings."""
        kept = tuple(each for each in neighbours if each.hs_code)
        likeness: dict[str, float] = {}
        raised: dict[str, float] = {}
        raises = expected or {}
        for each in kept:
            told = each.similarity + raises.get(heading(each.hs_code), 0.0)
            for digits in range(2, len(each.hs_code) + 1, 2):
                prefix = each.hs_code[:digits]
                likeness.setdefault(prefix, each.similarity)
                raised[prefix] = max(told, raised.get(prefix, told))
        return cls(kept, likeness, raised)

    def best(self, prefixes: Iterable[str], *, expecting: bool = True) -> float:
        """Return the likeness of the nearest entry under any of the prefixes, 0 without one.

        Args:
            prefixes: leading digits of codes.
            expecting: raised by what is expected of headings.
        """
        likeness = self.raised if expecting else self.likeness
        return max((likeness.get(each, 0.0) for each in prefixes), default=0.0)


@dataclass(frozen=True, slots=True)
class SlabEvidence:
    """One slab in which goods stand, and the nearest standard images of it."""

    slab: Slab
    near: Nearest


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the standard images say of one interior."""

    whole: Nearest
    slabs: tuple[SlabEvidence, ...]
    references: Mapping[str, int]
    """How many standard images each heading has."""

    def likeness(self, *prefixes: str, expecting: bool = True) -> float:
        """How like the goods are to the entries whose code starts so; above 1 where expected.

        Mostly the slabs' best likenesses, which forgive a half-empty load, and the whole
        interior's, which sees the stowage. Several prefixes explain a mixed load together.
        Expecting serves to choose between headings; without, it says how like they are at all.
        """
        whole = self.whole.best(prefixes, expecting=expecting)
        pieces = [each.near.best(prefixes, expecting=expecting) for each in self.slabs]
        return of_load(whole, pieces)

    def headings(self) -> tuple[str, ...]:
        """List the headings in the library, sorted."""
        return tuple(sorted(self.references))

    def ranked(self) -> tuple[CodeScore, ...]:
        """Score every heading in the library, best first."""
        order = sorted(self.references, key=lambda each: (-self.likeness(each), each))
        return tuple(code_score(self, each, references=self.references[each]) for each in order)


def gather_evidence(
    interior: Interior, loading: Loading, *, embedder: Embedder, library: StandardImages
) -> Evidence:
    """Search the library for an interior and for those of its slabs in which goods stand.

    Raises:
        LibraryError: the library was made with another embedder.
        ModelError: the embedder cannot be run.
    """
    refuse_other_embedder(library, embedder)
    picture = interior.transmission
    pieces = loaded_slabs(picture, loading)
    vectors = embedder.embed(picture, slabs=pieces)
    near = [
        *library.search(vectors[:1], limit=ALL, per_code=NEAREST_SHOWN),
        *library.search(vectors[1:], limit=ALL, per_code=NEAREST_SHOWN, slabs=True),
    ]
    headings = {heading(each.hs_code) for each in near[0] if each.hs_code}
    references = {each: library.references(each) for each in sorted(headings)}
    expected = expectation(embedder.expect(vectors), references, pictures=len(vectors))
    whole, *found = (Nearest.of(n, expected=e) for n, e in zip(near, expected, strict=True))
    return Evidence(
        whole=whole,
        slabs=tuple(SlabEvidence(slab, each) for slab, each in zip(pieces, found, strict=True)),
        references=references,
    )


def expectation(
    likely: Mapping[str, LogLikelihoods], references: Mapping[str, int], *, pictures: int
) -> list[dict[str, float]]:
    """Say by how much likeness to a heading is raised, as its goods are expected to look so.

    A few standard images show a few ways of stowing goods. The more a heading has, the less is
    left to expectation; one that nothing is known of is neither favoured nor held back.

    Args:
        likely: by heading, (pictures,): as `Embedder.expect` returns it.
        references: standard images, by heading.
        pictures: how many.

    Returns:
        For each picture, by heading: above 0 where it looks more so than the mean of all
        headings of the library of which something is known. Between two headings it is worth at
        most `EXPECTED_WEIGHT` times the logarithm of their number / `EXPECTED_LAPSE`.
    """
    known = [each for each in references if each in likely]
    if not known:
        return [{} for _ in range(pictures)]
    stacked = np.stack([likely[each] for each in known], axis=1)
    share = np.exp(stacked - stacked.max(axis=1, keepdims=True))
    share /= share.sum(axis=1, keepdims=True)
    told = np.log((1 - EXPECTED_LAPSE) * share + EXPECTED_LAPSE / len(known))
    counts = np.array([references[each] for each in known])
    weight = EXPECTED_WEIGHT * EXPECTED_FOR / (counts + EXPECTED_FOR)
    raised = (told - told.mean(axis=1, keepdims=True)) * weight
    return [dict(zip(known, row.tolist(), strict=True)) for row in raised]


def loaded_slabs(interior: Picture, loading: Loading) -> tuple[Slab, ...]:
    """List the slabs of an interior in which goods stand."""
    rows, columns = interior.shape
    return tuple(
        slab
        for slab in slabs((rows, columns))
        if loading.loaded_columns[slab.start : slab.stop].mean() >= MIN_LOADED_FRACTION
    )


def refuse_other_embedder(library: StandardImages, embedder: Embedder) -> None:
    """Refuse to compare vectors of two embedders.

    Raises:
        LibraryError: the library was made with another embedder.
    """
    if embedder.digest != library.embedder_digest:
        raise LibraryError(
            f"the library was made with embedder {library.embedder_digest[:12]}, "
            f"in use is {embedder.name} ({embedder.digest[:12]}): renew it (riac library renew)"
        )


def code_score(
    evidence: Evidence, prefix: str, *, references: int, hs: str | None = None
) -> CodeScore:
    """Score the entries of a code, with its nearest; `hs` is the code to name, if another."""
    near = (each for each in evidence.whole.neighbours if each.hs_code.startswith(prefix))
    score, seen = (
        float(np.clip(evidence.likeness(prefix, expecting=expecting), 0.0, 1.0))
        for expecting in (True, False)
    )
    return CodeScore(
        hs=prefix if hs is None else hs,
        score=score,
        expected=score - seen,
        references=references,
        nearest=tuple(each.entry_id for each in itertools.islice(near, NEAREST_SHOWN)),
    )


def evidence_level(hs_code: str, *, library: StandardImages, at_least: int) -> str | None:
    """Find the digits to judge a code by: six, the heading or the chapter, whichever first has
    enough standard images; None when even the chapter has too few.
    """
    levels = dict.fromkeys((hs_code[:6], heading(hs_code), chapter(hs_code)))
    return next((each for each in levels if library.references(each) >= at_least), None)


def outside(headings: Iterable[str], prefixes: Sequence[str]) -> tuple[str, ...]:
    """List the headings that none of the prefixes (of 2, 4 or 6 digits) belongs to or covers.

    Subheadings of one heading are not held against each other: their goods differ in what no
    transmission picture shows.
    """
    return tuple(h for h in headings if not any(h.startswith(p[:4]) for p in prefixes))

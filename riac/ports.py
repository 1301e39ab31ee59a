"""Every port of the system. Adapters live elsewhere; `serve.wiring` joins them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from riac.interior import Slab
from riac.scan import Picture

if TYPE_CHECKING:
    from riac.imaging.frame import PreparedScan, Quad

Vectors = NDArray[np.float32]
"""(N, D) float32, each row of unit length."""
LogLikelihoods = NDArray[np.float64]
"""(N,) float64, nats, up to a constant of each picture that all headings share."""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A standard image near a query."""

    entry_id: str
    hs_code: str
    """Digits only; empty for a reference of an empty container."""
    similarity: float
    """Cosine, -1 to 1."""


class FittedModel(Protocol):
    """What everything that was fitted says of itself; decisions record it."""

    @property
    def name(self) -> str:
        """Name and version, as the registry has it."""
        ...

    @property
    def digest(self) -> str:
        """SHA-256 of what decides its answers: weights, or a definition."""
        ...

    @property
    def runs_on(self) -> str:
        """What computes it, as it states itself."""
        ...


class Embedder(FittedModel, Protocol):
    """Turns pictures of goods into vectors whose nearness means likeness of goods."""

    @property
    def dimension(self) -> int:
        """D of the vectors."""
        ...

    def embed(self, interior: Picture, *, slabs: Sequence[Slab] = ()) -> Vectors:
        """Embed a rectified interior and slabs of it, in one pass where the model can.

        Args:
            interior: (rows, columns) float32, transmission, 0 to 1, of any size.
            slabs: full-height slices of it, in its columns.

        Returns:
            (1 + slabs, D) float32, unit rows: the whole, then each slab.

        Raises:
            ModelError: the model cannot be run.
        """
        ...

    def expect(self, vectors: Vectors) -> Mapping[str, LogLikelihoods]:
        """Say how likely goods of each heading that it knows are to look so.

        Args:
            vectors: as `embed` returns them: the whole, then slabs.

        Returns:
            By heading, one for each vector; none of headings it knows nothing of.
        """
        ...


class LoadRecogniser(FittedModel, Protocol):
    """Turns pictures into vectors that tell one load from all others, even of the same goods."""

    def load(self, interior: Picture) -> Vectors:
        """Return the vector of a load: (1, D) float32, unit.

        Args:
            interior: (rows, columns) float32, transmission, 0 to 1, of any size.

        Raises:
            ModelError: the model cannot be run.
        """
        ...


@dataclass(frozen=True, slots=True)
class LoadVector:
    """By what a load is found again."""

    vector: Vectors
    """(1, D) float32, unit."""
    model: str
    """Digest of the recogniser that made it."""


class EntryScans(Protocol):
    """Entry scans of other containers, numbered from 0, by the vectors of their loads."""

    def vectors(self, *, model: str) -> Vectors:
        """Return one row for each: (N, D) float32, unit.

        Args:
            model: digest of the recogniser that made them.

        Raises:
            StorageError: they cannot be had now.
        """
        ...

    def name(self, number: int) -> str:
        """Say whose it is."""
        ...

    def prepared(self, number: int) -> PreparedScan | None:
        """Return the scan; None where it cannot be used any more. Raises StorageError."""
        ...


@dataclass(frozen=True, slots=True)
class Fit:
    """What it took to lay exit over entry. Any two loads can be bent until they are alike."""

    cost: float
    """Of the warp along the container, noise units."""
    turned_cost: float
    """The same had the exit picture been turned around: what a load that is not there costs."""
    along: Picture
    """(H, W) float32, pixels of entry along the container by which exit was displaced."""
    across: Picture
    """(H, W) float32, pixels of height by which it was displaced."""
    moved: Picture
    """(H, W) float32, 0 or more: pixels along the container by which goods moved within it."""


@dataclass(frozen=True, slots=True)
class AlignedPair:
    """One view at entry and at exit, laid over each other; (H, W) float32 unless said otherwise."""

    before: Picture
    """Transmission, 0 to 1: entry, as the exit's scanner would show it."""
    after: Picture
    """Transmission, 0 to 1: exit."""
    difference: Picture
    """Exit less entry, in standard deviations of noise."""
    weight: Picture
    """1 / variance of the difference, in the same unit, 0 to 1; 0 where nothing can be said."""
    fit: Fit


@dataclass(frozen=True, slots=True)
class ChangeJudgement:
    """What a network says of a pair."""

    probability: Picture
    """(H, W) float32, 0 to 1, not calibrated: that a pixel shows a change by people's hands."""
    score: float
    """0 (the same load) to 1 (tampered with), not calibrated."""


class ChangeDetector(FittedModel, Protocol):
    """Tells what people changed from what roads and scanners changed."""

    def likeness(self, entry: Picture, exit_: Picture) -> float:
        """Return how alike two interiors are as they are, before one was laid over the other.

        Args:
            entry: (rows, columns) float32, transmission, 0 to 1.
            exit_: the same of another size, turned around where it was driven the other way.

        Returns:
            -1 to 1; nan where it does not judge by it.

        Raises:
            ModelError: the network cannot be run.
        """
        ...

    def judge(self, pair: AlignedPair, *, strength: float, likeness: float) -> ChangeJudgement:
        """Judge one view.

        Args:
            pair: laid over each other.
            strength: of the evidence found without a network, as `riac.compare` measures it.
            likeness: of both interiors.

        Raises:
            ModelError: the network cannot be run.
        """
        ...


class NoveltyDetector(FittedModel, Protocol):
    """Tells pictures unlike all that the models were fitted on: of those, models abstain."""

    def novelty(self, container: Picture, *, cropped: bool = False) -> float:
        """Return how unlike it is: 0, as all; above 1, unlike them.

        Args:
            container: (rows, columns) float32, transmission, 0 to 1, the container frame.
            cropped: the picture was cropped to its container by hand.

        Raises:
            ModelError: the picture is empty, or holds no numbers.
        """
        ...


@dataclass(frozen=True, slots=True)
class NormalisationReading:
    """Whether rows of a picture were divided by too little air."""

    probability: float
    """Of that, 0 to 1."""
    rows: NDArray[np.float32]
    """(H,) 0 to 1, of the gain stepping into each row."""


class NormalisationChecker(FittedModel, Protocol):
    """Tells whether something stood in the beam while air was measured."""

    def check(self, transmission: Picture) -> NormalisationReading:
        """Check one picture of a whole vehicle.

        Args:
            transmission: (H, W) float32, 0 to 1, upright, air bright, repaired.

        Raises:
            ModelError: the network cannot be run.
        """
        ...


@dataclass(frozen=True, slots=True)
class PictureChecks:
    """The models that say whether a picture can be trusted; where one is missing nobody asks."""

    novelty: NoveltyDetector | None = None
    normalisation: NormalisationChecker | None = None

    @property
    def models(self) -> tuple[FittedModel, ...]:
        """Those there are."""
        return tuple(each for each in (self.novelty, self.normalisation) if each is not None)


@dataclass(frozen=True, slots=True)
class EdgeReading:
    """Where the edges of a container truly lie: left, top, right, bottom."""

    outward: NDArray[np.float64]
    """(4,) how far outward of the quad that was found, of the container's height."""
    deviation: NDArray[np.float64]
    """(4,) 0 or more, in the same unit: how unsure that is."""


class EdgeReader(FittedModel, Protocol):
    """Says where exactly the edges lie of a container that was found without it."""

    def read(self, transmission: Picture, quad: Quad) -> EdgeReading:
        """Say where the edges lie.

        Args:
            transmission: (H, W) float32, 0 to 1, upright, air bright.
            quad: (4, 2) float64 of the container as it was found, pixels of the picture.

        Raises:
            ModelError: the network cannot be run.
        """
        ...


class StandardImages(Protocol):
    """A searchable, immutable snapshot of the library of standard images."""

    @property
    def digest(self) -> str:
        """SHA-256 of the snapshot's manifest; decisions record it."""
        ...

    @property
    def embedder_digest(self) -> str:
        """Digest of the embedder the vectors were made with."""
        ...

    def references(self, hs_code: str) -> int:
        """Count the entries whose code starts with these digits ("" = empty containers)."""
        ...

    def search(
        self,
        vectors: Vectors,
        *,
        limit: int,
        slabs: bool = False,
        per_code: int | None = None,
    ) -> list[list[Neighbour]]:
        """Find the nearest entries of each vector, best first; each entry at most once.

        Args:
            vectors: of whole interiors, or of full-height slabs of one.
            limit: at most so many entries for each vector.
            slabs: search the entries' slabs (an entry counts with its nearest one).
            per_code: at most so many entries of each code; without, of any.
        """
        ...


class ObjectStore(Protocol):
    """Keeps bytes as received, by key. Writing the same key with the same bytes is no error."""

    def put(self, key: str, content: bytes) -> None:
        """Store durably. Raises StorageError."""
        ...

    def get(self, key: str) -> bytes:
        """Return the bytes. Raises NotFoundError, StorageError."""
        ...

    def exists(self, key: str) -> bool:
        """Say whether the key is stored."""
        ...

    def keys(self, prefix: str = "") -> list[str]:
        """List keys with the prefix, sorted."""
        ...

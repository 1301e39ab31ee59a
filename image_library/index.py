"""Exact nearest-neighbour search by inner product (FAISS)."""

from __future__ import annotations

from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from riac.errors import LibraryError
from riac.ports import Vectors


class VectorIndex:
    """A flat index: exact, and quick enough for the hundreds of thousands of a library."""

    def __init__(self, index: Any) -> None:
        self._index = index

    @classmethod
    def of(cls, vectors: Vectors) -> VectorIndex:
        """Index (N, D) float32 rows, none longer than 1."""
        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(np.ascontiguousarray(vectors, np.float32))
        return cls(index)

    @classmethod
    def from_bytes(cls, content: bytes, *, source: str) -> VectorIndex:
        """Read an index written by `to_bytes`; the caller has verified its digest.

        Raises:
            LibraryError: the bytes are no index.
        """
        try:
            return cls(faiss.deserialize_index(np.frombuffer(content, np.uint8)))
        except RuntimeError as error:
            raise LibraryError(f"{source}: not a FAISS index: {error}") from error

    def to_bytes(self) -> bytes:
        """Serialise; equal vectors give equal bytes."""
        return bytes(faiss.serialize_index(self._index).tobytes())

    @property
    def count(self) -> int:
        """Number of vectors."""
        return int(self._index.ntotal)

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return int(self._index.d)

    def vectors(self) -> Vectors:
        """Return a copy of all vectors: (N, D) float32."""
        return self._stored().copy()

    def similarities(self, vectors: Vectors) -> Vectors:
        """Return the similarity of each of (Q, D) vectors to every row: (Q, N) float32.

        Raises:
            LibraryError: the vectors have another length than the index.
        """
        self._refuse_other_length(vectors)
        return np.asarray(vectors @ self._stored().T, np.float32)

    def search(self, vectors: Vectors, *, limit: int) -> tuple[Vectors, NDArray[np.int64]]:
        """Find the nearest rows of each of (Q, D) vectors.

        Returns:
            similarities (Q, K) float32 and row numbers (Q, K), best first, K <= limit.

        Raises:
            LibraryError: the vectors have another length than the index.
        """
        self._refuse_other_length(vectors)
        count = min(limit, self.count)
        if count <= 0 or len(vectors) == 0:
            empty = (len(vectors), 0)
            return np.zeros(empty, np.float32), np.zeros(empty, np.int64)
        similarities, rows = self._index.search(np.ascontiguousarray(vectors, np.float32), count)
        return similarities, rows

    def _stored(self) -> Vectors:
        """View the index's own memory: not to be handed out, for it dies with the index."""
        stored = faiss.rev_swig_ptr(self._index.get_xb(), self.count * self.dimension)
        return np.asarray(stored, np.float32).reshape(self.count, self.dimension)

    def _refuse_other_length(self, vectors: Vectors) -> None:
        if vectors.ndim != 2 or vectors.shape[1] != self.dimension:
            raise LibraryError(
                f"expected vectors of shape (N, {self.dimension}), got {vectors.shape}"
            )

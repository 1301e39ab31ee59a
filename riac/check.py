"""A scan against its declared codes."""

from __future__ import annotations

from collections.abc import Sequence

from riac.finding import Check
from riac.imaging.frame import PreparedScan
from riac.ports import Embedder, StandardImages


def check(
    scan: PreparedScan,
    *,
    declared: Sequence[str],
    declared_empty: bool = False,
    embedder: Embedder | None = None,
    library: StandardImages | None = None,
) -> Check:
    """Check a prepared scan; without embedder and library only empty or loaded is judged."""
    raise NotImplementedError

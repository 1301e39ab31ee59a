"""The single path from a scan to a decision; worker, command line and evaluation all take it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from riac.check import check
from riac.compare import compare
from riac.decision import Decision, PassageRole
from riac.declaration import Declaration
from riac.finding import Check, Comparison
from riac.formats import read_scan
from riac.imaging import prepare
from riac.imaging.frame import PreparedScan
from riac.policy import Policy
from riac.ports import Embedder, StandardImages
from riac.scan import Fault


@dataclass(frozen=True, slots=True)
class Passage:
    """What is known of one container passage when it is judged."""

    role: PassageRole
    site: str
    container_number: str
    declaration: Declaration | None
    scan: PreparedScan | None
    """None when the picture could not be read; `scan_faults` say why."""
    scan_sha256: str
    scan_faults: tuple[Fault, ...] = ()
    entry_scan: PreparedScan | None = None
    entry_scan_sha256: str | None = None
    """None when there is no entry scan at all."""
    entry_scan_faults: tuple[Fault, ...] = ()
    seals: tuple[str, ...] = ()
    entry_seals: tuple[str, ...] = ()
    gross_mass_kg: float | None = None
    entry_gross_mass_kg: float | None = None
    declaration_sha256: str | None = None
    replay_of: tuple[str, ...] = ()
    """Other passages at which the very same bytes were presented."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """A decision and the evidence it stands on."""

    decision: Decision
    comparison: Comparison | None
    check: Check | None


class Pipeline:
    """Reads, compares, checks and decides with one policy, one library and one embedder."""

    def __init__(
        self,
        *,
        policy: Policy,
        embedder: Embedder | None = None,
        library: StandardImages | None = None,
        code_digest: str = "",
    ) -> None:
        self._policy = policy
        self._embedder = embedder
        self._library = library
        self._code_digest = code_digest

    def prepare(self, source: bytes | Path, *, name: str | None = None) -> PreparedScan:
        """Read a scan, assess it, find and rectify its containers.

        Raises:
            ScanUnreadableError: the bytes are no scan.
        """
        return prepare(read_scan(source, name=name))

    def compare(self, entry: PreparedScan, exit_: PreparedScan) -> Comparison:
        """Compare entry with exit."""
        return compare(entry, exit_)

    def check(
        self, scan: PreparedScan, *, declared: Sequence[str], declared_empty: bool = False
    ) -> Check:
        """Check a scan against its declared codes; no codes and not empty = nothing declared."""
        return check(
            scan,
            declared=declared,
            declared_empty=declared_empty,
            embedder=self._embedder,
            library=self._library,
        )

    def judge(self, passage: Passage) -> Judgement:
        """Gather the evidence of a passage and decide.

        Errors of the analysis are the caller's to turn into `analysis_failed`: they must not
        pass for evidence.
        """
        raise NotImplementedError

"""The single path from a scan to a decision; worker, command line and evaluation all take it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from riac.check import check
from riac.compare import compare
from riac.decision import Decision, DecisionDigests
from riac.finding import Check, Comparison
from riac.formats import read_scan
from riac.imaging import prepare
from riac.imaging.frame import PreparedScan
from riac.passage import Passage
from riac.policy import Evidence, Policy, decide
from riac.ports import ChangeDetector, Embedder, NoveltyDetector, StandardImages

__all__ = ["Judgement", "Passage", "Pipeline"]


@dataclass(frozen=True, slots=True)
class Judgement:
    """A decision and the evidence it stands on."""

    decision: Decision
    comparison: Comparison | None
    check: Check | None


class Pipeline:
    """Reads, compares, checks and decides with one policy, one library and one set of models."""

    def __init__(
        self,
        *,
        policy: Policy,
        embedder: Embedder | None = None,
        detector: ChangeDetector | None = None,
        novelty: NoveltyDetector | None = None,
        library: StandardImages | None = None,
        code_digest: str = "",
    ) -> None:
        self._policy = policy
        self._embedder = embedder
        self._detector = detector
        self._novelty = novelty
        self._library = library
        self._code_digest = code_digest

    @property
    def policy(self) -> Policy:
        """The policy in force."""
        return self._policy

    def prepare(self, source: bytes | Path, *, name: str | None = None) -> PreparedScan:
        """Read a scan, assess it, find and rectify its containers.

        Raises:
            ScanUnreadableError: the bytes are no scan.
            ModelError: the novelty detector cannot be run.
        """
        return prepare(read_scan(source, name=name), novelty=self._novelty)

    def compare(self, entry: PreparedScan, exit_: PreparedScan) -> Comparison:
        """Compare entry with exit."""
        return compare(entry, exit_, detector=self._detector)

    def check(
        self, scan: PreparedScan, *, declared: Sequence[str], declared_empty: bool = False
    ) -> Check:
        """Check a scan against its declared codes."""
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
        comparison = self._comparison(passage)
        finding = self._check(passage)
        decision = decide(
            Evidence(passage=passage, comparison=comparison, check=finding),
            policy=self._policy,
            digests=self.digests(passage),
        )
        return Judgement(decision=decision, comparison=comparison, check=finding)

    def digests(self, passage: Passage) -> DecisionDigests:
        """Name everything a decision on this passage is made from and with."""
        inputs = {
            "scan": passage.scan_sha256,
            "entry_scan": passage.entry_scan_sha256,
            "declaration": passage.declaration_sha256,
        }
        return DecisionDigests(
            inputs={name: digest for name, digest in inputs.items() if digest},
            code=self._code_digest,
            models={
                model.name: model.digest
                for model in (self._embedder, self._detector, self._novelty)
                if model
            },
            policy=self._policy.digest,
            library=self._library.digest if self._library else "",
        )

    def _comparison(self, passage: Passage) -> Comparison | None:
        if not passage.compares:
            return None
        assert passage.scan is not None
        assert passage.entry_scan is not None
        return self.compare(passage.entry_scan, passage.scan)

    def _check(self, passage: Passage) -> Check | None:
        if passage.declaration is None or passage.scan is None or not passage.scan.usable:
            return None
        return self.check(
            passage.scan,
            declared=() if passage.declared_empty else passage.declared_codes,
            declared_empty=passage.declared_empty,
        )

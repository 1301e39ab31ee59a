"""The pipeline as it runs in the service: with the policy, and the snapshot in use right now."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path
from threading import Lock

import image_library
import models
import riac
from image_library import Snapshot, open_library
from models import load_checks, load_detector, load_embedder, load_recogniser
from riac.compare import warm_up as warm_up_comparison
from riac.decision import DecisionDigests
from riac.errors import LibraryError
from riac.imaging.frame import PreparedScan
from riac.passage import Passage
from riac.pipeline import Judgement, Pipeline
from riac.policy import Policy, load_policy
from riac.ports import (
    ChangeDetector,
    Embedder,
    EntryScans,
    FittedModel,
    LoadRecogniser,
    LoadVector,
    PictureChecks,
)
from serve.settings import Settings

_PACKAGES = (riac, models, image_library)


class LibraryInUse:
    """The snapshot a library folder names, opened again when it names another one."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._lock = Lock()
        self._named = ""
        self._open: Snapshot | None = None

    def __call__(self) -> Snapshot | None:
        """Return the snapshot; None without a library.

        Raises:
            LibraryError: the folder holds no snapshot, or a damaged one.
        """
        if self._folder is None:
            return None
        with self._lock:
            named = _named_in(self._folder)
            if self._open is None or named != self._named:
                self._open, self._named = open_library(self._folder), named
            return self._open


def _named_in(folder: Path) -> str:
    pointer = folder / "current"
    return pointer.read_text(encoding="ascii") if pointer.is_file() else ""


class ServiceAnalysis:
    """Reads and judges as `riac.pipeline.Pipeline` does; safe for threads."""

    def __init__(
        self,
        *,
        policy: Policy,
        embedder: Embedder,
        detector: ChangeDetector,
        checks: PictureChecks,
        recogniser: LoadRecogniser,
        library: LibraryInUse,
        code_digest: str,
    ) -> None:
        self._policy = policy
        self._embedder = embedder
        self._detector = detector
        self._checks = checks
        self._recogniser = recogniser
        self._library = library
        self._code_digest = code_digest

    @property
    def policy(self) -> Policy:
        """In force."""
        return self._policy

    def prepare(self, source: bytes | Path, *, name: str | None = None) -> PreparedScan:
        """Read a picture. Raises ScanUnreadableError."""
        return self._pipeline(None).prepare(source, name=name)

    def load(self, scan: PreparedScan) -> LoadVector | None:
        """Return by what the load of a usable scan is found again. Raises ModelError."""
        return self._pipeline(None).load(scan)

    def judge(self, passage: Passage, *, others: EntryScans | None = None) -> Judgement:
        """Decide; raises whatever goes wrong."""
        return self._pipeline(self._library()).judge(passage, others=others)

    def digests(self, passage: Passage) -> DecisionDigests:
        """Name what a decision is made from and with, as far as it can be had.

        For a decision that says the analysis failed: a damaged library may be why.
        """
        try:
            library = self._library()
        except LibraryError:
            library = None
        return self._pipeline(library).digests(passage)

    def _pipeline(self, library: Snapshot | None) -> Pipeline:
        return Pipeline(
            policy=self._policy,
            embedder=self._embedder,
            detector=self._detector,
            checks=self._checks,
            recogniser=self._recogniser,
            library=library,
            code_digest=self._code_digest,
        )

    @property
    def library(self) -> LibraryInUse:
        """Where the snapshot in use is to be had."""
        return self._library

    @property
    def embedder(self) -> Embedder:
        """Makes the vectors."""
        return self._embedder

    @property
    def models(self) -> tuple[FittedModel, ...]:
        """All decisions are made with."""
        return (self._embedder, self._detector, self._recogniser, *self._checks.models)

    @property
    def code_digest(self) -> str:
        """Of the code decisions are made with."""
        return self._code_digest

    def warm_up(self) -> None:
        """Open the library and make all else ready, so that no passage waits for it.

        Raises:
            LibraryError: the library cannot be opened.
            ModelError: a network cannot be run.
        """
        self._library()
        warm_up_comparison(detector=self._detector, checks=self._checks)


def open_analysis(settings: Settings) -> ServiceAnalysis:
    """Load what the settings name.

    Raises:
        PolicyError: the policy is not valid.
        ModelError: a model is not what the registry states.
    """
    return ServiceAnalysis(
        policy=load_policy(settings.policy_file),
        embedder=load_embedder(cache=settings.engines_dir),
        detector=load_detector(cache=settings.engines_dir),
        checks=load_checks(),
        recogniser=load_recogniser(cache=settings.engines_dir),
        library=LibraryInUse(settings.library),
        code_digest=code_digest(),
    )


def code_digest() -> str:
    """SHA-256 of the code decisions are made with: every file of riac, models, image_library."""
    digest = hashlib.sha256()
    for path, name in sorted(_sources(), key=lambda one: one[1]):
        digest.update(f"{name}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return digest.hexdigest()


def _sources() -> Iterable[tuple[Path, str]]:
    for package in _PACKAGES:
        (folder,) = package.__path__
        for path in Path(folder).rglob("*"):
            if path.is_file() and path.suffix in {".py", ".toml", ".txt"}:
                yield path, f"{package.__name__}/{path.relative_to(folder).as_posix()}"

"""The registry of released models: what each is, its digest, its input and its figures.

A model is used only when what lies on disk, or is defined in code, has the digest the registry
states: altered weights are refused.
"""

from __future__ import annotations

import hashlib
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from models import change, goods
from models.change import ChangeEnsemble, ChangeNetwork
from models.change_input import DEFINITION as CHANGE_DEFINITION
from models.descriptor import GoodsDescriptor
from models.edge_strips import DEFINITION as STRIPS_DEFINITION
from models.finder import EdgeNetwork
from models.goods import DEFINITION as GOODS_DEFINITION
from models.goods import GoodsEmbedder, GoodsNetwork
from models.judge import PairJudge
from models.normalisation import NormalisationNetwork
from models.novelty import ContainerStatistics
from models.pair_statistics import DEFINITION as STATISTICS_DEFINITION
from models.preprocessing import ModelInput
from models.providers import Shapes
from models.row_steps import DEFINITION as STEPS_DEFINITION
from models.served import ServedNetwork
from models.session import open_session
from riac.errors import ModelError
from riac.ports import (
    ChangeDetector,
    EdgeReader,
    Embedder,
    NormalisationChecker,
    NoveltyDetector,
    PictureChecks,
)

Network = TypeVar("Network", bound=ServedNetwork)

REGISTRY = Path(__file__).with_name("registry.toml")
MEASURES = "goods-descriptor"
"""The hand-made measures of goods."""
NETWORK = "goods-network"
"""The network of goods and of loads."""
DETECTOR = "change-network"
JOURNEYS = "journey-network"
"""The change detectors in use, together; the second saw more journeys."""
JUDGE = "pair-judge"
"""What says from all they say whether the load is the same."""
NOVELTY = "novelty-detector"
"""What says which pictures the others know nothing of."""
NORMALISATION = "normalisation-checker"
"""What says whether rows were divided by too little air."""
FINDER = "container-finder"
"""What says where exactly the edges of containers lie."""


class Runtime(StrEnum):
    """What computes a model."""

    NUMPY = "numpy"
    """numpy and OpenCV, on the processor."""
    ONNX = "onnxruntime"
    """An inference session, which says itself which provider is in use."""


@dataclass(frozen=True, slots=True)
class Model:
    """A released model."""

    name: str
    version: int
    sha256: str
    """Of the weights file; of the definition where a model is code alone."""
    card: Path
    runtime: Runtime
    input: ModelInput | None
    """Of models of goods."""
    figures: Mapping[str, float]
    """Measured on the protocol named in the card."""
    file: Path | None = None
    """None where a model is code alone."""
    definition: int | None = None
    """Of the preprocessing that networks were trained with."""
    fitted_on: tuple[str, ...] = ()
    """Names and versions of the models on whose answers this one was fitted."""

    def weights(self) -> bytes:
        """Read the weights.

        Raises:
            ModelError: there are none, they are missing, or they were altered.
        """
        if self.file is None:
            raise ModelError(f"model {self.name!r} is code alone: it has no weights file")
        try:
            content = self.file.read_bytes()
        except OSError as error:
            raise ModelError(f"model {self.name!r}: cannot read {self.file}: {error}") from error
        self.verify(hashlib.sha256(content).hexdigest())
        return content

    def verify(self, sha256: str) -> None:
        """Refuse a digest other than the registered one.

        Raises:
            ModelError: they differ.
        """
        if sha256 != self.sha256:
            raise ModelError(
                f"model {self.name!r}: expected SHA-256 {self.sha256}, got {sha256}: refused"
            )


@dataclass(frozen=True, slots=True)
class Registry:
    """All released models, by name."""

    models: Mapping[str, Model]

    def get(self, name: str) -> Model:
        """Return a model.

        Raises:
            ModelError: no model has this name.
        """
        if name not in self.models:
            raise ModelError(f"expected one of the models {sorted(self.models)}, got {name!r}")
        return self.models[name]


def load_registry(path: Path = REGISTRY) -> Registry:
    """Read a registry file; paths in it are relative to it.

    Raises:
        ModelError: the file is missing or not a valid registry.
    """
    try:
        listed = _RegistryFile.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, ValidationError) as error:
        raise ModelError(f"model registry {path}: {error}") from error
    names = [entry.name for entry in listed.model]
    if len(set(names)) < len(names):
        raise ModelError(f"model registry {path}: a name occurs twice in {sorted(names)}")
    return Registry({entry.name: entry.to_model(path.parent) for entry in listed.model})


def load_measures(*, registry: Registry | None = None) -> GoodsDescriptor:
    """Return the hand-made measures of goods, their digest verified.

    Raises:
        ModelError: they are not what the registry states.
    """
    model = (registry or load_registry()).get(MEASURES)
    measures = GoodsDescriptor(model.weights())
    if (measures.name, measures.input) != (f"{model.name}-{model.version}", model.input):
        raise ModelError(
            f"model {model.name!r}: the registry states another version or input: refused"
        )
    return measures


def load_recogniser(*, registry: Registry | None = None, cache: Path | None = None) -> GoodsNetwork:
    """Return the network of goods and of loads, its digest verified.

    Args:
        registry: the packaged one by default.
        cache: folder of built engines (`open_session`).

    Raises:
        ModelError: it is not what the registry states.
    """
    model = (registry or load_registry()).get(NETWORK)
    return _served(GoodsNetwork, model, GOODS_DEFINITION, cache=cache, shapes=goods.SHAPES)


def load_embedder(*, registry: Registry | None = None, cache: Path | None = None) -> Embedder:
    """Return the embedder of goods, network and measures together, their digests verified.

    Args:
        registry: the packaged one by default.
        cache: folder of built engines (`open_session`).

    Raises:
        ModelError: a part is not what the registry states.
    """
    registry = registry or load_registry()
    recogniser = load_recogniser(registry=registry, cache=cache)
    return GoodsEmbedder(load_measures(registry=registry), recogniser)


def load_detector(*, registry: Registry | None = None, cache: Path | None = None) -> ChangeDetector:
    """Return the change detector, two networks and their judge, their digests verified.

    Args:
        registry: the packaged one by default.
        cache: folder of built engines (`open_session`).

    Raises:
        ModelError: a part is not what the registry states.
    """
    registry = registry or load_registry()
    networks, model = load_change_networks(registry=registry, cache=cache), registry.get(JUDGE)
    names = tuple(each.name for each in networks)
    if model.fitted_on != names:
        raise ModelError(
            f"model {model.name!r} was fitted on what {model.fitted_on} say, the registry has "
            f"{names}: train it anew"
        )
    judge = _served(PairJudge, model, STATISTICS_DEFINITION, threads=1)
    return ChangeEnsemble(networks, judge=judge)


def load_change_networks(
    *, registry: Registry | None = None, cache: Path | None = None
) -> list[ChangeNetwork]:
    """Return the networks of the change detector without their judge, their digests verified.

    Args:
        registry: the packaged one by default.
        cache: folder of built engines (`open_session`).

    Raises:
        ModelError: a part is not what the registry states.
    """
    registry = registry or load_registry()
    names = (DETECTOR, JOURNEYS)
    # They run at the same time: each with its share of the cores, and none waits for the other.
    threads = max(1, len(os.sched_getaffinity(0)) // len(names))
    return [
        _served(ChangeNetwork, registry.get(name), CHANGE_DEFINITION,
                threads=threads, cache=cache, shapes=change.SHAPES)
        for name in names
    ]  # fmt: skip


def load_novelty(*, registry: Registry | None = None) -> NoveltyDetector:
    """Return the novelty detector, its digest verified.

    Raises:
        ModelError: it is not what the registry states.
    """
    model = (registry or load_registry()).get(NOVELTY)
    detector = ContainerStatistics(model.weights())
    if detector.name != f"{model.name}-{model.version}":
        raise ModelError(f"model {model.name!r}: the registry states another version: refused")
    return detector


def load_normalisation(*, registry: Registry | None = None) -> NormalisationChecker:
    """Return the normalisation checker, its digest verified.

    Raises:
        ModelError: it is not what the registry states.
    """
    model = (registry or load_registry()).get(NORMALISATION)
    return _served(NormalisationNetwork, model, STEPS_DEFINITION, threads=1)


def load_checks(*, registry: Registry | None = None) -> PictureChecks:
    """Return the models that say whether a picture can be trusted, their digests verified.

    Raises:
        ModelError: one is not what the registry states.
    """
    registry = registry or load_registry()
    return PictureChecks(load_novelty(registry=registry), load_normalisation(registry=registry))


def load_edges(*, registry: Registry | None = None) -> EdgeReader:
    """Return the reader of containers' edges, its digest verified.

    Raises:
        ModelError: it is not what the registry states.
    """
    model = (registry or load_registry()).get(FINDER)
    return _served(EdgeNetwork, model, STRIPS_DEFINITION, threads=1)


def _served(
    network: type[Network],
    model: Model,
    definition: int,
    *,
    threads: int | None = None,
    cache: Path | None = None,
    shapes: Shapes | None = None,
) -> Network:
    """Open a network whose preprocessing is of this definition; the rest as `open_session`."""
    if model.definition != definition:
        raise ModelError(
            f"model {model.name!r}: expected the preprocessing of definition {definition}, "
            f"the registry states {model.definition}"
        )
    session = open_session(model.weights(), threads=threads, cache=cache, shapes=shapes)
    return network(session, name=f"{model.name}-{model.version}", digest=model.sha256)


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _InputPart(_Part):
    rows: int = Field(ge=8, le=4096)
    min_columns: int = Field(ge=8, le=65536)
    max_columns: int = Field(ge=8, le=65536)


class _ModelPart(_Part):
    name: str = Field(pattern=r"^[a-z][a-z0-9-]*$")
    version: int = Field(ge=1)
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    card: str
    file: str | None = None
    runtime: Runtime
    input: _InputPart | None = None
    definition: int | None = Field(default=None, ge=1)
    fitted_on: tuple[str, ...] = ()
    figures: dict[str, float] = {}

    def to_model(self, folder: Path) -> Model:
        return Model(
            name=self.name,
            version=self.version,
            sha256=self.sha256,
            card=folder / self.card,
            runtime=self.runtime,
            input=None if self.input is None else ModelInput(**self.input.model_dump()),
            figures=self.figures,
            file=None if self.file is None else folder / self.file,
            definition=self.definition,
            fitted_on=self.fitted_on,
        )


class _RegistryFile(_Part):
    model: list[_ModelPart] = []

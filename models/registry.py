"""The registry of released models: what each is, its digest, its input and its figures.

A model is used only when what lies on disk, or is defined in code, has the digest the registry
states: altered weights are refused.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from models.preprocessing import ModelInput
from riac.errors import ModelError

DIGEST = r"^[0-9a-f]{64}$"
REGISTRY = Path(__file__).with_name("registry.toml")
MEASURES = "goods-descriptor"
"""The hand-made measures of goods."""
NETWORK = "goods-network"
"""The network of goods."""
DISCRIMINANT = "goods-discriminant"
"""What weighs all that network and measures see of goods."""
LOADS = "load-network"
"""What tells one load from all others."""
EXPECTATION = "goods-expectation"
"""How goods of each heading are expected to look."""
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
class WeightsFile:
    """A file, and what it must hold."""

    path: Path
    sha256: str

    def read(self) -> bytes:
        """Read it.

        Raises:
            ModelError: it is missing, or was altered.
        """
        try:
            content = self.path.read_bytes()
        except OSError as error:
            raise ModelError(f"cannot read weights {self.path}: {error}") from error
        found = hashlib.sha256(content).hexdigest()
        if found != self.sha256:
            raise ModelError(
                f"weights {self.path}: expected SHA-256 {self.sha256}, got {found}: refused"
            )
        return content


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
    eight_bits: WeightsFile | None = None
    """The same network, calculating in whole numbers of eight bits, where a processor computes."""

    @property
    def full_name(self) -> str:
        """Name and version, as decisions state it."""
        return f"{self.name}-{self.version}"

    def weights_file(self) -> WeightsFile:
        """Say where its weights lie.

        Raises:
            ModelError: there are none.
        """
        if self.file is None:
            raise ModelError(f"model {self.name!r} is code alone: it has no weights file")
        return WeightsFile(self.file, self.sha256)

    def weights(self) -> bytes:
        """Read the weights.

        Raises:
            ModelError: there are none, they are missing, or they were altered.
        """
        return self.weights_file().read()


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


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _InputPart(_Part):
    rows: int = Field(ge=8, le=4096)
    min_columns: int = Field(ge=8, le=65536)
    max_columns: int = Field(ge=8, le=65536)


class _WeightsPart(_Part):
    file: str
    sha256: str = Field(pattern=DIGEST)

    def to_file(self, folder: Path) -> WeightsFile:
        return WeightsFile(folder / self.file, self.sha256)


class _ModelPart(_Part):
    name: str = Field(pattern=r"^[a-z][a-z0-9-]*$")
    version: int = Field(ge=1)
    sha256: str = Field(pattern=DIGEST)
    card: str
    file: str | None = None
    runtime: Runtime
    input: _InputPart | None = None
    definition: int | None = Field(default=None, ge=1)
    fitted_on: tuple[str, ...] = ()
    eight_bits: _WeightsPart | None = None
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
            eight_bits=None if self.eight_bits is None else self.eight_bits.to_file(folder),
        )


class _RegistryFile(_Part):
    model: list[_ModelPart] = []

"""What passes between the decoding process and its parent: pixels as stored, and statements."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from riac.formats.package import PackageManifest
from riac.scan import FaultCode, Severity


class _Message(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class DecodedPlane(_Message):
    """Shape and type of pixels that follow the answer on the wire, in order."""

    view: Annotated[int, Field(ge=0)]
    rows: Annotated[int, Field(gt=0)]
    columns: Annotated[int, Field(gt=0)]
    dtype: Literal["uint8", "uint16"]

    @property
    def byte_count(self) -> int:
        """Bytes of the pixels."""
        return self.rows * self.columns * (1 if self.dtype == "uint8" else 2)


class DecodedFault(_Message):
    """A fault found while decoding."""

    code: FaultCode
    severity: Severity
    detail: str


class Request(_Message):
    """What the parent asks: the members that follow on the wire are one scan."""

    members: list[tuple[str, int]]
    """Names and sizes; a single unnamed member is a file, others are a folder's."""


class Answer(_Message):
    """What the decoding process found; no planes means that nothing could be read."""

    source_format: str = ""
    planes: list[DecodedPlane] = Field(default_factory=list)
    faults: list[DecodedFault] = Field(default_factory=list)
    manifest: PackageManifest | None = None

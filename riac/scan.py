"""What a scan is: views, energies, faults, boxes. No decoding and no imaging."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.float32]
"""(H, W) float32; the name of the value says whether transmission or attenuation."""


class FaultCode(StrEnum):
    """What can be wrong with a picture."""

    INVERTED = "inverted"
    RENDERED = "rendered"
    SATURATED = "saturated"
    BLACK = "black"
    TRUNCATED = "truncated"
    DEAD_ROWS = "dead_rows"
    BANDED = "banded"
    STRIPED = "striped"
    WRONG_NORMALISATION = "wrong_normalisation"
    """Rows were divided by too little air: something stood in the beam while it was measured."""
    NO_CONTAINER = "no_container"
    SEVERAL_CONTAINERS = "several_containers"
    UNFAMILIAR = "unfamiliar"
    """Unlike all that the models were fitted on: what they say of it means little."""
    UNREADABLE = "unreadable"
    UNSUPPORTED = "unsupported"
    TOO_LARGE = "too_large"


class Severity(StrEnum):
    """Whether a fault was mended, leaves doubt, or makes the picture useless."""

    REPAIRED = "repaired"
    DOUBTFUL = "doubtful"
    FATAL = "fatal"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a picture."""

    code: FaultCode
    severity: Severity
    detail: str
    file: str | None = None


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels of a named picture: left, top, right, bottom."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def width(self) -> float:
        """Width in pixels, 0 or more."""
        return max(0.0, self.x1 - self.x0)

    @property
    def height(self) -> float:
        """Height in pixels, 0 or more."""
        return max(0.0, self.y1 - self.y0)

    @property
    def area(self) -> float:
        """Area in square pixels."""
        return self.width * self.height

    def as_tuple(self) -> tuple[float, float, float, float]:
        """Return (x0, y0, x1, y1)."""
        return (self.x0, self.y0, self.x1, self.y1)


def intersection(first: Box, second: Box) -> float:
    """Area that two boxes of the same picture share, in square pixels."""
    return Box(
        max(first.x0, second.x0),
        max(first.y0, second.y0),
        min(first.x1, second.x1),
        min(first.y1, second.y1),
    ).area


def intersection_over_union(first: Box, second: Box) -> float:
    """Overlap of two boxes of the same picture, 0 to 1."""
    overlap = intersection(first, second)
    union = first.area + second.area - overlap
    return overlap / union if union > 0 else 0.0


class Provenance(StrEnum):
    """Where a calibration of the scan comes from."""

    METADATA = "metadata"
    SCANNER_PROFILE = "scanner_profile"
    ESTIMATED = "estimated"


@dataclass(frozen=True, slots=True)
class EnergyPlane:
    """One view at one energy."""

    transmission: Picture
    """(H, W) float32, transmission, 0 (black, nothing passes) to 1 (air)."""
    energy_kev: float | None = None
    """End-point energy of the beam; None where the file does not say."""


@dataclass(frozen=True, slots=True)
class View:
    """One direction of looking; all its planes have one shape and one frame."""

    name: str
    planes: tuple[EnergyPlane, ...]
    """Highest energy first. A single-energy view has one plane."""
    pixel_pitch_mm: tuple[float, float] | None = None
    """(x, y) at the container's middle plane; None where unknown."""

    @property
    def transmission(self) -> Picture:
        """The high-energy plane: (H, W) float32, transmission, 0 to 1."""
        return self.planes[0].transmission

    @property
    def shape(self) -> tuple[int, int]:
        """(H, W) of every plane."""
        height, width = self.transmission.shape
        return (height, width)


@dataclass(frozen=True, slots=True)
class Scan:
    """One passage through a scanner, decoded."""

    views: tuple[View, ...]
    sha256: str
    """Digest of the original bytes, hexadecimal."""
    source_format: str
    """`tiff`, `png`, `jpeg`, `dicos` or `package`."""
    display_rendered: bool = False
    """True for 8-bit display pictures: grey levels are not proportional to transmission."""
    bits: int = 16
    scanner: str | None = None
    site: str | None = None
    container_number: str | None = None
    scanned_at: datetime | None = None
    provenance: dict[str, Provenance] = field(default_factory=dict)
    """For `polarity`, `linearity`, `reference`, `pixel_pitch`, `energy`."""
    faults: tuple[Fault, ...] = ()

    @property
    def primary(self) -> View:
        """The view that is located, compared and checked first."""
        return self.views[0]

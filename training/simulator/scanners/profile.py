"""A scanner as a table of numbers, read from a TOML file. It computes nothing but its geometry.

Lengths across the beam are stated in the plane through the middle of the container unless a field
says otherwise; signals are shares of the signal in air.
"""

from __future__ import annotations

import math
import tomllib
from functools import cache
from pathlib import Path
from typing import Annotated, Literal, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from training.simulator.scene.projection import Fan

PROFILES = Path(__file__).parent / "profiles"

Positive = Annotated[float, Field(gt=0, allow_inf_nan=False)]
Share = Annotated[float, Field(ge=0, lt=1, allow_inf_nan=False)]
Length = Annotated[float, Field(ge=0, le=100_000, allow_inf_nan=False)]
Range = tuple[Positive, Positive]
FilterName = Literal["aluminium", "copper", "steel", "tungsten", "lead", "polyethylene"]

_ENDPOINTS_KEV = {"linac": (1000.0, 15_000.0), "tube": (80.0, 600.0), "cobalt_60": (1100.0, 1400.0)}


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class BeamPart(_Part):
    """What comes out of the source."""

    kind: Literal["linac", "cobalt_60", "tube"]
    endpoint_kev: Annotated[tuple[Positive, ...], Field(min_length=1, max_length=2)]
    """Highest first; two are sent by turns (interlaced). Cobalt: its upper line, 1332.5."""
    photons: Annotated[tuple[Positive, ...], Field(min_length=1, max_length=2)]
    """For each energy: photons that reach one detector element in air in one line."""
    filters_mm: dict[FilterName, Positive] = {}
    softening: Share = 0.0
    """By how much more a ray 20 degrees off the middle of the fan is attenuated: targets shine
    softer to the side (Nordell and Brahme, Phys. Med. Biol. 29 (1984) 797). Grows as the square."""

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        low, high = _ENDPOINTS_KEV[self.kind]
        if not all(low <= energy <= high for energy in self.endpoint_kev):
            raise ValueError(f"endpoint_kev of a {self.kind} lies between {low:g} and {high:g}")
        if list(self.endpoint_kev) != sorted(set(self.endpoint_kev), reverse=True):
            raise ValueError("endpoint_kev names the highest energy first and none twice")
        if len(self.photons) != len(self.endpoint_kev):
            raise ValueError("photons has one number for each of endpoint_kev")
        return self


class GeometryPart(_Part):
    """Where source and detectors stand, and how picture elements come about."""

    view: Literal["side", "top"]
    source_height_mm: Annotated[float, Field(ge=-2000, le=12_000)]
    """Of the focal spot above ground."""
    source_to_middle_mm: Annotated[float, Field(ge=1500, le=30_000)]
    """To the middle of the container."""
    source_to_detector_mm: Annotated[float, Field(ge=3000, le=40_000)]
    rows: Annotated[int, Field(ge=64, le=8192)]
    row_pitch_mm: Annotated[float, Field(ge=0.5, le=50)]
    lowest_mm: Annotated[float, Field(ge=-1000, le=3000)] = 300.0
    """Side view: height above ground at which the lowest row crosses the middle."""
    speed_m_s: Annotated[float, Field(gt=0, le=20)]
    pulse_rate_hz: Annotated[float, Field(gt=0, le=5000)]
    """Pulses, of both energies together; read-outs of a steady source."""

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        if self.source_to_detector_mm <= self.source_to_middle_mm + 1000:
            raise ValueError(
                "source_to_detector_mm exceeds source_to_middle_mm by half a container at least"
            )
        return self


class DetectorPart(_Part):
    """The line of detectors."""

    scintillator: Literal["CdWO4", "CsI", "GOS"]
    thickness_mm: Annotated[float, Field(gt=0, le=150)]
    """Along the beam."""
    focal_spot_sigma_mm: Length
    """Of the source, at the source."""
    aperture_sigma_mm: Length
    """Across the scan: of what one element takes from its neighbours, at the detector."""
    along_sigma_mm: Length
    """Along the scan: of the slit of beam that one line of elements sees, at the detector; 0.29
    times the width of collimator or crystals."""
    afterglow_share: Share
    """Of the light that comes after the line it belongs to."""
    afterglow_lines: Positive
    """In which the late light falls to 1/e."""
    module_rows: Annotated[int, Field(ge=1, le=512)] = 16
    """Elements on one board, which share part of their gain error."""
    dead_share: Share = 0.0
    saturated_share: Share = 0.0
    bits: Annotated[int, Field(ge=8, le=24)] = 16
    """Of the converter."""


class NoisePart(_Part):
    """What is laid over the signal, as shares of the signal in air."""

    electronic_sd: Share
    offset_error_sd: Share
    """Left of the elements' dark signal after it was taken off."""
    gain_error_sd: Share
    """Left of the elements' gain after calibration."""
    dose_sd: Share
    """From pulse to pulse."""
    dose_corrected_share: Annotated[float, Field(ge=0, le=1)]
    """Of that fluctuation, by the reference detector."""
    scatter_share: Share
    """Of what is scattered on its way and still reaches the line of detectors."""
    scatter_reach_mm: Positive
    air_lines: Annotated[int, Field(ge=1, le=10_000)]
    """Averaged for the normalisation to air."""


class PassagePart(_Part):
    """How vehicles go through, or the scanner past them."""

    speed_sd: Annotated[float, Field(ge=0, le=0.2)] = 0.05
    """Within a scan, relative."""
    speed_range: Range = (0.8, 1.25)
    """Between scans, relative to the speed of the geometry."""
    direction: Literal["forward", "backward", "either"] = "either"
    tilt_sd_mm_per_m: Annotated[float, Field(ge=0, le=50)] = 4.0
    height_sd_mm: Annotated[float, Field(ge=0, le=300)] = 15.0
    """Of the vehicle above its rails or its nominal tyres."""
    bounce_sd_mm: Annotated[float, Field(ge=0, le=50)] = 1.0
    skew_sd: Annotated[float, Field(ge=0, le=0.2)] = 0.006
    """Tangent of the angle between truck and way through; side view."""


class LevelsPart(_Part):
    """How transmissions are written."""

    black: Annotated[int, Field(ge=0, le=20_000)] = 0
    white: Annotated[int, Field(ge=1000, le=65_535)] = 60_000

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        if self.white < self.black + 1000:
            raise ValueError("white lies 1000 levels above black at least")
        return self


class RecordPart(_Part):
    """How pictures are filed, where every scanner of the class does it alike."""

    exponent: Range
    """Of the curve from transmission to brightness."""
    black: tuple[Share, Share]
    """Transmission shown black."""
    white: Range
    """Transmission shown white."""
    height_px: Annotated[int, Field(ge=64, le=8192)] | None = None
    """Rows of the picture; those of the scan without it."""
    jpeg_quality: Annotated[int, Field(ge=1, le=100)]


class ClaimsPart(_Part):
    """What makers of systems of this class state, to compare figures with."""

    penetration_mm: Range
    contrast_fraction: Range | None = None
    wire_mm: Range | None = None
    resolution_mm: Range | None = None
    source: str


class ScannerProfile(_Part):
    """One class of scanner."""

    name: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{1,39}$")]
    title: Annotated[str, Field(min_length=1, max_length=80)]
    origin: Annotated[str, Field(min_length=20)]
    """Public sources of its numbers."""
    beam: BeamPart
    geometry: GeometryPart
    detector: DetectorPart
    noise: NoisePart
    passage: PassagePart = PassagePart()
    levels: LevelsPart = LevelsPart()
    record: RecordPart | None = None
    """None: drawn from what is usual, see `style`."""
    claims: ClaimsPart

    @property
    def column_pitch_mm(self) -> float:
        """What passes from one line to the next of the same energy at the nominal speed."""
        geometry = self.geometry
        interlaced = len(self.beam.endpoint_kev)
        return geometry.speed_m_s * 1000 * interlaced / geometry.pulse_rate_hz

    @property
    def blur_sigma_mm(self) -> tuple[float, float]:
        """Of focal spot and aperture, along and across, seen from the middle of the container."""
        geometry, detector = self.geometry, self.detector
        ratio = geometry.source_to_middle_mm / geometry.source_to_detector_mm
        focal = detector.focal_spot_sigma_mm * (1 - ratio)
        along = math.hypot(focal, detector.along_sigma_mm * ratio)
        return along, math.hypot(focal, detector.aperture_sigma_mm * ratio)

    def hardness(self) -> NDArray[np.float32]:
        """Return (rows,) factors of the attenuation along each ray."""
        angles = np.degrees(np.arctan(self.fan(middle_height_mm=0.0).row_slopes()))
        off = angles - (angles[0] + angles[-1]) / 2
        return np.asarray(1 + self.beam.softening * (off / 20) ** 2, np.float32)

    def for_test_pieces(self) -> ScannerProfile:
        """Return the scanner with all its elements working and its beam as on the axis."""
        working = {"dead_share": 0.0, "saturated_share": 0.0}
        return self.model_copy(
            update={
                "beam": self.beam.model_copy(update={"softening": 0.0}),
                "detector": self.detector.model_copy(update=working),
            }
        )

    def coarser(self, times: float) -> ScannerProfile:
        """Return the scanner with picture elements so many times as long and as high.

        Each gathers the photons of those it stands for. For what looks at containers at a
        resolution of centimetres, made in a fraction of the time.
        """
        geometry, noise = self.geometry, self.noise
        record = self.record
        if record is not None and record.height_px is not None:
            height_px = max(64, round(record.height_px / times))
            record = record.model_copy(update={"height_px": height_px})
        return self.model_copy(
            update={
                "beam": self.beam.model_copy(
                    update={"photons": tuple(each * times**2 for each in self.beam.photons)}
                ),
                "geometry": geometry.model_copy(
                    update={
                        "rows": round(geometry.rows / times),
                        "row_pitch_mm": geometry.row_pitch_mm * times,
                        "pulse_rate_hz": geometry.pulse_rate_hz / times,
                    }
                ),
                "noise": noise.model_copy(
                    update={
                        "electronic_sd": noise.electronic_sd / times,
                        "gain_error_sd": noise.gain_error_sd / times**0.5,
                        "dose_sd": noise.dose_sd / times**0.5,
                    }
                ),
                "record": record,
            }
        )

    def fan(self, *, middle_height_mm: float) -> Fan:
        """Return the fan of rays.

        Args:
            middle_height_mm: of the container above ground.
        """
        geometry = self.geometry
        from_above = geometry.view == "top"
        extent = geometry.rows * geometry.row_pitch_mm
        return Fan(
            from_above=from_above,
            source_u_mm=0.0 if from_above else geometry.source_height_mm,
            source_v_mm=geometry.source_to_middle_mm,
            first_u_mm=extent / 2 if from_above else geometry.lowest_mm + extent,
            pitch_mm=geometry.row_pitch_mm,
            rows=geometry.rows,
            middle_height_mm=middle_height_mm,
        )


def read_profile(path: Path) -> ScannerProfile:
    """Read a scanner from a TOML file.

    Raises:
        ValueError: the file is no TOML, or a field is missing, unknown or out of its range; the
            message names each such field and what is allowed.
    """
    try:
        stated = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ValueError(f"{path}: expected TOML, got {error}") from error
    try:
        return ScannerProfile.model_validate(stated)
    except ValidationError as error:
        raise ValueError(f"{path}: {_wrong_fields(error)}") from error


def _wrong_fields(error: ValidationError) -> str:
    parts = []
    for wrong in error.errors(include_url=False):
        field = ".".join(str(step) for step in wrong["loc"]) or "profile"
        got = wrong["input"]
        shown = "" if isinstance(got, dict | BaseModel) else f", got {got!r}"
        parts.append(f"{field}: {wrong['msg'].removeprefix('Value error, ')}{shown}")
    return "; ".join(parts)


@cache
def profile_names() -> tuple[str, ...]:
    """Return the names of the profiles that come with the simulator."""
    return tuple(sorted(path.stem for path in PROFILES.glob("*.toml")))


@cache
def load_profile(name: str) -> ScannerProfile:
    """Return a profile that comes with the simulator.

    Raises:
        ValueError: there is none of that name.
    """
    if name not in profile_names():
        raise ValueError(f"expected one of {', '.join(profile_names())}, got {name!r}")
    return read_profile(PROFILES / f"{name}.toml")

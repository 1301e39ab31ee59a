"""The neutral package: `scan.json` and one uint16 TIFF for each view and energy.

A package is a folder, or a zip of one. This module holds its schema and its writer; the bytes
of a received package are taken apart in the decoding process (`riac.formats.decoding`).
"""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Annotated, Any, Literal

import numpy as np
import tifffile
from numpy.typing import NDArray
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, model_validator

from riac.scan import Picture, Scan, View

MANIFEST_NAME = "scan.json"

Positive = Annotated[float, Field(gt=0, allow_inf_nan=False)]
Level = Annotated[float, Field(ge=0, le=65535, allow_inf_nan=False)]
FileName = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-][A-Za-z0-9_.-]{0,99}$")]
Text = Annotated[str, Field(max_length=200)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class PixelPitch(_Part):
    """Size of a pixel at the container's middle plane."""

    x: Positive
    y: Positive


class PackagePlane(_Part):
    """One energy of one view."""

    file: FileName = Field(description="TIFF beside scan.json: one page, one channel, uint16")
    energy_kv: Positive | None = Field(None, description="end-point energy, kV (6 MV = 6000)")


class PackageView(_Part):
    """One direction of looking."""

    name: Annotated[str, Field(min_length=1, max_length=60)]
    planes: Annotated[list[PackagePlane], Field(min_length=1, max_length=4)]
    pixel_pitch_mm: PixelPitch | None = None
    scan_direction: Literal["left_to_right", "right_to_left"] | None = Field(
        None, description="where the vehicle's front is in the picture's time axis"
    )


class PackageManifest(_Part):
    """What `scan.json` states.

    Linear levels: transmission = (level - black) / (white - black). Logarithmic levels:
    attenuation = (level - white) / (black - white) * attenuation_at_black.
    """

    format: Literal["riac-scan"] = "riac-scan"
    version: Literal[1] = 1
    views: Annotated[list[PackageView], Field(min_length=1, max_length=8)]
    polarity: Literal["air_high", "air_low"] | None = Field(
        None, description="whether air has high or low levels; null: estimated from the air"
    )
    scale: Literal["linear", "log"] = "linear"
    white: Level | None = Field(None, description="level of air; null: estimated")
    black: Level | None = Field(None, description="level where nothing passes; null: end of range")
    attenuation_at_black: Positive | None = Field(None, description="of logarithmic levels")
    scanner: Text | None = None
    site: Text | None = None
    scanned_at: AwareDatetime | None = None
    container_number: Text | None = None

    @model_validator(mode="after")
    def _hangs_together(self) -> PackageManifest:
        names = [plane.file for view in self.views for plane in view.planes]
        if len(set(names)) != len(names):
            raise ValueError("every plane needs a file of its own")
        if self.scale == "log" and self.attenuation_at_black is None:
            raise ValueError("logarithmic levels need attenuation_at_black")
        if self.white is not None and self.white == self.black:
            raise ValueError("white and black are the same level")
        return self


def package_schema() -> dict[str, Any]:
    """Return the JSON schema of `scan.json`."""
    return PackageManifest.model_json_schema()


def write_package(scan: Scan, path: Path) -> None:
    """Write a scan as a package: a zip where the path ends in `.zip`, else a folder."""
    if path.suffix == ".zip":
        path.write_bytes(encode_package(scan))
        return
    path.mkdir(parents=True, exist_ok=True)
    for name, content in _members(scan).items():
        (path / name).write_bytes(content)


def encode_package(scan: Scan) -> bytes:
    """Return a scan as a zipped package: linear, 0 = nothing passes, 65535 = air."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_STORED) as archive:
        for name, content in _members(scan).items():
            # A fixed time makes equal scans equal bytes.
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content)
    return held.getvalue()


def _members(scan: Scan) -> dict[str, bytes]:
    views = [_described(view, number) for number, view in enumerate(scan.views)]
    manifest = PackageManifest(
        views=views,
        polarity="air_high",
        white=65535,
        black=0,
        attenuation_at_black=None,
        scanner=scan.scanner,
        site=scan.site,
        scanned_at=scan.scanned_at,
        container_number=scan.container_number,
    )
    members = {MANIFEST_NAME: manifest.model_dump_json(indent=1).encode()}
    for view, described in zip(scan.views, views, strict=True):
        for plane, stated in zip(view.planes, described.planes, strict=True):
            members[stated.file] = _tiff(plane.transmission)
    return members


def _described(view: View, number: int) -> PackageView:
    planes = [
        PackagePlane(file=f"view{number}_energy{index}.tif", energy_kv=plane.energy_kev)
        for index, plane in enumerate(view.planes)
    ]
    pitch = view.pixel_pitch_mm
    stated = None if pitch is None else PixelPitch(x=pitch[0], y=pitch[1])
    return PackageView(name=view.name, planes=planes, pixel_pitch_mm=stated, scan_direction=None)


def _tiff(transmission: Picture) -> bytes:
    levels: NDArray[np.uint16] = np.rint(np.clip(transmission, 0, 1) * 65535).astype(np.uint16)
    held = io.BytesIO()
    tifffile.imwrite(held, levels, photometric="minisblack", metadata=None)
    return held.getvalue()

"""From levels as stored to transmission: polarity, linear or log, black and white reference."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from riac.formats.package import PackageManifest
from riac.imaging.polarity import air_level, looks_inverted
from riac.scan import Picture, Provenance

Pixels = NDArray[np.uint8 | np.uint16]

LEAST_BRIGHTEST = 128.0
"""Of 65,535 levels: a picture with a darker brightest would have less than 7 bits between black and
air, which no cargo scanner delivers. A scan without beam stays below 60 in the simulator."""


def full_scale(levels: Pixels) -> float:
    """Return the highest level the type can hold."""
    return float(np.iinfo(levels.dtype).max)


def to_transmission(levels: Pixels, *, black: float, white: float) -> Picture:
    """Return (H, W) float32, 0 to 1: linear between the black and the white level."""
    scale = 1.0 / (white - black)
    table = (np.arange(int(full_scale(levels)) + 1, dtype=np.float32) - black) * scale
    return _looked_up(np.clip(table, 0, 1).astype(np.float32), levels)


def log_to_transmission(
    levels: Pixels, *, black: float, white: float, attenuation_at_black: float
) -> Picture:
    """Return (H, W) float32, 0 to 1, from levels linear in attenuation."""
    steps = np.arange(int(full_scale(levels)) + 1, dtype=np.float64)
    attenuation = (steps - white) / (black - white) * attenuation_at_black
    table = np.exp(-np.maximum(attenuation, 0)).astype(np.float32)
    return _looked_up(table, levels)


def _looked_up(table: Picture, levels: Pixels) -> Picture:
    # A table of at most 65,536 entries stays in the cache; no float copies of the plane.
    looked: Picture = (
        cv2.LUT(levels, table) if levels.dtype == np.uint8 else np.take(table, levels, mode="clip")
    )
    return looked


def brightest_level(levels: Pixels) -> float:
    """Return the level that only one pixel in two hundred exceeds, 1 or more.

    Stands for air where the picture was cropped to its container: its thinnest part instead,
    a few per cent too dark.
    """
    thinned = levels[:: max(1, levels.shape[0] // 400), :: max(1, levels.shape[1] // 800)]
    return max(float(np.percentile(thinned, 99.5)), 1.0)


def calibrate_package(
    planes: list[Pixels], manifest: PackageManifest
) -> tuple[list[Picture], dict[str, Provenance]]:
    """Return the transmission of each plane, and where its calibration comes from."""
    flipped = manifest.polarity == "air_low"
    stated = manifest.white is not None
    provenance = {
        "polarity": Provenance.ESTIMATED if manifest.polarity is None else Provenance.METADATA,
        "linearity": Provenance.METADATA,
        "reference": Provenance.METADATA if stated else Provenance.ESTIMATED,
    }
    return [_calibrated(plane, manifest, flipped=flipped) for plane in planes], provenance


def _calibrated(levels: Pixels, manifest: PackageManifest, *, flipped: bool) -> Picture:
    top = full_scale(levels)
    if manifest.white is not None:
        white = manifest.white
    elif flipped:
        white = top - _white((top - levels).astype(levels.dtype))
    else:
        white = _white(levels)
    black = manifest.black if manifest.black is not None else (top if flipped else 0.0)
    if white == black:
        white = black + 1
    if manifest.scale == "log":
        assert manifest.attenuation_at_black is not None
        return log_to_transmission(
            levels, black=black, white=white, attenuation_at_black=manifest.attenuation_at_black
        )
    return to_transmission(levels, black=black, white=white)


def calibrate_picture(planes: list[Pixels]) -> tuple[list[Picture], dict[str, Provenance]]:
    """Return the transmission of planes that state nothing: polarity and air are estimated.

    Without air in the picture, display pictures (8 bit) keep their full scale: they are rendered
    so that air is at its end; measured ones have it where the detector's gain put it.
    """
    provenance = {
        "polarity": Provenance.ESTIMATED,
        "linearity": Provenance.ESTIMATED,
        "reference": Provenance.ESTIMATED,
    }
    return [
        to_transmission(levels, black=0.0, white=_white(levels)) for levels in planes
    ], provenance


def _white(levels: Pixels) -> float:
    top = full_scale(levels)
    if looks_inverted(levels, full_scale=top):
        # Left as it is: only with its full scale can it be turned round exactly.
        return top
    air = air_level(levels)
    if air is not None:
        return air
    brightest = brightest_level(levels)
    # What is left of a scan without beam must not be stretched to look like one.
    return top if levels.dtype == np.uint8 or brightest < LEAST_BRIGHTEST else brightest

"""From levels as stored to transmission: polarity, linear or log, black and white reference."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from riac.formats.package import PackageManifest
from riac.scan import Picture, Provenance

Pixels = NDArray[np.uint8 | np.uint16]


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
    looked: Picture = table[levels]
    return looked


def air_level(levels: Pixels) -> float:
    """Estimate the level of air: the uppermost peak of the histogram.

    Unattenuated beam makes the sharpest peak of a cargo scan, at its bright end. A picture
    without air (cropped to its container) gives the level of its thinnest part instead, and
    that is a few per cent too dark; display pictures keep their full scale for that reason.
    """
    thinned = levels[:: max(1, levels.shape[0] // 400), :: max(1, levels.shape[1] // 800)]
    bins = 256
    top = full_scale(levels) + 1
    histogram = cv2.calcHist([np.ascontiguousarray(thinned)], [0], None, [bins], [0.0, top])
    counts = histogram.ravel() / thinned.size
    occupied = np.flatnonzero(np.cumsum(counts[::-1]) > 0.002)
    brightest = bins - 1 - (int(occupied[0]) if len(occupied) else 0)
    first = max(0, round(brightest * 0.9))
    peak = first + int(np.argmax(counts[first : brightest + 1]))
    near = thinned[(thinned >= (peak - 1) * top / bins) & (thinned < (peak + 2) * top / bins)]
    return max(float(np.median(near)) if near.size else top - 1, 1.0)


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
    white = manifest.white
    if white is None:
        white = (
            top - air_level((top - levels).astype(levels.dtype)) if flipped else air_level(levels)
        )
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

    Display pictures (8 bit) are rendered so that air is at the end of the scale; measured ones
    have their air where the detector's gain put it.
    """
    provenance = {
        "polarity": Provenance.ESTIMATED,
        "linearity": Provenance.ESTIMATED,
        "reference": Provenance.ESTIMATED,
    }
    pictures = []
    for levels in planes:
        white = full_scale(levels) if levels.dtype == np.uint8 else air_level(levels)
        pictures.append(to_transmission(levels, black=0.0, white=white))
    return pictures, provenance

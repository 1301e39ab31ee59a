"""The display chain of operators' stations: from 16-bit levels to the bytes of a picture.

Window and curve, edges, contrast by region, size, colour, margins, marks, JPEG or PNG.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from training.simulator.scanners.acquisition import Acquisition
from training.simulator.scanners.marks import burn_in
from training.simulator.scanners.palettes import (
    MaterialScale,
    Palette,
    false_colours,
    material_colours,
)
from training.simulator.scanners.style import Curve, DisplayStyle, Placement, placement

Levels = NDArray[np.uint8]
Brightness = NDArray[np.float32]

_TILES = (8, 8)
_SAMPLING = {
    "4:2:0": cv2.IMWRITE_JPEG_SAMPLING_FACTOR_420,
    "4:2:2": cv2.IMWRITE_JPEG_SAMPLING_FACTOR_422,
    "4:4:4": cv2.IMWRITE_JPEG_SAMPLING_FACTOR_444,
}


def display(
    acquisition: Acquisition, style: DisplayStyle, *, scale: MaterialScale | None = None
) -> Levels:
    """Show a scan as a station does.

    Args:
        acquisition: what the scanner wrote.
        style: of the display.
        scale: needed for the colours of materials.

    Returns:
        (H, W) uint8, or (H, W, 3) uint8 with blue first where there is colour.

    Raises:
        ValueError: colours of materials are asked for without two energies and their scale.
    """
    where = placement(style, shape=acquisition.levels.shape[1:])
    bright = _resampled(_shown(acquisition, style), where)
    if style.smooth_sigma_px > 0:
        bright = cv2.GaussianBlur(bright, (0, 0), style.smooth_sigma_px)
    bright = _sharpened(bright, style)
    grey = np.clip(bright + np.float32(0.5), 0, 255).astype(np.uint8)
    if style.regional_contrast > 0:
        grey = cv2.createCLAHE(style.regional_contrast, _TILES).apply(grey)
    if style.inverted:
        grey = 255 - grey
    picture = _coloured(grey, acquisition, style, scale=scale, where=where)
    if picture.ndim == 2 and any(mark.colour != mark.colour[::-1] for mark in style.marks):
        picture = cv2.cvtColor(picture, cv2.COLOR_GRAY2BGR)
    picture = _framed(picture, where)
    if style.marks:
        burn_in(picture, style.marks)
    return picture


def display_bytes(
    acquisition: Acquisition, style: DisplayStyle, *, scale: MaterialScale | None = None
) -> bytes:
    """Show a scan and encode it as the style says, JPEG or PNG."""
    return encode(display(acquisition, style, scale=scale), style)


def encode(picture: Levels, style: DisplayStyle) -> bytes:
    """Encode a picture as its style says, JPEG or PNG."""
    if picture.ndim == 2 and style.three_channels:
        picture = cv2.cvtColor(picture, cv2.COLOR_GRAY2BGR)
    if style.jpeg_quality is None:
        done, content = cv2.imencode(".png", picture, [cv2.IMWRITE_PNG_COMPRESSION, 1])
    else:
        flags = [cv2.IMWRITE_JPEG_QUALITY, style.jpeg_quality]
        flags += [cv2.IMWRITE_JPEG_SAMPLING_FACTOR, _SAMPLING[style.chroma]]
        done, content = cv2.imencode(".jpg", picture, flags)
    assert done, "OpenCV refused an 8-bit picture"
    return bytes(content.tobytes())


def tone(transmission: NDArray[np.float64], style: DisplayStyle) -> NDArray[np.float64]:
    """Return the brightness, 0 to 255, that window and curve give to transmissions."""
    if style.curve is Curve.LOGARITHM:
        floor = np.maximum(transmission, 1e-9)
        share = np.log(floor / style.black) / np.log(style.white / style.black)
    else:
        share = (transmission - style.black) / (style.white - style.black)
    share = np.clip(share, 0, 1)
    if style.curve is Curve.POWER:
        share = share**style.exponent
    return np.asarray(255 * share)


def _shown(acquisition: Acquisition, style: DisplayStyle) -> Brightness:
    span = acquisition.white - acquisition.black
    table = tone((np.arange(65536) - acquisition.black) / span, style).astype(np.float32)
    shown: Brightness = table[acquisition.levels[0]]
    return shown


def _resampled(signal: Brightness, where: Placement) -> Brightness:
    width, height = where.scan_size
    if signal.shape == (height, width):
        return signal
    shrinks = height <= signal.shape[0] and width <= signal.shape[1]
    way = cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR
    resampled: Brightness = cv2.resize(signal, (width, height), interpolation=way)
    return resampled


def _sharpened(bright: Brightness, style: DisplayStyle) -> Brightness:
    if style.edge_amount <= 0:
        return bright
    soft = cv2.GaussianBlur(bright, (0, 0), style.edge_sigma_px)
    amount = style.edge_amount
    sharp: Brightness = cv2.addWeighted(bright, 1 + amount, soft, -amount, 0)
    return sharp


def _coloured(
    grey: Levels,
    acquisition: Acquisition,
    style: DisplayStyle,
    *,
    scale: MaterialScale | None,
    where: Placement,
) -> Levels:
    if style.palette is Palette.GREY:
        return grey
    if style.palette is not Palette.MATERIALS:
        return false_colours(grey, style.palette)
    if scale is None or len(acquisition.levels) != 2:
        raise ValueError(
            "colours of materials need a scan of 2 energies and the scanner's scale, got "
            f"{len(acquisition.levels)} energies and {'a' if scale else 'no'} scale"
        )
    half = ((where.scan_size[0] + 1) // 2, (where.scan_size[1] + 1) // 2)
    black = np.float32(acquisition.black)
    span = np.float32(acquisition.white - acquisition.black)
    high, low = (
        (cv2.resize(plane, half, interpolation=cv2.INTER_AREA).astype(np.float32) - black) / span
        for plane in acquisition.levels
    )
    return material_colours(grey, high, low, scale)


def _framed(picture: Levels, where: Placement) -> Levels:
    if where.size == where.scan_size:
        return np.ascontiguousarray(picture)
    width, height = where.size
    framed = np.zeros((height, width, *picture.shape[2:]), np.uint8)
    (left, top), (across, down) = where.corner, where.scan_size
    framed[top : top + down, left : left + across] = picture
    return framed

"""What a site files of a scan: measured values or a picture for the screen, and truth within it."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from riac.formats import encode_package
from riac.scan import Box
from training.simulator.scanners.acquisition import Acquisition
from training.simulator.scanners.beams import beams_of
from training.simulator.scanners.display import display_bytes
from training.simulator.scanners.palettes import MaterialScale, Palette, material_scale
from training.simulator.scanners.profile import ScannerProfile
from training.simulator.scanners.style import DisplayStyle, Placement, placement
from training.simulator.scanning import Exposure, as_scan, encode_tiff

Labels = NDArray[np.uint8]
"""(H, W) uint8, 0 for none."""

_WHITE = 60_000


@dataclass(frozen=True, slots=True)
class FiledPicture:
    """A file and where things lie in it."""

    content: bytes
    suffix: str
    """`.tif` or `.zip` (measured values, one energy or two), `.jpg` or `.png` (rendered)."""
    where: Placement
    """Of the scan within the picture."""

    @property
    def size(self) -> tuple[int, int]:
        """Width and height, pixels."""
        return self.where.size

    def box(self, of_scan: Box) -> Box:
        """Return a box of the scan in pixels of the file."""
        x0, y0 = self.where.place(of_scan.x0, of_scan.y0)
        x1, y1 = self.where.place(of_scan.x1, of_scan.y1)
        return Box(x0, y0, x1, y1)

    def within(self, of_scan: Box) -> Box:
        """Return a box of the scan in pixels of the file, cut to the scan."""
        box = self.box(of_scan)
        (left, top), (wide, tall) = self.where.corner, self.where.scan_size
        return Box(
            min(max(box.x0, left), left + wide),
            min(max(box.y0, top), top + tall),
            min(max(box.x1, left), left + wide),
            min(max(box.y1, top), top + tall),
        )

    def labels(self, of_scan: Labels) -> Labels:
        """Return labels of the scan's pixels as labels of the file's, 0 beside the scan."""
        width, height = self.where.size
        framed = np.zeros((height, width), np.uint8)
        (left, top), (wide, tall) = self.where.corner, self.where.scan_size
        framed[top : top + tall, left : left + wide] = cv2.resize(
            of_scan, (wide, tall), interpolation=cv2.INTER_NEAREST
        )
        return framed


def file_exposure(
    exposure: Exposure, style: DisplayStyle | None, *, profile: ScannerProfile
) -> FiledPicture:
    """File a scan: for the screen in a style, or without one as measured."""
    if style is None:
        return file_measured(exposure)
    return file_rendered(exposure, style, profile=profile)


def file_measured(exposure: Exposure, *, inverted: bool = False) -> FiledPicture:
    """File transmissions: a 16-bit TIFF of one energy, the neutral package of two."""
    where = placement(DisplayStyle(), shape=exposure.transmissions[0].shape)
    if len(exposure.transmissions) > 1:
        return FiledPicture(encode_package(as_scan(exposure)), ".zip", where)
    return FiledPicture(encode_tiff(exposure, inverted=inverted), ".tif", where)


def file_rendered(
    exposure: Exposure, style: DisplayStyle, *, profile: ScannerProfile
) -> FiledPicture:
    """File what an operator's station shows.

    Args:
        exposure: to show.
        style: of the display.
        profile: of the scanner, whose calibration the colours of materials follow.
    """
    levels = np.rint(np.stack(exposure.transmissions) * np.float32(_WHITE)).astype(np.uint16)
    scale: MaterialScale | None = None
    if style.palette is Palette.MATERIALS:
        scale = material_scale(beams_of(profile))
    content = display_bytes(Acquisition(levels, 0, _WHITE), style, scale=scale)
    suffix = ".png" if style.jpeg_quality is None else ".jpg"
    return FiledPicture(content, suffix, placement(style, shape=levels.shape[1:]))

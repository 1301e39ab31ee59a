"""The form in which two rectified containers are compared: one height, one unit of noise."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from riac.imaging.frame import RectifiedContainer
from riac.scan import Box, Picture

ROWS = 256
"""Of the working picture: about a centimetre each, a fifteenth of the smallest change sought."""
MIN_COLUMNS, MAX_COLUMNS = 256, 1536

DISPLAY_NOISE = 2.5 / 255
"""Transmission: quantisation, JPEG and display of an 8-bit picture, standard deviation."""
MEASURED_NOISE = 1.0 / 1500
"""Transmission: electronic noise of a 16-bit cargo scanner averaged to working pixels."""
RELATIVE_NOISE = 0.03
"""Of transmission: gain, dose and scatter that a tone map does not take away."""


@dataclass(frozen=True, slots=True)
class WorkingView:
    """One container, resampled for comparison."""

    transmission: Picture
    """(ROWS, columns) float32, 0 to 1."""
    levels: Picture
    """(ROWS, columns) float32, transmission on a scale whose unit is one standard deviation of
    noise everywhere, 0 (black) and up."""
    noise: float
    """Transmission noise in the dark, standard deviation."""
    row_mm: float
    source: RectifiedContainer

    @property
    def columns(self) -> int:
        """Width of the working picture."""
        return int(self.transmission.shape[1])

    def box_to_file(self, box: Box) -> Box:
        """Return the box of the file around a box of the working picture, cut to the frame."""
        rows, columns = self.source.transmission.shape
        across, down = columns / self.columns, rows / ROWS
        frame = Box(
            float(np.clip(box.x0 * across, 0, columns)),
            float(np.clip(box.y0 * down, 0, rows)),
            float(np.clip(box.x1 * across, 0, columns)),
            float(np.clip(box.y1 * down, 0, rows)),
        )
        return self.source.box_to_file(frame)


def working_view(container: RectifiedContainer, *, noise: float) -> WorkingView:
    """Resample a rectified container to the working height.

    Args:
        container: of entry or exit.
        noise: of transmission in the dark, standard deviation.
    """
    rows, columns = container.transmission.shape
    width = int(np.clip(round(columns * ROWS / rows), MIN_COLUMNS, MAX_COLUMNS))
    resized = resize(container.transmission, columns=width)
    return WorkingView(
        transmission=resized,
        levels=noise_levels(resized, noise=noise),
        noise=noise,
        row_mm=container.row_mm * rows / ROWS,
        source=container,
    )


def resize(picture: Picture, *, columns: int) -> Picture:
    """Resample to ROWS and the given columns, averaging where it shrinks."""
    shrinks = picture.shape[0] >= ROWS and picture.shape[1] >= columns
    method = cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR
    resized: Picture = cv2.resize(picture, (columns, ROWS), interpolation=method)
    return resized


def noise_levels(transmission: Picture, *, noise: float) -> Picture:
    """Put transmission on a scale on which noise has unit deviation everywhere.

    Variance stabilisation for sigma(T)^2 = noise^2 + (RELATIVE_NOISE T)^2: the integral of
    dT / sigma(T) is asinh(RELATIVE_NOISE T / noise) / RELATIVE_NOISE (Bartlett, Biometrics 3,
    1947).
    """
    scaled = np.maximum(transmission, 0) * np.float32(RELATIVE_NOISE / noise)
    levels: Picture = (np.arcsinh(scaled) / np.float32(RELATIVE_NOISE)).astype(np.float32)
    return levels


def transmission_of(levels: Picture, *, noise: float) -> Picture:
    """Invert `noise_levels`; the two arguments must share their noise."""
    scaled = np.sinh(np.maximum(levels, 0) * np.float32(RELATIVE_NOISE))
    transmission: Picture = scaled * np.float32(noise / RELATIVE_NOISE)
    return transmission

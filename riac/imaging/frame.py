"""The container frame: a rectified picture and the map back to the file's pixels."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from riac.scan import Box, Fault, Picture, Scan

Quad = NDArray[np.float64]
"""(4, 2) float64, x and y in pixels of the file: top left, top right, bottom right, bottom left."""


@dataclass(frozen=True, slots=True)
class LocatedContainer:
    """A container found in one view."""

    box_px: Box
    quad_px: Quad
    view: str
    score: float
    """0 to 1, higher = surer."""
    whole_picture: bool = False
    """True when the picture was already cropped to its container."""

    @property
    def length_px(self) -> float:
        """Along the scan, of the quad."""
        return float(np.ptp(self.quad_px[:, 0]))

    @property
    def height_px(self) -> float:
        """From roof to floor, of the quad's two ends together."""
        top, bottom = self.quad_px[:2, 1].mean(), self.quad_px[2:, 1].mean()
        return float(bottom - top)


@dataclass(frozen=True, slots=True)
class RectifiedContainer:
    """One view resampled to the container frame: x along the length, y down from the roof.

    The frame keeps the scan's horizontal sampling ratio (speed is not corrected here: that is
    the comparison's work) and has a fixed number of rows, so that one row is the same height
    in millimetres in every picture of a container of the same height.
    """

    transmissions: tuple[Picture, ...]
    """One (rows, columns) float32 picture per energy plane, transmission, 0 to 1, as `View`."""
    to_file_px: NDArray[np.float64]
    """(3, 3) float64 homography: frame (x, y, 1) to pixels of the file as stored."""
    view: str
    row_mm: float
    """Height of one row at the container's middle plane, from its nominal height."""
    container: LocatedContainer
    pixel_aspect: float | None = None
    """Length over height of a pixel, where the scan states its pitch."""

    @property
    def transmission(self) -> Picture:
        """The high-energy picture: (rows, columns) float32, transmission, 0 to 1."""
        return self.transmissions[0]

    def box_to_file(self, box: Box) -> Box:
        """Return the upright box, in pixels of the file, around a box of the frame."""
        corners = np.array(
            [[box.x0, box.y0, 1], [box.x1, box.y0, 1], [box.x1, box.y1, 1], [box.x0, box.y1, 1]],
            dtype=np.float64,
        )
        mapped = corners @ self.to_file_px.T
        points = mapped[:, :2] / mapped[:, 2:]
        (x0, y0), (x1, y1) = points.min(axis=0), points.max(axis=0)
        return Box(float(x0), float(y0), float(x1), float(y1))


@dataclass(frozen=True, slots=True)
class PreparedScan:
    """A scan that was read, assessed, repaired, and whose containers were found and rectified."""

    scan: Scan
    """With its repairs applied."""
    containers: tuple[LocatedContainer, ...]
    """Of the primary view, left to right."""
    rectified: tuple[RectifiedContainer, ...]
    """The chosen container in every view, primary first; empty when no container was found."""
    faults: tuple[Fault, ...]
    """Everything found wrong, by reading, quality checks and locating."""

    @property
    def usable(self) -> bool:
        """True when nothing fatal was found and a container is there to look at."""
        return bool(self.rectified) and not any(f.severity == "fatal" for f in self.faults)

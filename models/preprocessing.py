"""The one preprocessing: an interior's transmission to what every model of goods looks at."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from riac.errors import ModelError
from riac.interior import MAX_ATTENUATION, cargo_attenuation
from riac.scan import Picture


@dataclass(frozen=True, slots=True)
class ModelInput:
    """The input specification of a model, as the registry states it."""

    rows: int = 192
    """One row is about 12 mm of a container's interior: what the container frame resolves."""
    min_columns: int = 48
    max_columns: int = 1152
    """Six times the height: longer pictures come from vehicles that crept."""


def to_model_input(interior: Picture, *, specification: ModelInput) -> Picture:
    """Return cargo attenuation at the model's height, sampling ratio kept.

    Args:
        interior: (rows, columns) float32, transmission, 0 to 1.
        specification: what the model expects.

    Returns:
        (specification.rows, columns) float32, 0 (as the walls) to 1 (black).

    Raises:
        ModelError: the picture is empty, not two-dimensional, or holds no numbers.
    """
    if interior.ndim != 2 or min(interior.shape) < 2:
        raise ModelError(f"expected an interior of (rows, columns), got shape {interior.shape}")
    if not np.isfinite(interior).all():
        raise ModelError("expected finite transmission, got NaN or infinity in an interior")
    rows, columns = interior.shape
    wanted = round(columns * specification.rows / rows)
    size = (
        int(np.clip(wanted, specification.min_columns, specification.max_columns)),
        specification.rows,
    )
    # Shrunk before the logarithm: detectors average transmission, not attenuation.
    shrunk = cv2.resize(interior.astype(np.float32), size, interpolation=cv2.INTER_AREA)
    return (cargo_attenuation(shrunk) / np.float32(MAX_ATTENUATION)).astype(np.float32)

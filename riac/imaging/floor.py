"""Where a container ends and its trailer begins."""

from __future__ import annotations

from riac.scan import Picture


def floor_rows(
    working: Picture, *, columns: tuple[int, int], roof: tuple[float, float]
) -> tuple[tuple[float, float], float]:
    """Return the row of the container's lower edge at its two ends, and how sure that is.

    Args:
        working: (H, W) float32, transmission.
        columns: first and last column of the container.
        roof: row of the roof at those columns.
    """
    height, _ = working.shape
    assert columns[0] <= columns[1]
    depth = 0.82 * height - min(roof)
    return (roof[0] + depth, roof[1] + depth), 0.5

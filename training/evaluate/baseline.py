"""The textbook baseline: SIFT, a homography by RANSAC, and the difference that is left."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from riac.scan import Box, Picture

FEATURES = 3000
RATIO = 0.75
REPROJECTION_PX = 8.0
BLUR_PX = 4.0
PERCENTILE = 99.0
LEAST_MATCHES = 4

Grey = NDArray[np.uint8]


def baseline_change_score(entry: Picture, exit_: Picture, *, container: Box) -> float:
    """Score how much two pictures differ, 0 to 255, higher = more.

    Both directions of travel are tried; the one with more matches on one homography counts. The
    99th percentile is taken over the container of the entry picture. Nothing alignable scores 255.

    Args:
        entry: (H, W) float32, transmission, 0 to 1.
        exit_: the other picture, of any size.
        container: of the entry picture, pixels.
    """
    first = _levels(entry)
    candidates = [_aligned(first, _levels(turned)) for turned in (exit_, exit_[:, ::-1])]
    inliers, warped, reached = max(candidates, key=lambda one: one[0])
    if inliers < LEAST_MATCHES:
        return 255.0
    difference = np.abs(first.astype(np.float32) - warped.astype(np.float32))
    difference[reached == 0] = 0
    blurred = cv2.GaussianBlur(difference, (0, 0), BLUR_PX)
    rows = slice(max(0, round(container.y0)), max(1, round(container.y1)))
    columns = slice(max(0, round(container.x0)), max(1, round(container.x1)))
    return float(np.percentile(blurred[rows, columns], PERCENTILE))


def _levels(picture: Picture) -> Grey:
    levels: Grey = np.rint(np.ascontiguousarray(picture) * 255).astype(np.uint8)
    return levels


def _aligned(first: Grey, second: Grey) -> tuple[int, Grey, Grey]:
    """Return the number of matches on one homography, the second picture warped, its reach."""
    sift = cv2.SIFT.create(nfeatures=FEATURES)
    points_a, described_a = sift.detectAndCompute(first, None)
    points_b, described_b = sift.detectAndCompute(second, None)
    nothing = (0, second, np.zeros_like(second))
    if described_a is None or described_b is None or len(points_b) < 2:
        return nothing
    pairs = cv2.BFMatcher(cv2.NORM_L2).knnMatch(described_a, described_b, k=2)
    good = [p[0] for p in pairs if len(p) == 2 and p[0].distance < RATIO * p[1].distance]
    if len(good) < LEAST_MATCHES:
        return nothing
    source = np.array([points_b[m.trainIdx].pt for m in good], np.float32)
    target = np.array([points_a[m.queryIdx].pt for m in good], np.float32)
    found, mask = cv2.findHomography(source, target, cv2.RANSAC, REPROJECTION_PX)
    if found is None:
        return nothing
    size = (first.shape[1], first.shape[0])
    warped = cv2.warpPerspective(second, found, size, borderValue=255)
    reached = cv2.warpPerspective(np.ones_like(second), found, size)
    return int(mask.sum()), np.asarray(warped, np.uint8), np.asarray(reached, np.uint8)

"""Textbook baselines: a homography of matched features and the difference left; likeness as is.

SIFT (Lowe, IJCV 60(2), 2004) or ORB (Rublee et al., ICCV 2011) with RANSAC; the structural
similarity of the two pictures as they are (Wang et al., IEEE TIP 13(4), 2004).
"""

from __future__ import annotations

from enum import StrEnum

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
SSIM_BLUR_PX = 1.5
SSIM_STABLE = (0.01**2, 0.03**2)
"""Constants of the cited paper, for pictures of 0 to 1."""

Grey = NDArray[np.uint8]


class Features(StrEnum):
    """What is matched."""

    SIFT = "SIFT"
    ORB = "ORB"


def baseline_change_score(
    entry: Picture, exit_: Picture, *, container: Box, features: Features = Features.SIFT
) -> float:
    """Score how much two pictures differ, 0 to 255, higher = more.

    Both directions of travel are tried; the one with more matches on one homography counts. The
    99th percentile is taken over the container of the entry picture. Nothing alignable scores 255.

    Args:
        entry: (H, W) float32, transmission, 0 to 1.
        exit_: the other picture, of any size.
        container: of the entry picture, pixels.
        features: what is matched.
    """
    first = _levels(entry)
    candidates = [_aligned(first, _levels(turned), features) for turned in (exit_, exit_[:, ::-1])]
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


def structural_change_score(entry: Picture, exit_: Picture) -> float:
    """Return 1 less the mean structural similarity, of the direction of travel more alike.

    Args:
        entry: (H, W) float32, transmission, 0 to 1.
        exit_: the other picture, of any size; brought to that of the entry.
    """
    size = (entry.shape[1], entry.shape[0])
    turned = (cv2.resize(each, size) for each in (exit_, np.ascontiguousarray(exit_[:, ::-1])))
    return 1 - max(_structural_similarity(entry, each) for each in turned)


def _structural_similarity(first: Picture, second: Picture) -> float:
    def smooth(picture: Picture) -> Picture:
        blurred: Picture = cv2.GaussianBlur(picture, (0, 0), SSIM_BLUR_PX)
        return blurred

    light, contrast = SSIM_STABLE
    mean_a, mean_b = smooth(first), smooth(second)
    spread = smooth(first * first) + smooth(second * second) - mean_a**2 - mean_b**2
    shared = smooth(first * second) - mean_a * mean_b
    likeness = (2 * mean_a * mean_b + light) * (2 * shared + contrast)
    likeness /= (mean_a**2 + mean_b**2 + light) * (spread + contrast)
    return float(likeness.mean())


def _aligned(first: Grey, second: Grey, features: Features) -> tuple[int, Grey, Grey]:
    """Return the number of matches on one homography, the second picture warped, its reach."""
    make = cv2.SIFT.create if features is Features.SIFT else cv2.ORB.create
    finder = make(nfeatures=FEATURES)
    norm = cv2.NORM_L2 if features is Features.SIFT else cv2.NORM_HAMMING
    points_a, described_a = finder.detectAndCompute(first, None)
    points_b, described_b = finder.detectAndCompute(second, None)
    nothing = (0, second, np.zeros_like(second))
    if described_a is None or described_b is None or len(points_b) < 2:
        return nothing
    pairs = cv2.BFMatcher(norm).knnMatch(described_a, described_b, k=2)
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

from __future__ import annotations

import cv2
import numpy as np

from riac.compare import compare
from riac.finding import ComparisonVerdict
from riac.imaging.frame import PreparedScan
from riac.scan import Picture

from . import phantom


def scan_of(picture: Picture, *, sha256: str) -> PreparedScan:
    return phantom.prepared(picture, sha256=sha256)


def rewritten(picture: Picture, *, quality: int) -> Picture:
    """The same picture through JPEG at the size of the frame."""
    levels = np.rint(picture * 255).astype(np.uint8)
    _, content = cv2.imencode(".jpg", levels, [cv2.IMWRITE_JPEG_QUALITY, quality])
    decoded = np.asarray(cv2.imdecode(content, cv2.IMREAD_GRAYSCALE))
    return decoded.astype(np.float32) / np.float32(255)


def test_the_same_bytes_are_a_replay_and_no_match() -> None:
    picture = phantom.photographed(phantom.cargo(), seed=1)
    comparison = compare(scan_of(picture, sha256="a"), scan_of(picture, sha256="a"))
    assert comparison.replayed
    assert comparison.verdict is ComparisonVerdict.INCONCLUSIVE


def test_a_re_encoded_copy_is_a_replay() -> None:
    picture = phantom.photographed(phantom.cargo(), seed=1, noise=0.012)
    comparison = compare(
        scan_of(picture, sha256="a"), scan_of(rewritten(picture, quality=92), sha256="b")
    )
    assert comparison.replayed


def test_a_mirrored_copy_is_a_replay() -> None:
    picture = phantom.photographed(phantom.cargo(), seed=1)
    turned = np.ascontiguousarray(picture[:, ::-1])
    comparison = compare(scan_of(picture, sha256="a"), scan_of(turned, sha256="b"))
    assert comparison.replayed


def test_a_second_scan_at_the_same_speed_is_no_replay() -> None:
    first, second = (phantom.photographed(phantom.cargo(), seed=seed) for seed in (1, 2))
    comparison = compare(scan_of(first, sha256="a"), scan_of(second, sha256="b"))
    assert not comparison.replayed
    assert comparison.verdict is ComparisonVerdict.MATCH

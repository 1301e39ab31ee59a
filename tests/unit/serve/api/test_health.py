"""What /ready says of the library of standard images."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np

from image_library import Reference, Snapshot, build_library, open_library
from models import (
    GoodsEmbedder,
    load_discriminant,
    load_embedder,
    load_goods_network,
    load_measures,
)
from serve.api.health import library_fault
from tests.goods_phantoms import big_bags


def test_a_library_of_another_embedder_is_a_fault_that_says_what_to_do(tmp_path: Path) -> None:
    picture = tmp_path / "bags.png"
    cv2.imwrite(str(picture), np.rint(big_bags(seed=1) * 255).astype(np.uint8))
    earlier = GoodsEmbedder(load_measures(), load_goods_network(), load_discriminant())
    library = build_library(tmp_path / "library", [Reference(picture, "1202")], embedder=earlier)
    assert library_fault(lambda: library, earlier) is None
    fault = library_fault(lambda: library, load_embedder())
    assert fault is not None
    assert "riac library renew" in fault


def test_no_library_is_no_fault_but_a_missing_one_is(tmp_path: Path) -> None:
    def missing() -> Snapshot:
        return open_library(tmp_path)

    assert library_fault(lambda: None, load_embedder()) is None
    assert library_fault(missing, load_embedder()) is not None

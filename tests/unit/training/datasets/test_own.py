"""Own references and sets laid out as COCO become samples; what is wrong is named."""

from __future__ import annotations

import json
from pathlib import Path

import cv2
import numpy as np
import pytest

from tests.goods_phantoms import big_bags
from training.datasets.goods import STORED, read_samples
from training.datasets.own import main, of_coco


def written(folder: Path, name: str) -> Path:
    levels = np.rint(big_bags(seed=1) * 255).astype(np.uint8)
    path = folder / name
    assert cv2.imwrite(str(path), levels)
    return path


def test_references_become_samples(tmp_path: Path) -> None:
    written(tmp_path, "bags.png")
    (tmp_path / "refs.csv").write_text("path,hs_code\nbags.png,120242\n")
    assert main([str(tmp_path / "goods"), "--references", str(tmp_path / "refs.csv")]) == 0
    (file,) = (tmp_path / "goods").glob("load-*.npz")
    (sample,) = read_samples(file)
    assert sample.heading == "1202"
    assert sample.attenuation.shape[0] == STORED.rows


def test_boxes_of_known_categories_are_cut_out(tmp_path: Path) -> None:
    written(tmp_path, "a.png")
    annotations = tmp_path / "coco.json"
    annotations.write_text(json.dumps({
        "images": [{"id": 7, "file_name": "a.png"}],
        "categories": [{"id": 1, "name": "bags"}, {"id": 2, "name": "other"}],
        "annotations": [
            {"image_id": 7, "category_id": 1, "bbox": [10, 20, 120, 60]},
            {"image_id": 7, "category_id": 1, "bbox": [10, 20, 4, 4]},
            {"image_id": 7, "category_id": 2, "bbox": [10, 20, 120, 60]},
        ],
    }))  # fmt: skip
    (sample,) = of_coco(annotations, tmp_path, {"bags": "1202"})
    assert sample.heading == "1202"
    assert sample.attenuation.shape == (STORED.rows, 2 * STORED.rows)


@pytest.mark.parametrize(
    ("listed", "said"),
    [
        ("path\nbags.png\n", "columns"),
        ("path,hs_code\nbags.png,12ab\n", "digits"),
        ("path,hs_code\nmissing.png,1202\n", "missing.png"),
    ],
)
def test_what_is_wrong_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], listed: str, said: str
) -> None:
    written(tmp_path, "bags.png")
    (tmp_path / "refs.csv").write_text(listed)
    assert main([str(tmp_path / "goods"), "--references", str(tmp_path / "refs.csv")]) == 2
    assert said in capsys.readouterr().err


def test_annotations_of_another_form_are_refused(tmp_path: Path) -> None:
    (tmp_path / "coco.json").write_text("[]")
    with pytest.raises(ValueError, match="COCO"):
        list(of_coco(tmp_path / "coco.json", tmp_path, {}))

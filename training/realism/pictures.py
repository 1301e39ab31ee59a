"""Folders of whole-vehicle pictures with their containers' boxes, brought to one scale."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

CONTAINER_PX = 256
"""Height of a container after scaling; what is compared is compared at one scale."""
Grey = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Container:
    """The container of one picture: (CONTAINER_PX, W) uint8 grey, W following its aspect."""

    name: str
    loaded: bool
    grey: Grey


def read_containers(folder: Path) -> list[Container]:
    """Read the containers of pictures that show one, laid out with a `scans.csv`.

    Raises:
        ValueError: the folder has no usable `scans.csv`, or a picture can't be read.
    """
    table = folder / "scans.csv"
    if not table.exists():
        raise ValueError(f"{folder}: expected a scans.csv with file, container_boxes_xyxy_px, load")
    with table.open(newline="", encoding="utf-8") as rows:
        listed = list(csv.DictReader(rows))
    found = []
    for row in listed:
        boxes = row["container_boxes_xyxy_px"].split(";")
        if len(boxes) == 1 and row["load"] in ("loaded", "empty"):
            found.append(_read(folder / row["file"], boxes[0], loaded=row["load"] == "loaded"))
    if len(found) < 10:
        raise ValueError(f"{folder}: expected ten pictures of one container, got {len(found)}")
    return found


def _read(path: Path, box: str, *, loaded: bool) -> Container:
    picture = cv2.imread(str(path), cv2.IMREAD_GRAYSCALE)
    if picture is None:
        raise ValueError(f"{path}: not a picture OpenCV can read")
    x0, y0, x1, y1 = (round(float(edge)) for edge in box.split())
    cut = picture[max(y0, 0) : y1, max(x0, 0) : x1]
    scale = CONTAINER_PX / max(len(cut), 1)
    size = (max(CONTAINER_PX // 2, round(cut.shape[1] * scale)), CONTAINER_PX)
    method = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    scaled: Grey = np.asarray(cv2.resize(cut, size, interpolation=method), np.uint8)
    return Container(path.name, loaded, scaled)

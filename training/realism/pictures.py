"""Folders of whole-vehicle pictures with their containers' boxes, brought to one scale."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from training.realism.boxes import tightened

CONTAINER_PX = 256
"""Height of a container after scaling; what is compared is compared at one scale."""
Grey = NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class Container:
    """The container of one picture, at one scale, and the whole picture as it came."""

    name: str
    loaded: bool
    grey: Grey
    """(CONTAINER_PX, W), W following the container's aspect."""
    picture: Grey
    """(H, W) of the file."""
    box: tuple[int, int, int, int]
    """x0, y0, x1, y1 of the container in `picture`."""


def read_containers(folder: Path) -> list[Container]:
    """Read the containers of pictures that show one, laid out with a `scans.csv`; tighten boxes.

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


def container_of(
    picture: Grey, box: tuple[int, int, int, int], *, name: str, loaded: bool
) -> Container:
    """Cut the container at `box` (x0, y0, x1, y1) out of a (H, W) picture and scale it."""
    tall, wide = picture.shape
    x0, y0, x1, y1 = max(box[0], 0), max(box[1], 0), min(box[2], wide), min(box[3], tall)
    if x1 - x0 < 2 or y1 - y0 < 2:
        raise ValueError(f"{name}: expected a box inside the {wide} x {tall} picture, got {box}")
    scale = CONTAINER_PX / (y1 - y0)
    size = (max(CONTAINER_PX // 2, round((x1 - x0) * scale)), CONTAINER_PX)
    method = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    scaled = np.asarray(cv2.resize(picture[y0:y1, x0:x1], size, interpolation=method), np.uint8)
    return Container(name, loaded, scaled, picture, (x0, y0, x1, y1))


def _read(path: Path, box: str, *, loaded: bool) -> Container:
    picture = cv2.imread(str(path), cv2.IMREAD_GRAYSCALE)
    if picture is None:
        raise ValueError(f"{path}: not a picture OpenCV can read")
    x0, y0, x1, y1 = (round(float(edge)) for edge in box.split())
    grey: Grey = np.asarray(picture, np.uint8)
    box_px = tightened(grey, (x0, y0, x1, y1))
    return container_of(grey, box_px, name=path.name, loaded=loaded)

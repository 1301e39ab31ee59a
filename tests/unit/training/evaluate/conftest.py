"""A data folder of phantoms, laid out as the protocol says."""

from __future__ import annotations

from pathlib import Path

import pytest

from training.simulator.scanning import Scanner, encode_jpeg, expose
from training.simulator.trucks import Truck, build_scene


@pytest.fixture(scope="session")
def data_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    scans = folder / "scans"
    scans.mkdir()
    rows = ["file,width_px,height_px,container_boxes_xyxy_px,load"]
    scanner = Scanner(pitch_mm=(12.0, 8.0), gamma=0.6)
    for number, heading in enumerate(["0805", "4011", ""]):
        truck = Truck(heading, seed=number, with_cab=number == 0)
        exposure = expose(build_scene(truck), scanner, seed=number)
        height, width = exposure.transmissions[0].shape
        name = f"p{number}.jpg"
        (scans / name).write_bytes(encode_jpeg(exposure, scanner))
        box = " ".join(f"{edge:.0f}" for edge in exposure.container_px.as_tuple())
        rows.append(f"{name},{width},{height},{box},{'loaded' if heading else 'empty'}")
    (scans / "scans.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    return folder

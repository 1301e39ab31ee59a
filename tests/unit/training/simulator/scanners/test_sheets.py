from __future__ import annotations

from pathlib import Path

import cv2
import pytest

from training.simulator.scanners import sheets
from training.simulator.scanners.faults import ScanFault
from training.simulator.trucks import Truck, build_scene


def test_the_sheet_of_faults_shows_one_tile_for_each(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    captions: list[str] = []
    tile = sheets._tile

    def noted(picture: sheets.Tile, caption: str) -> sheets.Tile:
        captions.append(caption)
        return tile(picture, caption)

    monkeypatch.setattr(sheets, "_tile", noted)
    scene = build_scene(Truck("", 1, length_ft=20))
    sheet = sheets.fault_sheet(scene, seed=1)
    assert set(captions) == set(ScanFault) - {ScanFault.TRUNCATED}
    assert cv2.imwrite(str(tmp_path / "sheet.png"), sheet)
    # Nine tiles in three rows, none of them of one colour.
    assert sheet.shape == (3 * 200, 3 * 440, 3)

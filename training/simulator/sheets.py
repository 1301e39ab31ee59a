"""Contact sheets of simulated pictures for the documents.

python -m training.simulator.sheets --out docs/simulator
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from riac.scan import Box
from training.simulator.fraud import FraudKind
from training.simulator.goods.catalogue import GOODS, goods_of
from training.simulator.journeys import changed_mask, mask_boxes
from training.simulator.pictures import file_rendered
from training.simulator.plans import Choice, draw_load, profile_of
from training.simulator.production import draw_journey
from training.simulator.scanners.profile import profile_names
from training.simulator.scanners.style import Curve, DisplayStyle, Family, draw_style
from training.simulator.scanning import Exposure, scan
from training.simulator.trucks import Scene, build_scene

Sheet = NDArray[np.uint8]
"""(H, W, 3) uint8, blue first."""

_TILE, _SMALL_TILE = (320, 150), (230, 108)
"""Width and height of one picture; the small one of sheets that show very many."""
_QUALITY = 72
_RED = (40, 40, 230)
_STYLE = DisplayStyle(curve=Curve.POWER, exponent=0.6, white=1.0, height_px=480, jpeg_quality=95)
"""Near the square root: what dense loads hold is seen."""
_SHOWN_FRAUDS = tuple(kind for kind in FraudKind if kind is not FraudKind.BROKEN_SEAL)
_HEADING = "4804"
"""Of sheets about other things than goods."""


def goods_sheet() -> Sheet:
    """Show one load of every heading."""
    tiles = []
    for index, heading in enumerate(GOODS):
        scene = _loaded(heading, seed=index)
        exposure = _seen(scene, "mobile-6mv", seed=index)
        title = f"{heading} {goods_of(heading).description}"
        picture = _picture(exposure, "mobile-6mv")
        tiles.append(_tile(picture, title, cut=exposure.container_px, size=_SMALL_TILE))
    return _stacked(tiles, columns=8)


def scanner_sheet() -> Sheet:
    """Show one load through every scanner."""
    scene = _loaded(_HEADING, seed=4)
    return _stacked(
        [
            _tile(_picture(_seen(scene, name, seed=1), name), profile_of(name).title)
            for name in profile_names()
        ],
        columns=3,
    )


def fraud_sheet() -> Sheet:
    """Show every fraud at entry and exit, with the true boxes."""
    tiles = []
    for index, kind in enumerate(_SHOWN_FRAUDS):
        generator = np.random.default_rng([31, index])
        choice = Choice(headings=("4011", "5201", "4804"), empty_share=0)
        load = draw_load(choice, seed=index, generator=generator)
        journey = draw_journey(load, kind, seed=index, generator=generator)
        (truth,) = journey.frauds
        for role, scene in (("entry", journey.entry), ("exit", journey.exit)):
            exposure = _seen(scene, "mobile-6mv", seed=index + 50 * (role == "exit"))
            boxes = mask_boxes(changed_mask(journey, exposure.sight))
            title = f"{kind} {truth.what} {truth.mass_change_kg:+.0f} kg, {role}"
            tiles.append(_tile(_picture(exposure, "mobile-6mv"), title, boxes=boxes))
    return _stacked(tiles, columns=4)


def display_sheet() -> Sheet:
    """Show one scan as different stations file it."""
    scene = _loaded(_HEADING, seed=4)
    exposure = _seen(scene, "gantry-6-4mv", seed=1)
    tiles = []
    for family in Family:
        for index in range(3):
            style = draw_style(np.random.default_rng([7, index]), family=family, energies=2)
            picture = _picture(exposure, "gantry-6-4mv", style)
            tiles.append(_tile(picture, f"{family}", cut=None))
    return _stacked(tiles, columns=3)


def _loaded(heading: str, *, seed: int) -> Scene:
    generator = np.random.default_rng([23, seed])
    choice = Choice(headings=(heading,), empty_share=0)
    return build_scene(draw_load(choice, seed=seed, generator=generator).truck)


def _seen(scene: Scene, scanner: str, *, seed: int) -> Exposure:
    return scan(scene, profile_of(scanner), generator=np.random.default_rng([29, seed]))


def _picture(exposure: Exposure, scanner: str, style: DisplayStyle | None = None) -> Sheet:
    """Return the picture, scaled to the scan's rows where the style scales it."""
    filed = file_rendered(exposure, style or _STYLE, profile=profile_of(scanner))
    decoded = cv2.imdecode(np.frombuffer(filed.content, np.uint8), cv2.IMREAD_COLOR)
    assert decoded is not None
    if style is not None:
        return np.asarray(decoded, np.uint8)
    height, width = exposure.transmissions[0].shape
    return np.asarray(cv2.resize(decoded, (width, height)), np.uint8)


def _tile(
    picture: Sheet,
    title: str,
    *,
    cut: Box | None = None,
    boxes: Sequence[Box] = (),
    size: tuple[int, int] = _TILE,
) -> Sheet:
    """Return a picture of this size under its title, boxes drawn, cut about a container."""
    picture = picture.copy()
    thick = max(2, picture.shape[1] // 250)
    for box in boxes:
        corners = [round(float(each)) for each in (box.x0, box.y0, box.x1, box.y1)]
        cv2.rectangle(picture, (corners[0], corners[1]), (corners[2], corners[3]), _RED, thick)
    if cut is not None:
        height, width = picture.shape[:2]
        x0, y0 = max(0, int(cut.x0) - 20), max(0, int(cut.y0) - 20)
        picture = picture[y0 : min(height, int(cut.y1) + 60), x0 : min(width, int(cut.x1) + 20)]
    tile: Sheet = np.full((size[1] + 18, size[0] + 4, 3), 255, np.uint8)
    tile[16 : 16 + size[1], 2 : 2 + size[0]] = cv2.resize(
        picture, size, interpolation=cv2.INTER_AREA
    )
    most = size[0] // 6
    shown = title if len(title) <= most else title[: most - 2] + ".."
    cv2.putText(tile, shown, (3, 12), cv2.FONT_HERSHEY_SIMPLEX, 0.36, (20, 20, 20), 1, cv2.LINE_AA)
    return tile


def _stacked(tiles: Sequence[Sheet], *, columns: int) -> Sheet:
    height, width = tiles[0].shape[:2]
    rows = -(-len(tiles) // columns)
    sheet: Sheet = np.full((rows * height, columns * width, 3), 255, np.uint8)
    for index, tile in enumerate(tiles):
        row, column = divmod(index, columns)
        sheet[row * height : (row + 1) * height, column * width : (column + 1) * width] = tile
    return sheet


SHEETS = {
    "goods": goods_sheet,
    "scanners-seen": scanner_sheet,
    "frauds": fraud_sheet,
    "displays": display_sheet,
}


def main() -> None:
    """Write the sheets."""
    parser = argparse.ArgumentParser(description="Contact sheets of simulated pictures.")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--only", choices=sorted(SHEETS), action="append")
    stated = parser.parse_args()
    stated.out.mkdir(parents=True, exist_ok=True)
    for name in stated.only or SHEETS:
        flags = [cv2.IMWRITE_JPEG_QUALITY, _QUALITY]
        done, content = cv2.imencode(".jpg", SHEETS[name](), flags)
        assert done
        (stated.out / f"{name}.jpg").write_bytes(content.tobytes())


if __name__ == "__main__":
    main()

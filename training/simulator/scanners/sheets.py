"""Contact sheets: one load through every scanner, in many displays, and with every fault.

    python -m training.simulator.scanners.sheets --out docs/simulator

Nothing on them is recorded: loads, trucks and scanners are simulated.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from training.simulator.scanners.acquisition import Acquisition, acquire
from training.simulator.scanners.beams import beams_of
from training.simulator.scanners.display import display
from training.simulator.scanners.elements import draw_elements
from training.simulator.scanners.faults import ON_LEVELS, ScanFault, rendered_style, spoiled
from training.simulator.scanners.palettes import material_scale
from training.simulator.scanners.passages import draw_passage
from training.simulator.scanners.profile import load_profile, profile_names
from training.simulator.scanners.style import DisplayStyle, Family, draw_style
from training.simulator.trucks import BEHIND_MM, Scene, Truck, build_scene

Tile = NDArray[np.uint8]

_TILE = (440, 200)
"""Width and height, pixels."""
_COLUMNS = 3
_PAPER, _INK = (236, 236, 236), (40, 40, 40)
_CAPTION_PX = 20
_HEADINGS = ("0805", "4011", "0202")
_PLAIN = DisplayStyle(height_px=600, width_factor=1.3)


def scanner_sheet(scene: Scene, *, seed: int) -> Tile:
    """Show one load as every scanner sees it."""
    tiles = []
    for name in profile_names():
        picture = display(_scanned(scene, name, seed=seed), _PLAIN)
        tiles.append(_tile(picture, load_profile(name).title))
    return _sheet(tiles)


def display_sheet(scene: Scene, *, seed: int) -> Tile:
    """Show one scan in displays of every family, three of each."""
    beams = beams_of(load_profile("gantry-6-4mv"))
    scan, scale = _scanned(scene, "gantry-6-4mv", seed=seed), material_scale(beams)
    tiles = []
    for number, family in enumerate(family for family in Family for _ in range(_COLUMNS)):
        generator = np.random.default_rng([seed, number])
        style = draw_style(generator, family=family, energies=2)
        tiles.append(_tile(display(scan, style, scale=scale), family.value))
    return _sheet(tiles)


def fault_sheet(scene: Scene, *, seed: int) -> Tile:
    """Show one scan with every fault that can be seen."""
    scan = _scanned(scene, "mobile-6mv", seed=seed)
    tiles = []
    for number, fault in enumerate((*ON_LEVELS, ScanFault.RENDERED)):
        generator = np.random.default_rng([seed, number])
        if fault is ScanFault.RENDERED:
            picture = display(scan, rendered_style(generator))
        else:
            picture = display(spoiled(scan, fault, generator=generator), _PLAIN)
        tiles.append(_tile(picture, fault.value))
    return _sheet(tiles)


def _scanned(scene: Scene, name: str, *, seed: int) -> Acquisition:
    profile = load_profile(name)
    generator = np.random.default_rng([seed, *name.encode()])
    passage = draw_passage(profile, span_mm=(0.0, scene.shell.x1 + BEHIND_MM), generator=generator)
    fan = profile.fan(middle_height_mm=(scene.shell.y0 + scene.shell.y1) / 2)
    return acquire(
        scene.project(fan, passage.column_edges_mm),
        profile,
        beams=beams_of(profile),
        passage=passage,
        elements=draw_elements(profile, generator=generator),
        generator=generator,
    )


def _tile(picture: Tile, caption: str) -> Tile:
    coloured = cv2.cvtColor(picture, cv2.COLOR_GRAY2BGR) if picture.ndim == 2 else picture
    width, height = _TILE
    room = height - _CAPTION_PX - 4
    share = min((width - 4) / coloured.shape[1], room / coloured.shape[0])
    size = (max(1, int(coloured.shape[1] * share)), max(1, int(coloured.shape[0] * share)))
    tile = np.full((height, width, 3), _PAPER, np.uint8)
    tile[2 : 2 + size[1], 2 : 2 + size[0]] = cv2.resize(
        coloured, size, interpolation=cv2.INTER_AREA
    )
    place = (4, height - 7)
    cv2.putText(tile, caption, place, cv2.FONT_HERSHEY_SIMPLEX, 0.42, _INK, 1, cv2.LINE_AA)
    return tile


def _sheet(tiles: list[Tile]) -> Tile:
    width, height = _TILE
    empty = np.full((height, width, 3), _PAPER, np.uint8)
    tiles = tiles + [empty] * (-len(tiles) % _COLUMNS)
    rows = [np.hstack(tiles[i : i + _COLUMNS]) for i in range(0, len(tiles), _COLUMNS)]
    return np.vstack(rows)


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the three sheets."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--out", type=Path, required=True, help="folder of the sheets")
    parser.add_argument("--seed", type=int, default=3)
    options = parser.parse_args(arguments)
    options.out.mkdir(parents=True, exist_ok=True)
    sheets = {"scanners": scanner_sheet, "displays": display_sheet, "faults": fault_sheet}
    for heading, (name, draw) in zip(_HEADINGS, sheets.items(), strict=True):
        scene = build_scene(Truck(heading, options.seed, length_ft=20))
        flags = [cv2.IMWRITE_JPEG_QUALITY, 85]
        cv2.imwrite(str(options.out / f"{name}.jpg"), draw(scene, seed=options.seed), flags)


if __name__ == "__main__":
    main()

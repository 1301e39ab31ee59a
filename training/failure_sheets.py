"""Sheets of simulated failures for the models' cards: what each gets wrong, to be looked at.

    python -m training.failure_sheets change lots report/evaluation.json change-network.jpg
    python -m training.failure_sheets loads lots load-network.jpg
    python -m training.failure_sheets goods library 2710 3808 goods-network.jpg
    python -m training.failure_sheets novelty scans/scans novelty-detector.jpg
    python -m training.failure_sheets finder scans report/evaluation.json container-finder.jpg

`lots` and its `report` are of `riac simulate pair` and `riac evaluate --only journeys`, `library`
of `riac simulate library`, `scans` and its `report` of `riac simulate scan` and
`riac evaluate --only containers`.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import matplotlib.pyplot as plt
import numpy as np
from rich.progress import track

from models import load_novelty, load_recogniser
from riac.compare.swap import either_way
from riac.formats import read_scan
from riac.imaging import prepare
from riac.ports import PictureChecks
from riac.scan import Box, Picture, Severity
from training.evaluate.journeys import Lot, look_alikes, read_lots
from training.evaluate.spoiling import STRANGE_WAYS

COLUMNS_PX, ROWS_PX = 600, 280
"""Of a shown picture; what has other proportions is shown smaller, on white."""
WORST = 4
"""Of either kind of failure of the change network; twice as many of the finder's."""
LINE_PX = 9
"""Of boxes, before they are shown smaller."""
EXAMPLES = 3
QUALITY = 85
HONEST = "honest"


@dataclass(frozen=True, slots=True)
class Shown:
    """One picture of a sheet."""

    picture: Picture
    title: str


def change_sheet(lots: Path, evaluation: Path) -> Iterator[Shown]:
    """Show the honest lots most taken for changed, and the changed ones most taken for the same."""
    measured = _rows(evaluation, "journeys")
    with (lots / "pairs.csv").open(newline="", encoding="utf-8-sig") as stream:
        files = {row["pair_id"]: row for row in csv.DictReader(stream)}
    rows = sorted(measured, key=lambda row: -row["change_score"])
    honest = [row for row in rows if not row["frauds"]]
    changed = [row for row in rows if set(row["frauds"]) - {"broken_seal"}]
    for alarm, miss in zip(honest[:WORST], changed[: -WORST - 1 : -1], strict=True):
        yield from (_pair(lots, files, each) for each in (alarm, miss))


def _pair(lots: Path, files: Mapping[str, Mapping[str, str]], row: Mapping[str, Any]) -> Shown:
    # A look-alike is one pair's entry and another's exit.
    first, last = (row["pair_id"].split()[end] for end in (0, -1))
    entry, exit_ = (lots / files[one][role] for one, role in ((first, "entry"), (last, "exit")))
    what = ", ".join(row["frauds"]) or HONEST
    title = f"{what}: {row['change_score']:.2f}, {' to '.join(row['scanners'])}"
    return Shown(_one_above_the_other(entry, exit_), title)


def _one_above_the_other(entry: Path, exit_: Path) -> Picture:
    gap = np.ones((8, COLUMNS_PX), np.float32)
    return np.vstack([_small(_read(entry)), gap, _small(_read(exit_))])


def loads_sheet(lots: Path) -> Iterator[Shown]:
    """Show the honest lots whose scans are least alike, and the look-alikes that are most alike."""
    every = [lot for lot in read_lots(lots) if lot.honest and len(lot.cargo) > 1]
    recogniser, ways = load_recogniser(), {}
    for path in track([path for lot in every for path in (lot.entry, lot.exit_)]):
        scan = prepare(read_scan(path))
        if scan.usable:
            ways[path] = either_way(scan, recogniser)

    def alike(lot: Lot) -> float:
        return float((ways[lot.entry][:1] @ ways[lot.exit_].T).max())

    def ordered(pairs: Sequence[Lot]) -> list[Lot]:
        seen = [lot for lot in pairs if lot.entry in ways and lot.exit_ in ways]
        return sorted(seen, key=alike)

    others = ordered(list(look_alikes(every)))[::-1]
    for alarm, miss in zip(ordered(every)[:WORST], others[:WORST], strict=True):
        for lot in (alarm, miss):
            title = (
                f"{', '.join(lot.frauds) or HONEST}: {alike(lot):.2f}, {' to '.join(lot.scanners)}"
            )
            yield Shown(_one_above_the_other(lot.entry, lot.exit_), title)


def goods_sheet(library: Path, headings: Sequence[str]) -> Iterator[Shown]:
    """Show pictures of headings that are taken for each other, side by side."""
    with (library / "refs.csv").open(newline="", encoding="utf-8-sig") as stream:
        rows = list(csv.DictReader(stream))
    for number in range(EXAMPLES):
        for heading in headings:
            named = [row["path"] for row in rows if row["hs_code"].startswith(heading)]
            yield Shown(_small(_read(library / named[number])), heading)


def novelty_sheet(scans: Path) -> Iterator[Shown]:
    """Show a scan as it is and in every strange way, with what is said of it."""
    novelty = load_novelty()
    for number, path in enumerate(sorted(scans.glob("*.jpg"))[:EXAMPLES]):
        picture = _read(path)
        found = prepare(read_scan(path))
        box = found.containers[0].box_px if found.containers else Box(0, 0, *picture.shape[::-1])
        generator = np.random.default_rng(number)
        ways = (("as it is", path.read_bytes()), *((name, spoil(picture, box, generator))
                                                   for name, spoil in STRANGE_WAYS))  # fmt: skip
        for name, content in ways:
            scan = prepare(read_scan(content), checks=PictureChecks(novelty=novelty))
            held = [str(fault.code) for fault in scan.faults
                    if fault.severity is not Severity.REPAIRED]  # fmt: skip
            shown = read_scan(content).primary.transmission
            yield Shown(_small(shown), f"{name}: {', '.join(held) or 'nothing said'}")


def finder_sheet(scans: Path, evaluation: Path) -> Iterator[Shown]:
    """Show the containers found worst: the true box black, the one found white."""
    rows = sorted(_rows(evaluation, "containers"), key=lambda row: min(row["iou"]))
    for row in rows[: 2 * WORST]:
        # Greys are held off black and white, which are the boxes'.
        picture = 0.2 + 0.6 * _read(scans / "scans" / row["file"])
        for level, boxes in ((0.0, row["drawn"]), (1.0, row["found"])):
            for x0, y0, x1, y1 in np.rint(boxes).astype(int).reshape(-1, 4).tolist():
                cv2.rectangle(picture, (x0, y0), (x1, y1), level, LINE_PX)
        yield Shown(_small(picture), f"IoU {min(row['iou']):.2f}")


def _rows(evaluation: Path, section: str) -> Sequence[Mapping[str, Any]]:
    sections = json.loads(evaluation.read_text(encoding="utf-8"))["sections"]
    (measured,) = [each for each in sections if each["name"] == section]
    rows: Sequence[Mapping[str, Any]] = measured["rows"]
    return rows


def draw(shown: Sequence[Shown], path: Path, *, across: int) -> None:
    """Draw pictures row by row into a JPEG."""
    down = -(-len(shown) // across)
    high = max(each.picture.shape[0] for each in shown) / COLUMNS_PX
    figure, axes = plt.subplots(
        down, across, figsize=(3.6 * across, down * (3.6 * high + 0.25)), layout="constrained",
        squeeze=False,
    )  # fmt: skip
    for place in axes.flat:
        place.axis("off")
    for place, each in zip(axes.flat, shown, strict=False):
        place.imshow(each.picture, cmap="gray", vmin=0, vmax=1, aspect="equal")
        place.set_title(each.title, fontsize=8)
    figure.savefig(path, dpi=110, pil_kwargs={"quality": QUALITY})
    plt.close(figure)


def _read(path: Path) -> Picture:
    return read_scan(path).primary.transmission


def _small(picture: Picture) -> Picture:
    scale = min(ROWS_PX / picture.shape[0], COLUMNS_PX / picture.shape[1])
    small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    down, right = ROWS_PX - small.shape[0], COLUMNS_PX - small.shape[1]
    framed: Picture = cv2.copyMakeBorder(
        small, down // 2, down - down // 2, right // 2, right - right // 2,
        cv2.BORDER_CONSTANT, value=1.0,
    )  # fmt: skip
    return framed


def main(arguments: Sequence[str] | None = None) -> int:
    """Draw a sheet; returns the exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m training.failure_sheets",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    kinds = parser.add_subparsers(dest="kind", required=True)
    change = kinds.add_parser("change", help="of the change network")
    change.add_argument("lots", type=Path)
    change.add_argument("evaluation", type=Path)
    loads = kinds.add_parser("loads", help="of the load network")
    loads.add_argument("lots", type=Path)
    goods = kinds.add_parser("goods", help="of the goods network")
    goods.add_argument("library", type=Path)
    goods.add_argument("headings", nargs=2)
    novelty = kinds.add_parser("novelty", help="of the novelty detector")
    novelty.add_argument("scans", type=Path)
    finder = kinds.add_parser("finder", help="of the container finder")
    finder.add_argument("scans", type=Path)
    finder.add_argument("evaluation", type=Path)
    for each in (change, loads, goods, novelty, finder):
        each.add_argument("out", type=Path, help="JPEG to write")
    given = parser.parse_args(arguments)
    if given.kind == "change":
        draw(list(change_sheet(given.lots, given.evaluation)), given.out, across=2)
    elif given.kind == "loads":
        draw(list(loads_sheet(given.lots)), given.out, across=2)
    elif given.kind == "goods":
        draw(list(goods_sheet(given.library, given.headings)), given.out, across=2)
    elif given.kind == "finder":
        draw(list(finder_sheet(given.scans, given.evaluation)), given.out, across=2)
    else:
        draw(list(novelty_sheet(given.scans)), given.out, across=(1 + len(STRANGE_WAYS)) // 2)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

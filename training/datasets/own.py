"""An office's own pictures, or a public set laid out as COCO, as samples beside the simulated ones.

    python -m training.datasets.own goods --references refs.csv
    python -m training.datasets.own goods --coco annotations.json --images pictures/ \\
        --headings headings.csv

References are listed as for `riac library build`: `path,hs_code`, each a scan of a container whose
goods are known. Of a COCO set each drawn box is a picture of goods; `headings.csv` says which
heading each of its categories is: `category,hs_code`; others are left out. Samples are written
into the folder of `training.datasets.goods`, and `training.train_goods goods --start best.pt
--rate 5e-4` goes on from released weights with both: the simulated ones keep it from forgetting.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from rich.progress import track

from models.preprocessing import to_model_input
from riac.errors import RiacError
from riac.formats import read_scan
from riac.scan import Picture
from training.datasets.goods import STORED, GoodsSample, headings, interior_input, write_samples

FIRST = 100_000
"""Round of headings the first of these samples is numbered by: simulated ones are far below."""
LEAST_PX = 16
"""Of a drawn box; smaller ones show no goods."""
SCANNER = "own"


def of_references(listed: Path) -> Iterator[GoodsSample]:
    """Read scans of known goods, cut to their interiors.

    Raises:
        ValueError: the list is not right, or a picture cannot be used; says which.
    """
    with listed.open(newline="", encoding="utf-8-sig") as stream:
        rows = list(_rows(stream, ("path", "hs_code"), where=listed))
    for row in track(rows, description="scans"):
        path = listed.parent / row["path"]
        try:
            attenuation = interior_input(path.read_bytes())
        except (OSError, RiacError) as error:
            raise ValueError(f"{path}: {error}") from error
        if attenuation is None:
            raise ValueError(f"{path}: no container in it can be used")
        yield GoodsSample(attenuation, row["hs_code"][:4], f"own-{path.name}", SCANNER)


def of_coco(
    annotations: Path, images: Path, heading_of: Mapping[str, str]
) -> Iterator[GoodsSample]:
    """Read the drawn boxes of a COCO set whose categories have a heading.

    Args:
        annotations: JSON with `images`, `annotations` (`bbox` as x, y, width, height) and
            `categories`.
        images: folder of the pictures.
        heading_of: four digits by the category's name.

    Raises:
        ValueError: the annotations are not right, or a picture cannot be read; says which.
    """
    try:
        stated = json.loads(annotations.read_text(encoding="utf-8"))
        names = {each["id"]: str(each["name"]) for each in stated["categories"]}
        boxes: dict[Any, list[dict[str, Any]]] = defaultdict(list)
        for each in stated["annotations"]:
            boxes[each["image_id"]].append(each)
        pictures = [(images / each["file_name"], boxes[each["id"]]) for each in stated["images"]]
    except (OSError, KeyError, TypeError, json.JSONDecodeError) as error:
        raise ValueError(
            f"{annotations}: expected annotations as COCO has them: {error}"
        ) from error
    for path, drawn in track(pictures, description="pictures"):
        wanted = [each for each in drawn if names.get(each["category_id"]) in heading_of]
        if not wanted:
            continue
        try:
            transmission = read_scan(path).primary.transmission
        except RiacError as error:
            raise ValueError(f"{path}: {error}") from error
        for number, each in enumerate(wanted):
            cut = _cut(transmission, each["bbox"])
            if cut is not None:
                attenuation = to_model_input(cut, specification=STORED)
                heading = heading_of[names[each["category_id"]]]
                yield GoodsSample(attenuation, heading, f"own-{path.name}-{number}", SCANNER)


def read_headings(listed: Path) -> dict[str, str]:
    """Read which heading each category is.

    Raises:
        ValueError: the list is not right.
    """
    with listed.open(newline="", encoding="utf-8-sig") as stream:
        rows = _rows(stream, ("category", "hs_code"), where=listed)
        return {row["category"]: row["hs_code"][:4] for row in rows}


def _rows(stream: Any, columns: Sequence[str], *, where: Path) -> Iterator[dict[str, str]]:
    reader = csv.DictReader(stream)
    missing = set(columns) - set(reader.fieldnames or ())
    if missing:
        raise ValueError(
            f"{where}: expected the columns {', '.join(columns)}; no {sorted(missing)}"
        )
    for row in reader:
        code = row["hs_code"].strip()
        if code and not (len(code) >= len("0101") and code.isdecimal()):
            raise ValueError(f"{where}, line {reader.line_num}: expected digits, got {code!r}")
        yield {name: row[name].strip() for name in columns}


def _cut(transmission: Picture, box: Sequence[float]) -> Picture | None:
    x, y, wide, high = (float(each) for each in box)
    rows, columns = transmission.shape
    cut = transmission[
        max(0, round(y)) : min(rows, round(y + high)),
        max(0, round(x)) : min(columns, round(x + wide)),
    ]
    return np.ascontiguousarray(cut) if min(cut.shape) >= LEAST_PX else None


def main(arguments: Sequence[str] | None = None) -> int:
    """Write samples; returns the exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m training.datasets.own",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("folder", type=Path, help="where to write *.npz")
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--references", type=Path, help="CSV: path,hs_code")
    source.add_argument("--coco", type=Path, help="annotations, JSON")
    parser.add_argument("--images", type=Path, help="pictures of the COCO set")
    parser.add_argument("--headings", type=Path, help="CSV: category,hs_code")
    given = parser.parse_args(arguments)
    if given.coco and not (given.images and given.headings):
        parser.error("--coco needs --images and --headings")
    given.folder.mkdir(parents=True, exist_ok=True)
    try:
        samples = (
            of_references(given.references)
            if given.references
            else of_coco(given.coco, given.images, read_headings(given.headings))
        )
        count = 0
        for sample in samples:
            # Numbered by rounds, so that every so manieth of these is held out as well.
            number = (FIRST + count) * len(headings())
            write_samples(given.folder / f"load-{number}.npz", [sample])
            count += 1
    except (OSError, ValueError) as error:
        sys.stderr.write(f"{parser.prog}: {error}\n")
        return 2
    sys.stdout.write(f"{count} samples in {given.folder}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

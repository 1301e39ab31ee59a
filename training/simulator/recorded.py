"""Traffic made of recorded scans: a folder laid out as the protocol rescan-1 says.

Pictures go in as they are; exits are the entry's picture tampered with and scanned again by the
image-domain models. Whole-vehicle scans carry no declared heading, so that only the empty ones
travel; loaded ones come from the crops with a heading.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from riac.decision import PassageRole
from riac.scan import Box, Picture
from training.simulator.paperwork import (
    SimulatedConsignment,
    SimulatedPassage,
    container_number,
    declaration,
    seals_read,
)
from training.simulator.references import Reference
from training.simulator.rescan import apply_rescan, display_jpeg, draw_rescan
from training.simulator.scenarios import EXPECTED, Scenario, deal
from training.simulator.sites import ENTRY_SITES, EXIT_SITES
from training.simulator.tamper import tamper
from training.simulator.trucks import TamperingKind

DECK: tuple[Scenario, ...] = (
    *([Scenario.HONEST_TRANSIT] * 6),
    *([Scenario.HONEST_IMPORT] * 4),
    *([Scenario.HONEST_EMPTY] * 2),
    Scenario.INSERTION,
    Scenario.REMOVAL,
    Scenario.SUBSTITUTION,
    Scenario.FALSE_WALL,
    Scenario.MISDECLARED,
    Scenario.EMPTY_DECLARED_AS_GOODS,
    Scenario.GOODS_DECLARED_AS_EMPTY,
    Scenario.BROKEN_SEAL,
    Scenario.TRUNCATED,
    Scenario.EXIT_WITHOUT_ENTRY,
    Scenario.REPLAYED,
)
"""No masses are known, so no weight is off."""
CHANGE_MM = 600.0
_EMPTY = frozenset({Scenario.HONEST_EMPTY, Scenario.EMPTY_DECLARED_AS_GOODS})
_TRIES = 20


@dataclass(frozen=True, slots=True)
class RecordedScan:
    """One file and what is known of it."""

    path: Path
    heading: str
    """Empty for an empty container."""
    container: Box | None
    """Pixels; None where the picture is its container."""


@dataclass(frozen=True, slots=True)
class Recordings:
    """The usable scans of a folder."""

    loaded: tuple[RecordedScan, ...]
    empty: tuple[RecordedScan, ...]
    references: tuple[RecordedScan, ...]


def read_recordings(folder: Path) -> Recordings:
    """List the scans of a folder with `goods/goods.csv` and, where there is one, `scans/scans.csv`.

    Faulty, pseudo-coloured and doubtful pictures are left out.

    Raises:
        FileNotFoundError: there is no goods.csv.
        ValueError: the folder holds too little to make traffic of.
    """
    goods = [row for row in _rows(folder / "goods" / "goods.csv") if _plain(row)]
    loaded, empty, references = [], [], []
    for row in goods:
        scan = RecordedScan(folder / "goods" / row["file"], row["declared_hs4"], None)
        if row["reference"] == "yes":
            references.append(scan)
        elif row["seen"] == "empty":
            empty.append(RecordedScan(scan.path, "", None))
        elif row["seen"] == "as_declared":
            loaded.append(scan)
    if (folder / "scans" / "scans.csv").exists():
        empty += _whole_empty(folder / "scans")
    if len(loaded) < 2 or not empty or not references:
        raise ValueError(
            f"{folder}: expected two loaded scans, an empty one and a reference at least, got "
            f"{len(loaded)}, {len(empty)} and {len(references)}"
        )
    return Recordings(tuple(loaded), tuple(empty), tuple(references))


def _plain(row: dict[str, str]) -> bool:
    return row["faulty"] == "no" and row["render"] == "grey"


def _rows(table: Path) -> list[dict[str, str]]:
    with table.open(newline="", encoding="utf-8") as rows:
        return list(csv.DictReader(rows))


def _whole_empty(folder: Path) -> list[RecordedScan]:
    found = []
    for row in _rows(folder / "scans.csv"):
        boxes = row["container_boxes_xyxy_px"].split(";")
        if row["load"] == "empty" and len(boxes) == 1:
            x0, y0, x1, y1 = (float(edge) for edge in boxes[0].split())
            found.append(RecordedScan(folder / row["file"], "", Box(x0, y0, x1, y1)))
    return found


def recorded_references(recordings: Recordings) -> Iterator[Reference]:
    """Read the reference pictures, for the library."""
    for scan in recordings.references:
        yield Reference(scan.path.name, scan.heading, scan.path.read_bytes())


class RecordedTraffic:
    """Deals consignments of recorded scans; each file is an entry at most once as it is."""

    def __init__(self, recordings: Recordings, *, seed: int) -> None:
        self._recordings = recordings
        self._seed = seed
        self._generator = np.random.default_rng([seed, 5])
        self._unused: dict[bool, list[RecordedScan]] = {True: [], False: []}
        self._sent: set[Path] = set()

    def consignments(
        self, count: int, *, deck: Sequence[Scenario] = DECK
    ) -> Iterator[SimulatedConsignment]:
        """Make consignments one by one."""
        for index, scenario in enumerate(deal(deck, count=count, seed=self._seed)):
            yield self.consignment(scenario, number=self._seed * 10_000 + index)

    def consignment(self, scenario: Scenario, *, number: int) -> SimulatedConsignment:
        """Make one consignment.

        Raises:
            ValueError: no visible change of that kind was found.
        """
        generator = self._generator
        scan, leaving_picture = self._load(scenario)
        container = container_number(number)
        declared = declaration(
            f"KAPS-AT-{number}" if PassageRole.EXIT in EXPECTED[scenario] else f"KAPS-HC-{number}",
            container=container,
            heading=self._declared_heading(scenario, scan),
            transit=PassageRole.EXIT in EXPECTED[scenario],
            seal=f"PK{generator.integers(100_000, 999_999)}",
        )
        entry = self._entry_bytes(scan)
        passages = []
        for role, expected in EXPECTED[scenario].items():
            leaving = role is PassageRole.EXIT
            content = entry
            if leaving and scenario is not Scenario.REPLAYED:
                content = self._rescanned(leaving_picture)
            if scenario is Scenario.TRUNCATED:
                content = content[: len(content) // 3]
            metadata: dict[str, Any] = {
                "container_number": container,
                "role": str(role),
                "declaration_number": declared["number"],
                "site": str(generator.choice(EXIT_SITES if leaving else ENTRY_SITES)),
                "seals": seals_read(declared, scenario, role),
            }
            passages.append(
                SimulatedPassage(role, metadata, f"{container}-{role}.jpg", content, expected)
            )
        return SimulatedConsignment(scenario, declared, tuple(passages))

    def _load(self, scenario: Scenario) -> tuple[RecordedScan, Picture]:
        """Choose a scan, and what it shows at exit (transmission)."""
        for _ in range(_TRIES):
            scan = self._next(empty=scenario in _EMPTY)
            picture = _picture(scan)
            kind = scenario.tampering
            if kind is None:
                return scan, picture
            changed = self._tampered(scan, picture, kind)
            if changed is not None:
                return scan, changed
        raise ValueError(f"no scan of the folder has room for a visible {scenario}")

    def _next(self, *, empty: bool) -> RecordedScan:
        pool = self._unused[empty]
        if not pool:
            scans = self._recordings.empty if empty else self._recordings.loaded
            pool.extend(scans[i] for i in self._generator.permutation(len(scans)))
        return pool.pop()

    def _declared_heading(self, scenario: Scenario, scan: RecordedScan) -> str:
        if scenario is Scenario.GOODS_DECLARED_AS_EMPTY:
            return ""
        if scenario in (Scenario.MISDECLARED, Scenario.EMPTY_DECLARED_AS_GOODS):
            headings = {reference.heading for reference in self._recordings.references}
            return str(self._generator.choice(sorted(headings - {"", scan.heading})))
        return scan.heading

    def _entry_bytes(self, scan: RecordedScan) -> bytes:
        if scan.path in self._sent:
            # Sent before: as another passage it must be another picture.
            return self._rescanned(_picture(scan))
        self._sent.add(scan.path)
        return scan.path.read_bytes()

    def _rescanned(self, picture: Picture) -> bytes:
        rescan = draw_rescan(self._generator, columns=picture.shape[1])
        return display_jpeg(apply_rescan(picture, rescan), quality=rescan.jpeg_quality)

    def _tampered(
        self, scan: RecordedScan, picture: Picture, kind: TamperingKind
    ) -> Picture | None:
        """Change a load where it can be seen; None where a few tries found no such place."""
        donors = [other for other in self._recordings.loaded if other.path != scan.path]
        for _ in range(_TRIES):
            donor = donors[int(self._generator.integers(len(donors)))]
            donated = _picture(donor)
            changed = tamper(
                picture,
                kind,
                container=_container(scan, picture),
                size_mm=CHANGE_MM,
                generator=self._generator,
                donor=(donated, _container(donor, donated)),
            )
            if changed is not None and changed.visible:
                return changed.picture
        return None


def _picture(scan: RecordedScan) -> Picture:
    levels = cv2.imread(str(scan.path), cv2.IMREAD_GRAYSCALE)
    if levels is None:
        raise ValueError(f"{scan.path}: not a picture OpenCV can read")
    picture: Picture = levels.astype(np.float32) / 255
    return picture


def _container(scan: RecordedScan, picture: Picture) -> Box:
    height, width = picture.shape
    return scan.container or Box(0, 0, float(width), float(height))

"""Measure how far simulated pictures are from real ones.

    riac simulate scan --count 140 --rendered --out simulated
    python -m training.realism --real ../shared/data/scans --simulated simulated --out realism

The classifier needs the extra `train`; --quick leaves it out. Pictures written to --out may show
real scans: they stay there.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from training.evaluate.figure import auroc
from training.realism.appearance import appearance
from training.realism.distances import distances
from training.realism.explanation import Explanation, by_place, explain, told_apart
from training.realism.pictures import Container, read_containers
from training.realism.report import appearance_table, distances_table, explanation_table
from training.realism.tiles import TILE_PX, Tiles, cut_tiles

RESAMPLES = 500
SHOWN = 40
Figures = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Realism:
    """All that is measured of two collections."""

    distances: Figures
    appearance: Mapping[str, Figures]
    classifier: Figures
    explanation: Explanation | None

    def __str__(self) -> str:
        """Return the tables."""
        parts = [distances_table(self.distances)]
        parts += [appearance_table(of, title=name) for name, of in self.appearance.items()]
        parts += [distances_table(self.classifier)] if self.classifier else []
        parts += [explanation_table(self.explanation)] if self.explanation else []
        return "\n".join(parts)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run; returns the exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m training.realism",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--real", type=Path, required=True, help="a folder with scans.csv")
    parser.add_argument("--simulated", type=Path, required=True, help="the like, simulated")
    parser.add_argument("--out", type=Path, help="where to write the most tell-tale tiles")
    parser.add_argument("--json", action="store_true", help="print JSON instead of tables")
    parser.add_argument("--explain", action="store_true", help="say what gives tiles away")
    parser.add_argument("--quick", action="store_true", help="no classifier: a minute, no torch")
    given = parser.parse_args(arguments)
    try:
        real, simulated = read_containers(given.real), read_containers(given.simulated)
        result = measure(
            real, simulated, out=given.out, explained=given.explain, classified=not given.quick
        )
    except ValueError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    text = json.dumps(dataclasses.asdict(result), indent=1) if given.json else str(result)
    sys.stdout.write(text + "\n")
    return 0


def measure(
    real: list[Container],
    simulated: list[Container],
    *,
    out: Path | None = None,
    explained: bool = False,
    classified: bool = True,
) -> Realism:
    """Measure two collections, and a half of the real ones against the other as a floor."""
    half = np.random.default_rng(0).permutation(len(real)) % 2
    halves = [[real[i] for i in np.flatnonzero(half == part)] for part in (0, 1)]
    apart: dict[str, dict[str, float]] = {}
    seen: dict[str, Figures] = {}
    for loaded, name in ((True, "loaded"), (False, "empty")):
        groups, both = (
            [[each for each in side if each.loaded is loaded] for side in sides]
            for sides in ((real, simulated), halves)
        )
        if min(len(group) for group in (*groups, *both)) == 0:
            continue
        apart[name] = distances(groups[0], groups[1])
        floor = distances(both[0], both[1])
        apart[f"{name}, real against real"] = {
            key: value for key, value in floor.items() if "median" not in key
        }
        seen[name] = appearance(groups[0], groups[1], loaded=loaded)
    told = {}
    if classified:
        told["classifier"] = _classified(real, simulated, out)
        told["classifier, real against real"] = _classified(halves[0], halves[1], None)
    explanation = None
    if explained:
        explanation = explain(cut_tiles(real, simulated, np.random.default_rng(0)))
        floor_of_all = told_apart(cut_tiles(halves[0], halves[1], np.random.default_rng(0)))
        together = {**explanation.together, "all, real against real": floor_of_all}
        explanation = dataclasses.replace(explanation, together=together)
    return Realism(apart, seen, told, explanation)


def _classified(
    real: list[Container], simulated: list[Container], out: Path | None
) -> dict[str, float]:
    from training.realism.classifier import tell_apart  # noqa: PLC0415 (all else runs without torch)

    generator = np.random.default_rng(0)
    tiles = cut_tiles(real, simulated, generator)
    scores = tell_apart(tiles, generator)
    if out is not None:
        _write_sheets(scores, tiles, out)
    low, high = _interval(scores, tiles)
    whole = auroc(scores[tiles.real].tolist(), scores[~tiles.real].tolist())
    places = {f"AUROC, {name}": value for name, value in by_place(scores, tiles).items()}
    return {"AUROC": whole, "low": low, "high": high, **places, "tiles": float(len(scores))}


def _interval(scores: NDArray[np.float64], tiles: Tiles) -> tuple[float, float]:
    """Return the 95 % bootstrap interval of the AUROC, whole scans redrawn."""
    scans = np.unique(tiles.scan)
    members = {int(scan): np.flatnonzero(tiles.scan == scan) for scan in scans}
    generator, drawn = np.random.default_rng(0), []
    for _ in range(RESAMPLES):
        chosen = np.concatenate([members[int(s)] for s in generator.choice(scans, len(scans))])
        of, real = scores[chosen], tiles.real[chosen]
        if real.any() and not real.all():
            drawn.append(auroc(of[real].tolist(), of[~real].tolist()))
    low, high = np.percentile(drawn, [2.5, 97.5])
    return float(low), float(high)


def _write_sheets(scores: NDArray[np.float64], tiles: Tiles, out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    order = np.argsort(scores)
    for side, picked in (("real", order[::-1]), ("simulated", order)):
        wanted = tiles.real if side == "real" else ~tiles.real
        chosen = [index for index in picked if wanted[index]][:SHOWN]
        cv2.imwrite(str(out / f"most-{side}.png"), _sheet(tiles.grey[chosen]))


def _sheet(tiles: NDArray[np.uint8]) -> NDArray[np.uint8]:
    across = 10
    rows = [
        np.hstack([np.pad(tile, 2, constant_values=128) for tile in tiles[start : start + across]])
        for start in range(0, len(tiles) - across + 1, across)
    ]
    return np.vstack(rows) if rows else np.zeros((TILE_PX, TILE_PX), np.uint8)


if __name__ == "__main__":
    raise SystemExit(main())

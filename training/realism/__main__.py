"""Measure how far simulated pictures are from real ones.

    riac simulate scan --count 140 --rendered --out simulated
    python -m training.realism --real ../shared/data/scans --simulated simulated --out realism

Needs the extra `train`. Pictures written to --out may show real scans: they stay there.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from training.evaluate.figure import auroc
from training.realism.appearance import appearance
from training.realism.classifier import TILE_PX, Told, tell_apart
from training.realism.distances import distances
from training.realism.pictures import Container, read_containers

RESAMPLES = 500
SHOWN = 40


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
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    given = parser.parse_args(arguments)
    try:
        real, simulated = read_containers(given.real), read_containers(given.simulated)
    except ValueError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    result = measure(real, simulated, out=given.out)
    text = json.dumps(result, indent=1) if given.json else _table(result)
    sys.stdout.write(text + "\n")
    return 0


def measure(
    real: list[Container], simulated: list[Container], *, out: Path | None = None
) -> dict[str, dict[str, float]]:
    """Return distances for loaded and empty containers, their floor, and the classifier's AUROC."""
    result: dict[str, dict[str, float]] = {}
    halves = np.random.default_rng(0).permutation(len(real)) % 2
    for loaded in (True, False):
        name = "loaded" if loaded else "empty"
        groups = [[each for each in side if each.loaded is loaded] for side in (real, simulated)]
        if min(len(group) for group in groups) < 2:
            continue
        result[name] = distances(groups[0], groups[1])
        both = [[each for each, half in zip(real, halves, strict=True)
                 if half == part and each.loaded is loaded] for part in (0, 1)]  # fmt: skip
        floor = distances(both[0], both[1])
        result[f"{name}, real against real"] = {
            key: value for key, value in floor.items() if "median" not in key
        }
        for figure, values in appearance(real, simulated, loaded=loaded).items():
            result[f"{name}: {figure}"] = values
    told = tell_apart(real, simulated)
    result["classifier"] = _told(told)
    parts = [[each for each, half in zip(real, halves, strict=True) if half == part]
             for part in (0, 1)]  # fmt: skip
    result["classifier, real against real"] = _told(tell_apart(parts[0], parts[1]))
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
        order = np.argsort(told.scores)
        for side, picked in (("real", order[::-1]), ("simulated", order)):
            wanted = told.real if side == "real" else ~told.real
            chosen = [index for index in picked if wanted[index]][:SHOWN]
            cv2.imwrite(str(out / f"most-{side}.png"), _sheet(told.tiles[chosen]))
    return result


def _told(told: Told) -> dict[str, float]:
    scans = np.unique(told.scan)
    members = {int(scan): np.flatnonzero(told.scan == scan) for scan in scans}
    generator, drawn = np.random.default_rng(0), []
    for _ in range(RESAMPLES):
        chosen = np.concatenate([members[int(s)] for s in generator.choice(scans, len(scans))])
        scores, real = told.scores[chosen], told.real[chosen]
        if real.any() and not real.all():
            drawn.append(auroc(scores[real], scores[~real]))
    low, high = np.percentile(drawn, [2.5, 97.5])
    whole = auroc(told.scores[told.real], told.scores[~told.real])
    return {"AUROC": whole, "low": float(low), "high": float(high), "tiles": float(len(told.real))}


def _sheet(tiles: NDArray[np.uint8]) -> NDArray[np.uint8]:
    across = 10
    rows = [
        np.hstack([np.pad(tile, 2, constant_values=128) for tile in tiles[start : start + across]])
        for start in range(0, len(tiles) - across + 1, across)
    ]
    return np.vstack(rows) if rows else np.zeros((TILE_PX, TILE_PX), np.uint8)


def _table(result: dict[str, dict[str, float]]) -> str:
    lines, columns = [], ("real", "simulated", "IQR real", "IQR simulated", "KS")
    heads = ("real", "simulated", "IQR", "IQR", "KS")
    for name, figures in result.items():
        if set(figures) == set(columns):
            if ": " not in (lines[-1] if lines else ""):
                lines.append(f"{'figure: medians, interquartile ranges':<42}"
                             + "".join(f"{head:>11}" for head in heads))  # fmt: skip
            values = "".join(f"{figures[column]:11.3f}" for column in columns)
            lines.append(f"{name:<42}{values}")
            continue
        lines.append(name)
        lines += [f"  {key:<40} {value:8.4f}" for key, value in figures.items()]
    return "\n".join(lines)


if __name__ == "__main__":
    raise SystemExit(main())

"""Fit the goods descriptor's ranges on simulated loads, and write its weights file.

    python -m training.fit_goods_descriptor models/weights/goods-descriptor-2.json

Prints the SHA-256 for `models/registry.toml`; some ten minutes on one core. No real scan is used:
`training.simulator` packs every heading it knows, and each picture is shown twice as displays
might (gamma 0.45 to 1.2, blur, noise). The range of a measure is what 94 % of these loads cover.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import cv2
import numpy as np

from models.descriptor import DEFINITION, DescriptorWeights, Range
from models.measures import measure
from models.preprocessing import ModelInput, to_model_input
from riac.formats import read_scan
from riac.imaging import prepare
from riac.interior import interior_of
from riac.scan import Picture
from training.simulator.references import references

LOADS_EACH = 3
SEED = 3
DISPLAYS_EACH = 2
COVERED = (3.0, 97.0)
"""Percentiles of the simulated loads."""


def fit(
    *,
    loads_each: int = LOADS_EACH,
    headings: Sequence[str] | None = None,
    seed: int = SEED,
) -> DescriptorWeights:
    """Fit on `loads_each` simulated loads of every heading, or of those given."""
    specification = ModelInput()
    generator = np.random.default_rng(seed)
    names: tuple[str, ...] = ()
    values = []
    for interior in _loaded_interiors(loads_each, headings, seed=seed):
        for _ in range(DISPLAYS_EACH):
            shown = _displayed(interior, generator)
            measures = measure(to_model_input(shown, specification=specification))
            names = tuple(each.name for each in measures)
            values.append([each.value for each in measures])
    low, high = np.percentile(np.array(values), COVERED, axis=0).round(4)
    ranges = zip(names, low.tolist(), high.tolist(), strict=True)
    return DescriptorWeights(
        definition=DEFINITION,
        input=specification,
        ranges=tuple(Range(name=name, low=start, high=stop) for name, start, stop in ranges),
    )


def _loaded_interiors(
    loads_each: int, headings: Sequence[str] | None, *, seed: int
) -> Iterator[Picture]:
    for reference in references(each=loads_each, headings=headings, seed=seed):
        prepared = prepare(read_scan(reference.picture, name=reference.name))
        if reference.hs_code and prepared.usable:
            yield interior_of(prepared).transmission


def _displayed(interior: Picture, generator: np.random.Generator) -> Picture:
    """Draw the picture as some display might: the tone of real ones differs as widely."""
    shown = np.clip(interior, 0, 1) ** np.float32(generator.uniform(0.45, 1.2))
    shown = cv2.GaussianBlur(shown, (0, 0), generator.uniform(0.3, 1.5))
    shown = shown + generator.normal(0, 0.01, shown.shape)
    return np.asarray(np.clip(shown, 0, 1), np.float32)


def main() -> None:
    """Fit, write, and print the digest."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path, help="where to write the weights")
    file: Path = parser.parse_args().file
    content = (fit().model_dump_json(indent=1) + "\n").encode()
    file.write_bytes(content)
    sys.stdout.write(hashlib.sha256(content).hexdigest() + "\n")


if __name__ == "__main__":
    main()

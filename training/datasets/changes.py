"""A pair of scans laid over each other, with the truth of what was changed: one sample.

Each pair goes the way of every pair (reading, preparing, aligning), so that a network sees what
it will see in service, failures of the alignment included. Where pairs come from is said in
`lots` and `rescans`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from models import load_edges
from models.change_input import SCALE, ChangeInput, to_change_input
from models.fit_statistics import ReducedFit, reduced
from models.loads import to_load_input
from riac.compare.overlay import Overlay, facing_views
from riac.compare.working import ROWS
from riac.formats import read_scan
from riac.imaging import prepare
from riac.imaging.frame import PreparedScan
from riac.ports import EdgeReader
from riac.scan import Picture
from training.datasets.files import read_arrays, write_arrays

KINDS: tuple[str, ...] = ("insertion", "removal", "substitution", "false_wall")
"""What a change is, as the re-scan model has it; numbered from 1 in masks."""
COARSER = (1.6, 2.2)
"""Picture elements against the scanners' own: a container still has 250 rows and more."""
READ_EDGES_SHARE = 0.5
"""Of samples, whose containers have their edges read by the finder's network: what learns from
both kinds of frames can be asked about either."""
VISIBLE_PX = 12
"""A change that shows in fewer pixels of the network's is not one anybody could tell."""

ABOUT = ("visible", "tampered", "strength", "origin")
COSTS = ("cost", "turned_cost")
INTERIORS = ("entry", "exit")
ARRAYS = ("inputs", "mask", "fit", *INTERIORS)
"""Names of arrays in files."""

UNSURE = 255
"""In masks: where the truth does not say whether anything changed."""

Mask = NDArray[np.uint8]
"""(rows, columns) of the network's: 0 unchanged, 1 + the index in `KINDS`, or `UNSURE`."""


@dataclass(frozen=True, slots=True)
class PairSample:
    """One pair."""

    inputs: ChangeInput | NDArray[np.float16]
    mask: Mask
    visible: bool
    """Whether what was changed, if anything was, can be seen in the pictures."""
    tampered: bool
    strength: float
    """Of the evidence without a network."""
    origin: str
    """An `Origin`, and the scanners."""
    fit: ReducedFit
    interiors: tuple[Picture, Picture]
    """Of entry and exit as they are, as the network of loads looks at them (`models.loads`)."""


class Origin(StrEnum):
    """How a pair came about."""

    JOURNEY = "journey"
    RESCAN = "rescan"
    LOOK_ALIKE = "look_alike"


def write_samples(path: Path, samples: Sequence[PairSample]) -> None:
    """Write the samples of one task."""
    write_arrays(
        path,
        [
            (
                {
                    "inputs": np.rint(each.inputs * 127).astype(np.int8),
                    "mask": each.mask,
                    "fit": each.fit.planes,
                    **{
                        name: np.rint(interior * 255).astype(np.uint8)
                        for name, interior in zip(INTERIORS, each.interiors, strict=True)
                    },
                },
                {key: getattr(each, key) for key in ABOUT}
                | {key: getattr(each.fit, key) for key in COSTS},
            )
            for each in samples
        ],
    )


def read_samples(path: Path) -> Iterator[PairSample]:
    """Read the samples of one task."""
    for (inputs, mask, planes, *loads), about in read_arrays(path, *ARRAYS):
        fit = ReducedFit(planes=planes, **{key: about.pop(key) for key in COSTS})
        entry, exit_ = (each.astype(np.float32) / np.float32(255) for each in loads)
        yield PairSample(
            inputs.astype(np.float32) / np.float32(127),
            mask,
            **about,
            fit=fit,
            interiors=(entry, exit_),
        )


def draw_edges(generator: np.random.Generator) -> EdgeReader | None:
    """Draw whether the edges of containers are read."""
    return _edges() if generator.random() < READ_EDGES_SHARE else None


@cache
def _edges() -> EdgeReader:
    return load_edges()


def prepared(content: bytes, *, edges: EdgeReader | None) -> PreparedScan | None:
    """Read and prepare a scan; None where it cannot be used."""
    scan = prepare(read_scan(content), edges=edges)
    return scan if scan.usable else None


def laid(entry: PreparedScan, exit_: PreparedScan) -> Overlay:
    """Lay the primary views of two scans over each other."""
    return facing_views(entry, exit_)[0].laid()


def laid_over(mask: NDArray[np.bool_], overlay: Overlay) -> NDArray[np.bool_]:
    """Bring a mask of the exit's file to where the exit's pixels came to lie.

    Where the alignment went astray the truth goes with the picture: a network is to find what it
    sees.
    """
    container = overlay.exit.source
    rows, columns = container.transmission.shape
    framed = cv2.warpPerspective(
        mask.astype(np.float32), container.to_file_px, (columns, rows),
        flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
    )  # fmt: skip
    working = cv2.resize(framed, (overlay.exit.columns, ROWS), interpolation=cv2.INTER_AREA)
    return np.asarray(overlay.alignment.warp(working, border=0.0) > 0.5)


def to_sample(
    overlay: Overlay, changed: NDArray[np.bool_] | None, *, kind: str, origin: str
) -> PairSample:
    """Make a sample.

    Args:
        overlay: of the pair.
        changed: (H, W) of the working picture, where; None where nothing was changed.
        kind: one of `KINDS`; empty where nothing was changed.
        origin: an `Origin`, and the scanners.
    """
    pair = overlay.pair()
    entry, exit_ = overlay.views.interiors()
    inputs = to_change_input(pair)
    size = (inputs.shape[2], inputs.shape[1])
    if changed is None:
        changed = np.zeros(overlay.evidence.weight.shape, bool)
    cut = changed[: size[1] * SCALE, : size[0] * SCALE].astype(np.float32)
    small = cv2.resize(cut, size, interpolation=cv2.INTER_AREA) > 0.5
    number = 1 + KINDS.index(kind) if kind else 0
    seen = small & (inputs[4] > 0) & (inputs[3] > 1 / 16)
    return PairSample(
        inputs,
        np.where(small, number, 0).astype(np.uint8),
        visible=int(seen.sum()) >= VISIBLE_PX,
        tampered=bool(kind),
        strength=overlay.evidence.strength,
        origin=origin,
        fit=reduced(pair.fit),
        interiors=(to_load_input(entry), to_load_input(exit_)),
    )

"""Pairs of scans laid over each other, with the truth of what was changed, for change networks.

    python -m training.datasets.pairs pairs --count 6000

Half are journeys: one load through two scanners drawn apart, in half of them with a fraud. Three
tenths are single simulated scans scanned again by the re-scan model of pictures
(`simulator.rescan`), in half of them tampered with by its tamper model. A fifth are look-alikes:
another load of the same goods under the same number. `--shares` draws them otherwise. Each goes
the way of every pair (reading, preparing, aligning), so that a network sees what it will see in
service, failures of the alignment included. Some two a second on two cores; the same arguments
make the same samples.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from models.change_input import SCALE, ChangeInput, to_change_input
from riac.compare.overlay import Overlay, overlays
from riac.compare.working import ROWS
from riac.formats import read_scan
from riac.imaging import prepare
from riac.scan import Box, Picture
from training.datasets.files import (
    Making,
    add_arguments,
    make_files,
    read_arrays,
    write_arrays,
)
from training.simulator.fraud import FraudKind
from training.simulator.goods.catalogue import GOODS
from training.simulator.journeys import LEANT
from training.simulator.plans import Choice
from training.simulator.production import (
    Filing,
    Made,
    PairTask,
    ScanTask,
    make_pair,
    make_scan,
)
from training.simulator.rescan import apply_rescan, display_jpeg, draw_rescan, rescanned_mask
from training.simulator.scanners.fleet import SHARES
from training.simulator.scanners.profile import load_profile
from training.simulator.tamper import tamper
from training.simulator.trucks import TamperingKind

KINDS: tuple[str, ...] = ("insertion", "removal", "substitution", "false_wall")
"""What a change is, as the re-scan model has it; numbered from 1 in masks."""
KIND_OF = {
    FraudKind.INSERTION: "insertion",
    FraudKind.REMOVAL: "removal",
    FraudKind.SUBSTITUTION: "substitution",
    FraudKind.FALSE_WALL: "false_wall",
    FraudKind.FALSE_FLOOR: "false_wall",
    FraudKind.HOLLOWED: "insertion",
    FraudKind.SWAP: "substitution",
}
COARSER = (1.6, 2.2)
"""Picture elements against the scanners' own: a container still has 250 rows and more."""
DEFAULT_SHARES = (0.5, 0.3, 0.2)
"""Of samples: journeys, re-scans, look-alikes."""
SAME_CLASS_SHARE = 0.5
"""Of journeys, between scanners of one class: services buy several of one make."""
EVENED = 0.5
"""Power of a class's share of the fleet by which it is drawn: the rare ones are to be learned too,
above all those that look from above."""
MEASURED_SHARE = 0.35
"""Of journeys, filed as measured values in 16 bit."""
LEANT_SHARE = 0.15
"""Of journeys, on which the load leaned: rare in life, hard to tell from fraud."""
SIZES_MM = (100.0, 1000.0)
"""Of changes by the tamper model, drawn evenly on a logarithmic scale."""
RESCANS_EACH = 3
"""Of one simulated scan."""
MOVED_LEVELS = 3.0 / 255
"""Transmission by which a pixel must differ to be part of the tamper model's truth."""
LOOK_ALIKE_INDEX = 10_000_000
"""Their scans are no scans of the other samples."""
VISIBLE_PX = 12
"""A change that shows in fewer pixels of the network's is not one anybody could tell."""

ABOUT = ("visible", "tampered", "strength", "origin")

UNSURE = 255
"""In masks: where the truth does not say whether anything changed."""
DIFFERENT = 1.5
"""Deviations of noise, on average over `PATCH_PX`, by which two loads differ at a place."""
PATCH_PX = 15

Mask = NDArray[np.uint8]
"""(rows, columns) of the network's: 0 unchanged, 1 + the index in `KINDS`, or `UNSURE`."""


@dataclass(frozen=True, slots=True)
class PairSample:
    """One pair."""

    inputs: ChangeInput
    mask: Mask
    visible: bool
    """Whether what was changed, if anything was, can be seen in the pictures."""
    tampered: bool
    strength: float
    """Of the evidence without a network."""
    origin: str
    """An `Origin`, and the scanners."""


class Origin(StrEnum):
    """How a pair came about; names of files begin with it."""

    JOURNEY = "journey"
    RESCAN = "rescan"
    LOOK_ALIKE = "look_alike"


@dataclass(frozen=True, slots=True)
class SampleTask:
    """Which samples to make: equal tasks make equal samples."""

    index: int
    seed: int
    origin: Origin


def make_samples(task: SampleTask) -> tuple[PairSample, ...]:
    """Make the samples of one task; none where a picture cannot be used."""
    generator = np.random.default_rng([task.seed & 0xFFFFFFFF, 6, task.index])
    make = {
        Origin.JOURNEY: _journey,
        Origin.RESCAN: _rescans,
        Origin.LOOK_ALIKE: _look_alikes,
    }
    return make[task.origin](task, generator)


def write_samples(path: Path, samples: Sequence[PairSample]) -> None:
    """Write the samples of one task."""
    write_arrays(
        path,
        [
            (
                {"inputs": np.rint(each.inputs * 127).astype(np.int8), "mask": each.mask},
                {key: getattr(each, key) for key in ABOUT},
            )
            for each in samples
        ],
    )


def read_samples(path: Path) -> Iterator[PairSample]:
    """Read the samples of one task."""
    for (inputs, mask), about in read_arrays(path, "inputs", "mask"):
        yield PairSample(inputs.astype(np.float32) / np.float32(127), mask, **about)


# --- journeys -------------------------------------------------------------------------------


def _journey(task: SampleTask, generator: np.random.Generator) -> tuple[PairSample, ...]:
    kinds = tuple(KIND_OF)
    fraud = kinds[int(generator.integers(len(kinds)))] if generator.random() < 0.5 else None
    choice = Choice(
        scanners=_scanners(generator),
        items=int(generator.choice(3, p=[0.8, 0.15, 0.05])) + 1,
        coarser=float(generator.uniform(*COARSER)),
    )
    filing = Filing(rendered=bool(generator.random() >= MEASURED_SHARE))
    road = LEANT if generator.random() < LEANT_SHARE else None
    made = make_pair(PairTask(task.index, task.seed, choice, filing, fraud, road))
    truth = json.loads(next(each for name, each in made.files.items() if name.endswith(".json")))
    overlay = _overlay(made.files[made.row["entry"]], made.files[made.row["exit"]])
    if overlay is None:
        return ()
    changed = np.zeros(overlay.evidence.weight.shape, bool)
    if truth["frauds"]:
        mask = cv2.imdecode(
            np.frombuffer(made.files[truth["exit"]["mask"]], np.uint8), cv2.IMREAD_GRAYSCALE
        )
        assert mask is not None, "the simulator wrote it"
        changed = _laid_over(mask > 0, overlay)
    kind = KIND_OF[FraudKind(truth["frauds"][0]["kind"])] if truth["frauds"] else ""
    origin = f"journey {truth['entry']['scanner']} {truth['exit']['scanner']}"
    return (_sample(overlay, changed, kind=kind, origin=origin),)


def _scanners(generator: np.random.Generator) -> tuple[str, ...]:
    """Draw one class of scanners; none stands for all."""
    if generator.random() >= SAME_CLASS_SHARE:
        return ()
    names = sorted(SHARES)
    shares = np.array([SHARES[name] for name in names]) ** EVENED
    return (names[int(generator.choice(len(names), p=shares / shares.sum()))],)


# --- look-alikes ----------------------------------------------------------------------------


def _look_alikes(task: SampleTask, generator: np.random.Generator) -> tuple[PairSample, ...]:
    """Two loads of one heading: much alike, and not the same."""
    headings = sorted(GOODS)
    choice = Choice(
        headings=(headings[int(generator.integers(len(headings)))],),
        scanners=_scanners(generator),
        empty_share=0.0,
        coarser=float(generator.uniform(*COARSER)),
    )
    filing = Filing(rendered=bool(generator.random() >= MEASURED_SHARE))
    first, second = (
        make_scan(ScanTask(LOOK_ALIKE_INDEX + 2 * task.index + k, task.seed, choice, filing))
        for k in (0, 1)
    )
    views = {load_profile(each.row["scanner"]).geometry.view for each in (first, second)}
    if len(views) > 1:
        return ()
    overlay = _overlay(*(next(iter(each.files.values())) for each in (first, second)))
    if overlay is None:
        return ()
    evidence = overlay.evidence
    odd = np.abs(evidence.difference) * np.sqrt(evidence.weight)
    different = cv2.blur(odd, (PATCH_PX, PATCH_PX)) > DIFFERENT
    origin = f"{Origin.LOOK_ALIKE} {first.row['scanner']} {second.row['scanner']}"
    sample = _sample(overlay, different & evidence.hold, kind="substitution", origin=origin)
    # Where they happen to agree nobody can say that nothing was changed.
    size = (sample.mask.shape[1], sample.mask.shape[0])
    hold = cv2.resize(evidence.hold.astype(np.uint8), size, interpolation=cv2.INTER_NEAREST) > 0
    unsure = np.where(hold, UNSURE, 0).astype(np.uint8)
    return (dataclasses.replace(sample, mask=np.where(sample.mask > 0, sample.mask, unsure)),)


# --- re-scans of single pictures ------------------------------------------------------------


def _rescans(task: SampleTask, generator: np.random.Generator) -> tuple[PairSample, ...]:
    choice = Choice(coarser=float(generator.uniform(*COARSER)))
    made = [make_scan(ScanTask(2 * task.index + k, task.seed, choice)) for k in (0, 1)]
    first, donor = (_picture(each) for each in made)
    samples = []
    for _ in range(RESCANS_EACH):
        change = None
        if generator.random() < 0.5:
            size_mm = float(np.exp(generator.uniform(*np.log(SIZES_MM))))
            kind = tuple(TamperingKind)[int(generator.integers(len(TamperingKind)))]
            change = tamper(
                first[0], kind, container=first[1], size_mm=size_mm, generator=generator,
                donor=donor,
            )  # fmt: skip
        rescan = draw_rescan(generator, columns=first[0].shape[1])
        seen = apply_rescan(first[0] if change is None else change.picture, rescan)
        entry = next(iter(made[0].files.values()))
        overlay = _overlay(entry, display_jpeg(seen, quality=rescan.jpeg_quality))
        if overlay is None:
            continue
        changed = np.zeros(overlay.evidence.weight.shape, bool)
        if change is not None:
            mask = np.abs(change.picture - first[0]) > MOVED_LEVELS
            changed = _laid_over(rescanned_mask(mask, rescan), overlay)
        kind_name = "" if change is None else str(change.kind)
        origin = f"rescan {made[0].row['scanner']}"
        samples.append(_sample(overlay, changed, kind=kind_name, origin=origin))
    return tuple(samples)


def _picture(made: Made) -> tuple[Picture, Box]:
    (content,) = made.files.values()
    edges = [float(edge) for edge in made.row["container_boxes_xyxy_px"].split()]
    return read_scan(content).primary.transmission, Box(*edges)


# --- both -----------------------------------------------------------------------------------


def _overlay(entry: bytes, exit_: bytes) -> Overlay | None:
    scans = [prepare(read_scan(content)) for content in (entry, exit_)]
    if not all(scan.usable for scan in scans):
        return None
    return overlays(*scans)[0]


def _laid_over(mask: NDArray[np.bool_], overlay: Overlay) -> NDArray[np.bool_]:
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


def _sample(overlay: Overlay, changed: NDArray[np.bool_], *, kind: str, origin: str) -> PairSample:
    inputs = to_change_input(overlay.pair())
    size = (inputs.shape[2], inputs.shape[1])
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
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Write samples; those that are there already are kept, so that it can be stopped."""
    parser = argparse.ArgumentParser(
        prog="python -m training.datasets.pairs",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_arguments(parser, count=6000, of="of samples, about")
    parser.add_argument(
        "--shares",
        type=float,
        nargs=3,
        default=DEFAULT_SHARES,
        metavar=("JOURNEYS", "RESCANS", "LOOK_ALIKES"),
        help="of the samples; default %(default)s",
    )
    given = parser.parse_args(arguments)
    each = {Origin.RESCAN: RESCANS_EACH}
    counts = {
        origin: round(share * given.count) // each.get(origin, 1)
        for origin, share in zip(Origin, given.shares, strict=True)
    }
    tasks = [
        SampleTask(index, given.seed, origin)
        for origin, count in counts.items()
        for index in range(count)
    ]
    # All kinds throughout, so that a run cut short is of use.
    tasks.sort(key=lambda task: task.index / max(1, counts[task.origin]))
    work = [(task, given.folder / f"{task.origin}-{task.index:06d}.npz") for task in tasks]
    make_files(Making(make_samples, write_samples), work, folder=given.folder, jobs=given.jobs)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

"""Lots: two loads of the same goods, each through several scanners before and after its way.

A scan costs more than laying two over each other, and what two scanners make of one load is what
has to be learned: so every scan of a load at entry meets every scan of it at exit, and some scans
of the one load meet those of the other, which looks alike and is not the same.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

import cv2
import numpy as np
from numpy.typing import NDArray

from riac.compare.overlay import Overlay
from riac.imaging.frame import PreparedScan
from riac.ports import EdgeReader
from training.datasets.changes import (
    COARSER,
    UNSURE,
    Origin,
    PairSample,
    draw_edges,
    laid,
    laid_over,
    prepared,
    to_sample,
)
from training.simulator.fraud import FraudKind
from training.simulator.journeys import LEANT, Journey, changed_mask
from training.simulator.plans import Choice, PlannedLoad, draw_alike, draw_load, draw_profile
from training.simulator.production import Filing, draw_journey, take_picture
from training.simulator.scanners.fleet import SHARES
from training.simulator.scanners.profile import ScannerProfile, load_profile
from training.simulator.scene.containers import ContainerKind
from training.simulator.trucks import Scene

KIND_OF = {
    FraudKind.INSERTION: "insertion",
    FraudKind.REMOVAL: "removal",
    FraudKind.SUBSTITUTION: "substitution",
    FraudKind.FALSE_WALL: "false_wall",
    FraudKind.FALSE_FLOOR: "false_wall",
    FraudKind.HOLLOWED: "insertion",
    FraudKind.SWAP: "substitution",
}
SCANNERS = 2
"""At either end."""
EVENED = 0.5
"""Power of a class's share of the fleet by which it is drawn: the rare ones are to be learned too,
above all those that look from above."""
FRAUD_SHARE = 0.5
"""Of loads."""
EMPTY_SHARE = 0.1
RARE_CONTAINERS = (ContainerKind.TANK, ContainerKind.OPEN_TOP, ContainerKind.FLAT_RACK)
ABOVE_SHARE, RARE_EMPTY_SHARE = 0.7, 0.2
"""Of lots of what is rarely met; those not seen from above are in `RARE_CONTAINERS`."""
ITEMS_SHARES = (0.8, 0.15, 0.05)
"""Of loads of one, two and three goods items."""
MEASURED_SHARE = 0.35
"""Of scanners, whose pictures are filed as measured values in 16 bit."""
LEANT_SHARE = 0.15
"""Of journeys, on which the load leaned: rare in life, hard to tell from fraud."""
LOOK_ALIKES = 4
"""Of a lot; as many as each of its loads has pairs."""
SAME_SIZE_TRIES = 20
DIFFERENT = 1.5
"""Deviations of noise, on average over `PATCH_PX`, by which two loads differ at a place."""
PATCH_PX = 15


@dataclass(frozen=True, slots=True)
class Site:
    """A scanner and what it files."""

    profile: ScannerProfile
    filing: Filing
    seed: int
    """Names its elements."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A load as one site saw it."""

    scan: PreparedScan
    scanner: str
    changed: NDArray[np.bool_] | None
    """(H, W) of the file: what fraud changed."""


@dataclass(frozen=True, slots=True)
class Load:
    """A load's scans that can be used, at both ends of its way."""

    entries: list[Seen]
    exits: list[Seen]
    kind: str
    """Of what was changed on the way, one of `KINDS`; empty where nothing was."""


def lot_samples(generator: np.random.Generator) -> tuple[PairSample, ...]:
    """Make all pairs of one lot; none where no picture can be used."""
    items = int(generator.choice(len(ITEMS_SHARES), p=ITEMS_SHARES)) + 1
    choice = Choice(
        items=items, empty_share=EMPTY_SHARE, coarser=float(generator.uniform(*COARSER))
    )
    return _samples(choice, generator)


def rare_samples(generator: np.random.Generator) -> tuple[PairSample, ...]:
    """Make all pairs of one lot that is seen from above, or is in a rare kind of container."""
    above = generator.random() < ABOVE_SHARE
    kind = RARE_CONTAINERS[int(generator.integers(len(RARE_CONTAINERS)))]
    choice = Choice(
        container=None if above else kind,
        scanners=_looking("top") if above else (),
        empty_share=RARE_EMPTY_SHARE,
        coarser=float(generator.uniform(*COARSER)),
    )
    return _samples(choice, generator)


def _samples(choice: Choice, generator: np.random.Generator) -> tuple[PairSample, ...]:
    planned = _two_alike(choice, generator)
    sites = _sites(choice, generator)
    edges = draw_edges(generator)
    loads = [_load(each, sites, edges, generator) for each in planned]
    samples = [sample for load in loads for sample in _journeys(load)]
    if planned[0].headings:
        samples += _look_alikes(loads, generator)
    return tuple(samples)


def _two_alike(choice: Choice, generator: np.random.Generator) -> list[PlannedLoad]:
    """Draw a load and another of the same goods, in a container of the same size if it can be."""
    first = draw_load(choice, seed=int(generator.integers(1 << 31)), generator=generator)
    again = dataclasses.replace(
        choice, headings=first.headings, empty_share=float(not first.headings)
    )
    second = first
    for _ in range(SAME_SIZE_TRIES):
        second = draw_load(again, seed=int(generator.integers(1 << 31)), generator=generator)
        one, other = first.truck.shell, second.truck.shell
        if (one.kind, one.length_ft) == (other.kind, other.length_ft):
            break
    return [first, second]


def _sites(choice: Choice, generator: np.random.Generator) -> list[Site]:
    """Draw the scanners at entry, then those at exit, all of one view.

    The first at exit is of the class of the first at entry: services buy several of one make.
    """

    def drawn(classes: Sequence[str]) -> ScannerProfile:
        scanner = _drawn_class(generator, classes)
        return draw_profile(dataclasses.replace(choice, scanners=(scanner,)), generator=generator)

    first = drawn(choice.scanners or tuple(SHARES))
    seen = _looking(first.geometry.view)
    profiles = [first, *(drawn(seen) for _ in range(2 * SCANNERS - 1))]
    profiles[SCANNERS] = draw_alike(first, choice, generator=generator)
    return [
        Site(
            each,
            Filing(rendered=bool(generator.random() >= MEASURED_SHARE)),
            int(generator.integers(1 << 31)),
        )
        for each in profiles
    ]


def _looking(view: str) -> tuple[str, ...]:
    """Return the classes of scanners that look from there, `side` or `top`."""
    return tuple(each for each in SHARES if load_profile(each).geometry.view == view)


def _drawn_class(generator: np.random.Generator, classes: Sequence[str]) -> str:
    """Draw one of some classes of scanners, the rare ones more often than they are met."""
    names = sorted(classes)
    shares = np.array([SHARES[name] for name in names]) ** EVENED
    return names[int(generator.choice(len(names), p=shares / shares.sum()))]


def _load(
    planned: PlannedLoad,
    sites: list[Site],
    edges: EdgeReader | None,
    generator: np.random.Generator,
) -> Load:
    kinds = tuple(KIND_OF)
    fraud = kinds[int(generator.integers(len(kinds)))]
    journey = draw_journey(
        planned,
        fraud if generator.random() < FRAUD_SHARE else None,
        seed=planned.truck.seed,
        generator=generator,
        road=LEANT if generator.random() < LEANT_SHARE else None,
    )
    entries, exits = (
        [
            seen
            for site in of_end
            if (seen := _seen(scene, site, edges, generator, fraud=done)) is not None
        ]
        for scene, of_end, done in (
            (journey.entry, sites[:SCANNERS], None),
            (journey.exit, sites[SCANNERS:], journey if journey.frauds else None),
        )
    )
    return Load(entries, exits, KIND_OF[journey.frauds[0].kind] if journey.frauds else "")


def _seen(
    scene: Scene,
    site: Site,
    edges: EdgeReader | None,
    generator: np.random.Generator,
    *,
    fraud: Journey | None,
) -> Seen | None:
    exposure, picture = take_picture(
        scene, site.profile, site.filing, generator=generator, scanner_seed=site.seed
    )
    scan = prepared(picture.content, edges=edges)
    if scan is None:
        return None
    changed = None
    if fraud is not None:
        mask = changed_mask(fraud, exposure.sight)
        changed = picture.labels(mask.astype(np.uint8)) > 0
    return Seen(scan, site.profile.name, changed)


def _journeys(load: Load) -> Iterator[PairSample]:
    for entry, exit_ in product(load.entries, load.exits):
        overlay = laid(entry.scan, exit_.scan)
        changed = None if exit_.changed is None else laid_over(exit_.changed, overlay)
        origin = f"{Origin.JOURNEY} {entry.scanner} {exit_.scanner}"
        yield to_sample(overlay, changed, kind=load.kind, origin=origin)


def _look_alikes(loads: list[Load], generator: np.random.Generator) -> Iterator[PairSample]:
    """Lay scans of the one load over scans of the other: much alike, and not the same."""
    pairs = [
        *product(loads[0].entries, loads[1].exits),
        *product(loads[1].entries, loads[0].exits),
    ]
    for index in generator.permutation(len(pairs))[:LOOK_ALIKES]:
        entry, exit_ = pairs[index]
        overlay = laid(entry.scan, exit_.scan)
        origin = f"{Origin.LOOK_ALIKE} {entry.scanner} {exit_.scanner}"
        yield look_alike(overlay, origin=origin)


def look_alike(overlay: Overlay, *, origin: str) -> PairSample:
    """Make the sample of two loads of the same goods, laid over each other."""
    evidence = overlay.evidence
    odd = np.abs(evidence.difference) * np.sqrt(evidence.weight)
    different = cv2.blur(odd, (PATCH_PX, PATCH_PX)) > DIFFERENT
    sample = to_sample(overlay, different & evidence.hold, kind="substitution", origin=origin)
    # Where they happen to agree nobody can say that nothing was changed.
    size = (sample.mask.shape[1], sample.mask.shape[0])
    hold = cv2.resize(evidence.hold.astype(np.uint8), size, interpolation=cv2.INTER_NEAREST) > 0
    unsure = np.where(hold, UNSURE, 0).astype(np.uint8)
    mask = np.where(sample.mask > 0, sample.mask, unsure)
    return dataclasses.replace(sample, mask=np.asarray(mask, np.uint8))

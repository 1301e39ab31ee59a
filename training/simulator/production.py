"""Single scans, pairs and references, each made from one small task: what processes work on.

A task holds all that its files depend on, so that any of them can be made alone. Nothing is
written here; `files` lays out folders.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np

from riac.scan import Box
from training.simulator.faulty import MACHINE_FAULTS, file_spoiled, unseen_fractions
from training.simulator.fraud import FraudKind, FraudTruth
from training.simulator.journeys import (
    ROUGH,
    Journey,
    Road,
    changed_mask,
    draw_road,
    mask_boxes,
    travel,
)
from training.simulator.loads import item_fractions, item_map, pack_items
from training.simulator.pictures import FiledPicture, Labels, file_exposure
from training.simulator.plans import (
    ANYTHING,
    Choice,
    PlannedLoad,
    draw_alike,
    draw_fraud,
    draw_load,
    draw_profile,
    possible_frauds,
)
from training.simulator.scanners.profile import ScannerProfile
from training.simulator.scanners.style import DisplayStyle, Family, draw_style
from training.simulator.scanning import Exposure, scan
from training.simulator.scene.solids import Solids
from training.simulator.trucks import Scene, build_scene

REFERENCE_SEEDS = 1 << 40
"""Loads of references are never loads of scans, pairs or traffic, whose seeds are below."""
_TRIES = 12


@dataclass(frozen=True, slots=True)
class Filing:
    """As what pictures are filed."""

    rendered: bool = True
    family: Family | None = Family.RECORD
    """Of rendered pictures; None draws one after their shares."""


RECORDS = Filing()


@dataclass(frozen=True, slots=True)
class ScanTask:
    """One scan."""

    index: int
    seed: int
    choice: Choice = ANYTHING
    filing: Filing = RECORDS
    spoiled: bool = False
    """Whether the same scan is filed a second time, with a fault of the machine."""


@dataclass(frozen=True, slots=True)
class PairTask:
    """One load at entry and at exit."""

    index: int
    seed: int
    choice: Choice = ANYTHING
    filing: Filing = RECORDS
    fraud: FraudKind | None = None
    """None for an honest pair."""
    road: Road | None = None
    """The way; drawn without it."""
    same_class: bool = False
    """Through two scanners of one class; drawn apart without it."""


@dataclass(frozen=True, slots=True)
class Made:
    """Files of one task, by name, and what a table says of them."""

    files: Mapping[str, bytes]
    row: Mapping[str, Any]


def make_scan(task: ScanTask) -> Made:
    """Make one scan, with the labels of its goods where it carries several."""
    generator = _generator(task.seed, 1, task.index)
    seed = int(generator.integers(1 << 31))
    load = draw_load(task.choice, seed=seed, generator=generator)
    scene = _scene(load)
    profile = draw_profile(task.choice, generator=generator)
    exposure = scan(scene, profile, generator=generator, scanner_seed=seed)
    style = draw_display(exposure, profile, task.filing, generator)
    picture = file_exposure(exposure, style, profile=profile)
    stem = f"s{task.index:06d}"
    files = {stem + picture.suffix: picture.content}
    row: dict[str, Any] = {
        "file": stem + picture.suffix,
        **_size(picture),
        "container_boxes_xyxy_px": box_text(picture.within(exposure.container_px)),
        "load": "loaded" if load.headings else "empty",
        "heading": " ".join(load.headings),
        "container": _size_name(scene),
        "cargo_kg": round(scene.cargo_mass_kg),
        "scanner": profile.name,
        "labels": "",
        "item_fractions": "",
    }
    if len(load.headings) > 1:
        labels = item_map(scene, exposure.sight, items=len(load.headings))
        fractions = item_fractions(labels, items=len(load.headings))
        row["labels"] = f"{stem}-labels.png"
        row["item_fractions"] = " ".join(f"{share:.4f}" for share in fractions)
        files[row["labels"]] = _png(picture.labels((labels + 1).astype(np.uint8)))
    if task.spoiled:
        fault = MACHINE_FAULTS[task.index % len(MACHINE_FAULTS)]
        chance = _generator(task.seed, 6, task.index)
        second = file_spoiled(exposure, fault, style=style, profile=profile, generator=chance)
        row["spoiled"], row["fault"] = f"{stem}-{fault}{second.suffix}", str(fault)
        row |= _seen_of_hold(exposure, profile, style)
        files[row["spoiled"]] = second.content
    return Made(files, row)


def make_pair(task: PairTask) -> Made:
    """Make one pair, with the truth of what was done between its scans."""
    generator = _generator(task.seed, 2, task.index)
    seed = int(generator.integers(1 << 31))
    load = draw_load(task.choice, seed=seed, generator=generator)
    journey = draw_journey(load, task.fraud, seed=seed, generator=generator, road=task.road)
    first = draw_profile(task.choice, generator=generator)
    second = (
        draw_alike(first, task.choice, generator=generator)
        if task.same_class
        else draw_profile(task.choice, generator=generator, view=first.geometry.view)
    )
    stem = f"p{task.index:06d}"
    files: dict[str, bytes] = {}
    truth: dict[str, Any] = {
        "pair_id": stem,
        "tampered": bool(journey.frauds),
        "rough_way": journey.road == ROUGH,
        "headings": list(load.headings),
        "container": _size_name(journey.entry),
        "frauds": [fraud_json(each) for each in journey.frauds],
        "mass_change_kg": round(journey.mass_change_kg, 1),
    }
    row = {"pair_id": stem}
    for role, scene, profile in (
        ("entry", journey.entry, first),
        ("exit", journey.exit, second),
    ):
        exposure, picture = take_picture(
            scene, profile, task.filing, generator=generator, scanner_seed=seed + len(files)
        )
        row[role] = f"{stem}-{role}{picture.suffix}"
        files[row[role]] = picture.content
        truth[role] = _picture_truth(picture, exposure, profile, scene)
        if journey.frauds:
            mask = picture.labels(changed_mask(journey, exposure.sight).astype(np.uint8))
            truth[role]["mask"] = f"{stem}-{role}-mask.png"
            truth[role]["boxes_px"] = [box_list(box) for box in mask_boxes(mask > 0)]
            files[truth[role]["mask"]] = _png(mask * np.uint8(255))
    files[f"{stem}.json"] = json.dumps(truth, indent=1).encode() + b"\n"
    return Made(files, row)


def make_reference(task: ScanTask) -> Made:
    """Make one picture for a library of standard images, cut to its container."""
    generator = _generator(task.seed, 3, task.index)
    seed = REFERENCE_SEEDS + int(generator.integers(1 << 31))
    load = draw_load(task.choice, seed=seed, generator=generator)
    scene = _scene(load)
    profile = draw_profile(task.choice, generator=generator)
    _, picture = take_picture(scene, profile, task.filing, generator=generator, scanner_seed=seed)
    code = load.headings[0] if load.headings else ""
    name = f"{code or 'empty'}-{task.index:06d}{picture.suffix}"
    return Made({name: picture.content}, {"path": name, "hs_code": code})


def take_picture(
    scene: Scene,
    profile: ScannerProfile,
    filing: Filing,
    *,
    generator: np.random.Generator,
    scanner_seed: int,
) -> tuple[Exposure, FiledPicture]:
    """Scan a scene and file it.

    Args:
        scene: what goes through.
        profile: of the scanner.
        filing: as what.
        generator: of this passage's chance, and of how it is shown.
        scanner_seed: names the scanner, whose elements are its own.
    """
    exposure = scan(scene, profile, generator=generator, scanner_seed=scanner_seed)
    style = draw_display(exposure, profile, filing, generator)
    return exposure, file_exposure(exposure, style, profile=profile)


def draw_journey(
    load: PlannedLoad,
    kind: FraudKind | None,
    *,
    seed: int,
    generator: np.random.Generator,
    road: Road | None = None,
) -> Journey:
    """Draw a way, and a fraud on it that leaves a trace in the load.

    Args:
        load: that travels.
        kind: of fraud; one that cannot be done to this load gives way to one that can.
        seed: of what is packed anew.
        generator: of chance.
        road: the way; drawn without it.
    """
    cargo, drawn = _shared_cargo(load), draw_road(generator)
    road = road or drawn
    if kind is None:
        return travel(load.truck, generator=generator, cargo=cargo, road=road)
    allowed = possible_frauds(load)
    chosen = kind if kind in allowed else allowed[0]
    for attempt in range(_TRIES):
        fraud = draw_fraud(chosen, load, seed=seed + attempt, generator=generator)
        journey = travel(load.truck, generator=generator, cargo=cargo, road=road, frauds=(fraud,))
        (truth,) = journey.frauds
        if truth.added_kg + truth.removed_kg > 1 or chosen is FraudKind.BROKEN_SEAL:
            return journey
    return travel(load.truck, generator=generator, cargo=cargo, road=road)


def fraud_json(truth: FraudTruth) -> dict[str, Any]:
    """Return the truth of a fraud as JSON."""
    return {
        "kind": str(truth.kind),
        "what": truth.what,
        "factor": None if truth.factor is None else str(truth.factor),
        "box_mm": None if truth.box_mm is None else [round(each, 1) for each in truth.box_mm],
        "added_kg": round(truth.added_kg, 1),
        "removed_kg": round(truth.removed_kg, 1),
        "mass_change_kg": round(truth.mass_change_kg, 1),
    }


def box_list(box: Box) -> list[float]:
    """Return x0, y0, x1, y1."""
    return [round(float(each), 1) for each in (box.x0, box.y0, box.x1, box.y1)]


def box_text(box: Box) -> str:
    """Return x0 y0 x1 y1 in whole pixels, as `scans.csv` has them."""
    return " ".join(str(round(each)) for each in (box.x0, box.y0, box.x1, box.y1))


def _scene(load: PlannedLoad) -> Scene:
    scene = build_scene(load.truck)
    cargo = _shared_cargo(load)
    if cargo is None:
        return scene
    return Scene(scene.shell, scene.truck, cargo, scene.added, scene.voids)


def _shared_cargo(load: PlannedLoad) -> Solids | None:
    if len(load.headings) < 2:
        return None
    generator = _generator(load.truck.seed, 4, 0)
    return pack_items(load.headings, load.truck.shell.hold, generator=generator)


def draw_display(
    exposure: Exposure, profile: ScannerProfile, filing: Filing, generator: np.random.Generator
) -> DisplayStyle | None:
    """Draw how a scan is shown; None where it is filed as measured."""
    if not filing.rendered:
        return None
    return draw_style(
        generator,
        family=filing.family,
        energies=len(exposure.transmissions),
        record=profile.record,
    )


def _seen_of_hold(
    exposure: Exposure, profile: ScannerProfile, style: DisplayStyle | None
) -> dict[str, float]:
    """Return what is wrong with a scan that nothing was done to, by the truth."""
    black, white = unseen_fractions(exposure, style)
    left = (1 - profile.noise.dose_corrected_share) * profile.noise.dose_sd
    return {
        "black_fraction": round(black, 4),
        "white_fraction": round(white, 4),
        "dose_deviation": round(left, 4),
    }


def _picture_truth(
    picture: FiledPicture, exposure: Exposure, profile: ScannerProfile, scene: Scene
) -> dict[str, Any]:
    return {
        **_size(picture),
        "container_box_px": box_list(picture.within(exposure.container_px)),
        "mirrored": exposure.sight.passage.mirrored,
        "scanner": profile.name,
        "view": profile.geometry.view,
        "pixel_pitch_mm": [
            round(pitch / scale, 3)
            for pitch, scale in zip(exposure.pixel_pitch_mm, picture.where.scale, strict=True)
        ],
        "cargo_kg": round(scene.cargo_mass_kg, 1),
        "boxes_px": [],
    }


def _size(picture: FiledPicture) -> dict[str, int]:
    return {"width_px": picture.size[0], "height_px": picture.size[1]}


def _size_name(scene: Scene) -> str:
    return f"{scene.shell.length_ft} {scene.shell.kind}"


def _png(labels: Labels) -> bytes:
    done, content = cv2.imencode(".png", labels)
    assert done
    return bytes(content.tobytes())


def _generator(seed: int, purpose: int, index: int) -> np.random.Generator:
    return np.random.default_rng([seed & 0xFFFFFFFFFFFF, purpose, index])

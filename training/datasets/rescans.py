"""Single simulated scans, scanned again by the re-scan model of pictures and tampered with."""

from __future__ import annotations

import numpy as np

from riac.formats import read_scan
from riac.scan import Box, Picture
from training.datasets.changes import (
    COARSER,
    Origin,
    PairSample,
    draw_edges,
    laid,
    laid_over,
    prepared,
    to_sample,
)
from training.simulator.plans import Choice
from training.simulator.production import Made, ScanTask, make_scan
from training.simulator.rescan import apply_rescan, display_jpeg, draw_rescan, rescanned_mask
from training.simulator.tamper import tamper
from training.simulator.trucks import TamperingKind

SIZES_MM = (100.0, 1000.0)
"""Of changes by the tamper model, drawn evenly on a logarithmic scale."""
EACH = 3
"""Second scans of one simulated scan."""
TAMPERED_SHARE = 0.5
"""Of second scans."""
MOVED_LEVELS = 3.0 / 255
"""Transmission by which a pixel must differ to be part of the tamper model's truth."""


def rescan_samples(generator: np.random.Generator) -> tuple[PairSample, ...]:
    """Make the pairs of one scan and its second scans; none where it cannot be used."""
    choice = Choice(coarser=float(generator.uniform(*COARSER)))
    seed, edges = int(generator.integers(1 << 31)), draw_edges(generator)
    made = [make_scan(ScanTask(index, seed, choice)) for index in (0, 1)]
    entry = prepared(_content(made[0]), edges=edges)
    if entry is None:
        return ()
    (first, container), donor = (_picture(each) for each in made)
    origin = f"{Origin.RESCAN} {made[0].row['scanner']}"
    samples = []
    for _ in range(EACH):
        change = None
        if generator.random() < TAMPERED_SHARE:
            size_mm = float(np.exp(generator.uniform(*np.log(SIZES_MM))))
            kind = tuple(TamperingKind)[int(generator.integers(len(TamperingKind)))]
            change = tamper(
                first, kind, container=container, size_mm=size_mm, generator=generator, donor=donor
            )
        rescan = draw_rescan(generator, columns=first.shape[1])
        seen = apply_rescan(first if change is None else change.picture, rescan)
        exit_ = prepared(display_jpeg(seen, quality=rescan.jpeg_quality), edges=edges)
        if exit_ is None:
            continue
        overlay = laid(entry, exit_)
        if change is None:
            samples.append(to_sample(overlay, None, kind="", origin=origin))
        else:
            mask = rescanned_mask(np.abs(change.picture - first) > MOVED_LEVELS, rescan)
            changed = laid_over(mask, overlay)
            samples.append(to_sample(overlay, changed, kind=str(change.kind), origin=origin))
    return tuple(samples)


def _picture(made: Made) -> tuple[Picture, Box]:
    edges = [float(edge) for edge in made.row["container_boxes_xyxy_px"].split()]
    return read_scan(_content(made)).primary.transmission, Box(*edges)


def _content(made: Made) -> bytes:
    (content,) = made.files.values()
    return content

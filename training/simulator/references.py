"""Pictures of known goods for a first library of standard images."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from training.simulator.goods.catalogue import GOODS
from training.simulator.scanning import Scanner, encode_jpeg, expose
from training.simulator.trucks import Truck, build_scene

REFERENCE_SEEDS = 1_000_000
"""Loads of references are never loads of the traffic, whose seeds are below."""


@dataclass(frozen=True, slots=True)
class Reference:
    """One picture for the library; an empty code means an empty container."""

    name: str
    hs_code: str
    picture: bytes


def references(
    *, each: int = 5, headings: Sequence[str] | None = None, seed: int = 0
) -> Iterator[Reference]:
    """Make `each` pictures of every heading, and of empty containers."""
    for heading in ("", *(sorted(GOODS) if headings is None else headings)):
        for index in range(each):
            yield _reference(heading, index=index, seed=seed)


def _reference(heading: str, *, index: int, seed: int) -> Reference:
    load = REFERENCE_SEEDS + 1000 * seed + 37 * index + int(heading or 0) * 101
    generator = np.random.default_rng([load, 11])
    truck = Truck(
        heading,
        seed=load,
        length_ft=40 if index % 3 else 20,
        high_cube=bool(generator.random() < 0.7),
    )
    # Half the resolution of a scan: the container frame is coarser still.
    scanner = replace(
        Scanner(),
        pitch_mm=(float(generator.uniform(11, 16)), 8.6),
        mirrored=bool(generator.random() < 0.5),
        tilt_mm_per_m=float(generator.uniform(-8, 8)),
    )
    exposure = expose(build_scene(truck), scanner, seed=load)
    name = f"{heading or 'empty'}-{index:02d}.jpg"
    return Reference(name, heading, encode_jpeg(exposure, scanner, quality=95))

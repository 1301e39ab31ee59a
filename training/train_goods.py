"""Train the goods network, which embeds what a container holds.

    python -m training.datasets.goods goods --count 5500
    python -m training.train_goods goods --out first
    python -m training.datasets.goods more --count 3200 --seed 2
    python -m training.train_goods goods more --out second --start first/best.pt \\
        --passes 5 --rate 1.5e-3
    python -m training.export goods second/best.pt models/weights/goods-network-3.onnx

Data: 5,500 loads of the simulator, each through two scanners, 35 minutes on two cores. Training:
12 passes of some 255 s, 50 minutes on two cores. A tenth of the loads is never trained on, and
twenty headings not at all: by them one sees how well goods are told apart that no network knows.
Expected, one scanner asking and another answering, three standard images each: 26 % of the 152
headings held out, 58 % of the twenty left out (hand-made measures 11 and 43 %), and 60 % of 600
loads found again; after the second run, of 40 minutes, 31, 60 and 62 %.

The loss asks three things of a vector: which heading it is (cosines to one direction a heading),
which chapter (the same logits, summed), and, of a second vector, which load (two scans of one
load against all others of the batch; van den Oord et al., InfoNCE, 2018). Pictures are drawn
anew as displays, scanners and trucks differ: tone, black level, scale, place, blur, noise.

Run again with the same folder it goes on after the last whole pass; curves are drawn beside the
weights. With `--start` and a lower `--rate` it goes on from weights.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from rich.progress import track
from torch import nn
from torch.nn import functional

from models.goods import MULTIPLE
from riac.scan import Picture
from training.datasets.goods import (
    GoodsSample,
    read_samples,
    turn_of,
    unseen_headings,
)
from training.networks.goods import ROWS, SHRINKS, GoodsNet, HeadingClassifier
from training.passes import draw_curves, recipe_parser, run_passes
from training.released import begin_with

COLUMNS = (64, 128, 192, 288)
"""Of a batch's crops: from a slab to most of a 40 ft container."""
BATCH = 48
"""Crops, two of each load."""
PASSES = 12
TIMES = 3
"""Every load is drawn so often in a pass."""
RATE, DECAY, WARM_UP = 2e-3, 2e-2, 0.08
HELD_OUT = 10
"""Every so manieth load is for validation."""
SCALE, MARGIN = 16.0, 0.1
CHAPTER_WEIGHT, LOAD_WEIGHT = 0.3, 0.3
LOAD_TEMPERATURE = 0.1
LOAD_COLUMNS = 192
"""Narrower crops may show places that are the same in every load of the goods."""

TONES = (0.45, 2.4)
BLACK_SHARE, BLACK = 0.3, (0.45, 1.0)
"""Of crops, whose display draws everything from this attenuation on as black."""
WIDE, TALL, UP = 0.18, 0.07, 0.05
"""Of the geometry: deviations of the logarithm of scales, and of the place in heights."""
TRIES, LEAST_FILLED = 3, 0.4
"""Crops are drawn anew where they show so much less attenuation than the whole interior."""
REFERENCES = 3
"""Of each heading in validation; the other loads ask."""
ASKED = 4
"""Of each heading in validation, at most."""


@dataclass(frozen=True, slots=True)
class Load:
    """One load as it was scanned."""

    pictures: tuple[NDArray[np.uint8], ...]
    heading: str


def main(arguments: Sequence[str] | None = None) -> int:
    """Train; returns the exit status."""
    parser = recipe_parser("train_goods", __doc__, passes=PASSES, rate=RATE)
    parser.add_argument(
        "goods", type=Path, nargs="+", help="folder of training.datasets.goods, or several"
    )
    given = parser.parse_args(arguments)
    try:
        loads, held_out, unseen = read_loads(*given.goods)
    except ValueError as error:
        parser.error(str(error))
    given.out.mkdir(parents=True, exist_ok=True)
    fit(
        loads,
        {"held out": held_out, "unseen": unseen},
        out=given.out,
        passes=given.passes,
        seed=given.seed,
        rate=given.rate,
        start=given.start,
    )
    return 0


def read_loads(*folders: Path) -> tuple[list[Load], list[Load], list[Load]]:
    """Read loads to train on, those held out, and those of headings that training leaves out.

    Raises:
        ValueError: there are too few.
    """
    files = []
    for folder in folders:
        found = sorted(folder.glob("load-*.npz"))
        if len(found) < HELD_OUT:
            raise ValueError(f"{folder} holds {len(found)} loads: make some first")
        files += found
    left_out = set(unseen_headings())
    train: list[Load] = []
    held_out: list[Load] = []
    unseen: list[Load] = []
    for file in track(files, description="reading"):
        samples = list(read_samples(file))
        if not samples:
            continue
        load = Load(tuple(_levels(each) for each in samples), samples[0].heading)
        if load.heading in left_out:
            unseen.append(load)
        else:
            # Headings follow each other: every so manieth round of them.
            (train if turn_of(file) % HELD_OUT else held_out).append(load)
    return train, held_out, unseen


def fit(
    loads: Sequence[Load],
    asked: Mapping[str, Sequence[Load]],
    *,
    out: Path,
    passes: int,
    seed: int,
    rate: float = RATE,
    start: Path | None = None,
) -> None:
    """Train, keeping a state after every pass and the weights of the best one."""
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    torch.manual_seed(seed)
    network = GoodsNet().to(device)
    known = sorted({load.heading for load in loads})
    if start is not None:
        batches = _batches(loads, known, np.random.default_rng(seed))
        begin_with(
            start,
            network,
            inputs=(batch.attenuation.to(device) for batch in batches),
            through=network.places,
        )
    chapters = sorted({heading[:2] for heading in known})
    classifier = HeadingClassifier(
        [chapters.index(heading[:2]) for heading in known], scale=SCALE, margin=MARGIN
    ).to(device)
    run_passes(
        nn.ModuleList([network, classifier]),
        network,
        losses=lambda generator: (
            _loss(network, classifier, batch, device) for batch in _batches(loads, known, generator)
        ),
        steps=-(-TIMES * len(loads) // (BATCH // 2)),
        validate=lambda: validate(network, asked, device),
        draw=partial(draw_curves, label="found first"),
        out=out,
        passes=passes,
        seed=seed,
        rate=rate,
        decay=DECAY,
        warm_up=WARM_UP,
    )


def validate(
    network: GoodsNet, asked: Mapping[str, Sequence[Load]], device: torch.device
) -> dict[str, float]:
    """Return the shares of headings and of loads found first among those asked for.

    `score` is what passes are chosen by: their mean.
    """
    network.eval()
    figures = {}
    for name, every in asked.items():
        loads = _few_of_each(every)
        first = [embed(network, load.pictures[0], device) for load in loads]
        last = [embed(network, load.pictures[-1], device) for load in loads]
        figures[f"{name}: heading"] = heading_found(
            np.array([each[0] for each in first]),
            np.array([each[0] for each in last]),
            [load.heading for load in loads],
        )
        own = np.array([each[1] for each in last]) @ np.array([each[1] for each in first]).T
        figures[f"{name}: load"] = float((own.argmax(axis=1) == np.arange(len(loads))).mean())
    figures["score"] = float(np.nanmean(list(figures.values())))
    return figures


def _few_of_each(loads: Sequence[Load]) -> list[Load]:
    counts: Counter[str] = Counter()
    kept = []
    for load in loads:
        counts[load.heading] += 1
        if counts[load.heading] <= REFERENCES + ASKED:
            kept.append(load)
    return kept


def heading_found(
    first: NDArray[np.float32], last: NDArray[np.float32], headings: Sequence[str]
) -> float:
    """Return the share of loads whose nearest reference has their heading, over headings.

    The first loads of each heading are its references, by their first scan; the others ask, by
    their last.
    """
    members: dict[str, list[int]] = defaultdict(list)
    for index, heading in enumerate(headings):
        members[heading].append(index)
    references = [index for each in members.values() for index in each[:REFERENCES]]
    shares = []
    for heading, each in members.items():
        queries = each[REFERENCES:]
        if queries:
            nearest = (last[queries] @ first[references].T).argmax(axis=1)
            found = [headings[references[index]] == heading for index in nearest]
            shares.append(float(np.mean(found)))
    return float(np.mean(shares)) if shares else float("nan")


def embed(
    network: GoodsNet, picture: NDArray[np.uint8], device: torch.device
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return the vectors of goods and of the load of a whole interior."""
    # Few different widths: the runtime prepares itself for each anew.
    padded = np.pad(picture, ((0, 0), (0, -picture.shape[1] % MULTIPLE)), mode="edge")
    tensor = torch.from_numpy(padded.astype(np.float32) / 255)[None, None].to(device)
    places = -(-picture.shape[1] // SHRINKS)
    cover = torch.zeros((1, 1, padded.shape[1] // SHRINKS), device=device)
    cover[:, :, :places] = 1 / places
    with torch.no_grad():
        _, goods, load = network(tensor, cover)
    return goods[0, 0].cpu().numpy(), load[0, 0].cpu().numpy()


# --- loss -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Batch:
    """Crops; the two of a load follow each other."""

    attenuation: torch.Tensor
    """(N, 1, ROWS, columns) float32."""
    heading: torch.Tensor
    """(N,) int64."""


def _loss(
    network: GoodsNet, classifier: HeadingClassifier, batch: Batch, device: torch.device
) -> torch.Tensor:
    crops = batch.attenuation.to(device)
    count, places = crops.shape[0], crops.shape[3] // SHRINKS
    cover = torch.full((count, 1, places), 1 / places, device=device)
    _, goods, load = (each[:, 0] for each in network(crops, cover))
    heading, chapter = classifier(goods, batch.heading.to(device))
    loss = heading.mean() + CHAPTER_WEIGHT * chapter.mean()
    if crops.shape[3] >= LOAD_COLUMNS:
        likeness = load @ load.T / LOAD_TEMPERATURE
        likeness = likeness.masked_fill(torch.eye(count, device=device) > 0, -1e4)
        other = torch.arange(count, device=device) ^ 1
        loss = loss + LOAD_WEIGHT * functional.cross_entropy(likeness, other)
    return torch.as_tensor(loss)


# --- crops ----------------------------------------------------------------------------------


def _batches(
    loads: Sequence[Load], known: Sequence[str], generator: np.random.Generator
) -> Iterator[Batch]:
    number = {heading: index for index, heading in enumerate(known)}
    order = np.concatenate([generator.permutation(len(loads)) for _ in range(TIMES)])
    for start in range(0, len(order), BATCH // 2):
        drawn = [loads[index] for index in order[start : start + BATCH // 2]]
        columns = COLUMNS[int(generator.integers(len(COLUMNS)))]
        crops = [
            _crop(load.pictures[side % len(load.pictures)], columns, generator)
            for load in drawn
            for side in (0, 1)
        ]
        yield Batch(
            torch.from_numpy(np.stack(crops))[:, None],
            torch.tensor([number[load.heading] for load in drawn for _ in (0, 1)]),
        )


def _crop(picture: NDArray[np.uint8], columns: int, generator: np.random.Generator) -> Picture:
    """Draw a crop as another scanner, truck and display might have shown it."""
    whole = picture.astype(np.float32) / np.float32(255)
    seen = _moved(whole, columns, generator)
    for _ in range(TRIES):
        # The empty end of a hold says nothing of the goods.
        if seen.mean() >= LEAST_FILLED * whole.mean():
            break
        seen = _moved(whole, columns, generator)
    seen = seen * np.float32(np.exp(generator.uniform(*np.log(TONES))))
    if generator.random() < BLACK_SHARE:
        seen[seen > generator.uniform(*BLACK)] = 1
    if generator.random() < 0.4:
        seen = cv2.GaussianBlur(seen, (0, 0), float(generator.uniform(0.3, 1.3)))
    if generator.random() < 0.5:
        deviation = np.float32(generator.uniform(0.002, 0.03))
        seen = seen + deviation * generator.standard_normal(seen.shape, dtype=np.float32)
    if generator.random() < 0.2:
        seen = seen + np.float32(0.02) * generator.standard_normal((ROWS, 1), dtype=np.float32)
    if generator.random() < 0.2:
        row, tall = int(generator.integers(ROWS)), int(generator.integers(1, 4))
        seen[row : row + tall] = generator.choice(np.array([0.0, 1.0], np.float32))
    return np.asarray(np.clip(seen, 0, 1), np.float32)


def _moved(attenuation: Picture, columns: int, generator: np.random.Generator) -> Picture:
    wide = float(np.exp(np.clip(generator.normal(0, WIDE / 2), -WIDE, WIDE)))
    tall = float(np.exp(generator.uniform(-TALL, TALL)))
    up = float(generator.uniform(-UP, UP)) * ROWS
    room = attenuation.shape[1] * wide - columns
    left = float(generator.uniform(min(room, 0), max(room, 0)))
    if generator.random() < 0.5:
        attenuation = attenuation[:, ::-1]
    matrix = np.array([[wide, 0, -left], [0, tall, up + (1 - tall) * ROWS / 2]])
    seen: Picture = cv2.warpAffine(
        np.ascontiguousarray(attenuation),
        matrix,
        (columns, ROWS),
        flags=cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REPLICATE,
    )
    return seen


def _levels(sample: GoodsSample) -> NDArray[np.uint8]:
    seen = sample.attenuation
    if len(seen) != ROWS:
        # Samples of another resolution are brought to the network's.
        size = (round(seen.shape[1] * ROWS / len(seen)), ROWS)
        seen = cv2.resize(seen, size, interpolation=cv2.INTER_AREA)
    return np.rint(seen * 255).astype(np.uint8)


if __name__ == "__main__":
    raise SystemExit(main())

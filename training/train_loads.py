"""Train the load network, which tells one load from others of the same goods.

    python -m training.datasets.goods loads --count 5160 --seed 909
    python -m training.train_loads loads --out load-network
    python -m training.export loads load-network/best.pt models/weights/load-network-1.onnx

Data: loads of the simulator, each through two scanners, three a second on two cores; a tenth of
them, by turns of all headings, is never trained on. Training: 20 passes of some 110 s on one core,
from the goods network in use. Expected there, AUROC of how alike two scans of one load are against
scans of two loads of the same heading in containers of one size: 0.96 (0.82 of the goods network).

The loss asks two things: whether two scans show one load, or two of the same goods in containers
of one size (a logistic regression on the logarithm of 1 less the cosine, as the pair judge is told
it); and that a scan finds the other of its load among all of the batch (van den Oord et al.,
InfoNCE, 2018). Pictures are drawn anew as displays, scanners and trucks differ.

Run again with the same folder it goes on after the last whole pass; curves are drawn beside the
weights. With `--start` and a lower `--rate` it goes on from weights.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from rich.progress import track
from torch import nn
from torch.nn import functional

from models.loads import MULTIPLE, PLACE_COLUMNS, windows
from models.registry import NETWORK, load_registry
from riac.scan import Picture
from training.datasets.goods import read_samples, turn_of
from training.evaluate.figure import auroc
from training.networks.goods import GoodsNet
from training.networks.loads import FINER, Likeness, LoadNet
from training.passes import computing, draw_curves, recipe_parser, run_passes
from training.released import begin_with

PASSES = 20
RATE, DECAY, WARM_UP = 2e-3, 2e-2, 0.1
ALIKE = 3
"""Loads of one heading, in containers of one size, that follow each other in a batch."""
LONG_COLUMNS = 700
"""Interiors of 20 ft end before, others after it."""
GROUPS = {True: 4, False: 8}
"""Of loads that are alike, in a batch of long interiors and of short ones."""
HELD_OUT = 10
"""Every so manieth turn of all headings is for validation."""
SAME_SIZE = 1.1
"""Ratio of lengths up to which two interiors are of one size."""
TEMPERATURE = 0.08

TONES = (0.7, 1.42)
BLACK_SHARE, BLACK = 0.2, (0.5, 1.0)
"""Of pictures, whose display draws everything from this attenuation on as black."""
WIDE, TALL, UP, LONG = 0.012, 0.03, 4.0, 0.006
"""Of the geometry: of the logarithms of scales, rows, and shares of the length."""
BLUR_PX, NOISE = (0.4, 1.8), (0.002, 0.02)

COARSE = 3
"""Rows and columns of an interior to one of the picture by which it is seen which way it lies."""
THIRDS = 3
STRETCHED, SETTLED = 10, 3
"""Coarse columns and rows by which a third of the one picture may lie elsewhere in the other."""


@dataclass(frozen=True, slots=True)
class Load:
    """One load as two scanners saw it, both pictures the same way round."""

    pictures: tuple[NDArray[np.uint8], NDArray[np.uint8]]
    heading: str

    @property
    def long(self) -> bool:
        """Whether its container is longer than 20 ft."""
        return bool(self.pictures[0].shape[1] > LONG_COLUMNS)


@dataclass(frozen=True, slots=True)
class Batch:
    """Whole interiors; the two of a load follow each other."""

    attenuation: torch.Tensor
    """(N, 1, rows, columns) float32."""
    cover: torch.Tensor
    """(N, regions, places) float32."""
    group: torch.Tensor
    """(N / 2,) int64: loads of one group are of the same goods, in containers of one size."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Train; returns the exit status."""
    parser = recipe_parser("train_loads", __doc__, passes=PASSES, rate=RATE)
    parser.add_argument(
        "loads", type=Path, nargs="+", help="folder of training.datasets.goods, or several"
    )
    given = parser.parse_args(arguments)
    try:
        loads, held_out = read_loads(*given.loads)
    except ValueError as error:
        parser.error(str(error))
    given.out.mkdir(parents=True, exist_ok=True)
    fit(
        loads,
        held_out,
        out=given.out,
        passes=given.passes,
        seed=given.seed,
        rate=given.rate,
        start=given.start,
    )
    return 0


def read_loads(*folders: Path) -> tuple[list[Load], list[Load]]:
    """Read loads to train on, and those held out; empty containers are left out.

    Raises:
        ValueError: there are too few.
    """
    train: list[Load] = []
    held_out: list[Load] = []
    for folder in folders:
        files = sorted(folder.glob("load-*.npz"))
        if len(files) < HELD_OUT:
            raise ValueError(f"{folder} holds {len(files)} loads: make some first")
        for file in track(files, description="reading"):
            samples = list(read_samples(file))
            if len(samples) == 2 and samples[0].heading:
                part = train if turn_of(file) % HELD_OUT else held_out
                entry, exit_ = (each.attenuation for each in samples)
                part.append(load_of(entry, exit_, samples[0].heading))
    return train, held_out


def load_of(one: Picture, other: Picture, heading: str) -> Load:
    """Return a load; the second picture is turned around where it fits the first better so.

    Trucks are driven through either way. Of 527 simulated pairs 98 % come to lie as they should,
    the others are much the same both ways.
    """
    turned = np.ascontiguousarray(other[:, ::-1])
    if _agreement(one, turned) > _agreement(one, other):
        other = turned
    levels = [np.rint(each * 255).astype(np.uint8) for each in (one, other)]
    return Load((levels[0], levels[1]), heading)


def _agreement(one: Picture, other: Picture) -> float:
    """Return how well the thirds of one picture are found again near their places in another."""
    rows, columns = (-(-size // COARSE) for size in one.shape)
    size = (max(columns, THIRDS * 2 * STRETCHED), max(rows, 4 * SETTLED))
    first, second = (cv2.resize(each, size, interpolation=cv2.INTER_AREA) for each in (one, other))
    first = first - first.mean()
    second = cv2.copyMakeBorder(second, 0, 0, STRETCHED, STRETCHED, cv2.BORDER_REPLICATE)
    edges = np.linspace(0, size[0], THIRDS + 1).astype(int)
    return sum(
        float(
            cv2.matchTemplate(
                second[:, start : stop + 2 * STRETCHED],
                first[SETTLED:-SETTLED, start:stop],
                cv2.TM_CCOEFF,
            ).max()
        )
        for start, stop in pairwise(edges)
    )


def fit(
    loads: Sequence[Load],
    held_out: Sequence[Load],
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
    network = LoadNet()
    pictures = (batch.attenuation for batch in _batches(loads, np.random.default_rng(seed)))
    if start is not None:
        begin_with(start, network, inputs=pictures, through=network.places)
    else:
        goods = GoodsNet()
        begin_with(
            load_registry().get(NETWORK).weights_file().path,
            goods,
            inputs=(functional.avg_pool2d(each, FINER) for each in pictures),
            through=goods.places,
        )
        network.begin_as(goods)
    network, likeness = network.to(device), Likeness().to(device)
    run_passes(
        nn.ModuleList([network, likeness]),
        network,
        losses=lambda generator: (
            _loss(network, likeness, batch, device) for batch in _batches(loads, generator)
        ),
        steps=len(_grouped(loads, np.random.default_rng(0))),
        validate=lambda: validate(network, held_out, device),
        draw=partial(draw_curves, label="AUROC, held out"),
        out=out,
        passes=passes,
        seed=seed,
        rate=rate,
        decay=DECAY,
        warm_up=WARM_UP,
    )


def validate(network: LoadNet, loads: Sequence[Load], device: torch.device) -> Mapping[str, float]:
    """Return the AUROC of two scans of one load against two loads of the same goods, as `score`."""
    network.eval()
    vectors = [[embed(network, each, device) for each in load.pictures] for load in loads]
    alike: dict[bool, list[float]] = {True: [], False: []}
    for one, of_one in zip(loads, vectors, strict=True):
        for other, of_other in zip(loads, vectors, strict=True):
            if one.heading == other.heading and _same_size(one, other):
                alike[one is other].append(float(of_one[0] @ of_other[1]))
    told = auroc(np.array(alike[True]), np.array(alike[False]))
    return {"loads of the same goods": told, "score": told}


def _same_size(one: Load, other: Load) -> bool:
    """Say whether the first scan of one and the second of the other show containers of one size."""
    ratio = one.pictures[0].shape[1] / other.pictures[1].shape[1]
    return bool(1 / SAME_SIZE < ratio < SAME_SIZE)


def embed(
    network: LoadNet, picture: NDArray[np.uint8], device: torch.device
) -> NDArray[np.float32]:
    """Return the vector of a load."""
    batch = _stacked([picture.astype(np.float32) / np.float32(255)], MULTIPLE)
    with torch.no_grad(), computing(device):
        vectors = network(*(each.to(device) for each in batch))
    return np.asarray(vectors[0].float().cpu().numpy())


# --- loss -----------------------------------------------------------------------------------


def _loss(network: LoadNet, likeness: Likeness, batch: Batch, device: torch.device) -> torch.Tensor:
    with computing(device):
        vectors = network(batch.attenuation.to(device), batch.cover.to(device))
    first, second = vectors[0::2].float(), vectors[1::2].float()
    cosine = first @ second.T
    group = batch.group.to(device)
    same = torch.eye(len(group), device=device)
    other = (group[:, None] == group[None]).float() - same
    wrong = functional.binary_cross_entropy_with_logits(likeness(cosine), same, reduction="none")
    # One load, and two of the same goods, weigh the same together.
    loss = (wrong * same).sum() / same.sum() + (wrong * other).sum() / other.sum().clamp(min=1)
    own = torch.arange(len(group), device=device)
    found = [functional.cross_entropy(each / TEMPERATURE, own) for each in (cosine, cosine.T)]
    return torch.as_tensor(loss + (found[0] + found[1]) / 2)


# --- pictures -------------------------------------------------------------------------------


def _grouped(loads: Sequence[Load], generator: np.random.Generator) -> list[list[list[Load]]]:
    """Deal all loads into batches of groups."""
    sorts: dict[tuple[str, bool], list[Load]] = defaultdict(list)
    for load in loads:
        sorts[load.heading, load.long].append(load)
    groups: dict[bool, list[list[Load]]] = {True: [], False: []}
    for (_, long), members in sorts.items():
        shuffled = [members[index] for index in generator.permutation(len(members))]
        groups[long] += [shuffled[at : at + ALIKE] for at in range(0, len(shuffled), ALIKE)]
    batches = []
    for long, every in groups.items():
        shuffled_groups = [every[index] for index in generator.permutation(len(every))]
        batches += [
            shuffled_groups[at : at + GROUPS[long]] for at in range(0, len(every), GROUPS[long])
        ]
    return [batches[index] for index in generator.permutation(len(batches))]


def _batches(loads: Sequence[Load], generator: np.random.Generator) -> Iterator[Batch]:
    for groups in _grouped(loads, generator):
        pictures = []
        for load in (load for group in groups for load in group):
            turned, exchanged = generator.random(2) < 0.5
            pair = load.pictures[::-1] if exchanged else load.pictures
            pictures += [_redrawn(each, generator, turned=bool(turned)) for each in pair]
        attenuation, cover = _stacked(pictures, PLACE_COLUMNS)
        numbers = [number for number, group in enumerate(groups) for _ in group]
        yield Batch(attenuation, cover, torch.tensor(numbers))


def _stacked(pictures: Sequence[Picture], multiple: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Fill pictures up to one length; return them, and what of each the regions cover."""
    longest = max(each.shape[1] for each in pictures)
    columns = -(-longest // multiple) * multiple
    filled = [
        np.pad(each, ((0, 0), (0, columns - each.shape[1])), mode="edge") for each in pictures
    ]
    cover = [windows(each.shape[1], places=columns // PLACE_COLUMNS) for each in pictures]
    return torch.from_numpy(np.stack(filled))[:, None], torch.from_numpy(np.stack(cover))


def _redrawn(
    picture: NDArray[np.uint8], generator: np.random.Generator, *, turned: bool
) -> Picture:
    """Draw an interior as another scanner, truck and display might have shown it."""
    seen = picture.astype(np.float32) / np.float32(255)
    rows, columns = seen.shape
    wide = float(np.exp(generator.normal(0, WIDE)))
    tall = float(np.exp(generator.uniform(-TALL, TALL)))
    along = float(generator.normal(0, LONG)) * columns + (1 - wide) * columns / 2
    up = float(generator.uniform(-UP, UP)) + (1 - tall) * rows / 2
    seen = cv2.warpAffine(
        np.ascontiguousarray(seen[:, ::-1] if turned else seen),
        np.array([[wide, 0, along], [0, tall, up]]),
        (columns, rows),
        flags=cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REPLICATE,
    )
    seen = seen * np.float32(np.exp(generator.uniform(*np.log(TONES))))
    if generator.random() < BLACK_SHARE:
        seen[seen > generator.uniform(*BLACK)] = 1
    if generator.random() < 0.3:
        seen = cv2.GaussianBlur(seen, (0, 0), float(generator.uniform(*BLUR_PX)))
    if generator.random() < 0.4:
        deviation = np.float32(generator.uniform(*NOISE))
        seen = seen + deviation * generator.standard_normal(seen.shape, dtype=np.float32)
    return np.asarray(np.clip(seen, 0, 1), np.float32)


if __name__ == "__main__":
    raise SystemExit(main())

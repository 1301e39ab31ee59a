"""Train how all that is seen of goods is weighed.

    python -m training.datasets.goods loads --count 5160 --seed 909
    python -m training.datasets.looked looked --loads loads
    python -m training.train_discriminant looked --out discriminant
    python -m training.export discriminant discriminant/best.pt goods-discriminant.onnx

Data: loads of the simulator that neither the goods network nor the descriptor learned from: of
those their numbers differ less within a heading than they will in service. A tenth, by turns of all
headings, is never trained on; headings kept for asking are not looked at. Training: begun as linear
discriminant analysis, forty passes of 4 s on one core for 20,000 loads. Expected there, of 151
headings the right one by the nearest of five standard images each: 49 % (begun at 42 %).

The loss asks that a picture finds its heading by the pictures nearest to it, which need not be all
of the heading's: goods of one heading travel in several ways (neighbourhood components analysis,
Goldberger et al., NIPS 2004; with two layers Salakhutdinov and Hinton, AISTATS 2007). The other
scan of the same load does not count: no library holds it.

Run again with the same folder it goes on after the last whole pass; curves are drawn beside the
weights. To be trained anew when the network or the descriptor is another.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from rich.progress import track

from models.goods import SEEN
from training.datasets.goods import turn_of
from training.datasets.looked import LookedSample, read_samples
from training.fitting import discriminant
from training.networks.discriminant import DIMENSION, EVENED, DiscriminantNet
from training.passes import draw_curves, recipe_parser, run_passes

SHRINKAGE = 0.1
"""Of the covariance within headings towards a round one."""
WEIGHTS = (1.0, 0.25, 1.0)
"""By how much, in all, vary what the network sees of places, what it sees at heights, and what is
measured, before anything is shrunk. What is seen at heights, less deep in the network, tells new
simulated headings apart, but carries over to real scans less well (`docs/attempts.md`)."""
LEAST_VARIANCE = 1e-4
"""Of that in the direction in which most varies: no direction is enlarged as if it varied less."""

HEADINGS, EACH = 64, 8
"""Of a batch, and pictures of each."""
TEMPERATURE = 0.1
NOT_COUNTED = -1e4
"""As near as a picture that does not count."""
PASSES = 40
RATE, DECAY, WARM_UP = 2e-3, 3e-2, 0.1
HELD_OUT = 10
"""Every so manieth turn of all headings is for validation."""
REFERENCES = 5
"""Loads of each heading in validation; one scan of each other load asks."""


@dataclass(frozen=True, slots=True)
class Table:
    """Pictures."""

    seen: torch.Tensor
    """(N, numbers) float32."""
    placed: torch.Tensor
    """(N, measures) float32."""
    heading: NDArray[np.str_]
    """(N,)."""
    load: NDArray[np.int64]
    """(N,): equal for pictures of one load."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Train; returns the exit status."""
    parser = recipe_parser("train_discriminant", __doc__, passes=PASSES, rate=RATE)
    parser.add_argument(
        "looked", type=Path, nargs="+", help="folder of training.datasets.looked, or several"
    )
    given = parser.parse_args(arguments)
    try:
        train, held_out = read_looked(*given.looked)
        analysis = analysed(train)
    except ValueError as error:
        parser.error(str(error))
    given.out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(given.seed)
    network = DiscriminantNet(numbers=train.seen.shape[1], measures=train.placed.shape[1])
    network.begin_as(analysis)
    if given.start is not None:
        network.load_state_dict(torch.load(given.start, weights_only=True))
    run_passes(
        network,
        network,
        losses=lambda generator: (
            _loss(network, train, drawn) for drawn in _batches(train, generator)
        ),
        steps=_steps(train),
        validate=lambda: validate(network, held_out),
        draw=partial(draw_curves, label="top-1, held out"),
        out=given.out,
        passes=given.passes,
        seed=given.seed,
        rate=given.rate,
        decay=DECAY,
        warm_up=WARM_UP,
    )
    return 0


def read_looked(*folders: Path) -> tuple[Table, Table]:
    """Read pictures to train on, and those held out.

    Raises:
        ValueError: there are too few.
    """
    train: list[LookedSample] = []
    held_out: list[LookedSample] = []
    for folder in folders:
        files = sorted(folder.glob("load-*.npz"))
        for file in track(files, description="reading"):
            (train if turn_of(file) % HELD_OUT else held_out).extend(read_samples(file))
    if not train or not held_out:
        raise ValueError(f"too few loads were looked at in {', '.join(map(str, folders))}")
    return _table(train), _table(held_out)


def _table(samples: Sequence[LookedSample]) -> Table:
    return Table(
        torch.from_numpy(np.stack([each.seen for each in samples])),
        torch.from_numpy(np.stack([each.placed for each in samples])),
        np.array([each.heading for each in samples]),
        np.unique([each.load for each in samples], return_inverse=True)[1],
    )


def analysed(table: Table) -> Mapping[str, torch.Tensor]:
    """Return the centre, the map of discriminant analysis, and the one that evens all that varies.

    Raises:
        ValueError: there are fewer than two headings.
    """
    if len(set(table.heading.tolist())) < 2:
        raise ValueError("expected loads of two headings or more, got one")
    values = np.concatenate([table.seen.numpy(), table.placed.numpy()], axis=1).astype(np.float64)
    blocks = np.split(values, np.cumsum(SEEN), axis=1)
    scales = np.concatenate(
        [
            np.full(block.shape[1], weight / np.sqrt(block.var(axis=0).sum() + 1e-12))
            for block, weight in zip(blocks, WEIGHTS, strict=True)
        ]
    )
    scaled = values * scales
    centre, linear = discriminant(scaled, table.heading, shrinkage=SHRINKAGE)
    linear = linear[:, :DIMENSION]
    spread = np.sqrt((((scaled - centre) @ linear) ** 2).mean())
    variance, axes = np.linalg.eigh(np.cov((scaled - centre).T))
    variance, axes = variance[::-1][:EVENED], axes[:, ::-1][:, :EVENED]
    evening = axes / np.sqrt(variance + LEAST_VARIANCE * variance[0])
    maps = {"centre": centre / scales}
    maps |= {"linear": linear / spread * scales[:, None], "evening": evening * scales[:, None]}
    return {name: torch.from_numpy(each).float() for name, each in maps.items()}


def validate(network: DiscriminantNet, table: Table) -> Mapping[str, float]:
    """Return how often a load's heading is that of its nearest standard image, as `score`.

    The first loads of each heading are the standard images, by all their scans.
    """
    network.eval()
    with torch.no_grad():
        vectors = network(table.seen, table.placed).numpy()
    known = np.zeros(len(vectors), np.bool_)
    for heading in np.unique(table.heading):
        of_heading = table.heading == heading
        known |= of_heading & np.isin(table.load, np.unique(table.load[of_heading])[:REFERENCES])
    first = np.zeros(len(vectors), np.bool_)
    first[np.unique(table.load, return_index=True)[1]] = True
    asking = first & ~known
    nearest = (vectors[asking] @ vectors[known].T).argmax(axis=1)
    right = table.heading[known][nearest] == table.heading[asking]
    of_each = [
        right[table.heading[asking] == each].mean() for each in np.unique(table.heading[asking])
    ]
    told = float(np.mean(of_each)) if of_each else float("nan")
    return {"headings": told, "score": told}


def _steps(table: Table) -> int:
    return -(-len(table.heading) // (HEADINGS * EACH))


def _batches(table: Table, generator: np.random.Generator) -> Iterator[NDArray[np.int64]]:
    """Draw pictures of some headings, for every batch of a pass."""
    of_heading = [np.flatnonzero(table.heading == each) for each in np.unique(table.heading)]
    for _ in range(_steps(table)):
        drawn = generator.permutation(len(of_heading))[:HEADINGS]
        yield np.concatenate([generator.choice(of_heading[each], EACH) for each in drawn])


def _loss(network: DiscriminantNet, table: Table, drawn: NDArray[np.int64]) -> torch.Tensor:
    """Return minus the logarithm of the share of nearness that its own heading has."""
    heading, load = table.heading[drawn], table.load[drawn]
    other = torch.from_numpy(load[:, None] != load[None])
    same = torch.from_numpy(heading[:, None] == heading[None]) & other
    vectors = network(table.seen[drawn], table.placed[drawn])
    nearness = vectors @ vectors.T / TEMPERATURE
    near, all_near = (
        torch.logsumexp(torch.where(counted, nearness, NOT_COUNTED), dim=1)
        for counted in (same, other)
    )
    return (all_near - near)[same.any(dim=1)].mean()


if __name__ == "__main__":
    raise SystemExit(main())

"""Train the normalisation checker, which says whether rows were divided by too little air.

    python -m training.datasets.normalisation normalisation --count 1200
    python -m training.train_normalisation normalisation --out checker
    python -m training.export normalisation checker/best.pt normalisation-checker.onnx

Data: 1,200 scans of the simulator, each filed three times with the fault and three times without
(10 minutes on two cores). Training: a minute a pass. An eighth of the scans is never trained on.
Expected there after twelve passes: AUROC 0.99, nine in ten of the pictures whose rows are wrong
told at three false alarms in a thousand.

Run again with the same folder it goes on after the last whole pass; curves are drawn beside the
weights.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional

from training.datasets.files import read_parted
from training.datasets.normalisation import NormalisationSample, read_samples
from training.evaluate.figure import auroc
from training.networks.normalisation import NormalisationNet
from training.passes import draw_curves, recipe_parser, run_passes

BATCH = 32
PASSES = 12
RATE, DECAY, WARM_UP = 4e-3, 1e-2, 0.15
HELD_OUT = 8
"""Every so manieth scan is for validation."""
LEAST_STEP = 0.012
"""Logarithm of the gain from which a row's step is one."""
SLACK = 1
"""Rows by which a display moves a step."""
ROW_WEIGHT = 1.0
STEPPED_WEIGHT = 4.0
"""Of the loss of a row with a step: they are few."""
FALSE_ALARMS = 0.003
"""Of clean pictures, at which misses are told."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Pictures of one height."""

    steps: torch.Tensor
    """(N, channels, strips, H) float32."""
    stepped: torch.Tensor
    """(N, H) float32, 0 or 1; 2 for what is not asked."""
    wrong: torch.Tensor
    """(N,) float32, 0 or 1."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Train; returns the exit status."""
    parser = recipe_parser("train_normalisation", __doc__, passes=PASSES, rate=RATE)
    parser.add_argument("samples", type=Path, help="folder of training.datasets.normalisation")
    given = parser.parse_args(arguments)
    try:
        train, held_out = read_pictures(given.samples)
    except ValueError as error:
        parser.error(str(error))
    given.out.mkdir(parents=True, exist_ok=True)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    torch.manual_seed(given.seed)
    network = NormalisationNet().to(device)
    if given.start is not None:
        network.load_state_dict(torch.load(given.start, weights_only=True))
    run_passes(
        network,
        network,
        losses=lambda generator: (
            _loss(network, batch, device) for batch in _batches(train, generator)
        ),
        steps=-(-len(train) // BATCH),
        validate=lambda: validate(network, held_out, device),
        draw=partial(draw_curves, label="pictures held out"),
        out=given.out,
        passes=given.passes,
        seed=given.seed,
        rate=given.rate,
        decay=DECAY,
        warm_up=WARM_UP,
    )
    return 0


def read_pictures(
    folder: Path,
) -> tuple[list[NormalisationSample], list[NormalisationSample]]:
    """Read pictures to train on and those held out, by scan.

    Raises:
        ValueError: there are too few.
    """
    return read_parted([folder], read_samples, pattern="scan-*.npz", every=HELD_OUT)


def validate(
    network: NormalisationNet, samples: Sequence[NormalisationSample], device: torch.device
) -> Mapping[str, float]:
    """Return AUROC of pictures and the share that is told at few false alarms.

    `score` is what passes are chosen by: the share told.
    """
    network.eval()
    logits = np.array([picture_logit(network, each, device) for each in samples])
    wrong = np.array([each.wrong for each in samples])
    bound = float(np.quantile(logits[~wrong], 1 - FALSE_ALARMS))
    told = float((logits[wrong] > bound).mean())
    return {"auroc": auroc(logits[wrong], logits[~wrong]), "told": told, "score": told}


def picture_logit(
    network: NormalisationNet, sample: NormalisationSample, device: torch.device
) -> float:
    """Return the logit of a picture's normalisation being wrong."""
    with torch.no_grad():
        _, picture = network.logits(torch.from_numpy(sample.steps)[None].to(device))
    return float(picture[0])


def _loss(network: NormalisationNet, batch: Batch, device: torch.device) -> torch.Tensor:
    rows, pictures = network.logits(batch.steps.to(device))
    stepped = batch.stepped.to(device)
    weight = torch.where(stepped == 1, STEPPED_WEIGHT, (stepped == 0).float())
    each = functional.binary_cross_entropy_with_logits(rows, stepped.clamp(max=1), reduction="none")
    of_rows = (each * weight).sum() / weight.sum()
    of_pictures = functional.binary_cross_entropy_with_logits(pictures, batch.wrong.to(device))
    return of_pictures + ROW_WEIGHT * of_rows


def _batches(
    samples: Sequence[NormalisationSample], generator: np.random.Generator
) -> Iterator[Batch]:
    """Pictures of about one height together, cut to the lowest."""
    heights = np.array([len(each.stepped) for each in samples])
    order = np.argsort(heights + generator.uniform(0, 24, len(heights)))
    starts = np.arange(0, len(order), BATCH)
    for start in generator.permutation(starts):
        drawn = [samples[index] for index in order[start : start + BATCH]]
        rows = min(len(each.stepped) for each in drawn)
        cut = [int(generator.integers(len(each.stepped) - rows + 1)) for each in drawn]
        steps = np.stack(
            [each.steps[:, :, at : at + rows] for each, at in zip(drawn, cut, strict=True)]
        )
        stepped = np.stack(
            [_places(each.stepped)[at : at + rows] for each, at in zip(drawn, cut, strict=True)]
        )
        wrong = (stepped == 1).any(axis=1)
        yield Batch(
            torch.from_numpy(steps),
            torch.from_numpy(stepped),
            torch.from_numpy(wrong.astype(np.float32)),
        )


def _places(stepped: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return 1 at rows with a step and beside them, 2 a little further, where nothing is asked."""
    there = np.abs(stepped) >= LEAST_STEP
    near = np.convolve(there, np.ones(2 * SLACK + 1), "same") > 0
    beside = np.convolve(there, np.ones(2 * SLACK + 5), "same") > 0
    return np.where(near, 1, np.where(beside, 2, 0)).astype(np.float32)


if __name__ == "__main__":
    raise SystemExit(main())

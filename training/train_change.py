"""Train the change network.

    python -m training.datasets.pairs pairs --count 9000
    python -m training.train_change pairs --out change --passes 10 --rate 1.5e-3 \\
        --start models/weights/journey-network-2.onnx
    python -m training.export change change/best.pt change-network.onnx --pairs pairs

Data: 9,000 pairs of the simulator, 50 minutes on two cores. Training: ten passes of 280 s on two
cores that multiply bfloat16 (Intel AMX), 47 minutes; about twice as long on others. A tenth of the
pairs, by task, is never trained on. Expected there, AUROC of visible changes against honest pairs:
journeys 0.92, re-scans 0.99, look-alikes 0.99 (without the network 0.82, 0.99, 0.88). Without
`--start` it begins anew, with more passes and a higher rate by default. Run again with the same
folder it goes on after the last whole pass; curves are drawn beside the weights. With a lower
`--rate` it goes on from released weights on scans of an office's own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional

from models.change_input import CHANNELS, exchanged
from training.datasets.changes import KINDS, UNSURE, Origin, PairSample, read_samples
from training.datasets.files import read_parted
from training.evaluate.figure import auroc
from training.networks.change import SHRINKS, ChangeNet
from training.passes import computing, draw_curves, recipe_parser, run_passes
from training.released import begin_with

COLUMNS = 256
"""Of a crop; containers are 150 to 600 of the network's columns long."""
BATCH = 16
PASSES = 14
RATE, DECAY, WARM_UP = 2e-3, 1e-2, 0.15
HELD_OUT = 10
"""Every so manieth task is for validation."""
CHANGED_WEIGHT = 3.0
"""Of a changed pixel's loss: they are few."""
PAIR_WEIGHT, KIND_WEIGHT = 0.5, 0.2
SWAPPED_SHARE = 0.3
"""Of crops with entry and exit exchanged: what was put in was taken out."""
IGNORED = UNSURE

_SWAPPED_KIND = np.array([0, 2, 1, 3, IGNORED] + [IGNORED] * 251, np.uint8)
"""An insertion becomes a removal; a wall taken out has no name."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Crops."""

    inputs: torch.Tensor
    """(N, channels, rows, COLUMNS) float32."""
    kind: torch.Tensor
    """(N, rows / 2, COLUMNS / 2) uint8: 0, 1 + the kind, or IGNORED."""
    pair: torch.Tensor
    """(N,) float32: 0, 1, or -1 to be ignored."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Train; returns the exit status."""
    parser = recipe_parser("train_change", __doc__, passes=PASSES, rate=RATE)
    parser.add_argument(
        "pairs", type=Path, nargs="+", help="folder of training.datasets.pairs, or several"
    )
    given = parser.parse_args(arguments)
    try:
        train, held_out = read_pairs(*given.pairs)
    except ValueError as error:
        parser.error(str(error))
    given.out.mkdir(parents=True, exist_ok=True)
    fit(
        train,
        held_out,
        out=given.out,
        passes=given.passes,
        seed=given.seed,
        rate=given.rate,
        start=given.start,
    )
    return 0


def fit(
    train: Sequence[PairSample],
    held_out: Sequence[PairSample],
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
    network = ChangeNet(channels=len(CHANNELS), kinds=len(KINDS)).to(device)
    network = network.to(memory_format=torch.channels_last)
    if start is not None:
        batches = _batches(train, np.random.default_rng(seed))
        begin_with(
            start,
            network,
            inputs=(batch.inputs.to(device) for batch in batches),
            through=network,
        )
    run_passes(
        network,
        network,
        losses=lambda generator: (
            _loss(network, batch, device) for batch in _batches(train, generator)
        ),
        steps=-(-len(train) // BATCH),
        validate=lambda: validate(network, held_out, device),
        draw=partial(draw_curves, label="AUROC, held out", solid="network"),
        out=out,
        passes=passes,
        seed=seed,
        rate=rate,
        decay=DECAY,
        warm_up=WARM_UP,
    )


def validate(
    network: ChangeNet, samples: Sequence[PairSample], device: torch.device
) -> Mapping[str, float]:
    """Return AUROCs of visible changes against honest pairs, by origin, without and with the net.

    `score` is what passes are chosen by: the mean of the network's.
    """
    network.eval()
    told = np.array([pair_logit(network, sample, device) for sample in samples])
    strength = np.array([sample.strength for sample in samples])
    honest = np.array([not sample.tampered for sample in samples])
    visible = np.array([sample.tampered and sample.visible for sample in samples])
    figures = {}
    for origin in (Origin.JOURNEY, Origin.RESCAN):
        these = np.array([sample.origin.startswith(origin) for sample in samples])
        for name, values in (("network", told), ("evidence", strength)):
            figures[f"{origin} {name}"] = auroc(
                values[these & visible].tolist(), values[these & honest].tolist()
            )
    alike = np.array([sample.origin.startswith(Origin.LOOK_ALIKE) for sample in samples])
    for name, values in (("network", told), ("evidence", strength)):
        figures[f"{Origin.LOOK_ALIKE} {name}"] = auroc(
            values[alike].tolist(), values[honest].tolist()
        )
    figures["score"] = float(np.nanmean([figures[f"{origin} network"] for origin in Origin]))
    return figures


def pair_logit(network: ChangeNet, sample: PairSample, device: torch.device) -> float:
    """Return what a network that is not in training says of a pair."""
    inputs = sample.inputs.astype(np.float32)
    more = -inputs.shape[2] % 16
    tensor = torch.from_numpy(np.pad(inputs, ((0, 0), (0, 0), (0, more))))[None].to(device)
    with torch.no_grad(), computing(device):
        return float(network(tensor)[2])


def _loss(network: ChangeNet, batch: Batch, device: torch.device) -> torch.Tensor:
    inputs = batch.inputs.to(device, memory_format=torch.channels_last)
    with computing(device):
        pixel, kind, pair = (each.float() for each in network(inputs))
    wanted = batch.kind.to(device)
    known = wanted != IGNORED
    changed = (wanted > 0) & known
    each = functional.binary_cross_entropy_with_logits(
        pixel[:, 0], changed.float(), reduction="none"
    )
    weight = known.float() * (1 + (CHANGED_WEIGHT - 1) * changed.float())
    loss = (each * weight).sum() / weight.sum()
    judged = batch.pair.to(device)
    told = functional.binary_cross_entropy_with_logits(
        pair, judged.clamp(min=0), weight=(judged >= 0).float()
    )
    loss = loss + PAIR_WEIGHT * told
    if bool(changed.any()):
        names = functional.cross_entropy(
            kind.permute(0, 2, 3, 1)[changed], wanted[changed].long() - 1
        )
        loss = loss + KIND_WEIGHT * names
    return torch.as_tensor(loss)


# --- crops ----------------------------------------------------------------------------------


def _batches(samples: Sequence[PairSample], generator: np.random.Generator) -> Iterator[Batch]:
    order = generator.permutation(len(samples))
    for start in range(0, len(order), BATCH):
        crops = [_crop(samples[index], generator) for index in order[start : start + BATCH]]
        yield Batch(
            torch.from_numpy(np.stack([each[0] for each in crops])),
            torch.from_numpy(np.stack([each[1] for each in crops])),
            torch.tensor([each[2] for each in crops]),
        )


def _crop(
    sample: PairSample, generator: np.random.Generator
) -> tuple[NDArray[np.float32], NDArray[np.uint8], float]:
    kind = _targets(sample)
    wide = sample.inputs.shape[2]
    if wide > COLUMNS:
        start = int(generator.integers(0, wide - COLUMNS + 1)) // SHRINKS * SHRINKS
        inputs = sample.inputs[:, :, start : start + COLUMNS].astype(np.float32)
        kind = kind[:, start // SHRINKS : (start + COLUMNS) // SHRINKS]
    else:
        inputs = sample.inputs.astype(np.float32)
        inputs = np.pad(inputs, ((0, 0), (0, 0), (0, COLUMNS - wide)))
        more = COLUMNS // SHRINKS - kind.shape[1]
        kind = np.pad(kind, ((0, 0), (0, more)), constant_values=IGNORED)
    if generator.random() < 0.5:
        inputs, kind = inputs[:, :, ::-1], kind[:, ::-1]
    if generator.random() < SWAPPED_SHARE:
        inputs = exchanged(inputs)
        kind = _SWAPPED_KIND[kind]
    changed = bool(((kind > 0) & (kind != IGNORED)).any())
    # Of a change that lies beyond the crop, or that cannot be seen, nothing is asked.
    unsure = sample.tampered and not changed and bool((kind == IGNORED).any())
    pair = -1.0 if unsure else float(changed)
    return np.ascontiguousarray(inputs), np.ascontiguousarray(kind), pair


def _targets(sample: PairSample) -> NDArray[np.uint8]:
    """Return what each pixel of the output should say; ignored are edges and what is unseen."""
    rows, columns = (size // SHRINKS for size in sample.mask.shape)
    parts = sample.mask[: rows * SHRINKS, : columns * SHRINKS]
    parts = parts.reshape(rows, SHRINKS, columns, SHRINKS)
    most, least = parts.max(axis=(1, 3)), parts.min(axis=(1, 3))
    weight = sample.inputs[4, : rows * SHRINKS, : columns * SHRINKS]
    seen = weight.reshape(rows, SHRINKS, columns, SHRINKS).max(axis=(1, 3)) > 0
    unsure = (most != least) | ((most > 0) & (not sample.visible)) | ((most > 0) & ~seen)
    return np.where(unsure, IGNORED, most).astype(np.uint8)


def read_pairs(*folders: Path) -> tuple[list[PairSample], list[PairSample]]:
    """Read pairs to train on and those held out.

    Raises:
        ValueError: a folder holds too few.
    """
    return read_parted(folders, _read_halved, pattern="*-*.npz", every=HELD_OUT)


def _read_halved(file: Path) -> Iterator[PairSample]:
    """Half as long numbers hold what files do: thousands of pairs have room."""
    for each in read_samples(file):
        yield replace(each, inputs=each.inputs.astype(np.float16))


if __name__ == "__main__":
    raise SystemExit(main())

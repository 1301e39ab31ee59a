"""Train the edge network, which says where exactly the edges of a container lie.

    python -m training.datasets.containers containers --count 1000
    python -m training.train_finder containers --out finder
    python -m training.export finder finder/best.pt models/weights/container-finder-1.onnx

Data: scans of the simulator, some two a second on two cores. Training: a pass over 800 scans takes
some 25 s of one core. An eighth of the scans is never trained on. Expected there after seven
passes, mean error of left, top, right and bottom in the container's height: 1.7, 0.4, 0.1, 0.9 %
(found without the network 1.8, 0.5, 0.3, 3.5 %).

The network is shown the strips about the four edges of a quad: as the hand-made finder found it,
or the true one put out of place, and learns by how much it is wrong. The loss is the
cross-entropy of the place across the strip, and the distance of the distribution's mean from the
truth. Strips are drawn anew as displays and trucks differ: tone, black level, noise, speed, side.

Run again with the same folder it goes on after the last whole pass; curves are drawn beside the
weights. With `--start` and a lower `--rate` it goes on from weights.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import matplotlib.pyplot as plt
import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional

from models.edge_strips import ACROSS, EDGES, REACH, Strips, dense_share, edge_lines, edge_strips
from riac.imaging.frame import Quad
from riac.scan import Box, Picture
from training.datasets.containers import ContainerSample, read_samples
from training.datasets.files import read_parted
from training.networks.finder import EdgeNet
from training.passes import recipe_parser, run_passes
from training.released import begin_with

BATCH = 24
"""Scans, four strips each."""
PASSES = 12
RATE, DECAY, WARM_UP = 4e-3, 1e-2, 0.1
HELD_OUT = 8
"""Every so manieth scan is for validation."""
FOUND_SHARE = 0.5
"""Of quads, as they were found; the others are the truth put out of place."""
NEAR = (0.02, 0.02, 0.02, 0.05)
FAR_SHARE, FAR = 0.3, (0.12, 0.12, 0.12, 0.24)
"""By how much of the container's height each edge is put out of place: a deviation, or, of this
share, anything up to."""
STRETCH = 0.35
"""Deviation of the logarithm of speed, beyond what the scans have."""
TONES = (0.6, 1.7)
BLACK_SHARE, BLACK = 0.3, 0.06
NOISE_SHARE, NOISE = 0.5, 0.02
BLUR_SHARE = 0.3
SHARP = 1.0
"""Places: deviation of the distribution that is wanted about the truth."""
DISTANCE_WEIGHT = 4.0
MOST_WRONG = 0.95
"""Of the reach: edges beyond the strip are not asked for."""

_MIRRORED = [2, 1, 0, 3]
_OUTWARD = np.array([-1.0, -1.0, 1.0, 1.0])


@dataclass(frozen=True, slots=True)
class Batch:
    """Strips of some scans, and where their edges are."""

    strips: torch.Tensor
    """(N, 4, channels, across, along) float32."""
    edges: torch.Tensor
    """(N, 4) float32, in reaches outward from the middle of the strip."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Train; returns the exit status."""
    parser = recipe_parser("train_finder", __doc__, passes=PASSES, rate=RATE)
    parser.add_argument("containers", type=Path, help="folder of training.datasets.containers")
    given = parser.parse_args(arguments)
    try:
        train, held_out = read_scans(given.containers)
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


def read_scans(folder: Path) -> tuple[list[ContainerSample], list[ContainerSample]]:
    """Read scans to train on and those held out.

    Raises:
        ValueError: there are too few.
    """
    return read_parted([folder], read_samples, pattern="scan-*.npz", every=HELD_OUT)


def fit(
    train: Sequence[ContainerSample],
    held_out: Sequence[ContainerSample],
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
    network = EdgeNet().to(device)
    if start is not None:
        batches = _batches(train, np.random.default_rng(seed))
        begin_with(
            start,
            network,
            inputs=(batch.strips.to(device) for batch in batches),
            through=network.logits,
        )
    run_passes(
        network,
        network,
        losses=lambda generator: (
            _loss(network, batch, device) for batch in _batches(train, generator)
        ),
        steps=-(-len(train) // BATCH),
        validate=lambda: validate(network, held_out, device),
        draw=_draw_curves,
        out=out,
        passes=passes,
        seed=seed,
        rate=rate,
        decay=DECAY,
        warm_up=WARM_UP,
    )


def validate(
    network: EdgeNet, samples: Sequence[ContainerSample], device: torch.device
) -> Mapping[str, float]:
    """Return by how much of the height each edge is wrong on average, found and by the network.

    `score` is what passes are chosen by: the network's mean over the edges, less than 0.
    """
    network.eval()
    found, told = [], []
    for sample in samples:
        if sample.found is None:
            continue
        wanted = edges_of(sample.found, sample.box, stretch=1.0)
        strips = edge_strips(transmission_of(sample), edge_lines(sample.found))
        with torch.no_grad():
            edges, _ = network(torch.from_numpy(strips)[None].to(device))
        found.append(np.abs(wanted) * REACH)
        told.append(np.abs(edges[0].cpu().numpy() - wanted) * REACH)
    figures: dict[str, float] = {}
    for name, errors in (("found", found), ("network", told)):
        means = np.mean(errors, axis=0)
        figures |= {f"{edge} {name}": float(mean) for edge, mean in zip(EDGES, means, strict=True)}
    figures["score"] = -float(np.mean(told))
    return figures


def transmission_of(sample: ContainerSample) -> Picture:
    """Return (rows, columns) float32, 0 to 1."""
    return sample.picture.astype(np.float32) / np.float32(255)


def edges_of(quad: Quad, box: Box, *, stretch: float) -> NDArray[np.float64]:
    """Return how far outward the box lies from a quad's edges, in reaches of the strips."""
    high = float(quad[2:, 1].mean() - quad[:2, 1].mean())
    reach = high * np.array(REACH) * (stretch, 1.0, stretch, 1.0)
    return np.asarray((np.array(box.as_tuple()) - _bounds(quad)) * _OUTWARD / reach)


def _bounds(quad: Quad) -> NDArray[np.float64]:
    return np.concatenate([quad.min(axis=0), quad.max(axis=0)])


# --- loss -----------------------------------------------------------------------------------


def _loss(network: EdgeNet, batch: Batch, device: torch.device) -> torch.Tensor:
    wanted = batch.edges.to(device)
    asked = (wanted.abs() < MOST_WRONG).float()
    shares = torch.log_softmax(network.logits(batch.strips.to(device)), dim=2)
    apart = (network.places - wanted[:, :, None]) * (ACROSS / 2) / SHARP
    target = functional.softmax(-0.5 * apart**2, dim=2)
    entropy = -(target * shares).sum(dim=2)
    distance = ((shares.exp() * network.places).sum(dim=2) - wanted).abs()
    each = (entropy + DISTANCE_WEIGHT * distance) * asked
    return torch.as_tensor(each.sum() / asked.sum().clamp(min=1))


# --- strips ---------------------------------------------------------------------------------


def _batches(samples: Sequence[ContainerSample], generator: np.random.Generator) -> Iterator[Batch]:
    order = generator.permutation(len(samples))
    for start in range(0, len(order), BATCH):
        drawn = [_drawn(samples[index], generator) for index in order[start : start + BATCH]]
        yield Batch(
            torch.from_numpy(np.stack([strips for strips, _ in drawn])),
            torch.from_numpy(np.stack([edges for _, edges in drawn]).astype(np.float32)),
        )


def _drawn(
    sample: ContainerSample, generator: np.random.Generator
) -> tuple[Strips, NDArray[np.float64]]:
    quad = _placed(sample, generator)
    stretch = float(np.exp(STRETCH * generator.standard_normal()))
    strips = edge_strips(transmission_of(sample), edge_lines(quad, stretch=stretch))
    edges = edges_of(quad, sample.box, stretch=stretch)
    if generator.random() < 0.5:
        strips, edges = strips[_MIRRORED], edges[_MIRRORED]
        strips[1::2] = strips[1::2, :, :, ::-1].copy()
    strips[:, 0] = _displayed(strips[:, 0], generator)
    strips[:, 1] = dense_share(strips[:, 0])
    return strips, edges


def _placed(sample: ContainerSample, generator: np.random.Generator) -> Quad:
    """Return the quad as it was found, or the true one put out of place."""
    as_found = generator.random() < FOUND_SHARE
    if sample.found is not None and as_found:
        return sample.found
    x0, y0, x1, y1 = sample.box.as_tuple()
    quad = np.array([[x0, y0], [x1, y0], [x1, y1], [x0, y1]])
    if sample.found is not None:
        quad = sample.found
    near = generator.normal(0, NEAR)
    far = generator.uniform(-1, 1, 4) * FAR
    shift = np.where(generator.random(4) < FAR_SHARE, far, near) * (y1 - y0)
    left, top, right, bottom = np.array(sample.box.as_tuple()) - _bounds(quad) + shift * _OUTWARD
    corners = [(left, top), (right, top), (right, bottom), (left, bottom)]
    return np.asarray(quad + np.array(corners), np.float64)


def _displayed(transmission: Picture, generator: np.random.Generator) -> Picture:
    """Return strips as another display, or another scanner, would show them."""
    shown = transmission ** np.float32(np.exp(generator.uniform(*np.log(TONES))))
    if generator.random() < BLACK_SHARE:
        black = generator.uniform(0, BLACK)
        shown = np.maximum(shown - black, 0) / (1 - black)
    if generator.random() < BLUR_SHARE:
        sizes = generator.uniform(0.3, 1.0, 2)
        shown = np.stack([cv2.GaussianBlur(each, (0, 0), *sizes) for each in shown])
    if generator.random() < NOISE_SHARE:
        noise = generator.standard_normal(shown.shape, np.float32)
        shown = shown + noise * np.float32(generator.uniform(0, NOISE))
    return np.asarray(np.clip(shown, 0, 1), np.float32)


def _draw_curves(log: Sequence[Mapping[str, float]], path: Path) -> None:
    figure, (left, right) = plt.subplots(1, 2, figsize=(10, 4), layout="constrained")
    passes = np.arange(1, len(log) + 1)
    left.plot(passes, [each["loss"] for each in log])
    left.set(xlabel="pass", ylabel="loss in training")
    for number, edge in enumerate(EDGES):
        for name, style in (("network", "-"), ("found", ":")):
            key = f"{edge} {name}"
            right.plot(passes, [each[key] for each in log], style, color=f"C{number}", label=key)
    right.set(xlabel="pass", ylabel="error, of the container's height, held out", yscale="log")
    right.legend(fontsize="small")
    figure.savefig(path)
    plt.close(figure)


if __name__ == "__main__":
    raise SystemExit(main())

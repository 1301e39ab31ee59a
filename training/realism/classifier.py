"""A small network that is asked to tell real tiles from simulated ones. Nothing of it is kept.

Fixed for all rounds, so that rounds compare: tiles of 96 px at one scale, four convolutions, four
folds by scan, 4 passes over the tiles, Adam at 1e-3, seed 0. Tiles of loaded and of empty
containers are as many on both sides.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from training.realism.pictures import CONTAINER_PX, Container

TILE_PX, STEP_PX = 96, 80
FOLDS, PASSES, BATCH = 4, 4, 64
MOST_TILES = 8
"""Of one scan, so that long containers do not outweigh short ones."""
Tiles = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Told:
    """The classifier's answers on tiles it did not train on."""

    scores: NDArray[np.float64]
    """(N,) higher for real."""
    real: NDArray[np.bool_]
    scan: NDArray[np.int64]
    """Which scan each tile is of, numbered over both sides."""
    tiles: Tiles
    """(N, TILE_PX, TILE_PX)."""


def tiles_of(container: Container, generator: np.random.Generator) -> Tiles:
    """Return up to `MOST_TILES` tiles, drawn from a grid over the container."""
    grey = container.grey
    rows = range(0, CONTAINER_PX - TILE_PX + 1, STEP_PX)
    columns = range(0, grey.shape[1] - TILE_PX + 1, STEP_PX)
    places = [(y, x) for y in rows for x in columns]
    chosen = generator.permutation(len(places))[:MOST_TILES]
    cut = [grey[y : y + TILE_PX, x : x + TILE_PX] for y, x in (places[i] for i in chosen)]
    return np.stack(cut) if cut else np.zeros((0, TILE_PX, TILE_PX), np.uint8)


def tell_apart(real: Sequence[Container], simulated: Sequence[Container], *, seed: int = 0) -> Told:
    """Train on four folds and answer on the fifth, in turn."""
    torch.manual_seed(seed)
    torch.set_num_threads(2)
    generator = np.random.default_rng(seed)
    sides = _balanced(real, simulated, generator)
    tiles, labels, scans = [], [], []
    for is_real, side in ((True, sides[0]), (False, sides[1])):
        for container in side:
            cut = tiles_of(container, generator)
            tiles.append(cut)
            labels += [is_real] * len(cut)
            scans += [len(tiles)] * len(cut)
    everything = np.concatenate(tiles)
    label, scan = np.array(labels), np.array(scans, np.int64)
    fold = generator.permutation(int(scan.max()) + 1)[scan] % FOLDS
    scores = np.zeros(len(label))
    for held in range(FOLDS):
        train, test = fold != held, fold == held
        model = _fitted(everything[train], label[train], generator)
        scores[test] = _scored(model, everything[test])
    return Told(scores, label, scan, everything)


def _balanced(
    real: Sequence[Container], simulated: Sequence[Container], generator: np.random.Generator
) -> tuple[list[Container], list[Container]]:
    """Take as many loaded and as many empty containers from both sides."""
    sides: tuple[list[Container], list[Container]] = ([], [])
    for loaded in (True, False):
        groups = [[each for each in side if each.loaded is loaded] for side in (real, simulated)]
        count = min(len(group) for group in groups)
        for side, group in zip(sides, groups, strict=True):
            side += [group[i] for i in generator.permutation(len(group))[:count]]
    return sides


def _network() -> nn.Sequential:
    layers: list[nn.Module] = []
    channels = (1, 16, 32, 64, 64)
    for before, after in itertools.pairwise(channels):
        layers += [
            nn.Conv2d(before, after, 3, stride=2, padding=1),
            nn.BatchNorm2d(after),
            nn.ReLU(),
        ]
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(64, 1))


def _fitted(
    tiles: Tiles, label: NDArray[np.bool_], generator: np.random.Generator
) -> nn.Sequential:
    model = _network()
    optimiser = torch.optim.Adam(model.parameters(), lr=1e-3)
    loss_of = nn.BCEWithLogitsLoss()
    model.train()
    for _ in range(PASSES):
        order = generator.permutation(len(tiles))
        for start in range(0, len(order) - 1, BATCH):
            batch = order[start : start + BATCH]
            chosen = tiles[batch]
            # Scanners run either way: nothing is to be learned from the direction.
            if generator.random() < 0.5:
                chosen = chosen[:, :, ::-1]
            answer = model(_as_input(chosen))[:, 0]
            loss = loss_of(answer, torch.from_numpy(label[batch].astype(np.float32)))
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
    return model


def _scored(model: nn.Sequential, tiles: Tiles) -> NDArray[np.float64]:
    model.eval()
    with torch.no_grad():
        parts = [
            model(_as_input(tiles[start : start + 256]))[:, 0].numpy()
            for start in range(0, len(tiles), 256)
        ]
    return np.asarray(np.concatenate(parts), np.float64)


def _as_input(tiles: Tiles) -> torch.Tensor:
    return torch.from_numpy(np.ascontiguousarray(tiles[:, None], np.float32) / 127.5 - 1)

"""A small network that is asked to tell real tiles from simulated ones. Nothing of it is kept.

Fixed for all rounds, so that rounds compare: tiles of 96 px at one scale, four convolutions, four
folds by scan, 4 passes over the tiles, Adam at 1e-3, seed 0. Tiles of loaded and of empty
containers are as many on both sides.
"""

from __future__ import annotations

import itertools

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from training.realism.tiles import FOLDS, Tiles

Grey = NDArray[np.uint8]
Numbers = NDArray[np.float64]

PASSES, BATCH = 4, 64


def tell_apart(
    tiles: Tiles, generator: np.random.Generator, *, seed: int = 0, passes: int = PASSES
) -> Numbers:
    """Return (N,) scores, higher for real: train on all folds but one and answer on it, in turn."""
    torch.manual_seed(seed)
    # One thread: the same sums in the same order anywhere, and no slower beside other work.
    torch.set_num_threads(1)
    scores = np.zeros(len(tiles.real))
    for held in range(FOLDS):
        train, test = tiles.fold != held, tiles.fold == held
        model = _fitted(tiles.grey[train], tiles.real[train], generator, passes)
        scores[test] = _scored(model, tiles.grey[test])
    return scores


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
    tiles: Grey, label: NDArray[np.bool_], generator: np.random.Generator, passes: int
) -> nn.Sequential:
    model = _network()
    optimiser = torch.optim.Adam(model.parameters(), lr=1e-3)
    loss_of = nn.BCEWithLogitsLoss()
    model.train()
    for _ in range(passes):
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


def _scored(model: nn.Sequential, tiles: Grey) -> Numbers:
    model.eval()
    with torch.no_grad():
        parts = [
            model(_as_input(tiles[start : start + 256]))[:, 0].numpy()
            for start in range(0, len(tiles), 256)
        ]
    return np.asarray(np.concatenate(parts), np.float64)


def _as_input(tiles: Grey) -> torch.Tensor:
    return torch.from_numpy(np.ascontiguousarray(tiles[:, None], np.float32) / 127.5 - 1)

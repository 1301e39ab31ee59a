"""Pairs for training, too easy to be true."""

from __future__ import annotations

import numpy as np

from models.change_input import CHANNELS
from models.fit_statistics import reduced
from models.loads import INPUT
from tests.fit_phantoms import easy_fit
from training.datasets.changes import PairSample


def pair_sample(number: int) -> PairSample:
    """A pair of 128 by 160; every second one holds a block that came in."""
    generator = np.random.default_rng(number)
    inputs = np.zeros((len(CHANNELS), 128, 160), np.float32)
    inputs[0] = inputs[1] = 0.2
    inputs[4] = 1
    mask = np.zeros((128, 160), np.uint8)
    changed = number % 2 == 1
    if changed:
        y, x = int(generator.integers(10, 90)), int(generator.integers(10, 120))
        block = (slice(y, y + 24), slice(x, x + 24))
        inputs[1][block] = 0.7
        inputs[2][block], inputs[3][block] = -0.8, 0.8
        mask[block] = 1
    origin = "journey" if number % 4 < 2 else "rescan"
    strength = 9.0 if changed else 4.0
    fit = reduced(easy_fit(*inputs.shape[1:]))
    interior = np.full((INPUT.rows, 160), 0.2, np.float32)
    return PairSample(
        inputs, mask, changed, changed, strength, origin, fit, (interior, interior.copy())
    )

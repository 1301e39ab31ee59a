"""The limit of a device is measured with products of matrices that are what they seem."""

from __future__ import annotations

import numpy as np
import pytest

from models import Provider, open_session
from training.evaluate.throughput import product_network


def test_the_products_are_made_one_after_the_other() -> None:
    session = open_session(product_network(16, 3), providers=[Provider.CPU])
    (most,) = session.run({"level": np.full(1, 2, np.float32)})
    factor = np.random.default_rng(0).random((16, 16), np.float32) / 16
    wanted = np.full((16, 16), 2, np.float32) @ factor @ factor @ factor
    assert float(most) == pytest.approx(float(wanted.max()), rel=1e-5)

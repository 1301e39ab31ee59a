"""The edge network and its export: a mean and a doubt, an error that falls, parity."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch", reason="the extra `train` is not installed")
pytest.importorskip("onnx", reason="the extra `train` is not installed")

import torch

from models.edge_strips import ACROSS, ALONG, CHANNELS
from models.finder import EdgeNetwork
from models.session import open_session
from riac.errors import ModelError
from riac.scan import Box
from training.datasets.containers import ContainerSample
from training.export import export_finder, export_goods
from training.networks.finder import EdgeNet
from training.networks.goods import GoodsNet
from training.train_finder import edges_of, fit

QUAD = np.array([[20.0, 20.0], [180.0, 20.0], [180.0, 100.0], [20.0, 100.0]])


def test_edges_lie_within_their_strips() -> None:
    edges, deviations = EdgeNet().eval()(torch.rand(2, 4, len(CHANNELS), ACROSS, ALONG))
    assert edges.shape == deviations.shape == (2, 4)
    assert (edges.abs() < 1).all()
    assert (deviations > 0).all()


def test_edges_of_a_box_are_told_in_reaches_outward() -> None:
    # A tenth of the height of 80 each way; the bottom's strip reaches twice as far.
    told = edges_of(QUAD, Box(12, 12, 188, 108), stretch=1.0)
    np.testing.assert_allclose(told, [2 / 3, 2 / 3, 2 / 3, 1 / 3])
    np.testing.assert_allclose(edges_of(QUAD, Box(12, 20, 180, 100), stretch=2.0)[0], 1 / 3)


def test_it_trains_and_goes_on_where_it_stopped(tmp_path: Path) -> None:
    generator = np.random.default_rng(0)

    def sample() -> ContainerSample:
        x0, y0 = generator.integers(15, 25, 2).tolist()
        picture = np.full((130, 210), 255, np.uint8)
        picture[y0:100, x0:180] = 60
        return ContainerSample(picture, Box(x0, y0, 180, 100), QUAD, "40 dry", "phantom")

    samples = [sample() for _ in range(30)]
    fit(samples[:24], samples[24:], out=tmp_path, passes=1, seed=0)
    assert (tmp_path / "best.pt").is_file()
    assert (tmp_path / "curves.png").is_file()
    # A second call finds all passes done.
    fit(samples[:24], samples[24:], out=tmp_path, passes=1, seed=0)


def test_the_export_is_the_network(tmp_path: Path) -> None:
    torch.manual_seed(0)
    path = tmp_path / "network.onnx"
    assert export_finder(EdgeNet(), path) < 1e-4
    network = EdgeNetwork(open_session(path.read_bytes()), name="edges", digest="d" * 64)
    reading = network.read(np.full((130, 210), 0.5, np.float32), QUAD)
    assert reading.outward.shape == reading.deviation.shape == (4,)


def test_another_network_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "goods.onnx"
    export_goods(GoodsNet(), path)
    with pytest.raises(ModelError, match="no edge network"):
        EdgeNetwork(open_session(path.read_bytes()), name="goods", digest="d" * 64)

"""The normalisation checker's network, and that its recipe learns."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch", reason="the extra `train` is not installed")
pytest.importorskip("onnx", reason="the extra `train` is not installed")

import torch

from models.normalisation import NormalisationNetwork
from models.row_steps import CHANNELS, STRIPS, row_steps
from models.session import open_session
from riac.errors import ModelError
from training.datasets.normalisation import NormalisationSample, write_samples
from training.export import export_finder, export_normalisation
from training.networks.finder import EdgeNet
from training.networks.normalisation import NormalisationNet
from training.train_normalisation import main


def test_any_height_and_strips_in_any_order() -> None:
    network = NormalisationNet().eval()
    steps = torch.rand(2, CHANNELS, STRIPS, 90)
    with torch.no_grad():
        rows, pictures = network(steps)
        _, turned = network(steps.flip(2))
    assert rows.shape == (2, 90)
    assert torch.allclose(pictures, turned, atol=1e-5)


def test_the_export_is_the_network(tmp_path: Path) -> None:
    torch.manual_seed(0)
    path = tmp_path / "network.onnx"
    assert export_normalisation(NormalisationNet(), path) < 1e-4
    network = NormalisationNetwork(open_session(path.read_bytes()), name="rows", digest="d" * 64)
    reading = network.check(np.full((130, 210), 0.5, np.float32))
    assert reading.rows.shape == (130,)
    assert 0 <= reading.probability <= 1


def test_another_network_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "finder.onnx"
    export_finder(EdgeNet(), path)
    with pytest.raises(ModelError, match="no normalisation checker"):
        NormalisationNetwork(open_session(path.read_bytes()), name="finder", digest="d" * 64)


def sample(*, wrong: bool, seed: int) -> NormalisationSample:
    generator = np.random.default_rng(seed)
    picture = generator.uniform(0.3, 0.5, (100, 400)).astype(np.float32)
    stepped = np.zeros(100, np.float32)
    if wrong:
        picture[50:] *= 1.5
        stepped[50] = np.log(1.5)
    return NormalisationSample(row_steps(picture), stepped, wrong=wrong, scanner="phantom")


def test_the_recipe_learns_and_goes_on(tmp_path: Path) -> None:
    for number in range(16):
        samples = [sample(wrong=wrong, seed=number) for wrong in (False, True)]
        write_samples(tmp_path / f"scan-{number:06d}.npz", samples)
    arguments = [str(tmp_path), "--out", str(tmp_path / "out")]
    assert main([*arguments, "--passes", "1"]) == 0
    assert main([*arguments, "--passes", "1"]) == 0
    for name in ("best.pt", "curves.png", "log.json"):
        assert (tmp_path / "out" / name).exists()

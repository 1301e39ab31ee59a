"""The goods discriminant's network, and that its recipe learns."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch", reason="the extra `train` is not installed")
pytest.importorskip("onnx", reason="the extra `train` is not installed")

import torch

from models import GoodsDiscriminant, GoodsEmbedder, load_goods_network, load_measures
from models.session import open_session
from riac.errors import ModelError
from training.datasets.goods import headings
from training.datasets.looked import LookedSample, write_samples
from training.export import export_discriminant
from training.networks.discriminant import DIMENSION, EVENED, DiscriminantNet
from training.train_discriminant import analysed, main, read_looked

NUMBERS, MEASURES = load_goods_network().numbers, load_measures().measures


def sample(generator: np.random.Generator, heading: int, load: str) -> LookedSample:
    """Of two headings: measures tell them apart, what the network sees says nothing."""
    seen = generator.normal(0, 1, NUMBERS).astype(np.float32)
    placed = generator.normal(heading, 0.3, MEASURES).astype(np.float32)
    return LookedSample(seen, placed, f"120{heading}", load)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sixty loads, a third of them of a turn that is held out."""
    made: Path = tmp_path_factory.mktemp("looked")
    generator = np.random.default_rng(0)
    for load in range(60):
        number = load if load < 20 else load + len(headings())
        samples = [sample(generator, load % 2, f"load {load}") for _ in range(2)]
        write_samples(made / f"load-{number:06d}.npz", samples)
    return made


def test_untrained_it_is_discriminant_analysis(folder: Path) -> None:
    table, _ = read_looked(folder)
    network = DiscriminantNet(numbers=NUMBERS, measures=MEASURES)
    analysis = analysed(table)
    network.begin_as(analysis)
    given = torch.cat([table.seen, table.placed], dim=1)
    expected = (given - analysis["centre"]) @ analysis["linear"]
    with torch.no_grad():
        vectors = network.eval()(table.seen, table.placed)
    expected = expected / expected.norm(dim=1, keepdim=True)
    torch.testing.assert_close(vectors, expected)
    assert analysis["linear"].shape[1] == DIMENSION
    assert analysis["evening"].shape[1] == EVENED


def test_the_export_is_the_network(tmp_path: Path) -> None:
    torch.manual_seed(0)
    path = tmp_path / "network.onnx"
    network = DiscriminantNet(numbers=3, measures=2)
    torch.nn.init.normal_(network.linear)
    assert export_discriminant(network, path) < 1e-4
    given = GoodsDiscriminant(open_session(path.read_bytes()), name="small", digest="d" * 64)
    assert (given.dimension, given.takes) == (DIMENSION, (3, 2))
    with pytest.raises(ModelError, match="fit it anew"):
        GoodsEmbedder(load_measures(), load_goods_network(), given)


def test_the_recipe_learns_and_goes_on(folder: Path, tmp_path: Path) -> None:
    arguments = [str(folder), "--out", str(tmp_path)]
    assert main([*arguments, "--passes", "1"]) == 0
    assert main([*arguments, "--passes", "1"]) == 0
    for name in ("best.pt", "curves.png", "log.json"):
        assert (tmp_path / name).exists()


def test_without_samples_it_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main([str(tmp_path), "--out", str(tmp_path / "out")])
    assert "too few" in capsys.readouterr().err


def test_one_heading_alone_is_refused(folder: Path) -> None:
    table, _ = read_looked(folder)
    table.heading[:] = "1200"
    with pytest.raises(ValueError, match="two headings"):
        analysed(table)

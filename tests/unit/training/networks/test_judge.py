"""The pair judge's network, and that its recipe learns."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch", reason="the extra `train` is not installed")
pytest.importorskip("onnx", reason="the extra `train` is not installed")

import torch

from models.judge import PairJudge
from models.pair_statistics import NAMES
from models.session import open_session
from training.datasets.changes import Origin
from training.datasets.judged import JudgedSample, read_samples, write_samples
from training.export import export_judge
from training.networks.judge import JudgeNet
from training.train_judge import main


def test_untrained_it_says_what_the_networks_say() -> None:
    network = JudgeNet().eval()
    for parameter in network.members.parameters():
        torch.nn.init.zeros_(parameter)
    statistics = torch.zeros(3, len(NAMES))
    statistics[:, -1] = torch.tensor([-4.0, 0.0, 4.0])
    with torch.no_grad():
        scores = network(statistics).numpy()
    np.testing.assert_allclose(scores, [0.06, 0.5, 0.94], atol=0.01)


def test_the_export_is_the_network(tmp_path: Path) -> None:
    torch.manual_seed(0)
    path = tmp_path / "network.onnx"
    assert export_judge(JudgeNet(), path) < 1e-4
    judge = PairJudge(open_session(path.read_bytes()), name="judge", digest="d" * 64)
    assert 0 <= judge.score(np.ones(len(NAMES), np.float32)) <= 1


def sample(generator: np.random.Generator, *, changed: bool, whole: bool) -> JudgedSample:
    statistics = generator.normal(2.0 if changed else 0.0, 1, len(NAMES)).astype(np.float32)
    return JudgedSample(statistics, changed, whole, visible=True, origin=f"{Origin.JOURNEY} a b")


def test_samples_of_other_statistics_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "lot-000000.npz"
    made = JudgedSample(
        np.ones(len(NAMES), np.float32), False, False, visible=False, origin="", definition=99
    )
    write_samples(path, [made])
    with pytest.raises(ValueError, match="another definition"):
        list(read_samples(path))


def test_the_recipe_learns_and_goes_on(tmp_path: Path) -> None:
    generator = np.random.default_rng(0)
    kinds = [(False, False), (True, False), (True, True), (False, False)]
    for number in range(20):
        samples = [sample(generator, changed=one, whole=whole) for one, whole in kinds]
        write_samples(tmp_path / f"lot-{number:06d}.npz", samples)
    arguments = [str(tmp_path), "--out", str(tmp_path / "out")]
    assert main([*arguments, "--passes", "1"]) == 0
    assert main([*arguments, "--passes", "1"]) == 0
    for name in ("best.pt", "curves.png", "log.json"):
        assert (tmp_path / "out" / name).exists()


def test_without_samples_it_says_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main([str(tmp_path), "--out", str(tmp_path / "out")])
    assert "make some first" in capsys.readouterr().err

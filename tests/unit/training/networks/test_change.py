"""The change network and its export: shapes, a loss that falls, parity, the joining."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("onnx")

from models.change_input import CHANNELS  # noqa: E402
from tests.pair_phantoms import pair_sample  # noqa: E402
from training.datasets.changes import KINDS  # noqa: E402
from training.export import Joining, export_change, fit_joining  # noqa: E402
from training.networks.change import FAR, NEAR, ROWS, ChangeNet, differences  # noqa: E402
from training.train_change import fit  # noqa: E402


def test_a_change_is_learned_and_training_goes_on_where_it_stopped(tmp_path: Path) -> None:
    samples = [pair_sample(number) for number in range(48)]
    fit(samples[8:], samples[:8], out=tmp_path, passes=3, seed=0)
    fit(samples[8:], samples[:8], out=tmp_path, passes=3, seed=0)
    log = (tmp_path / "log.json").read_text(encoding="utf-8")
    assert log.count('"loss"') == 3
    assert (tmp_path / "curves.png").stat().st_size > 3000
    assert (tmp_path / "best.pt").is_file()


@pytest.mark.parametrize(
    ("up", "heights"), [(up, heights) for heights in (NEAR, FAR) for up in heights]
)
def test_what_merely_stands_higher_differs_least_at_that_height(
    up: int, heights: tuple[int, ...]
) -> None:
    generator = np.random.default_rng(4)
    tall = np.repeat(np.repeat(generator.random((24, 10)), 8, 0), 8, 1).astype(np.float32)
    inputs = np.zeros((1, len(CHANNELS), 128, 80), np.float32)
    inputs[0, 0], inputs[0, 1] = tall[24:152], tall[24 - up : 152 - up]
    # What is moved in from beyond the picture is not known.
    inner = differences(torch.from_numpy(inputs), heights)[:, :, 12:-12]
    left = inner.mean(dim=(0, 2, 3)).numpy()
    assert left[heights.index(up)] == left[:-1].min() == pytest.approx(0, abs=1e-3)
    assert left[-1] <= left[:-1].min()


def test_what_is_added_to_a_network_changes_nothing_before_it_is_trained() -> None:
    torch.manual_seed(0)
    network = ChangeNet(channels=len(CHANNELS), kinds=len(KINDS)).eval()
    inputs = torch.rand(1, len(CHANNELS), ROWS, 96)
    with torch.no_grad():
        assert torch.count_nonzero(network.parallax(inputs)) == 0
        assert torch.count_nonzero(network.far_parallax(inputs)) == 0
        features = torch.rand(1, network.rows.shape[1], 8, 6)
        torch.testing.assert_close(network.compared(features), features)


def test_what_is_exported_says_what_was_trained(tmp_path: Path) -> None:
    torch.manual_seed(0)
    network = ChangeNet(channels=len(CHANNELS), kinds=len(KINDS)).eval()
    joining = Joining(-1.0, 0.5, 0.7)
    assert export_change(network, joining, tmp_path / "network.onnx") < 1e-4


def test_network_and_evidence_are_joined_by_what_they_are_worth() -> None:
    generator = np.random.default_rng(1)
    changed = generator.random(400) < 0.3
    logits = generator.standard_normal(400)
    strengths = np.exp(np.where(changed, 2.5, 1.0) + generator.standard_normal(400))
    joining = fit_joining(logits, strengths, changed)
    assert joining.evidence > 1
    assert abs(joining.network) < 0.3
    middle = np.exp(-joining.bias / joining.evidence)
    assert np.exp(1.0) < middle < np.exp(2.5)

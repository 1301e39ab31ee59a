"""In eight bits a network says nearly the same, and what it costs is told."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("onnx")

from models.change import ChangeNetwork  # noqa: E402
from models.change_input import CHANNELS  # noqa: E402
from models.session import open_session  # noqa: E402
from tests.pair_phantoms import pair_sample  # noqa: E402
from training.datasets.changes import KINDS, write_samples  # noqa: E402
from training.export import Joining, export_change  # noqa: E402
from training.networks.change import ChangeNet  # noqa: E402
from training.quantise import main, measure, quantise  # noqa: E402

SAMPLES = [pair_sample(number) for number in range(8)]


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A network that was not trained, and goes by the evidence."""
    torch.manual_seed(0)
    network = ChangeNet(channels=len(CHANNELS), kinds=len(KINDS)).eval()
    path = tmp_path_factory.mktemp("network") / "network.onnx"
    export_change(network, Joining(-2.0, 0.1, 1.0), path)
    return path.read_bytes()


def test_eight_bits_say_nearly_the_same(exported: bytes) -> None:
    quantised = quantise(exported, SAMPLES[:4])
    assert len(quantised) < 0.4 * len(exported)
    networks = [
        ChangeNetwork(open_session(each), name="change", digest="")
        for each in (exported, quantised)
    ]
    inputs = [each.inputs.astype(np.float32) for each in SAMPLES]
    strengths = [each.strength for each in SAMPLES]
    before, after = (each.tell(inputs, strengths=strengths) for each in networks)
    for one, other in zip(before, after, strict=True):
        assert one.probability.shape == other.probability.shape
        assert np.abs(one.probability - other.probability).mean() < 0.02
        assert other.score == pytest.approx(one.score, abs=0.05)


def test_what_it_costs_is_told(exported: bytes) -> None:
    cost = measure(exported, exported, SAMPLES)
    assert (*cost.auroc, cost.lost) == pytest.approx((1, 1, 0))
    assert max(cost.off) == 0
    assert min(cost.seconds) > 0


def test_too_few_pairs_are_refused_before_anything_is_written(
    exported: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given, file = tmp_path / "network.onnx", tmp_path / "network-int8.onnx"
    given.write_bytes(exported)
    with pytest.raises(SystemExit):
        main([str(given), str(file), "--pairs", str(tmp_path)])
    assert "make some first" in capsys.readouterr().err
    assert not file.exists()


@pytest.mark.parametrize(("numbers", "left"), [(range(2), True), ((0,), False)])
def test_a_file_is_left_only_where_its_cost_is_known(
    exported: bytes, tmp_path: Path, numbers: list[int], left: bool
) -> None:
    for task in range(10):
        samples = [pair_sample(number) for number in numbers]
        write_samples(tmp_path / f"lot-{task:06d}.npz", samples)
    given, file = tmp_path / "network.onnx", tmp_path / "network-int8.onnx"
    given.write_bytes(exported)
    assert main([str(given), str(file), "--pairs", str(tmp_path)]) == (0 if left else 1)
    assert file.exists() == left

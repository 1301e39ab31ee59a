"""Released files give back the networks they were exported from, and those can go on learning."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("onnx")

from torch import nn  # noqa: E402

from models.change_input import CHANNELS  # noqa: E402
from models.session import open_session  # noqa: E402
from tests.pair_phantoms import pair_sample  # noqa: E402
from training.datasets.changes import KINDS  # noqa: E402
from training.export import Joining, export_change, export_goods  # noqa: E402
from training.networks.change import ChangeNet  # noqa: E402
from training.networks.goods import ROWS, GoodsNet  # noqa: E402
from training.quantise import quantise  # noqa: E402
from training.released import begin_with  # noqa: E402


def trained(network: nn.Module) -> nn.Module:
    """Give normalisations statistics and weights as training leaves them."""
    generator = torch.Generator().manual_seed(1)
    for module in network.modules():
        if isinstance(module, nn.BatchNorm2d):
            for values, low in ((module.running_var, 0.5), (module.weight.data, 0.5)):
                assert values is not None
                values.copy_(low + torch.rand(values.shape, generator=generator))
            for values in (module.running_mean, module.bias.data):
                assert values is not None
                values.copy_(torch.randn(values.shape, generator=generator))
    for parameter in network.parameters():
        if not parameter.any():  # parts that add nothing before they are trained
            parameter.data.copy_(0.1 * torch.randn(parameter.shape, generator=generator))
    return network.eval()


def change_net() -> ChangeNet:
    return ChangeNet(channels=len(CHANNELS), kinds=len(KINDS))


def pairs(seed: int, *, count: int = 8) -> Any:
    generator = torch.Generator().manual_seed(seed)
    return torch.rand((count, len(CHANNELS), 128, 128), generator=generator) * 2 - 1


def test_a_released_change_network_answers_as_before(tmp_path: Path) -> None:
    before, after = trained(change_net()), change_net()
    path = tmp_path / "network.onnx"
    export_change(before, Joining(-1.0, 0.5, 0.7), path)
    begin_with(path, after, inputs=(pairs(seed) for seed in range(3)), through=after)
    with torch.no_grad():
        wanted, found = before(pairs(9)), after.eval()(pairs(9))
        # The kind of change is asked of in training alone, and is not in the file.
        for number in (0, 2):
            torch.testing.assert_close(found[number], wanted[number], atol=1e-3, rtol=1e-3)
        # With the statistics of such inputs, training begins where service left off.
        while_training = after.train()(pairs(10, count=24))[0]
        assert np.corrcoef(while_training.flatten(), before(pairs(10, count=24))[0].flatten())[
            0, 1
        ] == pytest.approx(1, abs=0.1)


def test_weights_in_eight_bits_are_read_too(tmp_path: Path) -> None:
    before, after = trained(change_net()), change_net()
    path = tmp_path / "network.onnx"
    export_change(before, Joining(-1.0, 0.5, 0.7), path)
    path.write_bytes(quantise(path.read_bytes(), [pair_sample(seed) for seed in range(3)]))
    begin_with(path, after, inputs=(pairs(seed) for seed in range(3)), through=after)
    with torch.no_grad():
        wanted, found = before(pairs(9))[0], after.eval()(pairs(9))[0]
    assert np.corrcoef(wanted.flatten(), found.flatten())[0, 1] > 0.99


def test_a_released_goods_network_answers_as_before(tmp_path: Path) -> None:
    before, after = trained(GoodsNet()), GoodsNet()
    path = tmp_path / "network.onnx"
    export_goods(before, path)
    generator = torch.Generator().manual_seed(2)
    interiors = [torch.rand((4, 1, ROWS, 128), generator=generator) for _ in range(3)]
    begin_with(path, after, inputs=iter(interiors), through=after.places)
    cover = torch.full((4, 2, 8), 1 / 8)
    with torch.no_grad():
        for found, wanted in zip(
            after.eval()(interiors[0], cover), before(interiors[0], cover), strict=True
        ):
            torch.testing.assert_close(found, wanted, atol=1e-3, rtol=1e-3)


def test_a_file_of_another_network_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "network.onnx"
    export_goods(GoodsNet().eval(), path)
    with pytest.raises(ValueError, match="no part of this network"):
        begin_with(path, change_net(), inputs=iter(()), through=lambda batch: batch)


@pytest.mark.parametrize("name", ["change-network-3", "journey-network-2"])
def test_training_goes_on_from_released_networks_also_with_fewer_parts(name: str) -> None:
    path = Path(__file__).parents[4] / f"models/weights/{name}.onnx"
    after = change_net()
    begin_with(path, after, inputs=(pairs(seed) for seed in range(2)), through=after)
    given = pairs(3, count=1)
    wanted, _ = open_session(path.read_bytes()).run(
        {"pair": given.numpy(), "strength": np.ones(1, np.float32)}
    )
    with torch.no_grad():
        found = torch.sigmoid(after.eval()(given)[0])
    np.testing.assert_allclose(found.numpy(), wanted, atol=1e-3)

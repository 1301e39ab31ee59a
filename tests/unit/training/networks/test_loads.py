"""The load network, its recipe and its export."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

pytest.importorskip("torch", reason="the extra `train` is not installed")
pytest.importorskip("onnx", reason="the extra `train` is not installed")

import torch

from models.goods import PLACE_COLUMNS as GOODS_PLACE
from models.loads import INPUT, PARTS, PLACE_COLUMNS, LoadNetwork, windows
from models.session import open_session
from riac.scan import Picture
from training.export import export_loads
from training.networks.goods import ROWS, GoodsNet
from training.networks.loads import FINER, PART, WHOLE, Likeness, LoadNet
from training.train_loads import fit, load_of


def stacks(seed: int, *, columns: int = 256) -> Picture:
    """Return cartons with gaps between them, elsewhere with another seed."""
    generator = np.random.default_rng(seed)
    picture = np.full((INPUT.rows, columns), 0.5, np.float32)
    for at in generator.integers(0, columns - 8, 8):
        picture[:, at : at + 8] = 0.1
    picture[: int(generator.integers(20, 80))] = 0
    return picture


def vector(network: LoadNet, picture: Picture) -> NDArray[np.float32]:
    cover = windows(picture.shape[1], places=picture.shape[1] // PLACE_COLUMNS)
    with torch.no_grad():
        given = (torch.from_numpy(each)[None] for each in (picture[None], cover))
        return np.asarray(network.eval()(*given)[0].numpy())


def test_vectors_have_unit_length() -> None:
    seen = vector(LoadNet(), stacks(1))
    assert seen.shape == (WHOLE + PARTS * PART,)
    assert np.linalg.norm(seen) == pytest.approx(1, abs=1e-5)


def test_it_begins_as_the_goods_network() -> None:
    torch.manual_seed(0)
    goods, network = GoodsNet().eval(), LoadNet().eval()
    network.begin_as(goods)
    fine = torch.rand(1, 1, INPUT.rows, 8 * PLACE_COLUMNS)
    coarse = torch.nn.functional.avg_pool2d(fine, FINER)
    assert (coarse.shape[2], coarse.shape[3]) == (ROWS, 8 * GOODS_PLACE)
    assert torch.allclose(network.places(fine), goods.places(coarse), atol=1e-4)


def test_the_less_alike_the_less_likely_one_load() -> None:
    logits = Likeness()(torch.tensor([1.001, 1.0, 0.9, 0.2, -1.0]))
    assert torch.isfinite(logits).all()
    assert (logits.diff()[1:] < 0).all()


@pytest.mark.parametrize("turned", [False, True])
def test_a_load_driven_through_the_other_way_is_turned_around(*, turned: bool) -> None:
    entry = stacks(3)
    exit_ = np.roll(entry, 5, axis=1) * np.float32(0.8)
    seen = np.ascontiguousarray(exit_[:, ::-1]) if turned else exit_
    load = load_of(entry, seen, "0805")
    np.testing.assert_array_equal(load.pictures[1], np.rint(exit_ * 255))


@pytest.mark.parametrize("shape", [(192, 40), (10, 10), (192, 1152)])
def test_pictures_of_any_size_make_a_load(shape: tuple[int, int]) -> None:
    picture = np.random.default_rng(0).random(shape, np.float32)
    assert load_of(picture, picture[:, ::-1], "0805").pictures[0].shape == shape


def test_it_learns_to_tell_loads_of_the_same_goods_apart(tmp_path: Path) -> None:
    loads = [load_of(stacks(seed), stacks(seed) * np.float32(0.9), "0805") for seed in range(8)]
    fit(loads, loads[:4], out=tmp_path, passes=2, seed=0)
    assert (tmp_path / "best.pt").is_file()
    assert (tmp_path / "curves.png").is_file()
    # A second call finds all passes done.
    fit(loads, loads[:4], out=tmp_path, passes=2, seed=0)


def test_the_export_is_the_network(tmp_path: Path) -> None:
    torch.manual_seed(0)
    path, network = tmp_path / "network.onnx", LoadNet()
    assert export_loads(network, path) < 1e-4
    served = LoadNetwork(open_session(path.read_bytes()), name="loads", digest="d" * 64)
    picture = stacks(5, columns=8 * PLACE_COLUMNS)
    wanted, seen = vector(network, picture), np.exp(-picture)
    assert served.load(seen).shape == (1, len(wanted))
    assert served.likeness(picture, picture) == pytest.approx(1, abs=1e-5)

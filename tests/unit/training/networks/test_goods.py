"""The goods network and its export: shapes, a loss that falls, parity."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch", reason="the extra `train` is not installed")
pytest.importorskip("onnx", reason="the extra `train` is not installed")

import torch

from models.goods import SEEN, GoodsNetwork
from models.registry import NETWORK, load_registry
from models.session import open_session
from riac.interior import Slab
from training.export import export_goods, main
from training.networks.goods import GOODS, LOAD, ROWS, GoodsNet, HeadingClassifier
from training.train_goods import Load, fit, heading_found


def test_vectors_have_unit_length_for_any_region() -> None:
    network = GoodsNet().eval()
    cover = torch.tensor([[[0.25, 0.25, 0.25, 0.25], [1.0, 0.0, 0.0, 0.0]]])
    seen, goods, load = network(torch.rand(1, 1, ROWS, 64), cover)
    assert (seen.shape, goods.shape, load.shape) == ((1, 2, sum(SEEN)), (1, 2, GOODS), (1, 2, LOAD))
    assert torch.allclose(goods.norm(dim=2), torch.ones(1, 2))


def test_a_chapter_is_the_sum_of_its_headings() -> None:
    torch.manual_seed(0)
    classifier = HeadingClassifier([0, 0, 1], scale=16.0, margin=0.0)
    vectors = torch.nn.functional.normalize(torch.randn(4, GOODS), dim=1)
    heading, chapter = classifier(vectors, torch.tensor([0, 1, 2, 2]))
    # A chapter of one heading is as likely as that heading, one of two likelier than either.
    assert torch.allclose(heading[2:], chapter[2:], atol=1e-5)
    assert (chapter[:2] < heading[:2]).all()


def test_it_learns_two_plain_headings(tmp_path: Path) -> None:
    generator = np.random.default_rng(0)

    def load(heading: str) -> Load:
        height = 40 if heading == "1001" else 100
        picture = np.zeros((ROWS, 192), np.uint8)
        picture[ROWS - height :] = generator.integers(150, 250)
        return Load((picture, picture[:, ::-1].copy()), heading)

    loads = [load(heading) for _ in range(12) for heading in ("1001", "4011")]
    fit(loads, {"held out": loads[:10]}, out=tmp_path, passes=2, seed=0)
    assert (tmp_path / "best.pt").is_file()
    assert (tmp_path / "curves.png").is_file()
    # A second call finds all passes done.
    fit(loads, {"held out": loads[:10]}, out=tmp_path, passes=2, seed=0)


def test_references_are_never_asked() -> None:
    vectors = np.eye(8, dtype=np.float32)
    headings = ["a"] * 4 + ["b"] * 4
    # The fourth load of each heading asks, and is like the first of its own.
    asking = vectors.copy()
    asking[3], asking[7] = vectors[0], vectors[4]
    assert heading_found(vectors, asking, headings) == 1.0


def test_the_export_is_the_network(tmp_path: Path) -> None:
    torch.manual_seed(0)
    path = tmp_path / "network.onnx"
    assert export_goods(GoodsNet(), path) < 1e-4
    network = GoodsNetwork(open_session(path.read_bytes()), name="goods", digest="d" * 64)
    seen = network.seen(np.full((200, 700), 0.5, np.float32), [Slab(0, 300), Slab(300, 700)])
    assert seen.shape == (3, sum(SEEN))


def test_a_released_network_is_exported_again(tmp_path: Path) -> None:
    released = load_registry().get(NETWORK).weights_file().path
    again = tmp_path / "again.onnx"
    assert main(["goods", str(released), str(again)]) == 0
    picture = np.linspace(0, 1, 200 * 700, dtype=np.float32).reshape(200, 700)
    seen, wanted = (
        GoodsNetwork(open_session(each.read_bytes()), name="goods", digest="d" * 64).seen(
            picture, [Slab(0, 300)]
        )
        for each in (again, released)
    )
    np.testing.assert_allclose(seen, wanted, atol=1e-3)

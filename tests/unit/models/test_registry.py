import hashlib
from pathlib import Path

import pytest

from models import Runtime, load_registry
from models.registry import MEASURES, NETWORK
from riac.errors import ModelError

ENTRY = """
[[model]]
name = "{name}"
version = 1
sha256 = "{sha256}"
card = "card.md"
file = "weights.onnx"
runtime = "onnxruntime"
input = {{ rows = 192, min_columns = 48, max_columns = 1152 }}
"""


def _registry(folder: Path, *, weights: bytes, sha256: str | None = None) -> Path:
    (folder / "weights.onnx").write_bytes(weights)
    path = folder / "registry.toml"
    stated = sha256 or hashlib.sha256(weights).hexdigest()
    path.write_text(ENTRY.format(name="net", sha256=stated))
    return path


def test_every_released_model_has_a_card_and_its_weights() -> None:
    for model in load_registry().models.values():
        assert model.card.is_file()
        if model.file is not None:
            assert model.weights()
        if model.eight_bits is not None:
            assert len(model.eight_bits.read()) < len(model.weights())


def test_it_says_what_computes_a_model() -> None:
    registry = load_registry()
    assert registry.get(MEASURES).runtime is Runtime.NUMPY
    assert registry.get(NETWORK).runtime is Runtime.ONNX


def test_untouched_weights_are_read(tmp_path: Path) -> None:
    registry = load_registry(_registry(tmp_path, weights=b"network"))
    assert registry.get("net").weights() == b"network"


def test_altered_weights_are_refused(tmp_path: Path) -> None:
    registry = load_registry(_registry(tmp_path, weights=b"network"))
    (tmp_path / "weights.onnx").write_bytes(b"netw0rk")
    with pytest.raises(ModelError, match="refused"):
        registry.get("net").weights()


def test_missing_weights_are_named(tmp_path: Path) -> None:
    registry = load_registry(_registry(tmp_path, weights=b"network"))
    (tmp_path / "weights.onnx").unlink()
    with pytest.raises(ModelError, match=r"weights\.onnx"):
        registry.get("net").weights()


def test_an_unknown_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="nowhere"):
        load_registry(_registry(tmp_path, weights=b"x")).get("nowhere")


@pytest.mark.parametrize(
    "text",
    ["model = 3", "[[model]]\nname = 'x'", "not toml [", ENTRY.format(name="n", sha256="short")],
)
def test_a_malformed_registry_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "registry.toml"
    path.write_text(text)
    with pytest.raises(ModelError, match=r"registry\.toml"):
        load_registry(path)


def test_a_name_may_occur_only_once(tmp_path: Path) -> None:
    path = _registry(tmp_path, weights=b"x")
    path.write_text(path.read_text() * 2)
    with pytest.raises(ModelError, match="twice"):
        load_registry(path)

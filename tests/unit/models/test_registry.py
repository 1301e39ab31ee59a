import dataclasses
import hashlib
from pathlib import Path

import pytest

from models import (
    GoodsEmbedder,
    Registry,
    Runtime,
    load_detector,
    load_embedder,
    load_measures,
    load_recogniser,
    load_registry,
)
from models.registry import JOURNEYS, MEASURES, NETWORK
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


def test_the_released_embedder_is_of_the_registered_parts() -> None:
    embedder, registry = load_embedder(), load_registry()
    assert isinstance(embedder, GoodsEmbedder)
    assert registry.get(MEASURES).runtime is Runtime.NUMPY
    assert registry.get(NETWORK).runtime is Runtime.ONNX
    assert load_measures().digest == registry.get(MEASURES).sha256
    assert load_recogniser().digest == registry.get(NETWORK).sha256
    assert embedder.name == f"{load_recogniser().name}+{load_measures().name}"
    assert embedder.dimension == load_recogniser().dimension + load_measures().dimension


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


def test_measures_whose_registered_input_differs_are_refused(tmp_path: Path) -> None:
    weights = load_registry().get(MEASURES).weights()
    path = _registry(tmp_path, weights=weights)
    path.write_text(path.read_text().replace('"net"', f'"{MEASURES}"'))
    with pytest.raises(ModelError, match="another version or input"):
        load_measures(registry=load_registry(path))
    path.write_text(path.read_text().replace("version = 1", "version = 3"))
    assert load_measures(registry=load_registry(path)).digest == load_measures().digest
    path.write_text(path.read_text().replace("rows = 192", "rows = 191"))
    with pytest.raises(ModelError, match="another version or input"):
        load_measures(registry=load_registry(path))


def test_a_network_of_another_definition_is_refused(tmp_path: Path) -> None:
    path = _registry(tmp_path, weights=load_registry().get(NETWORK).weights())
    path.write_text(path.read_text().replace('"net"', f'"{NETWORK}"'))
    with pytest.raises(ModelError, match="definition"):
        load_recogniser(registry=load_registry(path))


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


def test_a_judge_of_other_networks_is_refused() -> None:
    registry = load_registry()
    renewed = dataclasses.replace(registry.get(JOURNEYS), version=99)
    other = Registry({**registry.models, JOURNEYS: renewed})
    with pytest.raises(ModelError, match="train it anew"):
        load_detector(registry=other)

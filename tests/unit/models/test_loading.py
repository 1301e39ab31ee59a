import dataclasses
from typing import Any

import pytest

from models import (
    GoodsEmbedder,
    Provider,
    Registry,
    load_change_networks,
    load_detector,
    load_embedder,
    load_goods_network,
    load_measures,
    load_recogniser,
    load_registry,
    loading,
)
from models.registry import (
    DETECTOR,
    DISCRIMINANT,
    EXPECTATION,
    JOURNEYS,
    LOADS,
    MEASURES,
    NETWORK,
    WeightsFile,
)
from riac.errors import ModelError


def _stating(name: str, **other: Any) -> Registry:
    """The registry, in which something else is said of one model."""
    registry = load_registry()
    return Registry(
        {**registry.models, name: dataclasses.replace(registry.get(name), **other)},
    )


def test_the_released_embedder_is_of_the_registered_parts() -> None:
    embedder, registry = load_embedder(), load_registry()
    assert isinstance(embedder, GoodsEmbedder)
    assert load_measures().digest == registry.get(MEASURES).sha256
    network = load_goods_network()
    assert network.digest == registry.get(NETWORK).sha256
    parts = (network.name, load_measures().name, "goods-discriminant-2", "goods-expectation-1")
    assert embedder.name == "+".join(parts)


def test_the_recogniser_is_the_registered_load_network() -> None:
    assert load_recogniser().digest == load_registry().get(LOADS).sha256


def test_measures_of_which_the_registry_says_something_else_are_refused() -> None:
    stated = load_registry().get(MEASURES).input
    assert stated is not None
    for other in ({"version": 99}, {"input": dataclasses.replace(stated, rows=191)}):
        with pytest.raises(ModelError, match="another version or input"):
            load_measures(registry=_stating(MEASURES, **other))


def test_what_was_fitted_on_other_models_is_refused() -> None:
    for name, fitted_on in (
        (EXPECTATION, ("goods-descriptor-2",)),
        (DISCRIMINANT, ("goods-network-2", "goods-descriptor-3")),
    ):
        with pytest.raises(ModelError, match="fit it anew"):
            load_embedder(registry=_stating(name, fitted_on=fitted_on))


def test_a_network_of_another_definition_is_refused() -> None:
    with pytest.raises(ModelError, match="definition"):
        load_goods_network(registry=_stating(NETWORK, definition=99))
    with pytest.raises(ModelError, match="definition"):
        load_recogniser(registry=_stating(LOADS, definition=99))


def test_a_judge_of_other_networks_is_refused() -> None:
    for name in (JOURNEYS, LOADS):
        with pytest.raises(ModelError, match="fit it anew"):
            load_detector(registry=_stating(name, version=99))


def test_change_networks_calculate_in_eight_bits_where_the_processor_computes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    registry = load_registry()
    released = [registry.get(name) for name in (DETECTOR, JOURNEYS)]
    monkeypatch.setattr(loading, "available_providers", lambda: (Provider.CPU,))
    in_eight = load_change_networks()
    assert [each.digest for each in in_eight] == [
        model.eight_bits.sha256 for model in released if model.eight_bits is not None
    ]
    monkeypatch.setattr(loading, "available_providers", lambda: (Provider.CUDA, Provider.CPU))
    in_full = load_change_networks()
    assert [each.digest for each in in_full] == [model.sha256 for model in released]
    # They are the same networks: the judge that was fitted on what one form says knows the other.
    assert [each.name for each in in_eight] == [each.name for each in in_full]


def test_a_network_that_has_no_eight_bits_is_used_as_it_is() -> None:
    (first, _) = load_change_networks(registry=_stating(DETECTOR, eight_bits=None))
    assert first.digest == load_registry().get(DETECTOR).sha256


def test_altered_eight_bits_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "available_providers", lambda: (Provider.CPU,))
    model = load_registry().get(DETECTOR)
    assert model.file is not None
    altered = WeightsFile(model.file, sha256="0" * 64)
    with pytest.raises(ModelError, match="refused"):
        load_change_networks(registry=_stating(DETECTOR, eight_bits=altered))

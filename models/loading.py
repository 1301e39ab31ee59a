"""The released models in service: each opened as the registry states it, its digest verified.

Where the processor computes, networks that were also released in eight bits calculate in those:
there they are faster and as good (`docs/figures.md`). On a GPU they calculate in 32: ONNX Runtime's
kernels for CUDA take no scale for each channel (microsoft/onnxruntime#15260), and TensorRT no whole
numbers without a sign. Scores of the two differ by 0.004 on average; decisions name the digest of
the weights that were used.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TypeVar

from models import change, goods, loads
from models.change import ChangeEnsemble, ChangeNetwork, LastWord
from models.change_input import DEFINITION as CHANGE_DEFINITION
from models.descriptor import GoodsDescriptor
from models.discriminant import DEFINITION as DISCRIMINANT_DEFINITION
from models.discriminant import GoodsDiscriminant
from models.edge_strips import DEFINITION as STRIPS_DEFINITION
from models.expectation import GoodsExpectation
from models.finder import EdgeNetwork
from models.goods import DEFINITION as GOODS_DEFINITION
from models.goods import GoodsEmbedder, GoodsNetwork
from models.judge import PairJudge
from models.loads import DEFINITION as LOADS_DEFINITION
from models.loads import LoadNetwork
from models.normalisation import NormalisationNetwork
from models.novelty import ContainerStatistics
from models.pair_statistics import DEFINITION as STATISTICS_DEFINITION
from models.providers import Provider, Shapes, available_providers
from models.registry import (
    DETECTOR,
    DISCRIMINANT,
    EXPECTATION,
    FINDER,
    JOURNEYS,
    JUDGE,
    LOADS,
    MEASURES,
    NETWORK,
    NORMALISATION,
    NOVELTY,
    Model,
    Registry,
    WeightsFile,
    load_registry,
)
from models.row_steps import DEFINITION as STEPS_DEFINITION
from models.served import ServedNetwork
from models.session import open_session
from riac.errors import ModelError
from riac.ports import (
    ChangeDetector,
    EdgeReader,
    Embedder,
    NormalisationChecker,
    NoveltyDetector,
    PictureChecks,
)

Network = TypeVar("Network", bound=ServedNetwork)


def load_measures(*, registry: Registry | None = None) -> GoodsDescriptor:
    """Return the hand-made measures of goods, their digest verified.

    Raises:
        ModelError: they are not what the registry states.
    """
    model = (registry or load_registry()).get(MEASURES)
    measures = GoodsDescriptor(model.weights())
    if (measures.name, measures.input) != (model.full_name, model.input):
        raise ModelError(
            f"model {model.name!r}: the registry states another version or input: refused"
        )
    return measures


def load_goods_network(
    *, registry: Registry | None = None, cache: Path | None = None
) -> GoodsNetwork:
    """Return the network of goods, its digest verified.

    Args:
        registry: the packaged one by default.
        cache: folder of built engines (`open_session`).

    Raises:
        ModelError: it is not what the registry states.
    """
    model = (registry or load_registry()).get(NETWORK)
    return _served(GoodsNetwork, model, GOODS_DEFINITION, cache=cache, shapes=goods.SHAPES)


def load_recogniser(*, registry: Registry | None = None, cache: Path | None = None) -> LoadNetwork:
    """Return the network that tells one load from all others, its digest verified.

    Args:
        registry: the packaged one by default.
        cache: folder of built engines (`open_session`).

    Raises:
        ModelError: it is not what the registry states.
    """
    model = (registry or load_registry()).get(LOADS)
    # Asked while a pair is laid over itself, which needs the other cores.
    return _served(
        LoadNetwork, model, LOADS_DEFINITION, threads=1, cache=cache, shapes=loads.SHAPES
    )


def load_embedder(*, registry: Registry | None = None, cache: Path | None = None) -> Embedder:
    """Return the embedder of goods, with what it expects of headings, all digests verified.

    Args:
        registry: the packaged one by default.
        cache: folder of built engines (`open_session`).

    Raises:
        ModelError: a part is not what the registry states.
    """
    registry = registry or load_registry()
    network = load_goods_network(registry=registry, cache=cache)
    measures, model = load_measures(registry=registry), registry.get(EXPECTATION)
    _refuse_unless_fitted_on(model, (measures.name,))
    expectation = GoodsExpectation(model.weights())
    discriminant = load_discriminant(registry=registry)
    return GoodsEmbedder(measures, network, discriminant, expectation=expectation)


def load_discriminant(*, registry: Registry | None = None) -> GoodsDiscriminant:
    """Return what weighs all that is seen of goods, its digest verified.

    Raises:
        ModelError: it is not what the registry states, or was fitted on other models.
    """
    registry = registry or load_registry()
    model, parts = registry.get(DISCRIMINANT), (registry.get(NETWORK), registry.get(MEASURES))
    _refuse_unless_fitted_on(model, tuple(each.full_name for each in parts))
    return _served(GoodsDiscriminant, model, DISCRIMINANT_DEFINITION, threads=1)


def load_detector(*, registry: Registry | None = None, cache: Path | None = None) -> ChangeDetector:
    """Return the change detector: two networks, their judge and what tells it; digests verified.

    Args:
        registry: the packaged one by default.
        cache: folder of built engines (`open_session`).

    Raises:
        ModelError: a part is not what the registry states.
    """
    registry = registry or load_registry()
    networks = load_change_networks(registry=registry, cache=cache)
    recogniser, model = load_recogniser(registry=registry, cache=cache), registry.get(JUDGE)
    _refuse_unless_fitted_on(model, tuple(each.name for each in (*networks, recogniser)))
    judge = _served(PairJudge, model, STATISTICS_DEFINITION, threads=1)
    return ChangeEnsemble(networks, last_word=LastWord(judge, recogniser))


def load_change_networks(
    *, registry: Registry | None = None, cache: Path | None = None
) -> list[ChangeNetwork]:
    """Return the networks of the change detector without their judge, their digests verified.

    Args:
        registry: the packaged one by default.
        cache: folder of built engines (`open_session`).

    Raises:
        ModelError: a part is not what the registry states.
    """
    registry = registry or load_registry()
    names = (DETECTOR, JOURNEYS)
    # They run at the same time: each with its share of the cores, and none waits for the other.
    threads = max(1, len(os.sched_getaffinity(0)) // len(names))
    return [
        _served(ChangeNetwork, registry.get(name), CHANGE_DEFINITION,
                threads=threads, cache=cache, shapes=change.SHAPES)
        for name in names
    ]  # fmt: skip


def load_novelty(*, registry: Registry | None = None) -> NoveltyDetector:
    """Return the novelty detector, its digest verified.

    Raises:
        ModelError: it is not what the registry states.
    """
    model = (registry or load_registry()).get(NOVELTY)
    detector = ContainerStatistics(model.weights())
    if detector.name != model.full_name:
        raise ModelError(f"model {model.name!r}: the registry states another version: refused")
    return detector


def load_normalisation(*, registry: Registry | None = None) -> NormalisationChecker:
    """Return the normalisation checker, its digest verified.

    Raises:
        ModelError: it is not what the registry states.
    """
    model = (registry or load_registry()).get(NORMALISATION)
    return _served(NormalisationNetwork, model, STEPS_DEFINITION, threads=1)


def load_checks(*, registry: Registry | None = None) -> PictureChecks:
    """Return the models that say whether a picture can be trusted, their digests verified.

    Raises:
        ModelError: one is not what the registry states.
    """
    registry = registry or load_registry()
    return PictureChecks(load_novelty(registry=registry), load_normalisation(registry=registry))


def load_edges(*, registry: Registry | None = None) -> EdgeReader:
    """Return the reader of containers' edges, its digest verified.

    Raises:
        ModelError: it is not what the registry states.
    """
    model = (registry or load_registry()).get(FINDER)
    return _served(EdgeNetwork, model, STRIPS_DEFINITION, threads=1)


def _refuse_unless_fitted_on(model: Model, names: tuple[str, ...]) -> None:
    if model.fitted_on != names:
        raise ModelError(
            f"model {model.name!r} was fitted on what {model.fitted_on} say, the registry has "
            f"{names}: fit it anew"
        )


def _served(
    network: type[Network],
    model: Model,
    definition: int,
    *,
    threads: int | None = None,
    cache: Path | None = None,
    shapes: Shapes | None = None,
) -> Network:
    """Open a network whose preprocessing is of this definition; the rest as `open_session`."""
    if model.definition != definition:
        raise ModelError(
            f"model {model.name!r}: expected the preprocessing of definition {definition}, "
            f"the registry states {model.definition}"
        )
    weights = _weights_here(model)
    session = open_session(weights.read(), threads=threads, cache=cache, shapes=shapes)
    return network(session, name=model.full_name, digest=weights.sha256)


def _weights_here(model: Model) -> WeightsFile:
    """Return the weights to use with the provider that is tried first.

    Raises:
        ModelError: the model is code alone.
    """
    if model.eight_bits is not None and available_providers()[0] is Provider.CPU:
        return model.eight_bits
    return model.weights_file()

"""Released models: the registry, ONNX Runtime sessions, the one preprocessing, the embedders."""

from models.change import ChangeEnsemble, ChangeNetwork
from models.descriptor import GoodsDescriptor
from models.discriminant import GoodsDiscriminant
from models.expectation import GoodsExpectation
from models.finder import EdgeNetwork
from models.goods import GoodsEmbedder, GoodsNetwork
from models.loading import (
    load_change_networks,
    load_checks,
    load_detector,
    load_discriminant,
    load_edges,
    load_embedder,
    load_goods_network,
    load_measures,
    load_normalisation,
    load_novelty,
    load_recogniser,
)
from models.loads import LoadNetwork
from models.normalisation import NormalisationNetwork
from models.novelty import ContainerStatistics
from models.preprocessing import ModelInput, to_model_input
from models.providers import Provider
from models.registry import Model, Registry, Runtime, load_registry
from models.session import InferenceSession, open_session

__all__ = [
    "ChangeEnsemble",
    "ChangeNetwork",
    "ContainerStatistics",
    "EdgeNetwork",
    "GoodsDescriptor",
    "GoodsDiscriminant",
    "GoodsEmbedder",
    "GoodsExpectation",
    "GoodsNetwork",
    "InferenceSession",
    "LoadNetwork",
    "Model",
    "ModelInput",
    "NormalisationNetwork",
    "Provider",
    "Registry",
    "Runtime",
    "load_change_networks",
    "load_checks",
    "load_detector",
    "load_discriminant",
    "load_edges",
    "load_embedder",
    "load_goods_network",
    "load_measures",
    "load_normalisation",
    "load_novelty",
    "load_recogniser",
    "load_registry",
    "open_session",
    "to_model_input",
]

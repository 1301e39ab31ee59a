"""How many pictures and pairs a second the networks judge here, and how near that is to the limit.

Every provider this runtime has is timed, one picture at a time and in batches, beside what the
textbook does with whole pairs. The limit is what the processor, or the provider's device,
multiplies in a large product of matrices, the work its arithmetic is best at.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterator

import numpy as np

from models import Model, Provider, load_checks, load_detector, load_registry, open_session
from models.binding import Tensor
from models.change import INPUTS as CHANGE_INPUTS
from models.change import SHAPES as CHANGE_SHAPES
from models.change_input import CHANNELS
from models.goods import INPUT, PLACE_COLUMNS
from models.goods import INPUTS as GOODS_INPUTS
from models.goods import SHAPES as GOODS_SHAPES
from models.providers import available_providers
from models.registry import DETECTOR, NETWORK
from models.session import InferenceSession
from riac.compare.working import ROWS
from riac.errors import ModelError
from riac.scan import Box
from training.evaluate.baseline import Features, baseline_change_score, structural_change_score
from training.evaluate.bench import Pair, compare_pair, decoded, display_pair
from training.evaluate.timing import Timing, repeated

GOODS_COLUMNS = 512
"""Of the goods network's input: a 40 ft interior, filled up."""
PAIR_COLUMNS = 320
"""Of the change network's input: a 40 ft container at the nominal speed."""
BATCHES = (1, 8, 32)
MATRIX = 2048
PRODUCTS = 16
"""One after the other on a device, so that what is copied to it does not count."""


def time_networks(*, repeats: int) -> Iterator[Timing]:
    """Time the networks alone, then whole pairs by RIAC and by the textbook."""
    for provider in available_providers():
        try:
            limit = _limit(provider, repeats=repeats)
        except ModelError as error:
            yield Timing(f"{provider.value} cannot be used", (), note=str(error))
            continue
        except ModuleNotFoundError:
            limit = float("nan")
        else:
            what = f"product of matrices, float32, {provider.value}"
            yield Timing(what, (limit,), unit="GFLOP/s")
        for name in (NETWORK, DETECTOR):
            yield from _one_network(
                load_registry().get(name), provider, limit=limit, repeats=repeats
            )
    yield from _whole_pairs(display_pair(), repeats=repeats)


def _one_network(
    model: Model, provider: Provider, *, limit: float, repeats: int
) -> Iterator[Timing]:
    """Time a network in each form in which it is used there."""
    forms = {"": model.weights_file()}
    if provider is Provider.CPU and model.eight_bits is not None:
        forms[" in eight bits"] = model.eight_bits
    goods = model.name == NETWORK
    what = "interiors" if goods else "pairs laid over themselves"
    work = model.figures.get("gflop_per_1000_columns", float("nan"))
    for form, weights in forms.items():
        session = open_session(
            weights.read(), providers=[provider], shapes=GOODS_SHAPES if goods else CHANGE_SHAPES
        )
        for batch in BATCHES:
            tensors, columns = _tensors(model.name, batch)
            rate = _rate(session, tensors, batch=batch, repeats=repeats)
            share = rate * work * columns / 1000 / limit
            told = f"{share:.0%} of the limit" if math.isfinite(share) else "limit not known"
            memory = ", page-locked memory" if session.page_locked else ""
            yield Timing(
                f"{model.name}{form}, {provider.value}, {what}, batches of {batch}",
                (rate,),
                unit="a second",
                note=told + memory,
            )


def _whole_pairs(pair: Pair, *, repeats: int) -> Iterator[Timing]:
    """Time reading and comparing; the textbook is told where the container is."""
    detector, checks = load_detector(), load_checks()
    ways = {
        "RIAC, both networks' share included": lambda: compare_pair(
            pair, detector=detector, checks=checks
        ),
        "SIFT and RANSAC": lambda: _baseline(pair, Features.SIFT),
        "ORB and RANSAC": lambda: _baseline(pair, Features.ORB),
        "structural similarity, not aligned": lambda: structural_change_score(
            decoded(pair.entry), decoded(pair.exit_)
        ),
    }
    for name, way in ways.items():
        seconds = repeated(way, repeats=max(2, repeats // 2))
        yield Timing(
            f"whole pairs of 2,000 x 800 px, {name}",
            tuple(1 / each for each in seconds),
            unit="a second",
        )


def _baseline(pair: Pair, features: Features) -> float:
    entry, leaving = decoded(pair.entry), decoded(pair.exit_)
    height, width = entry.shape
    box = Box(0, 0, width, height)
    return baseline_change_score(entry, leaving, container=box, features=features)


def _tensors(name: str, batch: int) -> tuple[dict[str, Tensor], int]:
    generator = np.random.default_rng(0)
    if name == NETWORK:
        shape = (batch, 1, INPUT.rows, GOODS_COLUMNS)
        places = GOODS_COLUMNS // PLACE_COLUMNS
        interiors = generator.random(shape, np.float32)
        cover = np.full((batch, 8, places), 1 / places, np.float32)
        return dict(zip(GOODS_INPUTS, (interiors, cover), strict=True)), GOODS_COLUMNS
    shape = (batch, len(CHANNELS), ROWS // 2, PAIR_COLUMNS)
    pairs, strengths = generator.random(shape, np.float32), np.full(batch, 5.0, np.float32)
    return dict(zip(CHANGE_INPUTS, (pairs, strengths), strict=True)), PAIR_COLUMNS


def _rate(
    session: InferenceSession, tensors: dict[str, Tensor], *, batch: int, repeats: int
) -> float:
    seconds = repeated(lambda: session.run(tensors), repeats=repeats, warm_up=2)
    return batch / statistics.median(seconds)


def _limit(provider: Provider, *, repeats: int) -> float:
    """Return the GFLOP/s of a large product of matrices: on all cores, or on a device.

    Raises:
        ModelError: the provider is built in, and does not work here.
    """
    generator = np.random.default_rng(0)
    if provider is Provider.CPU:
        one, other = (generator.random((MATRIX, MATRIX), np.float32) for _ in range(2))
        seconds = repeated(lambda: one @ other, repeats=max(3, repeats))
        return 2 * MATRIX**3 / statistics.median(seconds) / 1e9
    session = open_session(product_network(MATRIX, PRODUCTS), providers=[provider])
    if session.fell_back:
        raise ModelError(f"fell back to {session.provider}")
    tensors = {"level": np.ones(1, np.float32)}
    seconds = repeated(lambda: session.run(tensors), repeats=max(3, repeats), warm_up=2)
    return 2 * PRODUCTS * MATRIX**3 / statistics.median(seconds) / 1e9


def product_network(size: int, products: int) -> bytes:
    """Make a network that multiplies a constant matrix by another, so many times over.

    Its input is one level, which fills the first matrix on the device; its output the largest
    number of the last.
    """
    # Of the extra `train`, like all that makes networks: without it no device's limit is told.
    from onnx import TensorProto, helper, numpy_helper  # noqa: PLC0415

    factor = np.random.default_rng(0).random((size, size), np.float32) / np.float32(size)
    nodes = [helper.make_node("Expand", ["level", "shape"], ["product 0"])]
    nodes += [
        helper.make_node("MatMul", [f"product {number}", "factor"], [f"product {number + 1}"])
        for number in range(products)
    ]
    nodes.append(helper.make_node("ReduceMax", [f"product {products}"], ["most"], keepdims=0))
    graph = helper.make_graph(
        nodes,
        "products",
        [helper.make_tensor_value_info("level", TensorProto.FLOAT, [1])],
        [helper.make_tensor_value_info("most", TensorProto.FLOAT, [])],
        [
            numpy_helper.from_array(factor, "factor"),
            numpy_helper.from_array(np.array([size, size], np.int64), "shape"),
        ],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=10)
    return bytes(model.SerializeToString())

"""How many pictures and pairs a second the networks judge here, and how near that is to the limit.

Every provider this runtime has is timed, one picture at a time and in batches, beside what the
textbook does with whole pairs. The limit is what the processor multiplies in a large product of
matrices, the work its arithmetic is best at.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterator

import numpy as np

from models import Provider, load_detector, load_novelty, load_registry, open_session
from models.change import INPUTS as CHANGE_INPUTS
from models.change_input import CHANNELS
from models.goods import INPUT, PLACE_COLUMNS
from models.goods import INPUTS as GOODS_INPUTS
from models.registry import DETECTOR, NETWORK
from models.session import InferenceSession, Tensor, available_providers
from riac.compare.working import ROWS
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
LIMITED = Provider.CPU
"""The provider whose limit is measured."""


def time_networks(*, repeats: int) -> Iterator[Timing]:
    """Time the networks alone, then whole pairs by RIAC and by the textbook."""
    limit = _limit(repeats=repeats)
    yield Timing("product of matrices, float32, numpy", (limit,), unit="GFLOP/s")
    for provider in available_providers():
        for name in (NETWORK, DETECTOR):
            model = load_registry().get(name)
            session = open_session(model.weights(), providers=[provider])
            work = model.figures.get("gflop_per_1000_columns", float("nan"))
            for batch in BATCHES:
                tensors, columns = _tensors(name, batch)
                rate = _rate(session, tensors, batch=batch, repeats=repeats)
                share = rate * work * columns / 1000 / limit
                what = "interiors" if name == NETWORK else "pairs laid over themselves"
                yield Timing(
                    f"{model.name}, {provider.value}, {what}, batches of {batch}",
                    (rate,),
                    unit="a second",
                    note=f"{share:.0%} of the limit" if provider is LIMITED else "",
                )
    yield from _whole_pairs(display_pair(), repeats=repeats)


def _whole_pairs(pair: Pair, *, repeats: int) -> Iterator[Timing]:
    """Time reading and comparing; the textbook is told where the container is."""
    detector, novelty = load_detector(), load_novelty()
    ways = {
        "RIAC, both networks' share included": lambda: compare_pair(
            pair, detector=detector, novelty=novelty
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


def _limit(*, repeats: int) -> float:
    """Return the GFLOP/s of a large product of matrices on all cores."""
    generator = np.random.default_rng(0)
    one, other = (generator.random((MATRIX, MATRIX), np.float32) for _ in range(2))
    seconds = repeated(lambda: one @ other, repeats=max(3, repeats))
    return 2 * MATRIX**3 / statistics.median(seconds) / 1e9

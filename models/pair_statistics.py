"""The one preprocessing of pair judges: what is known of a pair laid over itself, in numbers.

Each change network judges place by place. Whether a whole load is another shows in how much of it
they doubt, where, how far it spreads, whether they agree, what it took to lay one over the other,
and how alike the two are as they were, before anything was bent.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from models.change_input import CHANNELS, ChangeInput
from models.doubt_statistics import DOUBT_NAMES, doubt_statistics
from models.fit_statistics import FIT_NAMES, ReducedFit, fit_statistics
from models.logits import logits
from riac.ports import ChangeJudgement
from riac.scan import Picture

DEFINITION: Final = 5
"""Raised with every change here: judges of another definition are refused."""
WINDOWS: Final = (1, 3, 5, 9, 15, 25)
"""Places, 4 cm each, each way, over which the greatest mean logit is looked for."""
QUANTILES: Final = (0.999, 0.997, 0.99, 0.97, 0.9, 0.7, 0.5)
"""Of the logits where something is seen."""
BOUNDS: Final = (0.1, 0.3, 0.5, 0.7)
"""Of the probability, above which shares of all places are counted."""
REACHED: Final = ((0.5, 0), (0.5, 1), (0.2, 0))
"""Bound of the probability, and the axis along which one place above it is enough."""
MEMBER_WINDOW: Final = 3
USUAL_COLUMNS: Final = 300.0
LEAST_STRENGTH: Final = 0.1
LEAST_UNLIKE: Final = 0.003
"""Of 1 less the cosine of two loads: added before the logarithm."""

NAMES: Final = (
    *FIT_NAMES,
    *DOUBT_NAMES,
    "ln_unlike",
    "seen",
    "ln_strength",
    "deviation",
    "oddness",
    "attenuation",
    "apart",
    "length",
    "offset",
    *(f"peak_{window}" for window in WINDOWS),
    "probability",
    *(f"logit_{quantile:g}" for quantile in QUANTILES),
    *(f"above_{bound:g}" for bound in BOUNDS),
    *(f"{('columns', 'rows')[axis]}_above_{bound:g}" for bound, axis in REACHED),
    *(f"{of}_{what}" for what in ("peak", "score") for of in ("least", "greatest", "mean")),
)
"""Of the statistics, in order; `mean_score`, the mean of the networks' logits, comes last."""

Statistics = NDArray[np.float32]
"""(len(NAMES),) float32."""


def pair_statistics(
    given: ChangeInput,
    told: Sequence[ChangeJudgement],
    *,
    strength: float,
    fit: ReducedFit,
    likeness: float,
) -> Statistics:
    """Return the statistics of one pair.

    Args:
        given: what the networks looked at.
        told: what each said, each way it was asked, in the networks' own resolution.
        strength: of the evidence found without a network.
        fit: what it took to lay the pair over itself.
        likeness: of both loads as they are, -1 to 1 (`LoadNetwork.likeness`).
    """
    of_each = [logits(each.probability) for each in told]
    mean: Picture = np.mean(of_each, axis=0)
    probability = np.asarray(1 / (1 + np.exp(-mean)), np.float32)
    seen = given[CHANNELS.index("visibility")] > 0
    rows, columns = mean.shape
    # Where nothing is seen at all, all places are asked.
    places = cv2.resize(seen.astype(np.float32), (columns, rows)) > 0.5
    where = places if places.any() else np.ones_like(places)
    scores = logits(np.array([each.score for each in told], np.float32))
    values = (
        *fit_statistics(fit),
        *doubt_statistics(given, probability),
        np.log(1 - likeness + LEAST_UNLIKE),
        seen.mean(),
        np.log(max(strength, LEAST_STRENGTH)),
        *_seen_means(given, seen),
        *(_peak(mean, window) for window in WINDOWS),
        probability[where].mean(),
        *np.quantile(mean[where], QUANTILES),
        *((probability > bound).mean() for bound in BOUNDS),
        *((probability.max(axis=axis) > bound).mean() for bound, axis in REACHED),
        *_spread([_peak(each, MEMBER_WINDOW) for each in of_each]),
        *_spread(scores),
    )
    return np.array(values, np.float32)


def _seen_means(given: ChangeInput, seen: NDArray[np.bool_]) -> tuple[float, ...]:
    """Return `deviation` to `offset`: means where something is seen, and the length."""
    before, after, deviation, oddness, _ = given
    length = given.shape[2] / USUAL_COLUMNS
    if not seen.any():
        return 0.0, 0.0, 1.0, 0.0, length, 0.0
    share = seen.astype(np.float32) / np.float32(seen.sum())

    def mean(plane: Picture) -> float:
        return float((plane * share).sum())

    return (
        mean(np.abs(deviation)),
        mean(oddness),
        (mean(before) + mean(after)) / 2,
        mean(np.abs(before - after)),
        length,
        abs(mean(deviation)),
    )


def _peak(picture: Picture, window: int) -> float:
    return float(cv2.blur(picture, (window, window), borderType=cv2.BORDER_REFLECT).max())


def _spread(values: Sequence[float] | NDArray[np.float32]) -> tuple[float, float, float]:
    return float(np.min(values)), float(np.max(values)), float(np.mean(values))

"""How unlike a picture is to all the models were fitted on, so that nobody trusts them blindly.

Radiographs of containers share how strongly they vary at each scale and in each direction, how
rarely they jump, where they are bright. These statistics of the whole container frame, not of its
goods, form one Gaussian over simulated scans; a picture's Mahalanobis distance from it is its
novelty. (The idea of natural scene statistics: Mittal, Soundararajan and Bovik, "Making a
'completely blind' image quality analyzer", IEEE Signal Processing Letters 20(3), 2013.) Features
of the networks were tried first: they are made to overlook what differs, and overlook this too.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import cv2
import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field

from models.json_weights import JsonWeights, read_weights
from models.measures import Measure
from riac.compiled import compiled
from riac.errors import ModelError
from riac.scan import Picture

DEFINITION = 1
"""Raised with every change of the statistics: weights of another definition are refused."""
ROWS, COLUMNS = 192, 806
"""Every container frame is brought to this size: the proportions of one of 40 ft, outside."""
OCTAVES = 4
SMOOTHING_PX = 1.2
"""What a Gaussian of this standard deviation takes away is the detail of an octave."""
LEAST = 1e-4
"""Of a variation, before its logarithm."""
MOST_SKEW = 3.0
LEVELS = (0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99)
"""Quantiles of transmission."""
BANDS = (0.0, 0.03, 0.08, 0.3, 0.6, 0.88, 0.95, 1.0)
"""Of the height, from the roof: rail, sheet, hold, floor, trailer."""
ENDS = (0.0, 0.015, 0.04, 0.1)
"""Of the length, from either end: posts, doors, hold."""
GREYS = 128
"""Levels among which the entropy is taken."""
FURTHEST = 8.0
"""Standard deviations: a single statistic counts no more."""

Values = NDArray[np.float64]
"""(..., statistics)."""


class Gaussian(BaseModel):
    """How the statistics of known pictures are spread."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    mean: tuple[float, ...]
    deviation: tuple[float, ...]
    precision: tuple[tuple[float, ...], ...]
    """Inverse of the correlations, (statistics, statistics)."""
    bound: float = Field(gt=0)
    """The distance beyond which a picture is unlike them."""

    def fits(self, count: int) -> bool:
        """Whether it is one of so many statistics."""
        rows = (self.mean, self.deviation, *self.precision)
        sizes = {len(self.precision), *(len(row) for row in rows)}
        return sizes == {count} and min(self.deviation) > 0

    def distance(self, values: Values) -> float:
        """Return how far statistics are from it, in bounds."""
        mean, deviation = np.array(self.mean), np.array(self.deviation)
        placed = standardised(values, mean=mean, deviation=deviation)
        return float(distances(placed[None], np.array(self.precision))[0] / self.bound)


class NoveltyWeights(JsonWeights):
    """The weights file (JSON)."""

    names: tuple[str, ...] = Field(min_length=1)
    located: Gaussian
    """Of containers found in pictures of whole vehicles."""
    cropped: Gaussian
    """Of pictures cropped to their container by hand, which show more or less of what is around."""


class ContainerStatistics:
    """Tells how unlike a container is to simulated ones; behind `riac.ports.NoveltyDetector`."""

    def __init__(self, weights: bytes) -> None:
        """Read the weights file.

        Raises:
            ModelError: they are damaged, or not those of this code's definition.
        """
        self._digest = hashlib.sha256(weights).hexdigest()
        stated = read_weights(NoveltyWeights, weights, definition=DEFINITION, of="novelty detector")
        made = tuple(each.name for each in measure(np.zeros((ROWS, COLUMNS), np.float32)))
        fit = all(each.fits(len(made)) for each in (stated.located, stated.cropped))
        if made != stated.names or not fit:
            raise ModelError("the novelty detector's weights do not fit its statistics")
        self._located, self._cropped = stated.located, stated.cropped

    @property
    def name(self) -> str:
        """Name and version."""
        return f"novelty-detector-{DEFINITION}"

    @property
    def digest(self) -> str:
        """SHA-256 of the weights, which name the definition they belong to."""
        return self._digest

    @property
    def runs_on(self) -> str:
        """What computes it."""
        return "numpy"

    def novelty(self, container: Picture, *, cropped: bool = False) -> float:
        """Return the distance of a container from simulated ones: 0, as all; above 1, unlike them.

        Args:
            container: (rows, columns) float32, transmission, 0 to 1, the container frame.
            cropped: the picture was cropped to its container by hand.

        Raises:
            ModelError: the picture is empty, or holds no numbers.
        """
        if container.ndim != 2 or min(container.shape) < 2 or not np.isfinite(container).all():
            raise ModelError(f"expected a container of finite (rows, columns), {container.shape}")
        values = np.array([each.value for each in measure(container)])
        return (self._cropped if cropped else self._located).distance(values)


def measure(container: Picture) -> tuple[Measure, ...]:
    """Measure a container frame; names and order never depend on the picture."""
    frame = cv2.resize(container.astype(np.float32), (COLUMNS, ROWS), interpolation=cv2.INTER_AREA)
    return (*_octaves(frame), *_levels(frame), *_layout(frame))


def standardised(values: Values, *, mean: Values, deviation: Values) -> Values:
    """Bring statistics to standard deviations from their mean, none further than `FURTHEST`."""
    return np.asarray(np.clip((values - mean) / deviation, -FURTHEST, FURTHEST))


def distances(placed: Values, precision: Values) -> Values:
    """Return the root mean Mahalanobis distance of each of (pictures, statistics)."""
    squared = np.einsum("ij,jk,ik->i", placed, precision, placed)
    return np.asarray(np.sqrt(squared / placed.shape[1]))


def _octaves(frame: Picture) -> Iterator[Measure]:
    """Say how strongly detail varies, in which direction and how rarely, octave by octave."""
    for octave in range(OCTAVES):
        low = cv2.GaussianBlur(frame, (0, 0), SMOOTHING_PX)
        detail = frame - low
        (first, second, third, fourth), (along, across) = _sums(frame, detail)
        spread = float(np.sqrt(max(second - first * first, 0.0))) + LEAST
        thinned = np.sort(np.abs(detail[::2, ::2]), axis=None)
        typical = float(thinned[thinned.size // 2]) + 10 * LEAST
        numbers = {
            "along": np.log(along + LEAST),
            "across": np.log(across + LEAST),
            "spread": np.log(spread),
            "skew": np.clip(third / spread**3, -MOST_SKEW, MOST_SKEW),
            "tails": np.log(fourth / spread**4 + 1),
            "typical": np.log(typical) - np.log(spread),
        }
        for name, value in numbers.items():
            yield Measure(f"octave {octave} {name}", float(value))
        frame = cv2.pyrDown(low)


@compiled
def _sums(
    frame: Picture, detail: Picture
) -> tuple[tuple[float, float, float, float], tuple[float, float]]:  # pragma: no cover - compiled
    """Return the mean powers of detail, one to four, and the mean steps along and across."""
    rows, columns = frame.shape
    moments = np.zeros(4)
    along = across = 0.0
    for y in range(rows):
        one, two, three, four, beside, below = 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
        here, fine = frame[y], detail[y]
        under = frame[min(y + 1, rows - 1)]
        for x in range(columns):
            value = float(fine[x])
            squared = value * value
            one += value
            two += squared
            three += squared * value
            four += squared * squared
            below += abs(float(under[x]) - float(here[x]))
        for x in range(columns - 1):
            beside += abs(float(here[x + 1]) - float(here[x]))
        moments += np.array([one, two, three, four])
        along += beside
        across += below
    moments /= rows * columns
    steps = (along / (rows * max(columns - 1, 1)), across / (max(rows - 1, 1) * columns))
    return (moments[0], moments[1], moments[2], moments[3]), steps


def _levels(frame: Picture) -> Iterator[Measure]:
    ordered = np.sort(frame[::2, ::2], axis=None)
    for quantile in LEVELS:
        yield Measure(f"level {quantile}", float(ordered[round(quantile * (ordered.size - 1))]))
    greys = (np.clip(ordered, 0, 1) * (GREYS - 1)).astype(np.uint8)
    shares = np.bincount(greys, minlength=GREYS) / greys.size
    held = shares[shares > 0]
    yield Measure("entropy of levels", float(-(held * np.log(held)).sum()))


def _layout(frame: Picture) -> Iterator[Measure]:
    """Say how bright it is at which height, and at its ends."""
    rows, columns = frame.mean(axis=1), frame.mean(axis=0)
    ends = (columns + columns[::-1]) / 2
    for name, profile, edges in (("height", rows, BANDS), ("end", ends, ENDS)):
        places = np.rint(np.array(edges) * len(profile)).astype(int).tolist()
        for edge, start, stop in zip(edges, places[:-1], places[1:], strict=False):
            yield Measure(f"{name} from {edge}", float(profile[start:stop].mean()))

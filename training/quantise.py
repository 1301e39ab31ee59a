"""Quantise an exported change network to eight bits, and tell what that costs.

    python -m training.quantise change-network.onnx change-network-int8.onnx --pairs pairs

Weights and activations of the convolutions become whole numbers of eight bits; their ranges are
taken from pairs of the training set. On the pairs held out both networks are then asked: where
the quantised one tells changes worse than `MOST_LOST`, no file is left. Weights keep to seven of
their bits, as processors without instructions of their own for it (AVX2) saturate beyond.

Jacob et al., "Quantization and training of neural networks for efficient integer-arithmetic-only
inference", CVPR 2018.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from onnxruntime.quantization import (
    CalibrationDataReader,
    QuantFormat,
    QuantType,
    quant_pre_process,
    quantize_static,
)

from models.binding import Tensor
from models.change import ChangeNetwork, to_tensors
from models.session import open_session
from training.datasets.changes import PairSample
from training.evaluate.figure import auroc
from training.train_change import read_pairs

CALIBRATED_ON = 48
"""Pairs."""
MEASURED_ON = 1000
"""Pairs at most."""
MOST_LOST = 1e-3
"""AUROC."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What is lost and won on pairs held out."""

    auroc: tuple[float, float]
    """Of visible changes against honest pairs: before, after."""
    off: tuple[float, float]
    """How far scores are from those before: on average, at most."""
    seconds: tuple[float, float]
    """For a pair, on one core: before, after."""

    @property
    def lost(self) -> float:
        """Of AUROC."""
        return self.auroc[0] - self.auroc[1]


class _Cases(CalibrationDataReader):  # type: ignore[misc]
    """Hands out pairs one by one."""

    def __init__(self, samples: Sequence[PairSample]) -> None:
        self._cases: Iterator[Mapping[str, Tensor]] = map(_case, samples)

    def get_next(self) -> Mapping[str, Tensor] | None:
        return next(self._cases, None)


def quantise(weights: bytes, calibration: Sequence[PairSample]) -> bytes:
    """Return an ONNX file whose convolutions calculate in eight bits.

    Args:
        weights: an ONNX file of `training.export change`.
        calibration: pairs like those it will be asked about.
    """
    with tempfile.TemporaryDirectory() as folder:
        given, prepared, quantised = (Path(folder) / f"{n}.onnx" for n in ("float", "ready", "8"))
        given.write_bytes(weights)
        quant_pre_process(given, prepared, skip_symbolic_shape=True)
        quantize_static(
            prepared,
            quantised,
            _Cases(calibration),
            quant_format=QuantFormat.QDQ,
            op_types_to_quantize=["Conv"],
            per_channel=True,
            reduce_range=True,
            activation_type=QuantType.QUInt8,
            weight_type=QuantType.QInt8,
        )
        return quantised.read_bytes()


def measure(before: bytes, after: bytes, samples: Sequence[PairSample]) -> Cost:
    """Ask both networks of pairs, among which are honest ones and visible changes."""
    asked = [each for each in samples if each.visible or not each.tampered]
    (first, slow), (second, fast) = (_scores(each, asked) for each in (before, after))
    changed = np.array([each.tampered for each in asked])
    off = np.abs(first - second)
    return Cost(
        auroc=(_auroc(first, changed), _auroc(second, changed)),
        off=(float(off.mean()), float(off.max())),
        seconds=(slow, fast),
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Quantise; returns the exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m training.quantise",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("network", type=Path, help="ONNX file of training.export change")
    parser.add_argument("file", type=Path, help="where to write the quantised one")
    parser.add_argument("--pairs", type=Path, nargs="+", required=True, help="it was trained on")
    given = parser.parse_args(arguments)
    weights = given.network.read_bytes()
    try:
        train, held_out = read_pairs(*given.pairs)
    except ValueError as error:
        parser.error(str(error))
    quantised = quantise(weights, _some(train, CALIBRATED_ON))
    cost = measure(weights, quantised, _some(held_out, MEASURED_ON))
    sys.stdout.write(
        f"AUROC {cost.auroc[0]:.4f}, in eight bits {cost.auroc[1]:.4f}\n"
        f"scores differ by {cost.off[0]:.4f}, at most {cost.off[1]:.3f}\n"
        f"{1e3 * cost.seconds[0]:.0f} ms a pair, in eight bits {1e3 * cost.seconds[1]:.0f} ms\n"
        f"{len(weights) / 1e6:.2f} MB, in eight bits {len(quantised) / 1e6:.2f} MB\n"
    )
    # Pairs that are all honest, or all changed, tell nothing (NaN): nor is a file left then.
    if not cost.lost <= MOST_LOST:
        sys.stderr.write(f"eight bits cost {cost.lost:.4f} of AUROC: nothing written\n")
        return 1
    given.file.write_bytes(quantised)
    sys.stdout.write(f"{hashlib.sha256(quantised).hexdigest()}\n")
    return 0


def _some(samples: Sequence[PairSample], count: int) -> Sequence[PairSample]:
    """Return so many, from all over: those of one task are much alike."""
    places = np.linspace(0, len(samples) - 1, min(count, len(samples))).round().astype(int)
    return [samples[place] for place in places]


def _case(sample: PairSample) -> dict[str, Tensor]:
    return to_tensors(sample.inputs.astype(np.float32), strength=sample.strength)


def _scores(weights: bytes, samples: Sequence[PairSample]) -> tuple[Tensor, float]:
    network = ChangeNetwork(open_session(weights, threads=1), name="asked", digest="")
    _score(network, samples[0])
    started = time.perf_counter()
    scores = [_score(network, each) for each in samples]
    return np.array(scores), (time.perf_counter() - started) / len(samples)


def _score(network: ChangeNetwork, sample: PairSample) -> float:
    inputs = [sample.inputs.astype(np.float32)]
    (told,) = network.tell(inputs, strengths=[sample.strength])
    return told.score


def _auroc(scores: Tensor, changed: Tensor) -> float:
    return auroc(scores[changed].tolist(), scores[~changed].tolist())


if __name__ == "__main__":
    raise SystemExit(main())

"""Export a trained change network to ONNX, with parity against torch, and print its digest.

    python -m training.export change/best.pt models/weights/change-network-1.onnx --pairs pairs

The exported network takes the pair and the strength of the evidence found without it, and joins
both by a logistic regression on the pairs held out of training: a network may not have seen what
the evidence shows plainly.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray

from models.change import INPUTS, ChangeNetwork
from models.change_input import CHANNELS, MULTIPLE
from models.session import open_session
from training.datasets.pairs import KINDS, PairSample
from training.networks.change import ChangeNet, Released
from training.train_change import pair_logit, read_pairs

OPSET = 18
ROWS = 128
"""Of the network's input: half of the working picture's."""
TOLERANCE = 1e-3
"""Of probabilities, torch against ONNX Runtime."""
MISS_WEIGHT = 2.0
"""A change that is missed counts as much as so many honest pairs referred: fail to refer."""
RIDGE = 1e-2
"""Of the regression: with few pairs its weights stay finite."""


@dataclass(frozen=True, slots=True)
class Joining:
    """How network and evidence are joined: logit = bias + network n + evidence ln(strength)."""

    bias: float
    network: float
    evidence: float


def fit_joining(
    logits: NDArray[np.float64], strengths: NDArray[np.float64], changed: NDArray[np.bool_]
) -> Joining:
    """Fit by iteratively reweighted least squares.

    All changed pairs together weigh `MISS_WEIGHT` times all honest ones.

    Args:
        logits: (N,) of the network.
        strengths: (N,) of the evidence.
        changed: (N,) the truth.
    """
    terms = np.stack([np.ones(len(logits)), logits, np.log(np.maximum(strengths, 0.1))], axis=1)
    share = np.where(changed, MISS_WEIGHT / changed.sum(), 1 / (~changed).sum())
    share *= 0.5 * len(changed)
    weights = np.zeros(3)
    for _ in range(50):
        told = 1 / (1 + np.exp(-np.clip(terms @ weights, -30, 30)))
        curvature = share * np.maximum(told * (1 - told), 1e-6)
        hessian = (terms * curvature[:, None]).T @ terms + RIDGE * np.eye(3)
        slope = terms.T @ (share * (told - changed)) + RIDGE * weights
        weights = weights - np.linalg.solve(hessian, slope)
    return Joining(*(float(each) for each in weights))


def export(network: ChangeNet, joining: Joining, path: Path) -> None:
    """Write the network; columns are free, rows are those of the working picture."""
    released = Released(network, (joining.bias, joining.network, joining.evidence)).eval()
    example = (torch.zeros(1, len(CHANNELS), ROWS, 16 * MULTIPLE), torch.ones(1))
    columns = torch.export.Dim("columns", min=1, max=128)
    program = torch.onnx.export(
        released,
        example,
        input_names=list(INPUTS),
        output_names=["probability", "score"],
        dynamic_shapes={"pair": {3: MULTIPLE * columns}, "strength": None},
        opset_version=OPSET,
        dynamo=True,
    )
    assert program is not None
    model = program.model_proto
    onnx.checker.check_model(model)
    path.write_bytes(model.SerializeToString())


def parity(network: ChangeNet, joining: Joining, weights: bytes) -> float:
    """Return the greatest difference of probabilities, torch against ONNX Runtime."""
    released = Released(network, (joining.bias, joining.network, joining.evidence)).eval()
    session = open_session(weights)
    ChangeNetwork(session, name="exported", digest="")
    generator = np.random.default_rng(0)
    most = 0.0
    for columns in (MULTIPLE, 15 * MULTIPLE, 40 * MULTIPLE):
        pair = generator.uniform(-1, 1, (1, len(CHANNELS), ROWS, columns)).astype(np.float32)
        strength = np.array([7.0], np.float32)
        with torch.no_grad():
            wanted = released(torch.from_numpy(pair), torch.from_numpy(strength))
        found = session.run({"pair": pair, "strength": strength})
        for one, other in zip(wanted, found, strict=True):
            most = max(most, float(np.abs(one.numpy() - other).max()))
    return most


def main(arguments: Sequence[str] | None = None) -> int:
    """Export; returns the exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m training.export",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("weights", type=Path, help="best.pt of training.train_change")
    parser.add_argument("file", type=Path, help="where to write the ONNX file")
    parser.add_argument("--pairs", type=Path, required=True, help="those it was trained on")
    given = parser.parse_args(arguments)
    network = ChangeNet(channels=len(CHANNELS), kinds=len(KINDS))
    network.load_state_dict(torch.load(given.weights, weights_only=True, map_location="cpu"))
    network.eval()
    _, held_out = read_pairs(given.pairs)
    joining = _joined(network, held_out)
    export(network, joining, given.file)
    content = given.file.read_bytes()
    difference = parity(network, joining, content)
    if difference > TOLERANCE:
        sys.stderr.write(f"torch and ONNX Runtime differ by {difference:.2g}\n")
        return 1
    sys.stdout.write(
        f"{joining}\nparity {difference:.2g}, {len(content) / 1e6:.2f} MB\n"
        f"{hashlib.sha256(content).hexdigest()}\n"
    )
    return 0


def _joined(network: ChangeNet, held_out: Sequence[PairSample]) -> Joining:
    judged = [each for each in held_out if each.visible or not each.tampered]
    device = torch.device("cpu")
    return fit_joining(
        np.array([pair_logit(network, each, device) for each in judged]),
        np.array([each.strength for each in judged]),
        np.array([each.tampered for each in judged]),
    )


if __name__ == "__main__":
    raise SystemExit(main())

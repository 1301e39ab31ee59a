"""Export a trained network to ONNX, with parity against torch, and print its digest.

    python -m training.export change change/best.pt models/weights/change-network-3.onnx \\
        --pairs pairs
    python -m training.export goods goods/best.pt models/weights/goods-network-3.onnx
    python -m training.export goods models/weights/goods-network-2.onnx again.onnx
    python -m training.export loads loads/best.pt models/weights/load-network-1.onnx
    python -m training.export finder finder/best.pt models/weights/container-finder-1.onnx
    python -m training.export normalisation checker/best.pt \\
        models/weights/normalisation-checker-1.onnx
    python -m training.export judge judge/best.pt models/weights/pair-judge-7.onnx
    python -m training.export discriminant discriminant/best.pt \\
        models/weights/goods-discriminant-2.onnx

The exported change network takes the pair and the strength of the evidence found without it, and
joins both by a logistic regression on the pairs held out of training: a network may not have seen
what the evidence shows plainly. The other networks are exported as they were trained. A released
goods network is exported again where it is to hand out something else than it did.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from torch import nn

from models import change, discriminant, finder, goods, judge, load_measures, loads, normalisation
from models.binding import Tensor
from models.change_input import CHANNELS
from models.change_input import MULTIPLE as CHANGE_MULTIPLE
from models.edge_strips import ACROSS, ALONG, EDGES
from models.edge_strips import CHANNELS as STRIP_CHANNELS
from models.pair_statistics import NAMES as STATISTICS
from models.row_steps import CHANNELS as STEP_CHANNELS
from models.row_steps import STRIPS
from models.session import InferenceSession, open_session
from training.datasets.changes import KINDS, PairSample
from training.networks import change as change_network
from training.networks.change import ChangeNet, Released
from training.networks.discriminant import DiscriminantNet
from training.networks.finder import EdgeNet
from training.networks.goods import ROWS, SHRINKS, GoodsNet
from training.networks.judge import JudgeNet
from training.networks.loads import LoadNet
from training.networks.normalisation import NormalisationNet
from training.released import begin_with
from training.train_change import pair_logit, read_pairs

OPSET = 18
TOLERANCE = 1e-3
"""Of probabilities and of vectors, torch against ONNX Runtime."""
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


def export_change(network: ChangeNet, joining: Joining, path: Path) -> float:
    """Write the network, pairs and columns free; return the parity of its probabilities."""
    released = Released(network, (joining.bias, joining.network, joining.evidence)).eval()
    pairs = torch.export.Dim("pairs", min=1, max=64)
    columns = torch.export.Dim("columns", min=1, max=128)
    _write(
        released,
        (torch.zeros(2, len(CHANNELS), change_network.ROWS, 16 * CHANGE_MULTIPLE), torch.ones(2)),
        path,
        inputs=change.INPUTS,
        outputs=("probability", "score"),
        shapes={"pair": {0: pairs, 3: CHANGE_MULTIPLE * columns}, "strength": {0: pairs}},
    )
    session = open_session(path.read_bytes())
    change.ChangeNetwork(session, name="exported", digest="")
    generator = np.random.default_rng(0)
    cases = []
    for count, wide in ((1, 1), (1, 40), (4, 15)):
        size = (count, len(CHANNELS), change_network.ROWS, wide * CHANGE_MULTIPLE)
        pair = generator.uniform(-1, 1, size).astype(np.float32)
        strength = generator.uniform(1, 20, count).astype(np.float32)
        cases.append({"pair": pair, "strength": strength})
    return _parity(released, session, cases)


def export_goods(network: GoodsNet, path: Path) -> float:
    """Write the network; pictures, columns and regions are free. Return the parity."""
    network = network.eval()
    pictures, columns, regions = (
        torch.export.Dim(name, min=1, max=64) for name in ("pictures", "columns", "regions")
    )
    examples = (torch.zeros(2, 1, ROWS, 12 * SHRINKS), torch.full((2, 3, 12), 1 / 12))
    _write(
        network,
        examples,
        path,
        inputs=goods.INPUTS,
        outputs=("seen", "goods", "load"),
        shapes={
            "attenuation": {0: pictures, 3: SHRINKS * columns},
            "cover": {0: pictures, 1: regions, 2: columns},
        },
    )
    session = open_session(path.read_bytes())
    goods.GoodsNetwork(session, name="exported", digest="")
    generator = np.random.default_rng(0)
    cases = []
    for count, places in ((1, 8), (1, 40), (3, 16)):
        size = (count, 1, ROWS, SHRINKS * places)
        attenuation = generator.uniform(0, 1, size).astype(np.float32)
        cover = generator.dirichlet(np.ones(places), (count, 5)).astype(np.float32)
        cases.append({"attenuation": attenuation, "cover": cover})
    return _parity(network, session, cases)


def export_loads(network: LoadNet, path: Path) -> float:
    """Write the network; pictures and columns are free. Return the parity."""
    network = network.eval()
    pictures, columns = (torch.export.Dim(name, min=1, max=64) for name in ("pictures", "columns"))
    regions, rows, place = 1 + loads.PARTS, loads.INPUT.rows, loads.PLACE_COLUMNS
    _write(
        network,
        (torch.zeros(2, 1, rows, 12 * place), torch.full((2, regions, 12), 1 / 12)),
        path,
        inputs=loads.INPUTS,
        outputs=("load",),
        shapes={
            "attenuation": {0: pictures, 3: place * columns},
            "cover": {0: pictures, 2: columns},
        },
    )
    session = open_session(path.read_bytes())
    loads.LoadNetwork(session, name="exported", digest="")
    generator = np.random.default_rng(0)
    cases = []
    for count, places in ((1, 8), (1, 40), (3, 16)):
        attenuation = generator.uniform(0, 1, (count, 1, rows, place * places)).astype(np.float32)
        cover = loads.windows(place * places - 40, places=places)
        cases.append({"attenuation": attenuation, "cover": np.stack([cover] * count)})
    return _parity(network, session, cases)


def export_finder(network: EdgeNet, path: Path) -> float:
    """Write the network, one container at a time or several. Return the parity."""
    network = network.eval()
    containers = torch.export.Dim("containers", min=1, max=64)
    size = (len(EDGES), len(STRIP_CHANNELS), ACROSS, ALONG)
    _write(
        network,
        (torch.zeros(2, *size),),
        path,
        inputs=finder.INPUTS,
        outputs=("edges", "deviations"),
        shapes={"strips": {0: containers}},
    )
    session = open_session(path.read_bytes())
    finder.EdgeNetwork(session, name="exported", digest="")
    generator = np.random.default_rng(0)
    cases = [
        {"strips": generator.uniform(0, 1, (count, *size)).astype(np.float32)} for count in (1, 3)
    ]
    return _parity(network, session, cases)


def export_normalisation(network: NormalisationNet, path: Path) -> float:
    """Write the network; pictures and rows are free. Return the parity."""
    network = network.eval()
    pictures = torch.export.Dim("pictures", min=1, max=64)
    rows = torch.export.Dim("rows", min=8, max=65536)
    _write(
        network,
        (torch.zeros(2, STEP_CHANNELS, STRIPS, 200),),
        path,
        inputs=normalisation.INPUTS,
        outputs=("rows", "pictures"),
        shapes={"steps": {0: pictures, 3: rows}},
    )
    session = open_session(path.read_bytes())
    normalisation.NormalisationNetwork(session, name="exported", digest="")
    generator = np.random.default_rng(0)
    cases = [
        {"steps": generator.uniform(0, 1, (count, STEP_CHANNELS, STRIPS, high)).astype(np.float32)}
        for count, high in ((1, 300), (3, 901))
    ]
    return _parity(network, session, cases)


def export_judge(network: JudgeNet, path: Path) -> float:
    """Write the network; pairs are free. Return the parity."""
    network = network.eval()
    pairs = torch.export.Dim("pairs", min=1, max=64)
    _write(
        network,
        (torch.zeros(2, len(STATISTICS)),),
        path,
        inputs=judge.INPUTS,
        outputs=("score",),
        shapes={"statistics": {0: pairs}},
    )
    session = open_session(path.read_bytes())
    judge.PairJudge(session, name="exported", digest="")
    generator = np.random.default_rng(0)
    cases = [
        {"statistics": generator.uniform(-5, 5, (count, len(STATISTICS))).astype(np.float32)}
        for count in (1, 3)
    ]
    return _parity(network, session, cases)


def export_discriminant(network: DiscriminantNet, path: Path) -> float:
    """Write the network; pictures are free. Return the parity."""
    network = network.eval()
    pictures = torch.export.Dim("pictures", min=1, max=4096)
    sizes = (network.numbers, len(network.centre) - network.numbers)
    _write(
        network,
        tuple(torch.zeros(2, size) for size in sizes),
        path,
        inputs=discriminant.INPUTS,
        outputs=discriminant.OUTPUTS,
        shapes={name: {0: pictures} for name in discriminant.INPUTS},
    )
    session = open_session(path.read_bytes())
    discriminant.GoodsDiscriminant(session, name="exported", digest="")
    generator = np.random.default_rng(0)
    cases = [
        {
            name: generator.uniform(0, 1, (count, size)).astype(np.float32)
            for name, size in zip(discriminant.INPUTS, sizes, strict=True)
        }
        for count in (1, 3)
    ]
    return _parity(network, session, cases)


def _discriminant() -> DiscriminantNet:
    return DiscriminantNet(numbers=sum(goods.SEEN), measures=load_measures().measures)


def _write(
    network: nn.Module,
    examples: tuple[torch.Tensor, ...],
    path: Path,
    *,
    inputs: Sequence[str],
    outputs: Sequence[str],
    shapes: Mapping[str, Any],
) -> None:
    with warnings.catch_warnings():
        # One axis may be that of two inputs: the exporter remarks that it names it once.
        warnings.filterwarnings("ignore", message="# The axis name", category=UserWarning)
        program = torch.onnx.export(
            network,
            examples,
            input_names=list(inputs),
            output_names=list(outputs),
            dynamic_shapes=dict(shapes),
            opset_version=OPSET,
            dynamo=True,
        )
    assert program is not None
    model = program.model_proto
    onnx.checker.check_model(model)
    path.write_bytes(model.SerializeToString())


def _parity(
    network: nn.Module, session: InferenceSession, cases: Sequence[Mapping[str, Tensor]]
) -> float:
    """Return the greatest difference, torch against ONNX Runtime."""
    most = 0.0
    for case in cases:
        with torch.no_grad():
            wanted = network(*(torch.from_numpy(each) for each in case.values()))
        given = session.run(case)
        for one, other in zip(wanted if len(given) > 1 else (wanted,), given, strict=True):
            most = max(most, float(np.abs(one.numpy() - other).max()))
    return most


AS_TRAINED: Mapping[str, tuple[Callable[[], nn.Module], Callable[[Any, Path], float]]] = {
    "goods": (GoodsNet, export_goods),
    "loads": (LoadNet, export_loads),
    "finder": (EdgeNet, export_finder),
    "normalisation": (NormalisationNet, export_normalisation),
    "judge": (JudgeNet, export_judge),
    "discriminant": (_discriminant, export_discriminant),
}
"""Networks that are exported as they were trained: how one is made, and exported."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Export; returns the exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m training.export",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    kinds = parser.add_subparsers(dest="kind", required=True)
    for kind in ("change", *AS_TRAINED):
        each = kinds.add_parser(kind, help=f"a network of training.train_{kind}")
        each.add_argument("weights", type=Path, help="its best.pt; for goods, a released .onnx too")
        each.add_argument("file", type=Path, help="where to write the ONNX file")
        if kind == "change":
            each.add_argument(
                "--pairs", type=Path, nargs="+", required=True, help="it was trained on"
            )
    given = parser.parse_args(arguments)
    if given.kind == "change":
        network = ChangeNet(channels=len(CHANNELS), kinds=len(KINDS))
        network.load_state_dict(_state(given.weights))
        network.eval()
        joining = _joined(network, read_pairs(*given.pairs)[1])
        sys.stdout.write(f"{joining}\n")
        difference = export_change(network, joining, given.file)
    elif given.kind == "goods" and given.weights.suffix == ".onnx":
        difference = export_goods(_released_goods(given.weights), given.file)
    else:
        made, export = AS_TRAINED[given.kind]
        trained = made()
        trained.load_state_dict(_state(given.weights))
        difference = export(trained, given.file)
    if difference > TOLERANCE:
        sys.stderr.write(f"torch and ONNX Runtime differ by {difference:.2g}\n")
        return 1
    content = given.file.read_bytes()
    sys.stdout.write(
        f"parity {difference:.2g}, {len(content) / 1e6:.2f} MB\n"
        f"{hashlib.sha256(content).hexdigest()}\n"
    )
    return 0


def _state(path: Path) -> dict[str, Any]:
    state: dict[str, Any] = torch.load(path, weights_only=True, map_location="cpu")
    return state


def _released_goods(path: Path) -> GoodsNet:
    """Return a released network as it was trained, but for normalisations it does not need."""
    network = GoodsNet()
    noise = torch.rand((4, 1, ROWS, 12 * SHRINKS), generator=torch.Generator().manual_seed(0))
    begin_with(path, network, inputs=(noise,), through=network.places)
    return network


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

"""Training weights out of a released ONNX file: where to go on from without the one who trained.

An exported network has its normalisations folded into its convolutions. Unfolded, each gets the
statistics that its convolution has on some inputs, and takes them out again: in service nothing
changes, and training finds its layers normalised.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import islice, pairwise
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import nn

STATISTICS_BATCHES = 12
"""Batches are enough to say how the inputs of each layer are spread."""


def begin_with(
    path: Path,
    network: nn.Module,
    *,
    inputs: Iterable[torch.Tensor],
    through: Callable[[torch.Tensor], object],
) -> None:
    """Give a network the weights of a `best.pt`, or of a released `.onnx` file.

    Parts that the file does not have stay as they were made.

    Args:
        path: of the weights.
        network: of the architecture they are of.
        inputs: batches as in training; some are looked at where the file is ONNX.
        through: takes a batch through all of the network's convolutions.

    Raises:
        ValueError: the file is of another network.
    """
    if path.suffix != ".onnx":
        stored = torch.load(path, weights_only=True)
        others = network.load_state_dict(stored, strict=False).unexpected_keys
        if others:
            raise ValueError(f"{path}: {others[0]} is no part of this network")
        return
    biases = _fill(network, path)
    norms: dict[nn.Module, nn.BatchNorm2d] = {}
    for name, (convolution, norm) in _normalised(network).items():
        if name in biases:
            _leave_only(norm, biases[name])
            norms[convolution] = norm
    _take_statistics(network, norms, islice(inputs, STATISTICS_BATCHES), through)


def _fill(network: nn.Module, path: Path) -> dict[str, torch.Tensor]:
    """Copy what the file holds; return the biases of convolutions that have none of their own."""
    graph = onnx.load(path).graph
    stored = _stored(graph)
    modules = {
        name: module
        for name, module in network.named_modules()
        if isinstance(module, (nn.Conv2d, nn.Linear))
    }
    # What is no convolution, and a normalisation that was not folded, kept their names.
    state = network.state_dict()
    for named, value in stored.items():
        own = state.get(named.removeprefix("network."))
        if own is not None and own.shape == value.shape:
            own.copy_(value)
    biases: dict[str, torch.Tensor] = {}
    products = {
        node.output[0]: stored[node.input[1]].T
        for node in graph.node
        if node.op_type == "MatMul" and node.input[1] in stored
    }
    for node in graph.node:
        if node.op_type in {"Conv", "Gemm"}:
            named, weight = node.input[1], stored[node.input[1]]
            bias = stored[node.input[2]] if len(node.input) > 2 else None
        elif node.op_type == "Add" and node.input[0] in products:
            named, weight, bias = node.input[1], products[node.input[0]], stored[node.input[1]]
        else:
            continue
        # An exported network may be a part of what was exported.
        name = named.rpartition(".")[0].removeprefix("network.")
        module = modules.get(name)
        if module is None or module.weight.shape != weight.shape:
            raise ValueError(f"{path}: {named} is no part of this network")
        with torch.no_grad():
            module.weight.copy_(weight)
            if bias is not None and module.bias is not None:
                module.bias.copy_(bias)
        if bias is not None and module.bias is None:
            biases[name] = bias
    return biases


def _stored(graph: onnx.GraphProto) -> dict[str, torch.Tensor]:
    """Return the numbers a graph holds by name, those in eight bits as it uses them."""
    arrays = {each.name: numpy_helper.to_array(each) for each in graph.initializer}
    stored = {name: each for name, each in arrays.items() if each.dtype == np.float32}
    for node in graph.node:
        if node.op_type == "DequantizeLinear" and node.input[0] in arrays:
            whole, scale, zero = (arrays[name] for name in node.input)
            along = [-1, *[1] * (whole.ndim - 1)] if scale.size > 1 else [1] * whole.ndim
            steps = whole.astype(np.float32) - zero.astype(np.float32).reshape(along)
            stored[node.output[0]] = steps * scale.reshape(along)
    return {name: torch.from_numpy(each.copy()) for name, each in stored.items()}


def _normalised(network: nn.Module) -> dict[str, tuple[nn.Conv2d, nn.BatchNorm2d]]:
    """Name each convolution that a normalisation follows, with both."""
    pairs: dict[str, tuple[nn.Conv2d, nn.BatchNorm2d]] = {}
    for parent, module in network.named_modules():
        if not isinstance(module, nn.Sequential):
            continue
        parts = list(module.named_children())
        for (name, one), (_, after) in pairwise(parts):
            if isinstance(one, nn.Conv2d) and isinstance(after, nn.BatchNorm2d):
                pairs[f"{parent}.{name}"] = (one, after)
    return pairs


def _leave_only(norm: nn.BatchNorm2d, bias: torch.Tensor) -> None:
    """Let a normalisation add a bias and do nothing else."""
    assert norm.running_mean is not None
    assert norm.running_var is not None
    with torch.no_grad():
        norm.running_mean.zero_()
        norm.running_var.fill_(1 - norm.eps)
        norm.weight.fill_(1)
        norm.bias.copy_(bias)


def _take_statistics(
    network: nn.Module,
    norms: dict[nn.Module, nn.BatchNorm2d],
    inputs: Iterable[torch.Tensor],
    through: Callable[[torch.Tensor], object],
) -> None:
    """Give each normalisation the statistics of its convolution, and take them out again."""
    sums = {
        module: torch.zeros(3, norm.num_features, dtype=torch.float64)
        for module, norm in norms.items()
    }

    def note(module: nn.Module, _given: object, output: torch.Tensor) -> None:
        values = output.double().cpu().transpose(0, 1).flatten(1)
        counted = torch.full((len(values),), float(values.shape[1]), dtype=torch.float64)
        sums[module] += torch.stack([counted, values.sum(1), (values**2).sum(1)])

    hooks = [module.register_forward_hook(note) for module in norms]
    network.eval()
    with torch.no_grad():
        for batch in inputs:
            through(batch)
    for hook in hooks:
        hook.remove()
    for module, norm in norms.items():
        count, total, squares = sums[module]
        mean = total / count
        spread = (squares / count - mean**2).clamp(min=0) + norm.eps
        assert norm.running_mean is not None
        assert norm.running_var is not None
        with torch.no_grad():
            norm.running_mean.copy_(mean)
            norm.running_var.copy_(spread - norm.eps)
            norm.weight.copy_(spread.sqrt())
            norm.bias.add_(mean)

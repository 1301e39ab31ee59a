"""Memory a network's inputs and outputs are bound to, used again while their shapes stay the same.

Memory of the host: page-locked where the provider's device can reach such memory, so that it is
copied without a detour, plain memory elsewhere.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from models.providers import RUNTIME_ERRORS, Provider

Tensor = NDArray[Any]

MOST_SHAPES = 8
"""So many sets of buffers are kept: page-locked memory is scarce."""

_Key = tuple[tuple[str, tuple[int, ...], str], ...]


@dataclass(frozen=True, slots=True)
class _Bound:
    """A binding, its values and views of their memory; values keep their memory alive."""

    binding: Any
    inputs: dict[str, tuple[Any, Tensor]]
    outputs: tuple[Tensor, ...]
    values: tuple[Any, ...]
    """Of the outputs."""


class BoundRuns:
    """Runs a session over bound memory; one run at a time."""

    def __init__(self, session: Any) -> None:
        """Take a session of ONNX Runtime."""
        self._session = session
        self._memory = _host_memory(Provider(session.get_providers()[0]))
        self._bound: OrderedDict[_Key, _Bound] = OrderedDict()
        self._lock = threading.Lock()

    @property
    def page_locked(self) -> bool:
        """Whether the memory is page-locked."""
        return self._memory is not None

    def run(self, tensors: Mapping[str, Tensor]) -> list[Tensor]:
        """Run the network; the outputs are the caller's own, in the session's order."""
        key = tuple((name, each.shape, each.dtype.str) for name, each in tensors.items())
        with self._lock:
            bound = self._bound.get(key)
            if bound is None:
                outputs = [np.asarray(each) for each in self._session.run(None, dict(tensors))]
                self._bound[key] = self._bind(tensors, outputs)
                if len(self._bound) > MOST_SHAPES:
                    self._bound.popitem(last=False)
                return outputs
            self._bound.move_to_end(key)
            for name, (value, memory) in bound.inputs.items():
                memory[...] = tensors[name]
                # Inputs go to a device when they are bound: of a change they would know nothing.
                bound.binding.bind_ortvalue_input(name, value)
            bound.binding.synchronize_inputs()
            self._session.run_with_iobinding(bound.binding)
            bound.binding.synchronize_outputs()
            return [each.copy() for each in bound.outputs]

    def _bind(self, tensors: Mapping[str, Tensor], outputs: Sequence[Tensor]) -> _Bound:
        binding = self._session.io_binding()
        names = [each.name for each in self._session.get_outputs()]
        given = {name: self._value(each) for name, each in tensors.items()}
        made = [self._value(each) for each in outputs]
        for name, value in zip(names, made, strict=True):
            binding.bind_ortvalue_output(name, value)
        return _Bound(
            binding,
            {name: (value, value.numpy()) for name, value in given.items()},
            tuple(value.numpy() for value in made),
            tuple(made),
        )

    def _value(self, like: Tensor) -> Any:
        return _allocated(like.shape, like.dtype.type, memory=self._memory)


def _allocated(shape: tuple[int, ...], dtype: type, *, memory: Any) -> Any:
    return onnxruntime.OrtValue.ortvalue_from_shape_and_type(shape, dtype, memory_info=memory)


def _host_memory(provider: Provider) -> Any:
    """Describe the host memory a provider's device can reach; None where none can be had."""
    if provider is Provider.CPU:
        return None
    reachable = onnxruntime.OrtDeviceMemoryType.HOST_ACCESSIBLE
    for device in onnxruntime.get_ep_devices():
        # TensorRT's devices are those of CUDA.
        if device.ep_name not in {provider.value, Provider.CUDA.value}:
            continue
        memory = device.memory_info(reachable)
        if memory is None:
            continue
        try:
            _allocated((1,), np.float32, memory=memory)
        except RUNTIME_ERRORS:
            continue
        return memory
    return None

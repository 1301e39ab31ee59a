"""ONNX Runtime sessions: which provider to use, and which is truly in use."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from onnxruntime.capi import onnxruntime_pybind11_state as runtime_state

from riac.errors import ModelError

Tensor = NDArray[Any]

_RUNTIME_ERRORS: tuple[type[Exception], ...] = (
    runtime_state.Fail,
    runtime_state.InvalidArgument,
    runtime_state.InvalidGraph,
    runtime_state.InvalidProtobuf,
    runtime_state.NoSuchFile,
    runtime_state.NotImplemented,
    runtime_state.RuntimeException,
)


class Provider(StrEnum):
    """Where a network runs, fastest first."""

    TENSORRT = "TensorrtExecutionProvider"
    CUDA = "CUDAExecutionProvider"
    CPU = "CPUExecutionProvider"


class InferenceSession:
    """A loaded network."""

    def __init__(self, session: Any, *, wanted: tuple[Provider, ...]) -> None:
        self._session = session
        self._wanted = wanted

    @property
    def provider(self) -> Provider:
        """The provider in use, as the runtime states it after loading: not the one wished for."""
        return Provider(self._session.get_providers()[0])

    @property
    def fell_back(self) -> bool:
        """True when the first provider wanted could not be used."""
        return self.provider != self._wanted[0]

    @property
    def inputs(self) -> dict[str, tuple[int | str | None, ...]]:
        """Shapes by input name; a free axis is its name or None."""
        return {each.name: tuple(each.shape) for each in self._session.get_inputs()}

    @property
    def outputs(self) -> dict[str, tuple[int | str | None, ...]]:
        """Shapes by output name; a free axis is its name or None."""
        return {each.name: tuple(each.shape) for each in self._session.get_outputs()}

    def run(self, tensors: Mapping[str, Tensor]) -> list[Tensor]:
        """Run the network on named tensors and return its outputs in order.

        Raises:
            ModelError: names or shapes do not fit, or the runtime failed.
        """
        if set(tensors) != set(self.inputs):
            raise ModelError(f"expected inputs {sorted(self.inputs)}, got {sorted(tensors)}")
        try:
            outputs = self._session.run(None, dict(tensors))
        except _RUNTIME_ERRORS as error:
            raise ModelError(f"the network did not run: {error}") from error
        return [np.asarray(output) for output in outputs]


def available_providers() -> tuple[Provider, ...]:
    """List the providers this runtime was built with, fastest first."""
    built = set(onnxruntime.get_available_providers())
    return tuple(provider for provider in Provider if provider.value in built)


def open_session(
    weights: bytes, *, providers: Sequence[Provider] | None = None, threads: int | None = None
) -> InferenceSession:
    """Load a network on the first provider that works.

    Args:
        weights: an ONNX file, its digest verified (`Model.weights`).
        providers: in order of preference; the fastest available ones without.
        threads: within one operator; the runtime's choice without.

    Raises:
        ModelError: a provider asked for is not built in, or the network does not load.
    """
    available = available_providers()
    if Provider.CUDA in available:
        # CUDA and cuDNN come as packages (extra `gpu`), which the system's loader does not know.
        onnxruntime.preload_dlls(directory="")
    wanted = tuple(available if providers is None else providers)
    missing = [provider.value for provider in wanted if provider not in available]
    if missing or not wanted:
        names = [provider.value for provider in available]
        raise ModelError(f"expected providers among {names}, got {missing or 'none'}")
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    # Between two networks other work wants the cores: waiting threads must not burn them.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    if threads is not None:
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
    names = [provider.value for provider in wanted]
    if Provider.CPU.value not in names:
        names.append(Provider.CPU.value)
    try:
        session = onnxruntime.InferenceSession(weights, sess_options=options, providers=names)
    except _RUNTIME_ERRORS as error:
        raise ModelError(f"the network does not load: {error}") from error
    return InferenceSession(session, wanted=wanted)

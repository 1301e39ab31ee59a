"""ONNX Runtime sessions: which provider to use, and which is truly in use."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime

from models.binding import BoundRuns, Tensor
from models.providers import RUNTIME_ERRORS, Provider, Shapes, available_providers, options
from riac.errors import ModelError

MOST_AT_ONCE = 32
"""Of one batch: enough to fill a device, little enough for its memory."""

_log = logging.getLogger(__name__)


class InferenceSession:
    """A loaded network."""

    def __init__(self, session: Any, *, wanted: tuple[Provider, ...], bound: bool) -> None:
        self._session = session
        self._wanted = wanted
        self._bound = BoundRuns(session) if bound else None

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

    @property
    def page_locked(self) -> bool:
        """Whether inputs and outputs pass through page-locked memory."""
        return self._bound is not None and self._bound.page_locked

    def run(self, tensors: Mapping[str, Tensor]) -> list[Tensor]:
        """Run the network on named tensors and return its outputs in order.

        Raises:
            ModelError: names or shapes do not fit, or the runtime failed.
        """
        if set(tensors) != set(self.inputs):
            raise ModelError(f"expected inputs {sorted(self.inputs)}, got {sorted(tensors)}")
        try:
            if self._bound is not None:
                return self._bound.run(tensors)
            outputs = self._session.run(None, dict(tensors))
        except RUNTIME_ERRORS as error:
            raise ModelError(f"the network did not run: {error}") from error
        return [np.asarray(output) for output in outputs]

    def run_many(self, cases: Sequence[Mapping[str, Tensor]]) -> list[list[Tensor]]:
        """Run the network on many cases, those of the same shapes together.

        Nothing is padded to a common width: networks that look at all of a picture answer
        otherwise then (the pair's score by up to 0.03).

        Args:
            cases: each as for `run`, one of a batch: the first axis is 1 long.

        Returns:
            The outputs of each case, in the order of the cases.

        Raises:
            ModelError: as for `run`.
        """
        alike: dict[tuple[tuple[int, ...], ...], list[int]] = {}
        for number, case in enumerate(cases):
            shapes = tuple(case[name].shape for name in sorted(case))
            alike.setdefault(shapes, []).append(number)
        told: dict[int, list[Tensor]] = {}
        for numbers in alike.values():
            for start in range(0, len(numbers), MOST_AT_ONCE):
                some = numbers[start : start + MOST_AT_ONCE]
                names = cases[some[0]]
                outputs = self.run(
                    {name: np.concatenate([cases[each][name] for each in some]) for name in names}
                )
                for place, number in enumerate(some):
                    told[number] = [output[place : place + 1] for output in outputs]
        return [told[number] for number in range(len(cases))]


def open_session(
    weights: bytes,
    *,
    providers: Sequence[Provider] | None = None,
    threads: int | None = None,
    cache: Path | None = None,
    shapes: Shapes | None = None,
    bound: bool | None = None,
) -> InferenceSession:
    """Load a network on the first provider that works; says in the log which did not.

    Args:
        weights: an ONNX file, its digest verified (`Model.weights`).
        providers: in order of preference; the fastest available ones without.
        threads: within one operator; the runtime's choice without.
        cache: folder of built engines, which a provider may need.
        shapes: the network is asked for.
        bound: pass tensors through memory that is used again; without, where the processor's own
            memory is not the network's.

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
    if cache is not None and Provider.TENSORRT in wanted:
        cache.mkdir(parents=True, exist_ok=True)
    told = {each: options(each, cache=cache, shapes=shapes or {}) for each in Provider}
    session = _first_that_loads(weights, _falling_back(wanted), told=told, threads=threads)
    opened = InferenceSession(session, wanted=wanted, bound=False)
    if opened.fell_back:
        _log.warning("a network runs on %s, not on %s", opened.provider, wanted[0])
    if bound is None:
        bound = opened.provider is not Provider.CPU
    return InferenceSession(session, wanted=wanted, bound=True) if bound else opened


def _falling_back(wanted: tuple[Provider, ...]) -> tuple[Provider, ...]:
    return wanted if Provider.CPU in wanted else (*wanted, Provider.CPU)


def _first_that_loads(
    weights: bytes,
    providers: tuple[Provider, ...],
    *,
    told: Mapping[Provider, dict[str, str]],
    threads: int | None,
) -> Any:
    """Open a session on the first provider that works, with those behind it for what it lacks."""
    settings = onnxruntime.SessionOptions()
    settings.log_severity_level = 3
    # Between two networks other work wants the cores: waiting threads must not burn them.
    settings.add_session_config_entry("session.intra_op.allow_spinning", "0")
    if threads is not None:
        settings.intra_op_num_threads = threads
        settings.inter_op_num_threads = 1
    for first in range(len(providers)):
        try:
            return onnxruntime.InferenceSession(
                weights,
                sess_options=settings,
                providers=[(each.value, told[each]) for each in providers[first:]],
                # The runtime's own way of falling back prints, and also hides failures of a run.
                enable_fallback=0,
            )
        except RUNTIME_ERRORS as error:
            if first == len(providers) - 1:
                raise ModelError(f"the network does not load: {error}") from error
            _log.warning("a network does not load on %s: %s", providers[first], error)
    raise AssertionError("there is always a last provider")

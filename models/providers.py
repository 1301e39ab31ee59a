"""Where networks can run, and what each provider is told; nothing is loaded here.

Options: ONNX Runtime's documentation of its CUDA and TensorRT execution providers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import onnxruntime
from onnxruntime.capi import onnxruntime_pybind11_state as runtime_state

Shape = tuple[int, ...]

RUNTIME_ERRORS: tuple[type[Exception], ...] = (
    runtime_state.Fail,
    runtime_state.InvalidArgument,
    runtime_state.InvalidGraph,
    runtime_state.InvalidProtobuf,
    runtime_state.NoSuchFile,
    runtime_state.NotImplemented,
    runtime_state.RuntimeException,
)
"""What the runtime raises; they have no common base of their own."""


class Provider(StrEnum):
    """Where a network runs, fastest first."""

    TENSORRT = "TensorrtExecutionProvider"
    CUDA = "CUDAExecutionProvider"
    CPU = "CPUExecutionProvider"


@dataclass(frozen=True, slots=True)
class ShapeRange:
    """The shapes of one input that a network is asked for: one engine serves them all."""

    least: Shape
    usual: Shape
    most: Shape


Shapes = Mapping[str, ShapeRange]
"""By the name of the input."""


def available_providers() -> tuple[Provider, ...]:
    """List the providers this runtime was built with, fastest first."""
    built = set(onnxruntime.get_available_providers())
    return tuple(provider for provider in Provider if provider.value in built)


def options(provider: Provider, *, cache: Path | None, shapes: Shapes) -> dict[str, str]:
    """Return what a provider is told.

    No provider may calculate with fewer bits than the weights it is given: a decision names those,
    and must not depend on the machine that made it beyond them.

    Args:
        provider: to be told.
        cache: folder of TensorRT's engines, which take minutes to build; not kept without.
        shapes: that the network is asked for. Without, TensorRT builds anew for each shape it
            has not seen.
    """
    if provider is Provider.CUDA:
        # Widths vary: an exhaustive search for the best algorithm would be made for each.
        return {"use_tf32": "0", "cudnn_conv_algo_search": "HEURISTIC"}
    if provider is Provider.CPU:
        return {}
    told = {"trt_fp16_enable": "0", "trt_int8_enable": "0"}
    if cache is not None:
        told |= {
            "trt_engine_cache_enable": "1",
            "trt_engine_cache_path": str(cache),
            "trt_timing_cache_enable": "1",
            "trt_timing_cache_path": str(cache),
        }
    for name in ("least", "usual", "most") if shapes else ():
        option = {"least": "min", "usual": "opt", "most": "max"}[name]
        told[f"trt_profile_{option}_shapes"] = ",".join(
            f"{each}:{'x'.join(map(str, getattr(shape, name)))}" for each, shape in shapes.items()
        )
    return told

from pathlib import Path
from types import ModuleType

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper

from models import Provider, change, goods, load_registry, loads, open_session
from models.providers import ShapeRange, available_providers, options
from models.registry import DETECTOR, LOADS, NETWORK
from riac.errors import ModelError


def _doubling_network() -> bytes:
    node = helper.make_node("Add", ["x", "x"], ["y"])
    shape = ["rows", 3]
    graph = helper.make_graph(
        [node],
        "doubling",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, shape)],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, shape)],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    onnx.checker.check_model(model)
    return bytes(model.SerializeToString())


def test_a_network_runs_on_the_processor_and_says_so() -> None:
    session = open_session(_doubling_network(), providers=[Provider.CPU], threads=1)
    assert session.provider is Provider.CPU
    assert not session.fell_back
    assert session.inputs == {"x": ("rows", 3)}
    picture = np.arange(6, dtype=np.float32).reshape(2, 3)
    np.testing.assert_array_equal(session.run({"x": picture})[0], 2 * picture)


def test_without_a_wish_the_fastest_available_provider_is_tried_first() -> None:
    session = open_session(_doubling_network())
    assert session.fell_back == (session.provider is not available_providers()[0])


def test_a_provider_that_is_not_built_in_is_refused() -> None:
    missing = set(Provider) - set(available_providers())
    for provider in missing:
        with pytest.raises(ModelError, match=provider.value):
            open_session(_doubling_network(), providers=[provider])
    assert Provider.CPU not in missing


def test_bound_memory_gives_the_same_answers_whatever_the_shapes() -> None:
    session = open_session(_doubling_network(), providers=[Provider.CPU], bound=True)
    kept = []
    for number, rows in enumerate((2, 5, 2, 2, *range(1, 14), 2)):
        picture = np.full((rows, 3), number, np.float32)
        (doubled,) = session.run({"x": picture})
        np.testing.assert_array_equal(doubled, 2 * picture)
        kept.append((doubled, number))
    # Answers are the caller's own: later runs leave them as they are.
    assert all((doubled == 2 * number).all() for doubled, number in kept)
    with pytest.raises(ModelError, match="did not run"):
        session.run({"x": np.zeros((1, 4), np.float32)})


@pytest.mark.parametrize("bound", [False, True])
def test_cases_of_unlike_shapes_are_run_together_and_kept_apart(bound: bool) -> None:
    session = open_session(_doubling_network(), providers=[Provider.CPU], bound=bound)
    cases = [{"x": np.full((1, 3), number, np.float32)} for number in range(70)]
    answers = session.run_many(cases)
    assert [float(answer[0, 0]) for (answer,) in answers] == [2 * n for n in range(70)]
    assert {answer.shape for (answer,) in answers} == {(1, 3)}
    assert session.run_many([]) == []


def test_tensorrt_is_told_of_all_shapes_and_keeps_its_engines(tmp_path: Path) -> None:
    shapes = {
        "x": ShapeRange((1, 3), (2, 3), (8, 3)),
        "y": ShapeRange((1,), (2,), (8,)),
    }
    told = options(Provider.TENSORRT, cache=tmp_path, shapes=shapes)
    assert told["trt_profile_min_shapes"] == "x:1x3,y:1"
    assert told["trt_profile_opt_shapes"] == "x:2x3,y:2"
    assert told["trt_profile_max_shapes"] == "x:8x3,y:8"
    assert told["trt_engine_cache_path"] == str(tmp_path)
    assert "trt_engine_cache_enable" not in options(Provider.TENSORRT, cache=None, shapes={})


def test_no_provider_is_allowed_narrower_numbers() -> None:
    told = {each: options(each, cache=None, shapes={}) for each in Provider}
    assert told[Provider.TENSORRT]["trt_fp16_enable"] == "0"
    assert told[Provider.CUDA]["use_tf32"] == "0"
    assert told[Provider.CPU] == {}


@pytest.mark.parametrize("load", [(change, DETECTOR), (goods, NETWORK), (loads, LOADS)])
def test_the_shapes_stated_are_those_the_network_takes(load: tuple[ModuleType, str]) -> None:
    module, name = load
    session = open_session(load_registry().get(name).weights(), providers=[Provider.CPU])
    assert set(module.SHAPES) == set(session.inputs)
    for which in ("least", "usual"):
        session.run(
            {
                each: np.ones(getattr(shape, which), np.float32)
                for each, shape in module.SHAPES.items()
            }
        )


def test_bytes_that_are_no_network_are_refused() -> None:
    with pytest.raises(ModelError, match="does not load"):
        open_session(b"no network", providers=[Provider.CPU])


def test_inputs_of_another_name_or_shape_are_refused() -> None:
    session = open_session(_doubling_network(), providers=[Provider.CPU])
    with pytest.raises(ModelError, match="expected inputs"):
        session.run({"z": np.zeros((1, 3), np.float32)})
    with pytest.raises(ModelError, match="did not run"):
        session.run({"x": np.zeros((1, 4), np.float32)})

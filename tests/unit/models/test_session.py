import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper

from models import Provider, open_session
from models.session import available_providers
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


def test_bytes_that_are_no_network_are_refused() -> None:
    with pytest.raises(ModelError, match="does not load"):
        open_session(b"no network", providers=[Provider.CPU])


def test_inputs_of_another_name_or_shape_are_refused() -> None:
    session = open_session(_doubling_network(), providers=[Provider.CPU])
    with pytest.raises(ModelError, match="expected inputs"):
        session.run({"z": np.zeros((1, 3), np.float32)})
    with pytest.raises(ModelError, match="did not run"):
        session.run({"x": np.zeros((1, 4), np.float32)})

import numpy as np
import pytest

from models import ModelInput, to_model_input
from riac.errors import ModelError

SPECIFICATION = ModelInput(rows=100, min_columns=20, max_columns=300)


def test_the_sampling_ratio_is_kept_within_the_limits() -> None:
    for columns, expected in ((400, 200), (10, 20), (2000, 300)):
        interior = np.full((200, columns), 0.8, np.float32)
        assert to_model_input(interior, specification=SPECIFICATION).shape == (100, expected)


def test_walls_are_zero_and_black_is_one_whatever_the_display() -> None:
    for walls in (0.5, 0.9):
        interior = np.full((200, 400), walls, np.float32)
        interior[100:] = 0.0
        seen = to_model_input(interior, specification=SPECIFICATION)
        assert seen.dtype == np.float32
        np.testing.assert_allclose(seen[:48], 0.0, atol=1e-6)
        np.testing.assert_allclose(seen[52:], 1.0, atol=1e-6)


def test_attenuation_is_measured_beyond_the_walls() -> None:
    interior = np.full((200, 400), 0.8, np.float32)
    interior[100:] = 0.8 * np.exp(-1.0)
    seen = to_model_input(interior, specification=SPECIFICATION)
    # Golden value: one unit of attenuation over ln 50, the darkest that a display shows.
    np.testing.assert_allclose(seen[60:], 1 / np.log(50), rtol=1e-5)


@pytest.mark.parametrize(
    "interior",
    [
        np.zeros((0, 5), np.float32),
        np.zeros((3, 4, 5), np.float32),
        np.full((20, 20), np.nan, np.float32),
    ],
)
def test_what_is_no_picture_is_refused(interior: np.ndarray) -> None:
    with pytest.raises(ModelError, match="expected"):
        to_model_input(interior, specification=SPECIFICATION)

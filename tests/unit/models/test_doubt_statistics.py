"""Where the networks doubt: at an edge or within, on one side, high or low, in a few rows."""

from __future__ import annotations

import numpy as np
import pytest

from models.change_input import CHANNELS, ChangeInput, exchanged
from models.doubt_statistics import DOUBT_NAMES, doubt_statistics
from riac.scan import Picture

ROWS, COLUMNS = 64, 160
TOP = 24
"""Row of the upper edge of what is dense."""


def _load() -> ChangeInput:
    """Dense goods all along under air, the same before and after."""
    planes = np.zeros((len(CHANNELS), 2 * ROWS, 2 * COLUMNS), np.float32)
    planes[:2, 2 * TOP :] = 0.8
    planes[4] = 1
    return planes


def _doubt(rows: slice, columns: slice) -> Picture:
    probability = np.zeros((ROWS, COLUMNS), np.float32)
    probability[rows, columns] = 0.9
    return probability


AT_THE_EDGE = _doubt(slice(TOP - 2, TOP + 2), slice(None))
IN_THE_GOODS = _doubt(slice(40, 50), slice(60, 70))


def _named(given: ChangeInput, probability: Picture) -> dict[str, float]:
    return dict(zip(DOUBT_NAMES, doubt_statistics(given, probability), strict=True))


def test_doubt_along_an_edge_is_told_from_doubt_within() -> None:
    edge, within = _named(_load(), AT_THE_EDGE), _named(_load(), IN_THE_GOODS)
    assert edge["doubt_at_level_edges"] > 10 * within["doubt_at_level_edges"]
    assert edge["doubt_at_upright_edges"] == pytest.approx(0, abs=1e-6)
    assert within["doubt_attenuation"] == pytest.approx(0.8, rel=0.01)
    assert edge["doubt_height"] < within["doubt_height"]


def test_doubt_in_few_rows_or_columns_is_gathered() -> None:
    edge, within = _named(_load(), AT_THE_EDGE), _named(_load(), IN_THE_GOODS)
    assert edge["doubt_rows"] == pytest.approx(ROWS / 4, rel=0.01)
    assert edge["doubt_columns"] == pytest.approx(1, rel=0.01)
    assert within["doubt_columns"] == pytest.approx(COLUMNS / 10, rel=0.01)


def test_a_difference_of_both_signs_is_not_one_sided() -> None:
    given = _load()
    given[2, 2 * 40 : 2 * 50, 2 * 60 : 2 * 70] = 0.5
    assert _named(given, IN_THE_GOODS)["doubt_one_sided"] == pytest.approx(1, abs=0.01)
    given[2, 2 * 40 : 2 * 45] *= -1
    assert _named(given, IN_THE_GOODS)["doubt_one_sided"] == pytest.approx(0, abs=0.01)


def test_how_much_is_opaque_and_how_much_is_air_is_told() -> None:
    given = _load()
    given[:2, 2 * 44 :] = 1
    told = _named(given, IN_THE_GOODS)
    assert told["opaque"] == pytest.approx(20 / ROWS)
    assert told["air"] == pytest.approx(TOP / ROWS)


def test_which_was_seen_first_does_not_matter() -> None:
    given = _load()
    given[1, 80:100, 120:140], given[2, 80:100, 120:140] = 0.3, -0.7
    np.testing.assert_allclose(
        doubt_statistics(given, IN_THE_GOODS), doubt_statistics(exchanged(given), IN_THE_GOODS)
    )


@pytest.mark.parametrize("probability", [0.0, 1.0])
def test_every_value_is_finite_where_nothing_is_seen(probability: float) -> None:
    given = _load()
    given[4] = 0
    told = doubt_statistics(given, np.full((ROWS, COLUMNS), probability, np.float32))
    assert np.isfinite(told).all()

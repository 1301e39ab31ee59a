"""What change networks say of a pair, in numbers, and the judge of it."""

from __future__ import annotations

import numpy as np
import pytest

from models.change_input import ChangeInput, exchanged
from models.fit_statistics import reduced
from models.judge import PairJudge
from models.pair_statistics import NAMES, pair_statistics
from riac.errors import ModelError
from riac.ports import ChangeJudgement
from tests.fit_phantoms import easy_fit

SIZE = (128, 300)
FIT = reduced(easy_fit(256, 600))


def given(*, visibility: float = 1.0) -> ChangeInput:
    generator = np.random.default_rng(1)
    planes = generator.uniform(0, 1, (5, *SIZE)).astype(np.float32)
    planes[2] = 2 * planes[2] - 1
    planes[4] = visibility
    return planes


def said(level: float, score: float, *, spot: int = 0) -> ChangeJudgement:
    probability = np.full((64, 150), level, np.float32)
    probability[20 : 20 + spot, 50 : 50 + spot] = 0.99
    return ChangeJudgement(probability, score)


def named(
    *told: ChangeJudgement, inputs: ChangeInput | None = None, likeness: float = 0.9
) -> dict[str, float]:
    seen = given() if inputs is None else inputs
    values = pair_statistics(seen, told, strength=5.0, fit=FIT, likeness=likeness)
    return dict(zip(NAMES, values.tolist(), strict=True))


def test_each_statistic_has_a_name_and_a_finite_value() -> None:
    assert len(set(NAMES)) == len(NAMES)
    assert all(np.isfinite(value) for value in named(said(0.0, 1.0), said(1.0, 0.0)).values())


def test_what_fills_a_place_shows_in_small_windows_what_fills_the_load_in_all() -> None:
    nothing, whole = named(said(0.05, 0.5)), named(said(0.95, 0.5))
    spot = named(said(0.05, 0.5, spot=5))
    assert spot["peak_5"] == pytest.approx(np.log(99), rel=1e-3)
    assert spot["peak_25"] < 0 < whole["peak_25"]
    assert nothing["above_0.5"] == 0 < spot["above_0.5"] < 0.01 < whole["above_0.5"]
    assert spot["columns_above_0.5"] == pytest.approx(5 / 150)
    assert spot["rows_above_0.5"] == pytest.approx(5 / 64)


def test_it_shows_whether_the_networks_agree() -> None:
    told = named(said(0.5, 0.9), said(0.5, 0.1))
    assert told["mean_score"] == pytest.approx(0, abs=1e-6)
    assert told["greatest_score"] == pytest.approx(np.log(9), rel=1e-4)
    assert told["least_score"] == pytest.approx(-np.log(9), rel=1e-4)


def test_which_was_seen_first_does_not_matter() -> None:
    told = [said(0.2, 0.3, spot=9), said(0.6, 0.7)]
    one, other = (
        pair_statistics(each, told, strength=4.0, fit=FIT, likeness=0.8)
        for each in (given(), exchanged(given()))
    )
    np.testing.assert_allclose(one, other, rtol=1e-5)


@pytest.mark.parametrize(("likeness", "unlike"), [(1.0, 0.003), (0.9, 0.103), (-1.0, 2.003)])
def test_the_more_unlike_both_loads_are_the_more_it_says(likeness: float, unlike: float) -> None:
    told = named(said(0.3, 0.4), likeness=likeness)
    assert told["ln_unlike"] == pytest.approx(np.log(unlike), rel=1e-4)


def test_where_nothing_is_seen_it_still_says_something() -> None:
    told = named(said(0.3, 0.4), inputs=given(visibility=0.0))
    assert told["seen"] == 0
    assert told["probability"] == pytest.approx(0.3, rel=1e-5)


def test_a_network_of_another_kind_is_no_judge() -> None:
    class Session:
        inputs: dict[str, tuple[int, ...]] = {"statistics": (1, 3)}  # noqa: RUF012

    with pytest.raises(ModelError, match="no pair judge"):
        PairJudge(Session(), name="other", digest="")  # type: ignore[arg-type]

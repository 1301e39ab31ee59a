"""Steps at the same time: order, errors, and that they do run beside each other."""

from __future__ import annotations

import threading

import pytest

from riac.threads import at_once


def test_results_are_in_the_order_of_the_inputs() -> None:
    assert at_once(lambda value: value * value, 3, 1, 2) == [9, 1, 4]
    assert at_once(str, 7) == ["7"]


def test_steps_run_beside_each_other() -> None:
    both = threading.Barrier(2, timeout=10)
    at_once(lambda _: both.wait(), 0, 1)


@pytest.mark.parametrize("failing", [0, 2])
def test_an_error_reaches_the_caller_after_all_have_ended(failing: int) -> None:
    ended = []

    def step(number: int) -> None:
        if number == failing:
            raise ValueError(f"step {number}")
        ended.append(number)

    with pytest.raises(ValueError, match=f"step {failing}"):
        at_once(step, 0, 1, 2)
    assert sorted(ended) == [each for each in range(3) if each != failing]

"""Results come in the order of the tasks."""

from __future__ import annotations

import pytest

from training.simulator.parallel import cores, in_order


@pytest.mark.parametrize("jobs", [1, 2])
def test_results_keep_the_order_of_the_tasks(jobs: int) -> None:
    tasks = ["3", "1", "2"] * 8
    assert list(in_order(int, tasks, jobs=jobs)) == [int(task) for task in tasks]


def test_what_fails_in_a_process_is_heard_of() -> None:
    with pytest.raises(ValueError, match="invalid literal"):
        list(in_order(int, ["1", "two"], jobs=2))


def test_there_is_a_core_to_work_on() -> None:
    assert cores() >= 1

"""Timings are counted, summed up and written truly; memory of children is seen."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from training.evaluate.timing import Timing, as_json, as_markdown, machine, repeated, run_cold

MIB = 2**20
GREEDY = (
    f"x = bytearray({400 * MIB}); x[::4096] = b'1' * len(x[::4096]); import time; time.sleep(0.3)"
)


def test_the_warm_up_is_not_counted() -> None:
    calls: list[int] = []
    assert len(repeated(lambda: calls.append(1), repeats=3, warm_up=2)) == 3
    assert len(calls) == 5


def test_targets_bind_from_the_right_side() -> None:
    assert Timing("pair", (0.3, 0.4, 0.9), at_most=0.5).met is True
    assert Timing("pair", (0.6,), at_most=0.5).met is False
    assert Timing("ratio", (4.2,), unit="times", at_least=4.0).met is True
    assert Timing("ratio", (3.9,), unit="times", at_least=4.0).met is False
    assert Timing("other", (1.0,)).met is None


def test_the_memory_of_a_childs_child_is_seen() -> None:
    parent = (
        f"import subprocess, sys; subprocess.run([sys.executable, '-c', {GREEDY!r}], check=True)"
    )
    _, peak_gib = run_cold([sys.executable, "-c", parent])
    assert 400 / 1024 < peak_gib < 1


def test_a_command_that_fails_is_no_timing() -> None:
    with pytest.raises(subprocess.CalledProcessError):
        run_cold([sys.executable, "-c", "exit('broken')"])


def test_the_table_and_the_json_say_the_same() -> None:
    timings = [Timing("pair", (0.3, 0.4, 0.9), cold=2.5, at_most=0.5, note="warm"), Timing("x", ())]
    described = machine()
    table = as_markdown(timings, described=described)
    assert "| pair (warm) | 0.4 s | 0.3 to 0.9 | 3 | 2.5 s | at most 0.5 s | yes |" in table
    assert described["processor"] in table
    stated = json.loads(as_json(timings, described=described))
    assert stated["timings"][0]["median"] == 0.4
    assert stated["timings"][1]["median"] is None
    assert stated["machine"] == described

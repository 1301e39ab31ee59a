"""Once warm, nothing is compiled any more: no request waits for it."""

from __future__ import annotations

import subprocess
import sys

COUNT = """
import sys

from models import load_checks
from numba.core.dispatcher import Dispatcher

from riac.compare import compare, warm_up
from riac.formats import read_scan
from riac.imaging import prepare
from training.evaluate.bench import display_pair


def compiled():
    modules = [each for name, each in sys.modules.items() if name.startswith(("riac", "models"))]
    found = {each for module in modules for each in vars(module).values()
             if isinstance(each, Dispatcher)}
    return {(each.py_func.__qualname__, one) for each in found for one in each.signatures}


checks = load_checks()
warm_up(checks=checks)
before = compiled()
pair = display_pair()
compare(*(prepare(read_scan(each), checks=checks) for each in (pair.entry, pair.exit_)))
assert before, "nothing was compiled at all"
print(sorted(map(str, compiled() - before)))
"""


def test_a_pair_compiles_nothing_more() -> None:
    told = subprocess.run(
        [sys.executable, "-c", COUNT], check=True, capture_output=True, text=True, timeout=240
    )
    assert told.stdout.strip() == "[]"

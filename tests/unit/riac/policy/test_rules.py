"""A policy file is read whole or refused; exceptions change only what they name."""

from __future__ import annotations

import hashlib
from importlib.resources import files
from pathlib import Path

import pytest

from riac.declaration import Regime
from riac.errors import PolicyError
from riac.policy import load_policy

DEFAULT = files("riac.policy").joinpath("default.toml").read_text(encoding="utf-8")
EXCEPTIONS = """
[[exception]]
site = "torkham"
auto_clear = false

[[exception]]
regime = "import"
chapter = "40"
min_consistent_score = 0.7
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "policy.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_packaged_policy_is_named_by_its_digest() -> None:
    policy = load_policy()
    assert policy.digest == hashlib.sha256(DEFAULT.encode()).hexdigest()
    assert (policy.grace_s, policy.entry_grace_s) == (1800, 900)
    assert policy.rules.auto_clear
    assert not policy.rules.display_rendered


def test_an_exception_holds_where_all_it_names_agrees(tmp_path: Path) -> None:
    policy = load_policy(written(tmp_path, DEFAULT + EXCEPTIONS))
    at_torkham = policy.rules_for(regime=Regime.TRANSIT, site="torkham", chapters={"08"})
    rubber = policy.rules_for(regime=Regime.IMPORT, site="karachi", chapters={"08", "40"})
    transit_rubber = policy.rules_for(regime=Regime.TRANSIT, site="karachi", chapters={"40"})
    unknown = policy.rules_for(regime=None, site="torkham", chapters=())
    assert not at_torkham.auto_clear
    assert not unknown.auto_clear
    assert rubber.min_consistent_score == 0.7
    assert rubber.auto_clear
    assert transit_rubber == policy.rules


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "version"),
        ("version = ", "Invalid value"),
        (DEFAULT.replace("grace_s = 1800", "grace_s = -1"), "grace_s"),
        (DEFAULT.replace("auto_clear = true", "auto_clear_all = true"), "auto_clear"),
        (DEFAULT + '[[exception]]\nsite = "a"\nmin_likeness = 1\n', "min_likeness"),
        (DEFAULT + '[[exception]]\nchapter = "4011"\n', "chapter"),
        (DEFAULT.replace('"dead_rows"', '"fog"'), "tolerated_faults"),
    ],
)
def test_a_policy_that_says_nonsense_is_refused(tmp_path: Path, text: str, expected: str) -> None:
    with pytest.raises(PolicyError, match=expected):
        load_policy(written(tmp_path, text))


def test_a_missing_policy_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(PolicyError, match=r"absent\.toml"):
        load_policy(tmp_path / "absent.toml")

"""What the demonstration lays out for the service before it starts."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from riac.policy import load_policy
from serve.demo.service import (
    GRACE_S,
    demonstration_policy,
    write_references,
)
from training.simulator.references import references


@pytest.mark.parametrize("rendered", [False, True])
def test_the_policy_is_the_packaged_one_with_short_waits(tmp_path: Path, rendered: bool) -> None:
    path = tmp_path / "policy.toml"
    path.write_text(demonstration_policy(rendered=rendered), encoding="utf-8")
    policy, packaged = load_policy(path), load_policy()
    assert policy.digest != packaged.digest
    changes = {"grace_s": GRACE_S, "entry_grace_s": GRACE_S, "display_rendered": rendered}
    assert policy.rules == packaged.rules.model_copy(update=changes)


def test_references_are_laid_out_as_the_library_reads_them(tmp_path: Path) -> None:
    table = write_references(tmp_path / "references", references(each=1, headings=["9403"]))
    with table.open(newline="", encoding="utf-8") as rows:
        read = list(csv.DictReader(rows))
    assert [row["hs_code"] for row in read] == ["", "9403"]
    assert all((table.parent / row["path"]).stat().st_size > 1000 for row in read)

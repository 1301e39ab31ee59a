"""What the demonstration lays out for the service before it starts."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from riac.policy import Policy, load_policy
from serve.demo.errors import NoRoomError
from serve.demo.service import (
    GRACE_S,
    demonstration_policy,
    running_service,
    write_references,
)
from serve.demo.supplies import Supply
from training.simulator.references import references


def _demonstration(tmp_path: Path, *, rendered_sites: tuple[str, ...]) -> Policy:
    path = tmp_path / "policy.toml"
    path.write_text(demonstration_policy(rendered_sites=rendered_sites), encoding="utf-8")
    return load_policy(path)


def test_the_policy_is_the_packaged_one_with_short_waits(tmp_path: Path) -> None:
    policy, packaged = _demonstration(tmp_path, rendered_sites=()), load_policy()
    assert policy.digest != packaged.digest
    changes = {"grace_s": GRACE_S, "entry_grace_s": GRACE_S}
    assert policy.rules == packaged.rules.model_copy(update=changes)
    assert not policy.exceptions


def test_display_pictures_are_allowed_at_the_named_sites_alone(tmp_path: Path) -> None:
    policy = _demonstration(tmp_path, rendered_sites=("karachi", "sost"))
    allowed = {
        site: policy.rules_for(regime=None, site=site, chapters=()).display_rendered
        for site in ("karachi", "sost", "torkham")
    }
    assert allowed == {"karachi": True, "sost": True, "torkham": False}


def test_references_are_laid_out_as_the_library_reads_them(tmp_path: Path) -> None:
    table = write_references(tmp_path / "references", references(each=1, headings=["4011"]))
    with table.open(newline="", encoding="utf-8") as rows:
        read = list(csv.DictReader(rows))
    assert [row["hs_code"] for row in read] == ["", "4011"]
    assert all((table.parent / row["path"]).stat().st_size > 1000 for row in read)


def test_a_full_disk_is_told_before_anything_starts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("serve.demo.service.ROOM_BYTES", 1 << 62)
    goods = Supply(("karachi",), iter(()), lambda: iter(()), rendered=False)
    with (
        pytest.raises(NoRoomError, match="free disk space"),
        running_service(tmp_path, port=8000, goods=goods, on_step=print),
    ):
        pass
    assert not any(tmp_path.iterdir())

"""A folder that cannot be sent is told in a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from serve.demo.errors import SupplyError
from serve.demo.supplies import supply


def test_a_folder_without_scans_is_told(tmp_path: Path) -> None:
    with pytest.raises(SupplyError, match=r"expected goods/goods\.csv"):
        supply(tmp_path, count=1, seed=1)


def test_a_table_of_other_columns_is_told(tmp_path: Path) -> None:
    (tmp_path / "goods").mkdir()
    (tmp_path / "goods" / "goods.csv").write_text("picture,code\na.jpg,0805\n", encoding="utf-8")
    with pytest.raises(SupplyError, match="faulty"):
        supply(tmp_path, count=1, seed=1)


def test_phantoms_need_no_folder() -> None:
    assert not supply(None, count=1, seed=1).rendered

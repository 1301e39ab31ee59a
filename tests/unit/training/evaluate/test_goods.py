import csv
from pathlib import Path

import cv2
import numpy as np
import pytest

from riac.errors import LibraryError
from riac.scan import Picture
from tests.goods_phantoms import big_bags, empty_container, stacked_cartons
from training.evaluate.figure import Figure, Progress, Section
from training.evaluate.goods import measure_goods

CARTONS, BAGS = "0207", "1202"


class _Counting(Progress):
    def __init__(self) -> None:
        self.total, self.done = 0, 0

    def begin(self, name: str, *, total: int) -> None:
        self.total = total

    def advance(self) -> None:
        self.done += 1


def _goods_folder(folder: Path) -> Path:
    """Ten honest loads of each of two goods, one hidden empty, one other load, one unreadable."""
    made: list[tuple[Picture | None, str, str, str, str]] = []
    for seed in range(13):
        reference = "yes" if seed < 3 else "no"
        made.append((stacked_cartons(seed=seed), CARTONS, "as_declared", "no", reference))
        made.append((big_bags(seed=seed), BAGS, "as_declared", "no", reference))
        if seed < 3:
            walls = 0.8 + 0.03 * seed
            made.append((empty_container(walls=walls), "", "empty", "no", "yes"))
    made.append((empty_container(walls=0.7), BAGS, "empty", "no", "no"))
    made.append((stacked_cartons(seed=99), BAGS, "other_goods", "no", "no"))
    made.append((None, CARTONS, "as_declared", "yes", "no"))
    goods = folder / "goods"
    goods.mkdir()
    with (goods / "goods.csv").open("w", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["file", "declared_hs4", "seen", "faulty", "reference", "render"])
        for number, (picture, *row) in enumerate(made):
            name = f"g{number:03d}.png"
            writer.writerow([name, *row, "grey"])
            if picture is None:
                (goods / name).write_bytes(b"no picture")
            else:
                cv2.imwrite(str(goods / name), (picture * 65535).astype(np.uint16))
    return folder


@pytest.fixture(scope="module")
def counting() -> _Counting:
    return _Counting()


@pytest.fixture(scope="module")
def section(tmp_path_factory: pytest.TempPathFactory, counting: _Counting) -> Section:
    return measure_goods(_goods_folder(tmp_path_factory.mktemp("data")), counting)


def _figure(section: Section, name: str) -> Figure:
    return next(each for each in section.figures if each.name == name)


def test_headings_of_plainly_different_goods_are_found(section: Section) -> None:
    macro = _figure(section, "heading top-1, macro")
    assert (macro.value, macro.count) == (1.0, 20)
    assert CARTONS in macro.note
    assert BAGS in macro.note


def test_an_unusable_picture_counts_as_missed(section: Section) -> None:
    # Ten of eleven cartons and ten of ten bags.
    value = _figure(section, "heading top-1, macro, faulty pictures too").value
    assert value == pytest.approx((10 / 11 + 1) / 2)
    assert _figure(section, "empty or loaded, correct, faulty pictures").value == 0.0


def test_false_declarations_are_counted_apart(section: Section) -> None:
    assert _figure(section, "declared but empty: referred").count == 1
    assert _figure(section, "declared but empty: named empty").value == 1.0
    assert _figure(section, "other goods: referred").value == 1.0
    # Twenty honest loads, each declared as the one other heading.
    false_code = _figure(section, "false code: referred")
    assert (false_code.value, false_code.count) == (1.0, 20)
    assert _figure(section, "false code: AUROC against honest").value == 1.0
    assert _figure(section, "honest goods referred (false alarms)").value == 0.0


def test_a_stricter_policy_refers_more(tmp_path: Path, section: Section) -> None:
    strict = measure_goods(_goods_folder(tmp_path), Progress(), min_consistent_score=1.0)
    assert _figure(strict, "honest goods referred (false alarms)").value == 1.0


def test_every_row_and_every_step_is_accounted_for(section: Section, counting: _Counting) -> None:
    assert counting.done == counting.total == len(section.rows) == 23
    unread = section.rows[-1]
    assert (unread["verdict"], unread["referred"]) == ("unreadable", True)
    assert set(section.curves) == {"declared but empty", "other goods", "false code"}


def test_a_folder_without_the_list_is_explained(tmp_path: Path) -> None:
    (tmp_path / "goods").mkdir()
    with pytest.raises(LibraryError, match=r"goods\.csv"):
        measure_goods(tmp_path, Progress())
    (tmp_path / "goods" / "goods.csv").write_text("file,seen\n")
    with pytest.raises(LibraryError, match="declared_hs4"):
        measure_goods(tmp_path, Progress())


def test_missed_headings_are_shown_beside_what_they_resemble(tmp_path: Path) -> None:
    folder = _goods_folder(tmp_path)
    listed = folder / "goods" / "goods.csv"
    # The last honest bags are listed as cartons: they must be missed, and shown.
    lines = listed.read_text().splitlines()
    lines[29] = lines[29].replace(f",{BAGS},", f",{CARTONS},")
    assert lines[29] != listed.read_text().splitlines()[30]
    listed.write_text("\n".join(lines) + "\n")
    worst = measure_goods(folder, Progress()).worst
    shown = next(each for each in worst if CARTONS in each.detail)
    assert shown.score < 0
    assert shown.picture.shape[0] == 3 * (160 + 4)
    assert shown.picture.shape[2] == 3

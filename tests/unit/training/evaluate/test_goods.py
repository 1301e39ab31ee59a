import csv
from pathlib import Path

import pytest

from riac.errors import LibraryError
from training.evaluate.figure import Figure, Progress, Section
from training.evaluate.goods import measure_goods
from training.simulator.references import references

CARTONS, TYRES = "0207", "4011"


class _Counting(Progress):
    def __init__(self) -> None:
        self.total, self.done = 0, 0

    def begin(self, name: str, *, total: int) -> None:
        self.total = total

    def advance(self) -> None:
        self.done += 1


@pytest.fixture(scope="module")
def pictures() -> dict[str, list[bytes]]:
    """Whole vehicles by heading, thirteen each; empty heading: empty containers."""
    made: dict[str, list[bytes]] = {}
    for each in references(each=13, headings=[CARTONS, TYRES]):
        made.setdefault(each.hs_code, []).append(each.picture)
    return made


def _goods_folder(folder: Path, pictures: dict[str, list[bytes]]) -> Path:
    """Write ten honest loads of each of two goods, one hidden empty, one other load, one
    unreadable; three references each.
    """
    made: list[tuple[bytes, str, str, str, str]] = []
    for number in range(13):
        reference = "yes" if number < 3 else "no"
        made += [
            (pictures[heading][number], heading, "as_declared", "no", reference)
            for heading in (CARTONS, TYRES)
        ]
        if number < 3:
            made.append((pictures[""][number], "", "empty", "no", "yes"))
    made.append((pictures[""][3], TYRES, "empty", "no", "no"))
    made.append((pictures[CARTONS][4], TYRES, "other_goods", "no", "no"))
    made.append((b"no picture", CARTONS, "as_declared", "yes", "no"))
    goods = folder / "goods"
    goods.mkdir()
    with (goods / "goods.csv").open("w", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["file", "declared_hs4", "seen", "faulty", "reference", "render"])
        for number, (picture, *row) in enumerate(made):
            name = f"g{number:03d}.jpg"
            writer.writerow([name, *row, "grey"])
            (goods / name).write_bytes(picture)
    return folder


@pytest.fixture(scope="module")
def counting() -> _Counting:
    return _Counting()


@pytest.fixture(scope="module")
def section(
    tmp_path_factory: pytest.TempPathFactory,
    counting: _Counting,
    pictures: dict[str, list[bytes]],
) -> Section:
    return measure_goods(_goods_folder(tmp_path_factory.mktemp("data"), pictures), counting)


@pytest.fixture(scope="module")
def other_section(
    tmp_path_factory: pytest.TempPathFactory, pictures: dict[str, list[bytes]]
) -> Section:
    """With whole vehicles (one unreadable), bags listed as cartons, and a policy nothing meets."""
    folder = _goods_folder(tmp_path_factory.mktemp("other"), pictures)
    scans = folder / "scans"
    scans.mkdir()
    loads = [("empty", pictures[""][5]), ("loaded", pictures[TYRES][5]), ("empty", b"")]
    for number, (_, picture) in enumerate(loads):
        (scans / f"s{number}.jpg").write_bytes(picture)
    rows = [f"s{number}.jpg,{load}" for number, (load, _) in enumerate(loads)]
    (scans / "scans.csv").write_text("\n".join(["file,load", *rows]) + "\n")
    listed = folder / "goods" / "goods.csv"
    lines = listed.read_text().splitlines()
    assert f",{TYRES},as_declared" in lines[29]
    lines[29] = lines[29].replace(f",{TYRES},", f",{CARTONS},")
    listed.write_text("\n".join(lines) + "\n")
    return measure_goods(folder, Progress(), min_consistent_score=1.0)


def _figure(section: Section, name: str) -> Figure:
    return next(each for each in section.figures if each.name == name)


def test_headings_of_plainly_different_goods_are_found(section: Section) -> None:
    macro = _figure(section, "heading top-1, macro")
    assert (macro.value, macro.count) == (1.0, 20)
    assert CARTONS in macro.note
    assert TYRES in macro.note


def test_an_unusable_picture_counts_as_missed(section: Section) -> None:
    # Ten of eleven cartons and ten of ten sets of tyres.
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


def test_a_stricter_policy_refers_more(other_section: Section) -> None:
    assert _figure(other_section, "honest goods referred (false alarms)").value == 1.0


def test_whole_vehicles_are_judged_where_there_are_any(
    section: Section, other_section: Section
) -> None:
    name = "empty or loaded, correct, whole vehicles"
    assert not any(each.name == name for each in section.figures)
    figure = _figure(other_section, name)
    assert figure.value == pytest.approx(2 / 3)
    assert figure.count == 3


def test_missed_headings_are_shown_beside_what_they_resemble(other_section: Section) -> None:
    shown = next(each for each in other_section.worst if CARTONS in each.detail)
    assert shown.score < 0
    assert shown.picture.shape[0] == 3 * (160 + 4)
    assert shown.picture.shape[2] == 3

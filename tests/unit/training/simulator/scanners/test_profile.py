from __future__ import annotations

from pathlib import Path

import pytest

from training.simulator.scanners.profile import (
    PROFILES,
    ScannerProfile,
    load_profile,
    profile_names,
    read_profile,
)


def changed(tmp_path: Path, before: str, after: str) -> Path:
    text = (PROFILES / "mobile-6mv.toml").read_text(encoding="utf-8")
    assert before in text
    path = tmp_path / "scanner.toml"
    path.write_text(text.replace(before, after), encoding="utf-8")
    return path


@pytest.mark.parametrize("name", profile_names())
def test_every_profile_is_called_like_its_file(name: str) -> None:
    assert load_profile(name).name == name


@pytest.mark.parametrize("name", profile_names())
def test_the_fan_of_every_profile_reaches_over_a_high_cube_on_a_trailer(name: str) -> None:
    profile = load_profile(name)
    fan = profile.fan(middle_height_mm=2700.0)
    if fan.from_above:
        assert fan.row_of(1219, -1448) > 0
        assert fan.row_of(-1219, -1448) < fan.rows
    else:
        # Its far upper edge, 1.2 m floor height and 2.9 m of container.
        assert fan.row_of(4100, -1219) > 0
        assert fan.row_of(1200, 0) < fan.rows


@pytest.mark.parametrize("name", profile_names())
def test_a_coarser_scanner_sees_the_same_with_fewer_larger_elements(name: str) -> None:
    profile = load_profile(name)
    coarser = profile.coarser(2.0)
    assert coarser.column_pitch_mm == pytest.approx(2 * profile.column_pitch_mm)
    extents = [p.geometry.rows * p.geometry.row_pitch_mm for p in (profile, coarser)]
    assert extents[1] == pytest.approx(extents[0], rel=1e-2)
    assert read_profile_text(coarser) is not None


def read_profile_text(profile: ScannerProfile) -> ScannerProfile:
    """Check the numbers as a file's are checked."""
    return ScannerProfile.model_validate(profile.model_dump())


def test_an_unknown_name_is_answered_with_those_there_are() -> None:
    with pytest.raises(ValueError, match="mobile-6mv"):
        load_profile("mobile-7mv")


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ('kind = "linac"', 'kind = "laser"', r"beam\.kind: .*'linac'.*'cobalt_60'.*'laser'"),
        ("bits = 16", "bits = 40", r"detector\.bits: .*24.*40"),
        ("rows = 992", "rows = 992\ncolumns = 5", r"geometry\.columns: .*not permitted"),
        ("rows = 992\n", "", r"geometry\.rows: .*required"),
        ("[6000.0]", "[60000.0]", r"beam: endpoint_kev of a linac lies between 1000 and 15000"),
        ("[6000.0]", "[6000.0, 3000.0]", r"beam: photons has one number for each"),
        ("copper = 3.0", "cheese = 3.0", r"filters_mm\.cheese.*'copper'"),
        (
            "source_to_detector_mm = 8600.0",
            "source_to_detector_mm = 6000.0",
            r"geometry: .*exceeds",
        ),
        ("[noise]", "[noise", r"expected TOML"),
    ],
)
def test_nonsense_is_named_with_what_is_allowed(
    tmp_path: Path, before: str, after: str, message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        read_profile(changed(tmp_path, before, after))

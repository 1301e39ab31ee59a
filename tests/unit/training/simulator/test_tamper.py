"""The tamper model: what is labelled as changed is changed, and nothing else."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from riac.scan import Box, Picture
from training.simulator.tamper import CONTAINER_HEIGHT_MM, Tampered, tamper
from training.simulator.trucks import TamperingKind

CONTAINER = Box(20, 10, 620, 210)
SIZES = st.sampled_from([150.0, 300.0, 600.0])


def loaded(*, attenuation: float) -> Picture:
    """A container full to two thirds of its height."""
    picture = np.ones((240, 640), np.float32)
    picture[10:210, 20:620] = np.exp(-0.1)
    picture[80:200, 30:610] = np.exp(-0.1 - attenuation)
    return picture


def changed(
    picture: Picture, kind: TamperingKind, *, size_mm: float = 300.0, seed: int = 1
) -> Tampered | None:
    return tamper(
        picture,
        kind,
        container=CONTAINER,
        size_mm=size_mm,
        generator=np.random.default_rng(seed),
        donor=(loaded(attenuation=2.0), CONTAINER),
    )


@given(kind=st.sampled_from(TamperingKind), size_mm=SIZES, seed=st.integers(0, 2**31))
@settings(max_examples=60, deadline=None)
def test_a_change_stays_in_its_box_and_its_box_in_the_container(
    kind: TamperingKind, size_mm: float, seed: int
) -> None:
    picture = loaded(attenuation=1.0)
    change = changed(picture, kind, size_mm=size_mm, seed=seed)
    assert change is not None
    box = change.box
    assert CONTAINER.x0 <= box.x0 < box.x1 <= CONTAINER.x1
    assert CONTAINER.y0 <= box.y0 < box.y1 <= CONTAINER.y1
    outside = np.ones(picture.shape, bool)
    outside[int(box.y0) : int(box.y1), int(box.x0) : int(box.x1)] = False
    np.testing.assert_array_equal(change.picture[outside], picture[outside])


@pytest.mark.parametrize("size_mm", [150.0, 300.0, 600.0])
def test_sizes_follow_the_height_of_the_container(size_mm: float) -> None:
    change = changed(loaded(attenuation=1.0), TamperingKind.REMOVAL, size_mm=size_mm)
    assert change is not None
    expected_px = size_mm / CONTAINER_HEIGHT_MM * CONTAINER.height
    # Whole pixels.
    assert abs(change.box.width - expected_px) <= 0.5
    assert abs(change.box.height - expected_px) <= 0.5


def test_a_removal_leaves_35_percent_of_the_cargo() -> None:
    picture = loaded(attenuation=1.0)
    for seed in range(20):
        change = changed(picture, TamperingKind.REMOVAL, size_mm=150.0, seed=seed)
        assert change is not None
        box = change.box
        area = (slice(int(box.y0), int(box.y1)), slice(int(box.x0), int(box.x1)))
        full = picture[area] < 0.5
        left = -np.log(change.picture[area][full]) - 0.1
        np.testing.assert_allclose(left, 0.35, atol=0.01)


def test_nothing_is_removed_from_an_empty_container() -> None:
    assert changed(loaded(attenuation=0.0), TamperingKind.REMOVAL) is None


def test_a_false_wall_is_as_tall_as_the_hold_and_evenly_thick() -> None:
    picture = loaded(attenuation=1.0)
    change = changed(picture, TamperingKind.FALSE_WALL)
    assert change is not None
    assert change.box.height > 0.75 * CONTAINER.height
    area = (
        slice(int(change.box.y0), int(change.box.y1)),
        slice(int(change.box.x0), int(change.box.x1)),
    )
    added = np.log(picture[area]) - np.log(change.picture[area])
    assert 0.25 <= float(added.mean()) <= 0.8
    np.testing.assert_allclose(added, added.mean(), atol=1e-4)


def test_an_insertion_only_takes_light() -> None:
    picture = loaded(attenuation=1.0)
    for seed in range(10):
        change = changed(picture, TamperingKind.INSERTION, seed=seed)
        assert change is not None
        assert (change.picture <= picture + 1e-6).all()
        assert change.grey_levels > 0


def test_what_is_put_behind_black_goods_counts_as_invisible() -> None:
    picture = loaded(attenuation=1.0)
    picture[10:210, 20:620] = 0.004
    change = changed(picture, TamperingKind.INSERTION)
    assert change is not None
    assert not change.visible


def test_a_substitution_without_a_donor_is_refused() -> None:
    with pytest.raises(ValueError, match="another scan"):
        tamper(
            loaded(attenuation=1.0),
            TamperingKind.SUBSTITUTION,
            container=CONTAINER,
            size_mm=300.0,
            generator=np.random.default_rng(1),
        )

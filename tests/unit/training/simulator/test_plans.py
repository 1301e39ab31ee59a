"""What is drawn is allowed; what is not allowed is refused with what is."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from training.simulator.fraud import FraudKind
from training.simulator.goods.catalogue import GOODS, goods_of
from training.simulator.plans import (
    ANYTHING,
    Choice,
    draw_fraud,
    draw_load,
    draw_profile,
    possible_frauds,
    profile_of,
)
from training.simulator.scene.containers import ContainerKind


@pytest.mark.parametrize("seed", range(40))
def test_every_load_travels_in_a_container_that_takes_it(seed: int) -> None:
    choice = Choice(items=1 + seed % 3)
    load = draw_load(choice, seed=seed, generator=np.random.default_rng(seed))
    shell = load.truck.shell
    for heading in load.headings:
        assert shell.kind in {kind for _, kind in goods_of(heading).containers}
    assert len(load.headings) <= choice.items


def test_the_share_of_empty_containers_is_kept() -> None:
    generator = np.random.default_rng(0)
    loads = [draw_load(Choice(empty_share=0.3), seed=1, generator=generator) for _ in range(400)]
    assert np.mean([not load.headings for load in loads]) == pytest.approx(0.3, abs=0.07)
    assert len({load.headings for load in loads}) > len(GOODS) / 2


@pytest.mark.parametrize("kind", list(FraudKind))
def test_every_fraud_can_be_drawn_for_some_load(kind: FraudKind) -> None:
    generator = np.random.default_rng(1)
    choice = Choice(headings=("4011",), empty_share=0)
    load = draw_load(choice, seed=1, generator=generator)
    assert kind in possible_frauds(load)
    fraud = draw_fraud(kind, load, seed=1, generator=generator)
    assert fraud.kind is kind


@pytest.mark.parametrize("heading", ["", *sorted(GOODS)])
def test_every_load_can_be_tampered_with_in_every_way_it_says(heading: str) -> None:
    generator = np.random.default_rng(2)
    choice = Choice(headings=(heading,), empty_share=0) if heading else Choice(empty_share=1)
    load = draw_load(choice, seed=1, generator=generator)
    for kind in possible_frauds(load):
        assert draw_fraud(kind, load, seed=1, generator=generator).kind is kind


def test_nothing_is_taken_out_of_an_empty_container() -> None:
    load = draw_load(Choice(empty_share=1), seed=1, generator=np.random.default_rng(1))
    assert FraudKind.REMOVAL not in possible_frauds(load)
    assert FraudKind.INSERTION in possible_frauds(load)


def test_a_second_scanner_of_a_pair_looks_the_same_way() -> None:
    generator = np.random.default_rng(2)
    views = {
        draw_profile(ANYTHING, generator=generator, view="top").geometry.view for _ in range(6)
    }
    assert views == {"top"}
    assert {draw_profile(ANYTHING, generator=generator).geometry.view for _ in range(40)} == {
        "side",
        "top",
    }


@pytest.mark.parametrize(
    ("stated", "message"),
    [
        ({"headings": ("9999",)}, "not modelled; the simulator packs 0202"),
        (
            {"headings": ("4011",), "container": ContainerKind.TANK},
            r"4011 \(new pneumatic tyres\) does not travel in a tank container; allowed: dry",
        ),
        ({"scanners": ("x-ray-specs",)}, "expected one of gantry-6-4mv"),
        ({"items": 6}, "one to five"),
        ({"empty_share": 1.5}, "0 to 1"),
    ],
)
def test_what_cannot_be_is_refused_with_what_can(stated: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Choice(**stated)  # type: ignore[arg-type]


def test_a_scanner_may_come_from_a_file(tmp_path: Path) -> None:
    named = profile_of("van-450kv")
    source = Path("training/simulator/scanners/profiles/van-450kv.toml")
    path = tmp_path / "own.toml"
    path.write_text(source.read_text(encoding="utf-8"), encoding="utf-8")
    assert profile_of(str(path)) == named
    path.write_text("name = 3\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"own\.toml: name: Input should be a valid string"):
        profile_of(str(path))
    with pytest.raises(ValueError, match="there is no such file"):
        profile_of(str(tmp_path / "none.toml"))
    assert draw_profile(ANYTHING, generator=np.random.default_rng(0)) is not None
    assert ANYTHING.headings == ()

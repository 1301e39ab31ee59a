"""The simulated traffic is what a clearance system would send, and its labels hold."""

from __future__ import annotations

import numpy as np
import pytest

from riac.decision import Outcome, PassageRole
from riac.declaration import check_digit_is_right
from riac.errors import ScanUnreadableError
from riac.formats import read_scan
from serve.api.schemas import DeclarationBody, ScanMetadata
from training.simulator.paperwork import container_number
from training.simulator.references import references
from training.simulator.scanning import grey_level_change
from training.simulator.scenarios import DECK, EXPECTED, Scenario
from training.simulator.traffic import consignment, leaving_scene, traffic
from training.simulator.trucks import Truck, build_scene

WEIGHT_TOLERANCE = 0.05


@pytest.fixture(scope="module", params=list(Scenario))
def scenario(request: pytest.FixtureRequest) -> Scenario:
    return Scenario(request.param)


def test_every_scenario_is_dealt_and_has_its_right_answers() -> None:
    assert set(DECK) == set(Scenario) == set(EXPECTED)


def test_what_is_sent_fits_the_contract_and_its_label(scenario: Scenario) -> None:
    sent = consignment(scenario, seed=11)
    declaration = DeclarationBody.model_validate(sent.declaration)
    declared = declaration.containers[0]
    assert check_digit_is_right(declared.number)
    assert tuple(passage.role for passage in sent.passages) == tuple(EXPECTED[scenario])
    for passage in sent.passages:
        metadata = ScanMetadata.model_validate(passage.metadata)
        assert metadata.container_number == declared.number
        assert metadata.gross_mass_kg is not None
        assert declared.gross_mass_kg is not None
        off = abs(metadata.gross_mass_kg - declared.gross_mass_kg) / declared.gross_mass_kg
        if scenario.tampering is None or passage.role is not PassageRole.EXIT:
            assert (off > WEIGHT_TOLERANCE) == (scenario is Scenario.WEIGHT_OFF)
        broken = scenario is Scenario.BROKEN_SEAL and passage.role is PassageRole.EXIT
        assert (metadata.seals != declared.seals) == broken


def test_pictures_open_unless_they_were_cut_short(scenario: Scenario) -> None:
    for passage in consignment(scenario, seed=12).passages:
        if scenario is Scenario.TRUNCATED:
            with pytest.raises(ScanUnreadableError):
                read_scan(passage.picture, name=passage.file_name)
            continue
        scan = read_scan(passage.picture, name=passage.file_name)
        assert scan.bits == 16
        assert not scan.display_rendered
        assert len(scan.primary.planes) == (2 if passage.file_name.endswith(".zip") else 1)
        air_is_bright = np.median(scan.primary.transmission[:10, :10]) > 0.9
        assert air_is_bright == (scenario is not Scenario.INVERTED)


def test_only_a_tampered_load_is_another_at_exit(scenario: Scenario) -> None:
    truck = Truck("5201", seed=21)
    entry = build_scene(truck)
    leaving = leaving_scene(truck, entry, scenario, np.random.default_rng(1))
    moved = grey_level_change(entry, leaving)
    if scenario.tampering is None:
        assert moved == 0
    else:
        # A visible change moves its region by 16 levels; the smallest region is 2 % of a hold.
        assert moved > 0.3


def test_only_a_replay_sends_the_same_bytes_twice() -> None:
    entry, leaving = consignment(Scenario.REPLAYED, seed=5).passages
    assert entry.picture == leaving.picture
    entry, leaving = consignment(Scenario.HONEST_TRANSIT, seed=5).passages
    assert entry.picture != leaving.picture


def test_the_same_seed_makes_the_same_day() -> None:
    first, second = (list(traffic(seed=3, count=2)) for _ in range(2))
    assert first == second


def test_the_first_consignment_is_honest_and_numbers_do_not_repeat() -> None:
    day = list(traffic(seed=4, count=1))
    assert day[0].scenario is Scenario.HONEST_TRANSIT
    assert all(passage.expected.outcome is Outcome.AUTO_CLEAR for passage in day[0].passages)
    assert len({container_number(seed) for seed in range(2000)}) == 2000


def test_references_come_by_heading_with_the_empty_ones_first() -> None:
    made = list(references(each=2, headings=["5201"]))
    assert [reference.hs_code for reference in made] == ["", "", "5201", "5201"]
    assert len({reference.picture for reference in made}) == 4
    assert made == list(references(each=2, headings=["5201"]))

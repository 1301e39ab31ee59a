"""The simulated traffic is what a clearance system would send, and its labels hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from riac.decision import Outcome, PassageRole
from riac.declaration import check_digit_is_right
from riac.errors import ScanUnreadableError
from riac.formats import read_scan
from serve.api.schemas import DeclarationBody, ScanMetadata
from training.simulator.fraud import FraudKind
from training.simulator.paperwork import SimulatedConsignment, container_number
from training.simulator.references import references
from training.simulator.scanning import grey_level_change
from training.simulator.scenarios import DAY, DECK, EXPECTED, Scenario
from training.simulator.staging import stage
from training.simulator.traffic import consignment, day, make_timed, traffic
from training.simulator.trucks import VISIBLE_GREY_LEVELS

WEIGHT_TOLERANCE = 0.05
OFF_BY_WEIGHT = (Scenario.WEIGHT_OFF, Scenario.SHORT_SHIPMENT)
UNWEIGHED = (None, FraudKind.BROKEN_SEAL)


@pytest.fixture(scope="module", params=list(Scenario))
def scenario(request: pytest.FixtureRequest) -> Scenario:
    return Scenario(request.param)


@pytest.fixture(scope="module")
def sent(scenario: Scenario) -> SimulatedConsignment:
    return consignment(scenario, seed=11)


def test_every_scenario_belongs_to_a_day_and_has_its_right_answers() -> None:
    assert set(DAY) == set(Scenario) == set(EXPECTED)
    assert set(DECK) < set(DAY)


def test_what_is_sent_fits_the_contract_and_its_label(
    scenario: Scenario, sent: SimulatedConsignment
) -> None:
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
        if scenario.fraud in UNWEIGHED or passage.role is not PassageRole.EXIT:
            assert (off > WEIGHT_TOLERANCE) == (scenario in OFF_BY_WEIGHT)
        broken = scenario is Scenario.BROKEN_SEAL and passage.role is PassageRole.EXIT
        assert (metadata.seals != declared.seals) == broken


def test_pictures_open_unless_they_were_cut_short(
    scenario: Scenario, sent: SimulatedConsignment
) -> None:
    for passage in sent.passages:
        if scenario is Scenario.TRUNCATED:
            with pytest.raises(ScanUnreadableError):
                read_scan(passage.picture, name=passage.file_name)
            continue
        scan = read_scan(passage.picture, name=passage.file_name)
        assert scan.bits == 16
        assert not scan.display_rendered
        assert len(scan.primary.planes) == (2 if passage.file_name.endswith(".zip") else 1)
        if scenario is Scenario.DARK:
            continue
        air_is_bright = np.median(scan.primary.transmission[:10, :10]) > 0.9
        assert air_is_bright == (scenario is not Scenario.INVERTED)


def test_only_a_tampered_load_is_another_at_exit(scenario: Scenario) -> None:
    staged = stage(scenario, seed=21, headings=("5201", "4804"), generator=np.random.default_rng(1))
    journey = staged.journey
    leaving, entry = journey.exit, journey.entry
    honest = replace(leaving, added=entry.added, voids=entry.voids)
    moved = grey_level_change(honest, leaving)
    if scenario.fraud in UNWEIGHED:
        assert moved == 0
    else:
        assert moved >= 2 * VISIBLE_GREY_LEVELS
    if scenario is Scenario.UNDECLARED_EXTRA:
        assert set(entry.cargo.rows()["item"]) == {0, 1}
        assert len(staged.declared) == 1
    if scenario is Scenario.SHORT_SHIPMENT:
        assert entry.cargo_mass_kg < 0.8 * staged.declared_kg
    if scenario is Scenario.MISDECLARED:
        assert not set(staged.declared) & set(staged.load.headings)


def test_a_consignment_of_a_day_can_be_made_alone() -> None:
    shares = {Scenario.HONEST_IMPORT: 3.0, Scenario.DISTURBED: 1.0}
    planned = day(seed=2, count=3, on=date(2026, 3, 1), shares=shares, headings=("4011",))
    assert [task.arrives_at for task in planned] == sorted(task.arrives_at for task in planned)
    assert {task.arrives_at.date() for task in planned} == {date(2026, 3, 1)}
    made = make_timed(planned[1])
    assert made == make_timed(planned[1])
    assert made.declared_at < made.scanned_at[0] == planned[1].arrives_at
    (item,) = made.consignment.declaration["items"]
    assert item["hs_code"] == "4011"
    assert item["packages"] > 100


def test_gates_are_busier_at_noon_than_at_night() -> None:
    planned = day(seed=1, count=2000, on=date(2026, 3, 1))
    hours = np.array([task.arrives_at.hour for task in planned])
    assert np.sum((hours >= 9) & (hours < 12)) > 5 * np.sum((hours >= 1) & (hours < 4))


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

"""What is timed is what is meant: pairs of one load, of the right size, depth and energies."""

from __future__ import annotations

from models import load_checks, load_detector
from riac.formats import read_scan
from riac.imaging import prepare
from training.evaluate.bench import compare_pair, display_pair, measured_pair, sift_pair
from training.evaluate.simulating import time_simulator


def test_a_display_pair_is_eight_bit_and_alike() -> None:
    pair = display_pair((1000, 400))
    for content in (pair.entry, pair.exit_):
        scan = read_scan(content)
        assert prepare(scan).usable
        assert scan.display_rendered
        assert scan.primary.transmission.shape == (400, 1000)
    assert 0 < compare_pair(pair, detector=load_detector(), checks=load_checks()) <= 1
    assert 0 < sift_pair(pair) < 255


def test_a_measured_pair_has_sixteen_bits_and_two_energies() -> None:
    pair = measured_pair((1200, 480))
    for content in (pair.entry, pair.exit_):
        scan = read_scan(content)
        assert prepare(scan).usable
        assert scan.bits == 16
        assert [plane.energy_kev for plane in scan.primary.planes] == [6000.0, 3500.0]
        assert scan.primary.transmission.shape == (480, 1200)
    assert 0 < compare_pair(pair, detector=load_detector(), checks=load_checks()) <= 1


def test_the_simulator_is_timed_with_its_memory() -> None:
    rate, memory = time_simulator(scans=1)
    assert 0 < rate.median < 100
    assert rate.unit == "a second"
    assert rate.at_least == 2
    assert 0.05 < memory.median < 8

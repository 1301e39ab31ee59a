"""What can happen to a consignment, and what the right answer to it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from riac.decision import Outcome, PassageRole, ReasonCode
from training.simulator.fraud import FraudKind
from training.simulator.trucks import TamperingKind


class Scenario(StrEnum):
    """One way a consignment goes through customs."""

    HONEST_TRANSIT = "honest_transit"
    HONEST_IMPORT = "honest_import"
    HONEST_EMPTY = "honest_empty"
    INSERTION = "insertion"
    REMOVAL = "removal"
    SUBSTITUTION = "substitution"
    FALSE_WALL = "false_wall"
    MISDECLARED = "misdeclared"
    EMPTY_DECLARED_AS_GOODS = "empty_declared_as_goods"
    GOODS_DECLARED_AS_EMPTY = "goods_declared_as_empty"
    BROKEN_SEAL = "broken_seal"
    WEIGHT_OFF = "weight_off"
    TRUNCATED = "truncated"
    INVERTED = "inverted"
    EXIT_WITHOUT_ENTRY = "exit_without_entry"
    REPLAYED = "replayed"
    SWAP = "swap"
    FALSE_FLOOR = "false_floor"
    UNDECLARED_EXTRA = "undeclared_extra"
    """Goods of a second heading that no item declares."""
    SHORT_SHIPMENT = "short_shipment"
    """Part of the declared goods is missing."""
    DARK = "dark"
    """The source did not fire."""
    DISTURBED = "disturbed"
    """Dead elements, discharges or stripes."""

    @property
    def tampering(self) -> TamperingKind | None:
        """What is done to the load between entry and exit, as picture models know it."""
        # A member of one enumeration is never `in` another, whatever its value.
        return next((kind for kind in TamperingKind if kind.value == self.value), None)

    @property
    def fraud(self) -> FraudKind | None:
        """What is done between entry and exit."""
        return next((kind for kind in FraudKind if kind.value == self.value), None)


@dataclass(frozen=True, slots=True)
class Expected:
    """The right answer to one passage."""

    outcome: Outcome | None
    """None where either is right (a mended picture of honest goods)."""
    reasons: frozenset[ReasonCode] = frozenset()
    """One of these should be among the reasons of a referral."""


CLEAR = Expected(Outcome.AUTO_CLEAR)
EITHER = Expected(None)


def _refer(*reasons: ReasonCode) -> Expected:
    return Expected(Outcome.REFER, frozenset(reasons))


_CHANGED = _refer(ReasonCode.MISMATCH, ReasonCode.INCONCLUSIVE, ReasonCode.WEIGHT_DIFFERS)
_OTHER_GOODS = _refer(ReasonCode.INCONSISTENT_GOODS, ReasonCode.UNKNOWN_GOODS)
_UNUSABLE = _refer(ReasonCode.UNUSABLE_SCAN)

EXPECTED: Mapping[Scenario, Mapping[PassageRole, Expected]] = {
    Scenario.HONEST_TRANSIT: {PassageRole.ENTRY: CLEAR, PassageRole.EXIT: CLEAR},
    Scenario.HONEST_IMPORT: {PassageRole.IMPORT: CLEAR},
    Scenario.HONEST_EMPTY: {PassageRole.ENTRY: CLEAR, PassageRole.EXIT: CLEAR},
    Scenario.INSERTION: {PassageRole.ENTRY: CLEAR, PassageRole.EXIT: _CHANGED},
    Scenario.REMOVAL: {PassageRole.ENTRY: CLEAR, PassageRole.EXIT: _CHANGED},
    Scenario.SUBSTITUTION: {PassageRole.ENTRY: CLEAR, PassageRole.EXIT: _CHANGED},
    Scenario.FALSE_WALL: {PassageRole.ENTRY: CLEAR, PassageRole.EXIT: _CHANGED},
    Scenario.MISDECLARED: {PassageRole.IMPORT: _OTHER_GOODS},
    Scenario.EMPTY_DECLARED_AS_GOODS: {
        PassageRole.IMPORT: _refer(ReasonCode.DECLARED_BUT_EMPTY, ReasonCode.INCONSISTENT_GOODS)
    },
    Scenario.GOODS_DECLARED_AS_EMPTY: {PassageRole.IMPORT: _OTHER_GOODS},
    Scenario.BROKEN_SEAL: {
        PassageRole.ENTRY: CLEAR,
        PassageRole.EXIT: _refer(ReasonCode.SEAL_DIFFERS, ReasonCode.SEAL_MISSING),
    },
    Scenario.WEIGHT_OFF: {PassageRole.IMPORT: _refer(ReasonCode.WEIGHT_DIFFERS)},
    Scenario.TRUNCATED: {PassageRole.IMPORT: _UNUSABLE},
    Scenario.INVERTED: {PassageRole.IMPORT: EITHER},
    Scenario.EXIT_WITHOUT_ENTRY: {PassageRole.EXIT: _refer(ReasonCode.NO_ENTRY_SCAN)},
    Scenario.REPLAYED: {
        PassageRole.ENTRY: CLEAR,
        PassageRole.EXIT: _refer(ReasonCode.REPLAYED_IMAGE),
    },
    Scenario.SWAP: {PassageRole.ENTRY: CLEAR, PassageRole.EXIT: _CHANGED},
    Scenario.FALSE_FLOOR: {PassageRole.ENTRY: CLEAR, PassageRole.EXIT: _CHANGED},
    Scenario.UNDECLARED_EXTRA: {PassageRole.IMPORT: _OTHER_GOODS},
    Scenario.SHORT_SHIPMENT: {
        PassageRole.IMPORT: _refer(ReasonCode.WEIGHT_DIFFERS, ReasonCode.INCONSISTENT_GOODS)
    },
    Scenario.DARK: {PassageRole.IMPORT: _UNUSABLE},
    Scenario.DISTURBED: {PassageRole.IMPORT: EITHER},
}
"""By scenario, the passages it has (in their order) and the right answer to each."""

DAY: Mapping[Scenario, float] = {
    **dict.fromkeys(Scenario, 1.0),
    Scenario.HONEST_TRANSIT: 60.0,
    Scenario.HONEST_IMPORT: 60.0,
    Scenario.HONEST_EMPTY: 12.0,
    Scenario.DISTURBED: 4.0,
}
"""Weights of a day's traffic. Chosen: six of seven consignments honest, which is far more fraud
than customs find, so that a day shows every kind of it."""

_ONLY_OF_DAYS = (
    Scenario.SWAP,
    Scenario.FALSE_FLOOR,
    Scenario.UNDECLARED_EXTRA,
    Scenario.SHORT_SHIPMENT,
    Scenario.DARK,
    Scenario.DISTURBED,
)
DECK: tuple[Scenario, ...] = (
    *([Scenario.HONEST_TRANSIT] * 8),
    *([Scenario.HONEST_IMPORT] * 3),
    Scenario.HONEST_EMPTY,
    *(
        scenario
        for scenario in Scenario
        if not scenario.startswith("honest") and scenario not in _ONLY_OF_DAYS
    ),
)
"""The proportions of a demonstration: twelve honest consignments to thirteen others."""


def draw_scenario(shares: Mapping[Scenario, float], *, generator: np.random.Generator) -> Scenario:
    """Draw one way after its weight."""
    names = list(shares)
    weights = np.array([shares[name] for name in names])
    return names[int(generator.choice(len(names), p=weights / weights.sum()))]


def deal(deck: Sequence[Scenario], *, count: int, seed: int) -> Iterator[Scenario]:
    """Deal a deck in a seeded order, again and again.

    The first is honest, so that a demonstration begins with the ordinary.
    """
    generator = np.random.default_rng([seed, 2])
    dealt: list[Scenario] = []
    for index in range(count):
        if not dealt:
            dealt = [deck[i] for i in generator.permutation(len(deck))]
            if index == 0 and Scenario.HONEST_TRANSIT in dealt:
                dealt.remove(Scenario.HONEST_TRANSIT)
                dealt.append(Scenario.HONEST_TRANSIT)
        yield dealt.pop()

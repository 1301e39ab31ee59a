"""The sections of the benchmark, and how they are run; see docs/rescan-1.md."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from training.evaluate.containers import measure_containers
from training.evaluate.faults import measure_faults
from training.evaluate.figure import Figure, Measure, Progress, Section
from training.evaluate.goods import measure_goods
from training.evaluate.growth import measure_growth
from training.evaluate.headings import measure_headings
from training.evaluate.journeys import measure_journeys
from training.evaluate.pairs import measure_pairs
from training.evaluate.repeats import measure_repeats
from training.evaluate.swaps import measure_swaps

PROTOCOL = "rescan-1"
"""Changes whenever a figure could come out differently on the same scans and the same program."""

NEEDS: dict[str, str] = {
    "containers": "scans/scans.csv",
    "pairs": "scans/scans.csv",
    "repeats": "rescans/rescans.csv",
    "goods": "goods/goods.csv",
    "swaps": "scans/scans.csv",
    "growth": "goods/goods.csv",
    "faults": "scans/scans.csv",
    "journeys": "pairs.csv",
    "headings": "refs.csv",
}
"""The list each section reads, in the order in which they are run."""

MEASURES: dict[str, Measure] = {
    "containers": measure_containers,
    "pairs": measure_pairs,
    "repeats": measure_repeats,
    "goods": measure_goods,
    "swaps": measure_swaps,
    "growth": measure_growth,
    "faults": measure_faults,
    "journeys": measure_journeys,
    "headings": measure_headings,
}


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What one run measured."""

    data: Path
    sections: tuple[Section, ...]
    left_out: tuple[str, ...]
    """Sections whose list is not in the folder, or that were not asked for."""

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Of all sections."""
        return tuple(figure for section in self.sections for figure in section.figures)

    @property
    def missed(self) -> tuple[Figure, ...]:
        """Those below their target, or that could not be measured though one is set."""
        return tuple(figure for figure in self.figures if is_missed(figure))


def is_missed(figure: Figure) -> bool:
    """Say whether a figure has a target and does not reach it."""
    return figure.target is not None and not figure.value >= figure.target


def present_sections(folder: Path) -> tuple[str, ...]:
    """Name the sections a folder has the list for."""
    return tuple(name for name, listed in NEEDS.items() if (folder / listed).is_file())


def evaluate(
    folder: Path,
    *,
    only: Sequence[str] = (),
    progress: Progress | None = None,
    on_section: Callable[[Section], None] = lambda _section: None,
) -> Evaluation:
    """Measure on a folder laid out as the protocol says.

    Args:
        folder: with the lists, see docs/rescan-1.md.
        only: these sections; all the folder has the list for without.
        progress: told of each piece of work.
        on_section: called with each section as soon as it is done.

    Raises:
        ValueError: an unknown section, one whose list is missing, or a list that is not right.
    """
    wanted = _wanted(folder, only)
    sections: list[Section] = []
    for name in wanted:
        section = MEASURES[name](folder, progress or Progress())
        on_section(section)
        sections.append(section)
    return Evaluation(folder, tuple(sections), tuple(name for name in NEEDS if name not in wanted))


def _wanted(folder: Path, only: Iterable[str]) -> tuple[str, ...]:
    asked = tuple(dict.fromkeys(only))
    unknown = [name for name in asked if name not in NEEDS]
    if unknown:
        raise ValueError(f"expected sections among {', '.join(NEEDS)}, got {', '.join(unknown)}")
    present = present_sections(folder)
    missing = [NEEDS[name] for name in asked if name not in present]
    if missing or not present:
        raise ValueError(f"{folder}: expected {', '.join(missing or NEEDS.values())} there")
    return tuple(name for name in NEEDS if name in (asked or present))

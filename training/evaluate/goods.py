"""The benchmark of goods: nearest heading, empty or loaded, declared against seen."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from image_library import Snapshot, decode_png
from models import load_embedder
from riac.finding import Check, CheckVerdict
from riac.policy import load_policy
from riac.ports import Embedder
from training.evaluate.figure import (
    Figure,
    Progress,
    Section,
    WorstCase,
    auroc_figure,
    macro_figure,
    mean_figure,
)
from training.evaluate.goods_checking import (
    CheckedPicture,
    Vehicle,
    build_from_references,
    check_goods,
    judge_vehicles,
    read_goods,
    read_vehicles,
)

MIN_QUERIES = 10
"""A heading with fewer queries is in no macro figure."""
TOP_1_TARGET, TOP_3_TARGET = 0.80, 0.95
EMPTY_TARGET = 0.995
FALSE_TARGETS = {"declared but empty": 0.999, "other goods": 0.95, "false code": 0.93}
WORST_SHOWN = 6

Cases = Sequence[CheckedPicture]


def measure_goods(
    folder: Path,
    progress: Progress,
    *,
    embedder: Embedder | None = None,
    min_consistent_score: float | None = None,
) -> Section:
    """Measure the check on `goods/` and `scans/` of a folder laid out as the protocol says.

    Args:
        folder: holds `goods/goods.csv` and its pictures; `scans/scans.csv` where there is one.
        progress: told of each picture.
        embedder: the released one by default.
        min_consistent_score: the policy's; the packaged policy's by default.

    Raises:
        LibraryError: the list is missing, or a reference is unusable.
    """
    pictures = read_goods(folder / "goods")
    embedder = embedder or load_embedder()
    threshold = (
        load_policy().rules.min_consistent_score
        if min_consistent_score is None
        else min_consistent_score
    )
    vehicles = read_vehicles(folder / "scans")
    asked = sum(not each.reference for each in pictures)
    progress.begin("goods", total=asked + len(vehicles))
    with tempfile.TemporaryDirectory() as scratch:
        library = build_from_references(Path(scratch) / "library", pictures, embedder=embedder)
        cases = tuple(check_goods(pictures, library=library, embedder=embedder, progress=progress))
        worst = tuple(_worst(cases, library))
    vehicles = tuple(judge_vehicles(vehicles, progress))
    figures = (
        *_heading_figures(cases),
        *_emptiness_figures(cases),
        *_vehicle_figures(vehicles),
        *_declaration_figures(cases, threshold=threshold),
    )
    rows = tuple(_row(case, threshold=threshold) for case in cases)
    return Section("goods", figures, rows, _curves(cases), worst)


def _heading_figures(cases: Cases) -> Iterator[Figure]:
    """Every picture seen as declared asks for its heading; an unusable one never finds it."""
    queries = [case for case in cases if case.picture.seen == "as_declared"]
    clean = [case for case in queries if not case.picture.faulty]
    yield _macro("heading top-1, macro", clean, top=1, target=TOP_1_TARGET)
    yield _macro("heading top-3, macro", clean, top=3, target=TOP_3_TARGET)
    yield _macro("heading top-1, macro, faulty pictures too", queries, top=1)
    yield mean_figure("heading top-1, all queries", [_hit(case, top=1) for case in clean])
    for heading, members in _by_heading(clean).items():
        hits = [_hit(case, top=1) for case in members]
        taken = sorted({case.ranks[0] for case in members if case.ranks} - {heading})
        note = f"else taken as {', '.join(taken)}" if taken else ""
        yield mean_figure(f"heading {heading} top-1", hits, note=note)


def _macro(name: str, cases: Cases, *, top: int, target: float | None = None) -> Figure:
    """Average the share of hits over the headings with enough queries."""
    counted = [h for h, members in _by_heading(cases).items() if len(members) >= MIN_QUERIES]
    return macro_figure(
        name,
        [_hit(case, top=top) for case in cases],
        [case.picture.declared for case in cases],
        at_least=MIN_QUERIES,
        target=target,
        note=f"headings with {MIN_QUERIES} or more queries: {', '.join(counted) or 'none'}",
    )


def _by_heading(cases: Cases) -> dict[str, list[CheckedPicture]]:
    headings = sorted({case.picture.declared for case in cases})
    return {h: [case for case in cases if case.picture.declared == h] for h in headings}


def _hit(case: CheckedPicture, *, top: int) -> float:
    return float(case.picture.declared in case.ranks[:top])


def _emptiness_figures(cases: Cases) -> Iterator[Figure]:
    judged = [case for case in cases if not case.picture.faulty]
    right = [_emptiness_is_right(case) for case in judged]
    is_empty = [case.picture.seen == "empty" for case in judged]
    yield mean_figure("empty or loaded, correct", right, target=EMPTY_TARGET)
    for name, wanted in (("empty taken as empty", True), ("loaded taken as loaded", False)):
        yield mean_figure(name, [r for r, e in zip(right, is_empty, strict=True) if e is wanted])
    faulty = [_emptiness_is_right(case) for case in cases if case.picture.faulty]
    note = "an unusable picture is not judged, and counts as wrong"
    yield mean_figure("empty or loaded, correct, faulty pictures", faulty, note=note)


def _vehicle_figures(vehicles: Sequence[Vehicle]) -> Iterator[Figure]:
    if not vehicles:
        return
    right = [
        float(each.empty_score is not None and (each.empty_score >= 0.5) == each.empty)
        for each in vehicles
    ]
    note = "whether they are empty is known by a darkness rule, not by eye"
    yield mean_figure("empty or loaded, correct, whole vehicles", right, note=note)


def _emptiness_is_right(case: CheckedPicture) -> float:
    score = case.found.empty_score
    return float(score is not None and (score >= 0.5) == (case.picture.seen == "empty"))


def _declaration_figures(cases: Cases, *, threshold: float) -> Iterator[Figure]:
    """Referred at the policy's threshold: what should be, and what should not."""
    clean = [case for case in cases if not case.picture.faulty]
    honest = [each.found for each in clean if _is_honest(each)]
    yield mean_figure(
        "honest goods referred (false alarms)",
        [_refers(each, threshold) for each in honest],
        note=f"verdict `consistent` and a score of at least {threshold:g} is not referred",
    )
    yield mean_figure(
        "honest goods contradicted by the check", [_refers(each, 0.0) for each in honest]
    )
    honest_scores = [_doubt(each) for each in honest]
    for name, false in _false_declarations(clean).items():
        yield mean_figure(f"{name}: referred", [_refers(each, threshold) for each in false])
        contradicted = [_refers(each, 0.0) for each in false]
        yield mean_figure(f"{name}: contradicted by the check", contradicted)
        yield auroc_figure(
            f"{name}: AUROC against honest",
            [_doubt(each) for each in false],
            honest_scores,
            target=FALSE_TARGETS[name],
        )
    empty = [each.found for each in clean if _is_declared_but_empty(each)]
    named = [float(each.verdict is CheckVerdict.EMPTY) for each in empty]
    yield mean_figure("declared but empty: named empty", named)
    undecided = [each.found for each in clean if each.picture.seen == "undecided"]
    note = "the eye could not tell: no right answer is known"
    yield mean_figure(
        "undecided: referred", [_refers(each, threshold) for each in undecided], note=note
    )


def _false_declarations(cases: Cases) -> dict[str, list[Check]]:
    return {
        "declared but empty": [each.found for each in cases if _is_declared_but_empty(each)],
        "other goods": [each.found for each in cases if each.picture.seen == "other_goods"],
        "false code": [check for each in cases for check in each.false_codes.values()],
    }


def _is_honest(case: CheckedPicture) -> bool:
    return case.picture.seen == "as_declared" and bool(case.picture.declared)


def _is_declared_but_empty(case: CheckedPicture) -> bool:
    return case.picture.seen == "empty" and bool(case.picture.declared)


def _refers(found: Check, threshold: float) -> float:
    """Say (1 or 0) whether the policy refers this check, whatever else it weighs."""
    consistent = found.verdict is CheckVerdict.CONSISTENT
    return float(not consistent or (found.consistent_score or 0.0) < threshold)


def _doubt(found: Check) -> float:
    """What orders checks by how little they agree: without a score there is no agreement."""
    return 1 - (found.consistent_score or 0.0)


def _curves(cases: Cases) -> dict[str, tuple[Sequence[float], Sequence[float]]]:
    clean = [case for case in cases if not case.picture.faulty]
    honest = [_doubt(each.found) for each in clean if _is_honest(each)]
    return {
        name: ([_doubt(each) for each in false], honest)
        for name, false in _false_declarations(clean).items()
    }


def _row(case: CheckedPicture, *, threshold: float) -> dict[str, Any]:
    found = case.found
    return {
        "file": case.picture.path.name,
        "declared": case.picture.declared,
        "seen": case.picture.seen,
        "faulty": case.picture.faulty,
        "verdict": found.verdict.value,
        "referred": bool(_refers(found, threshold)),
        "consistent_score": found.consistent_score,
        "empty_score": found.empty_score,
        "headings": list(case.ranks),
        "false_code_scores": {
            heading: check.consistent_score for heading, check in case.false_codes.items()
        },
    }


def _worst(cases: Cases, library: Snapshot) -> Iterator[WorstCase]:
    """Show emptiness judged wrongly, then headings missed by most, beside what they resemble."""
    for case in cases:
        if case.thumbnail is not None and not _emptiness_is_right(case):
            score = case.found.empty_score
            detail = (
                f"{case.picture.seen}, empty score {'none' if score is None else f'{score:.2f}'}"
            )
            yield WorstCase(case.picture.path.name, score or 0.0, detail, _shown(case.thumbnail))
    queries = [case for case in cases if case.picture.seen == "as_declared" and case.ranks]
    missed = sorted((case for case in queries if not _hit(case, top=1)), key=_margin)
    for case in missed[:WORST_SHOWN]:
        best = case.found.candidates[0]
        own = next((c for c in case.found.candidates if c.hs == case.picture.declared), None)
        detail = f"{case.picture.declared} taken as {best.hs}; below: nearest of that, nearest own"
        nearest = [*best.nearest[:1], *(own.nearest[:1] if own else ())]
        below = [decode_png(library.thumbnail(identifier)) for identifier in nearest]
        assert case.thumbnail is not None
        yield WorstCase(
            case.picture.path.name, _margin(case), detail, _shown(case.thumbnail, *below)
        )


def _margin(case: CheckedPicture) -> float:
    """How far the true heading leads the best other, in likeness; negative where it is missed."""
    scores = {each.hs: each.score for each in case.found.candidates}
    own = scores.pop(case.picture.declared, 0.0)
    return own - max(scores.values(), default=0.0)


def _shown(*pictures: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Put pictures of one height under each other: (H, W, 3) uint8."""
    width = max(picture.shape[1] for picture in pictures)
    padded = [
        cv2.copyMakeBorder(
            picture, 0, 4, 0, width - picture.shape[1], cv2.BORDER_CONSTANT, value=(128,)
        )
        for picture in pictures
    ]
    return np.asarray(cv2.cvtColor(np.concatenate(padded), cv2.COLOR_GRAY2BGR), np.uint8)

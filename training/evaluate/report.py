"""An evaluation as JSON, as a table, and as a page of figures and pictures."""

from __future__ import annotations

import html
import json
import math
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import cv2

from training.evaluate.figure import Figure, Section, WorstCase
from training.evaluate.protocol import PROTOCOL, Evaluation, is_missed
from training.evaluate.timing import machine

HEADER = ("figure", "value", "95 % interval", "n", "target", "")


def table_row(figure: Figure) -> tuple[str, ...]:
    """Return the cells of a figure, in the order of HEADER."""
    return (
        figure.name,
        _number(figure.value),
        f"{_number(figure.low)} - {_number(figure.high)}",
        str(figure.count),
        "" if figure.target is None else _number(figure.target),
        _mark(figure),
    )


def _mark(figure: Figure) -> str:
    if figure.target is None:
        return figure.note
    return "MISSED" if is_missed(figure) else "reached"


def _number(value: float) -> str:
    return "-" if math.isnan(value) else f"{value:.3f}"


def as_json(evaluation: Evaluation) -> dict[str, Any]:
    """Return all of an evaluation but its pictures, JSON-able; NaN becomes null."""
    document = {
        "protocol": PROTOCOL,
        "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": machine(),
        "left_out": list(evaluation.left_out),
        "sections": [
            {
                "name": section.name,
                "figures": [_figure_document(figure) for figure in section.figures],
                "rows": list(section.rows),
            }
            for section in evaluation.sections
        ],
    }
    return _without_nan(document)  # type: ignore[no-any-return]


def _figure_document(figure: Figure) -> dict[str, Any]:
    return {
        "name": figure.name,
        "value": figure.value,
        "low": figure.low,
        "high": figure.high,
        "count": figure.count,
        "target": figure.target,
        "note": figure.note,
    }


def _without_nan(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_nan(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_without_nan(each) for each in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


def write_report(evaluation: Evaluation, folder: Path) -> Path:
    """Write `evaluation.json`, pictures and `index.html`; returns the page.

    The pictures show scans of the data folder: what may not be shown must not be passed on.
    """
    folder.mkdir(parents=True, exist_ok=True)
    document = json.dumps(as_json(evaluation), indent=1, ensure_ascii=False)
    (folder / "evaluation.json").write_text(document, encoding="utf-8")
    parts = [part for section in evaluation.sections for part in _section_html(section, folder)]
    page = folder / "index.html"
    page.write_text(_page("".join(parts), evaluation), encoding="utf-8")
    return page


def _section_html(section: Section, folder: Path) -> Iterator[str]:
    yield f"<h2>{html.escape(section.name)}</h2><table><tr>"
    yield "".join(f"<th>{html.escape(cell)}</th>" for cell in HEADER) + "</tr>"
    for figure in section.figures:
        missed = ' class="missed"' if is_missed(figure) else ""
        cells = "".join(f"<td>{html.escape(cell)}</td>" for cell in table_row(figure))
        yield f"<tr{missed}>{cells}</tr>"
    yield "</table>"
    if section.curves:
        # Imported here: only who wants pictures needs matplotlib (extra `sim`).
        from training.evaluate.plots import write_roc  # noqa: PLC0415

        name = f"{section.name}-roc.png"
        write_roc(section.curves, folder / name, title=section.name)
        yield f'<p><img src="{name}" alt="ROC curves"></p>'
    if section.worst:
        yield "<h3>Worst cases</h3>"
        for number, case in enumerate(section.worst):
            yield _worst_html(case, folder, name=f"{section.name}-worst-{number:02d}.png")


def _worst_html(case: WorstCase, folder: Path, *, name: str) -> str:
    cv2.imwrite(str(folder / name), case.picture)
    text = html.escape(f"{case.name}: {case.score:.3f}. {case.detail}")
    return f'<figure><img src="{name}" alt="{text}"><figcaption>{text}</figcaption></figure>'


def _page(body: str, evaluation: Evaluation) -> str:
    title = f"RIAC, benchmark {PROTOCOL}"
    left_out = f"<p>Left out: {', '.join(evaluation.left_out)}.</p>" if evaluation.left_out else ""
    return f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title><style>
body {{ font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 1000px; color: #222; }}
table {{ border-collapse: collapse; width: 100%; }}
th, td {{ text-align: left; padding: .25rem .6rem; border-bottom: 1px solid #ddd; }}
tr.missed td {{ color: #b00020; }}
img {{ max-width: 100%; }} figure {{ margin: 1rem 0; }} figcaption {{ color: #555; }}
</style></head><body><h1>{title}</h1>
<p>Intervals: 95 %, bootstrap over scans, pairs or queries (n of them).</p>{left_out}
{body}</body></html>
"""

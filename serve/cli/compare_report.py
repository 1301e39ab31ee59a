"""One self-contained HTML file about a compared pair: pictures, regions, factors, reasons."""

from __future__ import annotations

import base64
from html import escape
from typing import Any

import cv2
import numpy as np

from riac.imaging.frame import PreparedScan
from serve.cli.compare_rows import ComparedPair, PairTask

WIDEST_PX = 2400
"""Of the embedded pictures; boxes are scaled with them by the SVG's view box."""
COLOURS = {
    "volume": "#d95f02",
    "density": "#1f78b4",
    "structure": "#7b3294",
    "substitution": "#1b9e77",
}
STYLE = """
body { font: 15px/1.45 system-ui, sans-serif; margin: 2rem auto; max-width: 75rem; color: #222 }
figure { margin: 1.2rem 0 } svg { width: 100%; height: auto; background: #fff; border: 1px solid }
table { border-collapse: collapse } td, th { padding: .2rem .8rem; text-align: left;
border-bottom: 1px solid #ccc } .verdict { font-size: 1.4rem; font-weight: 600 }
"""
REASONS = {
    "match": "No change beyond noise and misalignment was found in what can be seen.",
    "mismatch": "The load changed between entry and exit where marked.",
    "inconclusive": "Too little can be told from these two pictures to call them the same.",
    "unreadable": "At least one of the pictures cannot be used; its faults are listed below.",
}


def report_html(task: PairTask, compared: ComparedPair, row: dict[str, Any]) -> str:
    """Return the report of one pair."""
    reason = REASONS[row["verdict"]]
    if compared.comparison.replayed:
        reason = "The exit scan is the entry scan presented again: nothing was seen at exit."
    parts = [
        f'<p class="verdict">Verdict: {escape(row["verdict"])}</p><p>{reason}</p>',
        _measures(row),
        _factors(row),
        _figure("Entry", task.entry.name, compared.entry, row, "entry_box_px"),
        _figure("Exit", task.exit_.name, compared.exit_, row, "exit_box_px"),
        _faults(row),
    ]
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        f"<title>Comparison of {escape(task.entry.name)} and {escape(task.exit_.name)}</title>"
        f"<style>{STYLE}</style></head><body><h1>Entry against exit</h1>"
        f"{''.join(parts)}</body></html>\n"
    )


def _measures(row: dict[str, Any]) -> str:
    if row["same_score"] is None:
        return ""
    direction = "opposite" if row["mirrored"] else "same"
    return (
        f"<p>Same score {row['same_score']:.3f} (a score, not a probability); "
        f"{row['visible_fraction']:.0%} of the hold can be seen; {direction} direction of travel; "
        f"{row['seconds']:.2f} s.</p>"
    )


def _factors(row: dict[str, Any]) -> str:
    if row["same_score"] is None:
        return ""
    lines = "".join(
        f'<tr><td style="color:{COLOURS[name]}">{name}</td><td>{factor["score"]:.2f}</td>'
        f"<td>{'finding' if factor['finding'] else ''}</td></tr>"
        for name, factor in row["factors"].items()
    )
    return f"<table><tr><th>factor</th><th>score</th><th></th></tr>{lines}</table>"


def _figure(
    title: str, file: str, prepared: PreparedScan | None, row: dict[str, Any], key: str
) -> str:
    caption = f"<figcaption>{title}: {escape(file)}</figcaption>"
    if prepared is None:
        return f"<figure>{caption}<p>Not readable.</p></figure>"
    view = prepared.scan.primary
    height, width = view.shape
    boxes = [
        _rectangle(region, region[key], line=width / 400)
        for region in row["regions"]
        if region[key] is not None and region["view"] == view.name
    ]
    return (
        f'<figure>{caption}<svg viewBox="0 0 {width} {height}" role="img">'
        f'<image href="{_picture_url(view.transmission)}" width="{width}" height="{height}"/>'
        f"{''.join(boxes)}</svg></figure>"
    )


def _rectangle(region: dict[str, Any], box: list[float], *, line: float) -> str:
    x0, y0, x1, y1 = box
    kilograms = region["mass_change_kg"]
    mass = "" if kilograms is None else f", {kilograms:+.1f} kg"
    label = f"{region['factor']} {region['score']:.2f}{mass}"
    return (
        f'<rect x="{x0}" y="{y0}" width="{x1 - x0:.1f}" height="{y1 - y0:.1f}" fill="none" '
        f'stroke="{COLOURS[region["factor"]]}" stroke-width="{line:.1f}">'
        f"<title>{escape(label)}</title></rect>"
    )


def _picture_url(transmission: np.ndarray[Any, np.dtype[np.float32]]) -> str:
    levels = np.rint(np.clip(transmission, 0, 1) * 255).astype(np.uint8)
    height, width = levels.shape
    if width > WIDEST_PX:
        size = (WIDEST_PX, max(round(height * WIDEST_PX / width), 1))
        levels = cv2.resize(levels, size, interpolation=cv2.INTER_AREA).astype(np.uint8)
    done, content = cv2.imencode(".png", levels)
    assert done, "PNG encoder of OpenCV refused a grey picture"
    return "data:image/png;base64," + base64.b64encode(content.tobytes()).decode("ascii")


def _faults(row: dict[str, Any]) -> str:
    if not row["faults"]:
        return ""
    lines = "".join(
        f"<li>{escape(f['severity'])}: {escape(f['code'])} in {escape(str(f['file']))}: "
        f"{escape(f['detail'])}</li>"
        for f in row["faults"]
    )
    return f"<h2>Faults of the pictures</h2><ul>{lines}</ul>"

"""The measurements as text."""

from __future__ import annotations

from collections.abc import Mapping

from training.realism.explanation import Explanation

Figures = Mapping[str, Mapping[str, float]]


def distances_table(result: Figures) -> str:
    """Return a paragraph a group, a line a figure."""
    lines: list[str] = []
    for name, figures in result.items():
        lines.append(name)
        lines += [f"  {key:<40} {value:8.4f}" for key, value in figures.items()]
    return "\n".join(lines)


def appearance_table(appearance: Figures, *, title: str) -> str:
    """Return a line a figure, the widest apart first: medians, interquartile ranges, KS."""
    heads = ("real", "simulated", "IQR", "IQR", "KS")
    lines = [f"{title:<36}" + "".join(f"{head:>11}" for head in heads)]
    for name, of in sorted(appearance.items(), key=lambda item: -item[1]["KS"]):
        keys = ("real", "simulated", "IQR real", "IQR simulated", "KS")
        lines.append(f"  {name:<34}" + "".join(f"{of[key]:11.3f}" for key in keys))
    return "\n".join(lines)


def explanation_table(found: Explanation) -> str:
    """Return cues, the most telling first, then families and places."""
    heads = ("AUROC", "loaded", "empty", "real", "simulated")
    lines = [f"{'tiles told apart by':<40}" + "".join(f"{head:>11}" for head in heads)]
    for cue in found.cues:
        values = (cue.auroc, cue.auroc_loaded, cue.auroc_empty, cue.real, cue.simulated)
        lines.append(f"  {cue.name:<38}" + "".join(f"{value:11.3f}" for value in values))
    lines.append("a linear discriminant's AUROC by family of statistics")
    lines += [f"  {name:<38}{value:11.3f}" for name, value in found.together.items()]
    lines.append("statistics one by one, each beside those before it")
    lines += [f"  {name:<38}{value:11.3f}" for name, value in found.in_order.items()]
    lines.append("that of all of them, by part of the container")
    lines += [f"  {name:<38}{value:11.3f}" for name, value in found.places.items()]
    return "\n".join(lines)

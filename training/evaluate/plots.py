"""Plots of an evaluation. Needs matplotlib (extra `sim`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure as Canvas
from numpy.typing import NDArray

from training.evaluate.figure import auroc


def roc_points(
    positives: Sequence[float], negatives: Sequence[float]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return false and true positive rates, from the strictest threshold to the laxest."""
    high, low = np.sort(np.asarray(positives, float)), np.sort(np.asarray(negatives, float))
    thresholds = np.unique(np.concatenate([high, low]))[::-1]
    true = 1 - np.searchsorted(high, thresholds, side="left") / max(high.size, 1)
    false = 1 - np.searchsorted(low, thresholds, side="left") / max(low.size, 1)
    return np.concatenate([[0.0], false]), np.concatenate([[0.0], true])


def write_roc(
    curves: Mapping[str, tuple[Sequence[float], Sequence[float]]], path: Path, *, title: str
) -> None:
    """Draw ROC curves by name into one PNG; empty ones are left out."""
    canvas = Canvas(figsize=(6.5, 6), layout="constrained")
    FigureCanvasAgg(canvas)
    axes = canvas.add_subplot()
    axes.plot([0, 1], [0, 1], color="0.8", linewidth=1)
    for name, (positives, negatives) in curves.items():
        if len(positives) and len(negatives):
            area = auroc(positives, negatives)
            axes.step(*roc_points(positives, negatives), where="post", label=f"{name}: {area:.3f}")
    axes.set(xlabel="false alarms, share of honest", ylabel="found, share of changed", title=title)
    axes.set_aspect("equal")
    axes.legend(loc="lower right", fontsize=8)
    canvas.savefig(path, dpi=110)

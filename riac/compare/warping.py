"""Monotone warps along the scan direction, by dynamic programming over displacements."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from riac.compare.compiled import compiled

FINENESS = 2
"""States of the warp per column."""
STRIDE = 4
"""Columns per node of the warp."""
STEPS = 3
"""States by which the displacement may change between nodes: 37 % of local speed."""
CAP = 8.0
"""Noise units at which a difference between descriptors stops to count: an object put in or
taken out must not steer the warp."""
OUTSIDE_COST = 0.5 * CAP


@compiled
def matching_costs(
    entry: NDArray[np.float32], exit_: NDArray[np.float32], reach: int
) -> NDArray[np.float32]:  # pragma: no cover - compiled
    """Return (nodes, states): how ill each displacement fits, noise units summed over a node.

    State s is a displacement of s / FINENESS - reach columns.

    Args:
        entry: (columns, features) descriptors.
        exit_: the other picture's.
        reach: columns of displacement looked at, both ways.
    """
    columns, features = entry.shape
    states = 2 * reach * FINENESS + 1
    nodes = columns // STRIDE
    costs = np.zeros((nodes, states), np.float32)
    difference = np.empty(features, np.float32)
    for column in range(nodes * STRIDE):
        node = column // STRIDE
        for state in range(states):
            place = column + state / FINENESS - reach
            if place < 0 or place > columns - 1:
                costs[node, state] += np.float32(OUTSIDE_COST)
                continue
            left = int(place)
            right = min(left + 1, columns - 1)
            weight = np.float32(place - left)
            total = np.float32(0)
            for f in range(features):
                seen = exit_[left, f] + weight * (exit_[right, f] - exit_[left, f])
                difference[f] = abs(entry[column, f] - seen)
                total += min(difference[f], np.float32(CAP))
            costs[node, state] += total / features
    return costs


@compiled
def smoothest_path(
    costs: NDArray[np.float32], stiffness: np.float32
) -> tuple[NDArray[np.int64], float]:  # pragma: no cover - compiled
    """Viterbi (1967) over displacements; a step of k states costs stiffness k^2."""
    nodes, states = costs.shape
    best = costs[0].copy()
    came_from = np.zeros((nodes, states), np.int8)
    for node in range(1, nodes):
        reached = np.empty(states, np.float32)
        for state in range(states):
            lowest = np.float32(1e30)
            for step in range(-STEPS, STEPS + 1):
                before = state + step
                if before < 0 or before >= states:
                    continue
                value = best[before] + stiffness * np.float32(step * step)
                if value < lowest:
                    lowest = value
                    came_from[node, state] = step
            reached[state] = lowest + costs[node, state]
        best = reached
    path = np.empty(nodes, np.int64)
    path[-1] = int(np.argmin(best))
    for node in range(nodes - 1, 0, -1):
        path[node - 1] = path[node] + came_from[node, path[node]]
    return path, float(best.min())

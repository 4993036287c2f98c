"""Whose catchment a point lies in: the minimum that going downhill leads to from there.

A run with small batches rattles: the mean of its last tenth may drift by more than 1 % of the
diagonal, so that its outcome is `moving`, and yet it plainly stays around one minimum. Going
downhill on the training loss from that mean says around which.
"""

import numpy as np

from app.critical import NEAR
from app.kernels import counts, kernel, row, table, types
from app.sampling import Counts
from app.surfaces.data import Floats
from app.surfaces.surface import Surface

MOVEMENTS = 300  # after which we stop looking
LONGEST = 0.02  # of the diagonal: no movement jumps over a crest that the eye would see
GROWTH = 1.3  # of the movement's length after each that went down


def catchments(surface: Surface, points: Floats, goals: list[Floats]) -> Counts:
    """(n,): which of the goals, each (k, 2), points (2, n) come to going downhill; −1 none.

    Every movement must lower the loss, or it is tried again half as long.
    """
    found = np.full(points.shape[1], -1)
    at, eta = points.copy(), np.full(points.shape[1], 1 / surface.scale[1])
    for _ in range(MOVEMENTS if goals else 0):
        walking = np.flatnonzero(found < 0)
        found[walking] = arrived(surface, at[:, walking], goals)
        walking = walking[found[walking] < 0]
        if len(walking) == 0:
            break
        at[:, walking], eta[walking] = lower(surface, at[:, walking], eta[walking])
    return found


def lower(surface: Surface, at: Floats, eta: Floats) -> tuple[Floats, Floats]:
    """One movement of each point against its gradient, if it goes down, and its next η."""
    loss, *slope = surface.slopes(*at)
    g = np.stack(slope)
    most = LONGEST * surface.row.diagonal / np.maximum(np.hypot(*g), 1e-300)
    there = at - np.minimum(eta, most) * g
    down = surface.slopes(*there)[0] < loss
    return np.where(down, there, at), np.where(down, np.minimum(GROWTH * eta, most), eta / 2)


def arrived(surface: Surface, at: Floats, goals: list[Floats]) -> Counts:
    """Which goal each point is at, to 1 % of the diagonal; −1 none."""
    found = np.full(at.shape[1], -1)
    if goals:
        points, place = np.concatenate(goals), np.repeat(np.arange(len(goals)), [*map(len, goals)])
        nearest = np.full(at.shape[1], (NEAR * surface.row.diagonal) ** 2)
        arrive(np.ascontiguousarray(at), points, place, nearest, found)
    return found


@kernel(types.void(table, table, counts, row, counts))
def arrive(at: Floats, points: Floats, place: Counts, nearest: Floats, found: Counts) -> None:
    """The place of the nearest of points (k, 2) to each of at (2, n), where it is nearer than
    √nearest."""
    x, y = at[0], at[1]
    for k in range(len(points)):
        for i in range(len(x)):
            across, up = x[i] - points[k, 0], y[i] - points[k, 1]
            away = across * across + up * up
            found[i] = place[k] if away < nearest[i] else found[i]
            nearest[i] = away if away < nearest[i] else nearest[i]

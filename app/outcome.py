"""How a path ended: DEFINITIONS.md as code.

The outcome is a function of the path and of L, never of how small a gradient is: the mean
of the path's last tenth, the critical point damped Newton reaches from there (critical.py),
and the eigenvalues of the Hessian at it. Here too: when a path left the saddle it came by.
"""

import math
from functools import lru_cache

import numpy as np

from app.critical import KINDS, MINIMUM, NEAR, cusps, reached
from app.finder import saddles
from app.kernels import box, compiled, counts, kernel, number, row, table, types
from app.sampling import Counts
from app.surfaces.data import Floats
from app.surfaces.surface import Surface

MOVING, DIVERGED = 4, 5
OUTCOMES = (*KINDS, "moving", "diverged")

OFF_RIDGE = 0.02  # of the diagonal, along the way down: "left" a saddle
PASSED = 0.1  # of the diagonal: a path this near came by a saddle
LAST_TENTH_AT_LEAST = 10


@compiled
def mean_of(values: Floats, first: int, last: int) -> float:
    total = 0.0
    for t in range(first, last):
        total += values[t]
    return total / max(1, last - first)


@kernel(types.void(box, counts, table))
def last_tenths(track: Floats, left: Counts, found: Floats) -> None:
    """Mean point of each path's last tenth, and how far apart the means of its halves are."""
    for i in range(len(track)):
        x, y = track[i, 0], track[i, 1]
        points = len(x)
        if left[i] > 0:  # it has an outcome already; Newton stops at once where nothing is
            found[i, 0], found[i, 1], found[i, 2] = math.nan, math.nan, math.nan
            continue
        many = min(points, max(LAST_TENTH_AT_LEAST, points // 10))
        first, half = points - many, points - many // 2
        across = mean_of(x, half, points) - mean_of(x, first, half)
        up = mean_of(y, half, points) - mean_of(y, first, half)
        found[i, 0] = mean_of(x, first, points)
        found[i, 1] = mean_of(y, first, points)
        found[i, 2] = math.hypot(across, up) if many > 1 else 0.0


@compiled
def stays_from(x: Floats, y: Floats, at_x: float, at_y: float, near: float) -> float:
    """First update after which the path stays within `near` of a point; NaN if it does not."""
    t = len(x)
    while t > 0 and (x[t - 1] - at_x) ** 2 + (y[t - 1] - at_y) ** 2 <= near * near:
        t -= 1
    return float(t) if t < len(x) else math.nan


@kernel(types.void(box, counts, table, table, table, number, table))
def decide(track: Floats, left: Counts, middles: Floats, reached: Floats, cusps: Floats, near: float, found: Floats) -> None:  # fmt: skip
    """Outcome of each path from its last tenth and the critical point Newton reached from it."""
    for i in range(len(track)):
        ok, x, y = reached[i, 0] == 1.0, reached[i, 1], reached[i, 2]
        kind, valley = reached[i, 3], reached[i, 8]
        for k in range(len(cusps)):
            if math.hypot(cusps[k, 0] - middles[i, 0], cusps[k, 1] - middles[i, 1]) <= near:
                ok, x, y, kind, valley = True, cusps[k, 0], cusps[k, 1], float(MINIMUM), 0.0
        away = math.hypot(x - middles[i, 0], y - middles[i, 1])
        arrived = ok and middles[i, 2] <= near and away <= near
        found[i, 0], found[i, 1] = float(MOVING), 0.0
        found[i, 2], found[i, 3], found[i, 4] = math.nan, math.nan, math.nan
        if left[i] > 0:
            found[i, 0] = float(DIVERGED)
        elif arrived:
            found[i, 0], found[i, 1], found[i, 3], found[i, 4] = kind, valley, x, y
            found[i, 2] = stays_from(track[i, 0], track[i, 1], x, y, near)


@kernel(types.void(box, table, number, row))
def stay(track: Floats, at: Floats, near: float, found: Floats) -> None:
    """First update after which each path stays within `near` of its point, at (lanes, 2)."""
    for i in range(len(track)):
        found[i] = stays_from(track[i, 0], track[i, 1], at[i, 0], at[i, 1], near)


@compiled
def came_by(x: Floats, y: Floats, at_x: float, at_y: float, near: float) -> bool:
    """Whether any point lies within `near` of (at_x, at_y)."""
    many = 0
    for t in range(len(x)):
        across, up = x[t] - at_x, y[t] - at_y
        many += 1 if across * across + up * up <= near * near else 0
    return many > 0


@compiled
def last_on_ridge(x: Floats, y: Floats, saddle: Floats, width: float, near: float) -> int:
    """The last point near a saddle (x, y, u, v) and not yet `width` down its way; −1 if none."""
    for t in range(len(x) - 1, -1, -1):
        across, up = x[t] - saddle[0], y[t] - saddle[1]
        on_ridge = abs(across * saddle[2] + up * saddle[3]) <= width
        if on_ridge and across * across + up * up <= near * near:
            return t
    return -1


@kernel(types.void(box, counts, table, row, table))
def leave(track: Floats, left: Counts, saddles: Floats, sizes: Floats, found: Floats) -> None:  # fmt: skip
    """When each path left the last saddle it came by: the last update still on its ridge.

    saddles rows x, y, u, v, next (u, v the way down; how far the next critical point is) ·
    sizes (width of the ridge, passed by) · found (lanes, 2) receives update and saddle, −1
    where there is none. Where saddles are dense, a path nearer to something else passed that.
    """
    for i in range(len(track)):
        points = left[i] if left[i] > 0 else track.shape[2]
        x, y = track[i, 0, :points], track[i, 1, :points]
        found[i, 0] = -1.0
        found[i, 1] = -1.0
        for k in range(len(saddles)):
            near = min(sizes[1], saddles[k, 4])
            if not came_by(x, y, saddles[k, 0], saddles[k, 1], near):
                continue
            last = last_on_ridge(x, y, saddles[k], sizes[0], near)
            if last > found[i, 0] and last + 1 < points:
                found[i, 0] = float(last)
                found[i, 1] = float(k)


def judged(surface: Surface, track: Floats, left: Counts) -> Floats:
    """(lanes, 5): kind, valley, settled, x, y of every recorded path."""
    middles, found = np.empty((len(track), 3)), np.empty((len(track), 5))
    last_tenths(track, left, middles)
    near = NEAR * surface.row.diagonal
    decide(track, left, middles, reached(surface, middles), cusps(surface), near, found)
    return found


def arrivals(surface: Surface, track: Floats, at: Floats, tolerance: float) -> Floats:
    """(lanes,): first update after which a path stays within `tolerance` diagonals of its point
    at (lanes, 2); NaN where it does not, or has none."""
    found = np.empty(len(track))
    stay(track, np.ascontiguousarray(at), tolerance * surface.row.diagonal, found)
    return found


def departures(surface: Surface, track: Floats, left: Counts) -> Floats:
    """(lanes, 2): when each path left the last saddle it came by, and which row of saddles()."""
    found = np.empty((len(track), 2))
    leave(track, left, saddles(surface), ridge(surface), found)
    return found


@lru_cache(maxsize=512)
def ridge(surface: Surface) -> Floats:
    """(width of a ridge, how near a path comes by a saddle)."""
    return np.array([OFF_RIDGE, PASSED]) * surface.row.diagonal

"""How a path ended: DEFINITIONS.md as code.

The outcome is a function of the path and of L, never of how small a gradient is: the mean
of the path's last tenth, the critical point damped Newton reaches from there (critical.py),
and the eigenvalues of the Hessian at it. Here too: when a path left the saddle it came by.
"""

import math
from functools import lru_cache

import numpy as np

from app.critical import (  # fmt: skip
    KINDS,
    MINIMUM,
    NEAR,
    NEWTON_UPDATES,
    cusps,
    newton_room,
    polish,
    sizes,
)
from app.finder import saddles
from app.kernels import box, compiled, counts, kernel, number, row, table, types, whole
from app.sampling import Counts
from app.surfaces.data import Floats
from app.surfaces.surface import Surface

MOVING, DIVERGED = 4, 5
OUTCOMES = (*KINDS, "moving", "diverged")

OFF_RIDGE = 0.02  # of the diagonal, along the way down: "left" a saddle
PASSED = 0.1  # of the diagonal: a path this near came by a saddle
LAST_TENTH_AT_LEAST = 10
WIDE = 16  # lanes from which it pays to look at all of them side by side


@compiled
def add_up(trail: Floats, first: int, last: int, sums: Floats) -> None:
    """Sums of points first … last−1 of each lane."""
    for c in range(2):
        total = sums[c]
        for i in range(len(total)):
            total[i] = 0.0
        for t in range(first, last):
            point = trail[t, c]
            for i in range(len(total)):
                total[i] += point[i]


@kernel(types.void(box, counts, table, table))
def last_tenths(trail: Floats, left: Counts, sums: Floats, found: Floats) -> None:
    """Mean point of each lane's last tenth, and how far apart the means of its halves are.

    trail (points, 2, lanes) · sums (4, lanes) to work in · found (lanes, 3)
    """
    points = len(trail)
    many = min(points, max(LAST_TENTH_AT_LEAST, points // 10))
    half = many // 2
    add_up(trail, points - many, points - half, sums[0:2])
    add_up(trail, points - half, points, sums[2:4])
    for i in range(len(found)):
        if left[i] > 0:  # it has an outcome already; Newton stops at once where nothing is
            found[i, 0], found[i, 1], found[i, 2] = math.nan, math.nan, math.nan
            continue
        found[i, 0] = (sums[0, i] + sums[2, i]) / many
        found[i, 1] = (sums[1, i] + sums[3, i]) / many
        across = sums[2, i] / max(1, half) - sums[0, i] / (many - half)
        up = sums[3, i] / max(1, half) - sums[1, i] / (many - half)
        found[i, 2] = math.hypot(across, up) if many > 1 else 0.0


@compiled
def stay(trail: Floats, i: int, x: float, y: float, square: float) -> float:
    """For how many points lane i is near (x, y) at its end."""
    many, points = 0, len(trail)
    while many < points:
        across, up = trail[points - 1 - many, 0, i] - x, trail[points - 1 - many, 1, i] - y
        if not across * across + up * up <= square:
            break
        many += 1
    return float(many)


@compiled
def still_near(point: Floats, x: Floats, y: Floats, square: float, stays: Floats, many: int) -> int:
    """Counts this point for each lane that is near at it and at the `many` after it: how many."""
    at_x, at_y, near = point[0], point[1], 0
    for i in range(len(x)):
        across, up = at_x[i] - x[i], at_y[i] - y[i]
        stayed = (stays[i] == many) & (across * across + up * up <= square)
        stays[i] += stayed
        near += stayed
    return near


@compiled
def stay_together(trail: Floats, x: Floats, y: Floats, square: float, stays: Floats) -> None:
    """The same for all lanes side by side."""
    points = len(trail)
    for i in range(len(x)):
        stays[i] = 0.0
    for many in range(points):
        if not still_near(trail[points - 1 - many], x, y, square, stays, many):
            break


@compiled
def settle(trail: Floats, near: float, working: Floats, found: Floats) -> None:
    """First update after which each lane stays within `near` of its point; NaN if it does not."""
    x, y, stays = working[0], working[1], working[2]
    lanes = len(found)
    for i in range(lanes):
        x[i], y[i] = found[i, 3], found[i, 4]
    if lanes >= WIDE:
        stay_together(trail, x, y, near * near, stays)
    else:
        for i in range(lanes):
            stays[i] = stay(trail, i, x[i], y[i], near * near)
    for i in range(lanes):
        found[i, 2] = len(trail) - stays[i] if stays[i] > 0.0 else math.nan


@compiled
def decide(trail: Floats, left: Counts, middles: Floats, reached: Floats, cusps: Floats, near: float, close: float, working: Floats, found: Floats) -> None:  # fmt: skip
    """Outcome of each lane from its last tenth and the critical point Newton reached from it.

    near: what counts as at that point · close: what counts as settled there · working (4, lanes)
    """
    for i in range(len(found)):
        ok, x, y = reached[i, 0] == 1.0, reached[i, 1], reached[i, 2]
        kind, valley = reached[i, 3], reached[i, 8]
        for k in range(len(cusps)):
            if math.hypot(cusps[k, 0] - middles[i, 0], cusps[k, 1] - middles[i, 1]) <= near:
                ok, x, y, kind, valley = True, cusps[k, 0], cusps[k, 1], float(MINIMUM), 0.0
        away = math.hypot(x - middles[i, 0], y - middles[i, 1])
        arrived = ok and middles[i, 2] <= near and away <= near
        found[i, 0], found[i, 1] = float(MOVING), 0.0
        found[i, 3], found[i, 4] = math.nan, math.nan
        if left[i] > 0:
            found[i, 0] = float(DIVERGED)
        elif arrived:
            found[i, 0], found[i, 1], found[i, 3], found[i, 4] = kind, valley, x, y
    settle(trail, close, working, found)


@kernel(
    types.void(
        whole, row, table, row, box, counts, table, number, number, table, table, table, table,
        table,
    )
)  # fmt: skip
def judge(
    term: int, p: Floats, examples: Floats, scale: Floats, trail: Floats, left: Counts,
    cusps: Floats, near: float, close: float, middles: Floats, reached: Floats, work: Floats,
    working: Floats, found: Floats,
) -> None:  # fmt: skip
    """Outcomes of all lanes of a trail (points, 2, lanes) in one call: threads that judge side
    by side would else wait for each other between the steps.

    near, close: see decide() · middles (lanes, 3), reached (lanes, 9), work: newton_room()
    and working (4, lanes) to work in · found (lanes, 5)
    """
    last_tenths(trail, left, working, middles)
    polish(term, p, examples, scale, NEWTON_UPDATES, middles, work, reached)
    decide(trail, left, middles, reached, cusps, near, close, working, found)


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


def judged(surface: Surface, trail: Floats, left: Counts, tolerance: float = NEAR) -> Floats:
    """(lanes, 5): kind, valley, settled, x, y of every lane of a trail (points, 2, lanes).

    `settled` asks for a stay within `tolerance` diagonals of the point.
    """
    lanes, diagonal = trail.shape[2], surface.row.diagonal
    found = np.empty((lanes, 5))
    middles, reached, working = np.empty((lanes, 3)), np.empty((lanes, 9)), np.empty((4, lanes))
    judge(
        surface.curve, surface.constants, surface.examples, sizes(surface), trail, left,
        cusps(surface), NEAR * diagonal, tolerance * diagonal, middles, reached,
        newton_room(surface), working, found,
    )  # fmt: skip
    return found


def middles_of(trail: Floats, left: Counts) -> Floats:
    """(lanes, 3): the mean of each lane's last tenth, and how far apart those of its halves are."""
    found = np.empty((trail.shape[2], 3))
    last_tenths(trail, left, np.empty((4, len(found))), found)
    return found


def tracks_of(trail: Floats) -> Floats:
    """(lanes, 2, points) of a trail (points, 2, lanes): each lane's path in one piece."""
    return np.ascontiguousarray(trail.T)


def departures(surface: Surface, track: Floats, left: Counts) -> Floats:
    """(lanes, 2): when each path left the last saddle it came by, and which row of saddles()."""
    found = np.empty((len(track), 2))
    leave(track, left, saddles(surface), ridge(surface), found)
    return found


@lru_cache(maxsize=512)
def ridge(surface: Surface) -> Floats:
    """(width of a ridge, how near a path comes by a saddle)."""
    return np.array([OFF_RIDGE, PASSED]) * surface.row.diagonal

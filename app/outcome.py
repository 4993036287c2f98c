"""How a path ended: DEFINITIONS.md as code.

The outcome is a function of the path and of L, never of how small a gradient is: the mean
of the path's last tenth, the critical point damped Newton reaches from there, and the
eigenvalues of the Hessian at it. The same Newton finds critical points for everyone else.
"""

import math
from functools import lru_cache
from typing import Any

import numpy as np

from app.kernels import box, compiled, counts, curve_at, kernel, number, row, table, types, whole
from app.sampling import Counts
from app.surfaces.data import Floats
from app.surfaces.surface import Surface

MINIMUM, SADDLE, MAXIMUM, FLAT, MOVING, DIVERGED = range(6)
OUTCOMES = ("minimum", "saddle", "maximum", "flat", "moving", "diverged")

NEAR = 0.01  # of the domain's diagonal: "at" a critical point
OFF_RIDGE = 0.02  # of the diagonal, along the way down: "left" a saddle
PASSED = 0.1  # of the diagonal: a path this near came by a saddle
ZERO_SLOPE = 1e-8  # of the surface's scale
ZERO_CURVATURE = 1e-8
LAST_TENTH_AT_LEAST = 10
NEWTON_UPDATES = 200
SHELF_SAMPLES = 8
POLISHED = 1e-14  # of the diagonal: a Newton movement this small is the end


@compiled
def curve_here(curve: Any, x: float, y: float, p: Floats, examples: Floats, work: Floats, out: Floats) -> None:  # fmt: skip
    """L, ∂₁, ∂₂, ∂₁₁, ∂₁₂, ∂₂₂ at one point, one lane per example; work (10, N), out (6,)."""
    n = examples.shape[1]
    for j in range(n):
        work[0, j] = x - examples[0, j]
        work[1, j] = y - examples[1, j]
        work[2, j] = examples[4, j]
        work[3, j] = examples[5, j]
    term = work[4:10]
    curve(work[0], work[1], work[2], work[3], p, n, term)
    for k in range(6):
        out[k] = 0.0
        for j in range(n):
            out[k] += term[k, j]
    for j in range(n):
        out[0] += examples[2, j] * x + examples[3, j] * y
        out[1] += examples[2, j]
        out[2] += examples[3, j]
    for k in range(6):
        out[k] /= n


@compiled
def damped_movement(at: Floats, damping: float) -> tuple[float, float]:
    """−(H² + μI)⁻¹Hg: Newton's movement where H is good, a small safe one where it is not."""
    g1, g2, a, b, c = at[1], at[2], at[3], at[4], at[5]
    p, q, r = a * a + b * b + damping, a * b + b * c, b * b + c * c + damping
    u, v = a * g1 + b * g2, b * g1 + c * g2
    determinant = p * r - q * q
    return -(r * u - q * v) / determinant, -(p * v - q * u) / determinant


@compiled
def newton(curve: Any, x: float, y: float, p: Floats, examples: Floats, scale: Floats, work: Floats, curves: Floats) -> tuple[bool, float, float]:  # fmt: skip
    """The critical point reached from (x, y): (found, x, y); curves[0] holds its curve."""
    at, trial = curves[0], curves[1]
    damping = 1e-6 * scale[1] ** 2
    curve_here(curve, x, y, p, examples, work, at)
    slope = math.hypot(at[1], at[2])
    for _ in range(NEWTON_UPDATES):
        if not slope > 0.0:
            break
        across, up = damped_movement(at, damping)
        curve_here(curve, x + across, y + up, p, examples, work, trial)
        if math.hypot(trial[1], trial[2]) < slope:
            x, y, slope = x + across, y + up, math.hypot(trial[1], trial[2])
            for k in range(6):
                at[k] = trial[k]
            damping *= 0.1
        else:
            damping = max(damping, 1e-30 * scale[1] ** 2) * 10.0
        if math.hypot(across, up) <= POLISHED * scale[2]:
            break
    return slope <= ZERO_SLOPE * scale[0], x, y


@compiled
def eigenvalues(a: float, b: float, c: float) -> tuple[float, float, float, float]:
    """Eigenvalues low ≤ high of [[a, b], [b, c]] and the unit eigenvector of the lower."""
    middle, half = (a + c) / 2, (a - c) / 2
    radius = math.hypot(half, b)
    angle = 0.5 * math.atan2(b, half) + math.pi / 2
    return middle - radius, middle + radius, math.cos(angle), math.sin(angle)


@compiled
def is_shelf(curve: Any, x: float, y: float, u: float, v: float, sign: float, p: Floats, examples: Floats, diagonal: float, work: Floats, curves: Floats) -> bool:  # fmt: skip
    """Whether sign·L falls on a side of (x, y) along (u, v), out to 1 % of the diagonal."""
    here, there = curves[0], curves[1]
    for k in range(-SHELF_SAMPLES, SHELF_SAMPLES + 1):
        distance = NEAR * diagonal * k / SHELF_SAMPLES
        curve_here(curve, x + distance * u, y + distance * v, p, examples, work, there)
        if sign * (there[0] - here[0]) < -1e-12 * max(1.0, abs(here[0])):
            return True
    return False


@compiled
def clear_kind(low: float, high: float, zero: float) -> int:
    """The kind two eigenvalues decide; MOVING where one of them is zero and they cannot."""
    if abs(low) <= zero and abs(high) <= zero:
        return FLAT
    if abs(low) <= zero or abs(high) <= zero:
        return MOVING
    if low > 0:
        return MINIMUM
    return MAXIMUM if high < 0 else SADDLE


@compiled
def kind_of(curve: Any, x: float, y: float, p: Floats, examples: Floats, scale: Floats, work: Floats, curves: Floats) -> tuple[int, bool]:  # fmt: skip
    """(kind, valley) of a critical point; curves[0] is its curve."""
    low, high, u, v = eigenvalues(curves[0, 3], curves[0, 4], curves[0, 5])
    kind = clear_kind(low, high, ZERO_CURVATURE * scale[1])
    if kind != MOVING:
        return kind, False
    down = abs(low) > abs(high)  # curved down once: the flat direction is the other one
    if down:
        u, v = -v, u
    sign = -1.0 if down else 1.0
    shelf = is_shelf(curve, x, y, u, v, sign, p, examples, scale[2], work, curves)
    if shelf:
        return SADDLE, False
    return (MAXIMUM if down else MINIMUM), True


@kernel(types.void(whole, row, table, row, table, table, table, table))
def polish(term: int, p: Floats, examples: Floats, scale: Floats, guesses: Floats, work: Floats, curves: Floats, found: Floats) -> None:  # fmt: skip
    """Newton from every guess (x, y): rows found, x, y, kind, λ₁, λ₂, u, v, valley."""
    curve = curve_at(term)
    for i in range(len(guesses)):
        ok, x, y = newton(curve, guesses[i, 0], guesses[i, 1], p, examples, scale, work, curves)
        low, high, u, v = eigenvalues(curves[0, 3], curves[0, 4], curves[0, 5])
        kind, valley = kind_of(curve, x, y, p, examples, scale, work, curves)
        found[i, 0] = 1.0 if ok else 0.0
        found[i, 1], found[i, 2], found[i, 3] = x, y, float(kind)
        found[i, 4], found[i, 5], found[i, 6], found[i, 7] = low, high, u, v
        found[i, 8] = 1.0 if valley else 0.0


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

    saddles rows x, y, u, v (u, v the way down) · sizes (width of the ridge, passed by) ·
    found (lanes, 2) receives update and saddle, −1 where there is none.
    """
    for i in range(len(track)):
        points = left[i] if left[i] > 0 else track.shape[2]
        x, y = track[i, 0, :points], track[i, 1, :points]
        found[i, 0] = -1.0
        found[i, 1] = -1.0
        for k in range(len(saddles)):
            if not came_by(x, y, saddles[k, 0], saddles[k, 1], sizes[1]):
                continue
            last = last_on_ridge(x, y, saddles[k], sizes[0], sizes[1])
            if last > found[i, 0] and last + 1 < points:
                found[i, 0] = float(last)
                found[i, 1] = float(k)


@lru_cache(maxsize=512)
def saddles(surface: Surface) -> Floats:
    """(k, 4): x, y, u, v of every claimed saddle, moved to where this training loss has it."""
    claims = [claim.at for claim in surface.row.claims if claim.kind == "saddle"]
    points = critical(surface, np.array(claims, dtype=float).reshape(-1, 2))
    return np.ascontiguousarray(points[points[:, 3] == SADDLE][:, [1, 2, 6, 7]])


def known_points(surface: Surface) -> list[dict[str, Any]]:
    """The critical points its catalogue row names, where this training loss has them."""
    smooth = [claim.at for claim in surface.row.claims if claim.smooth]
    found = critical(surface, np.array(smooth, dtype=float).reshape(-1, 2))
    sharp = [{"kind": "minimum", "at": tuple(at)} for at in cusps(surface).tolist()]
    return [
        {"kind": OUTCOMES[int(row[3])], "at": (row[1], row[2])} for row in found.tolist()
    ] + sharp


def critical(surface: Surface, guesses: Floats) -> Floats:
    """Critical points reached from guesses (k, 2), those that were found.

    Rows found, x, y, kind, λ₁ ≤ λ₂, the eigenvector u of λ₁, valley.
    """
    found = reached(surface, guesses)
    return np.asarray(found[found[:, 0] == 1.0])


def reached(surface: Surface, guesses: Floats) -> Floats:
    """The same with a row for every guess; the first column says whether it was found."""
    found = np.empty((len(guesses), 9))
    work, curves = np.empty((10, surface.examples.shape[1])), np.empty((2, 6))
    polish(
        surface.curve, surface.constants, surface.examples, sizes(surface),
        guesses, work, curves, found,
    )  # fmt: skip
    return found


@lru_cache(maxsize=512)
def sizes(surface: Surface) -> Floats:
    """(typical ‖∇L‖, typical |curvature|, diagonal of the domain)."""
    return np.array([*surface.scale, surface.row.diagonal])


@lru_cache(maxsize=512)
def cusps(surface: Surface) -> Floats:
    """(k, 2): minima without a gradient, which only the catalogue can name."""
    return np.array([c.at for c in surface.row.claims if not c.smooth], dtype=float).reshape(-1, 2)


def judged(surface: Surface, track: Floats, left: Counts) -> Floats:
    """(lanes, 5): kind, valley, settled, x, y of every recorded path."""
    middles, found = np.empty((len(track), 3)), np.empty((len(track), 5))
    last_tenths(track, left, middles)
    near = NEAR * surface.row.diagonal
    decide(track, left, middles, reached(surface, middles), cusps(surface), near, found)
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

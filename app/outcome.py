"""How a path ended: DEFINITIONS.md as code.

The outcome is a function of the path and of L, never of how small a gradient is: the mean
of the path's last tenth, the critical point damped Newton reaches from there, and the
eigenvalues of the Hessian at it. The same Newton finds critical points for everyone else.
"""

import math
from functools import lru_cache
from typing import Any

import numpy as np

from app.kernels import (
    bare,
    bare_kernel,
    box,
    compiled,
    counts,
    curve_at,
    kernel,
    row,
    table,
    types,
    whole,
)
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
POLISHED = 1e-14  # of the diagonal: a Newton movement this small is the end


@compiled
def curve_here(curve: Any, x: float, y: float, p: Floats, examples: Floats, work: Floats, out: Floats) -> None:  # fmt: skip
    """L, ∂₁, ∂₂, ∂₁₁, ∂₁₂, ∂₂₂ at one point, one lane per example; work (10, N)."""
    n = examples.shape[1]
    for j in range(n):
        work[0, j] = x - examples[0, j]
        work[1, j] = y - examples[1, j]
        work[2, j] = examples[4, j]
        work[3, j] = examples[5, j]
    term = work[4:10]
    curve(work[0], work[1], work[2], work[3], p, n, term)
    out[:] = 0.0
    for j in range(n):
        out[0] += term[0, j] + examples[2, j] * x + examples[3, j] * y
        out[1] += term[1, j] + examples[2, j]
        out[2] += term[2, j] + examples[3, j]
        for k in range(3, 6):
            out[k] += term[k, j]
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
def newton(curve: Any, x: float, y: float, p: Floats, examples: Floats, scale: Floats, diagonal: float, work: Floats, at: Floats) -> tuple[bool, float, float]:  # fmt: skip
    """The critical point reached from (x, y), polished: (found, x, y); `at` holds its curve."""
    trial = np.empty(6)
    damping = 1e-6 * scale[1] ** 2
    curve_here(curve, x, y, p, examples, work, at)
    slope = math.hypot(at[1], at[2])
    for _ in range(NEWTON_UPDATES):
        if not slope > 0.0:
            break
        across, up = damped_movement(at, damping)
        curve_here(curve, x + across, y + up, p, examples, work, trial)
        steeper = math.hypot(trial[1], trial[2])
        if steeper < slope:
            x, y, slope = x + across, y + up, steeper
            at[:] = trial
            damping *= 0.1
        else:
            damping = max(damping, 1e-30 * scale[1] ** 2) * 10.0
        if math.hypot(across, up) <= POLISHED * diagonal:
            break
    return slope <= ZERO_SLOPE * scale[0], x, y


@compiled
def eigen(a: float, b: float, c: float) -> tuple[float, float, float, float]:
    """Eigenvalues low ≤ high of [[a, b], [b, c]] and the unit eigenvector of the lower."""
    middle, half = (a + c) / 2, (a - c) / 2
    radius = math.hypot(half, b)
    angle = 0.5 * math.atan2(b, half) + math.pi / 2
    return middle - radius, middle + radius, math.cos(angle), math.sin(angle)


@compiled
def falls(curve: Any, x: float, y: float, u: float, v: float, sign: float, p: Floats, examples: Floats, diagonal: float, work: Floats) -> bool:  # fmt: skip
    """Whether sign·L falls on a side of (x, y) along (u, v), sampled out to 1 % of the diagonal."""
    here, there = np.empty(6), np.empty(6)
    curve_here(curve, x, y, p, examples, work, here)
    for k in range(1, 9):
        distance = NEAR * diagonal * k / 8
        for side in (-distance, distance):
            curve_here(curve, x + side * u, y + side * v, p, examples, work, there)
            if sign * (there[0] - here[0]) < -1e-12 * max(1.0, abs(here[0])):
                return True
    return False


@compiled
def kind_of(curve: Any, x: float, y: float, at: Floats, p: Floats, examples: Floats, scale: Floats, diagonal: float, work: Floats) -> tuple[int, bool]:  # fmt: skip
    """(kind, valley) of a critical point from the eigenvalues of its Hessian."""
    low, high, u, v = eigen(at[3], at[4], at[5])
    zero = ZERO_CURVATURE * scale[1]
    if abs(low) > zero and abs(high) > zero:
        if low > 0:
            return MINIMUM, False
        return (MAXIMUM if high < 0 else SADDLE), False
    if abs(low) <= zero and abs(high) <= zero:
        return FLAT, False
    if abs(low) > zero:  # curved down once: the flat direction is the other one
        shelf = falls(curve, x, y, -v, u, -1.0, p, examples, diagonal, work)
        return (SADDLE if shelf else MAXIMUM), not shelf
    shelf = falls(curve, x, y, u, v, 1.0, p, examples, diagonal, work)
    return (SADDLE if shelf else MINIMUM), not shelf


@compiled
def last_tenth(x: Floats, y: Floats, points: int) -> tuple[float, float, float]:
    """Mean of the last tenth of the points, and how far apart the means of its halves are."""
    many = min(points, max(LAST_TENTH_AT_LEAST, points // 10))
    first, half = points - many, points - many // 2
    early_x, early_y = float(np.mean(x[first:half])), float(np.mean(y[first:half]))
    if half == points:
        return early_x, early_y, 0.0
    late_x, late_y = float(np.mean(x[half:points])), float(np.mean(y[half:points]))
    apart = math.hypot(late_x - early_x, late_y - early_y)
    return float(np.mean(x[first:points])), float(np.mean(y[first:points])), apart


@compiled
def stays_from(x: Floats, y: Floats, points: int, at_x: float, at_y: float, near: float) -> int:
    """First update after which the path stays within `near` of a point; −1 if it does not."""
    t = points
    while t > 0 and (x[t - 1] - at_x) ** 2 + (y[t - 1] - at_y) ** 2 <= near * near:
        t -= 1
    return t if t < points else -1


@kernel(types.void(whole, row, table, row, table, box, counts, table))
def judge(term: int, p: Floats, examples: Floats, scale: Floats, cusps: Floats, track: Floats, left: Counts, found: Floats) -> None:  # fmt: skip
    """Outcomes of all recorded paths.

    scale: (‖∇L‖, |curvature|, diagonal) · cusps (k, 2): minima without a gradient ·
    left: update of divergence or 0 · found (lanes, 5) receives kind,
    valley, settled, x, y.
    """
    curve = curve_at(term)
    work, at = np.empty((10, examples.shape[1])), np.empty(6)
    diagonal = scale[2]
    near = NEAR * diagonal
    for i in range(len(track)):
        x, y = track[i, 0], track[i, 1]
        points = left[i] if left[i] > 0 else len(x)
        found[i, :] = np.nan
        found[i, 1] = 0.0
        if left[i] > 0:
            found[i, 0] = DIVERGED
            continue
        middle_x, middle_y, apart = last_tenth(x, y, points)
        ok, at_x, at_y = False, 0.0, 0.0
        kind, valley = MOVING, False
        for k in range(len(cusps)):
            if math.hypot(cusps[k, 0] - middle_x, cusps[k, 1] - middle_y) <= near:
                ok, at_x, at_y, kind = True, cusps[k, 0], cusps[k, 1], MINIMUM
        if not ok:
            ok, at_x, at_y = newton(
                curve, middle_x, middle_y, p, examples, scale, diagonal, work, at
            )
            if ok:
                kind, valley = kind_of(curve, at_x, at_y, at, p, examples, scale, diagonal, work)
        if not ok or apart > near or math.hypot(at_x - middle_x, at_y - middle_y) > near:
            found[i, 0] = MOVING
            continue
        found[i, 0], found[i, 1], found[i, 3], found[i, 4] = (
            float(kind),
            (1.0 if valley else 0.0),
            at_x,
            at_y,
        )
        settled = stays_from(x, y, points, at_x, at_y, near)
        found[i, 2] = np.nan if settled < 0 else float(settled)


@kernel(types.void(whole, row, table, row, table, table))
def polish(term: int, p: Floats, examples: Floats, scale: Floats, guesses: Floats, found: Floats) -> None:  # fmt: skip
    """Newton from every row (x, y) of `guesses`: rows found, x, y, kind, low, high, u, v, valley."""
    curve = curve_at(term)
    work, at = np.empty((10, examples.shape[1])), np.empty(6)
    for i in range(len(guesses)):
        ok, x, y = newton(
            curve, guesses[i, 0], guesses[i, 1], p, examples, scale, scale[2], work, at
        )
        kind, valley = kind_of(curve, x, y, at, p, examples, scale, scale[2], work)
        low, high, u, v = eigen(at[3], at[4], at[5])
        found[i, 0], found[i, 1], found[i, 2], found[i, 3] = (1.0 if ok else 0.0), x, y, float(kind)
        found[i, 4], found[i, 5], found[i, 6], found[i, 7] = low, high, u, v
        found[i, 8] = 1.0 if valley else 0.0


@bare
def came_by(x: Floats, y: Floats, at_x: float, at_y: float, near: float) -> bool:
    """Whether any point lies within `near` of (at_x, at_y)."""
    many = 0
    for t in range(len(x)):
        across, up = x[t] - at_x, y[t] - at_y
        many += 1 if across * across + up * up <= near * near else 0
    return many > 0


@bare
def last_on_ridge(x: Floats, y: Floats, saddle: Floats, width: float, near: float) -> int:
    """The last point near a saddle (x, y, u, v) and not yet `width` down its way; −1 if none."""
    for t in range(len(x) - 1, -1, -1):
        across, up = x[t] - saddle[0], y[t] - saddle[1]
        on_ridge = abs(across * saddle[2] + up * saddle[3]) <= width
        if on_ridge and across * across + up * up <= near * near:
            return t
    return -1


@bare_kernel(types.void(box, counts, table, row, table))
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
    return [{"kind": OUTCOMES[int(row[3])], "at": (row[1], row[2])} for row in found.tolist()] + sharp


def critical(surface: Surface, guesses: Floats) -> Floats:
    """Critical points reached from guesses (k, 2): rows found, x, y, kind, λ₁, λ₂, u₁, u₂, valley."""
    found = np.empty((len(guesses), 9))
    polish(surface.curve, surface.constants, surface.examples, sizes(surface), guesses, found)
    return np.asarray(found[found[:, 0] == 1.0])


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
    found = np.empty((len(track), 5))
    edges = cusps(surface)
    judge(
        surface.curve, surface.constants, surface.examples, sizes(surface),
        edges, track, left, found,
    )  # fmt: skip
    return found


def departures(surface: Surface, track: Floats, left: Counts) -> Floats:
    """(lanes, 2): when each path left the last saddle it came by, and which row of saddles()."""
    found = np.empty((len(track), 2))
    diagonal = surface.row.diagonal
    leave(track, left, saddles(surface), np.array([OFF_RIDGE, PASSED]) * diagonal, found)
    return found

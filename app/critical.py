"""Critical points: where damped Newton leads, and what the Hessian says of them.

A point is critical when ‖∇L‖ ≤ 1e-8 of the surface's scale; its kind follows from the
eigenvalues of the Hessian (DEFINITIONS.md). How a path ended and the list of all critical
points of a surface (finder.py) both stand on this room.
"""

import math
from functools import lru_cache
from typing import Any

import numpy as np

from app.hessian import eigenvalues
from app.kernels import compiled, counts, curve_at, kernel, row, table, types, whole
from app.sampling import Counts
from app.surfaces.data import SHIFT, Floats
from app.surfaces.surface import Surface

MINIMUM, SADDLE, MAXIMUM, FLAT = range(4)
KINDS = ("minimum", "saddle", "maximum", "flat")
UNCLEAR = len(KINDS)  # one eigenvalue is zero: the loss along it decides

NEAR = 0.01  # of the domain's diagonal: "at" a critical point
ZERO_SLOPE = 1e-8  # of the surface's scale
ZERO_CURVATURE = 1e-8
NEWTON_UPDATES = 200
SHELF_SAMPLES = 8
POLISHED = 1e-14  # of the diagonal: a Newton movement this small is the end
CLEAR = 1e-13  # of the steeper curvature: below it the other one may be rounding
SLIDES = 8
BESIDE = 1e-7  # of the diagonal: so near a tip the rest of the loss is straight


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
def newton(curve: Any, x: float, y: float, p: Floats, examples: Floats, scale: Floats, most: int, work: Floats, curves: Floats) -> tuple[bool, float, float]:  # fmt: skip
    """The critical point that `most` updates reach: (found, x, y); curves[0] is its curve."""
    at, trial = curves[0], curves[1]
    damping = 1e-6 * scale[1] ** 2
    curve_here(curve, x, y, p, examples, work, at)
    slope = math.hypot(at[1], at[2])
    for _ in range(most):
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
    """The kind two eigenvalues decide; UNCLEAR where one of them is zero."""
    if abs(low) <= zero and abs(high) <= zero:
        return FLAT
    if abs(low) <= zero or abs(high) <= zero:
        return UNCLEAR
    if low > 0:
        return MINIMUM
    return MAXIMUM if high < 0 else SADDLE


@compiled
def kind_of(curve: Any, x: float, y: float, bend: tuple[float, float, float, float], p: Floats, examples: Floats, scale: Floats, work: Floats, curves: Floats) -> tuple[int, bool]:  # fmt: skip
    """(kind, valley) of a critical point; curves[0] is its curve, bend its eigenvalues()."""
    low, high, u, v = bend
    kind = clear_kind(low, high, ZERO_CURVATURE * scale[1])
    if kind != UNCLEAR:
        return kind, False
    down = abs(low) > abs(high)  # curved down once: the flat direction is the other one
    if down:
        u, v = -v, u
    sign = -1.0 if down else 1.0
    shelf = is_shelf(curve, x, y, u, v, sign, p, examples, scale[2], work, curves)
    if shelf:
        return SADDLE, False
    return (MAXIMUM if down else MINIMUM), True


@compiled
def slide(curve: Any, x: float, y: float, p: Floats, examples: Floats, scale: Floats, work: Floats, curves: Floats) -> tuple[float, float, tuple[float, float, float, float]]:  # fmt: skip
    """Goes on along a direction whose curvature is tiny beside the other, but no rounding.

    There the damping stops Newton early: the slope that is left is nothing beside the steep one.
    curves[0] is the curve at (x, y), and at what is returned: a point and its eigenvalues().
    """
    at, trial = curves[0], curves[1]
    low, high, u, v = eigenvalues(at[3], at[4], at[5])
    for _ in range(SLIDES):
        bent, steep, across, up = low, high, u, v
        if abs(low) > abs(high):
            bent, steep, across, up = high, low, -v, u
        if not CLEAR * abs(steep) < abs(bent) <= ZERO_CURVATURE * abs(steep):
            break
        along = at[1] * across + at[2] * up
        far = -along / bent
        if not abs(far) <= scale[2]:
            break
        curve_here(curve, x + far * across, y + far * up, p, examples, work, trial)
        if not abs(trial[1] * across + trial[2] * up) < abs(along):
            break
        x, y = x + far * across, y + far * up
        for k in range(6):
            at[k] = trial[k]
        low, high, u, v = eigenvalues(at[3], at[4], at[5])
    return x, y, (low, high, u, v)


@kernel(types.void(whole, row, table, row, whole, table, table, table, table))
def polish(term: int, p: Floats, examples: Floats, scale: Floats, most: int, guesses: Floats, work: Floats, curves: Floats, found: Floats) -> None:  # fmt: skip
    """Newton from every guess (x, y): rows found, x, y, kind, λ₁, λ₂, u, v, valley; where
    nothing was found only the first is written."""
    curve = curve_at(term)
    for i in range(len(guesses)):
        ok, x, y = newton(
            curve, guesses[i, 0], guesses[i, 1], p, examples, scale, most, work, curves
        )
        if not ok:
            found[i, 0] = 0.0
            continue
        x, y, bend = slide(curve, x, y, p, examples, scale, work, curves)
        kind, valley = kind_of(curve, x, y, bend, p, examples, scale, work, curves)
        found[i, 0], found[i, 1], found[i, 2], found[i, 3] = 1.0, x, y, float(kind)
        found[i, 4], found[i, 5], found[i, 6], found[i, 7] = bend
        found[i, 8] = 1.0 if valley else 0.0


@kernel(types.int64(table, row, counts))
def first_of_each(points: Floats, radius: Floats, kept: Counts) -> int:
    """Which points (n, 2) have none before them within their radius: how many, and `kept`."""
    many = 0
    for i in range(len(points)):
        alone = True
        for k in range(many):
            across = points[i, 0] - points[kept[k], 0]
            up = points[i, 1] - points[kept[k], 1]
            same = max(radius[i], radius[kept[k]])
            alone &= across * across + up * up > same * same
        if alone:
            kept[many] = i
            many += 1
    return many


def critical(surface: Surface, guesses: Floats, most: int = NEWTON_UPDATES) -> Floats:
    """Critical points reached from guesses (k, 2), those that were found.

    Rows found, x, y, kind, λ₁ ≤ λ₂, the eigenvector u of λ₁, valley.
    """
    found = reached(surface, guesses, most)
    return np.asarray(found[found[:, 0] == 1.0])


def reached(surface: Surface, guesses: Floats, most: int = NEWTON_UPDATES) -> Floats:
    """The same with a row for every guess; the first column says whether it was found."""
    found = np.empty((len(guesses), 9))
    polish(
        surface.curve, surface.constants, surface.examples, sizes(surface), most,
        guesses, *newton_room(surface), found,
    )  # fmt: skip
    return found


def newton_room(surface: Surface) -> tuple[Floats, Floats]:
    """Memory to work in: for the curves of all examples at a point, and for those of two points."""
    return np.empty((10, surface.examples.shape[1])), np.empty((2, 6))


@lru_cache(maxsize=512)
def sizes(surface: Surface) -> Floats:
    """(typical ‖∇L‖, typical |curvature|, diagonal of the domain)."""
    return np.array([*surface.scale, surface.row.diagonal])


@lru_cache(maxsize=512)
def cusps(surface: Surface) -> Floats:
    """(k, 2): minima without a gradient, which only the catalogue can name.

    An example that sees the surface moved moves its tip. A tip of the mean is a minimum where
    its own cone is steeper than the rest: on its two sides they add and cancel.
    """
    claims = [claim.at for claim in surface.row.claims if not claim.smooth]
    if not claims:
        return np.empty((0, 2))
    moved = surface.examples[SHIFT].T[None] + np.array(claims)[:, None]
    tips = np.unique(moved.reshape(-1, 2), axis=0)
    beside = np.array([BESIDE * surface.row.diagonal, 0.0])
    after = surface.slopes(*(tips + beside).T)[1:]
    before = surface.slopes(*(tips - beside).T)[1:]
    rest, cone = np.hypot(*(after + before)), (after - before)[0]
    return np.ascontiguousarray(tips[rest < cone])

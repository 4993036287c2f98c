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
from app.kernels import (
    compiled,
    counts,
    curve_at,
    inlined,
    kernel,
    row,
    stack_of,
    table,
    types,
    whole,
)
from app.sampling import Counts
from app.surfaces.data import SHIFT, Floats
from app.surfaces.surface import SEEN, Surface

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
TOGETHER = 64  # guesses that Newton moves side by side

# A point, its loss, gradient and Hessian: a column each, in tables on the stack.
POINT = 8
X, Y, VALUE, G1, G2, H11, H12, H22 = range(POINT)
WHICH, SLOPE, DAMPING, MOVED, TAKEN = range(5)  # rows of what is moving
stack = stack_of(POINT, TOGETHER)


@compiled
def curves_at(curve: Any, points: Floats, many: int, p: Floats, examples: Floats, work: Floats) -> None:  # fmt: skip
    """Writes the curves of the first points; see POINT.

    A lane per point and example: work (10, lanes) has room for all examples of one point at least.
    """
    n = examples.shape[1]
    if n == 1:
        curves_of_one(curve, points, many, p, examples, work)
        return
    together = work.shape[1] // n
    for low in range(0, many, together):
        high, lanes = min(low + together, many), 0
        for i in range(low, high):
            for j in range(n):
                work[0, lanes] = points[X, i] - examples[0, j]
                work[1, lanes] = points[Y, i] - examples[1, j]
                work[2, lanes] = examples[4, j]
                work[3, lanes] = examples[5, j]
                lanes += 1
        curve(work[0], work[1], work[2], work[3], p, lanes, work[4:10])
        for i in range(low, high):
            mean_of_lanes(points, i, examples, work, (i - low) * n)


@compiled
def curves_of_one(curve: Any, points: Floats, many: int, p: Floats, examples: Floats, work: Floats) -> None:  # fmt: skip
    """The same where one example is all there is: nothing to add up."""
    for i in range(many):
        work[0, i] = points[X, i] - examples[0, 0]
        work[1, i] = points[Y, i] - examples[1, 0]
        work[2, i] = examples[4, 0]
        work[3, i] = examples[5, 0]
    curve(work[0], work[1], work[2], work[3], p, many, points[VALUE:POINT])
    across, up = examples[2, 0], examples[3, 0]
    for i in range(many):
        points[VALUE, i] += across * points[X, i] + up * points[Y, i]
        points[G1, i] += across
        points[G2, i] += up


@compiled
def mean_of_lanes(points: Floats, i: int, examples: Floats, work: Floats, first: int) -> None:
    """The curve at point i from those of its examples, which begin at lane `first`."""
    n = examples.shape[1]
    x, y = points[X, i], points[Y, i]
    value, g1, g2, h11, h12, h22 = 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
    for j in range(first, first + n):
        value += work[4, j]
        g1 += work[5, j]
        g2 += work[6, j]
        h11 += work[7, j]
        h12 += work[8, j]
        h22 += work[9, j]
    for j in range(n):
        value += examples[2, j] * x + examples[3, j] * y
        g1 += examples[2, j]
        g2 += examples[3, j]
    points[VALUE, i] = value / n
    points[G1, i] = g1 / n
    points[G2, i] = g2 / n
    points[H11, i] = h11 / n
    points[H12, i] = h12 / n
    points[H22, i] = h22 / n


@compiled
def copy_point(points: Floats, i: int, to: Floats, k: int) -> None:
    for part in range(len(to)):
        to[part, k] = points[part, i]


@compiled
def damped_movement(points: Floats, i: int, damping: float) -> tuple[float, float]:
    """−(H² + μI)⁻¹Hg: Newton's movement where H is good, a small safe one where it is not."""
    g1, g2 = points[G1, i], points[G2, i]
    a, b, c = points[H11, i], points[H12, i], points[H22, i]
    p, q, r = a * a + b * b + damping, a * b + b * c, b * b + c * c + damping
    u, v = a * g1 + b * g2, b * g1 + c * g2
    determinant = p * r - q * q
    return -(r * u - q * v) / determinant, -(p * v - q * u) / determinant


@inlined
def length(x: float, y: float) -> float:
    """hypot() between 1e-154 and 1e154, which loops over lanes can take side by side."""
    return math.sqrt(x * x + y * y)


@compiled
def newton(curve: Any, guesses: Floats, p: Floats, examples: Floats, scale: Floats, most: int, work: Floats, here: Floats, there: Floats, moving: Floats, ended: Floats) -> None:  # fmt: skip
    """Where `most` updates from up to TOGETHER guesses (k, 2) end: columns of `ended`.

    They move side by side. Whoever ends makes room for the last one, so that only those who
    still move are computed. moving rows WHICH, SLOPE, ….
    """
    many = len(guesses)
    for i in range(many):
        here[X, i], here[Y, i] = guesses[i, 0], guesses[i, 1]
    curves_at(curve, here, many, p, examples, work)
    for i in range(many):
        moving[WHICH, i], moving[DAMPING, i] = float(i), 1e-6 * scale[1] ** 2
        moving[SLOPE, i], moving[MOVED, i] = length(here[G1, i], here[G2, i]), math.inf
    many = still_moving(here, moving, many, scale, ended)
    for _ in range(most):
        if many == 0:
            break
        for i in range(many):
            across, up = damped_movement(here, i, moving[DAMPING, i])
            there[X, i], there[Y, i] = here[X, i] + across, here[Y, i] + up
            moving[MOVED, i] = length(across, up)
        curves_at(curve, there, many, p, examples, work)
        least = 1e-30 * scale[1] ** 2
        for i in range(many):
            slope, damping = length(there[G1, i], there[G2, i]), moving[DAMPING, i]
            downhill = slope < moving[SLOPE, i]
            moving[SLOPE, i] = slope if downhill else moving[SLOPE, i]
            moving[DAMPING, i] = damping * 0.1 if downhill else max(damping, least) * 10.0
            moving[TAKEN, i] = 1.0 if downhill else 0.0
        for part in range(POINT):
            for i in range(many):
                here[part, i] = there[part, i] if moving[TAKEN, i] == 1.0 else here[part, i]
        many = still_moving(here, moving, many, scale, ended)
    for i in range(many):
        copy_point(here, i, ended, int(moving[WHICH, i]))


@compiled
def still_moving(here: Floats, moving: Floats, many: int, scale: Floats, ended: Floats) -> int:
    """Takes out of the first points those that end here, and tells how many are left."""
    for i in range(many - 1, -1, -1):
        if moving[SLOPE, i] > 0.0 and not moving[MOVED, i] <= POLISHED * scale[2]:
            continue
        copy_point(here, i, ended, int(moving[WHICH, i]))
        many -= 1
        for part in range(POINT):
            here[part, i], moving[part, i] = here[part, many], moving[part, many]
    return many


@compiled
def is_shelf(curve: Any, u: float, v: float, sign: float, p: Floats, examples: Floats, diagonal: float, work: Floats, here: Floats, there: Floats) -> bool:  # fmt: skip
    """Whether sign·L falls on a side of the point along (u, v), out to 1 % of the diagonal."""
    for k in range(-SHELF_SAMPLES, SHELF_SAMPLES + 1):
        distance = NEAR * diagonal * k / SHELF_SAMPLES
        there[X, 0], there[Y, 0] = here[X, 0] + distance * u, here[Y, 0] + distance * v
        curves_at(curve, there, 1, p, examples, work)
        change = sign * (there[VALUE, 0] - here[VALUE, 0])
        if change < -SEEN * max(1.0, abs(here[VALUE, 0])):
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
def kind_of(curve: Any, bend: tuple[float, float, float, float], p: Floats, examples: Floats, scale: Floats, work: Floats, here: Floats, there: Floats) -> tuple[int, bool]:  # fmt: skip
    """(kind, valley) of the critical point in column 0 of `here`; bend its eigenvalues()."""
    low, high, u, v = bend
    kind = clear_kind(low, high, ZERO_CURVATURE * scale[1])
    if kind != UNCLEAR:
        return kind, False
    down = abs(low) > abs(high)  # curved down once: the flat direction is the other one
    if down:
        u, v = -v, u
    sign = -1.0 if down else 1.0
    shelf = is_shelf(curve, u, v, sign, p, examples, scale[2], work, here, there)
    if shelf:
        return SADDLE, False
    return (MAXIMUM if down else MINIMUM), True


@compiled
def slide(curve: Any, p: Floats, examples: Floats, scale: Floats, work: Floats, here: Floats, there: Floats) -> tuple[float, float, float, float]:  # fmt: skip
    """Goes on along a direction whose curvature is tiny beside the other, but no rounding.

    There the damping stops Newton early: the slope that is left is nothing beside the steep one.
    Moves the point in column 0 of `here` and gives its eigenvalues().
    """
    low, high, u, v = eigenvalues(here[H11, 0], here[H12, 0], here[H22, 0])
    for _ in range(SLIDES):
        bent, steep, across, up = low, high, u, v
        if abs(low) > abs(high):
            bent, steep, across, up = high, low, -v, u
        if not CLEAR * abs(steep) < abs(bent) <= ZERO_CURVATURE * abs(steep):
            break
        along = here[G1, 0] * across + here[G2, 0] * up
        far = -along / bent
        if not abs(far) <= scale[2]:
            break
        there[X, 0], there[Y, 0] = here[X, 0] + far * across, here[Y, 0] + far * up
        curves_at(curve, there, 1, p, examples, work)
        if not abs(there[G1, 0] * across + there[G2, 0] * up) < abs(along):
            break
        copy_point(there, 0, here, 0)
        low, high, u, v = eigenvalues(here[H11, 0], here[H12, 0], here[H22, 0])
    return low, high, u, v


@kernel(types.void(whole, row, table, row, whole, table, table, table))
def polish(term: int, p: Floats, examples: Floats, scale: Floats, most: int, guesses: Floats, work: Floats, found: Floats) -> None:  # fmt: skip
    """Newton from every guess (x, y): rows found, x, y, kind, λ₁, λ₂, u, v, valley; where
    nothing was found only the first is written. work: newton_room()."""
    curve = curve_at(term)
    here, there, ended, moving = stack(), stack(), stack(), stack()
    for first in range(0, len(guesses), TOGETHER):
        some = guesses[first : first + TOGETHER]
        newton(curve, some, p, examples, scale, most, work, here, there, moving, ended)
        for i in range(len(some)):
            row = found[first + i]
            row[0] = 0.0
            if not math.hypot(ended[G1, i], ended[G2, i]) <= ZERO_SLOPE * scale[0]:
                continue
            copy_point(ended, i, here, 0)
            bend = slide(curve, p, examples, scale, work, here, there)
            kind, valley = kind_of(curve, bend, p, examples, scale, work, here, there)
            row[0], row[1], row[2], row[3] = 1.0, here[X, 0], here[Y, 0], float(kind)
            row[4], row[5], row[6], row[7] = bend
            row[8] = 1.0 if valley else 0.0


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
        guesses, newton_room(surface), found,
    )  # fmt: skip
    return found


def newton_room(surface: Surface) -> Floats:
    """Memory to work in: the curves of all examples of a point, or of points side by side."""
    return np.empty((10, max(TOGETHER, surface.examples.shape[1])))


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

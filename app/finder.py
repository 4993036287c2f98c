"""Every critical point of a surface, each of them once.

Damped Newton starts wherever both components of the gradient may vanish, cell by cell of a
grid over the domain, and from the points the catalogue claims. What it reaches inside the
domain is critical to 1e-8 (DEFINITIONS.md). Points that fill a curve become one entry that
carries the curve (valleys.py); a tip without a gradient is listed as its row claims it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from app.critical import (  # fmt: skip
    FLAT,
    KINDS,
    SADDLE,
    ZERO_CURVATURE,
    cusps,
    first_of_each,
    reached,
    sizes,
)
from app.surfaces.catalogue import Point, Row
from app.surfaces.data import Floats
from app.surfaces.surface import Surface
from app.valleys import CLOSE, centred, traced, within

GRID = 65  # points a side: a ripple of Ackley or Rastrigin is six cells wide
NEARBY = 30  # updates of Newton from a cell beside a point; six are usual
SAME = 1e-6  # of the diagonal: Newton's end differs by less from start to start
SAME_FLAT = 1e-3  # where a curvature is zero Newton ends less exactly
CURVES = 12  # that are followed
AROUND = range(-2, 3)  # cells: a flat part may have gaps where a corner's gradient just counts
VAGUE = 1e-3  # of the diagonal
PATIENCE = 10_000  # starts × examples that Newton may follow to its very end
ROUNDING = 1e-12
EQUAL = 1e-9  # of the typical change of the loss across the domain: the same loss
ORDER = {"minimum": 0, "saddle": 1, "maximum": 2, "flat": 3}

Vector = tuple[float, float]


@dataclass(frozen=True, slots=True)
class CriticalPoint:
    """One critical point. Without eigenvalues it is a tip, where there is no gradient.

    `curve` holds the points of a whole curve of minima (or maxima), in order, at most 200;
    `at` is then the one nearest to the middle of the domain.
    """

    at: Point
    loss: float
    kind: str
    valley: bool
    eigenvalues: Vector | None
    eigenvectors: tuple[Vector, Vector] | None
    curve: tuple[Point, ...] | None = None


@lru_cache(maxsize=512)
def critical_points(surface: Surface) -> tuple[CriticalPoint, ...]:
    """All critical points inside the domain: minima by their loss, saddles, maxima, flat ones."""
    found = isolated(surface)
    alone, along = found[found[:, 8] == 0.0], found[found[:, 8] == 1.0]
    points = [told(surface, row, None) for row in alone]
    points += [told(surface, *curve) for curve in curves(surface, along)]
    points += [tip(surface, x, y) for x, y in tips(surface).tolist()]
    equal = equal_losses(surface, points)
    return tuple(sorted(points, key=lambda point: place(point, equal)))


def equal_losses(surface: Surface, points: Iterable[CriticalPoint]) -> float:
    """Losses that differ by less are told as equal: by rounding, or beside the typical change."""
    slope, _, diagonal = sizes(surface).tolist()
    largest = max((abs(point.loss) for point in points), default=0.0)
    return float(max(EQUAL * slope * diagonal, ROUNDING * largest))


def place(point: CriticalPoint, equal: float) -> tuple[int, int, Point]:
    """Where a point stands in the list."""
    return ORDER[point.kind], round(point.loss / equal), point.at


def told(surface: Surface, row: Floats, curve: Floats | None) -> CriticalPoint:
    """A row of critical() in words."""
    _, x, y, kind, low, high, u, v, valley = row.tolist()
    return CriticalPoint(
        at=(x, y),
        loss=surface.loss_at((x, y)),
        kind=KINDS[int(kind)],
        valley=bool(valley),
        eigenvalues=(low, high),
        eigenvectors=((u, v), (-v, u)),
        curve=None if curve is None else tuple((x, y) for x, y in curve.tolist()),
    )


def tip(surface: Surface, x: float, y: float) -> CriticalPoint:
    return CriticalPoint((x, y), surface.loss_at((x, y)), "minimum", False, None, None)


def tips(surface: Surface) -> Floats:
    found = cusps(surface)
    return found[within(surface.row, found)]


@lru_cache(maxsize=512)
def isolated(surface: Surface) -> Floats:
    """Rows of critical() inside the domain, each point once; of curves as many as were met."""
    guesses = np.concatenate([claimed(surface.row), candidates(surface)])
    found = reached(surface, guesses, NEARBY)
    far = guesses[found[:, 0] == 0.0]
    if len(far) * surface.examples.shape[1] <= PATIENCE:  # a bent valley takes many updates
        found = np.concatenate([found, reached(surface, far)])
    found = found[found[:, 0] == 1.0]
    each = distinct(surface, found[within(surface.row, found[:, 1:3])])
    return np.concatenate(parted(surface, each))


def parted(surface: Surface, each: Floats) -> tuple[Floats, Floats]:
    """What stands alone, and one row for each connected part of the domain that is flat.

    Where a slope fades out, points that only count as critical surround such a part; they
    belong to it.
    """
    vague = (each[:, 3] == FLAT) | is_vague(surface, each)
    parts = regions(surface, each[vague])
    level = [part[part[:, 3] == FLAT] for part in parts]
    away = [np.hypot(*(rows[:, 1:3] - surface.row.centre).T) for rows in level]
    middles = [rows[np.argmin(far)] for rows, far in zip(level, away, strict=True) if len(rows)]
    alone = [part for part, rows in zip(parts, level, strict=True) if not len(rows)]
    return np.concatenate([each[~vague], *alone]), np.array(middles).reshape(-1, 9)


def is_vague(surface: Surface, each: Floats) -> NDArray[np.bool_]:
    """Rows whose place the slope that is left does not tell: Newton would go on to elsewhere."""
    _, g1, g2, *_ = surface.curves(*each[:, 1:3].T)
    low, high, u, v = each[:, 4:8].T
    with np.errstate(divide="ignore", invalid="ignore"):
        ways = np.abs([(g1 * u + g2 * v) / low, (g2 * u - g1 * v) / high])
    is_point = each[:, 8] == 0.0  # a curve of minima is no point
    return np.asarray(is_point & ~(ways.max(axis=0) <= VAGUE * surface.row.diagonal))


def regions(surface: Surface, rows: Floats) -> list[Floats]:
    """Rows by what hangs together, from cell to cell."""
    low, high = np.array(surface.row.domain).T
    cells = ((rows[:, 1:3] - low) / (high - low) * (GRID - 1)).round().astype(int).tolist()
    waiting: dict[tuple[int, ...], list[Floats]] = {}
    for cell, row in zip(map(tuple, cells), rows, strict=True):
        waiting.setdefault(cell, []).append(row)
    parts = []
    while waiting:
        parts.append(np.array(connected(waiting)))
    return parts


def connected(rows: dict[tuple[int, ...], list[Floats]]) -> list[Floats]:
    """Takes out the rows of one cell and all that hang together with it."""
    waiting, part = [next(iter(rows))], list[Floats]()
    while waiting:
        i, j = waiting.pop()
        if (i, j) in rows:
            part += rows.pop((i, j))
            waiting += [(i + across, j + up) for across in AROUND for up in AROUND]
    return part


@lru_cache(maxsize=512)
def saddles(surface: Surface) -> Floats:
    """(k, 5): x, y of every saddle in the domain, its way down u, v, how far the next point is."""
    found = isolated(surface)
    mine = found[found[:, 3] == SADDLE][:, [1, 2, 6, 7]]
    every = np.concatenate([found[:, 1:3], tips(surface)])
    away = np.hypot(*(mine[:, None, :2] - every[None]).transpose(2, 0, 1))
    away[away == 0.0] = np.inf  # a point's distance to itself
    return np.ascontiguousarray(np.column_stack([mine, away.min(axis=1, initial=np.inf)]))


def claimed(row: Row) -> Floats:
    claims = [claim.at for claim in row.claims if claim.smooth]
    return np.array(claims, dtype=float).reshape(-1, 2)


def candidates(surface: Surface) -> Floats:
    """(k, 2): middles of the cells in which both components of ∇L may vanish."""
    across, up = (np.linspace(*side, GRID) for side in surface.row.domain)
    x, y = np.meshgrid(across, up)
    _, g1, g2 = surface.slopes(x.ravel(), y.ravel()).reshape(3, GRID, GRID)
    j, i = np.nonzero(may_vanish(g1) & may_vanish(g2))
    return np.stack([across[i] + across[i + 1], up[j] + up[j + 1]], axis=1) / 2


def may_vanish(g: Floats) -> NDArray[np.bool_]:
    """Cells over whose corners g reaches zero, or would if it went on by a quarter of its range."""
    low, high = corners(g, np.minimum), corners(g, np.maximum)
    with np.errstate(invalid="ignore"):  # a corner may be a tip, or too steep for a number
        more = (high - low) / 4
        return (low - more <= 0) & (high + more >= 0)


def corners(g: Floats, least: np.ufunc) -> Floats:
    """The least (or largest) value at the four corners of every cell."""
    sides = least(g[:, :-1], g[:, 1:])
    return np.asarray(least(sides[:-1], sides[1:]))


def distinct(surface: Surface, found: Floats) -> Floats:
    """The first of the rows that end at the same point."""
    zero = ZERO_CURVATURE * sizes(surface)[1]
    exact = (np.abs(found[:, 4:6]) > zero).all(axis=1)
    same = np.where(exact, SAME, SAME_FLAT) * surface.row.diagonal
    kept = np.empty(len(found), np.int64)
    many = first_of_each(np.ascontiguousarray(found[:, 1:3]), same, kept)
    return np.asarray(found[kept[:many]])


def curves(surface: Surface, along: Floats) -> list[tuple[Floats, Floats | None]]:
    """(row, curve) of every connected curve of critical points that passes through the rows.

    Of a formula with very many curves the first are followed, the other rows stand alone.
    """
    found: list[tuple[Floats, Floats | None]] = []
    while len(along) and len(found) < CURVES:
        curve = traced(surface, along[0, 1:3])
        found.append(centred(surface, curve))
        apart = np.abs(along[:, 1:3, None] - curve.T[None])
        away = np.hypot(apart[:, 0], apart[:, 1]).min(axis=1)
        away[0] = 0.0
        along = along[away > CLOSE * surface.row.diagonal]
    return [*found, *((row, None) for row in along)]

"""Leaving a critical point along an eigenvector of the Hessian with negative eigenvalue (C4).

One movement of length s along the unit eigenvector u of λ < 0 changes the loss by about ½λs².
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from app.critical import NEAR, ZERO_CURVATURE, critical, cusps, sizes
from app.surfaces.catalogue import Point
from app.surfaces.data import Floats
from app.surfaces.surface import Surface

LENGTH = 0.01  # of the diagonal: how far one leaves when nothing is said
SHORTEST, LONGEST = 1e-6, 1.0  # of the diagonal; shorter falls drown in rounding
TIE = 1e-6  # of the predicted fall: both ways fall equally


class NoWayDown(ValueError):
    """There is no negative eigenvalue here; the words say what there is instead."""


@dataclass(frozen=True, slots=True)
class Escape:
    """From a critical point to the point `length` along `direction`; how the loss changes."""

    start: Point
    end: Point
    direction: Point
    eigenvalue: float
    predicted: float
    actual: float
    length: float


def escape(surface: Surface, point: Point, length: float | None = None) -> Escape:
    """The way down from the saddle (or maximum) at a point, to the side that falls more."""
    row = saddle_at(surface, point)
    length = LENGTH * surface.row.diagonal if length is None else length
    at, low, u = row[1:3], float(row[4]), upright(row[6:8])
    predicted = low * length**2 / 2
    ways = np.array([at, at + length * u, at - length * u])
    loss = surface.slopes(*ways.T)[0]
    way = 2 if loss[2] < loss[1] - TIE * abs(predicted) else 1
    return Escape(
        start=pair(at),
        end=pair(ways[way]),
        direction=pair(u if way == 1 else 0.0 - u),
        eigenvalue=low,
        predicted=predicted,
        actual=float(loss[way] - loss[0]),
        length=length,
    )


def pair(values: Floats) -> Point:
    return float(values[0]), float(values[1])


def upright(u: Floats) -> Floats:
    """The eigenvector whose first component (or, where that is zero, second) is positive."""
    return u * (1.0 if tuple(u) > (0.0, 0.0) else -1.0) + 0.0


def saddle_at(surface: Surface, point: Point) -> Floats:
    """The critical point near a point, which must have a negative eigenvalue."""
    near = NEAR * surface.row.diagonal
    tips = np.hypot(*(cusps(surface) - point).T)
    found = critical(surface, np.array([point], dtype=float))
    if not len(found) or np.hypot(*(found[0, 1:3] - point)) > near:
        raise NoWayDown("the loss rises to all sides" if (tips <= near).any() else NOTHING)
    zero = ZERO_CURVATURE * sizes(surface)[1]
    if found[0, 4] >= -zero:
        raise NoWayDown(POSITIVE if found[0, 4] > zero else UNDECIDED)
    return np.asarray(found[0])


NOTHING = "there is no critical point within 1 % of the domain's diagonal"
POSITIVE = "no way down here: both curvatures are positive"
UNDECIDED = "the Hessian cannot decide here: no curvature is negative"
ALLOWED = "a saddle or a maximum"


def allowed_length(surface: Surface, length: float | None) -> str:
    """What a length may be; empty when this one may."""
    shortest, longest = SHORTEST * surface.row.diagonal, LONGEST * surface.row.diagonal
    if length is None or shortest <= length <= longest:
        return ""
    return f"a number from {shortest:.4g} to {longest:.4g} on this surface"


def told_escape(found: Escape) -> dict[str, Any]:
    """The way down as plain values."""
    names = ("direction", "eigenvalue", "predicted", "actual", "length")
    told = {name: getattr(found, name) for name in names}
    return {"from": found.start, "to": found.end} | told

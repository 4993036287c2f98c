"""Curves of critical points: the toy network's minima lie on a curve, not at a point.

A curve is followed inside the domain by predictor and corrector: a short movement along the
flat direction (the eigenvector whose eigenvalue is zero), then damped Newton back onto it.
"""

import numpy as np
from numpy.typing import NDArray

from app.critical import critical
from app.surfaces.catalogue import Row
from app.surfaces.data import Floats
from app.surfaces.surface import Surface

STRIDE = 0.004  # of the diagonal: from one point of a curve to the next
CLOSE = 0.005  # of the diagonal: a point this near to one of the curve's belongs to it
SHORTEST = 1e-6  # of the diagonal: how exactly the domain's border is met
MOST = 4000  # points of one trace; a curve inside the domain ends before, or closes
SHOWN = 200
EDGE = 1e-9  # of the diagonal: on the border is inside
HALVINGS = 40  # of a stride: to rounding


def traced(surface: Surface, seed: Floats) -> Floats:
    """(k, 2): the curve through a point, in order; a closed one ends where it begins."""
    first = critical(surface, seed[None])[0]
    ahead, closed = followed(surface, first, flat_direction(first))
    if closed:
        return np.array([first[1:3], *ahead, first[1:3]])
    back, _ = followed(surface, first, -flat_direction(first))
    return np.array([*back[::-1], first[1:3], *ahead])


def flat_direction(row: Floats) -> Floats:
    """The unit eigenvector of the eigenvalue nearer to zero."""
    low, high, u, v = row[4:8]
    return np.array([u, v] if abs(low) <= abs(high) else [-v, u])


def followed(surface: Surface, row: Floats, heading: Floats) -> tuple[list[Floats], bool]:
    """Points beyond a point of the curve, up to the border or back to it; whether it closed."""
    points: list[Floats] = []
    diagonal, start = surface.row.diagonal, row[1:3]
    length = STRIDE
    while len(points) < MOST and length > SHORTEST:
        there = beyond(surface, row, length * diagonal * heading)
        if there is None:
            length /= 2
            continue
        turned = flat_direction(there)
        heading, row = turned * np.sign(turned @ heading), there
        points.append(there[1:3])
        if len(points) > 3 and np.hypot(*(there[1:3] - start)) < 0.6 * STRIDE * diagonal:
            return points, True
    return points, False


def beyond(surface: Surface, row: Floats, movement: Floats) -> Floats | None:
    """The curve's point one movement on; None where it leaves curve or domain."""
    aim = row[1:3] + movement
    found = critical(surface, aim[None])
    if not len(found) or found[0, 8] != 1.0 or not within(surface.row, found[:1, 1:3])[0]:
        return None
    strayed = np.hypot(*(found[0, 1:3] - aim))
    return None if strayed > np.hypot(*movement) / 2 else found[0]


def within(row: Row, points: Floats) -> NDArray[np.bool_]:
    """Which points (k, 2) lie in the domain."""
    low, high = np.array(row.domain).T
    edge = EDGE * row.diagonal
    return np.asarray(((points >= low - edge) & (points <= high + edge)).all(axis=1))


def centred(surface: Surface, curve: Floats) -> tuple[Floats, Floats]:
    """The curve's point nearest to the middle of the domain, as a row, and the curve with it."""
    centre = np.array(surface.row.centre)
    curve = begun_far(curve, centre)
    i = int(np.hypot(*(curve - centre).T).argmin())
    row = foot(surface, centre, curve[max(i - 1, 0)], curve[min(i + 1, len(curve) - 1)])
    curve = np.insert(np.delete(curve, i, axis=0), i, row[1:3], axis=0)
    return row, thinned(curve, i)


def begun_far(curve: Floats, centre: Floats) -> Floats:
    """A closed curve begins (and ends) where it is farthest from the centre."""
    if len(curve) < 3 or (curve[0] != curve[-1]).any():
        return curve
    first = int(np.hypot(*(curve - centre).T).argmax())
    around = np.roll(curve[:-1], -first, axis=0)
    return np.concatenate([around, around[:1]])


def foot(surface: Surface, centre: Floats, low: Floats, high: Floats) -> Floats:
    """Where a stretch of a curve comes nearest to the centre: there it runs across the view."""
    towards = high - low
    row = critical(surface, low[None])[0]
    for _ in range(HALVINGS):
        found = critical(surface, (low + high)[None] / 2)
        if not len(found):  # a visitor's curve may have gaps
            break
        row = found[0]
        heading = flat_direction(row)
        if (centre - row[1:3]) @ heading * (towards @ heading) > 0:
            low = row[1:3]
        else:
            high = row[1:3]
    return np.asarray(row)


def thinned(curve: Floats, kept: int) -> Floats:
    """At most SHOWN points of a curve, among them its ends and the one that is kept."""
    shown = np.linspace(0, len(curve) - 1, min(len(curve), SHOWN - 1)).round()
    return np.asarray(curve[np.unique(np.append(shown, kept)).astype(int)])

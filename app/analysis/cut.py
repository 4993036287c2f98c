"""A surface cut along a line, and the four stops of the lecture's rolling ball (M5).

The stops are found from the path, not placed by hand. The path is projected on the line: e is
the unit vector along it, gₜ = ∇L(θᵗ)·e of the training loss, moveₜ = (θᵗ⁺¹ − θᵗ)·e what update
t does. A stop is the index of an update, so the ball stands at θᵗ; None where there is none.
"""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.descent import Path
from app.scene import Scene
from app.surfaces.data import Floats
from app.surfaces.surface import Surface

Point = tuple[float, float]
FALLEN = 0.5  # of the largest |g| so far: from here on a gradient is small
NEARLY_ZERO = 0.05  # of the largest |g| so far: a shelf


@dataclass(frozen=True, slots=True)
class Stops:
    """Where a run passes the lecture's four positions, and a shelf."""

    start: int
    small: int | None
    zero: int | None
    against: int | None
    shelf: int | None


def along(surface: Surface, start: Point, end: Point, resolution: int) -> Floats:
    """(3, resolution): distance from the start, L, and its slope dL/ds along the line."""
    length, e = heading(start, end)
    distance = np.linspace(0.0, length, resolution)
    loss, g1, g2 = surface.slopes(start[0] + distance * e[0], start[1] + distance * e[1])
    return np.stack([distance, loss, g1 * e[0] + g2 * e[1]])


def heading(start: Point, end: Point) -> tuple[float, Floats]:
    """Length of a line and the unit vector along it."""
    across = np.subtract(end, start)
    length = float(np.hypot(*across))
    return length, across / length


def stops(scene: Scene, path: Path, start: Point, end: Point) -> Stops:
    """The stops of one run of a scene on the line from start to end."""
    _, e = heading(start, end)
    _, g1, g2 = scene.ground.slopes(*path.track[:2])
    move = np.diff(path.theta @ e)
    with np.errstate(all="ignore"):  # a run may diverge, and its gradients with it
        return found_stops(g1 * e[0] + g2 * e[1], move, carried(scene, path, move))


def found_stops(g: Floats, move: Floats, kept: Floats) -> Stops:
    """The stops of a ball: g at every point, what every update moves, what of it was kept."""
    zero = first_zero(g, move)
    small = first_small(g, kept, move, zero)
    return Stops(0, small, zero, most_against(g, move, zero), first_shelf(g, move))


def carried(scene: Scene, path: Path, move: Floats) -> Floats:
    """λ times the movement before, which update t keeps; nothing for a rule without λ."""
    weight = float(scene.knobs(path.run).get("lambda", 0.0))
    return weight * np.concatenate([[0.0], move[:-1]])


def first_zero(g: Floats, move: Floats) -> int | None:
    """Where g first changes sign between two updates while the path goes on as it came.

    A discrete path never meets the zero itself: of the two points the one with less gradient.
    """
    goes_on = move[:-1] * move[1:] > 0
    crossed = np.flatnonzero((g[:-2] * g[1:-1] <= 0) & (g[:-2] != 0) & goes_on)
    if not len(crossed):
        return None
    t = int(crossed[0])
    return t if abs(g[t]) < abs(g[t + 1]) else t + 1


def first_small(g: Floats, kept: Floats, move: Floats, zero: int | None) -> int | None:
    """Where the movement before first outweighs −ηg, g still as at the start but small.

    Small is below half its largest so far. What update t moves beside what it kept is −ηg.
    """
    end = len(move) if zero is None else zero
    same = g[:end] * g[0] > 0
    fallen = np.abs(g[:end]) < FALLEN * np.maximum.accumulate(np.abs(g[:end]))
    outweighs = np.abs(kept[:end]) > np.abs(move[:end] - kept[:end])
    return first(same & fallen & outweighs)


def first(true: NDArray[np.bool_]) -> int | None:
    found = np.flatnonzero(true)
    return int(found[0]) if len(found) else None


def most_against(g: Floats, move: Floats, zero: int | None) -> int | None:
    """After zero, as long as the movement goes on uphill: where the gradient is strongest."""
    if zero is None:
        return None
    goes_on = (g[zero + 1 : -1] * move[zero + 1 :] > 0) & (move[zero + 1 :] * move[zero] > 0)
    stretch = first(~goes_on)
    against = np.abs(g[zero + 1 : -1][:stretch])
    return zero + 1 + int(against.argmax()) if len(against) else None


def first_shelf(g: Floats, move: Floats) -> int | None:
    """Where the ball passes a place of almost no gradient, and g keeps its sign.

    It comes in with more than 5 % of the largest |g| so far, and goes out with more.
    """
    low = np.abs(g) <= NEARLY_ZERO * np.maximum.accumulate(np.abs(g))
    edges = np.flatnonzero(np.diff(low.astype(np.int8)))
    for before, last in pairwise(edges):
        if low[before] or not passes(g[before : last + 2], move[before : last + 1]):
            continue
        return int(before + 1 + np.abs(g[before + 1 : last + 1]).argmin())
    return None


def passes(g: Floats, move: Floats) -> bool:
    """Whether neither the gradient nor the movement changes its sign."""
    return bool((g * g[0] > 0).all() and (move * move[0] > 0).all())


def all_stops(scene: Scene, paths: list[Path], start: Point, end: Point) -> list[dict[str, Any]]:
    """The stops of every run, ready for JSON."""
    found = [stops(scene, path, start, end) for path in paths]
    names = Stops.__slots__
    return [{"of": of} | {n: getattr(stop, n) for n in names} for of, stop in enumerate(found)]

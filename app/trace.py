"""One update after the other, with everything the engine had in its hands.

The engine itself makes every update; here its state is written down before and after each.
Nobody is held back at the edge, so that the update that diverged shows its true numbers.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import inf

import numpy as np

from app.descent import Walk
from app.engine import ADVANCE, UNRECORDED, advance, looks_ahead
from app.kernels import (  # fmt: skip
    address_of,
    box,
    compiled,
    counts,
    function_at,
    grid_of_counts,
    kernel,
    row,
    table,
    types,
    whole,
)
from app.rules import ETA
from app.sampling import Counts
from app.scene import Scene
from app.surfaces.data import Floats

THETA, M, V, POWER = slice(0, 2), slice(2, 4), slice(4, 6), slice(6, 8)  # rows of a state
RATE, PROBE, GRADIENT = 0, slice(1, 3), slice(3, 5)  # rows of what an update took
ENGINE = address_of(advance)

advance_at = function_at(ADVANCE)


@compiled
def note_state(states: Floats, theta: Floats, m: Floats, v: Floats, power: Floats, at: int) -> None:
    for i in range(len(states)):
        for c in range(2):
            states[i, c, at] = theta[c, i]
            states[i, 2 + c, at] = m[c, i]
            states[i, 4 + c, at] = v[c, i]
            states[i, 6 + c, at] = power[c, i]


@compiled
def note_taken(taken: Floats, knob: Floats, points: Floats, states: Floats, ahead: bool, at: int) -> None:  # fmt: skip
    """This update's η, where its gradient was taken, and the gradient."""
    for i in range(len(taken)):
        taken[i, 0, at] = knob[ETA, i]
        for c in range(2):
            taken[i, 1 + c, at] = points[2 + c, i] if ahead else states[i, c, at]
            taken[i, 3 + c, at] = points[c, i]


@kernel(
    types.void(
        whole, whole, whole, row, table, table, table, table, table, table, row, table,
        grid_of_counts, counts, grid_of_counts, grid_of_counts, row, counts, table, table, box,
        whole, box, box,
    )
)  # fmt: skip
def trace(
    engine: int, term: int, bent: int, p: Floats, examples: Floats, theta: Floats, m: Floats,
    v: Floats, power: Floats, knob: Floats, eta: Floats, factor: Floats, groups: Counts,
    first: Counts, index: Counts, sizes: Counts, limits: Floats, left: Counts, work: Floats,
    points: Floats, unrecorded: Floats, start: int, states: Floats, taken: Floats,
) -> None:  # fmt: skip
    """As many updates as `taken` has room for, each a call of the engine.

    states (lanes, 8, updates+1) takes θ, m, v and the powers of β before every update and
    after the last, taken (lanes, 5, updates) η, probe and gradient; the rest is the engine's.
    """
    once = advance_at(engine)
    ahead = looks_ahead(groups)
    note_state(states, theta, m, v, power, 0)
    for at in range(taken.shape[2]):
        k = min(at, len(index) - 1)
        once(
            term, bent, p, examples, theta, m, v, power, knob, eta, factor, groups, first,
            index[k : k + 1], sizes[k : k + 1], limits, left, work, points, unrecorded, 0,
            start + at, start + at + 1,
        )  # fmt: skip
        note_taken(taken, knob, points, states, ahead, at)
        note_state(states, theta, m, v, power, at + 1)


@dataclass(frozen=True)
class Trace:
    """Updates first … first+n−1 of one run. Those from `left` on (when not 0) were not made."""

    first: int
    states: Floats  # (8, n+1): rows THETA, M, V, POWER before each update, and after the last
    taken: Floats  # (5, n): rows RATE, PROBE, GRADIENT
    left: int  # update at which the run diverged, counted from 1, else 0


def traced(scene: Scene, first: int, stop: int, wanted: Callable[[], bool]) -> list[Trace]:
    """Updates first … stop−1 of every run of a scene."""
    walk = Walk([scene])
    walk.go_to(first, UNRECORDED, wanted)
    left = walk.state.left.copy()
    lanes, many = len(walk.lanes), stop - first
    states, taken = np.empty((lanes, 8, many + 1)), np.empty((lanes, 5, many))
    record(walk, first, states, taken)
    made = [
        Trace(first, states[i], taken[i], int(left[i]) or leaves(states[i], walk, first))
        for i in range(lanes)
    ]
    return [made[i] for i in sorted(range(lanes), key=lambda i: walk.lanes[i].place)]


def record(walk: Walk, first: int, states: Floats, taken: Floats) -> None:
    """Goes on from update `first`, beyond every edge."""
    at, ground = walk.state, walk.ground
    trace(
        ENGINE, ground.slope, ground.curve, ground.constants, ground.examples,
        at.theta, at.m, at.v, at.power, at.knob, at.eta, at.factor, at.groups,
        *walk.sampled(first, first + taken.shape[2]), np.array([*at.limits[:2], inf]), at.left,
        walk.work, walk.points, UNRECORDED, first, states, taken,
    )  # fmt: skip


def leaves(states: Floats, walk: Walk, first: int) -> int:
    """The update at which a run leaves, as the engine tells it, else 0."""
    x, y = states[THETA]
    centre_x, centre_y, reach = walk.state.limits
    with np.errstate(over="ignore", invalid="ignore"):
        across, up = x - centre_x, y - centre_y
        out = ~(across * across + up * up <= reach)
    return first + int(np.argmax(out)) if out.any() else 0

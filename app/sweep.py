"""Lanes without noise, walked by the engine and judged, a few at a time and all in one call.

A map has tens of thousands of them. The paths of a few stay in a core's cache, the next few
lie over them, and threads that sweep side by side need nothing of Python in between. This
room neither walks nor judges itself: the engine and outcome.py do, as for a scene.
"""

import numpy as np

from app.critical import NEAR, cusps, newton_room, sizes
from app.descent import NOTHING, limits
from app.engine import ADVANCE
from app.fused import walker
from app.kernels import (  # fmt: skip
    address_of,
    box,
    counts,
    function_at,
    grid_of_counts,
    kernel,
    number,
    row,
    table,
    types,
    whole,
)
from app.lanes import VECTOR, aligned
from app.outcome import judge
from app.rules import ETA
from app.sampling import Counts
from app.surfaces.data import Floats
from app.surfaces.surface import Surface

TOGETHER = 256  # lanes walked side by side: wide enough for vectors
POINTS = 400_000  # points of the paths kept at a time, whatever the updates: 6 MB
LINE = VECTOR // 8  # lanes that fill a line of the cache

advance_at = function_at(ADVANCE)


@kernel(
    types.void(
        whole, whole, whole, row, table, row, box, box, table, box, table, grid_of_counts,
        counts, grid_of_counts, grid_of_counts, row, grid_of_counts, table, table, box, table,
        number, number, table, table, table, table, box,
    )
)  # fmt: skip
def sweep(
    engine: int, term: int, bent: int, p: Floats, examples: Floats, scale: Floats,
    theta: Floats, knob: Floats, eta: Floats, state: Floats, factor: Floats, groups: Counts,
    first: Counts, index: Counts, drawn: Counts, limits: Floats, left: Counts, work: Floats,
    points: Floats, trail: Floats, cusps: Floats, near: float, close: float, middles: Floats,
    reached: Floats, bends: Floats, working: Floats, found: Floats,
) -> None:  # fmt: skip
    """Blocks of w lanes, one after the other, each from rest to its outcome.

    theta (blocks, 2, w), knob (blocks, KNOBS, w) and eta (blocks, w) as the lanes begin; theta
    is where they end · state (3, 2, w): m, v and power of one block · left (blocks, w) ·
    trail (T+1, 2, w), that of the last block · found (blocks, w, 5); the rest is advance()'s
    and judge()'s.
    """
    once = advance_at(engine)
    for b in range(len(theta)):
        for c in range(2):
            for i in range(theta.shape[2]):
                state[0, c, i], state[1, c, i], state[2, c, i] = 0.0, 0.0, 1.0
                trail[0, c, i] = theta[b, c, i]
        once(
            term, bent, p, examples, theta[b], state[0], state[1], state[2], knob[b], eta[b],
            factor, groups, first, index, drawn, limits, left[b], work, points, trail, 0, 0,
            len(trail) - 1,
        )  # fmt: skip
        judge(
            bent, p, examples, scale, trail, left[b], cusps, near, close, middles, reached,
            bends, working, found[b],
        )  # fmt: skip


def swept(
    ground: Surface, rule: int, factor: Floats, theta: Floats, knob: Floats, tolerance: float,
    room: Floats,
) -> tuple[Floats, Counts, Floats]:  # fmt: skip
    """n lanes on a ground of one example: how each ended as judged() has it (n, 5), the update
    at which it diverged, else 0 (n,), and its last point (2, n).

    theta (2, n) and knob (KNOBS, n) as they begin · factor (T, 1) · room: memory for the paths,
    see room_of().
    """
    n, updates = theta.shape[1], len(factor)
    width = width_of(n, updates)
    at, knobs = in_blocks(theta, width), in_blocks(knob, width)
    left = np.zeros((len(at), width), np.int64)
    found = np.empty((len(at), width, 5))
    trail = room[: (updates + 1) * 2 * width].reshape(-1, 2, width)
    diagonal = ground.row.diagonal
    engine, term = walker(ground, {rule})
    sweep(
        address_of(engine), term, ground.curve, ground.constants, ground.examples, sizes(ground),
        at, knobs, knobs[:, ETA].copy(), aligned(3, 2, width), factor,
        np.array([(rule, 0, width)]), *NOTHING, limits(ground), left, aligned(10, width),
        aligned(4, width), trail, cusps(ground), NEAR * diagonal, tolerance * diagonal,
        np.empty((width, 3)), np.empty((width, 9)), newton_room(ground), np.empty((4, width)),
        found,
    )  # fmt: skip
    last = np.ascontiguousarray(at.transpose(1, 0, 2).reshape(2, -1)[:, :n])
    return found.reshape(-1, 5)[:n], left.ravel()[:n], last


def width_of(lanes: int, updates: int) -> int:
    """Lanes of a block, so that all blocks are about as wide."""
    most = max(1, min(TOGETHER, POINTS // (updates + 1)))
    width = -(-lanes // -(-lanes // most))
    return width if most < LINE else -(-width // LINE) * LINE


def room_of(lanes: int, updates: int) -> int:
    """Numbers that the paths of a block take."""
    return 2 * (updates + 1) * width_of(lanes, updates)


def in_blocks(lanes: Floats, width: int) -> Floats:
    """(blocks, rows, width) of (rows, n): the last lane again where the last block is not full."""
    rows, n = lanes.shape
    many = -(-n // width)
    full = np.concatenate([lanes, np.repeat(lanes[:, -1:], many * width - n, axis=1)], axis=1)
    made = aligned(many, rows, width)
    np.copyto(made, full.reshape(rows, many, width).transpose(1, 0, 2))
    return made

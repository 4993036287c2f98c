"""Gradient, movement and record of an update in one loop, a surface at a time.

For gd and momentum on a ground of one example: only points and movements go back to memory,
where the engine's loop also stores gradients between its steps. As with the surfaces' terms the
loops are written from the catalogue; whatever has none (a visitor's formula) is the engine's.
What comes out is the same to the last bit: each is the other's oracle.
"""

from functools import cache
from types import ModuleType
from typing import Any

from app.engine import ADVANCE, GD, MOMENTUM, advance, aim, copy, hold_back
from app.kernels import (  # fmt: skip
    address_of,
    box,
    compiled,
    function_at,
    kernel,
    row,
    table,
    term,
    types,
    whole,
)
from app.rules import ETA, LAMBDA
from app.sampling import Counts
from app.surfaces.catalogue import SURFACES, Row
from app.surfaces.data import Floats
from app.surfaces.surface import Surface
from app.surfaces.terms import gradient, identifier, written

__all__ = ["FUSED", "Walker", "glide", "term", "walker"]

# trail (T+1, 2, n) with the points of update `start` at hand, m (2, n), η, what a lane keeps of
# m, columns (a, b), constants p, limits, start, stop -> walks until some lane is outside: the
# row of the trail where it is, 0 if none is
FUSED = types.int64(box, table, row, row, row, row, row, row, whole, whole)
MODULE = "downhill_fused"

HEAD = '''"""Made by app/fused.py from the catalogue; not to be edited."""

import math

from app.engine import is_inside
from app.fused import FUSED, term
from app.surfaces.terms import less, sign, softplus
'''

LOOP = """

@term(FUSED)
def fused_{key}(trail, m, eta, kept, a, b, p, limits, start, stop):
    centre_x, centre_y, reach = limits[0], limits[1], limits[2]
    m1, m2 = m[0], m[1]
    for t in range(start, stop):
        x, y, to_x, to_y = trail[t, 0], trail[t, 1], trail[t + 1, 0], trail[t + 1, 1]
        out = 0
        for i in range(len(x)):
{gradient}
            m1[i] = kept[i] * m1[i] - eta[i] * {g1}
            m2[i] = kept[i] * m2[i] - eta[i] * {g2}
            to_x[i] = x[i] + m1[i]
            to_y[i] = y[i] + m2[i]
            out += 0 if is_inside(to_x[i], to_y[i], centre_x, centre_y, reach) else 1
        if out > 0:
            return t + 1
    return 0
"""

fused_at = function_at(FUSED)
Walker = tuple[Any, int]  # a kernel of the signature ADVANCE, and which term of a ground it takes


def source(row: Row) -> str:
    """The loop of one surface as text."""
    body, (g1, g2) = gradient(row.formula, row.letters)
    lines = "\n".join(f"            {line}" for line in body)
    return LOOP.format(key=identifier(row.name), gradient=lines, g1=g1, g2=g2)


@cache
def loops() -> ModuleType:
    """The compiled module of all surfaces that have a loop of their own."""
    return written(MODULE, HEAD + "".join(source(row) for row in SURFACES if has_loop(row)))


def has_loop(row: Row) -> bool:
    """Not what is typed, and not rows of data: they are many examples."""
    return row.draw is None and not row.is_typed


@cache
def loop_of(name: str) -> int:
    """Address of a surface's loop."""
    return address_of(getattr(loops(), f"fused_{identifier(name)}"))


@compiled
def same_factor(factor: Floats, at: int, stop: int) -> int:
    """Up to which row the factors on η are those of row `at`."""
    until = at + 1
    while until < stop:
        for group in range(factor.shape[1]):
            if factor[until, group] != factor[at, group]:
                return until
        until += 1
    return until


@kernel(ADVANCE)
def glide(
    fused: int, bent: int, p: Floats, examples: Floats, theta: Floats, m: Floats, v: Floats,
    power: Floats, knob: Floats, eta: Floats, factor: Floats, groups: Counts, first: Counts,
    index: Counts, sizes: Counts, limits: Floats, left: Counts, work: Floats, points: Floats,
    trail: Floats, origin: int, start: int, stop: int,
) -> None:  # fmt: skip
    """advance() for recorded lanes of gd and momentum on a ground of one example.

    fused: the address of the surface's loop; everything else as there, but that m of gd holds
    its last movement.
    """
    walk = fused_at(fused)
    kept, a, b = work[0], work[2], work[3]
    for group in range(len(groups)):
        for i in range(groups[group, 1], groups[group, 2]):
            kept[i] = knob[LAMBDA, i] if groups[group, 0] == MOMENTUM else 0.0
            a[i] = examples[4, 0]
            b[i] = examples[5, 0]
    at, last, fresh = start - origin, stop - origin, True
    until = at
    while at < last:
        if at == until:
            until = same_factor(factor, at, last)
        aim(theta, theta, m, knob, eta, factor, groups, at, fresh)
        out = walk(trail, m, knob[ETA], kept, a, b, p, limits, at, until)
        at = out if out > 0 else until
        copy(theta, trail[at])
        fresh = out > 0
        if fresh:
            hold_back(theta, m, v, eta, limits, trail, at - 1, origin + at, left)


def walker(ground: Surface, rules: set[int]) -> Walker:
    """Who walks recorded lanes of these rules."""
    single = ground.examples.shape[1] == 1
    if single and has_loop(ground.row) and rules <= {GD, MOMENTUM}:
        return glide, loop_of(ground.row.name)
    return advance, ground.slope

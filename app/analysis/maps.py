"""A map: one run of a scene with two of its knobs turned, a cell for each pair of values.

A cell is walk() of the scene with these two values, walked as a lane beside its neighbours
and judged by the same kernels. First a coarse picture, then finer ones; no cell is walked
twice. The paths of a block are forgotten once its cells are known.
"""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from functools import cache, cached_property, partial

import numpy as np

from app import settings
from app.analysis.axes import STARTS, Axis, why_no_axis
from app.analysis.block import Block, knobs_of, starts_of
from app.analysis.catchments import arrived
from app.analysis.shares import goals, why_no_run
from app.crew import Crew
from app.critical import MINIMUM, NEAR
from app.descent import GivenUp
from app.lanes import aligned
from app.limits import LIMITS
from app.outcome import DIVERGED
from app.rules import NAMES
from app.sampling import Counts
from app.scene import Problem, Scene
from app.surfaces.data import Floats
from app.surfaces.surface import Surface
from app.sweep import POINTS

OWN = threading.local()
Wanted = Callable[[], bool]
COLUMNS = ["outcome", "minimum", "updates", "loss"]
LANES = 512  # noisy cells walked together: wide enough for vectors
SWEPT = 4_000_000  # updates of cells without noise in one call: some milliseconds
COARSEST = 16
FINEST = 1e-12  # tolerance: a path comes no nearer than rounding lets it
FIRST = 1_000_000  # example gradients of the first picture: some milliseconds


@dataclass(frozen=True)
class Map:
    """What the cells of a grid did. Rows follow y.

    outcome: place in OUTCOMES · minimum: place in minima(), −1 where it is at none ·
    updates: when it came within the tolerance for good, or diverged; NaN where it did neither ·
    loss: L at its last point
    """

    x: Floats  # (nx,)
    y: Floats  # (ny,)
    cells: Floats  # (4, ny, nx), see COLUMNS
    progress: float


@dataclass(frozen=True)
class Question:
    """Run `of` of a scene over two sides.

    `tolerance`, in diagonals of the domain, is how near to the critical point of its outcome a
    cell must stay for its updates to be counted.
    """

    scene: Scene
    of: int
    x: Axis
    y: Axis
    resolution: tuple[int, int]
    tolerance: float = NEAR

    @cached_property
    def values(self) -> tuple[Floats, Floats]:
        across, up = self.resolution
        return self.x.values(across), self.y.values(up)


def problems(asked: Question) -> list[Problem]:
    """What is wrong with a question about a map; nothing is computed before."""
    scene = asked.scene
    if no_run := why_no_run(scene, asked.of):
        return [no_run]
    run, sides = scene.runs[asked.of], {"x": asked.x, "y": asked.y}
    found = [why_no_axis(scene, run, name, axis) for name, axis in sides.items()]
    if asked.x.name == asked.y.name:
        found.append(Problem("y", asked.y.name[:80], "another knob than that of x"))
    found.append(why_no_tolerance(asked.tolerance))
    return [problem for problem in found if problem] or why_too_many(asked)


def why_no_tolerance(tolerance: float) -> Problem | None:
    """From rounding to what an outcome calls near."""
    if FINEST <= tolerance <= NEAR:
        return None
    return Problem("tolerance", str(tolerance), f"a number from {FINEST} to {NEAR}")


def why_too_many(asked: Question) -> list[Problem]:
    cost, most = evaluations(asked), LIMITS["map"] // asked.scene.row.weight
    if cost <= most:
        return []
    across, up = asked.resolution
    allowed = f"fewer cells, so that cells · updates · batch is at most {most:,} (here {cost:,})"
    return [Problem("resolution", f"{across}×{up}", allowed)]


def evaluations(asked: Question) -> int:
    """Example gradients a map costs."""
    across, up = map(len, asked.values)
    return round(across * up * mean_batch(asked) * asked.scene.updates)


def mean_batch(asked: Question) -> float:
    """Examples of one update, on average over the cells."""
    scene = asked.scene
    if scene.ground.examples.shape[1] == 1:
        return 1.0
    for axis, values in zip((asked.x, asked.y), asked.values, strict=True):
        if axis.name == "batch":
            return float(values.mean())
    return float(scene.batch_of(scene.runs[asked.of]))


def mapped(asked: Question, wanted: Wanted = lambda: True) -> Iterator[Map]:
    """Pictures of a map, each finer than the last. GivenUp when `wanted` says no.

    No thread waits while a picture is looked at: the blocks of all of them are in line, first
    pictures before all others.
    """
    x, y = asked.values
    cells = np.full((len(COLUMNS), len(y), len(x)), np.nan)
    pictures = [
        (stride, walking(asked, cells, stride, stage, wanted))
        for stage, stride in enumerate(strides(asked))
    ]
    try:
        for stride, done in pictures:
            for future in done:
                future.result()
            if not wanted():
                raise GivenUp
            progress = 1 / stride**2
            yield Map(x[::stride], y[::stride], cells[:, ::stride, ::stride], progress)
    finally:
        for _, done in pictures:
            for future in done:
                future.cancel()


def strides(asked: Question) -> Iterator[int]:
    """Every how many cells each picture has: the first one comes soon."""
    cost, stride = evaluations(asked) * asked.scene.row.weight, 1
    while stride < COARSEST and cost > FIRST * stride**2:
        stride *= 2
    while stride >= 1:
        yield stride
        stride //= 2


def walking(
    asked: Question, cells: Floats, stride: int, stage: int, wanted: Wanted
) -> list[Future[None]]:
    """The cells that a picture adds, in blocks side by side on all threads."""

    def work(batch: int, row: Counts, column: Counts) -> None:
        lanes = block(asked, batch, row, column)
        cells[:, row, column] = told(lanes, asked.tolerance, wanted)

    pieces = blocks(asked, *added(asked, stride))
    return [crew().submit(stage, partial(work, *piece)) for piece in pieces]


def added(asked: Question, stride: int) -> tuple[Counts, Counts]:
    """(rows, columns) of the cells that a picture has and the coarser one before has not."""
    across, up = map(len, asked.values)
    new = np.ones((-(-up // stride), -(-across // stride)), bool)
    if stride != next(strides(asked)):
        new[::2, ::2] = False
    rows, columns = np.nonzero(new)
    return rows * stride, columns * stride


@cache
def crew() -> Crew:
    return Crew(settings.number("threads"), "cells")


def blocks(asked: Question, rows: Counts, columns: Counts) -> Iterator[tuple[int, Counts, Counts]]:
    """These cells in blocks of one batch size, as many for every thread: (batch, rows, columns)."""
    share = max(1, -(-len(rows) // settings.number("threads")))
    most = -(-share // -(-share // max(1, together(asked.scene))))
    for size, same in alike(asked, rows, columns):
        for first in range(0, len(same), most):
            some = same[first : first + most]
            yield size, rows[some], columns[some]


def alike(asked: Question, rows: Counts, columns: Counts) -> Iterator[tuple[int, Counts]]:
    """Which of these cells have the same batch size."""
    x, y = asked.values
    if "batch" not in (asked.x.name, asked.y.name):
        yield asked.scene.batch_of(asked.scene.runs[asked.of]), np.arange(len(rows))
        return
    batches = (x[columns] if asked.x.name == "batch" else y[rows]).astype(int)
    for size in np.unique(batches).tolist():
        yield size, np.flatnonzero(batches == size)


def together(scene: Scene) -> int:
    """Cells of a block at most."""
    if scene.ground.examples.shape[1] == 1:
        return SWEPT // (scene.updates * scene.row.weight)
    return min(LANES, POINTS // (scene.updates + 1))


def block(asked: Question, batch: int, rows: Counts, columns: Counts) -> Block:
    """Lanes with the values of the two knobs in these cells."""
    scene, run = asked.scene, asked.scene.runs[asked.of]
    x, y = asked.values
    theta, knob = starts_of(scene, len(rows)), knobs_of(scene, run, len(rows))
    seeds = np.full(len(rows), scene.seed)
    for name, values in ((asked.x.name, x[columns]), (asked.y.name, y[rows])):
        if name in STARTS:
            theta[STARTS.index(name)] = values
        elif name in NAMES:
            knob[NAMES.index(name)] = values
        elif name == "seed":
            seeds = values.astype(np.int64)
    return Block(scene, run, batch, seeds, theta, knob)


def told(block: Block, tolerance: float, wanted: Wanted) -> Floats:
    """(4, lanes): COLUMNS of every lane of a block."""
    found, left, last = block.ended(tolerance, wanted, room(block.room))
    kind, _, settled, *at = found.T
    ground = block.scene.ground
    updates, loss = np.where(kind == DIVERGED, left, settled), ground.slopes(*last)[0]
    return np.stack([kind, reached_minimum(ground, kind, np.stack(at)), updates, loss])


def room(size: int) -> Floats:
    """Memory for the paths of a block, this thread's own."""
    if len(getattr(OWN, "room", ())) < size:
        OWN.room = aligned(size)
    return np.asarray(OWN.room)


def reached_minimum(ground: Surface, kind: Floats, at: Floats) -> Floats:
    """Place in minima() of what each lane reached, −1 where that is no minimum."""
    return np.where(kind == MINIMUM, arrived(ground, at, goals(ground)), -1)

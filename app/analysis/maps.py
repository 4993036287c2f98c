"""A map: one run of a scene with two of its knobs turned, a cell for each pair of values.

A cell is walk() of the scene with these two values, walked as a lane beside its neighbours
and judged by the same kernels. First a coarse picture, then finer ones; no cell is walked
twice. The paths of a block are forgotten once its cells are known.
"""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache

import numpy as np

from app import settings
from app.analysis.axes import STARTS, Axis, why_no_axis
from app.analysis.block import Block, knobs_of, starts_of
from app.analysis.catchments import arrived
from app.analysis.shares import minima, why_no_run
from app.critical import MINIMUM, NEAR
from app.descent import GivenUp
from app.limits import LIMITS
from app.outcome import DIVERGED, arrivals, judged
from app.rules import NAMES
from app.sampling import Counts
from app.scene import Problem, Scene
from app.surfaces.data import Floats
from app.surfaces.surface import Surface

OWN = threading.local()
Wanted = Callable[[], bool]
COLUMNS = ["outcome", "minimum", "updates", "loss"]
LANES = 512  # cells walked together: wide enough for vectors, and their paths stay in the cache
POINTS = 400_000  # points of a block's paths at most, whatever the updates: 6 MB
COARSEST = 16
FINEST = 1e-12  # tolerance: a path comes no nearer than rounding lets it
FIRST = 4_000_000  # example gradients of the first picture: some milliseconds


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
    cost, most = evaluations(asked), LIMITS["map"]
    if cost <= most:
        return []
    across, up = asked.resolution
    allowed = f"fewer cells, so that cells · updates · batch is at most {most:,} (here {cost:,})"
    return [Problem("resolution", f"{across}×{up}", allowed)]


def evaluations(asked: Question) -> int:
    """Example gradients a map costs."""
    across, up = map(len, asked.values())
    return round(across * up * mean_batch(asked) * asked.scene.updates)


def mean_batch(asked: Question) -> float:
    """Examples of one update, on average over the cells."""
    scene = asked.scene
    if scene.ground.examples.shape[1] == 1:
        return 1.0
    for axis, values in zip((asked.x, asked.y), asked.values(), strict=True):
        if axis.name == "batch":
            return float(values.mean())
    return float(scene.batch_of(scene.runs[asked.of]))


def mapped(asked: Question, wanted: Wanted = lambda: True) -> Iterator[Map]:
    """Pictures of a map, each finer than the last. GivenUp when `wanted` says no."""
    x, y = asked.values()
    cells = np.full((len(COLUMNS), len(y), len(x)), np.nan)
    for stride in strides(asked):
        fill(asked, cells, stride, wanted)
        progress = 1 / stride**2
        yield Map(x[::stride], y[::stride], cells[:, ::stride, ::stride], progress)


def strides(asked: Question) -> Iterator[int]:
    """Every how many cells each picture has: the first one comes soon."""
    cost, stride = evaluations(asked), 1
    while stride < COARSEST and cost > FIRST * stride**2:
        stride *= 2
    while stride >= 1:
        yield stride
        stride //= 2


def fill(asked: Question, cells: Floats, stride: int, wanted: Wanted) -> None:
    """Walks the cells that a picture adds, blocks side by side on all threads."""
    open_cells = np.isnan(cells[0, ::stride, ::stride])
    rows, columns = np.nonzero(open_cells)
    pieces = list(blocks(asked, rows * stride, columns * stride))

    def work(piece: tuple[Counts, Counts, Block]) -> None:
        row, column, block = piece
        cells[:, row, column] = told(block, asked.tolerance, wanted)

    done = [threads().submit(work, piece) for piece in pieces]
    try:
        for future in done:
            future.result()
    finally:
        for future in done:
            future.cancel()
    if not wanted():
        raise GivenUp


@cache
def threads() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(settings.number("threads"), "cells")


def blocks(
    asked: Question, rows: Counts, columns: Counts
) -> Iterator[tuple[Counts, Counts, Block]]:
    """These cells as blocks of one batch size each, and where their cells are."""
    scene, run = asked.scene, asked.scene.runs[asked.of]
    x, y = asked.values()
    turned = {asked.x.name: x[columns], asked.y.name: y[rows]}
    sizes = turned.get("batch", np.full(len(rows), scene.batch_of(run)))
    most = max(1, min(LANES, POINTS // (scene.updates + 1)))
    for size in np.unique(sizes).astype(int).tolist():
        same = np.flatnonzero(sizes == size)
        for first in range(0, len(same), most):
            some = same[first : first + most]
            part = {name: values[some] for name, values in turned.items()}
            yield rows[some], columns[some], block(asked, size, part)


def block(asked: Question, batch: int, turned: dict[str, Floats]) -> Block:
    """Lanes with these values of the two turned knobs."""
    scene, run = asked.scene, asked.scene.runs[asked.of]
    lanes = len(turned[asked.x.name])
    theta, knob = starts_of(scene, lanes), knobs_of(scene, run, lanes)
    seeds = np.full(lanes, scene.seed)
    for name, values in turned.items():
        if name in STARTS:
            theta[STARTS.index(name)] = values
        elif name in NAMES:
            knob[NAMES.index(name)] = values
        elif name == "seed":
            seeds = values.astype(np.int64)
    return Block(scene, run, batch, seeds, theta, knob)


def told(block: Block, tolerance: float, wanted: Wanted) -> Floats:
    """(4, lanes): COLUMNS of every lane of a block."""
    track, left = block.walk(wanted, room(block))
    ground = block.scene.ground
    judgement = judged(ground, track, left)
    kind, at = judgement[:, 0], judgement[:, 3:5]
    loss = ground.slopes(*track[:, :, -1].T)[0]
    updates = np.where(kind == DIVERGED, left, arrivals(ground, track, at, tolerance))
    return np.stack([kind, reached_minimum(ground, kind, at.T), updates, loss])


def room(block: Block) -> Floats:
    """Memory for the paths of a block, this thread's own."""
    size = block.lanes * 2 * (block.scene.updates + 1)
    if len(getattr(OWN, "room", ())) < size:
        OWN.room = np.empty(size)
    return np.asarray(OWN.room)


def reached_minimum(ground: Surface, kind: Floats, at: Floats) -> Floats:
    """Place in minima() of what each lane reached, −1 where that is no minimum."""
    found = np.full(len(kind), -1.0)
    there = np.flatnonzero(kind == MINIMUM)
    goals = [np.array(point.curve or (point.at,)) for point in minima(ground)]
    found[there] = arrived(ground, at[:, there], goals)
    return found

"""Rows of four recorded runs: walk(scene) against the same in plain Python floats.

Ours is the whole walk with its outcomes, the scene read beforehand; theirs records the same
numbers and judges nothing.
"""

from collections.abc import Callable

import numpy as np

from app.descent import Path, walk
from app.scene import Scene
from app.surfaces.data import SHIFT
from benchmarks import plain
from benchmarks.rows import Row, microseconds, times
from benchmarks.timing import duel

UPDATES, ETA, LAMBDA, SEED = 500, 0.002, 0.9, 7
FOUR = "&run=gd&run=momentum&run=nesterov&run=adam"
SCENE = f"surface=himmelblau&start=-4,4.5&updates={UPDATES}&eta={ETA}{FOUR}"
SPREAD = 0.25
Theirs = Callable[[], list[plain.Record]]


def without_noise() -> Theirs:
    return lambda: plain.four(ETA, LAMBDA, UPDATES)


def with_batches(scene: Scene, size: int) -> Theirs:
    moved = scene.ground.examples[SHIFT].T.tolist()
    return lambda: plain.four_with_examples(ETA, LAMBDA, UPDATES, moved, size, SEED)


def agree(paths: list[Path], records: list[plain.Record]) -> bool:
    """The same paths up to rounding."""
    pairs = zip(paths, records, strict=True)
    return all(np.allclose(path.track, record, rtol=1e-6, atol=1e-6) for path, record in pairs)


def row(
    name: str, what: str, scene: Scene, theirs: Theirs, least: float, turns: int, same: bool
) -> Row:
    timed = duel(lambda: walk(scene), theirs, turns)
    ours, others = timed.medians
    right = not same or agree(walk(scene), theirs())
    fastest = timed.best[1] / timed.best[0]
    return Row(
        name, what, microseconds(ours), f"{microseconds(others)} (plain Python)",
        times(others / ours), f"≥ {least:.0f}×", others / ours >= least and right,
        (f"fastest turns {times(fastest)}" + ("" if right else "; THE PATHS DIFFER"),),
    )  # fmt: skip


def rows() -> list[Row]:
    quiet = Scene.parse(SCENE)
    full = Scene.parse(f"{SCENE}&spread={SPREAD}")
    single = Scene.parse(f"{SCENE}&spread={SPREAD}&batch=1")
    four = f"four runs × {UPDATES} updates, recorded"
    return [
        row("runs", f"{four}, no noise", quiet, without_noise(), 10, 60, same=True),
        row("runs-20", f"{four}, N = 20, B = 20", full, with_batches(full, 20), 25, 30, same=True),
        row(
            "runs-1", f"{four}, N = 20, B = 1", single, with_batches(single, 1), 25, 30, same=False
        ),
    ]

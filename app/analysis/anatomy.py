"""The anatomy of an update: what a rule was given, what it made of it, and why (M2 to M4).

Every number is the engine's own, written down by trace.py while the scene was walked once
more. Index k is the update from θᵏ to θᵏ⁺¹; a run that diverged at update t made those from
0 to t−1, and the last one's numbers may not be finite.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from app.analysis.conversions import conversions
from app.analysis.examples import example_slopes
from app.analysis.weights import square_weights, weights
from app.rules import BY_NAME, Rule
from app.sampling import batch_sizes, batches, updates_per_epoch
from app.scene import Run, Scene
from app.surfaces.catalogue import Point
from app.surfaces.data import Floats
from app.trace import GRADIENT, POWER, PROBE, RATE, THETA, M, Trace, V, traced
from app.values import Value

AROUND = 8  # updates told on either side of the one that was asked for
PAST = 400  # gradients told before the first of them


class NoUpdate(ValueError):
    """An update that was not made: what was wrong, of or index, and what is allowed."""

    def __init__(self, wrong: str, allowed: str) -> None:
        super().__init__(f"{wrong} is {allowed}")
        self.wrong, self.allowed = wrong, allowed


@dataclass(frozen=True)
class Anatomy:
    """Updates `first` … `last` of one run, and what the engine wrote down of them and before."""

    scene: Scene
    of: int
    trace: Trace
    first: int
    last: int

    @property
    def run(self) -> Run:
        return self.scene.runs[self.of]

    @property
    def rule(self) -> Rule:
        return BY_NAME[self.run.rule]

    @cached_property
    def knobs(self) -> Mapping[str, Value]:
        return self.scene.knobs(self.run)

    def before(self, rows: slice) -> Floats:
        """(2, n): rows of the state before each update `first` … `last`."""
        begin = self.first - self.trace.first
        return self.trace.states[rows, begin : begin + self.count]

    def after(self, rows: slice) -> Floats:
        begin = self.first - self.trace.first + 1
        return self.trace.states[rows, begin : begin + self.count]

    def taken(self, rows: slice | int) -> Floats:
        """What each update took: its η, or its probe or gradient as (2, n)."""
        begin = self.first - self.trace.first
        return np.asarray(self.trace.taken[rows, begin : begin + self.count])

    @property
    def count(self) -> int:
        return self.last - self.first + 1

    @property
    def indices(self) -> np.ndarray[Any, Any]:
        return np.arange(self.first, self.last + 1)

    def movement(self) -> Floats:
        """The rule's own m where it is the lecture's movement, else the change of θ."""
        return self.after(M) if self.rule.moves else self.after(THETA) - self.before(THETA)

    def previous_movement(self) -> Floats:
        """The movement of the update before, (0, 0) before the first."""
        if self.rule.moves:
            return self.before(M)
        begin = self.first - self.trace.first
        earlier = self.trace.states[THETA, max(0, begin - 1) : begin + self.count]
        moved = np.diff(earlier, axis=1)
        return moved if begin else np.concatenate([np.zeros((2, 1)), moved], axis=1)

    def past(self) -> tuple[int, Floats]:
        """The first update whose gradient is known, and (3, rows): η, g₁, g₂ from there on."""
        rows = self.last + 1 - self.trace.first
        return self.trace.first, self.trace.taken[[RATE, 3, 4], :rows]


# What stands in the places of a rule's worked lines (lines.py), (2, n) or (n,).
VALUES: dict[str, Callable[[Anatomy], Floats]] = {
    "θ": lambda a: a.before(THETA),
    "θ'": lambda a: a.after(THETA),
    "g": lambda a: a.taken(GRADIENT),
    "d": lambda a: a.after(V),
    "m": lambda a: a.before(M),
    "m'": lambda a: a.after(M),
    "v": lambda a: a.before(V),
    "v'": lambda a: a.after(V),
    "m̂": lambda a: a.after(M) / (1 - a.after(POWER)[0]),
    "v̂": lambda a: a.after(V) / (1 - a.after(POWER)[1]),
    "Δ": lambda a: a.movement(),
    "η": lambda a: a.taken(RATE),
    "t": lambda a: a.indices + 1,
}
LETTERS = {"λ": "lambda", "β1": "beta1", "β2": "beta2", "ε": "epsilon", "δ": "decay"}


def values(anatomy: Anatomy) -> dict[str, Floats]:
    """The number of every place in the rule's worked lines, for each update."""
    return {
        slot: VALUES[slot](anatomy)
        if slot in VALUES
        else np.full(anatomy.count, float(anatomy.knobs[LETTERS[slot]]))
        for slot in anatomy.rule.slots
    }


def listed(array: Floats) -> list[Any]:
    """One entry per update, a number or a pair, None for what is not finite."""
    rows = array.T.astype(object)
    rows[~np.isfinite(array.T)] = None
    return list(rows.tolist())


def records(anatomy: Anatomy) -> list[dict[str, Any]]:
    """Every update as plain values ready for JSON."""
    with np.errstate(all="ignore"):  # the update that diverged
        found = {
            "index": anatomy.indices,
            "eta": anatomy.taken(RATE),
            "probe": anatomy.taken(PROBE),
            "gradient": anatomy.taken(GRADIENT),
            "previous_movement": anatomy.previous_movement(),
            "reverse_gradient": -anatomy.taken(RATE) * anatomy.taken(GRADIENT),
            "movement": anatomy.movement(),
            "before": anatomy.before(THETA),
            "after": anatomy.after(THETA),
        }
        numbers = values(anatomy)
    columns = {name: listed(array) for name, array in found.items()} | drawn(anatomy)
    columns["values"] = rows_of({slot: listed(array) for slot, array in numbers.items()})
    return rows_of(columns)


def rows_of(columns: Mapping[str, list[Any]]) -> list[dict[str, Any]]:
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def drawn(anatomy: Anatomy) -> dict[str, list[Any]]:
    """Epoch and example indices of every update's batch."""
    scene, batch, count = anatomy.scene, int(anatomy.knobs["batch"]), anatomy.count
    rows = batches(scene.examples, batch, scene.shuffle, scene.seed, anatomy.first, count)
    sizes = batch_sizes(scene.examples, batch, anatomy.first, count)
    epochs = anatomy.indices // updates_per_epoch(scene.examples, batch)
    taken = [row[:size] for row, size in zip(rows.tolist(), sizes.tolist(), strict=True)]
    return {"epoch": epochs.tolist(), "batch": taken}


def anatomies(
    scene: Scene,
    of: Sequence[int],
    index: int,
    around: int = AROUND,
    past: int = PAST,
    wanted: Callable[[], bool] = lambda: True,
) -> list[Anatomy]:
    """Updates index ± around of some runs, with up to `past` gradients before them.

    Where a run made fewer updates, those around its last one.
    """
    index = min(index, scene.updates - 1)
    traces = trace_around(scene, index, around, past, wanted)
    short = {traces[which].left for which in of if 0 < traces[which].left <= index}
    ends = {left: trace_around(scene, left - 1, around, past, wanted) for left in short}
    found = []
    for which in of:
        left = traces[which].left
        trace = ends.get(left, traces)[which]
        middle = min(index, left - 1) if left else index
        last = min(middle + around, (trace.left or scene.updates) - 1)
        found.append(Anatomy(scene, which, trace, max(0, middle - around), last))
    return found


def trace_around(
    scene: Scene, index: int, around: int, past: int, wanted: Callable[[], bool]
) -> list[Trace]:
    first = max(0, index - around - past)
    return traced(scene, first, min(scene.updates, index + around + 1), wanted)


def anatomy(scene: Scene, of: int, index: int) -> Anatomy:
    """One update of one run. NoUpdate names those that were made."""
    check(scene, [of], index)
    (found,) = anatomies(scene, [of], index, around=0, past=1)
    if found.last < index:
        left = f"the run diverged at update {found.last + 1}"
        raise NoUpdate("index", f"0 to {found.last}; {left}")
    return found


def place_after(scene: Scene, of: int, made: int, wanted: Callable[[], bool]) -> Point:
    """θ of a run after so many updates, or the last point of one that diverged before."""
    if made == 0:
        return scene.start
    (found,) = anatomies(scene, [of], made - 1, around=0, past=1, wanted=wanted)
    outside = 0 < found.trace.left <= made
    x, y = (found.before(THETA) if outside else found.after(THETA))[:, -1].tolist()
    return x, y


def check(scene: Scene, of: Sequence[int], index: int) -> None:
    """NoUpdate where these runs or this update cannot be in the scene."""
    if not all(0 <= which < len(scene.runs) for which in of):
        raise NoUpdate("of", f"0 to {len(scene.runs) - 1}")
    if not 0 <= index < scene.updates:
        raise NoUpdate("index", f"0 to {scene.updates - 1}")


def told(anatomy: Anatomy) -> dict[str, Any]:
    """One update whole: with every example's gradient, and the weights of all past ones."""
    (record,) = records(anatomy)
    scene, run, index = anatomy.scene, anatomy.run, anatomy.first
    gradients = example_slopes(scene, anatomy.taken(PROBE))[record["batch"], :, 0]
    return record | {
        "of": anatomy.of,
        "run": run.query(),
        "rule": run.rule,
        "example_gradients": listed(gradients.T),
        "weights": weights(scene, run, index).tolist(),
        "square_weights": square_weights(scene, run, index).tolist(),
        "conversions": conversions(scene, run),
    }

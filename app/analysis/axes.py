"""The two sides of a map: which knob of a run they turn, over which values.

Any knob that lanes of one engine call may differ in: those of the run's rule, the batch
size, the seed, and the two coordinates of the start. Values are spaced as the knob's slider
is and hold both ends. This room says what is wrong with a side; it walks nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from app.knobs import BY_NAME, Knob, spelled
from app.rules import NAMES
from app.scene import FARTHEST_START, Problem, Run, Scene
from app.surfaces.data import Floats

STARTS = ("start1", "start2")


@dataclass(frozen=True)
class Axis:
    """One side: `name` as in an address, and how far it reaches."""

    name: str
    low: float
    high: float

    def written(self) -> str:
        return f"{self.name}:{spelled(self.low)}..{spelled(self.high)}"

    def values(self, count: int) -> Floats:
        """At most `count` values; a knob that takes whole numbers takes each of them once."""
        knob = BY_NAME.get(self.name)
        space = np.geomspace if knob and knob.scale == "log" and self.low > 0 else np.linspace
        values = space(self.low, self.high, count)
        values[0], values[-1] = self.low, self.high
        return np.unique(np.rint(values)) if is_whole(knob) else values


def is_whole(knob: Knob | None) -> bool:
    return knob is not None and knob.kind == "integer"


def turnable(scene: Scene, run: Run) -> tuple[str, ...]:
    """The sides a map of this run may have."""
    own = scene.knobs(run)
    batch = ("batch", "seed") if scene.ground.examples.shape[1] > 1 else ()
    return (*(name for name in NAMES if name in own), *batch, *STARTS)


def reach(scene: Scene, name: str) -> tuple[float, float]:
    """The lowest and the highest value a side of this name may have."""
    if name in STARTS:
        centre = scene.row.centre[STARTS.index(name)]
        far = FARTHEST_START * scene.row.diagonal / 2**0.5
        return tidy(centre - far), tidy(centre + far)
    knob = BY_NAME[name]
    assert knob.low is not None
    assert knob.high is not None
    most = scene.examples - (scene.shuffle == "replacement") if name == "batch" else knob.high
    return float(knob.low), float(most)


def tidy(value: float) -> float:
    """Without the last digits that only rounding made: people read it."""
    return float(f"{value:.9g}")


def why_no_axis(scene: Scene, run: Run, side: str, axis: Axis) -> Problem | None:
    """What is wrong with one side, x or y; None when it is good."""
    names = turnable(scene, run)
    if axis.name not in names:
        return Problem(side, axis.name[:80], f"knobs of this run: {', '.join(names)}")
    low, high = reach(scene, axis.name)
    if low <= axis.low < axis.high <= high:
        return None
    span = f"{spelled(low)}..{spelled(high)}"
    return Problem(side, axis.written(), f"{axis.name}:low..high within {span}, low below high")


def read_axis(given: Any) -> Axis | None:
    """{"knob", "low", "high"} as a side; None where it is none."""
    if not isinstance(given, Mapping) or not isinstance(given.get("knob"), str):
        return None
    ends = [given.get("low"), given.get("high")]
    if [type(end) in (int, float) for end in ends] != [True, True]:
        return None
    try:
        low, high = map(float, ends)  # type: ignore[arg-type]
    except OverflowError:
        return None
    return Axis(given["knob"], low, high) if np.isfinite([low, high]).all() else None


def parsed_axis(text: str) -> Axis | None:
    """name:low..high of an address."""
    name, _, ends = text.partition(":")
    low, _, high = ends.partition("..")
    try:
        return read_axis({"knob": name, "low": float(low), "high": float(high)})
    except ValueError:
        return None

"""The table of what a page may want: for each kind of question what its fields must be, what
it costs and how it is answered.

Fields are checked before anything is computed; the cost decides who works on it (desk.py).
Answers are pure functions of question and scene. The wire itself is frames.py's business.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from app import tables
from app.descent import walk
from app.frames import ground_answer, window_answer
from app.limits import LIMITS
from app.outcome import known_points
from app.scene import Scene, evaluations_per_update

Frames = list[bytes]
Fields = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Question:
    """One question of one socket. `wanted` turns false when a newer one took its place."""

    id: int
    want: str
    scene: str
    fields: Fields
    wanted: Callable[[], bool]
    answer: Callable[["Question", Frames], None]


@dataclass(frozen=True)
class Want:
    """One row: what is wrong with the fields (empty when nothing is), how many example losses
    the answer costs, and its frames. Paths have none of their own: scenes on one ground are
    answered together (desk.py)."""

    check: Callable[[Fields], str]
    evaluations: Callable[[Question, Scene], int]
    frames: Callable[[Question, Scene], Frames] | None = None


def check(want: str, fields: Fields) -> str:
    """What is wrong with a question's fields; empty when nothing is."""
    return WANTS[want].check(fields)


def evaluations(question: Question, scene: Scene) -> int:
    """Example losses a question costs, before any work starts."""
    return WANTS[question.want].evaluations(question, scene)


def walked(question: Question, scene: Scene) -> int:
    """What a walk of the whole scene costs."""
    if scene.ground.examples.shape[1] == 1:
        return 2 * len(scene.runs) * scene.updates
    return evaluations_per_update(scene) * scene.updates


def check_ground(fields: Fields) -> str:
    most, counts = LIMITS["resolution"], fields.get("resolution")
    if not (is_side(fields.get("x")) and is_side(fields.get("y"))):
        return "ground takes x: [low, high] and y: [low, high], low below high"
    if not isinstance(counts, list) or [type(count) for count in counts] != [int, int]:
        return "ground takes resolution: [nx, ny]"
    return "" if min(counts) >= 2 and max(counts) <= most else f"resolution is 2 to {most}"


def is_side(ends: Any) -> bool:
    """Whether this is [low, high]: two numbers, low below high, a float's reach apart at most."""
    if not isinstance(ends, list) or [type(end) in (int, float) for end in ends] != [True, True]:
        return False
    try:
        low, high = map(float, ends)
    except OverflowError:
        return False
    return low < high and math.isfinite(high - low)


def resolution(fields: Fields) -> tuple[int, int]:
    across, up = fields["resolution"]
    return int(across), int(up)


def grid_cost(question: Question, scene: Scene) -> int:
    across, up = resolution(question.fields)
    return int(across * up * scene.ground.examples.shape[1])


def sides(fields: Fields) -> list[np.ndarray[Any, Any]]:
    """The grid's coordinates along x and y."""
    return [
        np.linspace(float(fields[side][0]), float(fields[side][1]), count)
        for side, count in zip("xy", resolution(fields), strict=True)
    ]


def ground_frames(question: Question, scene: Scene) -> Frames:
    x, y = sides(question.fields)
    row, ground = scene.row, scene.ground
    names = row.constants
    constants = dict(zip(names, ground.constants.tolist()[: len(names)], strict=True))
    head = {
        "surface": row.name,
        "formula": row.formula,
        "mathml": tables.shown(row, constants),
        "constants": constants,
        "points": known_points(ground),
        "x": [x[0], x[-1]],
        "y": [y[0], y[-1]],
    }
    return ground_answer(question.id, head, ground.grid(x, y))


def check_window(fields: Fields) -> str:
    first, last = fields.get("from"), fields.get("to")
    known = type(first) is int and type(last) is int and 0 <= first <= last
    return "" if known else "window takes from and to, updates with from ≤ to"


def window_frames(question: Question, scene: Scene) -> Frames:
    first, last = int(question.fields["from"]), int(question.fields["to"])
    return window_answer(question.id, scene, walk(scene, question.wanted), first, last)


def anything(fields: Fields) -> str:
    return ""


WANTS: dict[str, Want] = {
    "paths": Want(anything, walked),
    "ground": Want(check_ground, grid_cost, ground_frames),
    "window": Want(check_window, walked, window_frames),
}

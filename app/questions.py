"""A question of a page, and what the fields of each kind of question must be.

A check says in words what is wrong, and nothing when all is well. Fields are whatever JSON
brought: any type, any size. What the questions cost and who answers them is in wants.py.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from app.analysis.axes import read_axis
from app.experiments.table import EXPERIMENTS
from app.knobs import LARGEST_BATCH, SEEDS
from app.limits import LIMITS

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


def sides(fields: Fields) -> list[np.ndarray[Any, Any]]:
    """The grid's coordinates along x and y."""
    return [
        np.linspace(float(fields[side][0]), float(fields[side][1]), count)
        for side, count in zip("xy", resolution(fields), strict=True)
    ]


def check_window(fields: Fields) -> str:
    first, last = fields.get("from"), fields.get("to")
    known = type(first) is int and type(last) is int and 0 <= first <= last
    return "" if known else "window takes from and to, updates with from ≤ to"


def check_point(fields: Fields) -> str:
    """A place by its numbers, or as a point of a path: its numbers in full are the server's."""
    if "of" not in fields and "index" not in fields:
        return why_no_point(fields, "point")
    known = "point" not in fields and not check_batch(fields)
    return "" if known else "point takes point: [x, y], or of: a run, and index: updates made"


def why_no_point(fields: Fields, want: str) -> str:
    return "" if is_point(fields.get("point")) else f"{want} takes point: [x, y]"


def is_point(given: Any) -> bool:
    """Whether this is [x, y]: two finite numbers."""
    if not isinstance(given, list) or [type(part) in (int, float) for part in given] != [True] * 2:
        return False
    try:
        return all(math.isfinite(float(part)) for part in given)
    except OverflowError:
        return False


def point_of(fields: Fields, name: str = "point") -> tuple[float, float]:
    x, y = map(float, fields[name])
    return x, y


def check_stability(fields: Fields) -> str:
    at = fields.get("at")
    known = isinstance(at, list) and all(point is None or is_point(point) for point in at)
    return "" if known else "stability takes at: [[x, y] or null, …], one for each run"


def check_cut(fields: Fields) -> str:
    most, count = LIMITS["resolution"], fields.get("resolution")
    if not (is_point(fields.get("from")) and is_point(fields.get("to"))):
        return "cut takes from: [x, y] and to: [x, y]"
    if not 0 < math.dist(point_of(fields, "from"), point_of(fields, "to")) < math.inf:
        return "cut takes two different points"
    known = type(count) is int and 2 <= count <= most
    return "" if known else f"resolution is a whole number from 2 to {most}"


def check_flatness(fields: Fields) -> str:
    """As a cut, and what the test is: moved by shift, or with fresh examples."""
    shift, data = fields.get("shift", [0, 0]), fields.get("fresh")
    if not is_point(shift):
        return "shift is [dx, dy]"
    if data is not None and (type(data) is not int or not 0 <= data <= SEEDS["high"]):
        return f"fresh is a data seed from 0 to {SEEDS['high']}"
    if data is not None and "shift" in fields:
        return "flatness takes shift or fresh, not both"
    return check_cut(fields).replace("cut takes", "flatness takes")


def check_escape(fields: Fields) -> str:
    length = fields.get("length")
    if length is not None and not (is_point([length, length]) and length > 0):
        return "length is a number above 0"
    return why_no_point(fields, "escape")


def check_update(fields: Fields) -> str:
    if not are_runs(fields.get("of")):
        return "update takes of: [run, …], each once, the first run being 0"
    index = fields.get("index")
    return "" if type(index) is int and index >= 0 else "update takes index: 0 is the first update"


def check_batch(fields: Fields) -> str:
    of, index = fields.get("of"), fields.get("index")
    known = type(of) is int and type(index) is int and min(of, index) >= 0
    return "" if known else "batch takes of: a run, and index: an update, both counted from 0"


def check_ghost(fields: Fields) -> str:
    examples = fields.get("examples")
    known = isinstance(examples, list) and all(type(i) is int and i >= 0 for i in examples)
    if not (known and 0 < len(examples or []) <= LARGEST_BATCH):
        return "ghost takes examples: [index, …], the first being 0"
    return check_ground(fields).replace("ground takes", "ghost takes")


def are_runs(of: Any) -> bool:
    known = isinstance(of, list) and all(type(run) is int and run >= 0 for run in of)
    return known and 0 < len(set(of)) == len(of) <= LIMITS["runs"]


def check_shares(fields: Fields) -> str:
    """What can be told without the scene."""
    if type(fields.get("of")) is not int or type(fields.get("seeds")) is not int:
        return "shares takes of: a run, the first being 0, and seeds: how many"
    batches, etas = fields.get("batches", []), fields.get("etas", [])
    if not is_list(batches, int):
        return "shares takes batches: [size, …]"
    if not is_list(etas, int, float):
        return "shares takes etas: [η, …]"
    most = LIMITS["batches"]
    return "" if max(len(batches), len(etas)) <= most else f"at most {most} batch sizes or rates"


def is_list(given: Any, *kinds: type) -> bool:
    return isinstance(given, list) and all(type(part) in kinds for part in given)


def anything(fields: Fields) -> str:
    return ""


def check_map(fields: Fields) -> str:
    most, of, counts = LIMITS["side"], fields.get("of"), fields.get("resolution")
    if type(of) is not int or of < 0:
        return "map takes of: a run, the first being 0"
    if not (read_axis(fields.get("x")) and read_axis(fields.get("y"))):
        return "map takes x and y: {knob, low, high}"
    if type(fields.get("tolerance", 0)) not in (int, float):
        return "tolerance is a number"
    if not isinstance(counts, list) or [type(count) for count in counts] != [int, int]:
        return "map takes resolution: [nx, ny]"
    return "" if min(counts) >= 2 and max(counts) <= most else f"resolution is 2 to {most}"


def check_experiment(fields: Fields) -> str:
    """Knobs are read when it begins; here they only have to be text."""
    if "experiment" not in fields or not isinstance(fields.get("knobs", ""), str):
        return "experiment takes experiment: a name, or null for none, and knobs: text"
    name = fields["experiment"]
    known = name is None or (isinstance(name, str) and name in EXPERIMENTS)
    return "" if known else f"experiment is one of {', '.join(EXPERIMENTS)}"

"""A knob's value as text: read from an address, or refused.

One reader for each kind of knob; static/js/values.js reads the same, and golden addresses hold
both together. What is allowed only together with other knobs is scene.py's business.
"""

import math
import re
from collections.abc import Callable
from dataclasses import replace

from app.knobs import Knob
from app.limits import LIMITS

Point = tuple[float, float]
Value = float | int | str
Numbers = tuple[float, ...]

FARTHEST = 1e6  # of a number in a box or in rows of data
NARROWEST, LONGEST = 1e-3, 1e3  # side of a box, and its longer side in shorter ones


def parsed_own(knob: Knob, text: str) -> Value | Numbers | None:
    """The value of a surface's own knob, which may be many numbers."""
    return LISTS[knob.kind](text) if knob.kind in LISTS else parsed(knob, text)


def parsed(knob: Knob, text: str) -> Value | None:
    """The value of a text, None where it is not one of this knob's."""
    if knob.kind in WRITTEN:
        return text if WRITTEN[knob.kind](knob, text) else None
    if knob.kind == "flag":
        return {"0": 0, "1": 1}.get(text)
    value = parsed_number(text)
    if value is None or knob.low is None or knob.high is None:
        return None
    if not knob.low <= value <= knob.high:
        return None
    return (
        int(value)
        if knob.kind == "integer" and value == int(value)
        else (value if knob.kind == "number" else None)
    )


PLAIN = frozenset("0123456789+-.eE")


def parsed_number(text: str) -> float | None:
    """A finite decimal number; no spaces, underscores, hexadecimals, NaN or Infinity."""
    if not text or not PLAIN.issuperset(text):
        return None
    try:
        value = float(text)
    except ValueError:
        return None
    return value + 0.0 if math.isfinite(value) else None  # −0 becomes 0


def parsed_point(text: str) -> Point | None:
    parts = [parsed_number(part) for part in text.split(",")]
    if len(parts) != 2 or parts[0] is None or parts[1] is None:
        return None
    return parts[0], parts[1]


def parsed_list(text: str) -> Numbers | None:
    """Finite numbers within reach, separated by commas."""
    numbers = [parsed_number(part) for part in text.split(",")]
    if any(number is None or abs(number) > FARTHEST for number in numbers):
        return None
    return tuple(number for number in numbers if number is not None)


def parsed_box(text: str) -> Numbers | None:
    """left,right,low,high: a rectangle that is no line."""
    ends = parsed_list(text)
    if ends is None or len(ends) != 4:
        return None
    wide, high = ends[1] - ends[0], ends[3] - ends[2]
    if min(wide, high) < NARROWEST or max(wide, high) > LONGEST * min(wide, high):
        return None
    return ends


def parsed_pairs(text: str) -> Numbers | None:
    """x,y,x,y,…: two pairs or more, as many as a surface takes."""
    numbers = parsed_list(text)
    if numbers is None or len(numbers) % 2 or not 4 <= len(numbers) <= 2 * LIMITS["rows"]:
        return None
    return numbers


def parsed_line(text: str) -> tuple[Point, Point] | None:
    """Two different points written x,y,x,y."""
    numbers = text.split(",")
    start, end = parsed_point(",".join(numbers[:2])), parsed_point(",".join(numbers[2:]))
    return None if start is None or end is None or start == end else (start, end)


def is_point_within(knob: Knob, text: str) -> bool:
    low, high = (math.inf if end is None else end for end in (knob.low, knob.high))
    return all(low <= part <= high for part in parsed_point(text) or (math.nan,))


def are_sides(knob: Knob, text: str) -> bool:
    """Two sides of a map, knob:low..high each, of knobs that a map can turn."""
    sides = [SIDE.fullmatch(part) for part in text.split(",")]
    if len(sides) != 2 or sides[0] is None or sides[1] is None or sides[0][1] == sides[1][1]:
        return False
    if any(side and side[1] not in dict(knob.choices) for side in sides):
        return False
    ends = [[parsed_number(side[k]) for k in (2, 3)] for side in sides if side]
    return all(low is not None and high is not None and low < high for low, high in ends)


SIDE = re.compile(r"([a-z]+[12]?):([^:.]+(?:\.[^:.]+)?)\.\.([^:]+)")


def are_names(text: str) -> bool:
    return all(part.replace("-", "").isalnum() for part in text.split(","))


def are_whole(knob: Knob, text: str) -> bool:
    """A few whole numbers within the knob's bounds."""
    one, parts = replace(knob, kind="integer"), text.split(",")
    few = len(parts) <= LIMITS["batches"]
    return few and all(parsed(one, part) is not None for part in parts)


LISTS: dict[str, Callable[[str], Numbers | None]] = {"box": parsed_box, "pairs": parsed_pairs}

# Kinds whose value is the text as it was written. Whether a formula can be read needs the
# surfaces (typed.py).
WRITTEN: dict[str, Callable[[Knob, str], bool]] = {
    "formula": lambda knob, text: text != "",
    "choice": lambda knob, text: text in dict(knob.choices),
    "names": lambda knob, text: are_names(text),
    "list": are_whole,
    "line": lambda knob, text: parsed_line(text) is not None,
    "point": is_point_within,
    "sides": are_sides,
}

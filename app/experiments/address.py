"""Addresses of experiments: which one, with which knobs.

An address is a pure function of name and knobs: defaults are left out, so are knobs that the
chosen rule does not have, knobs stand in the order of the table, numbers in their shortest form.
Bad values are collected and named as those of a scene are; nothing is computed here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import parse_qsl

from app.experiments import digits
from app.experiments.experiment import Experiment
from app.experiments.idx import NotIdx
from app.experiments.knobs import BY_NAME, TRAINABLE, VIEW
from app.experiments.table import EXPERIMENTS
from app.experiments.work import parameters
from app.knobs import Knob
from app.limits import LIMITS
from app.rules import BY_NAME as RULES
from app.scene import GIVEN, MOST_PAIRS, Problem, SceneError, written
from app.values import Value, parsed

# What may stand beside knobs and changes no number.
AROUND = {"format", *(knob.name for knob in VIEW)}


@dataclass(frozen=True)
class Asked:
    """An experiment with every knob it has; lists of numbers as they are written."""

    name: str
    values: tuple[tuple[str, Value], ...]

    @property
    def row(self) -> Experiment:
        return EXPERIMENTS[self.name]

    @cached_property
    def knobs(self) -> dict[str, Any]:
        """Every knob by its name; a list as a tuple of numbers."""
        return {name: whole_numbers(v) if is_list(name) else v for name, v in self.values}

    @cached_property
    def query(self) -> str:
        """The knobs that are not at their defaults, as they stand in an address."""
        defaults = self.row.defaults
        given = [(name, value) for name, value in self.values if value != defaults[name]]
        return "&".join(
            f"{name}={value if is_list(name) else written(value)}" for name, value in given
        )

    @cached_property
    def address(self) -> str:
        """Where the server keeps it."""
        return f"/api/experiments/{self.name}" + (f"?{self.query}" if self.query else "")


def is_list(name: str) -> bool:
    return BY_NAME[name].kind == "list"


def whole_numbers(text: Value) -> tuple[int, ...]:
    """The numbers of a list knob."""
    return tuple(int(float(number)) for number in str(text).split(","))


def read(name: str, query: str) -> Asked:
    """The experiment of this name (there must be one) and the knobs of a query string.

    SceneError names everything that is wrong.
    """
    reader = Reader(EXPERIMENTS[name])
    values = reader.values(query.removeprefix("?"))
    values |= {idle: reader.row.defaults[idle] for idle in values if is_idle(values, idle)}
    asked = Asked(name, tuple((knob.name, values[knob.name]) for knob in reader.row.knobs))
    if problems := reader.problems or together(asked):
        raise SceneError(problems)
    return asked


def is_idle(values: Mapping[str, Value], name: str) -> bool:
    """Whether a knob belongs to other rules than the one that is chosen, and decides nothing."""
    if "rule" not in values or not any(name in rule.knobs for rule in RULES.values()):
        return False
    return name not in RULES[str(values["rule"])].knobs


class Reader:
    """Reads the knobs of one experiment; collects problems instead of stopping at the first."""

    def __init__(self, row: Experiment) -> None:
        self.row = row
        self.problems: list[Problem] = []

    def problem(self, knob: str, given: str, allowed: str) -> None:
        self.problems.append(Problem(knob[:GIVEN], given[:GIVEN], allowed))

    def values(self, query: str) -> dict[str, Value]:
        """Every knob's value; a bad one is replaced by its default and told."""
        known = {knob.name: knob for knob in self.row.knobs}
        found: dict[str, Value] = {}
        for name, text in self.pairs(query):
            if name in found:
                self.problem(name, text, "one value")
            elif name in known:
                found[name] = self.value(known[name], text)
            elif name not in AROUND:
                self.problem(name, text, f"one of the knobs {', '.join(known)}")
        return self.row.defaults | found

    def pairs(self, query: str) -> list[tuple[str, str]]:
        most = LIMITS["query"]
        if len(query) > most or query.count("&") >= MOST_PAIRS:
            allowed = f"at most {most} characters and {MOST_PAIRS} knobs"
            self.problem("address", f"{len(query)} characters", allowed)
            return []
        return parse_qsl(query, keep_blank_values=True)

    def value(self, knob: Knob, text: str) -> Value:
        value = parsed(knob, text)
        if value is None:
            self.problem(knob.name, text, allowed(knob, text))
            return self.row.defaults[knob.name]
        if knob.kind == "list":
            numbers = whole_numbers(value)
            return ",".join(map(str, sorted({*numbers}) if knob.name == "batches" else numbers))
        return value


def together(asked: Asked) -> list[Problem]:
    """What single knobs cannot know: how many examples there are, and what all of it costs."""
    knobs = asked.knobs
    try:
        count = knobs.get("examples") or digits.count(knobs["images"])
    except NotIdx as missing:
        folder = "mnist needs its four files in the folder that DOWNHILL_MNIST names"
        return [Problem("images", knobs["images"], f"digits; {folder} ({missing})")]
    return [*sizes(knobs, count), *order(asked), *memory(asked), *cost(asked, count)]


def sizes(knobs: Mapping[str, Any], count: int) -> list[Problem]:
    """Batch sizes that are larger than all examples."""
    allowed = f"batch sizes up to {count} (all examples)"
    return [
        Problem(name, f"{size}", allowed) for name, size in largest(knobs).items() if size > count
    ]


def order(asked: Asked) -> list[Problem]:
    """Large batches that are not larger than the small one."""
    knobs, small = asked.knobs, asked.knobs.get("small")
    least = {"large": knobs.get("large")}
    if asked.name == "both":
        least = {"batches": min(knobs["batches"])}
    allowed = f"more than {small}, the small batch"
    return [
        Problem(name, f"{size}", allowed)
        for name, size in least.items()
        if size is not None and size <= small
    ]


def memory(asked: Asked) -> list[Problem]:
    """A whole Hessian that would not fit."""
    knobs, most = asked.knobs, LIMITS["hessian"]
    if asked.name != "minima" or (many := parameters(knobs)) <= most:
        return []
    fewer = f"networks of up to {most:,} parameters; this has {many:,}"
    return [Problem("hidden", ",".join(map(str, knobs["hidden"])), fewer)]


def cost(asked: Asked, count: int) -> list[Problem]:
    times = asked.row.work(asked.knobs, count) / LIMITS["work"]
    less = f"less of everything: this costs {times:.1f} times as much as one experiment may"
    return [Problem("address", asked.query[:GIVEN], less)] if times > 1 else []


def largest(knobs: Mapping[str, Any]) -> dict[str, int]:
    """The largest batch size that each knob asks for."""
    asked = {name: knobs[name] for name in ("batches", "batch", "small", "large") if name in knobs}
    return {name: max(size) if is_list(name) else size for name, size in asked.items()}


def allowed(knob: Knob, text: str) -> str:
    """What a knob takes; a rule that does not fit a network is told why."""
    if knob.name == "rule" and text in RULES and text not in TRAINABLE:
        why = "needs more than the gradient, for all parameters of the network together"
        return f"{knob.allowed()}; {text} ({RULES[text].opening}) {why}"
    return knob.allowed()

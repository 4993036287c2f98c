"""Scene and Run: everything that decides the numbers, and the errors people read.

A scene is a URL: parse(query) and scene.query() are inverse, and the same query always
gives the same numbers. Bounds live in knobs.py; this room reads, checks and writes. It
computes no loss and knows no path.
"""

import math
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import Any
from urllib.parse import quote, unquote_plus

from app import rules
from app.knobs import BY_NAME, KNOBS, PER_RUN, VIEW, Knob, spelled
from app.limits import LIMITS
from app.surfaces import catalogue
from app.surfaces.surface import Surface, surface

Value = float | int | str
Point = tuple[float, float]

OPENING = "surface=two-valleys&spread=0.25&run=gd&run=momentum&run=gd,batch:1"
FARTHEST_START = 100  # domain diagonals from the centre
MOST_PAIRS = 64
EVERY_RUN = ("batch", "schedule", "average")  # knobs a run may set whatever its rule
GIVEN = 80  # characters of a bad value that are repeated back
SCENE_KNOBS = tuple(knob.name for knob in KNOBS if knob.scope == "scene")
OWN_KNOBS = tuple(knob.name for knob in KNOBS if knob.scope == "surface")


@dataclass(frozen=True)
class Problem:
    """One bad value: which knob, what was given, what is allowed."""

    knob: str
    given: str
    allowed: str

    def __str__(self) -> str:
        return f"{self.knob}: “{self.given}” is not possible; allowed: {self.allowed}"


class SceneError(ValueError):
    """A query that is not a scene, with every problem in it."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(map(str, problems)))
        self.problems = problems


@dataclass(frozen=True)
class Run:
    """One rule with the knobs it sets for itself, in the table's order."""

    rule: str
    own: tuple[tuple[str, Value], ...] = ()

    @cached_property
    def written(self) -> str:
        return ",".join([self.rule, *(f"{name}:{written(value)}" for name, value in self.own)])

    @cached_property
    def knobs(self) -> dict[str, Value | None]:
        """Every knob of this run: its own value, else the rule's; None where the scene decides."""
        return {**rules.BY_NAME[self.rule].knobs, "batch": None, "schedule": None, **dict(self.own)}

    def query(self) -> str:
        """The run as it stands in an address."""
        return self.written


@dataclass(frozen=True)
class Scene:
    surface: str = "two-valleys"
    own: tuple[tuple[str, Value], ...] = ()
    start: Point = (0.0, 0.0)
    examples: int = 20
    spread: float = 0.0
    noise: str = "shift"
    data: int = 2
    shuffle: str = "each-epoch"
    seed: int = 7
    updates: int = 300
    eta: float = 0.05
    momentum: float = 0.9
    batch: int | None = None
    schedule: str = "constant"
    runs: tuple[Run, ...] = (Run("gd"),)
    view: tuple[tuple[str, str], ...] = field(default=(), compare=False)

    @staticmethod
    def parse(query: str) -> "Scene":
        """The scene of a query string. SceneError names everything that is wrong."""
        scene, problems = read(query)
        if problems:
            raise SceneError(problems)
        return scene

    @property
    def row(self) -> catalogue.Row:
        return catalogue.BY_NAME[self.surface]

    @cached_property
    def ground(self) -> Surface:
        """The training loss of this scene; equal grounds are the same object."""
        own = dict(self.own)
        values = tuple(float(own.get(name, own_default(name))) for name in self.row.own)
        spread = 0.0 if self.row.draw else self.spread
        noise = self.noise if spread else "shift"
        return surface(self.surface, values, self.examples, spread, noise, self.data)

    def knobs(self, run: Run) -> dict[str, Value]:
        """Every knob that decides this run's path."""
        shared: dict[str, Value] = {
            "eta": self.eta,
            "lambda": self.momentum,
            "batch": self.examples if self.batch is None else self.batch,
            "schedule": self.schedule,
        }
        own = run.knobs.items()
        return {name: shared[name] if value is None else value for name, value in own}

    def batch_of(self, run: Run) -> int:
        return int(run.knobs["batch"] or self.batch or self.examples)

    def schedule_of(self, run: Run) -> str:
        return str(run.knobs["schedule"] or self.schedule)

    @cached_property
    def still(self) -> "Scene":
        """What stays when η or λ is turned: the same object for all scenes turned from it."""
        return self

    def turned(self, name: str, value: Value) -> "Scene":
        """This scene with another η or λ.

        No other knob's meaning depends on them, so all that is known already comes along.
        """
        scene = object.__new__(Scene)
        known = vars(scene)
        known.update(vars(self), ground=self.ground, around=self.around, still=self.still)
        known[FIELD.get(name, name)] = value
        return scene

    def query(self) -> str:
        """The shortest address of this scene: defaults left out, surface and runs written."""
        before, after = self.around
        return "&".join([before, *written_knobs(self, TURNED), after])

    @cached_property
    def around(self) -> tuple[str, str]:
        """What stands before and after η and λ in the address."""
        own = [f"{name}={written(value)}" for name, value in self.own]
        runs = [f"run={run.query()}" for run in self.runs]
        before = [f"surface={self.surface}", *own, *written_knobs(self, BEFORE)]
        return "&".join(before), "&".join([*written_knobs(self, AFTER), *runs])

    def __hash__(self) -> int:
        return hash(self.around)  # of all fields it would take longer than reading the scene


TURNED = ("eta", "lambda")  # neighbours in the address; sliders that ask at every frame
BEFORE = SCENE_KNOBS[1 : SCENE_KNOBS.index("eta")]
AFTER = SCENE_KNOBS[SCENE_KNOBS.index("lambda") + 1 :]
FIELD = {"lambda": "momentum"}


def own_default(name: str) -> Value:
    default = BY_NAME[name].default
    assert default is not None  # a surface's own knobs have their defaults in the table
    return default


def default_of(name: str, row: catalogue.Row) -> Any:
    """A knob's default; where the surface's row decides, that row's."""
    default = BY_NAME[name].default
    return getattr(row, name) if name in ("start", "eta", "updates") else default


def written(value: Value | Point) -> str:
    if isinstance(value, tuple):
        return ",".join(map(spelled, value))
    return quote(value, safe="") if isinstance(value, str) else spelled(value)


def written_knobs(scene: Scene, names: Iterable[str]) -> Iterator[str]:
    """name=value of those scene knobs that differ from their defaults."""
    defaults = defaults_of(scene.surface)
    for name in names:
        value = getattr(scene, FIELD.get(name, name))
        if value != defaults[name] and value is not None:
            yield f"{name}={written(value)}"


@lru_cache(maxsize=64)
def defaults_of(surface: str) -> dict[str, Any]:
    """Defaults of all scene knobs but the surface, on this surface."""
    row = catalogue.BY_NAME[surface]
    return {name: default_of(name, row) for name in SCENE_KNOBS[1:]}


def read(query: str) -> tuple[Scene, list[Problem]]:
    """The scene of a query with every bad value replaced by its default, and the problems."""
    if len(query) > LIMITS["query"]:
        wrong = Problem("address", f"{len(query)}", f"at most {LIMITS['query']} characters")
        return Reader(OPENING).scene(), [wrong]
    query = query.removeprefix("?")
    return read_turned(query) or read_whole(query)


def read_turned(query: str) -> tuple[Scene, list[Problem]] | None:
    """The scene of a query that differs from another in η and λ alone, as while a slider moves.

    None where this does not apply.
    """
    rest, values = f"&{query}", dict[str, Value | None]()
    for name in TURNED:
        before, found, after = rest.partition(f"&{name}=")
        text, further, after = after.partition("&")
        rest = before + further + after
        if found:
            values[name] = parsed(BY_NAME[name], text)
    if not values or "&surface=" not in rest or is_unclear(rest):
        return None
    scene, problems = read_whole(rest[1:])
    for name, value in values.items():
        if value is None:
            return None
        scene = scene.turned(name, value)
    return scene, problems


def is_unclear(rest: str) -> bool:
    """Whether η or λ may stand here once more, quoted or not."""
    return "%" in rest or "+" in rest or "&eta=" in rest or "&lambda=" in rest


@lru_cache(maxsize=4096)
def read_whole(query: str) -> tuple[Scene, list[Problem]]:
    reader = Reader(query)
    return reader.scene(), reader.problems[:MOST_PAIRS]


@lru_cache(maxsize=4096)
def pair(piece: str) -> tuple[str, str]:
    """One knob=value of an address, unquoted."""
    name, _, value = piece.partition("=")
    return unquote_plus(name), unquote_plus(value)


class Reader:
    """Reads one query; collects problems instead of stopping at the first."""

    def __init__(self, query: str) -> None:
        self.problems: list[Problem] = []
        pairs = self.pairs(query)
        if not any(name not in VIEW for name, _ in pairs):
            pairs += map(pair, OPENING.split("&"))
        self.runs_given = [value for name, value in pairs if name == "run"]
        self.given = self.single([pair for pair in pairs if pair[0] != "run"])

    def pairs(self, query: str) -> list[tuple[str, str]]:
        pieces = [piece for piece in query.split("&") if piece]
        if len(pieces) > MOST_PAIRS:
            allowed = f"at most {MOST_PAIRS} knob=value pairs joined by &"
            self.problem("address", f"{len(pieces)} pairs", allowed)
            return []
        return [pair(piece) for piece in pieces]

    def problem(self, knob: str, given: str, allowed: str) -> None:
        self.problems.append(Problem(knob, given[:GIVEN], allowed))

    def single(self, pairs: list[tuple[str, str]]) -> dict[str, str]:
        """One value per knob; the first counts."""
        given: dict[str, str] = {}
        for name, value in pairs:
            if name in given:
                self.problem(name, value, "one value; only run repeats")
            given.setdefault(name, value)
        return given

    def scene(self) -> Scene:
        name = str(self.value(BY_NAME["surface"]) or "two-valleys")
        row = catalogue.BY_NAME[name]
        own = self.own(row)
        values = defaults_of(name) | self.simple()
        examples = int(values["examples"])
        values["batch"] = self.batch(examples)
        values["start"] = self.start(row)
        values["momentum"] = values.pop("lambda")
        runs = self.runs(examples)
        self.unknown(row)
        scene = Scene(surface=name, own=own, runs=runs, view=self.view(), **values)
        return self.affordable(self.truly_full(scene))

    def simple(self) -> dict[str, Any]:
        """The given values of knobs that stand for themselves."""
        given = [name for name in SIMPLE if name in self.given]
        values = {name: self.value(BY_NAME[name]) for name in given}
        return {name: value for name, value in values.items() if value is not None}

    def value(self, knob: Knob) -> Value | None:
        """The given value of a knob, None where none or a bad one was given."""
        text = self.given.get(knob.name)
        if text is None:
            return None
        value = parsed(knob, text)
        if value is None:
            self.problem(knob.name, text, knob.allowed())
        return value

    def own(self, row: catalogue.Row) -> tuple[tuple[str, Value], ...]:
        """The surface's own knobs where they differ from their defaults."""
        values = [(name, self.value(BY_NAME[name])) for name in row.own]
        return tuple((n, v) for n, v in values if v is not None and v != BY_NAME[n].default)

    def start(self, row: catalogue.Row) -> Point:
        text = self.given.get("start")
        if text is None:
            return row.start
        point = parsed_point(text)
        if point is None or math.dist(point, row.centre) > FARTHEST_START * row.diagonal:
            far = spelled(round(FARTHEST_START * row.diagonal))
            allowed = f"two numbers x,y at most {far} from the middle of the surface"
            self.problem("start", text, allowed)
            return row.start
        return point

    def batch(self, examples: int) -> int | None:
        text = self.given.get("batch")
        if text is None:
            return None
        value = parsed_batch(text, examples)
        if value is None:
            self.problem("batch", text, allowed_batch(examples))
        return value

    def runs(self, examples: int) -> tuple[Run, ...]:
        most = LIMITS["runs"]
        if len(self.runs_given) > most:
            self.problem("run", f"{len(self.runs_given)} runs", f"at most {most} runs")
        read = [read_run(text, examples) for text in self.runs_given[:most]]
        self.problems += [problem for _, problems in read for problem in problems]
        return tuple(run for run, _ in read if run is not None) or (Run("gd"),)

    def unknown(self, row: catalogue.Row) -> None:
        known = {*SCENE_KNOBS, *row.own, *VIEW}
        for name, value in self.given.items():
            if name not in known:
                allowed = ", ".join([*SCENE_KNOBS, *row.own, "run"])
                self.problem(name, value, f"one of the knobs {allowed}")

    def view(self) -> tuple[tuple[str, str], ...]:
        """View knobs as given, where they can be read; they never change a number."""
        names = [knob.name for knob in KNOBS if knob.name in VIEW and knob.name in self.given]
        readable = [name for name in names if self.value(BY_NAME[name]) is not None]
        return tuple((name, self.given[name]) for name in readable)

    def truly_full(self, scene: Scene) -> Scene:
        """N draws with replacement are not the full batch, so the two do not go together."""
        full = any(scene.batch_of(run) == scene.examples for run in scene.runs)
        if scene.shuffle != "replacement" or not full:
            return scene
        allowed = "each-epoch or once, unless every run's batch is below the number of examples"
        self.problem("shuffle", "replacement", allowed)
        return replace(scene, shuffle="each-epoch")

    def affordable(self, scene: Scene) -> Scene:
        """Fewer updates where the walk would cost more than one question may."""
        each = evaluations_per_update(scene)
        most = LIMITS["evaluations"] // each
        if scene.updates <= most:
            return scene
        allowed = f"from 1 to {most} with these runs and examples"
        self.problem("updates", str(scene.updates), allowed)
        return replace(scene, updates=min(most, scene.row.updates))


NOT_SIMPLE = ("surface", "start", "batch")  # what is allowed depends on other knobs
SIMPLE = tuple(name for name in SCENE_KNOBS if name not in NOT_SIMPLE)


def evaluations_per_update(scene: Scene) -> int:
    """Example losses one update of all runs costs: its batch, and N for the training loss."""
    batches = sum(scene.batch_of(run) for run in scene.runs)
    return batches + len(scene.runs) * scene.examples


@lru_cache(maxsize=4096)
def read_run(text: str, examples: int) -> tuple[Run | None, tuple[Problem, ...]]:
    """A run as written in an address, without the knobs that could not be read."""
    rule, *parts = text.split(",")
    if rule not in rules.BY_NAME:
        return None, (Problem("run", text[:GIVEN], ", ".join(rules.BY_NAME)),)
    own: dict[str, Value] = {}
    problems = []
    for part in parts:
        name, _, given = part.partition(":")
        value = read_run_knob(rule, name, given, examples)
        if name in own:
            value = Problem(f"run {rule}", part[:GIVEN], "one value per knob")
        if isinstance(value, Problem):
            problems.append(value)
        else:
            own[name] = value
    return Run(rule, in_order(own)), tuple(problems)


def read_run_knob(rule: str, name: str, given: str, examples: int) -> Value | Problem:
    possible = [*rules.BY_NAME[rule].knobs, *EVERY_RUN]
    if name not in PER_RUN or name not in possible:
        return Problem(f"run {rule}", f"{name}:{given}"[:GIVEN], ", ".join(possible))
    knob = BY_NAME[name]
    batch = name == "batch"
    value = parsed_batch(given, examples) if batch else parsed(knob, given)
    if value is not None:
        return value
    allowed = allowed_batch(examples) if batch else knob.allowed()
    return Problem(f"run {rule} {name}", given[:GIVEN], allowed)


def parsed_batch(text: str, examples: int) -> int | None:
    value = parsed(BY_NAME["batch"], text)
    return None if value is None or int(value) > examples else int(value)


def allowed_batch(examples: int) -> str:
    return f"a whole number from 1 to {examples} (all examples)"


def in_order(own: dict[str, Value]) -> tuple[tuple[str, Value], ...]:
    return tuple((knob.name, own[knob.name]) for knob in KNOBS if knob.name in own)


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


def parsed_line(text: str) -> tuple[Point, Point] | None:
    """Two different points written x,y,x,y."""
    numbers = text.split(",")
    start, end = parsed_point(",".join(numbers[:2])), parsed_point(",".join(numbers[2:]))
    return None if start is None or end is None or start == end else (start, end)


def is_point_within(knob: Knob, text: str) -> bool:
    low, high = (math.inf if end is None else end for end in (knob.low, knob.high))
    return all(low <= part <= high for part in parsed_point(text) or (math.nan,))


def are_sides(text: str) -> bool:
    """Two sides of a map, knob:low..high each."""
    sides = [SIDE.fullmatch(part) for part in text.split(",")]
    if len(sides) != 2 or sides[0] is None or sides[1] is None or sides[0][1] == sides[1][1]:
        return False
    ends = [[parsed_number(side[k]) for k in (2, 3)] for side in sides if side]
    return all(low is not None and high is not None and low < high for low, high in ends)


SIDE = re.compile(r"([a-z]+[12]?):([^:.]+(?:\.[^:.]+)?)\.\.([^:]+)")


def are_names(text: str) -> bool:
    return all(part.replace("-", "").isalnum() for part in text.split(","))


# Kinds whose value is the text as it was written.
WRITTEN: dict[str, Callable[[Knob, str], bool]] = {
    "choice": lambda knob, text: text in dict(knob.choices),
    "names": lambda knob, text: are_names(text),
    "line": lambda knob, text: parsed_line(text) is not None,
    "point": is_point_within,
    "sides": lambda knob, text: are_sides(text),
}

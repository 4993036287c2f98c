"""Scene and Run: everything that decides the numbers, and the errors people read.

A scene is a URL: parse(query) and scene.query() are inverse, and the same query always
gives the same numbers. Bounds live in knobs.py; this room reads, checks and writes. It
computes no loss and knows no path.
"""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import Any, TypeVar
from urllib.parse import quote, unquote_plus

from app import rules
from app.knobs import BY_NAME, KNOBS, PER_RUN, VIEW, Knob, spelled
from app.limits import LIMITS
from app.surfaces import catalogue
from app.surfaces.formula import FormulaError
from app.surfaces.surface import Surface, surface
from app.typed import NoSurface, Own, shaped
from app.values import Numbers, Point, Value, parsed, parsed_own, parsed_point

V = TypeVar("V")

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
    wrong: str | None = None  # of a formula: what is wrong with it,
    at: int | None = None  # and at which character, from 0
    words: dict[str, Any] | None = None  # both texts before their values, for other languages

    def __str__(self) -> str:
        why = "" if self.at is None else f" ({self.wrong} at character {self.at + 1})"
        return f"{self.knob}: “{self.given}” is not possible{why}; allowed: {self.allowed}"

    def told(self) -> dict[str, Any]:
        """As JSON tells it."""
        return {name: value for name, value in vars(self).items() if value is not None}


def details(error: FormulaError | None) -> tuple[Any, ...]:
    """What a problem of a formula says more than others."""
    return (error.wrong, error.at, error.words) if error else ()


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
    own: Own = ()
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

    @cached_property
    def row(self) -> catalogue.Row:
        """The surface's row; with a visitor's own formula or data, one like the catalogue's."""
        return shaped(self.surface, self.own)

    @cached_property
    def ground(self) -> Surface:
        """The training loss of this scene; equal grounds are the same object."""
        own = dict(self.own)
        values = tuple(float(own.get(n, own_default(n, self.row))) for n in self.row.own)  # type: ignore[arg-type]
        spread = 0.0 if self.row.draw else self.spread
        noise = self.noise if spread else "shift"
        return surface(self.row, values, self.examples, spread, noise, self.data)

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
        known.update(
            vars(self), row=self.row, ground=self.ground, around=self.around, still=self.still
        )
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


def own_default(name: str, row: catalogue.Row) -> Value | Numbers | None:
    """The default of a surface's own knob; of what shapes a surface it is in the row."""
    if name == "formula":
        return row.formula
    return row.box if name == "domain" else BY_NAME[name].default


def default_of(name: str, row: catalogue.Row) -> Any:
    """A knob's default; where the surface's row decides, that row's."""
    if name == "examples" and row.rows:
        return len(row.rows)
    default = BY_NAME[name].default
    return getattr(row, name) if name in ("start", "eta", "updates") else default


PLAINLY = "!'()*,:~"  # what stands in an address as it is, as the page writes it too


def written(value: Value | Numbers) -> str:
    if isinstance(value, tuple):
        return ",".join(map(spelled, value))
    return quote(value, safe=PLAINLY) if isinstance(value, str) else spelled(value)


def written_knobs(scene: Scene, names: Iterable[str]) -> Iterator[str]:
    """name=value of those scene knobs that differ from their defaults."""
    defaults = defaults_of(scene.row)
    for name in names:
        value = getattr(scene, FIELD.get(name, name))
        if value != defaults[name] and value is not None:
            yield f"{name}={written(value)}"


@lru_cache(maxsize=512)
def defaults_of(row: catalogue.Row) -> dict[str, Any]:
    """Defaults of all scene knobs but the surface, on this surface."""
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
    if "&eta=" in rest or "&lambda=" in rest:
        return True
    if "%" not in rest and "+" not in rest:
        return False
    names = (piece.partition("=")[0] for piece in rest.split("&"))
    return any("%" in name or "+" in name for name in names)


def read_whole(query: str) -> tuple[Scene, list[Problem]]:
    return read_short(query) if len(query) <= SHORT else read_long(query)


def read_once(query: str) -> tuple[Scene, list[Problem]]:
    reader = Reader(query)
    return reader.scene(), reader.problems[:MOST_PAIRS]


# What is read is remembered for the next turn of a slider; of long addresses (rows of data) few.
SHORT = 2000
read_short = lru_cache(maxsize=2048)(read_once)
read_long = lru_cache(maxsize=32)(read_once)


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
        own, row = self.shape(catalogue.BY_NAME[name])
        values = defaults_of(row) | self.simple()
        examples = values["examples"] = self.examples(row, int(values["examples"]))
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
        given = self.given.get(knob.name)
        return None if given is None else self.judged(knob, given, parsed(knob, given))

    def judged(self, knob: Knob, given: str, value: V) -> V:
        """A value as it was read; None is a problem."""
        if value is None:
            self.problem(knob.name, given, knob.allowed())
        return value

    def own(self, base: catalogue.Row) -> Own:
        """The surface's own knobs where they differ from their defaults."""
        names = [name for name in (*base.shapes, *base.own) if name in self.given]
        found: Own = ()
        for name in names:
            knob, given = BY_NAME[name], self.given[name]
            value = self.judged(knob, given, parsed_own(knob, given))
            if value is not None and value != own_default(name, base):
                found = (*found, (name, value))
        return found

    def shape(self, base: catalogue.Row) -> tuple[Own, catalogue.Row]:
        """What makes the surface another one, and its row with it."""
        own = self.own(base)
        while True:
            try:
                return own, shaped(base.name, own)
            except NoSurface as why:  # without the knob that is to blame it may be one
                given = self.given[why.knob][:GIVEN]
                self.problems.append(Problem(why.knob, given, str(why), *details(why.formula)))
                own = tuple((name, value) for name, value in own if name != why.knob)

    def examples(self, row: catalogue.Row, given: int) -> int:
        """With data of one's own there are as many examples as rows."""
        if row.rows and given != len(row.rows):
            self.problem("examples", str(given), f"{len(row.rows)}, the number of rows")
        return len(row.rows) or given

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
        own = *row.shapes, *row.own
        known = {*SCENE_KNOBS, *own, *VIEW}
        for name, value in self.given.items():
            if name not in known:
                allowed = ", ".join([*SCENE_KNOBS, *own, "run"])
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
        each = evaluations_per_update(scene) * scene.row.weight
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

"""Random scenes over the table of knobs, for tests that hold for every scene."""

from dataclasses import replace

from hypothesis import strategies as st

from app.knobs import BY_NAME, KNOBS, Knob, spelled
from app.limits import LIMITS
from app.rules import RULES
from app.scene import EVERY_RUN, OWN_KNOBS, Run, Scene
from app.surfaces import catalogue

MOST = LIMITS["runs"]
FEW_UPDATES = 2000  # so that every random scene is affordable


def every_rule(own: str = "") -> list[str]:
    """A run of every rule, in as many scenes as they need, each with company."""
    runs = [f"run={rule.name}{own}" for rule in RULES]
    return ["&".join(runs[:MOST]), "&".join([*runs[MOST:], runs[0]])]


def value_of(knob: Knob) -> st.SearchStrategy:
    """Any value a knob takes."""
    if knob.kind == "choice":
        return st.sampled_from([value for value, _ in knob.choices])
    if knob.kind == "integer":
        return st.integers(int(knob.low), int(knob.high))
    return st.floats(knob.low, knob.high).map(lambda value: value + 0.0)


def value(name: str) -> st.SearchStrategy:
    return value_of(BY_NAME[name])


@st.composite
def runs(draw, examples: int) -> Run:
    """A rule with any selection of the knobs it may set for itself."""
    rule = draw(st.sampled_from(RULES))
    possible = {*rule.knobs, *EVERY_RUN}
    names = [knob.name for knob in KNOBS if knob.name in possible]
    chosen = draw(st.sets(st.sampled_from(names)))
    batch = st.integers(1, examples)
    own = [(n, draw(batch if n == "batch" else value(n))) for n in names if n in chosen]
    return Run(rule.name, tuple(own))


@st.composite
def starts(draw, row: catalogue.Row) -> tuple[float, float]:
    reach = 10 * row.diagonal
    across, up = (st.floats(middle - reach, middle + reach) for middle in row.centre)
    return draw(across) + 0.0, draw(up) + 0.0


@st.composite
def scenes(draw) -> Scene:
    """Any scene that can be asked for, with few updates."""
    row = draw(st.sampled_from(catalogue.SURFACES))
    own = [
        (name, draw(value(name))) for name in OWN_KNOBS if name in row.own and draw(st.booleans())
    ]
    examples = draw(value("examples"))
    batch = draw(st.none() | st.integers(1, examples))
    own_runs = tuple(draw(st.lists(runs(examples), min_size=1, max_size=8)))
    scene = Scene(
        surface=row.name,
        own=tuple((name, given) for name, given in own if given != BY_NAME[name].default),
        start=draw(st.just(row.start) | starts(row)),
        examples=examples,
        spread=draw(value("spread")),
        noise=draw(value("noise")),
        data=draw(value("data")),
        shuffle="each-epoch",
        seed=draw(value("seed")),
        updates=draw(st.just(row.updates) | st.integers(1, FEW_UPDATES)),
        eta=draw(st.just(row.eta) | value("eta")),
        momentum=draw(value("lambda")),
        batch=batch,
        schedule=draw(value("schedule")),
        runs=own_runs,
    )
    return draw(st.sampled_from(shuffled_ways(scene)))


def shuffled_ways(scene: Scene) -> list[Scene]:
    """The scene with every shuffle that goes with its batches."""
    full = any(scene.knobs(run)["batch"] == scene.examples for run in scene.runs)
    ways = ["each-epoch", "once"] + ([] if full else ["replacement"])
    return [replace(scene, shuffle=way) for way in ways]


NAMES = st.sampled_from([knob.name for knob in KNOBS] + ["run", "ETA", "", "surface "])
RUN_TEXTS = st.lists(
    st.sampled_from(
        ["gd", "adam", "momentum", "eta:0.1", "batch:1", "batch:0", "x", ":", "lambda"]
    ),
    max_size=4,
).map(",".join)
GOOD = st.one_of([value_of(knob) for knob in KNOBS if knob.kind in ("number", "integer", "choice")])
TEXTS = st.one_of(
    GOOD.map(lambda given: given if isinstance(given, str) else spelled(given)),
    st.sampled_from(["NaN", "Infinity", "-1", "1e999", "0x1", "1_0", " 1", "", "%", "%FF", "1,2"]),
    RUN_TEXTS,
    st.text(max_size=12),
)


def queries() -> st.SearchStrategy[str]:
    """Addresses as people, scripts and fuzzers make them: knobs with good and bad values."""
    pairs = st.tuples(NAMES, TEXTS).map(lambda pair: f"{pair[0]}={pair[1]}")
    return st.lists(pairs | st.text(max_size=10), max_size=12).map("&".join)

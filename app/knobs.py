"""The table of knobs: every number a person can turn, and every switch of the page.

Page, address, API, documentation and tests read this one table; bounds and defaults live
nowhere else. A default of None means that another table decides: the surface's row for
start, eta and updates, all examples for batch, the rule's row for its own knobs.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from app.limits import LIMITS
from app.locale import N_
from app.sampling import SHUFFLES
from app.schedules import SCHEDULES
from app.surfaces import catalogue

Choices = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Knob:
    name: str
    kind: str  # number, integer, list, choice, point, line, sides, box, pairs, formula, flag, names
    scope: str  # scene, run, surface (a surface's own), view (never changes a number), experiment
    default: float | str | None
    label: str
    help: str
    symbol: str = ""
    low: float | None = None
    high: float | None = None
    scale: str = "linear"
    step: float | None = None
    choices: Choices = ()
    per_run: bool = False  # a scene knob that a run may set for itself

    def allowed(self) -> str:
        """What the knob takes, in words people read in an error."""
        names = ", ".join(value for value, _ in self.choices)
        if self.kind == "choice":
            return names
        bounds = {"low": spelled(self.low), "high": spelled(self.high)}
        return ALLOWED[self.kind].format(names=names, **bounds)


ALLOWED = {
    "number": "a number from {low} to {high}",
    "integer": "a whole number from {low} to {high}",
    "list": f"up to {LIMITS['batches']} whole numbers from {{low}} to {{high}}, joined by commas",
    "point": "two numbers x,y near the surface's domain",
    "line": "four numbers x,y,x,y: two different points near the surface's domain",
    "sides": "two different of {names}, each with its range: knob:low..high,knob:low..high",
    "formula": "a formula in x and y",
    "box": "four numbers left,right,low,high: sides ≥ 0.001, none over 1,000 times the other",
    "pairs": "numbers x,y,x,y,…: 2 to {high} pairs",
    "flag": "0 or 1",
    "names": "names separated by commas",
}


def spelled(number: float | None) -> str:
    """A number in the shortest form that reads back to the same float64, as JavaScript's."""
    if number is None:
        return ""
    text = repr(float(number) + 0.0)
    if "e" not in text:
        return text.removesuffix(".0")
    digits, exponent = text.split("e")
    if -6 <= int(exponent) < 21:
        return plain(digits, int(exponent))
    return f"{digits}e{int(exponent):+d}"


def plain(digits: str, exponent: int) -> str:
    """1.5e-05 or 1.5e+16 without its exponent."""
    sign, digits = ("-", digits[1:]) if digits.startswith("-") else ("", digits)
    digits = digits.replace(".", "")
    if exponent > 0:
        return sign + digits.ljust(exponent + 1, "0")
    return f"{sign}0.{'0' * (-exponent - 1)}{digits}"


NOISES = (("shift", N_("shift")), ("tilt", N_("tilt")))
SHUFFLE_CHOICES = tuple(
    zip(SHUFFLES, (N_("each epoch"), N_("once"), N_("with replacement")), strict=True)
)
SIDES = (
    ("eta", N_("Learning rate")), ("lambda", N_("Momentum")),
    ("beta1", N_("Averaging of the gradient")), ("beta2", N_("Averaging of its square")),
    ("epsilon", N_("Floor of the divisor")), ("decay", N_("Weight decay")),
    ("rho", N_("Way uphill")), ("batch", N_("Batch size")), ("seed", N_("Seed")),
    ("start1", N_("Start")), ("start2", N_("Start")),
)  # fmt: skip
SEEDS: dict[str, Any] = {"kind": "integer", "low": 0, "high": 2**31 - 1, "step": 1}
MOST_EXAMPLES = 200  # that are drawn; of one's own data there may be more
LARGEST_BATCH = LIMITS["rows"]

KNOBS = (
    Knob(
        "surface", "choice", "scene", "two-valleys", N_("Surface"), N_("The training loss."),
        choices=tuple((row.name, row.label) for row in catalogue.SURFACES),
    ),
    Knob("start", "point", "scene", None, N_("Start"), N_("Where every run begins."), symbol="θ⁰"),
    Knob(
        "examples", "integer", "scene", 20, N_("Examples"),
        N_("How many examples the training loss is the mean of."),
        symbol="N", low=1, high=MOST_EXAMPLES, step=1,
    ),
    Knob(
        "spread", "number", "scene", 0.0, N_("Spread"),
        N_("How far the examples of a formula surface differ; 0 makes them all equal."),
        low=0, high=2, step=0.01,
    ),
    Knob(
        "noise", "choice", "scene", "shift", N_("Noise"),
        N_("Shift: each example sees the surface moved. Tilt: each adds a slope of its own."),
        choices=NOISES,
    ),
    Knob(
        "data", scope="scene", default=2, label=N_("Data seed"),
        help=N_("Which examples are drawn."), **SEEDS,
    ),
    Knob(
        "shuffle", "choice", "scene", "each-epoch", N_("Shuffle"),
        N_("When the examples are put in a new order and cut into batches."),
        choices=SHUFFLE_CHOICES,
    ),
    Knob(
        "seed", scope="scene", default=7, label=N_("Seed"),
        help=N_("Decides the order of the batches, and nothing else."), **SEEDS,
    ),
    Knob(
        "updates", "integer", "scene", None, N_("Updates"),
        N_("How many updates every run makes."), low=1, high=100_000, scale="log", step=1,
    ),
    Knob(
        "eta", "number", "scene", None, N_("Learning rate"),
        N_("How far a gradient moves the parameters."),
        symbol="η", low=1e-9, high=100, scale="log", step=0.01, per_run=True,
    ),
    Knob(
        "lambda", "number", "scene", 0.9, N_("Momentum"),
        N_("How much of the last movement is kept."),
        symbol="λ", low=0, high=1, step=0.01, per_run=True,
    ),
    Knob(
        "batch", "integer", "scene", None, N_("Batch size"),
        N_("How many examples are averaged for one gradient; all of them is the full batch."),
        symbol="B", low=1, high=LARGEST_BATCH, step=1, per_run=True,
    ),
    Knob(
        "schedule", "choice", "scene", "constant", N_("Schedule of η"),
        N_("How η changes over the updates of a run."),
        choices=tuple((name, label) for name, (label, _) in SCHEDULES.items()), per_run=True,
    ),
    Knob(
        "formula", "formula", "surface", None, N_("Formula"),
        N_("The training loss as you type it, in x and y."), symbol="L",
    ),
    Knob(
        "domain", "box", "surface", None, N_("Domain"),
        N_("Which part of the plane is the surface's own: left, right, low, high."),
    ),
    Knob(
        "rows", "pairs", "surface", None, N_("Your own data"),
        N_("Pairs of x and y that become the examples."), high=LIMITS["rows"],
    ),
    Knob(
        "condition", "number", "surface", 20.0, N_("Condition number"),
        N_("The steeper curvature divided by the flatter one."),
        symbol="κ", low=1, high=1000, scale="log", step=0.01,
    ),
    Knob(
        "beta1", "number", "run", None, N_("Averaging of the gradient"),
        N_("How much of the old average of gradients is kept."),
        symbol="β₁", low=0, high=0.9999, step=0.01,
    ),
    Knob(
        "beta2", "number", "run", None, N_("Averaging of its square"),
        N_("How much of the old average of squared gradients is kept."),
        symbol="β₂", low=0, high=0.99999, step=0.001,
    ),
    Knob(
        "epsilon", "number", "run", None, N_("Floor of the divisor"),
        N_("Keeps the division from blowing up where gradients vanish."),
        symbol="ε", low=1e-12, high=1, scale="log", step=0.1,
    ),
    Knob(
        "decay", "number", "run", None, N_("Weight decay"),
        N_("How strongly the parameters are pulled towards zero."),
        symbol="δ", low=0, high=1, step=0.01,
    ),
    Knob(
        "rho", "number", "run", None, N_("Way uphill"),
        N_("How far uphill the gradient is taken, in the same units as the parameters."),
        symbol="ρ", low=0, high=10, step=0.01,
    ),
    Knob(
        "average", "integer", "run", None, N_("Average from"),
        N_("From this update on the mean of a run's points is kept as a second point."),
        low=0, high=100_000, step=1,
    ),
    Knob(
        "view", "choice", "view", "2d", N_("View"), N_("How the surface is drawn."),
        choices=(("2d", N_("2D")), ("3d", N_("3D")), ("both", N_("Both")), ("1d", N_("1D"))),
    ),
    Knob(
        "axis", "choice", "view", "updates", N_("Axis of the chart"),
        N_("What the loss chart counts."),
        choices=(("updates", N_("Updates")), ("epochs", N_("Epochs")), ("time", N_("Time"))),
    ),
    Knob(
        "cost", "choice", "view", "serial", N_("Cost of an update"),
        N_(
            "Serial: one example after the other. Parallel: as many at once as the hardware is "
            "wide. Measured: as long as an update of the real network took on this machine."
        ),
        choices=(
            ("serial", N_("Serial")), ("parallel", N_("Parallel")), ("measured", N_("Measured")),
        ),
    ),
    Knob(
        "width", "integer", "view", 10, N_("Width of the hardware"),
        N_("How many examples a parallel machine works on at once."),
        symbol="W", low=1, high=MOST_EXAMPLES, step=1,
    ),
    Knob(
        "loss", "choice", "view", "linear", N_("Scale of the loss"),
        N_("A logarithmic scale shows the last stretch of the way down."),
        choices=(("linear", N_("Linear")), ("log", N_("Logarithmic"))),
    ),
    Knob(
        "theme", "choice", "view", "auto", N_("Theme"), N_("Colours and sizes of the page."),
        choices=(
            ("auto", N_("Automatic")), ("light", N_("Light")),
            ("dark", N_("Dark")), ("projector", N_("Projector")),
        ),
    ),
    Knob(
        "lang", "choice", "view", "auto", N_("Language"), N_("Language of the page."),
        choices=(
            ("auto", N_("Automatic")), ("en", "English"),
            ("zh-TW", "繁體中文"), ("zh-CN", "简体中文"),
        ),
    ),
    Knob("hide", "names", "view", "", N_("Hidden"), N_("What is not shown, such as run-2.")),
    Knob("play", "flag", "view", 1, N_("Play"), N_("Whether the paths play once at the start.")),
    Knob(
        "at", "integer", "view", None, N_("Playhead"), N_("Which update the page shows."),
        low=0, high=100_000, step=1,
    ),
    Knob(
        "inspect", "integer", "view", None, N_("Inspector"),
        N_("Which run's update is taken apart, the first run being 0; without it none is."),
        low=0, high=7, step=1,
    ),
    Knob(
        "cut", "line", "view", None, N_("Cut"),
        N_("The line along which the surface is cut for the view in one dimension."),
    ),
    Knob(
        "ghost", "choice", "view", "none", N_("Ghost"),
        N_("What is drawn faintly over the training loss: nothing, or the batch's own loss."),
        choices=(("none", N_("Nothing")), ("batch", N_("Loss of the batch"))),
    ),
    Knob(
        "shift", "point", "view", None, N_("Shift of the test"),
        N_("How far the test's surface lies beside the training's."), low=-1e6, high=1e6,
    ),
    Knob(
        "fresh", "integer", "view", None, N_("Test seed"),
        N_("Which fresh examples the test is made of."), low=0, high=2**31 - 1, step=1,
    ),
    Knob(
        "seeds", "integer", "view", None, N_("Seeds"),
        N_("How many orders of the batches are counted; without it none are."),
        low=1, high=2_000, step=1,
    ),
    Knob(
        "map", "sides", "view", None, N_("Map"),
        N_("Which two knobs of the selected run are turned for a map, and how far."),
        choices=SIDES,
    ),
    Knob(
        "colour", "choice", "view", "auto", N_("Colour of a map"),
        N_("What the colours of a map's cells tell; automatic is which minimum for starts."),
        choices=(
            ("auto", N_("Automatic")), ("updates", N_("updates needed")),
            ("outcome", N_("which minimum")), ("loss", N_("last loss")),
        ),
    ),
    Knob(
        "tolerance", "number", "view", 0.01, N_("Tolerance of a map"),
        N_("How near to its critical point a cell must stay to be there, in diagonals."),
        low=1e-12, high=0.01, scale="log", step=0.001,
    ),
    Knob(
        "edge", "flag", "view", 0, N_("Edge of stability"),
        N_("Whether the largest curvature along the paths is shown."),
    ),
    Knob(
        "epoch", "integer", "view", None, N_("Watched epoch"),
        N_("Which epoch is shown at three batch sizes, the first being 0; without it none is."),
        low=0, high=100, step=1,
    ),
)  # fmt: skip

BY_NAME: Mapping[str, Knob] = {knob.name: knob for knob in KNOBS}
PER_RUN = frozenset(knob.name for knob in KNOBS if knob.per_run or knob.scope == "run")
VIEW = frozenset(knob.name for knob in KNOBS if knob.scope == "view")


def rows(knobs: Iterable[Knob] = KNOBS) -> list[dict[str, Any]]:
    """The table as the page reads it."""
    return [asdict(replace(knob, choices=())) | {"choices": choices(knob)} for knob in knobs]


def choices(knob: Knob) -> list[dict[str, str]]:
    return [{"value": value, "label": label} for value, label in knob.choices]

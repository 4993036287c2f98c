"""The lecture's table (B11), small batch against large, filled with what was measured here.

Every row takes its figures from one experiment at its defaults; an experiment that is not done
leaves its rows empty. What "faster" and "better" mean is said once, here: a time differs when it
is more than SAME times the other, anything else when no seed of one side reaches the other. With
so few seeds that chance alone often does that, nothing is decided, as on the experiment's page.
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from app.experiments.spread import RARE
from app.experiments.table import EXPERIMENTS
from app.locale import N_

SAME = 2.0  # times as long still counts as the same time
MUCH = 1_000  # the batch that is large, but not very large: up to here the lecture says "the same"
Known = Mapping[str, Any]  # address and state; of one that is done also rows and facts


@dataclass(frozen=True)
class Side:
    """What one batch size was measured to have: a middle value, and how far values lie apart."""

    batch: int
    value: float
    low: float
    high: float

    def times(self, factor: int) -> "Side":
        return Side(self.batch, self.value * factor, self.low * factor, self.high * factor)


@dataclass(frozen=True)
class Measured:
    """What stands in a row. `largest`: of times alone. `seeds` and `chance`: of anything else, how
    many each side has, and how often chance alone would put them apart. `found`: what the large
    batch's figure is beside the small one's, `less`, `more` or `same`; None: not decided."""

    small: Side | None = None
    large: Side | None = None
    largest: Side | None = None
    seeds: int | None = None
    chance: float | None = None
    found: str | None = None


@dataclass(frozen=True)
class Line:
    """One row. `expected` is what the lecture says of the large batch's figure beside the small's:
    `less`, `more` or `same`. `scene` is an address of the lab where the reason is seen."""

    name: str
    label: str
    measures: str
    unit: str
    small: str
    large: str
    expected: str
    experiment: str
    scene: str


CLOCK = (
    "/?surface=linear-regression&updates=60&axis=time&cost=parallel&width=20&run=gd&run=gd,batch:1"
)
LINES = (
    Line(
        "update-serial", N_("Time for one update, nothing in parallel"),
        N_("Time for one update, one thread"), "s",
        N_("faster"), N_("slower"), "more", "time", CLOCK,
    ),
    Line(
        "update-parallel", N_("Time for one update, in parallel"),
        N_("Time for one update, all threads of this processor"), "s",
        N_("the same"), N_("the same, if not very large"), "same", "time", CLOCK,
    ),
    Line(
        "epoch", N_("Time for one epoch"),
        N_("Time for one epoch, one thread"), "s",
        N_("slower"), N_("faster"), "less", "time", CLOCK,
    ),
    Line(
        "gradient", N_("Gradient"),
        N_("Noise ÷ length of the gradient, at the start of training"), "",
        N_("noisy"), N_("stable"), "less", "gradient",
        "/?surface=two-valleys&start=0,0&spread=0.25&at=0&ghost=batch&run=gd,batch:1",
    ),
    Line(
        "optimization", N_("Optimization"),
        N_("Training accuracy after equal epochs"), "share",
        N_("better"), N_("worse"), "less", "accuracy",
        "/?surface=two-valleys&start=0,0&spread=0.25&run=gd",
    ),
    Line(
        "generalisation", N_("Generalisation"),
        N_("Validation accuracy at the same training loss"), "share",
        N_("better"), N_("worse"), "less", "sharp",
        "/?surface=canyon-and-basin&spread=0.1&view=1d&run=gd",
    ),
)  # fmt: skip


def table(experiments: Mapping[str, Known]) -> list[dict[str, Any]]:
    """All rows as plain values, of what is known of each experiment at its defaults."""
    return [told(line, experiments[line.experiment]) for line in LINES]


def told(line: Line, known: Known) -> dict[str, Any]:
    measured = measurement(line, known) if known["state"] == "done" else Measured()
    own = ("name", "label", "measures", "unit", "experiment", "scene")
    return {name: getattr(line, name) for name in own} | {
        "says": {"small": line.small, "large": line.large},
        **asdict(measured),
        "updates": updates(line, known, measured),
        "agrees": None if measured.found is None else measured.found == line.expected,
        "address": known["address"],
        "state": known["state"],
    }


def measurement(line: Line, known: Known) -> Measured:
    if line.experiment == "time":
        return of_time(line.name, known)
    comparison = COMPARED[line.name](known["facts"])
    return of_seeds(comparison) if comparison else Measured()


def updates(line: Line, known: Known, measured: Measured) -> dict[str, int] | None:
    """How many each side made, where epochs are equal: updates are not."""
    small, large = measured.small, measured.large
    if line.name != "optimization" or not small or not large:
        return None
    made = {batch: many for equal, batch, many, *_ in known["rows"] if equal == "epochs"}
    return {"small": made[small.batch], "large": made[large.batch]}


def of_time(name: str, known: Known) -> Measured:
    threads = known["facts"]["threads"] if name == "update-parallel" else 1
    columns = [column.name for column in EXPERIMENTS["time"].columns]
    cells = [dict(zip(columns, row, strict=True)) for row in known["rows"]]
    found = {
        cell["batch"]: Side(cell["batch"], cell["update"], cell["low"], cell["high"]).times(
            cell["updates"] if name == "epoch" else 1
        )
        for cell in cells
        if cell["threads"] == threads
    }
    small, large, largest = found[min(found)], found[MUCH], found[max(found)]
    return Measured(small, large, largest, found=beside(small.value, large.value))


def beside(small: float, large: float) -> str:
    """What the large batch's time is beside the small one's: up to SAME times is the same."""
    return "less" if large * SAME < small else "more" if large > small * SAME else "same"


def of_seeds(comparison: Mapping[str, Any]) -> Measured:
    """The experiment's own comparison, and its own judgement."""
    small, large = (side(comparison[end]) for end in ("from", "to"))
    seeds, chance = comparison["seeds"], comparison["chance"]
    found = FOUND[comparison["found"]] if chance <= RARE else None
    return Measured(small, large, seeds=seeds, chance=chance, found=found)


def side(end: Mapping[str, Any]) -> Side:
    return Side(end["batch"], end["median"], end["low"], end["high"])


FOUND = {"falls": "less", "rises": "more", "no difference": "same"}
COMPARED: Mapping[str, Callable[[Mapping[str, Any]], Mapping[str, Any] | None]] = {
    "gradient": lambda facts: facts["start"]["noise"],
    "optimization": lambda facts: facts["epochs"]["training"]["smallest"],
    "generalisation": lambda facts: facts["validation"],
}

"""Fish and bear's paw (B12): what lets a large batch learn as much as a small one in equal epochs.

A recipe changes η, its schedule or the rule, nothing else. It *closes the gap* at a batch size
when its seeds are not all worse than all of the small batch's. η ∝ B and warm-up: Goyal et al.
2017 (arXiv 1706.02677). η ∝ √B: Krizhevsky 2014 (arXiv 1404.5997). Momentum: the lecture.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from math import isfinite, sqrt
from statistics import median
from typing import Any

from app.experiments.bench import Bench, Knobs
from app.experiments.network import Judgement
from app.experiments.picture import Cell, Picture, Series
from app.experiments.spread import Spread, comparison, seeds_line

PARTS = ("training", "validation")


@dataclass(frozen=True)
class Remedy:
    """`scale`: the factor on η when the batch is so many times the small one."""

    scale: Callable[[float], float]
    rule: str = "gd"
    schedule: str = "constant"


def same(times: float) -> float:
    return 1.0


def linear(times: float) -> float:
    return times


REMEDIES = {
    "plain": Remedy(same),
    "root": Remedy(sqrt),
    "linear": Remedy(linear),
    "warm": Remedy(linear, schedule="warm-up"),
    "momentum": Remedy(same, "momentum"),
    "momentum_root": Remedy(sqrt, "momentum"),
    "momentum_warm": Remedy(linear, "momentum", "warm-up"),
}
SMALL = {"small": Remedy(same), "small_momentum": Remedy(same, "momentum")}
ALL = SMALL | REMEDIES


@dataclass(frozen=True)
class Ended:
    """One training after its epochs."""

    training: Judgement
    validation: Judgement


Cells = tuple[str, int]
Results = dict[Cells, list[Ended]]  # by recipe and batch size, seed after seed


def both(knobs: Knobs) -> Iterator[Picture]:
    """Pictures after every training; all recipes with the first seed, then with the next."""
    bench = Bench(knobs)
    cells = cells_of(knobs)
    found: Results = {}
    for seed in bench.seeds:
        for name, batch in cells:
            found.setdefault((name, batch), []).append(ended(bench, name, batch, seed))
            yield picture(knobs, found)


def cells_of(knobs: Knobs) -> list[Cells]:
    """Every recipe with every batch size; the small batch first."""
    small = [(name, knobs["small"]) for name in SMALL]
    return small + [(name, batch) for batch in knobs["batches"] for name in REMEDIES]


def eta_of(knobs: Knobs, name: str, batch: int) -> float:
    return float(knobs["eta"] * ALL[name].scale(batch / knobs["small"]))


def ended(bench: Bench, name: str, batch: int, seed: int) -> Ended:
    epochs, remedy = bench.knobs["epochs"], ALL[name]
    updates = epochs * -(-len(bench.training) // batch)
    given = {"rule": remedy.rule, "eta": eta_of(bench.knobs, name, batch)}
    training = bench.started(batch, seed, schedule=remedy.schedule, updates=updates, **given)
    training.advance(updates)
    return Ended(*bench.judged(training.theta))


def picture(knobs: Knobs, found: Results) -> Picture:
    cells = cells_of(knobs)
    done = sum(map(len, found.values())) / (len(cells) * knobs["seeds"])
    series = [line(found, chart, name) for chart in CHARTS for name in ALL if sizes(found, name)]
    rows = [row(knobs, found, *cell) for cell in cells if cell in found]
    return Picture(done, series, rows, facts(knobs, found) if len(found) == len(cells) else {})


def sizes(found: Results, name: str) -> list[int]:
    return [batch for recipe, batch in found if recipe == name]


def accuracies(found: Results, name: str, batch: int, part: str) -> list[float]:
    return [getattr(one, part).accuracy for one in found[name, batch]]


def line(found: Results, chart: str, name: str) -> Series:
    batches = sizes(found, name)
    dots = [CHARTS[chart](found, name, batch) for batch in batches]
    return seeds_line(chart, name, batches, dots)


def errors(found: Results, name: str, batch: int) -> list[float]:
    """Shares of wrong answers: on a logarithmic axis good recipes lie apart whose accuracies
    lie on each other."""
    return [1 - accuracy for accuracy in accuracies(found, name, batch, "validation")]


CHARTS: Mapping[str, Callable[[Results, str, int], list[float]]] = {
    "validation_error": errors,
    **{part: partial(accuracies, part=part) for part in PARTS},
}


def row(knobs: Knobs, found: Results, name: str, batch: int) -> list[Cell]:
    remedy, ones = ALL[name], found[name, batch]
    cells: list[Cell] = [name, batch, remedy.rule, eta_of(knobs, name, batch), remedy.schedule]
    cells.append(len(ones))
    for part in PARTS:
        spread = Spread.of(accuracies(found, name, batch, part))
        cells += [spread.median, spread.low, spread.high]
    losses = [one.training.loss for one in ones if one.training.loss == one.training.loss]
    return [*cells, median(losses) if losses else None]


def facts(knobs: Knobs, found: Results) -> dict[str, Any]:
    """How large the gap is with the largest batch, and how far each recipe closes it."""
    largest = max(batch for _, batch in found)
    small = knobs["small"]
    best = max(REMEDIES, key=lambda name: middle(found, (name, largest)))
    ends = ("small", small), ("small_momentum", small), (best, largest)
    return {
        "epochs": knobs["epochs"],
        "diverged": sum(not isfinite(one.training.loss) for ones in found.values() for one in ones),
        "gap": {part: beside(found, part, ("small", small), ("plain", largest)) for part in PARTS},
        "closes": {name: closes_up_to(found, small, name) for name in REMEDIES},
        "worse": {name: worse_from(found, name) for name in REMEDIES},
        "share": {name: share(found, small, name, largest) for name in REMEDIES},
        "best": best,
        "momentum_too": beside(found, "validation", *ends[:2]),
        "left": beside(found, "validation", *ends[1:]),
    }


def beside(found: Results, part: str, first: Cells, second: Cells) -> dict[str, Any]:
    """From one recipe and size to another."""
    one, other = (accuracies(found, *cell, part) for cell in (first, second))
    return comparison(one, other, (first[1], second[1]))


def middle(found: Results, cell: Cells) -> float:
    return median(accuracies(found, *cell, "validation"))


def closes_up_to(found: Results, small: int, name: str) -> int | None:
    """The largest batch size up to which all are as good as the small batch; None: not one is."""
    last = None
    for batch in sorted(sizes(found, name)):
        if beside(found, "validation", ("small", small), (name, batch))["found"] == "falls":
            break
        last = batch
    return last


def worse_from(found: Results, name: str) -> int | None:
    """The smallest batch size at which it does harm: all seeds below all plain ones."""
    for batch in sorted(sizes(found, name)):
        if beside(found, "validation", ("plain", batch), (name, batch))["found"] == "falls":
            return batch
    return None


def share(found: Results, small: int, name: str, batch: int) -> float | None:
    """The part of the gap that it closes, by medians; None where there is no gap."""
    plain = middle(found, ("plain", batch))
    gap = middle(found, ("small", small)) - plain
    return (middle(found, (name, batch)) - plain) / gap if gap > 0 else None

"""Accuracy against batch size (B6): after equal epochs, equal updates, and equal time.

One training per batch size and seed, judged three times: when it has made its epochs, its
updates, and when it has computed for so many seconds. The first two are pure functions of the
knobs; the third depends on how fast this machine is at this moment, and says so.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from app.experiments.bench import Bench, Knobs
from app.experiments.network import Judgement
from app.experiments.picture import Cell, Picture, Series
from app.experiments.spread import Spread, comparison, seeds_line
from app.experiments.training import Training
from app.experiments.work import of_updates
from app.sampling import updates_per_epoch

EQUAL = ("epochs", "updates", "seconds")
LOOKS = 50  # looks at the clock within the equal time


@dataclass(frozen=True)
class Found:
    """What one training reached, each time it was judged."""

    updates: int
    training: Judgement
    validation: Judgement


Results = dict[tuple[int, int], dict[str, Found]]  # by batch size and seed


def accuracy(knobs: Knobs) -> Iterator[Picture]:
    """Pictures after every training."""
    bench = Bench(knobs)
    found: Results = {}
    for seed, batch in order(bench):
        found[batch, seed] = trained(bench, batch, seed)
        yield picture(knobs, found)


def order(bench: Bench) -> list[tuple[int, int]]:
    """All trainings: seed by seed, and the quickest batch sizes first."""
    knobs, examples = bench.knobs, len(bench.training)

    def work(batch: int) -> float:
        updates = max(knobs["updates"], knobs["epochs"] * updates_per_epoch(examples, batch))
        return of_updates(knobs, batch, updates)

    return [(seed, batch) for seed in bench.seeds for batch in sorted(knobs["batches"], key=work)]


def trained(bench: Bench, batch: int, seed: int) -> dict[str, Found]:
    """One training, judged whenever it has reached one of the three ends."""
    knobs, training = bench.knobs, bench.started(batch, seed)
    ends = {"epochs": knobs["epochs"] * training.per_epoch, "updates": knobs["updates"]}
    found: dict[str, Found] = {}
    while len(found) < len(EQUAL):
        training.advance(next_look(training, knobs["seconds"], [*ends.values()]))
        reached = [name for name, end in ends.items() if training.done >= end]
        reached += ["seconds"] if training.seconds >= knobs["seconds"] else []
        for name in set(reached) - set(found):
            found[name] = Found(training.done, *bench.judged(training.theta))
    return found


def next_look(training: Training, seconds: float, ends: list[int]) -> int:
    """Until which update it goes on: the next end, or a part of the equal time."""
    pace = training.done / training.seconds if training.done else 0.0
    part = training.done + max(1, int(pace * seconds / LOOKS))
    still = [end for end in ends if end > training.done]
    if training.seconds >= seconds:
        return min(still)
    return min([part, *still])


def picture(knobs: Knobs, found: Results) -> Picture:
    batches = sorted({batch for batch, _ in found})
    whole = len(knobs["batches"]) * knobs["seeds"]
    return Picture(
        len(found) / whole,
        [line(found, batches, equal, part) for equal in EQUAL for part in PARTS],
        [row(found, equal, batch) for equal in EQUAL for batch in batches],
        facts(found, batches),
    )


PARTS = ("training", "validation")


def of_seeds(found: Results, batch: int, equal: str) -> list[Found]:
    return [ends[equal] for (size, _), ends in sorted(found.items()) if size == batch]


def accuracies(found: Results, batch: int, equal: str, part: str) -> list[float]:
    return [getattr(one, part).accuracy for one in of_seeds(found, batch, equal)]


def line(found: Results, batches: list[int], equal: str, part: str) -> Series:
    dots = [accuracies(found, batch, equal, part) for batch in batches]
    return seeds_line(equal, part, batches, dots)


def row(found: Results, equal: str, batch: int) -> list[Cell]:
    ends = of_seeds(found, batch, equal)
    updates = Spread.of([one.updates for one in ends]).median
    cells: list[Cell] = [equal, batch, int(updates), len(ends)]
    for part in PARTS:
        spread = Spread.of(accuracies(found, batch, equal, part))
        cells += [spread.median, spread.low, spread.high]
    losses = [one.training.loss for one in ends if one.training.loss == one.training.loss]
    middle = Spread.of(losses).median if losses else None
    return [*cells, middle, len(ends) - len(losses)]


def facts(found: Results, batches: list[int]) -> dict[str, Any]:
    """For each end and each part: from the smallest batch to the largest, and from the best."""
    return {
        equal: {part: compared(found, batches, equal, part) for part in PARTS} for equal in EQUAL
    }


def compared(found: Results, batches: list[int], equal: str, part: str) -> dict[str, Any]:
    values = {batch: accuracies(found, batch, equal, part) for batch in batches}
    last, best = batches[-1], max(batches, key=lambda batch: Spread.of(values[batch]).median)
    return {
        name: comparison(values[first], values[last], (first, last))
        for name, first in (("smallest", batches[0]), ("best", best))
    }

"""Time per update and per epoch against batch size (B4, B5), measured here and now.

The training digits are repeated until there are 60,000, as many as in the lecture; what is
learned plays no part. Each time is that of whole updates: gradient and movement, with BLAS on
one thread and on all of them, in turns, so that the machine's moods hurt both alike.
"""

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from threadpoolctl import threadpool_limits

from app.experiments.digits import digits, tiled
from app.experiments.machine import blas_threads
from app.experiments.network import Network
from app.experiments.picture import Cell, Picture, Series
from app.experiments.spread import Spread
from app.experiments.training import Recipe, Training
from app.experiments.work import TURN
from app.sampling import updates_per_epoch

Knobs = Mapping[str, Any]
SMALL, LARGE = 100, 1_000  # up to which factor and from which size the two claims are about


@dataclass
class Timed:
    """Seconds per update, measured again and again, by (threads, batch size)."""

    examples: int
    threads: tuple[int, ...]  # one, and all where there are more
    seconds: dict[tuple[int, int], list[float]] = field(default_factory=dict)

    @property
    def batches(self) -> list[int]:
        return sorted({batch for _, batch in self.seconds})

    def spread(self, threads: int, batch: int) -> Spread:
        values = self.seconds[threads, batch]
        return Spread.middle(values if len(values) > 1 else values * 2)


def timing(knobs: Knobs) -> Iterator[Picture]:
    """Pictures after every measurement."""
    examples = tiled(digits(knobs["images"], knobs["split"]).training, knobs["examples"])
    network = Network.of(examples, knobs["hidden"], knobs["activation"])
    timed = Timed(len(examples), tuple(sorted({1, blas_threads()})))
    trainings = {
        batch: Training(
            Recipe(network, batch, 0, knobs["rule"], knobs["eta"], knobs["lambda"]), examples
        )
        for batch in knobs["batches"]
    }
    turns = knobs["repeats"] * len(trainings) * len(timed.threads)
    for _ in range(knobs["repeats"]):
        for batch, training in trainings.items():
            for threads in timed.threads:
                with threadpool_limits(threads):
                    taken = seconds_per_update(training)
                timed.seconds.setdefault((threads, batch), []).append(taken)
            yield picture(timed, turns)


def seconds_per_update(training: Training) -> float:
    """Of one stretch of updates: a turn long, and one update at least.

    The first update after a change of threads is not counted: threads have to wake up.
    """
    training.advance(training.done + 1)
    begun, first, clock = training.done, training.seconds, time.perf_counter()
    while True:
        training.advance(training.done + max(1, (training.done - begun)))
        if time.perf_counter() - clock >= TURN:
            return (training.seconds - first) / (training.done - begun)


def picture(timed: Timed, turns: int) -> Picture:
    done = sum(map(len, timed.seconds.values()))
    series = [
        line(timed, chart, threads) for chart in ("update", "epoch") for threads in timed.threads
    ]
    rows = [row(timed, batch, threads) for batch in timed.batches for threads in timed.threads]
    return Picture(done / turns, series, rows, facts(timed))


def line(timed: Timed, chart: str, threads: int) -> Series:
    """Per update as measured; per epoch the same times the updates of an epoch."""
    batches = [batch for many, batch in timed.seconds if many == threads]
    many = [per_epoch(timed, batch) if chart == "epoch" else 1 for batch in batches]
    spreads = [timed.spread(threads, batch) for batch in batches]
    y, low, high = (
        [getattr(spread, name) * k for spread, k in zip(spreads, many, strict=True)]
        for name in ("median", "low", "high")
    )
    dots = [
        [value * k for value in timed.seconds[threads, batch]]
        for batch, k in zip(batches, many, strict=True)
    ]
    return Series(chart, "one" if threads == 1 else "all", batches, y, low, high, dots)


def per_epoch(timed: Timed, batch: int) -> int:
    return updates_per_epoch(timed.examples, batch)


def row(timed: Timed, batch: int, threads: int) -> list[Cell]:
    spread, many = timed.spread(threads, batch), per_epoch(timed, batch)
    return [batch, threads, spread.median, spread.low, spread.high, many, spread.median * many]


def facts(timed: Timed) -> dict[str, Any]:
    """What sentences need. The flat part is told with one thread, where nothing is parallel:
    there it is the fixed cost of an update, and `bend` is where the examples cost as much."""
    batches = timed.batches
    times = {batch: timed.spread(1, batch).median for batch in batches}
    first, last = batches[0], batches[-1]
    fixed, each = times[first], times[last] / last
    return {
        "examples": timed.examples,
        "threads": timed.threads[-1],
        "fixed": fixed,
        "each": each,
        "bend": fixed / each,
        "flat": ratio(times, first, max(b for b in batches if b <= SMALL * first)),
        "grows": ratio(times, max(b for b in batches if b <= max(LARGE, first)), last),
        "epoch": ratio(
            {batch: per_epoch(timed, batch) * taken for batch, taken in times.items()},
            first, max(b for b in batches if b <= max(LARGE, first)),
        ),
        "parallel": speedup(timed, last),
        "worst": worst(timed),
    }  # fmt: skip


def ratio(times: Mapping[int, float], first: int, second: int) -> dict[str, Any]:
    """How many times as long it takes at the second batch size."""
    return {"from": first, "to": second, "times": times[second] / times[first]}


def speedup(timed: Timed, batch: int) -> dict[str, Any]:
    """How many times as fast all threads are at this batch size; None where there is one."""
    many = timed.threads[-1]
    if many == 1 or (many, batch) not in timed.seconds:
        return {"batch": batch, "times": None}
    one, every = (timed.spread(threads, batch).median for threads in (1, many))
    return {"batch": batch, "times": one / every}


def worst(timed: Timed) -> dict[str, Any] | None:
    """Where all threads are slowest beside one: it may be so at one size alone."""
    many = timed.threads[-1]
    if many == 1:
        return None
    taken = {
        batch: {name: timed.spread(of, batch).median for name, of in (("one", 1), ("all", many))}
        for batch in timed.batches
        if (many, batch) in timed.seconds
    }
    if not taken:
        return None
    batch = min(taken, key=lambda batch: taken[batch]["one"] / taken[batch]["all"])
    return {"batch": batch, "times": taken[batch]["one"] / taken[batch]["all"]} | taken[batch]

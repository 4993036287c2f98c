"""How rare are minima (C3): the signs of all curvatures along a training.

At every look the whole Hessian of the training loss is written down and its eigenvalues are
counted. Zero is what lies within `zero` times the largest in size; some are exactly zero whatever
the network has learned (`blind`). The share of positive ones is the lecture's *minimum ratio*.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from statistics import median
from typing import Any

import numpy as np

from app.experiments.bench import Bench, Knobs
from app.experiments.curvature import Point
from app.experiments.picture import Cell, Picture, Series
from app.experiments.spread import Spread, chance, seeds_line
from app.experiments.training import Training
from app.surfaces.data import Floats

SIGNS = ("positive", "zero", "negative")
OTHERS = (1e-12, 1e-10, 1e-6, 1e-4, 1e-3)  # where else zero might begin


@dataclass(frozen=True)
class Look:
    """One training at one moment; `values` are all eigenvalues, the smallest first."""

    updates: int
    epochs: float
    loss: float
    slope: float
    values: Floats

    def shares(self, zero: float) -> dict[str, float]:
        """Of each sign, when zero begins at this part of the largest in size."""
        floor = zero * np.abs(self.values).max()
        counts = {
            "positive": self.values > floor,
            "zero": np.abs(self.values) <= floor,
            "negative": self.values < -floor,
        }
        return {sign: float(np.mean(which)) for sign, which in counts.items()}


def minima(knobs: Knobs) -> Iterator[Picture]:
    """Pictures after every look; all seeds are looked at before they go on."""
    bench = Bench(knobs)
    trainings = [bench.started(knobs["batch"], seed) for seed in bench.seeds]
    moments = moments_of(knobs, trainings[0].per_epoch)
    found: list[list[Look]] = []
    steps = count(1)
    for updates in moments:
        seen: list[Look] = []
        for training in trainings:
            training.advance(updates)
            seen += look(bench, training)
            done = next(steps) / (len(moments) * len(trainings))
            yield picture(bench, [*found, seen] if seen else found, done)
        found += [seen] if seen else []


def moments_of(knobs: Knobs, per_epoch: int) -> list[int]:
    """The start, and updates evenly apart on a logarithmic scale up to the last."""
    last = knobs["epochs"] * per_epoch
    return [0, *np.unique(np.geomspace(1, last, knobs["looks"] - 1).round().astype(int)).tolist()]


def look(bench: Bench, training: Training) -> list[Look]:
    """One look, or none where the training has diverged."""
    with np.errstate(over="ignore", invalid="ignore"):
        point = Point(bench.network, bench.training, training.theta)
        hessian = point.hessian()
    if not np.isfinite(hessian).all():
        return []
    slope = float(np.linalg.norm(point.gradient))
    values = np.linalg.eigvalsh(hessian).astype(float)
    return [Look(training.done, training.done / training.per_epoch, point.loss, slope, values)]


def blind(bench: Bench) -> int:
    """Directions along which this network's loss never changes.

    Weights of pixels that are white in every image; and all ten logits moved together, once for
    every input of the last layer and for its bias.
    """
    white = int(np.sum(~bench.training.pixels.any(axis=0)))
    return white * bench.network.sizes[1] + bench.network.sizes[-2] + 1


def picture(bench: Bench, found: list[list[Look]], done: float) -> Picture:
    if not found:
        return Picture(done, [], [])
    zero = bench.knobs["zero"]
    losses = [median(one.loss for one in looks) for looks in found]

    def line(chart: str, name: str, what: Callable[[Look], float]) -> Series:
        return seeds_line(chart, name, losses, [[what(one) for one in looks] for looks in found])

    series = [line("share", sign, share_of(sign, zero)) for sign in SIGNS]
    series += [line("edges", "largest", lambda one: one.values[-1])]
    series += [line("edges", "smallest", lambda one: one.values[0])]
    return Picture(done, series, [row(looks, zero) for looks in found], facts(bench, found))


def share_of(sign: str, zero: float) -> Callable[[Look], float]:
    return lambda one: one.shares(zero)[sign]


def row(looks: list[Look], zero: float) -> list[Cell]:
    positive = Spread.of([share_of("positive", zero)(one) for one in looks])
    others = [median(share_of(sign, zero)(one) for one in looks) for sign in SIGNS[1:]]
    middles = [
        median(values) for values in zip(*((one.loss, one.slope) for one in looks), strict=True)
    ]
    edges = [median(float(one.values[end]) for one in looks) for end in (-1, 0)]
    return [
        looks[0].updates, looks[0].epochs, len(looks), *middles,
        positive.median, positive.low, positive.high, *others, *edges,
    ]  # fmt: skip


def facts(bench: Bench, found: list[list[Look]]) -> dict[str, Any]:
    """At the start and at the last look; and how the last one would be counted otherwise."""
    knobs, last = bench.knobs, found[-1]
    return {
        "parameters": bench.network.parameters,
        "blind": blind(bench),
        "zero": knobs["zero"],
        "seeds": len(bench.seeds),
        "start": counted(found[0], knobs["zero"]),
        "end": counted(last, knobs["zero"]),
        "highest": highest(found, knobs["zero"]),
        "minima": sum(not (one.shares(knobs["zero"])["negative"]) for one in last),
        "looked": len(last),
        "otherwise": [{"threshold": zero} | shares(last, zero) for zero in OTHERS],
        "stable": 2 / knobs["eta"] if knobs["rule"] == "gd" else None,
    }


def counted(looks: list[Look], zero: float) -> dict[str, float]:
    """Medians of the seeds. `signed`: positive ones among those that are not zero."""
    found = [one.shares(zero) for one in looks]
    signed = [share["positive"] / (share["positive"] + share["negative"]) for share in found]
    positive, negative = ([share[sign] for share in found] for sign in ("positive", "negative"))
    return shares(looks, zero) | {
        "positive_low": min(positive),
        "positive_high": max(positive),
        "negative_low": min(negative),
        "negative_high": max(negative),
        "signed": median(signed),
        "loss": median(one.loss for one in looks),
        "slope": median(one.slope for one in looks),
        "largest": median(float(one.values[-1]) for one in looks),
        "smallest": median(float(one.values[0]) for one in looks),
    }


def highest(found: list[list[Look]], zero: float) -> dict[str, float]:
    """The look with most positive ones: their share may fall again before the end.

    `chance`: how often as many seeds are apart though nothing differs.
    """

    def spread(looks: list[Look]) -> Spread:
        return Spread.of([share_of("positive", zero)(one) for one in looks])

    looks = max(found, key=lambda looks: spread(looks).median)
    positive = spread(looks)
    return {
        "updates": looks[0].updates,
        "epochs": looks[0].epochs,
        "positive": positive.median,
        "positive_low": positive.low,
        "positive_high": positive.high,
        "chance": chance(len(looks)),
    }


def shares(looks: list[Look], zero: float) -> dict[str, float]:
    found = [one.shares(zero) for one in looks]
    return {sign: median(share[sign] for share in found) for sign in SIGNS}

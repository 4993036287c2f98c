"""How noisy the gradient of a batch is (B11): how far it lies from the gradient of all examples.

Noise is the root of the mean of ‖g_B − g‖² over batches, signal is ‖g‖; both for a network at its
start and again after it has learned for some epochs. Theory stands beside what was measured:
B examples drawn without repetition from N have (N − B)/(B(N − 1)) of the mean over single ones.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count, islice
from statistics import median
from typing import Any

import numpy as np

from app.experiments.bench import Bench, Knobs
from app.experiments.digits import Examples
from app.experiments.network import Network, Pass, backs
from app.experiments.picture import Cell, Picture, Series
from app.experiments.spread import Spread, comparison, seeds_line
from app.experiments.work import DRAWN
from app.sampling import Counts, batches, updates_per_epoch
from app.surfaces.data import Singles

WHEN = ("start", "trained")


@dataclass(frozen=True)
class Noise:
    """Lengths at one point: of the full gradient, and of a single example's way off it."""

    signal: float
    single: float
    measured: Mapping[int, float]  # batch size: noise
    examples: int

    def ratio(self, batch: int) -> float:
        return self.measured[batch] / self.signal

    def expected(self, batch: int) -> float:
        """The same by theory."""
        share = (self.examples - batch) / (batch * (self.examples - 1))
        return math.sqrt(share) * self.relative

    @property
    def is_finite(self) -> bool:
        return math.isfinite(self.signal + self.single)

    @property
    def relative(self) -> float:
        """The noise of single examples beside the signal; of all of them, so nothing is drawn."""
        return self.single / self.signal

    @property
    def scale(self) -> float:
        """The *simple noise scale*: where both would be equally long with endless examples."""
        return self.relative**2

    @property
    def equal(self) -> float:
        """The batch size at which both are equally long here, drawn without repetition."""
        return self.examples * self.scale / (self.examples - 1 + self.scale)


Results = dict[tuple[str, int], Noise]  # by when and seed


def gradient(knobs: Knobs) -> Iterator[Picture]:
    """Pictures after every point at which gradients were taken."""
    bench = Bench(knobs)
    found: Results = {}
    for seed in bench.seeds:
        training = bench.started(knobs["small"], seed)
        for when, updates in zip(WHEN, (0, knobs["epochs"] * training.per_epoch), strict=True):
            training.advance(updates)
            slope = Slope(bench.network, bench.training, training.theta)
            with np.errstate(over="ignore", invalid="ignore"):
                found[when, seed] = noise(slope, knobs["batches"], seed)
            yield picture(knobs, found)


class Slope:
    """Gradients of batches at one point."""

    def __init__(self, network: Network, examples: Examples, theta: Singles) -> None:
        self.examples = examples
        self.at = network.matrices(theta)
        self.found = np.empty(network.parameters, np.float32)
        self.parts = network.matrices(self.found)
        self.passes: dict[int, Pass] = {}
        self.network = network

    def of(self, index: Counts) -> Singles:
        """The gradient of the mean loss of these examples; valid until the next call."""
        size, pixels = len(index), self.examples.pixels
        if size not in self.passes:
            empty = np.empty((size, pixels.shape[1]), np.float32)
            self.passes[size] = Pass(self.network, empty)
        one = self.passes[size]
        pixels.take(index, 0, one.pixels, "clip")
        one.gradient(self.at, backs(self.at), self.examples.labels, index, self.parts)
        return self.found


def noise(slope: Slope, sizes: tuple[int, ...], seed: int) -> Noise:
    examples = len(slope.examples)
    whole = slope.of(np.arange(examples)).astype(float)

    def away(drawn: Iterator[Counts]) -> float:
        squares = [np.sum((slope.of(index) - whole) ** 2) for index in drawn]
        return math.sqrt(float(np.mean(squares)))

    single = away(iter(np.arange(examples)[:, None]))
    measured = {batch: away(drawn(examples, batch, seed)) for batch in sizes}
    return Noise(float(np.linalg.norm(whole)), single, measured, examples)


def drawn(examples: int, batch: int, seed: int) -> Iterator[Counts]:
    """The first batches of this size, epoch after epoch, without the short last ones."""
    per_epoch, full = updates_per_epoch(examples, batch), examples // batch
    cuts = (
        index
        for epoch in count()
        for index in batches(examples, batch, "each-epoch", seed, epoch * per_epoch, full)
    )
    return islice(cuts, DRAWN)


def picture(knobs: Knobs, found: Results) -> Picture:
    sizes, whole = knobs["batches"], len(WHEN) * knobs["seeds"]
    there = [when for when in WHEN if of_seeds(found, when)]
    series = [s for when in there for s in (line(found, when, sizes), theory(found, when, sizes))]
    rows = [row(found, when, batch) for when in there for batch in sizes]
    return Picture(len(found) / whole, series, rows, facts(found, there, sizes))


def of_seeds(found: Results, when: str) -> list[Noise]:
    """Seed after seed, without those that have diverged."""
    return [one for (at, _), one in sorted(found.items()) if at == when and one.is_finite]


def ratios(found: Results, when: str, batch: int) -> list[float]:
    return [one.ratio(batch) for one in of_seeds(found, when)]


def line(found: Results, when: str, sizes: tuple[int, ...]) -> Series:
    dots = [ratios(found, when, batch) for batch in sizes]
    return seeds_line("noise", when, sizes, dots)


def theory(found: Results, when: str, sizes: tuple[int, ...]) -> Series:
    y = [median(one.expected(batch) for one in of_seeds(found, when)) for batch in sizes]
    return Series("noise", f"{when}-theory", sizes, y)


def row(found: Results, when: str, batch: int) -> list[Cell]:
    ones = of_seeds(found, when)
    ratio = Spread.of(ratios(found, when, batch))
    signal = median(one.signal for one in ones)
    length = median(one.measured[batch] for one in ones)
    expected = median(one.expected(batch) for one in ones)
    return [when, batch, len(ones), signal, length, ratio.median, ratio.low, ratio.high, expected]


def facts(found: Results, there: list[str], sizes: tuple[int, ...]) -> dict[str, Any]:
    """From the smallest batch to the largest, and from the start to after the epochs."""
    told: dict[str, Any] = {when: at(found, when, sizes) for when in there}
    if len(there) > 1:
        start, trained = ([one.relative for one in of_seeds(found, when)] for when in WHEN)
        told["later"] = comparison(start, trained, (1, 1))
    return told | {"diverged": sum(not one.is_finite for one in found.values())}


def at(found: Results, when: str, sizes: tuple[int, ...]) -> dict[str, Any]:
    """At one point: from the smallest batch to the largest, and where noise equals signal."""
    ends = sizes[0], sizes[-1]
    first, last = (ratios(found, when, batch) for batch in ends)
    return {
        "noise": comparison(first, last, ends),
        "theory": beside_theory(found, when, sizes),
        "scale": median(one.scale for one in of_seeds(found, when)),
        "equal": median(one.equal for one in of_seeds(found, when)),
    }


def beside_theory(found: Results, when: str, sizes: tuple[int, ...]) -> dict[str, float] | None:
    """Measured noise in parts of the theory's: the least and the most of all sizes."""
    ones = of_seeds(found, when)
    parts = [
        median(one.ratio(batch) / one.expected(batch) for one in ones)
        for batch in sizes
        if batch < ones[0].examples
    ]
    return {"least": min(parts), "most": max(parts)} if parts else None

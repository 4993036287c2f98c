"""What a few seeds did: their median, how far they lie apart, and whether two batch sizes differ.

Every number here comes from a handful of trainings, so no law of large numbers is asked for
help. Two groups are *apart* when every seed of one lies beyond every seed of the other; for
five seeds each, chance alone does that once in 126 times (2 of 252 ways to deal out ten values).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import comb
from statistics import median, quantiles
from typing import Any

from app.experiments.picture import Cell, Series

RARE = 0.05  # what chance alone does more often than this is no finding


@dataclass(frozen=True)
class Spread:
    """Median, lowest and highest of some values."""

    median: float
    low: float
    high: float

    @staticmethod
    def of(values: Sequence[float]) -> "Spread":
        return Spread(median(values), min(values), max(values))

    @staticmethod
    def middle(values: Sequence[float]) -> "Spread":
        """Median and quartiles, for times: their largest is whatever else the machine did."""
        low, middle, high = quantiles(values, n=4, method="inclusive")
        return Spread(middle, low, high)


def seeds_line(chart: str, name: str, x: Sequence[Cell], dots: Sequence[Sequence[float]]) -> Series:
    """A line through medians, between the lowest and the highest seed, every seed a dot."""
    spreads = [Spread.of(values) for values in dots]
    y, low, high = ([getattr(s, side) for s in spreads] for side in ("median", "low", "high"))
    return Series(chart, name, x, y, low, high, dots)


def comparison(
    first: Sequence[float], second: Sequence[float], batches: tuple[int, int]
) -> dict[str, Any]:
    """What changes from one batch size to another, as facts for a sentence.

    `found` is `falls` or `rises` where the two are apart, else `no difference`.
    """
    one, other = Spread.of(first), Spread.of(second)
    seeds = min(len(first), len(second))
    falls, rises = other.high < one.low, other.low > one.high
    return {
        "from": {"batch": batches[0], **vars(one)},
        "to": {"batch": batches[1], **vars(other)},
        "change": other.median - one.median,
        "seeds": seeds,
        "chance": chance(seeds),
        "apart": falls or rises,
        "found": "falls" if falls else "rises" if rises else "no difference",
    }


def chance(seeds: int) -> float:
    """How often two groups of so many seeds each are apart though nothing differs."""
    return 2 / comb(2 * seeds, seeds)

"""Trainings that end at the same training loss, each batch size with an η of its own.

The lecture tunes the large batch until training is about equally good (B8). Here every tuned
size climbs the same ladder of rates, η and its doublings, and takes the one with which most seeds
get to the loss and the slowest of them soonest. Every rung that was tried is told.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from app.experiments.bench import Bench
from app.experiments.knobs import BY_NAME
from app.experiments.network import Judgement
from app.experiments.work import DOUBLINGS
from app.surfaces.data import Singles

SIZES = ("small", "large")
LOOKS = 4  # looks at the training loss in an epoch


@dataclass(frozen=True)
class Solution:
    """Where a training was when its loss had come down, and its start."""

    seed: int
    start: Singles
    theta: Singles
    epochs: float
    training: Judgement


def solved(bench: Bench, batch: int, seed: int, eta: float) -> Solution | None:
    """Trained until its loss over all examples is at most the target; None if it never is."""
    training = bench.started(batch, seed, eta=eta)
    start, stride = training.theta.copy(), max(1, training.per_epoch // LOOKS)
    last = bench.knobs["epochs"] * training.per_epoch
    while training.done < last:
        training.advance(min(last, training.done + stride))
        judged = bench.judges[0].judgement(training.theta)
        if not judged.loss < float("inf"):
            return None
        if judged.loss <= bench.knobs["target"]:
            epochs = training.done / training.per_epoch
            return Solution(seed, start, training.theta.copy(), epochs, judged)
    return None


@dataclass
class Tuning:
    """What was tried. `found`: by size and η, one entry per seed so far."""

    bench: Bench
    found: dict[str, dict[float, list[Solution | None]]] = field(default_factory=dict)

    def rates(self, size: str) -> list[float]:
        """The ladder of a size: one rung if it is not tuned."""
        tuned = self.bench.knobs["tune"] in ("both", size)
        rungs = [self.bench.knobs["eta"] * 2**k for k in range(DOUBLINGS + 1 if tuned else 1)]
        return [eta for eta in rungs if eta <= (BY_NAME["eta"].high or eta)]

    @property
    def planned(self) -> int:
        """How many trainings there will be."""
        return sum(len(self.rates(size)) for size in SIZES) * len(self.bench.seeds)

    @property
    def done(self) -> int:
        return sum(len(seeds) for rungs in self.found.values() for seeds in rungs.values())

    def trained(self) -> Iterator[None]:
        """All trainings, rung by rung, small and large in turns."""
        most = max(len(self.rates(size)) for size in SIZES)
        for rung in range(most):
            for size in SIZES:
                for eta in self.rates(size)[rung : rung + 1]:
                    seeds = self.found.setdefault(size, {}).setdefault(eta, [])
                    for seed in self.bench.seeds:
                        seeds.append(solved(self.bench, self.bench.knobs[size], seed, eta))
                        yield

    def there(self, size: str, eta: float) -> list[Solution]:
        """The seeds that got to the loss."""
        return [one for one in self.found.get(size, {}).get(eta, []) if one]

    def chosen(self, size: str) -> float:
        def order(eta: float) -> tuple[int, float]:
            epochs = [one.epochs for one in self.there(size, eta)]
            return -len(epochs), max(epochs, default=0.0)

        return min(self.found[size], key=order)

    def pairs(self) -> list[tuple[Solution, Solution]]:
        """Both solutions of every seed that has both."""
        small, large = (self.found[size][self.chosen(size)] for size in SIZES)
        return [(a, b) for a, b in zip(small, large, strict=True) if a and b]

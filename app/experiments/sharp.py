"""Sharp or flat (B8): a small and a large batch, trained until the training loss is the same.

Then: how sharp the loss is at both ends, what lies on the straight line through them (Keskar et
al. 2017, figure 3), and how well each does on digits it has not seen.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from statistics import median
from typing import Any

import numpy as np

from app.experiments.bench import Bench, Knobs
from app.experiments.box import EPSILONS, Sharpness, sharpness
from app.experiments.curvature import Point
from app.experiments.network import Judgement
from app.experiments.paper import PAPER
from app.experiments.picture import Cell, Picture, Series
from app.experiments.solutions import SIZES, Solution, Tuning
from app.experiments.spectrum import largest
from app.experiments.spread import Spread, comparison, seeds_line

ALPHAS = np.linspace(-1, 2, 31)  # 0 is the small batch's solution, 1 the large one's
BOXES = ("wide", "narrow")  # of the paper's two ε
PARTS = ("training", "validation")
TRAINED = 0.9  # of the work are trainings


@dataclass(frozen=True)
class Looked:
    """A solution, looked at. `distance` from its start."""

    solution: Solution
    validation: Judgement
    curvature: float
    boxes: dict[str, Sharpness]
    distance: float


@dataclass(frozen=True)
class Along:
    """On the line through a pair, for each α: loss and accuracy on both sets."""

    loss: dict[str, list[float]]
    accuracy: dict[str, list[float]]

    @property
    def barrier(self) -> float:
        """How far the training loss rises between the two above the higher of them."""
        heights = zip(ALPHAS, self.loss["training"], strict=True)
        inside = [loss for alpha, loss in heights if 0 <= alpha <= 1]
        return max(inside) - max(inside[0], inside[-1])

    def beyond(self, size: str) -> float:
        """How far it rises from this one's end when the line goes on for half its length."""
        end, on = {"small": (0, -0.5), "large": (1, 1.5)}[size]
        loss = self.loss["training"]
        return loss[place(on)] - loss[place(end)]


def place(alpha: float) -> int:
    """Which of the points on the line it is."""
    return int(np.argmin(np.abs(ALPHAS - alpha)))


@dataclass
class Findings:
    tuning: Tuning
    looked: dict[str, list[Looked]] = field(default_factory=lambda: {size: [] for size in SIZES})
    lines: list[Along] = field(default_factory=list)

    @property
    def bench(self) -> Bench:
        return self.tuning.bench

    @property
    def batches(self) -> dict[str, int]:
        return {size: self.bench.knobs[size] for size in SIZES}

    def compared(self, what: Callable[[Looked], float]) -> dict[str, Any] | None:
        """From the small batch to the large one; None where nothing got so far."""
        return self.between(*([what(one) for one in self.looked[size]] for size in SIZES))

    def beyond(self) -> dict[str, Any] | None:
        """The same of what the line does beyond either."""
        return self.between(*([one.beyond(size) for one in self.lines] for size in SIZES))

    def between(self, small: list[float], large: list[float]) -> dict[str, Any] | None:
        batches = self.batches["small"], self.batches["large"]
        return comparison(small, large, batches) if self.lines else None


def sharp(knobs: Knobs) -> Iterator[Picture]:
    """Pictures after every training, then after every pair that was looked at."""
    found = Findings(Tuning(Bench(knobs)))
    for _ in found.tuning.trained():
        yield picture(found, TRAINED * found.tuning.done / found.tuning.planned)
    pairs = found.tuning.pairs()
    for count, pair in enumerate(pairs, 1):
        for size, solution in zip(SIZES, pair, strict=True):
            found.looked[size].append(look(found.bench, solution))
        found.lines.append(along(found.bench, *pair))
        yield picture(found, TRAINED + (1 - TRAINED) * count / len(pairs))
    if not pairs:
        yield picture(found, 1)


def look(bench: Bench, solution: Solution) -> Looked:
    point = Point(bench.network, bench.training, solution.theta)
    steepest = largest(lambda v: point.times(v[None])[0], bench.network.parameters)
    return Looked(
        solution,
        bench.judges[1].judgement(solution.theta),
        steepest.value,
        {
            name: sharpness(point, epsilon, steepest.vector)
            for name, epsilon in zip(BOXES, EPSILONS, strict=True)
        },
        float(np.linalg.norm(solution.theta - solution.start)),
    )


def along(bench: Bench, small: Solution, large: Solution) -> Along:
    points = [(a * large.theta + (1 - a) * small.theta).astype(np.float32) for a in ALPHAS]
    judged = dict(zip(PARTS, zip(*map(bench.judged, points), strict=True), strict=True))
    return Along(
        {part: [one.loss for one in ones] for part, ones in judged.items()},
        {part: [one.accuracy for one in ones] for part, ones in judged.items()},
    )


def picture(found: Findings, progress: float) -> Picture:
    series = tuning_lines(found.tuning)
    if found.lines:
        series += [line(found, chart, part) for chart in ("loss", "accuracy") for part in PARTS]
        series.append(ends(found, "curvature", "largest", lambda one: one.curvature))
        series += [ends(found, "sharpness", box, relative(box)) for box in BOXES]
    return Picture(progress, series, rows(found), facts(found))


def tuning_lines(tuning: Tuning) -> list[Series]:
    """Epochs to the loss against η, of the seeds that got there."""
    lines = []
    for size, rungs in tuning.found.items():
        there = {eta: [one.epochs for one in tuning.there(size, eta)] for eta in rungs}
        there = {eta: epochs for eta, epochs in there.items() if epochs}
        if there:
            lines.append(seeds_line("tuning", size, [*there], [*there.values()]))
    return lines


def line(found: Findings, chart: str, part: str) -> Series:
    dots = zip(*(getattr(one, chart)[part] for one in found.lines), strict=True)
    return seeds_line(chart, part, ALPHAS.tolist(), [*map(list, dots)])


def ends(found: Findings, chart: str, name: str, what: Callable[[Looked], float]) -> Series:
    dots = [[what(one) for one in found.looked[size]] for size in SIZES]
    return seeds_line(chart, name, [*found.batches.values()], dots)


def relative(box: str) -> Callable[[Looked], float]:
    return lambda one: one.boxes[box].relative


def rows(found: Findings) -> list[list[Cell]]:
    """Ours, then the paper's own."""
    ours = [row(found, size) for size in SIZES] if found.lines else []
    return ours + [list(cells) for cells in PAPER]


def row(found: Findings, size: str) -> list[Cell]:
    ones = found.looked[size]
    accuracy = Spread.of([one.validation.accuracy for one in ones])
    middle = [median(map(what, ones)) for what in MIDDLES]
    epochs, training, learned, validation, *sharp = middle
    return [
        HERE, size, found.batches[size], found.tuning.chosen(size), len(ones), epochs, training,
        learned, accuracy.median, accuracy.low, accuracy.high, validation, *sharp,
    ]  # fmt: skip


HERE = "here"
MIDDLES: tuple[Callable[[Looked], float], ...] = (
    lambda one: one.solution.epochs,
    lambda one: one.solution.training.loss,
    lambda one: one.solution.training.accuracy,
    lambda one: one.validation.loss,
    lambda one: one.curvature,
    relative("wide"),
    relative("narrow"),
)


def facts(found: Findings) -> dict[str, Any]:
    tuning, bench = found.tuning, found.bench
    is_tuned = tuning.done == tuning.planned
    return {
        "target": bench.knobs["target"],
        "seeds": len(bench.seeds),
        "image": 1 / len(bench.validation),
        "tried": {size: tried(tuning, size) for size in SIZES},
        "eta": {size: tuning.chosen(size) for size in SIZES} if is_tuned else None,
        "pairs": len(found.lines),
        "training": found.compared(lambda one: one.solution.training.loss),
        "validation": found.compared(lambda one: one.validation.accuracy),
        "validation_loss": found.compared(lambda one: one.validation.loss),
        "curvature": found.compared(lambda one: one.curvature),
        "distance": found.compared(lambda one: one.distance),
        "barrier": vars(Spread.of([one.barrier for one in found.lines])) if found.lines else None,
        "beyond": found.beyond(),
        **{box: boxed(found, box, e) for box, e in zip(BOXES, EPSILONS, strict=True)},
    }


def tried(tuning: Tuning, size: str) -> dict[str, Any]:
    rungs = tuning.found.get(size, {})
    there = [[one.epochs for one in tuning.there(size, eta)] for eta in rungs]
    return {
        "rates": [*rungs],
        "reached": [*map(len, there)],
        "epochs": [median(epochs) if epochs else None for epochs in there],
    }


def boxed(found: Findings, box: str, epsilon: float) -> dict[str, Any]:
    """The comparison in one box, and the part of it that is the slope's."""
    parts = {
        size: median(one.boxes[box].slope / one.boxes[box].relative for one in ones)
        for size, ones in found.looked.items()
        if ones
    }
    return {"epsilon": epsilon, "slope": parts, "sharpness": found.compared(relative(box))}

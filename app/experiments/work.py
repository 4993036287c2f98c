"""What the knobs of an experiment cost, in multiplications, told before any work starts.

A rough count: too much is refused by it, and small trainings come first.
"""

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from app.experiments.digits import CLASSES

CALL = 200_000  # multiplications that fit into the fixed cost of one update
SECOND = 3e10  # and into a second
TURN = 0.01  # seconds of one measurement; what takes less is done several times
LOOKED = 300  # gradients of all examples for a solution that is looked at, about
DRAWN = 64  # batches of each size whose gradients are taken for their noise
DOUBLINGS = 5  # of η, where a batch size is tuned
REMEDIES = 7  # for a large batch
HESSIAN, EIGEN = 6, 8  # products of a column, of an eigenvalue
WAYS = 3  # products per parameter and example: forward, back to the weights, back to the layer


def parameters(knobs: Mapping[str, Any]) -> int:
    """Of a network on the digits; one on MNIST has more inputs."""
    sizes = (64 if knobs["images"] == "digits" else 784, *knobs["hidden"], CLASSES)
    return sum((inputs + 1) * outputs for inputs, outputs in pairwise(sizes))


def of_updates(knobs: Mapping[str, Any], batch: int, updates: float) -> float:
    """Multiplications of so many updates with batches of this size."""
    return updates * (CALL + WAYS * parameters(knobs) * batch)


def of_epochs(knobs: Mapping[str, Any], batch: int, count: int) -> float:
    """Multiplications of a training's epochs."""
    return of_updates(knobs, batch, knobs["epochs"] * -(-count // batch))


def work_of_sharp(knobs: Mapping[str, Any], count: int) -> float:
    """Every rung to the end, for both sizes where both are tuned; then some passes for each."""
    rungs = {"both": (DOUBLINGS + 1,) * 2, "large": (1, DOUBLINGS + 1), "none": (1, 1)}
    sizes = zip((knobs["small"], knobs["large"]), rungs[knobs["tune"]], strict=True)
    trained = sum(many * of_epochs(knobs, batch, count) for batch, many in sizes)
    return float(knobs["seeds"] * (trained + 2 * LOOKED * of_updates(knobs, count, 1)))


def work_of_both(knobs: Mapping[str, Any], count: int) -> float:
    """Two recipes with the small batch, and REMEDIES with each of the others."""
    small = 2 * of_epochs(knobs, knobs["small"], count)
    others = sum(of_epochs(knobs, batch, count) for batch in knobs["batches"])
    return float(knobs["seeds"] * (small + REMEDIES * others))


def work_of_minima(knobs: Mapping[str, Any], count: int) -> float:
    """Trainings, and at every look a Hessian, column by column, and its eigenvalues."""
    many = parameters(knobs)
    hessian = many * (HESSIAN * many * count + EIGEN * many * many)
    trained = of_epochs(knobs, knobs["batch"], count)
    return float(knobs["seeds"] * (trained + knobs["looks"] * hessian))


def work_of_plane(knobs: Mapping[str, Any], count: int) -> float:
    """Two trainings, and the loss at every point of a grid."""
    trained = sum(of_epochs(knobs, knobs[size], count) for size in ("small", "large"))
    return float(trained + of_updates(knobs, count, knobs["resolution"] ** 2))


def work_of_time(knobs: Mapping[str, Any], count: int) -> float:
    each = sum(of_updates(knobs, batch, 1) for batch in knobs["batches"])
    turns = TURN * SECOND * len(knobs["batches"])
    return float(2 * knobs["repeats"] * (each + turns))


def work_of_accuracy(knobs: Mapping[str, Any], count: int) -> float:
    each = [
        of_updates(knobs, batch, max(knobs["updates"], knobs["epochs"] * -(-count // batch)))
        for batch in knobs["batches"]
    ]
    clock = SECOND * knobs["seconds"] * len(each)
    return float(knobs["seeds"] * (sum(each) + clock))


def work_of_gradient(knobs: Mapping[str, Any], count: int) -> float:
    """Twice, all single gradients and those of some batches; between them a training."""
    taken = sum(of_updates(knobs, batch, DRAWN) for batch in knobs["batches"])
    each = of_updates(knobs, count, 1) + of_updates(knobs, 1, count) + taken
    return float(knobs["seeds"] * (2 * each + of_epochs(knobs, knobs["small"], count)))

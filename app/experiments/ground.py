"""The real surface (`plane`): two trainings, a plane, and the training loss on it.

What the plane is stands in plane.py. The grid is filled coarsely first; the paths are judged
where they really were, and once more where their shadows fall.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median
from typing import Any

import numpy as np

from app.experiments.bench import Bench, Knobs
from app.experiments.network import Judgement
from app.experiments.picture import Cell, Picture, Series
from app.experiments.plane import Plane, drawn, through
from app.surfaces.data import Floats

SIZES = ("small", "large")
POINTS = 60  # of a path, about
STRIDES = (8, 4, 2, 1)  # through the grid
MARGIN = 0.35  # around start and ends, in parts of the longer side
BETWEEN = 41  # points of the straight line between both ends
REACH = 1.0  # along random directions, in lengths of a neuron's weights
POWERS = {"same": 0.0, "root": 0.5, "linear": 1.0}  # of both sizes' ratio, as a factor on η
PARTS = ("training", "validation")


@dataclass(frozen=True)
class Path:
    """Where one training has been: theta (points, parameters), and how good that was."""

    batch: int
    eta: float
    updates: list[int]
    per_epoch: int
    theta: Floats
    judged: list[tuple[Judgement, Judgement]]

    @property
    def is_lost(self) -> bool:
        return not np.isfinite(self.theta[-1]).all()

    @property
    def epochs(self) -> list[float]:
        return [updates / self.per_epoch for updates in self.updates]

    @property
    def losses(self) -> list[float]:
        return [training.loss for training, _ in self.judged]


@dataclass(frozen=True)
class Shadow:
    """A path on the plane: where it falls, the loss there, and how much of it is outside."""

    at: Floats
    losses: list[float]
    outside: list[float | None]


class Ground:
    """The training loss on a grid of the plane; NaN where it is not known yet."""

    def __init__(self, bench: Bench, plane: Plane, x: Floats, y: Floats) -> None:
        self.bench, self.plane, self.x, self.y = bench, plane, x, y
        self.loss = np.full((len(y), len(x)), np.nan)

    def fill(self, stride: int) -> Series:
        """Every so many lines in both directions, as a surface."""
        judge = self.bench.judges[0]
        rows, columns = (range(0, len(side), stride) for side in (self.y, self.x))
        for j in rows:
            for i in columns:
                if np.isnan(self.loss[j, i]):
                    self.loss[j, i] = judge.judgement(self.plane.at(self.x[i], self.y[j])).loss
        x, y, z = self.x[::stride], self.y[::stride], self.loss[::stride, ::stride]
        return Series("plane", "surface", x.tolist(), y.tolist(), z=z.tolist())


def plane(knobs: Knobs) -> Iterator[Picture]:
    """Pictures after every training and after every finer grid."""
    bench = Bench(knobs)
    paths: dict[str, Path] = {}
    for size in SIZES:
        paths[size] = travelled(bench, size)
        yield Picture(len(paths) / 8, losses(paths), rows(paths, {}))
    if lost := [size for size, path in paths.items() if path.is_lost]:
        yield Picture(1, losses(paths), rows(paths, {}), {"diverged": lost})
        return
    cut = plane_of(bench, paths)
    shadows = {size: shadow(bench, cut, path) for size, path in paths.items()}
    ground = Ground(bench, cut, *sides(knobs, shadows))
    straight = between(bench, paths)
    for stride in STRIDES:
        lines = [ground.fill(stride), *series(paths, shadows)]
        done = 0.25 + 0.75 / stride**2
        found = facts(bench, paths, shadows, ground) | {"between": straight}
        yield Picture(done, lines, rows(paths, shadows), found)


def travelled(bench: Bench, size: str) -> Path:
    """A training from the seed's start over its epochs, looked at on its way."""
    knobs, batch = bench.knobs, bench.knobs[size]
    ratio = batch / knobs["small"]
    eta = knobs["eta"] * ratio ** POWERS[knobs["scaling"]]
    training = bench.started(batch, knobs["seed"], eta=eta)
    last = knobs["epochs"] * training.per_epoch
    updates = np.unique(np.linspace(0, last, min(last, POINTS) + 1).round().astype(int)).tolist()
    theta, judged = [], []
    for done in updates:
        training.advance(done)
        theta.append(training.theta.astype(float))
        judged.append(bench.judged(training.theta))
    return Path(batch, eta, updates, training.per_epoch, np.array(theta), judged)


def plane_of(bench: Bench, paths: dict[str, Path]) -> Plane:
    small, large = (paths[size].theta for size in SIZES)
    if bench.knobs["directions"] == "random":
        return drawn(bench.network, small[-1], bench.knobs["seed"])
    return through(small[0], small[-1], large[-1])


def shadow(bench: Bench, cut: Plane, path: Path) -> Shadow:
    at = cut.shadow(path.theta)
    losses = [bench.judges[0].judgement(cut.at(*point)).loss for point in at]
    return Shadow(at, losses, cut.outside(path.theta))


def sides(knobs: Knobs, shadows: dict[str, Shadow]) -> tuple[Floats, Floats]:
    """What of the plane is shown: start and ends with a margin, or random directions' reach."""
    many = knobs["resolution"]
    if knobs["directions"] == "random":
        side = np.linspace(-REACH, REACH, many)
        return side, side
    marks = np.array([point for one in shadows.values() for point in (one.at[0], one.at[-1])])
    low, high = marks.min(axis=0), marks.max(axis=0)
    margin = MARGIN * (high - low).max()
    x, y = (np.linspace(low[k] - margin, high[k] + margin, many) for k in range(2))
    return x, y


def losses(paths: dict[str, Path]) -> list[Series]:
    return [Series("loss", size, path.epochs, path.losses) for size, path in paths.items()]


def series(paths: dict[str, Path], shadows: dict[str, Shadow]) -> list[Series]:
    """The paths on the plane, how far outside they are, and their losses there and here."""
    found = losses(paths)
    for size, path in paths.items():
        fallen, epochs = shadows[size], path.epochs
        x, y = fallen.at.T.tolist()
        found += [
            Series("plane", size, x, y),
            Series("outside", size, epochs, fallen.outside),
            Series("loss", f"{size}_shadow", epochs, fallen.losses),
        ]
    return found


def rows(paths: dict[str, Path], shadows: dict[str, Shadow]) -> list[list[Cell]]:
    """Point by point; what the plane says is unknown as long as there is none."""
    found: list[list[Cell]] = []
    for size, path in paths.items():
        fallen = shadows.get(size)
        for k, (updates, epochs) in enumerate(zip(path.updates, path.epochs, strict=True)):
            training, validation = path.judged[k]
            told: list[Cell] = [None] * 4
            if fallen:
                told = [*fallen.at[k].tolist(), fallen.losses[k], fallen.outside[k]]
            here = [training.loss, training.accuracy, validation.accuracy]
            found.append([size, updates, epochs, *here, *told])
    return found


def facts(
    bench: Bench, paths: dict[str, Path], shadows: dict[str, Shadow], ground: Ground
) -> dict[str, Any]:
    small, large = (paths[size].theta - paths["small"].theta[0] for size in SIZES)
    way = float(np.linalg.norm(large[-1]))
    away = np.linalg.norm(small - large[-1], axis=1)
    lowest = np.unravel_index(np.nanargmin(ground.loss), ground.loss.shape)
    return {
        "parameters": bench.network.parameters,
        "directions": bench.knobs["directions"],
        "diverged": [],
        **{size: ended(path) for size, path in paths.items()},
        "cosine": float(small[-1] @ large[-1]) / (way * float(np.linalg.norm(small[-1]))),
        "outside": {size: beside(one) for size, one in shadows.items()},
        "nearest": {
            "updates": paths["small"].updates[int(away.argmin())],
            "epochs": paths["small"].epochs[int(away.argmin())],
            "distance": float(away.min()) / way,
        },
        "lowest": {
            "x": float(ground.x[lowest[1]]),
            "y": float(ground.y[lowest[0]]),
            "loss": float(ground.loss[lowest]),
        },
    }


def between(bench: Bench, paths: dict[str, Path]) -> dict[str, Any]:
    """The training loss on the straight line from end to end: how far it rises above the higher
    of them, and how far it falls below the lower one."""
    first, last = (paths[size].theta[-1] for size in SIZES)
    ways = (
        (first + part * (last - first)).astype(np.float32) for part in np.linspace(0, 1, BETWEEN)
    )
    heights = [bench.judges[0].judgement(theta).loss for theta in ways]
    ends = heights[0], heights[-1]
    return {"points": BETWEEN, "barrier": max(heights) - max(ends), "dip": min(ends) - min(heights)}


def ended(path: Path) -> dict[str, Any]:
    """Where a path ends."""
    training, validation = path.judged[-1]
    return {
        "batch": path.batch,
        "eta": path.eta,
        "updates": path.updates[-1],
        "loss": training.loss,
        "training": training.accuracy,
        "validation": validation.accuracy,
        "distance": float(np.linalg.norm(path.theta[-1] - path.theta[0])),
    }


def beside(one: Shadow) -> dict[str, float]:
    """How much of a path lies outside the plane: the middle point's part, and the most."""
    known = [part for part in one.outside if part is not None]
    return {"median": median(known), "most": max(known)}

"""The running mean of a path: a second point per update, where a run asks for one.

Averaging from update k on (Izmailov et al. 2018): after update t it is the mean of the points
θᵏ … θᵗ. It changes nothing about the run itself; it is read off the path.
"""

from dataclasses import dataclass

import numpy as np

from app.descent import Path
from app.scene import Run, Scene
from app.surfaces.data import Floats

KNOB = "average"


@dataclass(frozen=True, slots=True)
class Average:
    """The mean of the points from update `first` to the path's end, and the loss there."""

    first: int
    at: tuple[float, float]
    loss: float


def begins(run: Run) -> int | None:
    """The update from which a run's points are averaged; None where they are not."""
    first = dict(run.own).get(KNOB)
    return None if first is None else int(first)


def running_means(track: Floats, first: int) -> Floats:
    """(2, points − first): the mean of the points from update `first` up to each later one."""
    points = track[:2, first:]
    return np.asarray(np.cumsum(points, axis=1) / np.arange(1, points.shape[1] + 1))


def average(scene: Scene, path: Path) -> Average | None:
    """None where the run asks for none, or did not come that far."""
    first = begins(path.run)
    if first is None or first >= path.track.shape[1]:
        return None
    x, y = running_means(path.track, first)[:, -1].tolist()
    return Average(first, (x, y), scene.ground.loss_at((x, y)))

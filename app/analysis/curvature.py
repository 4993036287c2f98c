"""λmax of the training loss along a path, beside the curvature at which its η is at its limit.

Where λmax lies above that line the rule is not stable on the ground it stands on: full-batch
training is often seen to hover about it, at the edge of stability (Cohen et al. 2021).
"""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

import numpy as np

from app.analysis.rates import rate
from app.analysis.sharpness import largest_curvatures
from app.analysis.stability import limit
from app.descent import CHUNK, GivenUp, Path, factors_of
from app.scene import Scene
from app.surfaces.data import Floats

COLUMNS = ["largest", "line"]


def line(scene: Scene, path: Path) -> Floats:
    """(points,): the curvature on which the η of the update from each point would be at its
    limit, such as 2/η; NaN for rules without a theory. The last point repeats the last η."""
    knobs = scene.knobs(path.run)
    edge = limit(path.run.rule, float(knobs.get("lambda", 0.0)), 1.0)
    if edge is None:
        return np.full(len(path.theta), np.nan)
    factor = factors_of((scene.schedule_of(path.run),), scene.updates)[:, 0]
    at = np.minimum(np.arange(len(path.theta)), scene.updates - 1)
    with np.errstate(divide="ignore"):  # a schedule may end at 0
        return np.asarray(edge / (float(knobs["eta"]) * factor[at]))


def curvatures(scene: Scene, path: Path, wanted: Callable[[], bool]) -> Floats:
    """(2, points): COLUMNS along a path. GivenUp when `wanted` says no."""
    found, (x, y) = np.empty((2, len(path.theta))), path.track[:2]
    stride = max(1, CHUNK // (10 * scene.ground.examples.shape[1]))
    for low in range(0, len(x), stride):
        if not wanted():
            raise GivenUp
        some = slice(low, low + stride)
        found[0, some] = largest_curvatures(scene.ground, x[some], y[some])
    found[1] = line(scene, path)
    return found


def told_rate(scene: Scene, path: Path) -> dict[str, Any] | None:
    found = rate(scene, path)
    return None if found is None else asdict(found)

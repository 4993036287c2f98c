"""How fast a run came to the minimum of a quadratic, measured, beside what theory predicts.

On a quadratic, where the Hessian is the same everywhere, the distance shrinks at last by the
spectral radius ρ in every update (stability.py). Measured is the slope of log distance over
the last half of the way, as far as rounding lets it be seen: a straight line through all its
points, so that a run that swings is measured too.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from app.analysis.stability import RULES, radius
from app.critical import MINIMUM, critical
from app.descent import Path
from app.scene import Scene
from app.surfaces.data import Floats
from app.surfaces.surface import Surface

GRID = 9  # points a side at which the Hessian is looked at
SAME = 1e-9  # of its size: what differs by less is rounding
FLOOR = 1e-12  # of the diagonal: nearer than this a distance is mostly rounding
LEAST = 8  # points of a stretch that has a slope
PRESENT = 1e-9  # of the first distance: a direction with less of it has none


@dataclass(frozen=True, slots=True)
class Rate:
    """By how much the distance changes in one update, from update `first` to `last`."""

    measured: float
    predicted: float
    first: int
    last: int


@lru_cache(maxsize=512)
def bowl(surface: Surface) -> tuple[Floats, Floats] | None:
    """The minimum (2,) and the Hessian (2, 2) of a surface that is a quadratic with a minimum."""
    x, y = np.meshgrid(*(np.linspace(*side, GRID) for side in surface.row.domain))
    a, b, c = surface.curves(x.ravel(), y.ravel())[3:]
    size = max(abs(part).max() for part in (a, b, c))
    if not all(np.ptp(part) <= SAME * size for part in (a, b, c)):
        return None
    found = critical(surface, np.array([surface.row.centre], dtype=float))
    if len(found) == 0 or found[0, 3] != MINIMUM or found[0, 8]:
        return None
    return found[0, 1:3], np.array([[a[0], b[0]], [b[0], c[0]]])


def rate(scene: Scene, path: Path) -> Rate | None:
    """None without a theory: another rule or surface, noise, a schedule, too short a way."""
    known, run = bowl(scene.ground), path.run
    alike = scene.ground.examples.shape[1] == 1 or scene.batch_of(run) == scene.examples
    if not (known and alike and run.rule in RULES and scene.schedule_of(run) == "constant"):
        return None
    at, hessian = known
    away = path.theta - at
    stretch = visible(np.hypot(*away.T), FLOOR * scene.row.diagonal)
    if stretch is None:
        return None
    first, last, slope = stretch
    curvatures, along = np.linalg.eigh(hessian)
    parts = np.abs(away[0] @ along)
    knobs = scene.knobs(run)
    eta, momentum = float(knobs["eta"]), float(knobs.get("lambda", 0.0))
    predicted = max(
        radius(run.rule, eta, momentum, curvature)
        for curvature, part in zip(curvatures.tolist(), parts.tolist(), strict=True)
        if part > PRESENT * parts.max()
    )
    return Rate(float(np.exp(slope)), predicted, first, last)


def visible(distance: Floats, floor: float) -> tuple[int, int, float] | None:
    """First and last update of the stretch that is measured, and the slope of log distance."""
    seen = np.flatnonzero(distance > floor)
    if len(seen) == 0:
        return None
    last = int(seen[-1])
    first = (last + 1) // 2
    updates = np.arange(first, last + 1)[distance[first : last + 1] > 0]
    if len(updates) < LEAST:
        return None
    return first, last, float(np.polyfit(updates, np.log(distance[updates]), 1)[0])

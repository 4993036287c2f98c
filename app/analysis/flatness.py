"""Every minimum beside a test that is not quite the training (B9): losses and sharpness.

The test is the training's surface moved, L(θ − shift), or the mean over fresh examples.
Where the minima are and how sharp they are does not depend on the test, so while a hand
drags the shift only losses are computed. What sharpness means stands in sharpness.py.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from app.analysis.cut import along
from app.analysis.sharpness import Sharpness, fresh, sharpness
from app.figures import finite
from app.finder import critical_points
from app.scene import Scene
from app.surfaces.data import Floats
from app.surfaces.surface import Surface

Point = tuple[float, float]
LISTED = 12  # minima that are spoken of, the lowest
COLUMNS = ["distance", "training", "test"]


@dataclass(frozen=True)
class Test:
    """What the test is: the training moved, or the examples of another data seed."""

    scene: Scene
    shift: Point = (0.0, 0.0)
    data: int | None = None

    def losses(self, x: Floats, y: Floats) -> Floats:
        """Test loss at n points."""
        ground = self.scene.ground if self.data is None else fresh(self.scene, self.data)
        dx, dy = self.shift
        return np.asarray(ground.slopes(x - dx, y - dy)[0])


@lru_cache(maxsize=128)
def sharp_minima(surface: Surface) -> tuple[Sharpness, ...]:
    """The lowest minima of the training loss in the domain, with their sharpness."""
    minima = [point for point in critical_points(surface) if point.kind == "minimum"]
    return tuple(sharpness(surface, point.at) for point in minima[:LISTED])


def told(test: Test) -> list[dict[str, Any]]:
    """Training and test loss at each of them, ready for JSON."""
    found = sharp_minima(test.scene.ground)
    x, y = np.array([minimum.point for minimum in found]).reshape(-1, 2).T
    losses = test.losses(x, y).tolist()
    return [told_minimum(one, loss) for one, loss in zip(found, losses, strict=True)]


def told_minimum(found: Sharpness, test: float) -> dict[str, Any]:
    relative = None if found.relative is None else finite(found.relative)
    return {
        "at": found.point,
        "training": finite(found.loss),
        "test": finite(test),
        "epsilon": found.epsilon,
        "relative": relative,
        "curvature": finite(found.curvature),
    }


def curves(test: Test, start: Point, end: Point, count: int) -> Floats:
    """(3, count): COLUMNS along a line."""
    distance, training, _ = along(test.scene.ground, start, end, count)
    x, y = np.linspace(start, end, count).T
    return np.stack([distance, training, test.losses(x, y)])

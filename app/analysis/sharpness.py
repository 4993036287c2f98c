"""How sharp a minimum is, and what a test loss beside the training loss makes of it (B9).

Sharpness is that of Keskar et al. (2017), with their A the identity: the largest training loss
in a box around θ whose sides reach ε(|θᵢ| + 1) to either side, above the loss at θ, in percent
of 1 + L(θ). It says nothing by itself about functions that differ in scale: parameters can be
changed so that every number here changes and the function does not (Dinh et al. 2017).
"""

from copy import copy
from dataclasses import dataclass, replace

import numpy as np

from app.scene import Scene
from app.surfaces.data import Floats
from app.surfaces.surface import Surface

Point = tuple[float, float]
Side = tuple[float, float]
EPSILON = 1e-3  # the paper's
GRID = 33  # points a side, looked at ZOOMS times, each time around the best of the last
ZOOMS = 5


@dataclass(frozen=True, slots=True)
class Sharpness:
    """`relative` is None where 1 + L is not positive; `curvature` is λmax of the Hessian."""

    point: Point
    loss: float
    epsilon: float
    box: tuple[Side, Side]
    highest_at: Point
    highest: float
    relative: float | None
    curvature: float


def sharpness(surface: Surface, point: Point, epsilon: float = EPSILON) -> Sharpness:
    box = box_around(point, epsilon)
    loss = surface.loss_at(point)
    at, highest = highest_in(surface, box)
    highest_at, highest = (at, highest) if highest > loss else (point, loss)
    return Sharpness(
        point=point,
        loss=loss,
        epsilon=epsilon,
        box=box,
        highest_at=highest_at,
        highest=highest,
        relative=100 * (highest - loss) / (1 + loss) if loss > -1 else None,
        curvature=largest_curvature(surface, point),
    )


def box_around(point: Point, epsilon: float) -> tuple[Side, Side]:
    """The paper's box: ±ε(|θᵢ| + 1) along each axis."""
    x, y = ((at - epsilon * (abs(at) + 1), at + epsilon * (abs(at) + 1)) for at in point)
    return x, y


def highest_in(surface: Surface, box: tuple[Side, Side]) -> tuple[Point, float]:
    """Where L is largest in a box: on a grid, then on finer ones around its best point."""
    sides = [np.linspace(*side, GRID) for side in box]
    for _ in range(ZOOMS):
        x, y, highest = best_of(surface, sides)
        sides = [closer(side, at) for side, at in zip(sides, (x, y), strict=True)]
    return (x, y), highest


def best_of(surface: Surface, sides: list[Floats]) -> tuple[float, float, float]:
    loss = surface.grid(*sides)
    j, i = np.unravel_index(np.argmax(np.where(np.isnan(loss), -np.inf, loss)), loss.shape)
    return float(sides[0][i]), float(sides[1][j]), float(loss[j, i])


def closer(side: Floats, at: float) -> Floats:
    """The same number of points between the neighbours of `at`, never outside the side."""
    apart = side[1] - side[0]
    return np.linspace(max(side[0], at - apart), min(side[-1], at + apart), GRID)


def largest_curvature(surface: Surface, point: Point) -> float:
    """λmax of the training loss; η above 2/λmax is not stable there."""
    return float(largest_curvatures(surface, *np.array(point).reshape(2, 1))[0])


def largest_curvatures(surface: Surface, x: Floats, y: Floats) -> Floats:
    """(n,): the same at n points; far outside a surface may have no numbers."""
    with np.errstate(all="ignore"):
        a, b, c = surface.curves(x, y)[3:]
        return np.asarray((a + c) / 2 + np.hypot((a - c) / 2, b))


def moved_loss(surface: Surface, point: Point, shift: Point) -> float:
    """Test loss when the test's surface is the training's, moved: L(θ − shift)."""
    return surface.loss_at((point[0] - shift[0], point[1] - shift[1]))


def fresh_loss(scene: Scene, point: Point, data: int) -> float:
    """Test loss over the examples of another data seed."""
    return fresh(scene, data).loss_at(point)


def fresh(scene: Scene, data: int) -> Surface:
    """The mean over the examples of another data seed; the model is the training's.

    So a constant that was set for the training examples keeps its value.
    """
    test = copy(replace(scene, data=data).ground)
    test.constants = scene.ground.constants
    return test

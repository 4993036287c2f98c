"""The N examples of a scene as rows people can read: what a batch is drawn from."""

from dataclasses import dataclass

import numpy as np

from app.scene import Scene
from app.surfaces.data import COLUMNS, SHIFT, TILT, Floats, antithetic

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Example:
    """Example `index` of a scene. Its loss is f(θ − shift) + tilt·θ, of its columns.

    `z` is what shift or tilt is `spread` times of; None on a data surface.
    """

    index: int
    columns: dict[str, float]
    z: Point | None
    shift: Point
    tilt: Point


def examples(scene: Scene) -> list[Example]:
    """All N of them, in natural order, equal ones too."""
    known = scene.ground.examples
    if known.shape[1] == 1:
        known = np.repeat(known, scene.examples, axis=1)
    z = None if scene.row.draw else antithetic(scene.examples, scene.data)
    return [example(scene, i, known[:, i], z) for i in range(scene.examples)]


def example(scene: Scene, i: int, column: Floats, z: Floats | None) -> Example:
    values = column[COLUMNS].tolist()
    return Example(
        index=i,
        columns=dict(zip(scene.row.columns, values, strict=False)),
        z=None if z is None else pair(z[:, i]),
        shift=pair(column[SHIFT]),
        tilt=pair(column[TILT]),
    )


def pair(values: Floats) -> Point:
    return float(values[0]), float(values[1])

"""The N examples of a scene: as rows people can read, and each one's own gradient."""

from dataclasses import dataclass

import numpy as np

from app.scene import Scene
from app.surfaces.data import COLUMNS, SHIFT, TILT, Floats, antithetic
from app.surfaces.surface import blocks, mean_slope

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
    known = alike(scene.ground.examples.T, scene.examples)
    z = None if scene.row.draw else antithetic(scene.examples, scene.data)
    return [example(scene, i, known[i], z) for i in range(scene.examples)]


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


def example_slopes(scene: Scene, probes: Floats) -> Floats:
    """(N, 2, n): ∇ℓᵢ of every example at n points, probes (2, n)."""
    ground, count = scene.ground, probes.shape[1]
    known, out = ground.examples.shape[1], np.empty((3, count))
    x, y = (np.ascontiguousarray(row) for row in probes)
    found = np.empty((known, 2, count))
    with np.errstate(all="ignore"):
        for i in range(known):
            example = np.ascontiguousarray(ground.examples[:, i : i + 1])
            mean_slope(ground.slope, x, y, ground.constants, example, *blocks(), out)
            found[i] = out[1:]
    return alike(found, scene.examples)


def alike(rows: Floats, count: int) -> Floats:
    """Without spread all examples are one: its row then stands for each of them."""
    return np.repeat(rows, count, axis=0) if len(rows) == 1 else rows


def example_numbers(scene: Scene) -> tuple[str, Floats]:
    """What sets the examples apart, (N, 2): their columns, their shift or their tilt."""
    kind = "data" if scene.row.draw else scene.noise
    rows = {"data": COLUMNS, "shift": SHIFT, "tilt": TILT}[kind]
    return kind, alike(scene.ground.examples[rows].T, scene.examples)

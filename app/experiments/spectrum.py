"""The largest eigenvalue of a Hessian that is too large to write down: Lanczos.

A Krylov space is built from exact products, each vector made orthogonal to all before it (twice,
so that rounding brings no ghosts), until the residual of its largest Ritz pair is small.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from app.surfaces.data import Floats

STEPS = 200  # at most
CLOSE = 1e-6  # residual, of the eigenvalue


@dataclass(frozen=True)
class Largest:
    """`residual` is ‖Hv − λv‖ for the unit vector v, which bounds the distance to an eigenvalue."""

    value: float
    vector: Floats
    residual: float
    steps: int


def largest(times: Callable[[Floats], Floats], parameters: int, seed: int = 0) -> Largest:
    """The algebraically largest eigenvalue of the symmetric matrix whose product is `times`.

    The first direction is drawn from the seed.
    """
    space = np.empty((min(STEPS, parameters), parameters))
    inside = np.zeros((len(space), len(space)))  # the matrix within the space: tridiagonal
    rest = np.random.default_rng(seed).standard_normal(parameters)
    for k in range(len(space)):
        length = float(np.linalg.norm(rest))
        if k:
            inside[k, k - 1] = inside[k - 1, k] = length
        space[k] = rest / length
        rest = times(space[k])
        inside[k, k] = space[k] @ rest
        for _ in range(2):
            rest = rest - (space[: k + 1] @ rest) @ space[: k + 1]
        values, vectors = np.linalg.eigh(inside[: k + 1, : k + 1])
        residual = float(np.linalg.norm(rest) * abs(vectors[-1, -1]))
        if residual <= CLOSE * abs(values[-1]):
            break
    return Largest(float(values[-1]), vectors[:, -1] @ space[: k + 1], residual, k + 1)

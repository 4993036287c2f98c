"""The Hessian of two parameters: [[a, b], [b, c]], its eigenvalues and what rules make of it.

Compiled, without tables and without allocation. Newton's direction is H⁻¹g, the saddle-free
one |H|⁻¹g: both divide the gradient by the curvature of each eigenvector, the first by λ, so
that it is pulled into saddles and maxima too, the second by |λ|, so that it always goes down.
"""

import math

from app.kernels import compiled

FLAT = 1e-12  # of the larger |eigenvalue|: along a direction this flat H says nothing


@compiled
def eigenvalues(a: float, b: float, c: float) -> tuple[float, float, float, float]:
    """Eigenvalues low ≤ high of [[a, b], [b, c]] and the unit eigenvector of the lower.

    Its larger component is taken first, so that b = 0 gives an axis exactly.
    """
    middle, half = (a + c) / 2, (a - c) / 2
    radius = math.hypot(half, b)
    if radius == 0.0:
        return middle, middle, 0.0, 1.0
    large = math.sqrt(0.5 + 0.5 * abs(half) / radius)
    small = 0.5 * b / radius / large
    if half >= 0.0:
        return middle - radius, middle + radius, 0.0 - small, large
    if b >= 0.0:
        return middle - radius, middle + radius, -large, 0.0 + small
    return middle - radius, middle + radius, large, -small


@compiled
def divided(along: float, curvature: float, flat: float) -> float:
    """A gradient's component over its curvature; nothing where the surface is flat.

    This is the Moore-Penrose inverse: along a curve of minima 0/0 is no movement.
    """
    return 0.0 if abs(curvature) <= flat else along / curvature


@compiled
def newton_direction(a: float, b: float, c: float, g1: float, g2: float) -> tuple[float, float]:
    """H⁻¹g."""
    low, high, u, v = eigenvalues(a, b, c)
    flat = FLAT * max(abs(low), abs(high))
    first, second = divided(g1 * u + g2 * v, low, flat), divided(g2 * u - g1 * v, high, flat)
    return first * u - second * v, first * v + second * u


@compiled
def saddle_free_direction(a: float, b: float, c: float, g1: float, g2: float) -> tuple[float, float]:  # fmt: skip
    """|H|⁻¹g: the eigenvalues' signs are left out (Dauphin et al. 2014)."""
    low, high, u, v = eigenvalues(a, b, c)
    flat = FLAT * max(abs(low), abs(high))
    first = divided(g1 * u + g2 * v, abs(low), flat)
    second = divided(g2 * u - g1 * v, abs(high), flat)
    return first * u - second * v, first * v + second * u

"""Where a noisy run stops holding: the mean square of its distance to a minimum.

Near a minimum an update with batch b is linear in z = (θ, m): z′ = A_b z, A_b made of η, λ and
the batch's Hessian H_b. The mean of z zᵀ then changes by E[A_b ⊗ A_b], batches taken as drawn
independently of each other, and shrinks while that map's spectral radius is below 1 (Wu, Ma and
E 2018; Ma and Ying 2021, here with momentum). docs/model.md derives it. Short last batches and
the order within an epoch are left out; what a whole run does is for walk() to say.
"""

import math
from collections.abc import Callable
from functools import lru_cache

import numpy as np

from app.analysis.stability import Point, eigenvalues_at, limit
from app.scene import Run, Scene
from app.surfaces.data import Floats
from app.surfaces.surface import Surface, mean_curve

LOOKS = 16  # rates between 0 and the limit without noise at which the radius is looked at
HALVINGS = 24
NEUTRAL = 1e-8  # of L: along a direction this flat nothing shrinks, noise or not
ONE = np.eye(2)


@lru_cache(maxsize=512)
def bends(surface: Surface, point: Point) -> Floats:
    """(N, 2, 2): the Hessian of every example at a point; one where all examples are equal."""
    x, y = np.array(point).reshape(2, 1)
    work, out = np.empty((10, 1)), np.empty((6, 1))
    found = []
    for i in range(surface.examples.shape[1]):
        example = np.ascontiguousarray(surface.examples[:, i : i + 1])
        mean_curve(surface.curve, x, y, surface.constants, example, work, out)
        a, b, c = out[3:, 0].tolist()
        found.append([[a, b], [b, c]])
    return np.array(found)


def share(scene: Scene, batch: int) -> float:
    """The covariance of a batch's mean, as a share of that of single examples.

    (N − B)/(B(N − 1)) without replacement, 1/B with it.
    """
    if scene.shuffle == "replacement" and batch < scene.examples:
        return 1 / batch
    return (scene.examples - batch) / (batch * max(1, scene.examples - 1))


def pieces(rule: str, momentum: float) -> tuple[Floats, Floats, Floats]:
    """A_b = still − η · out · H_b · into, for z = (θ, m), or θ alone under gradient descent."""
    if rule == "gd":
        return ONE, ONE, ONE
    still = np.block([[ONE, momentum * ONE], [0 * ONE, momentum * ONE]])
    ahead = momentum if rule == "nesterov" else 0.0
    return still, np.vstack([ONE, ONE]), np.hstack([ONE, ahead * ONE])


def moments(rule: str, momentum: float, eta: float, hessians: Floats, part: float) -> Floats:
    """E[A_b ⊗ A_b], (n², n²); `part` of the examples' covariance is a batch's."""
    still, out, into = pieces(rule, momentum)
    mean = hessians.mean(axis=0)
    apart = hessians - mean
    spread = np.einsum("kij,klm->iljm", apart, apart).reshape(4, 4) / len(hessians)
    update = still - eta * out @ mean @ into
    noise = np.kron(out, out) @ spread @ np.kron(into, into)
    return np.asarray(np.kron(update, update) + part * eta * eta * noise)


def growth(rule: str, momentum: float, eta: float, hessians: Floats, part: float) -> float:
    """By how much the mean square grows in one update, at last."""
    matrix = moments(rule, momentum, eta, hessians, part)
    if not np.isfinite(matrix).all():
        return math.inf
    return float(np.abs(np.linalg.eigvals(matrix)).max())


def limit_of_noise(scene: Scene, run: Run, point: Point) -> float | None:
    """η above which the mean square of a run's distance to a minimum grows; 0.0 if at any η.

    None where there is no theory, or a direction without curvature.
    """
    momentum = float(scene.knobs(run).get("lambda", 0.0))
    part = share(scene, scene.batch_of(run))
    return noisy_limit(scene.ground, point, run.rule, momentum, part)


@lru_cache(maxsize=512)
def noisy_limit(
    surface: Surface, point: Point, rule: str, momentum: float, part: float
) -> float | None:
    low, high = eigenvalues_at(surface, point)
    edge = limit(rule, momentum, high)
    if edge is None or low <= NEUTRAL * high:
        return None
    hessians = bends(surface, point)
    if not np.isfinite(hessians).all():
        return None
    if part == 0 or is_one(hessians):
        return edge
    rates = edge * np.arange(1, LOOKS) / LOOKS

    def holds(eta: float) -> bool:
        return growth(rule, momentum, eta, hessians, part) < 1

    first = next((rate for rate in rates.tolist() if not holds(rate)), edge)
    return crossing(holds, first - edge / LOOKS, first)


def is_one(hessians: Floats) -> bool:
    """Whether all examples bend alike, so that batches differ in their slope only."""
    size = np.abs(hessians).max()
    return bool(np.abs(hessians - hessians[0]).max() <= 1e-9 * size)


def crossing(holds: Callable[[float], bool], low: float, high: float) -> float:
    """Where it stops holding between two rates; 0.0 if it never held."""
    bottom = low
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if holds(middle) else (low, middle)
    return 0.0 if low == bottom == 0 else low

"""Lanczos against the full spectrum."""

import numpy as np
import pytest

from app.experiments.curvature import Point
from app.experiments.digits import split
from app.experiments.network import Network
from app.experiments.spectrum import largest
from tests.test_network import started


def made(values, seed=1):
    """A symmetric matrix with these eigenvalues, and its products."""
    draws = np.random.default_rng(seed).normal(size=(len(values), len(values)))
    turn, _ = np.linalg.qr(draws)
    return turn @ np.diag(values) @ turn.T


@pytest.mark.parametrize(
    "values",
    [
        [3.0, 2.9, 1, 0, -1, -50],
        [-1.0, -2, -3],
        [5.0],
        [1.0] * 7,
        [1.0, *[0.0] * 90],
        np.linspace(-1, 1, 120),
    ],
    ids=["a larger negative one", "all negative", "one", "all equal", "rank one", "crowded"],
)
def test_the_largest_eigenvalue_is_found_with_its_vector(values):
    matrix = made(values)
    found = largest(lambda v: matrix @ v, len(values))
    assert found.value == pytest.approx(max(values), rel=1e-6, abs=1e-9)
    assert np.linalg.norm(found.vector) == pytest.approx(1)
    away = np.linalg.norm(matrix @ found.vector - found.value * found.vector)
    assert away == pytest.approx(found.residual, abs=1e-9)
    assert found.residual <= 2e-6 * max(abs(found.value), 1e-6)


@pytest.mark.parametrize("activation", ["tanh", "relu"])
def test_on_a_network_it_is_that_of_the_full_hessian(activation):
    network = Network((64, 6, 10), activation)
    point = Point(network, split(0).training, started(network).astype(float))
    found = largest(lambda v: point.times(v[None])[0], network.parameters)
    assert found.value == pytest.approx(np.linalg.eigvalsh(point.hessian())[-1], rel=1e-8)
    assert found.steps < 40


def test_nothing_at_all_has_no_curvature():
    assert largest(np.zeros_like, 5).value == 0


def test_the_same_seed_finds_the_same_digits():
    matrix = made(np.linspace(-1, 1, 50))
    first, second = (largest(lambda v: matrix @ v, 50, seed=3) for _ in range(2))
    assert (first.value, first.residual) == (second.value, second.residual)
    np.testing.assert_array_equal(first.vector, second.vector)

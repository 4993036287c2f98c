"""Two-by-two linear algebra: eigenvalues, and the directions that rules make of a gradient."""

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.hessian import FLAT, eigenvalues, newton_direction, saddle_free_direction

sizes = st.floats(-1e6, 1e6)


def matrix(a, b, c):
    return np.array([[a, b], [b, c]])


@given(sizes, sizes, sizes)
def test_eigenvalues_and_their_vector_are_numpy_s(a, b, c):
    low, high, u, v = eigenvalues(a, b, c)
    size = np.abs(matrix(a, b, c)).max() + 1e-300
    assert [low, high] == pytest.approx(np.linalg.eigvalsh(matrix(a, b, c)), abs=1e-12 * size)
    assert math.hypot(u, v) == pytest.approx(1)
    assert matrix(a, b, c) @ [u, v] == pytest.approx(low * np.array([u, v]), abs=1e-11 * size)


@pytest.mark.parametrize(
    ("entries", "low", "high"),
    [
        ((2, 0, 1), 1, 2),
        ((1, 0, 2), 1, 2),
        ((0, 1, 0), -1, 1),
        ((0, -3, 0), -3, 3),
        ((5, 0, 5), 5, 5),
        ((0, 0, 0), 0, 0),
    ],
)
def test_eigenvalues_of_small_matrices(entries, low, high):
    found = eigenvalues(*map(float, entries))
    assert found[:2] == (low, high)


@pytest.mark.parametrize(("a", "c", "vector"), [(2.0, 1.0, (0, 1)), (1.0, 2.0, (1, 0))])
@pytest.mark.parametrize("zero", [0.0, -0.0])
def test_without_mixing_the_eigenvector_is_an_axis_exactly(a, c, vector, zero):
    """So that a symmetric start stays on its ridge."""
    u, v = eigenvalues(a, zero, c)[2:]
    assert (abs(u), abs(v)) == vector
    assert all(math.copysign(1, part) == 1 for part in (u, v) if part == 0)


@given(sizes, sizes, sizes)
def test_the_eigenvector_turns_without_a_jump_in_its_angle(a, b, c):
    """v ≥ 0 where the first axis is the steeper one: the old form by half an angle."""
    assume(math.hypot(a - c, b) > 1e-3)
    angle = 0.5 * math.atan2(b, (a - c) / 2) + math.pi / 2
    found = eigenvalues(a, b, c)[2:]
    assert found == pytest.approx((math.cos(angle), math.sin(angle)), abs=1e-9)


@given(sizes, sizes, sizes, sizes, sizes)
def test_newton_s_direction_solves_for_the_gradient(a, b, c, g1, g2):
    h = matrix(a, b, c)
    values = np.abs(np.linalg.eigvalsh(h))
    assume(values.min() > 1e-6 * values.max() > 0)
    expected = np.linalg.solve(h, [g1, g2])
    size = np.abs(expected).max() + 1e-300
    assert newton_direction(a, b, c, g1, g2) == pytest.approx(expected, abs=1e-8 * size)


@given(sizes, sizes, sizes, sizes, sizes)
def test_the_saddle_free_direction_divides_by_the_size_of_each_eigenvalue(a, b, c, g1, g2):
    values, vectors = np.linalg.eigh(matrix(a, b, c))
    assume(np.abs(values).min() > 1e-6 * np.abs(values).max() > 0)
    expected = vectors @ ((vectors.T @ [g1, g2]) / np.abs(values))
    size = np.abs(expected).max() + 1e-300
    found = saddle_free_direction(a, b, c, g1, g2)
    assert found == pytest.approx(expected, abs=1e-8 * size)
    assert np.dot(found, [g1, g2]) >= -1e-8 * size * math.hypot(g1, g2)  # never uphill


@given(st.floats(1e-3, 1e3), sizes, sizes, sizes)
def test_where_nothing_curves_up_or_down_both_are_the_pseudo_inverse(size, angle, g1, g2):
    """A rank-one Hessian, as on the toy network's curve of minima."""
    u = np.array([math.cos(angle), math.sin(angle)])
    h = size * np.outer(u, u)
    expected = np.linalg.pinv(h, rcond=FLAT) @ [g1, g2]
    for direction in (newton_direction, saddle_free_direction):
        found = direction(h[0, 0], h[0, 1], h[1, 1], g1, g2)
        assert found == pytest.approx(expected, abs=1e-9 * (1 + math.hypot(g1, g2) / size))


def test_along_a_direction_without_curvature_there_is_no_movement():
    for direction in (newton_direction, saddle_free_direction):
        assert direction(0.0, 0.0, 0.0, 3.0, -4.0) == (0, 0)
        assert direction(2.0, 0.0, 0.0, 3.0, -4.0) == (1.5, 0)
        assert direction(2.0, 0.0, 1e-12, 3.0, -4.0) == (1.5, 0)
        assert direction(2.0, 0.0, 1e-11, 3.0, -4.0)[1] < -1e11


def test_at_a_saddle_newton_goes_towards_it_and_the_other_away():
    """H = diag(2, −1), θ = (1, 1) beside a saddle at 0: g = (2, −1)."""
    assert newton_direction(2.0, 0.0, -1.0, 2.0, -1.0) == (1, 1)
    assert saddle_free_direction(2.0, 0.0, -1.0, 2.0, -1.0) == (1, -1)


@pytest.mark.parametrize("bad", [math.nan, math.inf])
def test_a_hessian_that_is_not_finite_gives_no_finite_direction(bad):
    for direction in (newton_direction, saddle_free_direction):
        assert not all(map(math.isfinite, direction(bad, 0.5, 1.0, 1.0, 1.0)))

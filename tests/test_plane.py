"""A plane through three solutions or along random directions, and shadows on it."""

import numpy as np
import pytest

from app.experiments.network import Network
from app.experiments.plane import Plane, drawn, through

NETWORK = Network((6, 4, 10))


def points(count, seed=0):
    return np.random.default_rng(seed).normal(size=(count, NETWORK.parameters))


def test_the_plane_goes_through_all_three_points():
    start, first, second = points(3)
    plane = through(start, first, second)
    at = plane.shadow(np.array([start, first, second]))
    assert at[0] == pytest.approx([0, 0], abs=1e-12)
    assert at[1] == pytest.approx([np.linalg.norm(first - start), 0], abs=1e-12)
    assert at[2][1] > 0
    for point, place in zip((start, first, second), at, strict=True):
        np.testing.assert_allclose(plane.at(*place), point, atol=1e-6)
    np.testing.assert_allclose(plane.across @ plane.across.T, np.eye(2), atol=1e-14)


@pytest.mark.parametrize("straight", [True, False])
def test_a_shadow_is_the_nearest_point_of_the_plane(straight):
    origin, first, second, theta = points(4)
    across = np.array([first, second if not straight else second - first * 0.1])
    plane = Plane(origin, across)
    (at,) = plane.shadow(theta[None])
    left = theta - (origin + at @ across)
    np.testing.assert_allclose(across @ left, 0, atol=1e-10)
    (part,) = plane.outside(theta[None])
    assert part == pytest.approx(np.linalg.norm(left) / np.linalg.norm(theta - origin))


def test_the_origin_has_no_distance_that_could_lie_outside():
    origin, first, second = points(3)
    plane = through(origin, first, second)
    inside = origin + 2 * plane.across[0] - plane.across[1]
    assert plane.outside(np.array([origin, inside])) == [None, pytest.approx(0, abs=1e-12)]


def test_random_directions_are_as_long_as_each_neurons_weights():
    middle = NETWORK.start(3).astype(float)
    plane = drawn(NETWORK, middle, 5)
    for way in plane.across:
        for found, weights in zip(NETWORK.matrices(way), NETWORK.matrices(middle), strict=True):
            lengths = np.linalg.norm(weights[:-1], axis=0)
            np.testing.assert_allclose(np.linalg.norm(found[:-1], axis=0), lengths)
            assert not found[-1].any()
    np.testing.assert_array_equal(plane.at(0, 0), middle.astype(np.float32))
    assert abs(plane.across[0] @ plane.across[1]) < 0.5 * plane.across[0] @ plane.across[0]


def test_random_directions_follow_from_the_seed():
    middle = NETWORK.start(3).astype(float)
    first, again, other = (drawn(NETWORK, middle, seed).across for seed in (5, 5, 6))
    np.testing.assert_array_equal(first, again)
    assert (first != other).any()

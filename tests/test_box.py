"""Sharpness in the paper's box: against every corner where they can all be tried."""

from itertools import product

import numpy as np
import pytest

from app.experiments.box import EPSILONS, climbed, sharpness
from app.experiments.curvature import Point
from app.experiments.digits import Examples
from app.experiments.network import Network
from app.experiments.spectrum import largest
from tests.test_network import SOME, every_network, started

TINY = Network((1, 1, 2))
PIXELS = np.array([[0.2, 1], [0.9, 1], [0.5, 1]], np.float32)
THREE = Examples(PIXELS, np.array([0, 1, 1]))


def steepest(point):
    return largest(lambda v: point.times(v[None])[0], point.network.parameters).vector


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("epsilon", [0.1, 1e-3])
def test_no_corner_is_higher_where_all_can_be_tried(seed, epsilon):
    """Six parameters have 64 corners. The first box is a hundred times the paper's."""
    theta = np.random.default_rng(seed).normal(size=TINY.parameters)
    point = Point(TINY, THREE, theta)
    sides = epsilon * (abs(theta) + 1)
    corners = (np.array(signs) * sides for signs in product((-1, 1), repeat=len(theta)))
    highest = max(Point(TINY, THREE, theta + corner).loss for corner in corners)
    found = sharpness(point, epsilon, steepest(point)).relative
    exact = 100 * (highest - point.loss) / (1 + point.loss)
    assert found == pytest.approx(exact, rel=1e-9)


@every_network
def test_the_box_holds_more_than_its_slope_and_no_less_than_random_corners(network):
    point = Point(network, SOME, started(network).astype(float))
    draw = np.random.default_rng(0)
    for epsilon in EPSILONS:
        sides = epsilon * (abs(point.theta) + 1)
        found = sharpness(point, epsilon, steepest(point))
        for _ in range(20):
            corner = sides * draw.choice((-1, 1), len(sides))
            there = Point(network, SOME, point.theta + corner).loss
            assert 100 * (there - point.loss) / (1 + point.loss) < found.relative
        assert found.relative == pytest.approx(found.slope, rel=0.2)


def test_a_climb_remembers_its_highest_corner():
    point = Point(TINY, THREE, np.zeros(TINY.parameters))
    sides = np.full(TINY.parameters, 3.0)
    corner = sides * np.sign(np.arange(6) - 2.5)
    first = Point(TINY, THREE, corner).loss
    assert climbed(point, sides, corner) >= first


def test_where_the_loss_cannot_rise_sharpness_is_0():
    """Two equal examples with both labels: at 0 the gradient is 0, and the loss is least there."""
    network = Network((1, 2))
    even = Examples(np.ones((2, 2), np.float32), np.array([0, 1]))
    point = Point(network, even, np.zeros(network.parameters))
    found = sharpness(point, 1e-3, np.array([1.0, 1, 1, 1]))
    assert found.slope == 0
    assert found.relative == pytest.approx(0, abs=1e-12)

"""Sharpness as Keskar et al. define it, zig-zag, and what they are not."""

import math

import numpy as np
import pytest

from app.analysis.sharpness import box_around, fresh, largest_curvature, moved_loss, sharpness
from app.descent import walk, walk_together
from app.scene import Scene
from app.surfaces.catalogue import SURFACES
from app.zigzag import zigzag


def ground(query):
    return Scene.parse(query).ground


def test_on_a_quadratic_it_is_the_corner_of_the_box():
    """L = (x² + 20y²)/2 at (1, 2): the corner away from the minimum, by hand."""
    found = sharpness(ground("surface=long-valley"), (1.0, 2.0), 0.01)
    x, y = 1 + 0.01 * 2, 2 + 0.01 * 3
    assert np.array(found.box) == pytest.approx(np.array([(0.98, 1.02), (1.97, 2.03)]))
    assert found.highest_at == pytest.approx((x, y))
    highest = (x * x + 20 * y * y) / 2
    assert found.highest == pytest.approx(highest)
    assert found.relative == pytest.approx(100 * (highest - 40.5) / 41.5)
    assert found.curvature == pytest.approx(20)


def test_the_largest_loss_of_a_box_may_lie_inside():
    """Himmelblau's hill: no corner is as high, and no point of a fixed grid is its top."""
    found = sharpness(ground("surface=himmelblau"), (-0.1, -0.8), 0.5)
    assert found.highest_at == pytest.approx((-0.270845, -0.923039), abs=1e-4)
    assert found.highest == pytest.approx(181.616522, abs=1e-5)


@pytest.mark.parametrize("row", SURFACES, ids=lambda row: row.name)
def test_no_point_of_the_box_is_higher(row):
    made = ground(f"surface={row.name}&spread=0.1")
    found = sharpness(made, row.start, 0.02)
    (left, right), (low, high) = box_around(row.start, 0.02)
    x, y = np.random.default_rng(1).uniform((left, low), (right, high), (4000, 2)).T
    scale = abs(found.highest - found.loss)
    assert made.slopes(x, y)[0].max() <= found.highest + 1e-6 * scale
    assert left <= found.highest_at[0] <= right
    assert low <= found.highest_at[1] <= high


def test_there_is_no_relative_sharpness_where_one_plus_the_loss_is_not_positive():
    assert sharpness(ground("surface=styblinski-tang"), (-2.9, -2.9)).relative is None


@pytest.mark.parametrize("row", SURFACES, ids=lambda row: row.name)
def test_the_largest_curvature_is_an_eigenvalue_of_the_hessian(row):
    made = ground(f"surface={row.name}&spread=0.1")
    a, b, c = made.curves(*np.array(row.start).reshape(2, 1))[3:, 0]
    expected = np.linalg.eigvalsh([[a, b], [b, c]])[1]
    assert largest_curvature(made, row.start) == pytest.approx(expected)


def test_sharpness_is_no_property_of_the_function_alone():
    """Dinh et al. 2017, on the toy network: (w₁, w₂) and (3w₁, w₂/3) are the same function, on
    the same curve of minima, and one is far sharper than the other by both measures."""
    made = ground("surface=toy-network")
    even, uneven = (1.0, 1.0), (3.0, 1 / 3)
    one, other = (sharpness(made, at, 0.01) for at in (even, uneven))
    assert one.loss == pytest.approx(other.loss)
    assert other.curvature > 4 * one.curvature
    assert other.relative > 1.5 * one.relative


@pytest.mark.parametrize("data", [3, 11, 25])
def test_fresh_examples_hurt_the_canyon_more_than_the_basin(data):
    """B9's second reason, both being samples. Pairs (z, −z) of unit variance leave only the
    fourth moment to chance: the canyon, as narrow as the noise, notices; the basin does not."""
    scene = Scene.parse("surface=canyon-and-basin&spread=0.2")
    test, training = fresh(scene, data), scene.ground
    points = np.array([[1.2, 0.0], [-1.6, 0.0]]).T
    canyon, basin = np.abs(test.slopes(*points)[0] - training.slopes(*points)[0])
    assert canyon > 3 * basin


def test_b9_a_shift_of_a_canyon_s_width_hurts_the_canyon_much_more():
    made = ground("surface=canyon-and-basin&spread=0.1")
    for shift in ((0.18, 0.0), (-0.18, 0.0)):
        canyon, basin = (
            moved_loss(made, at, shift) - moved_loss(made, at, (0, 0))
            for at in ((1.2, 0.0), (-1.6, 0.0))
        )
        assert canyon > 5 * basin > 0


# Zig-zag.


def test_a_straight_way_has_the_ratio_one():
    (path,) = walk(Scene.parse("surface=booth&start=1,8&eta=0.001&run=gd&updates=1"))
    found = zigzag(path)
    assert found.ratio == pytest.approx(1)
    assert found.length == pytest.approx(math.dist(path.theta[0], path.theta[1]))


def test_a_path_that_stays_has_no_ratio():
    (path,) = walk(Scene.parse("surface=toy-network&start=0,0&updates=9&run=gd"))
    assert zigzag(path).ratio is None
    assert zigzag(path).length == 0


def test_length_is_the_sum_of_all_movements():
    (path,) = walk(Scene.parse("surface=himmelblau&spread=0.2&run=momentum,batch:3"))
    movements = [math.dist(one, two) for one, two in zip(path.theta, path.theta[1:], strict=False)]
    found = zigzag(path)
    assert found.length == pytest.approx(sum(movements))
    assert found.displacement == pytest.approx(math.dist(path.theta[0], path.theta[-1]))
    assert found.length >= found.displacement


def test_a_run_that_diverged_is_measured_up_to_where_it_left():
    (path,) = walk(Scene.parse("surface=booth&eta=0.5&run=gd"))
    assert path.outcome == "diverged"
    assert math.isfinite(zigzag(path).length)


@pytest.mark.parametrize("place", ["surface=linear-regression", "surface=himmelblau&spread=0.25"])
def test_b3_single_examples_zig_zag_more_than_the_full_batch(place):
    """On paths of as many updates, for each of 30 seeds."""
    many = [Scene.parse(f"{place}&seed={s}&updates=20&run=gd&run=gd,batch:1") for s in range(30)]
    for steady, nervous in walk_together(many):
        assert zigzag(nervous).ratio > zigzag(steady).ratio

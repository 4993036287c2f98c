"""The training loss is the mean of its examples, and nothing else."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.scene import Scene
from app.surfaces.catalogue import BY_NAME, SURFACES
from app.surfaces.surface import LANES, bisect, surface
from tests.oracle import example_gradient, example_loss, inside, means

every_row = pytest.mark.parametrize("row", SURFACES, ids=lambda row: row.name)
FORMULAS = [row for row in SURFACES if row.draw is None]
every_formula = pytest.mark.parametrize("row", FORMULAS, ids=lambda row: row.name)
GROUNDS = ["", "&spread=0.25", "&spread=0.4&noise=tilt", "&spread=0.1&examples=7&data=3"]


def ground(name, extra=""):
    return Scene.parse(f"surface={name}{extra}&run=gd").ground


@every_row
@pytest.mark.parametrize("extra", GROUNDS)
def test_the_loss_is_the_plain_mean_of_the_example_losses(row, extra):
    made = ground(row.name, extra)
    x, y = inside(row, 5)
    found = made.slopes(x, y)
    many = range(made.examples.shape[1])
    for lane, (a, b) in enumerate(zip(x.tolist(), y.tolist(), strict=True)):
        losses = [example_loss(made, i, a, b) for i in many]
        mean = math.fsum(losses) / len(losses)
        size = max(map(abs, losses))
        assert found[0, lane] == pytest.approx(mean, rel=1e-11, abs=1e-13 * size)


@every_row
@pytest.mark.parametrize("extra", GROUNDS)
def test_the_gradient_is_the_plain_mean_of_the_example_gradients(row, extra):
    made = ground(row.name, extra)
    x, y = inside(row, 5)
    found = made.slopes(x, y)
    many = range(made.examples.shape[1])
    for lane, (a, b) in enumerate(zip(x.tolist(), y.tolist(), strict=True)):
        parts = np.array([example_gradient(made, i, a, b) for i in many])
        mean = [math.fsum(column) / len(parts) for column in parts.T.tolist()]
        assert found[1:, lane] == pytest.approx(mean, rel=1e-9, abs=1e-12 * np.abs(parts).max())


@every_row
@pytest.mark.parametrize("extra", GROUNDS)
def test_curvatures_are_means_too(row, extra):
    made = ground(row.name, extra)
    x, y = inside(row, 40)
    expected = means(made, x, y)
    for mine, theirs in zip(made.curves(x, y), expected, strict=True):
        assert mine == pytest.approx(theirs, rel=1e-9, abs=1e-10 * np.abs(theirs).max())


@every_row
def test_slopes_curves_and_grid_say_the_same(row):
    made = ground(row.name, "&spread=0.25")
    x, y = np.linspace(*row.domain[0], 7), np.linspace(*row.domain[1], 5)
    grid = made.grid(x, y)
    assert grid.shape == (5, 7)
    across, up = np.meshgrid(x, y)
    three = made.slopes(across.ravel(), up.ravel())
    six = made.curves(across.ravel(), up.ravel())
    assert np.array_equal(grid.ravel(), three[0])
    for mine, theirs in zip(six, three, strict=False):
        assert mine == pytest.approx(theirs, rel=1e-12, abs=1e-13 * np.abs(theirs).max())


@pytest.mark.parametrize("count", [1, 2, LANES - 1, LANES, LANES + 1, 3 * LANES + 5])
def test_any_number_of_points_can_be_asked(count):
    made = ground("himmelblau", "&spread=0.25")
    x, y = inside(made.row, count)
    together = made.slopes(x, y)
    assert np.array_equal(together[:, -1], made.slopes(x[-1:], y[-1:])[:, 0])
    assert np.array_equal(together[:, 0], made.slopes(x[:1], y[:1])[:, 0])


@every_formula
@given(data=st.integers(0, 10**6), examples=st.integers(2, 60))
def test_under_tilt_the_mean_is_exactly_the_formula(row, data, examples):
    tilted = surface(row, owned(row), examples, 0.7, "tilt", data)
    plain = surface(row, owned(row), examples, 0.0, "tilt", data)
    x, y = inside(row, 3, seed=data)
    if row.calibrated:
        assert tilted.constants[0] == pytest.approx(plain.constants[0], rel=1e-9)
    exact = plain.slopes(x, y)
    assert tilted.slopes(x, y) == pytest.approx(exact, rel=1e-9, abs=1e-10 * np.abs(exact).max())


def owned(row):
    return (20.0,) if row.own else ()


@every_formula
def test_without_spread_the_mean_is_the_formula(row):
    one, other = ground(row.name), ground(row.name, "&examples=50&data=9&noise=tilt")
    x, y = inside(row, 10)
    assert np.array_equal(one.slopes(x, y), other.slopes(x, y))


@pytest.mark.parametrize("row", [row for row in SURFACES if row.draw], ids=lambda row: row.name)
def test_data_surfaces_ignore_spread_and_noise_and_obey_data(row):
    one = ground(row.name)
    assert np.array_equal(ground(row.name, "&spread=0.5&noise=tilt").examples, one.examples)
    assert not np.array_equal(ground(row.name, "&data=3").examples, one.examples)
    assert ground(row.name, "&examples=9").examples.shape == (6, 9)


def test_the_same_knobs_give_the_same_object():
    assert ground("beale", "&spread=0.1") is ground("beale", "&spread=0.10")
    assert ground("beale", "&spread=0.1") is not ground("beale", "&spread=0.2")


@pytest.mark.parametrize("data", range(1, 31))
@pytest.mark.parametrize("examples", [2, 7, 20])
def test_antithetic_shifts_keep_the_ridge_of_two_valleys(data, examples):
    """On the ridge 0.8x + 0.6y = 0 the mean gradient has no part across it."""
    made = ground("two-valleys", f"&spread=0.25&data={data}&examples={examples}")
    along = np.linspace(-1.5, 1.5, 31)
    _, g1, g2 = made.slopes(-0.6 * along, 0.8 * along)
    assert np.abs(0.8 * g1 + 0.6 * g2).max() < 1e-13


def test_a_quadratic_only_moves_up_under_shift():
    """mean (h/2)(θ − sz)² = (h/2)θ² + a constant: the gradient is the formula's."""
    made = ground("long-valley", "&spread=0.3")
    x, y = inside(made.row, 20)
    assert made.slopes(x, y)[1:] == pytest.approx(np.array([x, 20 * y]), abs=1e-13)


def test_the_scale_is_the_typical_size_of_slope_and_curvature():
    made = ground("booth")  # H = [[10, 8], [8, 10]]
    assert made.scale[1] == pytest.approx(18)
    x, y = inside(made.row, 20000)
    steep = np.median(np.hypot(*made.slopes(x, y)[1:]))
    assert made.scale[0] == pytest.approx(steep, rel=0.15)


@every_row
def test_the_scale_is_positive_and_finite_even_with_large_spread(row):
    assert np.isfinite(ground(row.name, "&spread=2").scale).all()
    assert (ground(row.name, "&spread=2").scale > 0).all()


def canyon(examples, a, x, y):
    """The training loss of `canyon-and-basin`, written a second time."""
    total = 0.0
    for across, up in examples[:2].T.tolist():
        u, v = x - across, y - up
        total = total + 1 - a * np.exp(-((u - 1.2) ** 2) / (2 * 0.18**2))
        total = total - np.exp(-((u + 1.6) ** 2) / (2 * 0.9**2)) + v**2 / 2
    return total / examples.shape[1]


def lowest(f, low, high):
    """The lowest value of f on an interval, by zooming in on a fine grid."""
    for _ in range(12):
        x = np.linspace(low, high, 2001)
        best = int(np.argmin(f(x)))
        low, high = x[max(best - 2, 0)], x[min(best + 2, 2000)]
    return float(x[best]), float(f(x)[best])


@pytest.mark.parametrize("data", range(1, 6))
@pytest.mark.parametrize("spread", [0, 0.1, 0.2, 0.3])
@pytest.mark.parametrize("noise", ["shift", "tilt"])
def test_canyon_and_basin_are_equally_deep(spread, data, noise):
    """Within 1 % of their depth, which is counted from the plain between and around them."""
    made = ground("canyon-and-basin", f"&spread={spread}&data={data}&noise={noise}")
    a = made.constants[0]
    plain = 1 + np.mean(made.examples[1] ** 2) / 2
    basin, canyon_ = (
        lowest(lambda x: canyon(made.examples, a, x, 0.0), *half) for half in ((-4, 0.2), (0.2, 3))
    )
    assert abs(basin[1] - canyon_[1]) < 0.01 * (plain - basin[1])
    assert plain - canyon_[1] > 0.5
    assert abs(basin[0] + 1.6) < 0.3
    assert abs(canyon_[0] - 1.2) < 0.3
    for x, _ in (basin, canyon_):  # along y both lie at 0, so the line is enough
        across = np.linspace(-0.5, 0.5, 101)
        assert np.argmin(canyon(made.examples, a, x, across)) == 50
        assert made.slopes(np.array([x]), np.zeros(1))[0, 0] == pytest.approx(
            canyon(made.examples, a, x, 0.0), rel=1e-12, abs=1e-12
        )


def test_the_formula_written_twice_is_the_catalogue_s():
    made = ground("canyon-and-basin")
    x, y = inside(BY_NAME["canyon-and-basin"], 50)
    again = canyon(made.examples, made.constants[0], x, y)
    assert made.slopes(x, y)[0] == pytest.approx(again, rel=1e-12, abs=1e-13)


@given(st.floats(0.01, 0.99))
def test_bisection_finds_the_zero_to_rounding(zero):
    assert bisect(lambda value: value - zero, 0.0, 1.0) == pytest.approx(zero, abs=1e-15)


def test_bisection_gives_the_nearer_end_where_nothing_crosses():
    assert bisect(lambda value: 1.0, 0.0, 64.0) < 1e-300
    assert bisect(lambda value: -1.0, 0.0, 64.0) == pytest.approx(64.0)

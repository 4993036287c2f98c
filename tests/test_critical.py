"""Where damped Newton leads, what the Hessian says there, and tips without a gradient."""

import math

import numpy as np
import pytest

from app.critical import FLAT, MINIMUM, SADDLE, critical, cusps, first_of_each, reached
from app.scene import Scene
from app.surfaces.catalogue import SURFACES
from tests.oracle import curve

NOISY = "surface=two-valleys&spread=0.25"


def ground(query):
    return Scene.parse(f"{query}&run=gd").ground


@pytest.mark.parametrize("row", SURFACES, ids=lambda row: row.name)
@pytest.mark.parametrize("extra", ["", "&spread=0.15", "&spread=0.3&noise=tilt"])
def test_what_newton_calls_critical_has_no_gradient(row, extra):
    made = ground(f"surface={row.name}{extra}")
    across, up = np.meshgrid(*(np.linspace(*side, 9) for side in row.domain))
    found = critical(made, np.stack([across.ravel(), up.ravel()], axis=1))
    assert (found[:, 0] == 1).all()
    for _, x, y, kind, low, high, u, v, _ in found[:20].tolist():
        g, hessian = curve(made, (x, y))
        assert np.hypot(*g) <= 1.01e-8 * made.scale[0]
        size = np.abs(hessian).max() + made.scale[1]
        assert [low, high] == pytest.approx(np.linalg.eigvalsh(hessian), abs=1e-9 * size)
        assert hessian @ [u, v] == pytest.approx(low * np.array([u, v]), abs=1e-8 * size)
        assert kind in range(4)


def test_under_shift_noise_critical_points_are_those_of_the_mean():
    """mean (u² − 1)²/4 has its minima at u² = 1 − 3·spread²."""
    found = critical(ground(NOISY), np.array([[0.7, 0.5], [-0.7, -0.5], [0.1, 0.1]]))
    u = math.sqrt(1 - 3 * 0.25**2)
    expected = np.array([[0.8 * u, 0.6 * u], [-0.8 * u, -0.6 * u], [0, 0]])
    assert found[:, 1:3] == pytest.approx(expected, abs=1e-9)
    assert found[:, 3].tolist() == [MINIMUM, MINIMUM, SADDLE]


def test_every_guess_has_a_row_and_what_is_not_found_says_so():
    """Between the shelf and the valley of `hill` the slope never vanishes."""
    guesses = np.array([[3.1, 0.1], [1.0, 0.5], [-2.2, 0.0]])
    made = ground("surface=hill&spread=0.5")
    found = reached(made, guesses, 2)
    assert found.shape == (3, 9)
    assert set(found[:, 0]) <= {0.0, 1.0}
    assert (reached(made, guesses)[:, 0] >= found[:, 0]).all()


def test_where_both_curvatures_are_zero_the_hessian_cannot_decide():
    found = critical(ground("surface=monkey-saddle"), np.array([[1e-3, 1e-3], [0, 0]]))
    assert found[:, 3].tolist() == [FLAT, FLAT]


def test_a_shelf_is_a_saddle_and_a_curve_of_minima_a_valley():
    (shelf,) = critical(ground("surface=hill"), np.zeros((1, 2)))
    assert (shelf[3], shelf[8]) == (SADDLE, 0)
    (valley,) = critical(ground("surface=toy-network"), np.array([[2.0, 0.6]]))
    assert (valley[3], valley[8]) == (MINIMUM, 1)
    assert valley[1] * valley[2] == pytest.approx(1)


def test_points_within_each_other_s_radius_are_one():
    points = np.array([[0.0, 0], [1e-4, 0], [1, 0], [1, 1e-9], [1, 0.1]])
    radius = np.array([1e-6, 1e-3, 1e-6, 1e-6, 1e-6])
    kept = np.empty(5, np.int64)
    many = first_of_each(points, radius, kept)
    assert kept[:many].tolist() == [0, 2, 4]


# Tips: minima without a gradient.


def around(at, radius):
    angle = np.linspace(0, 2 * np.pi, 64, endpoint=False) + 0.01
    return at[0] + radius * np.cos(angle), at[1] + radius * np.sin(angle)


def test_only_ackley_has_a_tip():
    assert [row.name for row in SURFACES if len(cusps(ground(f"surface={row.name}")))] == ["ackley"]


@pytest.mark.parametrize("extra", ["", "&spread=0.3&noise=tilt"])
def test_a_tip_that_no_example_moves_stays_where_it_is_claimed(extra):
    assert cusps(ground(f"surface=ackley{extra}")).tolist() == [[0, 0]]


@pytest.mark.parametrize("spread", [0.01, 0.05, 0.25, 0.5, 2])
@pytest.mark.parametrize("examples", [1, 2, 3, 5, 20])
def test_under_shift_noise_the_tips_that_are_minima_are_lower_than_all_around(spread, examples):
    made = ground(f"surface=ackley&spread={spread}&examples={examples}")
    lowest = {tuple(at) for at in cusps(made).tolist()}
    for at in made.examples[:2].T.tolist():
        tip = made.slopes(*np.array([at]).T)[0, 0]
        rises = made.slopes(*around(at, 1e-6))[0].min() > tip
        assert (tuple(at) in lowest) == rises

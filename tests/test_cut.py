"""A surface along a line, and where a rolling ball passes the lecture's four positions."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as given_settings

from app.analysis.cut import Stops, all_stops, along, first_shelf, found_stops, stops
from app.descent import walk
from app.scene import Scene
from app.surfaces.catalogue import BY_NAME, SURFACES
from tests.scenes import scenes

HILL = "surface=hill&start=-2.7,0"
LINE = BY_NAME["hill"].cut
CUTS = [row for row in SURFACES if row.cut is not None]


def stops_of(query, line=LINE):
    scene = Scene.parse(query)
    return [stops(scene, path, *line) for path in walk(scene)]


def ball(query, line=LINE):
    """The one run's stops, gradients, movements and losses along the line."""
    scene = Scene.parse(query)
    (path,) = walk(scene)
    e = np.subtract(line[1], line[0]) / np.hypot(*np.subtract(line[1], line[0]))
    g = e @ scene.ground.slopes(*path.theta.T)[1:]
    return stops(scene, path, *line), g, np.diff(path.theta @ e), path


# The profile.


@pytest.mark.parametrize("row", SURFACES, ids=lambda row: row.name)
def test_a_cut_is_the_loss_and_its_slope_along_the_line(row):
    made = Scene.parse(f"surface={row.name}&spread=0.2&run=gd").ground
    (left, right), (low, high) = row.domain
    distance, loss, slope = along(made, (left, low), (right, high), 50)
    assert distance[[0, -1]] == pytest.approx([0, row.diagonal])
    x, y = np.linspace(left, right, 50), np.linspace(low, high, 50)
    assert loss == pytest.approx(made.slopes(x, y)[0], rel=1e-9, abs=1e-9)
    h = 1e-6 * row.diagonal
    e = np.array([right - left, high - low]) / row.diagonal
    ahead, behind = (made.slopes(x + side * h * e[0], y + side * h * e[1])[0] for side in (1, -1))
    assert slope == pytest.approx((ahead - behind) / (2 * h), rel=1e-5, abs=1e-4 * made.scale[0])


def test_the_slope_s_sign_follows_the_line_s_direction():
    made = Scene.parse("surface=hill&run=gd").ground
    there, back = along(made, *LINE, 9), along(made, *LINE[::-1], 9)
    assert back[1] == pytest.approx(there[1][::-1])
    assert back[2] == pytest.approx(-there[2][::-1])


@pytest.mark.parametrize("row", CUTS, ids=lambda row: row.name)
def test_a_row_s_own_cut_crosses_its_domain_and_passes_two_points_of_interest(row):
    """From border to border, and the slope along it changes sign (or rests at zero)."""
    (left, right), (low, high) = row.domain
    for x, y in row.cut:
        assert left <= x <= right
        assert low <= y <= high
    start, end = np.array(row.cut)
    assert np.hypot(*(end - start)) >= min(right - left, high - low)
    made = Scene.parse(f"surface={row.name}&run=gd").ground
    _, _, slope = along(made, *row.cut, 400)
    assert (slope[1:] * slope[:-1] <= 0).any() or np.abs(slope).min() < 1e-3 * np.abs(slope).max()


# The four positions (M5).


def test_m5_the_momentum_ball_passes_all_positions_in_order():
    found, _, _, path = ball(f"{HILL}&run=momentum")
    assert found.start == 0 < found.small < found.zero < found.against < found.shelf
    assert path.theta[-1][0] > 2.9  # over the hill to a better minimum


def test_m5_start_only_the_gradient_pushes_and_it_pushes_to_the_right():
    found, g, move, _ = ball(f"{HILL}&run=momentum")
    assert g[found.start] < 0 < move[found.start]
    assert move[0] == pytest.approx(-BY_NAME["hill"].eta * g[0])


def test_m5_small_the_gradient_still_points_there_but_the_movement_before_carries():
    found, g, move, _ = ball(f"{HILL}&run=momentum")
    t = found.small
    assert g[t] < 0
    assert abs(g[t]) < abs(g[:t]).max() / 2
    assert 0.9 * move[t - 1] > -BY_NAME["hill"].eta * g[t] > 0
    assert move[t] == pytest.approx(0.9 * move[t - 1] - BY_NAME["hill"].eta * g[t])


def test_m5_zero_the_gradient_changes_its_sign_between_two_updates_and_the_ball_goes_on():
    found, g, move, path = ball(f"{HILL}&run=momentum")
    t = found.zero
    before = t if g[t] < 0 else t - 1
    assert g[before] < 0 < g[before + 1]
    assert abs(g[t]) == min(abs(g[before]), abs(g[before + 1]))
    assert move[before] > 0 < move[before + 1]
    assert path.theta[before][0] < BY_NAME["hill"].claims[1].at[0] < path.theta[before + 1][0]


def test_m5_against_the_gradient_points_back_and_the_ball_goes_on_uphill():
    found, g, move, path = ball(f"{HILL}&run=momentum")
    t = found.against
    assert g[t] > 0 < move[t]
    climbing = range(found.zero + 1, next(k for k in range(t, 60) if g[k] <= 0))
    assert g[t] == max(g[k] for k in climbing)
    assert path.loss[t + 1] > path.loss[t]


def test_m5_shelf_is_where_the_slope_is_almost_zero_and_the_ball_passes():
    found, g, move, path = ball(f"{HILL}&run=momentum")
    t = found.shelf
    assert abs(g[t]) < 0.05 * abs(g).max()
    assert g[t - 1] < 0 > g[t + 1]
    assert move[t - 1] > 0 < move[t]
    assert abs(path.theta[t][0]) < 0.3  # the shelf of `hill` lies at 0


def test_m1_gradient_descent_stays_in_the_dip_and_never_moves_against_its_gradient():
    slow, weak, fast = stops_of(f"{HILL}&run=gd&run=momentum,lambda:0.85&run=momentum")
    assert slow == Stops(0, None, None, None, None)
    assert weak.against is not None  # it climbs, but not over the crest
    assert weak.shelf is None
    assert fast.shelf is not None


@pytest.mark.parametrize("start", ["-2.7,0.8", "-2.8,0", "-2.6,0", "-2.5,-0.5"])
@pytest.mark.parametrize("run", ["momentum,lambda:0.9", "nesterov", "momentum,lambda:0.95"])
def test_m5_holds_from_other_starts_too(start, run):
    (found,) = stops_of(f"surface=hill&start={start}&run={run}")
    assert 0 < found.small < found.zero < found.against


def test_the_stops_do_not_depend_on_the_direction_of_the_line():
    (there,) = stops_of(f"{HILL}&run=momentum")
    (back,) = stops_of(f"{HILL}&run=momentum", LINE[::-1])
    assert there == back


def test_a_rule_without_lambda_keeps_no_movement_so_it_has_no_small():
    assert all(found.small is None for found in stops_of(f"{HILL}&run=gd&run=rmsprop&run=adam"))


def test_a_ball_that_swings_in_a_bowl_passes_zero_and_climbs():
    (found,) = stops_of(
        "surface=long-valley&condition=1&start=-2,0&run=momentum", ((-3, 0), (3, 0))
    )
    assert 0 < found.small < found.zero < found.against
    assert found.shelf is None


def test_gradient_descent_that_overshoots_every_time_does_not_go_on():
    """η above 1/κ: the gradient changes its sign, but so does the movement."""
    line = ((-3, 0), (3, 0))
    (found,) = stops_of("surface=long-valley&condition=1&start=-2,0&eta=1.5&run=gd", line)
    assert found == Stops(0, None, None, None, None)


def test_the_monkey_s_saddle_is_a_shelf_in_one_dimension():
    line = BY_NAME["monkey-saddle"].cut
    (found,) = stops_of("surface=monkey-saddle&start=1.2,0&eta=0.02&run=momentum", line)
    assert found.shelf is not None


def test_a_shelf_needs_a_way_in_and_a_way_out():
    move = np.ones(6)
    passed = np.array([-1, -0.5, -0.04, -0.01, -0.03, -0.5, -1])
    assert first_shelf(passed, move) == 3
    assert first_shelf(np.abs(passed), -move) == 3
    assert first_shelf(passed[:5], move[:4]) is None
    assert first_shelf(passed[2:], move[2:]) is None
    assert first_shelf(passed * [1, 1, 1, 1, -1, -1, -1], move) is None
    assert first_shelf(passed, move * [1, 1, -1, 1, 1, 1]) is None


@pytest.mark.parametrize("points", [1, 2, 3])
def test_the_shortest_paths_have_a_start_and_nothing_else(points):
    g = np.linspace(-1, -0.9, points)
    assert found_stops(g, np.ones(points - 1), np.zeros(points - 1)) == Stops(0, *[None] * 4)


def test_a_run_that_diverges_has_stops_while_it_lasts():
    line = BY_NAME["rosenbrock"].domain
    for eta in ("0.1", "1", "100"):
        (found,) = stops_of(f"surface=rosenbrock&eta={eta}&run=momentum", line)
        assert found.start == 0


@given(scenes())
@given_settings(max_examples=30)
def test_stops_are_updates_of_their_run(scene):
    row = scene.row
    line = row.cut or tuple(zip(*row.domain, strict=True))
    paths = walk(scene)
    for told, path in zip(all_stops(scene, paths, *line), paths, strict=True):
        assert paths[told["of"]] is path
        for name in ("start", "small", "zero", "against", "shelf"):
            assert told[name] is None or 0 <= told[name] < max(1, path.updates)
        if told["small"] is not None and told["zero"] is not None:
            assert told["small"] < told["zero"]
        if told["against"] is not None:
            assert told["zero"] < told["against"]

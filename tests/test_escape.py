"""Leaving a saddle along the eigenvector that leads down (C4)."""

import numpy as np
import pytest

from app.analysis.escape import LENGTH, NoWayDown, allowed_length, escape
from app.descent import walk
from app.finder import critical_points
from app.scene import Scene
from app.surfaces.catalogue import SURFACES

EXTRAS = ["", "&spread=0.25", "&spread=0.3&noise=tilt"]


def ground(query):
    return Scene.parse(f"surface={query}&run=gd").ground


def loss(made, *points):
    return made.slopes(*np.array(points, dtype=float).T)[0]


def ways_down(made):
    """Points whose Hessian has a negative eigenvalue, a dozen of them at most."""
    zero = 1e-6 * made.scale[1]
    points = [p for p in critical_points(made) if p.eigenvalues and p.eigenvalues[0] < -zero]
    return points[:6] + points[-6:]


@pytest.mark.parametrize("row", SURFACES, ids=lambda row: row.name)
@pytest.mark.parametrize("extra", EXTRAS)
def test_c4_along_u_the_loss_falls_by_half_the_eigenvalue_times_the_length_squared(row, extra):
    made = ground(row.name + extra)
    for point in ways_down(made):
        length = 3e-4 * row.diagonal
        found = escape(made, point.at, length)
        assert found.predicted == pytest.approx(found.eigenvalue * length**2 / 2)
        assert found.predicted < 0 > found.actual
        assert found.actual == pytest.approx(found.predicted, rel=0.1)
        assert found.actual == pytest.approx(np.diff(loss(made, found.start, found.end))[0])


@pytest.mark.parametrize("row", SURFACES, ids=lambda row: row.name)
@pytest.mark.parametrize("extra", EXTRAS)
def test_the_way_is_a_unit_eigenvector_to_the_side_that_falls_more(row, extra):
    made = ground(row.name + extra)
    for point in ways_down(made):
        found = escape(made, point.at)
        start, u = np.array(found.start), np.array(found.direction)
        assert found.length == LENGTH * row.diagonal
        assert np.hypot(*u) == pytest.approx(1)
        assert found.end == pytest.approx(start + found.length * u)
        assert found.eigenvalue == pytest.approx(point.eigenvalues[0], rel=1e-6)
        there, back = loss(made, start + found.length * u, start - found.length * u)
        assert there <= back + 1e-6 * abs(found.predicted)


def test_where_both_sides_fall_equally_the_first_component_is_positive():
    for extra in EXTRAS:
        found = escape(ground("two-valleys" + extra), (0, 0))
        assert found.direction == pytest.approx((0.8, 0.6), abs=1e-6)


def test_between_two_dips_of_rastrigin_the_way_leads_to_the_deeper_one():
    assert escape(ground("rastrigin"), (0, 0.5025)).direction == pytest.approx((0, -1))
    assert escape(ground("rastrigin"), (0, -0.5025)).direction == pytest.approx((0, 1))


def test_from_near_a_saddle_one_leaves_from_the_saddle_itself():
    found = escape(ground("two-valleys"), (0.02, -0.03))
    assert found.start == pytest.approx((0, 0), abs=1e-12)


def test_from_where_one_arrives_gradient_descent_runs_into_a_valley():
    there = "surface=two-valleys&start={},{}&run=gd"
    found = escape(ground("two-valleys"), (0, 0))
    (stuck,), (free,) = (walk(Scene.parse(there.format(*at))) for at in (found.start, found.end))
    assert (stuck.outcome, free.outcome) == ("saddle", "minimum")
    assert free.at == pytest.approx((0.8, 0.6), abs=1e-6)


REFUSED = {
    ("two-valleys", (0.8, 0.6)): "both curvatures are positive",
    ("toy-network", (1, 1)): "the Hessian cannot decide",
    ("hill", (0, 0)): "the Hessian cannot decide",
    ("monkey-saddle", (0, 0)): "the Hessian cannot decide",
    ("ackley", (0, 0)): "the loss rises",
    ("ackley", (0.01, 0.02)): "the loss rises",
    ("himmelblau", (0, 0)): "no critical point within 1 %",
    ("booth", (1e300, 0)): "no critical point within 1 %",
    ("canyon-and-basin", (1e9, 1e9)): "no critical point within 1 %",
}


@pytest.mark.parametrize(("place", "words"), REFUSED.items(), ids=str)
def test_where_no_way_leads_down_it_is_said_why(place, words):
    name, at = place
    with pytest.raises(NoWayDown, match=words):
        escape(ground(name), at)


def test_from_a_maximum_the_steepest_way_down_is_taken():
    found = escape(ground("himmelblau"), (-0.27, -0.92))
    assert found.eigenvalue < -40


@pytest.mark.parametrize("length", [0.0, 1e-9, 5.1, -1.0, float("nan"), float("inf")])
def test_a_length_that_drowns_in_rounding_or_leaves_the_domain_is_refused(length):
    assert allowed_length(ground("two-valleys"), length) == (
        "a number from 5e-06 to 5 on this surface"
    )


@pytest.mark.parametrize("length", [None, 5e-6, 0.05, 5.0])
def test_a_length_up_to_the_diagonal_is_allowed(length):
    assert allowed_length(ground("two-valleys"), length) == ""
    assert escape(ground("two-valleys"), (0, 0), length).predicted < 0


def test_the_shortest_length_still_shows_the_fall():
    for row in SURFACES:
        made = ground(row.name)
        for point in ways_down(made):
            assert escape(made, point.at, 1e-6 * row.diagonal).actual < 0, (row.name, point.at)

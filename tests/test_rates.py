"""The rate of a run on a quadratic, and λmax along a path beside the line of its η."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.analysis.curvature import curvatures, line
from app.analysis.rates import bowl, rate
from app.analysis.stability import eigenvalues_at
from app.descent import GivenUp, walk
from app.scene import Scene
from app.surfaces.catalogue import SURFACES


def measured(query):
    scene = Scene.parse(query)
    (path,) = walk(scene)
    return rate(scene, path)


def test_quadratics_are_told_from_their_hessian():
    """With every kind of noise: a shifted bowl is a bowl, a tilted one too."""
    noises = ("", "&spread=0.3", "&spread=0.3&noise=tilt", "&examples=5&data=9")
    found = {
        row.name
        for row in SURFACES
        for noise in noises
        if bowl(Scene.parse(f"surface={row.name}{noise}&run=gd").ground)
    }
    assert found == {"long-valley", "linear-regression", "booth", "matyas"}


QUADRATIC = ["long-valley&condition=20", "booth", "matyas", "long-valley&condition=90"]
# Over- and underdamped: λ far below and far above (1 − √(ημ))².
RUNS = [
    "gd", "momentum,lambda:0.1", "momentum,lambda:0.5", "momentum,lambda:0.9",
    "momentum,lambda:0.97", "nesterov,lambda:0.2", "nesterov,lambda:0.9",
]  # fmt: skip


@pytest.mark.parametrize("surface", QUADRATIC)
@pytest.mark.parametrize("run", RUNS)
@pytest.mark.parametrize("part", [0.1, 0.5, 0.9])
def test_the_measured_rate_is_the_predicted_one(surface, run, part):
    scene = Scene.parse(f"surface={surface}&updates=1500&run={run}")
    _, high = eigenvalues_at(scene.ground, (0.0, 0.0))
    found = measured(f"{scene.query()},eta:{part * 2 / (3 * high):.6g}")
    # A swing that is slower than the way is long leaves the slope rough; most agree to 1e-4.
    assert found.measured == pytest.approx(found.predicted, abs=0.008)
    assert found.last - found.first >= 7


@given(start=st.floats(-2, 2).filter(lambda at: abs(at) > 0.1), eta=st.floats(0.02, 0.09))
def test_a_direction_the_start_has_no_part_in_is_not_predicted(start, eta):
    """On the axis of the flat direction only μ counts, and gradient descent is a straight line."""
    found = measured(f"surface=long-valley&condition=20&start={start},0&eta={eta}&run=gd")
    assert found.predicted == pytest.approx(1 - eta)
    assert found.measured == pytest.approx(found.predicted, abs=1e-6)


def test_a_run_that_grows_has_a_rate_above_one():
    found = measured("surface=long-valley&condition=20&eta=0.11&run=gd&updates=200")
    assert found.measured == pytest.approx(found.predicted, abs=0.02)
    assert found.predicted == pytest.approx(1.2)


@pytest.mark.parametrize(
    "query",
    [
        "surface=himmelblau&run=gd",
        "surface=booth&run=adam",
        "surface=booth&run=gd&schedule=cosine",
        "surface=linear-regression&run=gd,batch:3",
        "surface=booth&run=gd&updates=9",
        "surface=booth&start=1,3&run=gd",
    ],
    ids=["no quadratic", "no theory", "a schedule", "noise", "too short", "no way"],
)
def test_where_there_is_no_rate_there_is_none(query):
    assert measured(query) is None


def test_full_batches_of_data_have_a_rate():
    found = measured("surface=linear-regression&eta=0.1&run=gd,batch:20")
    assert found.measured == pytest.approx(found.predicted, abs=0.004)


# λmax along a path.

LINES = {
    "gd": lambda eta, weight: 2 / eta,
    "momentum": lambda eta, weight: 2 * (1 + weight) / eta,
    "nesterov": lambda eta, weight: 2 * (1 + weight) / ((1 + 2 * weight) * eta),
}


@pytest.mark.parametrize("rule", LINES)
def test_the_line_is_where_eta_would_be_at_its_limit(rule):
    scene = Scene.parse(f"surface=two-valleys&eta=0.1&lambda=0.8&updates=50&run={rule}")
    (path,) = walk(scene)
    largest, found = curvatures(scene, path, lambda: True)
    assert found == pytest.approx(np.full(51, LINES[rule](0.1, 0.8)))
    for k in (0, 17, 50):
        _, high = eigenvalues_at(scene.ground, tuple(path.theta[k]))
        assert largest[k] == pytest.approx(high)


def test_with_a_schedule_the_line_follows_eta_and_adaptive_rules_have_none():
    scene = Scene.parse("surface=booth&schedule=step&updates=100&run=gd&run=adam")
    gd, adam = walk(scene)
    found = line(scene, gd)
    assert found[[0, 60, 99, 100]] * scene.eta == pytest.approx([2, 20, 200, 200])
    assert np.isnan(line(scene, adam)).all()


def test_a_run_that_diverged_has_curvatures_up_to_its_last_point():
    scene = Scene.parse("surface=himmelblau&eta=0.05&run=gd")
    (path,) = walk(scene)
    largest, found = curvatures(scene, path, lambda: True)
    assert len(largest) == len(found) == path.diverged
    with pytest.raises(GivenUp):
        curvatures(scene, path, lambda: False)

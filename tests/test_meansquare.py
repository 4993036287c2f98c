"""Where noisy runs stop holding: the moments of a batch are exact, and walks agree with them."""

import itertools
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.analysis.edges import edges
from app.analysis.ensembles import cases, ensembles
from app.analysis.meansquare import bends, growth, limit_of_noise, moments, pieces, share
from app.analysis.shares import minima
from app.analysis.stability import RULES, limit, limit_of, worst
from app.outcome import DIVERGED
from app.scene import Run, Scene

NOISY = {
    "linear-regression": "surface=linear-regression",
    "one-neuron": "surface=one-neuron",
    "a canyon": "surface=canyon-and-basin&spread=0.2",
    "two valleys": "surface=two-valleys&spread=0.25",
}


def lowest(scene):
    return minima(scene.ground)[0].at


def update(rule, eta, momentum, hessian):
    """One update of (θ, m), or of θ, beside a minimum with this Hessian, written out."""
    one, none = np.eye(2), np.zeros((2, 2))
    if rule == "gd":
        return one - eta * hessian
    ahead = momentum if rule == "nesterov" else 0.0  # g = H(θ + ahead·m)
    m = np.hstack([-eta * hessian, momentum * one - eta * ahead * hessian])
    return np.vstack([np.hstack([one, none]) + m, m])


@pytest.mark.parametrize("batch", [1, 2, 5, 6])
@pytest.mark.parametrize("rule", RULES)
def test_the_moments_are_the_mean_over_all_batches(rule, batch):
    """Every way to draw B of six examples, one by one."""
    rng = np.random.default_rng(3)
    halves = rng.normal(size=(6, 2, 2))
    hessians = halves @ halves.transpose(0, 2, 1)
    eta, momentum = 0.1, 0.7
    expected = np.mean(
        [
            np.kron(*[update(rule, eta, momentum, hessians[list(drawn)].mean(axis=0))] * 2)
            for drawn in itertools.combinations(range(6), batch)
        ],
        axis=0,
    )
    scene = Scene.parse(f"surface=booth&examples=6&run={rule},batch:{batch}")
    found = moments(rule, momentum, eta, hessians, share(scene, batch))
    assert found == pytest.approx(expected, abs=1e-12)


def test_drawn_with_replacement_the_covariance_is_one_bth():
    scene = Scene.parse("surface=booth&shuffle=replacement&run=gd,batch:4")
    assert share(scene, 4) == 0.25
    assert share(replace(scene, shuffle="once"), 4) == pytest.approx((20 - 4) / (4 * 19))
    assert share(replace(scene, shuffle="once"), 20) == 0


@pytest.mark.parametrize("rule", RULES)
@given(eta=st.floats(0.001, 0.2), momentum=st.floats(0, 0.99))
def test_without_noise_the_mean_square_shrinks_by_the_square_of_the_radius(rule, eta, momentum):
    hessian = np.diag([1.0, 9.0])
    expected = worst(rule, eta, momentum, 1.0, 9.0) ** 2
    found = growth(rule, momentum, eta, hessian[None], 0.0)
    assert found == pytest.approx(expected, abs=1e-4)  # where two eigenvalues meet they are rough


@pytest.mark.parametrize("query", NOISY.values(), ids=NOISY)
@pytest.mark.parametrize("run", ["gd", "momentum,lambda:0.5", "momentum", "nesterov"])
def test_it_holds_below_the_limit_and_nowhere_above(query, run):
    scene = Scene.parse(f"{query}&run={run},batch:2")
    found = limit_of_noise(scene, scene.runs[0], lowest(scene))
    momentum = float(scene.knobs(scene.runs[0]).get("lambda", 0.0))
    hessians = bends(scene.ground, lowest(scene))
    part, rule = share(scene, 2), scene.runs[0].rule
    edge = limit(rule, momentum, float(np.linalg.eigvalsh(hessians.mean(axis=0))[1]))
    assert 0 < found < edge
    holds = [growth(rule, momentum, k * found / 10, hessians, part) < 1 for k in range(1, 30)]
    assert holds == [True] * 9 + [holds[9]] + [False] * 19


def test_where_all_examples_bend_alike_noise_takes_nothing_away():
    """Tilt adds slopes; on a quadratic a shift moves the bowl and not its shape."""
    for query in (
        "surface=two-valleys&spread=0.5&noise=tilt",
        "surface=long-valley&spread=0.3",
        "surface=himmelblau",
    ):
        scene = Scene.parse(f"{query}&run=momentum,batch:1")
        at = lowest(scene)
        (told,) = edges(scene, [at])
        assert told["noisy"] == pytest.approx(told["limit"], rel=1e-9)


def test_there_is_none_for_adaptive_rules_nor_along_a_valley():
    scene = Scene.parse("surface=toy-network&run=adam,batch:1&run=gd,batch:1")
    told = edges(scene, [(1.0, 1.0), (1.0, 1.0)])
    assert [edge["noisy"] for edge in told] == [None, None]
    assert [edge["limit"] for edge in told] == [None, pytest.approx(0.5)]
    assert edges(scene, [None, None])[1] == {"eigenvalues": None, "limit": None, "noisy": None}


def test_undamped_no_noise_is_borne():
    scene = Scene.parse("surface=linear-regression&run=momentum,lambda:1,batch:1")
    assert limit_of_noise(scene, scene.runs[0], lowest(scene)) == 0


WALKED = {
    "gd": ("surface=linear-regression", "gd"),
    "momentum": ("surface=linear-regression", "momentum"),
    "gd, drawn anew": ("surface=linear-regression&shuffle=replacement", "gd"),
    "gd, other data": ("surface=linear-regression&data=5", "gd"),
    "nesterov": ("surface=linear-regression", "nesterov"),
    "gd in a valley": ("surface=two-valleys&spread=0.1", "gd"),
}


@pytest.mark.parametrize(("query", "rule"), WALKED.values(), ids=WALKED)
def test_walks_hold_a_fifth_below_the_limit_and_leave_at_twice_of_it(query, rule):
    """200 seeds, B = 1: the root of the mean square of their last distances."""
    scene = Scene.parse(f"{query}&updates=1000&run={rule},batch:1")
    at = lowest(scene)
    scene = replace(scene, start=at)
    edge = limit_of_noise(scene, scene.runs[0], at)
    below, above = (distances(scene, at, part * edge) for part in (0.8, 2.0))
    assert np.sqrt(np.mean(below**2)) < 0.25 * scene.row.diagonal
    assert np.median(above) > scene.row.diagonal


def distances(scene, at, eta):
    (case,) = cases(scene, 0, [], [eta])
    *_, (ends,) = ensembles([case], 200)
    away = np.hypot(ends.end[0] - at[0], ends.end[1] - at[1])
    return np.where(ends.outcome == DIVERGED, np.inf, away)


def test_the_limit_of_a_run_is_that_of_its_rule_and_momentum():
    scene = Scene.parse("surface=himmelblau&run=gd&run=momentum,lambda:0.5&run=nesterov&run=adam")
    at = lowest(scene)
    told = edges(scene, [at] * 4)
    high = told[0]["eigenvalues"][1]
    expected = [limit_of(scene, run, high) for run in scene.runs]
    assert [edge["limit"] for edge in told] == expected
    assert expected[1] == pytest.approx(3 / high)
    assert expected[3] is None


STABILITY = "/api/surfaces/long-valley/stability?point=0,0&condition=4&lambda=0.5"


def test_http_tells_the_limits_and_the_optima_of_every_rule(client):
    told = client.get(STABILITY).json()
    assert (told["point"], told["eigenvalues"]) == ([0, 0], [1, 4])
    assert (told["lambda"], told["batch"]) == (0.5, 20)
    limits = {rule: row["limit"] for rule, row in told["rules"].items()}
    assert limits == pytest.approx({"gd": 2 / 4, "momentum": 3 / 4, "nesterov": 3 / (2 * 4)})
    best = told["rules"]["momentum"]["optimum"]
    assert best == pytest.approx({"eta": 4 / 9, "lambda": 1 / 9, "radius": 1 / 3})
    assert told["rules"]["gd"]["optimum"] == pytest.approx(
        {"eta": 2 / 5, "lambda": 0, "radius": 3 / 5}
    )
    nesterov = told["rules"]["nesterov"]["optimum"]
    assert nesterov["eta"] == pytest.approx(4 / 13)
    assert nesterov["lambda"] == pytest.approx((13**0.5 - 2) / (13**0.5 + 2))


def test_http_has_no_limit_where_nothing_holds(client):
    told = client.get("/api/surfaces/two-valleys/stability?point=0,0&spread=0.25").json()
    assert told["eigenvalues"][0] < 0
    assert [row["optimum"] for row in told["rules"].values()] == [None] * 3
    assert [row["noisy"] for row in told["rules"].values()] == [None] * 3


def test_http_takes_a_batch_size(client):
    address = "/api/surfaces/linear-regression/stability?point=0.7,0.2&batch={}"
    one, all_of_them = (client.get(address.format(batch)).json() for batch in (1, 20))
    assert one["rules"]["gd"]["noisy"] < one["rules"]["gd"]["limit"]
    told = all_of_them["rules"]["gd"]
    assert told["noisy"] == told["limit"] == one["rules"]["gd"]["limit"]


@pytest.mark.parametrize("point", ["", "1", "nan,1", "1,2,3"])
def test_a_bad_point_is_refused(client, point):
    answer = client.get(f"/api/surfaces/booth/stability?point={point}")
    assert answer.status_code == 422
    assert answer.json()["problems"][0]["knob"] == "point"


def test_pieces_of_gd_know_no_movement():
    assert all(part.shape == (2, 2) for part in pieces("gd", 0.9))
    assert Run("gd").rule in RULES

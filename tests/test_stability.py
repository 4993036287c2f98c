"""Theory of stability: limits, regimes and optimum agree with matrices and with walks."""

import re

import numpy as np
import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from app.analysis.axes import Axis
from app.analysis.laws import LAWS, laws
from app.analysis.maps import Question, mapped
from app.analysis.stability import REGIMES, RULES, limit, optimum, radius, regime, worst
from app.outcome import OUTCOMES
from app.scene import Scene

CURVATURE = st.floats(1e-3, 1e3)
LAMBDA = st.floats(0, 0.999)
MOVE = st.floats(-0.3, 0.3)


def matrix(rule, eta, momentum, curvature):
    """One update of (θ, m) on κθ²/2, written out."""
    pull = eta * curvature
    if rule == "gd":
        return np.array([[1 - pull, 0], [0, 0]])
    ahead = momentum if rule == "nesterov" else 0.0  # g = κ(θ + ahead·m)
    m = np.array([-pull, momentum - pull * ahead])
    return np.array([[1 + m[0], m[1]], m])


@pytest.mark.parametrize("rule", RULES)
@given(pull=st.floats(1e-4, 5), momentum=LAMBDA, curvature=CURVATURE)
def test_the_radius_is_that_of_the_matrix(rule, pull, momentum, curvature):
    eta = pull / curvature
    expected = max(abs(np.linalg.eigvals(matrix(rule, eta, momentum, curvature))))
    assert radius(rule, eta, momentum, curvature) == pytest.approx(expected, abs=2e-7)


@pytest.mark.parametrize("rule", RULES)
@given(momentum=LAMBDA, curvature=CURVATURE)
def test_below_the_limit_it_shrinks_and_above_it_grows(rule, momentum, curvature):
    edge = limit(rule, momentum, curvature)
    below, above = (radius(rule, part * edge, momentum, curvature) for part in (0.999, 1.001))
    assert below < 1 < above


FASTEST = {  # the radius of each optimum, by L/μ
    "gd": lambda times: (times - 1) / (times + 1),
    "momentum": lambda times: (times**0.5 - 1) / (times**0.5 + 1),
    "nesterov": lambda times: 1 - 2 / (3 * times + 1) ** 0.5,
}


@pytest.mark.parametrize("rule", FASTEST)
@given(low=CURVATURE, times=st.floats(1, 500), move=st.tuples(MOVE, MOVE))
def test_nothing_near_or_far_is_faster_than_the_optimum(rule, low, times, move):
    best = optimum(rule, low, low * times)
    eta = best.eta * (1 + move[0])
    momentum = 0 if rule == "gd" else min(0.999, max(0, best.momentum + move[1]))
    assert worst(rule, eta, momentum, low, low * times) >= best.radius - 1e-7
    assert best.radius == pytest.approx(FASTEST[rule](times), abs=1e-6)


@given(eta=st.floats(1e-4, 1), momentum=LAMBDA, low=CURVATURE, times=st.floats(1, 100))
def test_the_regimes_say_which_direction_is_the_slow_one(eta, momentum, low, times):
    high = low * times
    named = regime(eta, momentum, low, high)
    slow, steep = (radius("momentum", eta, momentum, at) for at in (low, high))
    assert named in REGIMES
    if named == "robust":
        assert slow == pytest.approx(steep, abs=1e-6) == pytest.approx(momentum**0.5, abs=1e-6)
    elif named == "lazy":
        assert slow >= steep < 1
    elif named == "knife's edge":
        assert slow < steep < 1
    else:
        assert steep >= 1


def test_there_is_no_theory_for_adaptive_rules_nor_without_curvature():
    assert limit("adam", 0.9, 3.0) is None
    assert limit("gd", 0.9, -1.0) is None
    assert optimum("adam", 1.0, 2.0) is None
    assert optimum("gd", -1.0, 2.0) is None


@pytest.mark.parametrize("condition", [20, 100])
@pytest.mark.parametrize("rule", RULES)
def test_on_a_quadratic_the_measured_boundary_is_the_theoretical_one_within_a_cell(rule, condition):
    scene = Scene.parse(f"surface=long-valley&condition={condition}&updates=4000&run={rule}")
    _, high = eigenvalues(scene)
    lambdas = [0.0] if rule == "gd" else [0.1, 0.5, 0.9]
    for momentum in lambdas:
        run = rule if rule == "gd" else f"{rule},lambda:{momentum}"
        scene = Scene.parse(f"surface=long-valley&condition={condition}&updates=4000&run={run}")
        edge = limit(rule, momentum, high)
        asked = Question(scene, 0, Axis("eta", edge / 2, edge * 2), Axis("start2", 0.5, 1), (41, 2))
        *_, found = mapped(asked)
        diverged = found.cells[0, 0] == OUTCOMES.index("diverged")
        first = int(np.argmax(diverged))
        assert diverged[first:].all()
        assert found.x[first - 1] <= edge * (1 + 1e-9)
        assert found.x[min(first + 1, 40)] >= edge


def eigenvalues(scene):
    a, b, c = scene.ground.curves([0.0], [0.0])[3:, 0]
    return np.linalg.eigvalsh([[a, b], [b, c]])


@pytest.mark.parametrize("condition", [10, 50, 200])
def test_m6_the_optimum_is_within_a_quarter_of_the_fastest_cell(condition):
    """The map of the long valley: where theory says, almost nothing is faster.

    The theory is of the last stretch of the way, so the tolerance has to be a small one.
    """
    scene = Scene.parse(f"surface=long-valley&condition={condition}&updates=1500&run=momentum")
    low, high = eigenvalues(scene)
    best = optimum("momentum", low, high)
    sides = Axis("eta", 0.05 / high, 4 / high), Axis("lambda", 0, 0.99)
    *_, found = mapped(Question(scene, 0, *sides, (96, 96), 1e-8))
    updates = found.cells[2][found.cells[0] == OUTCOMES.index("minimum")]
    spot = Axis("eta", best.eta, 2 * best.eta), Axis("lambda", best.momentum, 0.99)
    *_, there = mapped(Question(scene, 0, *spot, (2, 2), 1e-8))
    assert there.cells[2, 0, 0] <= 1.25 * np.nanmin(updates)
    assert np.count_nonzero(updates <= there.cells[2, 0, 0]) < 50


LOW, HIGH, MOMENTUM = 0.7, 12.0, 0.55
LETTER = {"L": HIGH, "μ": LOW, "λ": MOMENTUM}


def value(text):
    """A formula as it is shown, by a reader that is not ours."""
    names = {letter: sympy.Symbol(name) for letter, name in zip(LETTER, "abc", strict=True)}
    plain = text
    for letter, symbol in names.items():
        plain = plain.replace(letter, symbol.name)
    numbers = dict(zip(names.values(), LETTER.values(), strict=True))
    return float(sympy.sympify(plain).subs(numbers))


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.rule)
def test_the_formulas_that_are_shown_are_those_that_are_computed(law):
    assert value(law.limit) == pytest.approx(limit(law.rule, MOMENTUM, HIGH))
    best = optimum(law.rule, LOW, HIGH)
    assert value(law.optimum["η"]) == pytest.approx(best.eta)
    if law.rule != "gd":
        assert value(law.optimum["λ"]) == pytest.approx(best.momentum)
    assert {law.rule for law in LAWS} == set(RULES)


def test_momentum_is_robust_between_the_two_rates_that_are_shown():
    (law,) = [law for law in LAWS if law.robust]
    low, high = map(value, law.robust)
    inside, below, above = (
        regime(eta, MOMENTUM, LOW, HIGH) for eta in ((low + high) / 2, low * 0.99, high * 1.01)
    )
    assert (inside, below, above) == ("robust", "lazy", "knife's edge")


def test_every_law_is_told_as_mathematics_with_its_source():
    for told in laws():
        shown = [told["limit"], *told["optimum"], *([told["robust"]] if told["robust"] else [])]
        assert all(text.startswith("<math") and text.endswith("</math>") for text in shown)
        assert re.search(r"\b(19|20)\d\d\b", told["source"])

"""Derivatives by the chain rule, held against sympy and against finite differences."""

import math

import numpy as np
import pytest

from app.surfaces.catalogue import SURFACES
from app.surfaces.derivative import Algebra, Derivative, curves, slopes
from app.surfaces.formula import Bounds, Graph, in_order, read
from tests.oracle import derivatives, inside, of_row, value

NAMES = ("x", "y")
DEEPEST = Bounds().depth


def six(text, names=NAMES):
    """Graphs of the value, both slopes and the three curvatures."""
    graph = Graph()
    node = read(text, names, graph)
    return node, *slopes(graph, node, names[:2]), *curves(graph, node, names[:2])


def computed(text, x, y):
    return [value(node, {"x": x, "y": y}) for node in six(text)]


# One formula per rule of the table, and rules inside rules. All smooth at the points below.
SMOOTH = [
    "x + y", "x - y", "x*y", "x/y", "-x", "x**3", "x**-2", "x**0.5", "x**1", "x**0", "x**y",
    "2**x", "y**pi", "e**x", "x**x", "sqrt(x*y)", "exp(x*y)", "log(x + y)", "sin(x*y)",
    "cos(x - y)", "tan(x*y/3)", "tanh(x*y)", "softplus(x*y - 1)", "(x*y + 1)/(x + y**2)",
    "exp(-sqrt(x**2 + y**2))", "sin(cos(x*y))**3", "log(1 + exp(x))*tanh(y)/x",
    "abs(x - 3*y)*x", "min(x, 5*y)*y", "max(x*y, x - 9)*x", "abs(-x)**3",
]  # fmt: skip
POINTS = [(0.7, 1.9), (1.3, 0.4), (2.1, 1.1)]


@pytest.mark.parametrize("text", SMOOTH)
def test_every_rule_agrees_with_sympy(text):
    oracle = derivatives(text, NAMES, "math")
    for x, y in POINTS:
        expected = [float(part(x, y)) for part in oracle]
        assert computed(text, x, y) == pytest.approx(expected, rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("text", SMOOTH)
def test_every_rule_agrees_with_finite_differences(text):
    node, first, second, *bends = six(text)
    h = 1e-6
    for x, y in POINTS:

        def difference(part, across, up, x=x, y=y):
            ahead = value(part, {"x": x + h * across, "y": y + h * up})
            behind = value(part, {"x": x - h * across, "y": y - h * up})
            return (ahead - behind) / (2 * h)

        rough = [difference(node, 1, 0), difference(node, 0, 1)]
        rough += [difference(first, 1, 0), difference(first, 0, 1), difference(second, 0, 1)]
        exact = [value(part, {"x": x, "y": y}) for part in (first, second, *bends)]
        assert exact == pytest.approx(rough, rel=1e-6, abs=1e-7)


@pytest.mark.parametrize("row", SURFACES, ids=lambda row: row.name)
def test_the_graphs_of_every_surface_agree_with_sympy(row):
    names = row.letters.all()
    graphs = six(row.formula, names)
    for x, y in zip(*inside(row, 20, seed=1), strict=True):
        given = [x, y, 0.8, 0.3, 1.7][: len(names)]
        expected = [float(part(*given)) for part in of_row(row.name, "math")]
        found = [value(node, dict(zip(names, given, strict=True))) for node in graphs]
        assert found == pytest.approx(expected, rel=1e-9, abs=1e-9 * max(map(abs, expected)))


@pytest.mark.parametrize(
    ("text", "at", "slope"),
    [
        ("abs(x)", (0, 1), (0, 0)),
        ("max(x, y)", (1, 1), (0.5, 0.5)),
        ("min(x, y)", (1, 1), (0.5, 0.5)),
        ("max(x, y)", (2, 1), (1, 0)),
        ("min(x, y)", (2, 1), (0, 1)),
        ("abs(x)", (-2, 1), (-1, 0)),
    ],
)
def test_at_a_kink_the_slope_is_the_mean_of_both_sides(text, at, slope):
    assert tuple(computed(text, *at)[1:3]) == slope


@pytest.mark.parametrize("u", [-1000.0, -40.0, 0.0, 40.0, 1000.0])
def test_softplus_and_its_slopes_never_overflow(u):
    graph = Graph()
    node = read("softplus(x)", NAMES, graph)
    slope, bend = slopes(graph, node, NAMES)[0], curves(graph, node, NAMES)[0]
    logistic = 1 / (1 + math.exp(-u)) if u > -700 else 0.0
    assert value(node, {"x": u}) == pytest.approx(max(u, 0) + math.log1p(math.exp(-abs(u))))
    assert value(slope, {"x": u}) == pytest.approx(logistic, abs=1e-15)
    assert value(bend, {"x": u}) == pytest.approx(logistic * (1 - logistic), abs=1e-15)


def test_what_is_trivially_nothing_is_left_out():
    graph = Graph()
    do = Algebra(graph)
    x, zero, one = graph.name("x"), graph.number(0), graph.number(1)
    assert do.add(x, zero) is x
    assert do.add(zero, x) is x
    assert do.sub(x, zero) is x
    assert do.sub(zero, x) is do.neg(x)
    assert do.neg(do.neg(x)) is x
    assert do.mul(x, zero) is zero
    assert do.mul(zero, x) is zero
    assert do.mul(x, one) is x
    assert do.mul(one, x) is x
    assert do.div(zero, x) is zero
    assert do.div(x, one) is x
    assert do.power(x, one) is x
    assert do.power(x, zero) is one
    assert value(do.add(graph.number(2), graph.number(3)), {}) == 5
    assert value(do.mul(graph.number(2), graph.number(3)), {}) == 6
    assert value(do.neg(graph.number(2)), {}) == -2


def test_the_slope_of_what_does_not_depend_on_a_name_is_zero():
    graph = Graph()
    node = read("sin(y)**2/exp(y) + 3", NAMES, graph)
    assert Derivative(graph, "x").of(node) is graph.number(0)


def test_the_mixed_curvature_is_the_same_either_way():
    graph = Graph()
    node = read("exp(x*y)*sin(x + 2*y)", NAMES, graph)
    one, other = (
        Derivative(graph, second).of(Derivative(graph, first).of(node))
        for first, second in ("xy", "yx")
    )
    for x, y in POINTS:
        values = {"x": x, "y": y}
        assert value(one, values) == pytest.approx(value(other, values), rel=1e-12)


@pytest.mark.parametrize("sign", ["+", "*", "/", "-"])
def test_the_deepest_formula_has_second_derivatives(sign):
    graph = Graph()
    node = read(sign.join(["x"] * DEEPEST), NAMES, graph)
    parts = (node, *slopes(graph, node, NAMES), *curves(graph, node, NAMES))
    assert len(in_order(parts)) < 40 * DEEPEST


def test_shared_parts_are_differentiated_once():
    """exp(exp(… x …)) has one node per level and derivative, not two to the depth."""
    text = "x"
    for _ in range(20):
        text = f"sin({text})"
    assert len(in_order(six(text))) < 400
    assert np.isfinite(computed(text, 0.7, 0.0)).all()

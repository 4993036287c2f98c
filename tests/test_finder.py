"""All critical points of every surface: none missing, none twice, each of its kind."""

from collections import Counter
from functools import cache
from urllib.parse import quote

import numpy as np
import pytest
import sympy as sp

from app import finder
from app.critical import SADDLE, critical
from app.finder import critical_points, distinct, saddles, within
from app.scene import Scene
from app.surfaces.catalogue import BY_NAME, SURFACES
from tests.oracle import curve, expression

every_row = pytest.mark.parametrize("row", SURFACES, ids=lambda row: row.name)
EXTRAS = [
    "",
    "&spread=0.25",
    "&spread=0.25&noise=tilt",
    "&spread=1&data=4",
    "&spread=2&examples=7",
    "&spread=2&noise=tilt&data=1",
    "&spread=0.4&examples=200",
]


def ground(query):
    return Scene.parse(f"surface={query}&run=gd").ground


def kinds(query):
    """How many minima, saddles, maxima and flat points."""
    found = Counter(point.kind for point in critical_points(ground(query)))
    return tuple(found[kind] for kind in ("minimum", "saddle", "maximum", "flat"))


COUNTS = {
    "two-valleys": (2, 1, 0, 0),
    "canyon-and-basin": (2, 1, 0, 0),
    "hill": (2, 2, 0, 0),
    "plateau": (1, 0, 0, 0),
    "long-valley": (1, 0, 0, 0),
    "toy-network": (2, 1, 0, 0),
    "linear-regression": (1, 0, 0, 0),
    "logistic-regression": (1, 0, 0, 0),
    "one-neuron": (2, 1, 0, 0),
    "rosenbrock": (1, 0, 0, 0),
    "beale": (1, 2, 0, 0),
    "himmelblau": (4, 4, 1, 0),
    "six-hump-camel": (6, 7, 2, 0),
    "three-hump-camel": (3, 2, 0, 0),
    "styblinski-tang": (4, 4, 1, 0),
    "rastrigin": (121, 220, 100, 0),
    "ackley": (121, 220, 100, 0),
    "booth": (1, 0, 0, 0),
    "matyas": (1, 0, 0, 0),
    "mccormick": (2, 1, 0, 0),
    "goldstein-price": (4, 4, 1, 0),
    "monkey-saddle": (0, 0, 0, 1),
    "formula": (15, 20, 6, 0),
}


WHOLE = [row for row in SURFACES if not (row.draw or row.constants)]


@pytest.mark.parametrize("row", WHOLE, ids=lambda row: row.name)
def test_a_formula_that_is_typed_has_the_points_of_the_row_it_copies(row):
    """Without the catalogue's claims; a tip without a gradient only a claim can name."""
    box = ",".join(map(str, row.box))
    typed = kinds(f"formula&formula={quote(row.formula)}&domain={box}")
    tips = sum(not claim.smooth for claim in row.claims)
    assert typed == (COUNTS[row.name][0] - tips, *COUNTS[row.name][1:])


FLAT_IN_PARTS = {
    "min(x*x + y*y, 1)": (1, 0, 0, 1),
    "1 - exp(-5*(x*x + y*y))": (1, 0, 0, 1),
    "max(x, 0)": (0, 0, 0, 1),
    "x*0": (0, 0, 0, 1),
    "1e6*x*x + 1e-4*y*y": (1, 0, 0, 0),
    "e^(-x)": (0, 0, 0, 0),
}


@pytest.mark.parametrize("formula", FLAT_IN_PARTS)
def test_a_part_that_is_flat_is_told_once_and_a_crack_is_no_saddle(formula):
    assert kinds(f"formula&formula={quote(formula)}") == FLAT_IN_PARTS[formula]


@every_row
def test_c2_a_surface_has_the_known_number_of_points_of_each_kind(row):
    assert kinds(row.name) == COUNTS[row.name]


# Polynomials: every real root of the gradient, by resultants and nothing of ours.


@cache
def gradient_roots(name):
    """(k, 2): all real zeros of the gradient in the domain, in exact arithmetic to 40 digits."""
    row = BY_NAME[name]
    f = sp.nsimplify(expression(row.formula, row.letters.all()), rational=True)
    x, y = sorted(f.free_symbols, key=str)
    slopes = [sp.Poly(sp.expand(f.diff(letter)), x, y) for letter in (x, y)]
    resultant = sp.Poly(sp.resultant(*slopes, y), x)
    found = set()
    for factor, _ in sp.factor_list(resultant)[1]:
        for at in real_roots(sp.Poly(factor, x)):
            both = [sp.Poly(slope.as_expr().subs(x, at), y) for slope in slopes]
            for up in real_roots(next(part for part in both if part.degree() > 0)):
                if all(abs(part.eval(up)) < 1e-8 for part in both):
                    found.add((round(float(at), 7) + 0.0, round(float(up), 7) + 0.0))
    (left, right), (low, high) = row.domain
    return sorted(p for p in found if left <= p[0] <= right and low <= p[1] <= high)


def real_roots(polynomial):
    roots = polynomial.nroots(n=40, maxsteps=500)
    return [sp.re(root) for root in roots if abs(sp.im(root)) < 1e-15]


POLYNOMIALS = [
    "two-valleys", "rosenbrock", "beale", "himmelblau", "six-hump-camel", "three-hump-camel",
    "styblinski-tang", "booth", "matyas", "goldstein-price", "monkey-saddle",
]  # fmt: skip


@pytest.mark.parametrize("name", POLYNOMIALS)
def test_the_points_of_a_polynomial_are_the_real_roots_of_its_gradient(name):
    found = sorted(
        (round(p.at[0], 7) + 0.0, round(p.at[1], 7) + 0.0) for p in critical_points(ground(name))
    )
    assert found == pytest.approx(np.array(gradient_roots(name)), abs=2e-7)


# The rest: the gradient turns once around every minimum and maximum, once back around a saddle.


def turns(made):
    """How often ∇L turns on the way around the domain's border, looked at ever more closely."""
    t = np.linspace(0, 4, 4001)
    while True:
        turned = np.diff(np.unwrap(directions(made, t)))
        wide = np.flatnonzero(np.abs(turned) > 1)
        if not len(wide):
            return round(turned.sum() / (2 * np.pi))
        t = np.insert(t, wide + 1, (t[wide] + t[wide + 1]) / 2)


def directions(made, t):
    """The gradient's angle at t sides along the border, from the lower left corner."""
    (left, right), (low, high) = made.row.domain
    x = np.interp(t, range(5), [left, right, right, left, left])
    y = np.interp(t, range(5), [low, low, high, high, low])
    _, g1, g2 = made.slopes(x, y)
    return np.arctan2(g2, g1)


def index(point, zero):
    """How often ∇L turns around a point: never around a shelf, twice back around the monkey."""
    if point.eigenvalues is None:
        return 1
    low, high = (0 if abs(value) <= zero else np.sign(value) for value in point.eigenvalues)
    return -2 if point.kind == "flat" else int(low * high)


@every_row
@pytest.mark.parametrize("extra", EXTRAS)
def test_minima_saddles_and_maxima_add_up_to_the_turns_of_the_gradient(row, extra):
    if row.name == "toy-network":
        pytest.skip("its curves of minima cross the border, where the gradient is zero")
    made = ground(row.name + extra)
    zero = 1e-8 * made.scale[1]
    assert sum(index(point, zero) for point in critical_points(made)) == turns(made)


@pytest.mark.parametrize("name", ["rastrigin", "ackley", "canyon-and-basin", "hill", "plateau"])
@pytest.mark.parametrize("extra", ["", "&spread=0.25", "&spread=1.2&data=3"])
def test_newton_from_everywhere_finds_no_other_point(name, extra):
    made = ground(name + extra)
    across, up = np.meshgrid(*(np.linspace(*side, 90) for side in made.row.domain))
    found = critical(made, np.stack([across.ravel(), up.ravel()], axis=1))
    every = distinct(made, found[within(made.row, found[:, 1:3])])
    assert len(every) == sum(p.eigenvalues is not None for p in critical_points(made))


# What is said of each.


@every_row
@pytest.mark.parametrize("extra", EXTRAS[:4])
def test_c1_every_point_has_no_gradient_and_is_of_its_kind(row, extra):
    made = ground(row.name + extra)
    for point in critical_points(made)[:12]:
        if point.eigenvalues is None:
            continue
        g, hessian = curve(made, point.at)
        assert np.hypot(*g) <= 1.01e-8 * made.scale[0]
        size = np.abs(hessian).max() + made.scale[1]
        assert point.eigenvalues == pytest.approx(np.linalg.eigvalsh(hessian), abs=1e-9 * size)
        for value, vector in zip(point.eigenvalues, point.eigenvectors, strict=True):
            assert hessian @ vector == pytest.approx(value * np.array(vector), abs=1e-8 * size)
        falling = sum(value < -1e-8 * made.scale[1] for value in point.eigenvalues)
        clear = min(map(abs, point.eigenvalues)) > 1e-8 * made.scale[1]
        assert not clear or point.kind == ("minimum", "saddle", "maximum")[falling]


@every_row
def test_points_stand_in_the_domain_and_in_order(row):
    points = critical_points(ground(f"{row.name}&spread=0.25"))
    assert within(row, np.array([point.at for point in points]).reshape(-1, 2)).all()
    ranks = [finder.ORDER[point.kind] for point in points]
    assert ranks == sorted(ranks)
    for kind in finder.ORDER:
        losses = [point.loss for point in points if point.kind == kind]
        assert losses == pytest.approx(sorted(losses), rel=1e-8)


@every_row
def test_every_claim_is_among_the_points(row):
    points = critical_points(ground(row.name))
    for claim in row.claims:
        near = [p for p in points if np.hypot(*np.subtract(p.at, claim.at)) < 1e-6 * row.diagonal]
        assert [point.kind for point in near] == [claim.kind]


def test_ackley_s_tip_is_listed_without_eigenvalues():
    tip = critical_points(ground("ackley"))[0]
    assert (tip.at, tip.kind, tip.eigenvalues, tip.eigenvectors) == ((0, 0), "minimum", None, None)
    assert tip.loss == pytest.approx(0, abs=1e-12)


def test_the_hessian_cannot_decide_the_monkey_saddle():
    (middle,) = critical_points(ground("monkey-saddle"))
    assert (middle.at, middle.kind, middle.eigenvalues) == ((0, 0), "flat", (0, 0))


def test_mccormick_s_points_are_those_of_its_equations():
    """Both derivatives vanish where cos(x + y) = −1/2 and x − y = 1."""
    points = critical_points(ground("mccormick"))
    for (x, y), total in zip([p.at for p in points], (-2, 4, 2), strict=True):
        assert (x - y, x + y) == pytest.approx((1, total * np.pi / 3), abs=1e-9)


def test_tilt_noise_changes_no_point():
    plain = critical_points(ground("himmelblau"))
    tilted = critical_points(ground("himmelblau&spread=2&noise=tilt"))
    for one, other in zip(plain, tilted, strict=True):
        assert one.kind == other.kind
        assert one.at == pytest.approx(other.at, abs=1e-9)


# Curves of minima.


@pytest.mark.parametrize("extra", ["", "&examples=1", "&examples=2&data=5", "&examples=200"])
def test_the_toy_network_s_minima_are_two_curves(extra):
    valleys = [p for p in critical_points(ground(f"toy-network{extra}")) if p.valley]
    assert [valley.kind for valley in valleys] == ["minimum", "minimum"]
    assert sorted(round(valley.at[0], 9) for valley in valleys) == [-1, 1]
    for valley in valleys:
        w1, w2 = np.array(valley.curve).T
        assert w1 * w2 == pytest.approx(np.ones(len(w1)), abs=1e-7)
        ends = sorted([abs(w1).max(), abs(w2).max()])
        assert ends == pytest.approx([1.8, 2.4], abs=1e-4)


ALONG = ["toy-network", "linear-regression&examples=1", "one-neuron&examples=1&data=3"]


@pytest.mark.parametrize("query", ALONG)
def test_a_curve_is_in_order_short_enough_to_send_and_holds_its_point(query):
    made = ground(query)
    valleys = [p for p in critical_points(made) if p.valley]
    assert valleys
    for valley in valleys:
        curve_points = np.array(valley.curve)
        assert 2 < len(curve_points) <= 200
        assert valley.at in valley.curve
        steps = np.diff(curve_points, axis=0)
        assert np.hypot(*steps.T).max() < 0.02 * made.row.diagonal
        assert (steps[1:] * steps[:-1]).sum(axis=1).min() > 0
        assert within(made.row, curve_points).all()
        loss, g1, g2 = made.slopes(*curve_points.T)
        assert np.hypot(g1, g2).max() <= 1e-8 * made.scale[0]
        assert loss == pytest.approx(np.full(len(loss), loss[0]), abs=1e-9)


@pytest.mark.parametrize("query", ALONG)
def test_a_curve_is_known_by_its_point_nearest_to_the_middle(query):
    made = ground(query)
    for valley in (p for p in critical_points(made) if p.valley):
        away = np.hypot(*(np.array(valley.curve) - made.row.centre).T)
        assert np.hypot(*np.subtract(valley.at, made.row.centre)) <= away.min() + 1e-12


# Saddles for every walk, and how long it takes.


@pytest.mark.parametrize(
    "name", ["six-hump-camel", "styblinski-tang&spread=0.25", "hill", "ackley"]
)
def test_the_saddles_a_path_may_leave_are_all_there_are(name):
    made = ground(name)
    listed = sorted(p.at for p in critical_points(made) if p.kind == "saddle")
    assert sorted(map(tuple, saddles(made)[:, :2].tolist())) == listed
    assert np.hypot(*saddles(made)[:, 2:4].T) == pytest.approx(np.ones(len(listed)))


def test_a_saddle_knows_how_far_the_next_critical_point_is():
    made = ground("ackley")
    points = np.array([point.at for point in critical_points(made)])
    for x, y, _, _, away in saddles(made)[:20].tolist():
        distances = np.sort(np.hypot(*(points - [x, y]).T))
        assert distances[:2] == pytest.approx([0, away])


def test_saddles_are_where_the_mean_has_them():
    made = ground("two-valleys&spread=0.25")
    assert saddles(made)[:, :2] == pytest.approx(np.zeros((1, 2)), abs=1e-12)
    assert abs(saddles(made)[0, 2:4] @ [0.8, 0.6]) == pytest.approx(1)
    assert saddles(made)[0, 4] == pytest.approx(np.sqrt(1 - 3 * 0.25**2))
    assert finder.isolated(made)[:, 3].tolist().count(SADDLE) == 1


def test_a_surface_is_searched_once():
    made = ground("himmelblau&spread=0.21")
    assert critical_points(made) is critical_points(made)

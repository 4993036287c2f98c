"""The compiled terms: every surface against sympy, and every operation as generated code."""

import importlib.util
import math
import sys

import numpy as np
import pytest

from app.scene import Scene
from app.surfaces import terms
from app.surfaces.catalogue import SURFACES
from app.surfaces.surface import LANES
from app.surfaces.terms import Letters
from tests.oracle import derivatives, inside, means

NAMES = ("x", "y")
PLANE = Letters(NAMES, (), ())
KINDS = ("slope", "curve")


def ground(name, extra=""):
    return Scene.parse(f"surface={name}{extra}&run=gd").ground


every_surface = pytest.mark.parametrize("row", SURFACES, ids=lambda row: row.name)


@every_surface
def test_value_gradient_and_hessian_of_every_surface_agree_with_sympy(row):
    surface = ground(row.name)
    x, y = inside(row, 200)
    expected = means(surface, x, y)
    for found in (surface.slopes(x, y), surface.curves(x, y)):
        for mine, theirs in zip(found, expected, strict=False):
            assert mine == pytest.approx(theirs, rel=1e-9, abs=1e-11 * np.abs(theirs).max())


@every_surface
def test_the_gradient_of_every_surface_agrees_with_finite_differences(row):
    surface = ground(row.name)
    x, y = inside(row, 50, seed=2)
    h = 1e-6
    loss, *gradient = surface.slopes(x, y)
    across = (surface.slopes(x + h, y)[0] - surface.slopes(x - h, y)[0]) / (2 * h)
    up = (surface.slopes(x, y + h)[0] - surface.slopes(x, y - h)[0]) / (2 * h)
    rounding = 1e-9 * np.abs(loss).max() + 1e-7
    for exact, rough in zip(gradient, (across, up), strict=True):
        assert exact == pytest.approx(rough, rel=1e-5, abs=rounding)


@every_surface
def test_the_hessian_of_every_surface_agrees_with_finite_differences(row):
    surface = ground(row.name)
    x, y = inside(row, 50, seed=3)
    h = 1e-6
    exact = surface.curves(x, y)[3:]
    across = (surface.slopes(x + h, y) - surface.slopes(x - h, y)) / (2 * h)
    up = (surface.slopes(x, y + h) - surface.slopes(x, y - h)) / (2 * h)
    rough = np.array([across[1], across[2], up[2]])
    assert exact == pytest.approx(rough, rel=1e-5, abs=1e-7 + 1e-8 * np.abs(exact).max())


@every_surface
def test_a_lane_knows_nothing_of_its_neighbours(row):
    surface = ground(row.name)
    x, y = inside(row, LANES + 7, seed=4)
    together = surface.slopes(x, y)
    for i in (0, 1, LANES - 1, LANES, LANES + 6):
        assert np.array_equal(surface.slopes(x[i : i + 1], y[i : i + 1])[:, 0], together[:, i])


@pytest.mark.parametrize("u", [-800.0, -1.0, 0.0, 1.0, 800.0])
def test_softplus_is_compiled_without_overflow(u):
    assert terms.softplus(u) == pytest.approx(max(u, 0) + math.log1p(math.exp(-abs(u))), abs=0)


def test_sign_and_less_are_fair_at_the_middle():
    assert [terms.sign(u) for u in (-2.0, 0.0, 3.0)] == [-1.0, 0.0, 1.0]
    assert [terms.less(u, 1.0) for u in (0.0, 1.0, 2.0)] == [1.0, 0.5, 0.0]


PLAINLY = "\nterm = lambda signature: lambda function: function\n"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The generated functions of any formula, run as plain Python with the compiler off."""
    folder = tmp_path_factory.mktemp("terms")
    count = iter(range(1000))

    def functions(text, letters=PLANE):
        path = folder / f"made_{next(count)}.py"
        path.write_text(terms.HEAD + PLAINLY + terms.source("made", text, letters), "utf-8")
        spec = importlib.util.spec_from_file_location(path.stem, path)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module.slope_made, module.curve_made

    return functions


# Operations the catalogue may not use today; every one must compile to what it means.
OPERATIONS = [
    "x*y - x/y", "-x + 2", "x**2", "x**3", "x**7", "x**16", "x**17", "x**1", "x**-1", "x**-3",
    "x**0.5", "x**-1.5", "x**y", "2**x", "sqrt(x)", "exp(x)", "log(x)", "sin(x)", "cos(x)",
    "tan(x)", "tanh(x)", "abs(x - 3)", "min(x, 4*y)", "max(x, y/9)", "softplus(x)", "pi*x + e*y",
    "3", "x", "1e-7*x", "x**2 + x**2*y", "-(-x)",
]  # fmt: skip


@pytest.mark.parametrize("text", OPERATIONS)
def test_every_operation_becomes_code_that_means_it(made, text):
    slope, curve = made(text)
    x, y = np.array([0.7, 1.3, 2.1]), np.array([1.9, 0.4, 1.1])
    n, none = len(x), np.zeros(3)
    three, six = np.zeros((3, n)), np.zeros((6, n))
    slope(x, y, none, none, none, n, *three)
    curve(x, y, none, none, none, n, six)
    expected = np.array([np.broadcast_to(part(x, y), n) for part in derivatives(text, NAMES)])
    assert six == pytest.approx(expected.astype(float), rel=1e-12, abs=1e-14)
    assert np.array_equal(three, six[:3])


def test_columns_and_constants_come_from_their_places(made):
    slope, _ = made("p*u + q*v*x + w", Letters(("x", "w"), ("u", "v"), ("p", "q")))
    x, w, u, v = (np.array([value]) for value in (2.0, 3.0, 5.0, 7.0))
    out = np.zeros((3, 1))
    slope(x, w, u, v, np.array([11.0, 13.0]), 1, *out)
    assert out[:, 0].tolist() == [11 * 5 + 13 * 7 * 2 + 3, 13 * 7, 1]


def test_only_the_lanes_asked_for_are_written(made):
    slope, curve = made("x*y")
    x, out, six = np.ones(4), np.full((3, 4), -1.0), np.full((6, 4), -1.0)
    slope(x, x, x, x, x, 2, *out)
    curve(x, x, x, x, x, 2, six)
    assert (out[:, 2:] == -1).all()
    assert (six[:, 2:] == -1).all()


@pytest.mark.parametrize("power", [1, 2, 3, 4, 7, 16, -1, -5])
def test_small_whole_powers_are_products(power):
    text = terms.power("x", float(power))
    assert "**" not in text
    assert eval(text, {"x": 3.0}) == pytest.approx(3.0**power, rel=1e-15)


@pytest.mark.parametrize("row", SURFACES, ids=lambda row: row.name)
def test_names_become_identifiers(row):
    assert terms.identifier(row.name).isidentifier()


def test_the_generated_module_holds_nothing_but_the_catalogue():
    module = sys.modules[terms.MODULE]
    names = {name for name in vars(module) if name.startswith(("slope_", "curve_"))}
    rows = [row for row in SURFACES if not row.is_typed]
    expected = {f"{kind}_{terms.identifier(row.name)}" for row in rows for kind in KINDS}
    assert names == expected

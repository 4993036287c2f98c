"""The tape says what the compiled terms say, to the last bit, and what sympy says."""

import mpmath
import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.kernels import address_of
from app.scene import Scene
from app.surfaces.catalogue import SURFACES
from app.surfaces.formula import FormulaError
from app.surfaces.surface import blocks, mean_curve, mean_slope
from app.surfaces.tape import REGISTERS, TILE, tape, tape_curve, tape_slope
from app.surfaces.terms import Letters
from tests.oracle import derivatives, inside

SLOPE, CURVE = address_of(tape_slope), address_of(tape_curve)
PLANE = Letters(("x", "y"), (), ())
ALONE = np.zeros((6, 1))
POINTS = 2 * TILE + 5


def slopes(p, x, y, examples=ALONE):
    out = np.empty((3, len(x)))
    mean_slope(SLOPE, x, y, p, examples, *blocks(), out)
    return out


def curves(p, x, y, examples=ALONE):
    out = np.empty((6, len(x)))
    mean_curve(CURVE, x, y, p, examples, np.empty((10, len(x))), out)
    return out


@pytest.mark.parametrize("noise", ["", "&spread=0.3", "&spread=0.3&noise=tilt"])
@pytest.mark.parametrize("row", SURFACES, ids=lambda row: row.name)
def test_the_tape_and_the_compiled_terms_agree_to_the_last_bit(row, noise):
    ground = Scene.parse(f"surface={row.name}{noise}&run=gd").ground
    constants = dict(zip(row.constants, ground.constants.tolist(), strict=False))
    p = tape(row.formula, row.letters, constants)
    x, y = inside(row, POINTS)
    assert np.array_equal(slopes(p, x, y, ground.examples), ground.slopes(x, y), equal_nan=True)
    assert np.array_equal(curves(p, x, y, ground.examples), ground.curves(x, y), equal_nan=True)


leaves = st.sampled_from(["x", "y", "x", "y", "1.5", "2", "0.25", "pi"])


def branches(inner):
    pairs = st.tuples(inner, st.sampled_from(["+", "-", "*", "/"]), inner)
    powers = st.tuples(inner, st.integers(1, 4))
    calls = st.tuples(st.sampled_from(["sin", "cos", "exp", "tanh", "sqrt", "log", "tan"]), inner)
    bent = st.tuples(
        st.sampled_from(["2", "e", "1.5", "(x + 1)"]), st.sampled_from(["", "-"]), inner
    )
    return (
        bent.map(lambda p: f"{p[0]}**({p[1]}{p[2]})")
        | pairs.map(lambda p: f"({p[0]} {p[1]} {p[2]})")
        | powers.map(lambda p: f"({p[0]})**{p[1]}")
        | calls.map(lambda p: f"{p[0]}({p[1]})")
        | inner.map(lambda text: f"-({text})")
    )


formulas = st.recursive(leaves, branches, max_leaves=8)
near = st.floats(0.3, 2.0)


@given(formulas, near, near)
def test_generated_formulas_agree_with_sympy_in_value_gradient_and_hessian(text, x, y):
    """Held where sympy's own answer is a number of ordinary size, to the rounding of both."""
    p = tape(text, PLANE, {})
    at = [np.array([x]), np.array([y])]
    mine = np.concatenate([curves(p, *at)[:, 0], slopes(p, *at)[:, 0]])
    with mpmath.workdps(60):
        exact = known_at(text, x, y)
        assume(all(mpmath.im(value) == 0 and abs(value) < 1e6 for value in exact))
        theirs = [float(mpmath.re(value)) for value in exact]
    assert mine[0] == pytest.approx(theirs[0], rel=1e-7, abs=1e-7)
    if "sqrt" in text or "log" in text:  # sqrt(x - x) is 0, and has no slope
        assume(np.isfinite(mine).all())
    assert mine == pytest.approx([*theirs, *theirs[:3]], rel=1e-7, abs=1e-7)


def known_at(text, x, y):
    """Value, gradient and Hessian in 60 digits; not where something is divided by nothing."""
    try:
        parts = derivatives(text, ("x", "y"), modules="mpmath")
        return [part(mpmath.mpf(x), mpmath.mpf(y)) for part in parts]
    except (ZeroDivisionError, KeyError):  # sympy writes 1/0 as a name nobody knows
        return [mpmath.inf]


def test_a_lane_knows_nothing_of_its_neighbours():
    p = tape("x**3*y - exp(-y)*max(x, y)", PLANE, {})
    x, y = np.random.default_rng(3).uniform(-2, 2, (2, POINTS))
    together = curves(p, x, y)
    for i in (0, TILE - 1, TILE, POINTS - 1):
        assert np.array_equal(together[:, i], curves(p, x[i : i + 1], y[i : i + 1])[:, 0])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x", [2, 1, 0, 0, 0, 0]),
        ("3", [3, 0, 0, 0, 0, 0]),
        ("x*y", [6, 3, 2, 0, 1, 0]),
        ("x + x", [4, 2, 0, 0, 0, 0]),
        ("y**2", [9, 0, 6, 0, 0, 2]),
        ("min(x, y)", [2, 1, 0, 0, 0, 0]),
        ("abs(-x)", [2, 1, 0, 0, 0, 0]),
        ("2**x", [4, 4 * np.log(2), 0, 4 * np.log(2) ** 2, 0, 0]),
        ("e^(-x)", [np.exp(-2), -np.exp(-2), 0, np.exp(-2), 0, 0]),
        ("x**-2", [0.25, -0.25, 0, 0.375, 0, 0]),
        ("x**-(1 - 1*y/y - 1)", [2, 1, 0, 0, 0, 0]),
        ("softplus(0*x)", [np.log(2), 0, 0, 0, 0, 0]),
    ],
)
def test_results_that_are_names_numbers_or_each_other_reach_their_places(text, expected):
    found = curves(tape(text, PLANE, {}), np.array([2.0]), np.array([3.0]))[:, 0]
    assert found == pytest.approx(expected, rel=1e-14)


def test_where_the_loss_is_no_number_there_is_no_slope_either():
    at = [np.array([-1.0, 1.0]), np.array([2.0, 2.0])]
    p = tape("log(x) + y", PLANE, {})
    assert np.isnan(slopes(p, *at)[:, 0]).all()
    assert np.isnan(curves(p, *at)[:, 0]).all()
    assert curves(p, *at)[:, 1].tolist() == [2, 1, 1, -1, 0, 0]


def test_a_formula_with_more_parts_at_once_than_registers_is_refused():
    many = [f"sin(x*{k} + y)" for k in range(REGISTERS)]
    while len(many) > 1:  # balanced, so that it is wide and not deep
        halves = zip(many[::2], many[1::2], strict=False)
        many = [f"({a}*{b})" for a, b in halves] + many[len(many) // 2 * 2 :]
    with pytest.raises(FormulaError, match="too much at once"):
        tape(many[0], PLANE, {})

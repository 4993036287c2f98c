"""What a visitor brings: a formula or rows of data become a surface, or are refused in words."""

import json
from urllib.parse import quote

import numpy as np
import pytest

from app.descent import walk
from app.finder import critical_points
from app.limits import LIMITS
from app.scene import Scene, SceneError, read
from app.settings import PROJECT
from app.surfaces.catalogue import BY_NAME, SURFACES
from app.surfaces.formula import FUNCTIONS
from app.typed import BOUNDS, NoSurface, shaped
from tests.hostile import HOSTILE

GIVEN = "surface=formula&formula="


def scene(formula: str, more: str = "&run=gd") -> Scene:
    return Scene.parse(f"{GIVEN}{quote(formula)}{more}")


@pytest.mark.parametrize("row", SURFACES, ids=lambda row: row.name)
def test_every_formula_of_the_catalogue_could_have_been_typed(row):
    if row.draw or row.constants:
        return
    (left, right), (low, high) = row.domain
    box = f"&domain={left},{right},{low},{high}"
    typed = scene(row.formula, f"{box}&start={row.start[0]},{row.start[1]}&eta={row.eta}&run=adam")
    built = Scene.parse(f"surface={row.name}&updates=300&run=adam")
    assert typed.ground.scale.tolist() == built.ground.scale.tolist()
    (mine,), (theirs,) = walk(typed), walk(built)
    assert np.array_equal(mine.theta, theirs.theta)
    assert np.array_equal(mine.loss, theirs.loss)


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:40]))
def test_hostile_formulas_are_refused_in_words_and_harmless_ones_read(text):
    found, problems = read(f"{GIVEN}{quote(text)}&run=gd")
    if HOSTILE[text] is None:
        assert not problems
        assert walk(found)
        return
    (problem,) = problems
    assert problem.knob in ("formula", "address")
    assert HOSTILE[text] in (problem.wrong or problem.allowed) or problem.knob == "address"
    assert found.row.formula in {row.formula for row in SURFACES}
    assert json.dumps(problem.told())


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("x + z", 4),
        ("x**2 + 3*foo(y)", 9),
        ("x + y! + 1", 5),
        ("x +", 3),
        ("(x + 1", 0),
        ("x**17", 3),
        ("x² + z", 5),
        ("2x", 1),
        ("x + 3(y + 1)", 5),
        ("(x) // y", 4),
        ("x.real", 1),
        ("x, y", 1),
        ("1e3y", 2),
    ],
)
def test_an_error_points_at_the_character_and_says_what_is_allowed(text, at):
    (problem,) = read(f"{GIVEN}{quote(text)}&run=gd")[1]
    assert problem.at == at
    assert f"at character {at + 1}" in str(problem)
    assert problem.wrong
    assert problem.allowed
    assert problem.given == text


def test_signs_that_phones_and_papers_write_are_read():
    assert scene("2·x² − y³÷3×x").ground.loss_at((2, 3)) == 8 - 27 / 3 * 2


def test_bounds_are_those_of_the_table():
    assert (BOUNDS.depth, BOUNDS.nodes) == (LIMITS["formula_depth"], LIMITS["formula_nodes"])
    assert (BOUNDS.exponent, BOUNDS.number) == (16, 1_000_000)


def test_the_catalogue_s_own_formula_is_left_out_and_another_one_written():
    own = BY_NAME["formula"]
    assert scene(own.formula).query() == "surface=formula&run=gd"
    other = scene("x^2 + y**2/3 - 1")
    assert other.query() == "surface=formula&formula=x%5E2%20%2B%20y**2%2F3%20-%201&run=gd"
    assert Scene.parse(other.query()) == other


def test_the_same_formula_is_the_same_surface_and_rows_are_kept_apart():
    assert scene("x*x + y*y").ground is scene("x*x + y*y").ground
    assert scene("x*x + y*y").ground is not scene("x*x + 2*y*y").ground
    assert shaped("booth", ()) is BY_NAME["booth"]


def test_the_page_lists_the_functions_that_an_error_lists():
    card = (PROJECT / "static" / "js" / "formulabox.js").read_text("utf-8")
    assert f" {' '.join(FUNCTIONS)}." in card
    (problem,) = read(f"{GIVEN}foo(x)&run=gd")[1]
    assert problem.allowed == ", ".join(FUNCTIONS)


SMALL = "&start=0.4,0.5&eta=0.02&spread=0.2&examples=10&run=gd,batch:1&run=momentum"


def test_a_formula_works_with_noise_and_minima_are_found():
    noisy = scene("(x**2 - 1)**2 + y**2", SMALL)
    assert noisy.ground.examples.shape == (6, 10)
    single, momentum = walk(noisy)
    assert momentum.outcome == "minimum"
    assert momentum.at == pytest.approx((0.93, 0), abs=0.05)  # blurred, so shallower and nearer
    assert single.theta.shape == (301, 2)


def test_a_run_that_leaves_where_the_formula_is_defined_has_diverged():
    (path,) = walk(scene("log(x) + y*y", "&start=1,1&run=gd"))
    assert (path.outcome, path.updates) == ("diverged", 13)
    assert np.isfinite(path.theta).all()


@pytest.mark.parametrize("formula", ["x**y", "log(x)", "1/x"])
def test_a_formula_that_is_not_finite_everywhere_has_a_scale_without_a_warning(formula):
    typical = scene(formula, "&run=gd").ground.scale  # a warning would be an error here
    assert np.isfinite(typical).all()
    assert (typical > 0).all()


@pytest.mark.parametrize("formula", ["exp(exp(x))", "exp(exp(x)) + y^2", "2**2**2**x"])
def test_a_corner_that_explodes_makes_no_slope_elsewhere_a_critical_point(formula):
    """There the loss is 1e23 and more; of its own size the rest is as steep as anything."""
    asked = scene(formula, "&start=-2,1&eta=0.001&run=gd")
    assert not critical_points(asked.ground)
    assert walk(asked)[0].outcome == "moving"


def test_beside_a_corner_that_explodes_a_minimum_is_one():
    (found,) = critical_points(scene("exp(exp(x)) - 5*x + y^2", "&run=gd").ground)
    x, y = found.at
    assert found.kind == "minimum"
    assert x + np.exp(x) == pytest.approx(np.log(5))
    assert y == pytest.approx(0, abs=1e-8)


def test_another_domain_takes_the_start_along():
    row = Scene.parse("surface=formula&domain=0,8,-3,3&run=gd").row
    assert row.domain == ((0, 8), (-3, 3))
    assert row.start == pytest.approx((0.8, 2.2))
    assert Scene.parse("surface=formula&domain=-4,4,-3,3&run=gd").query() == (
        "surface=formula&run=gd"
    )


BAD_BOXES = ["", "1,2,3", "1,1,2,3", "2,1,0,1", "0,1,0,1e-4", "0,1e5,0,1", "0,1e7,0,1", "a,b,c,d"]


@pytest.mark.parametrize("text", BAD_BOXES)
def test_a_domain_that_is_no_rectangle_is_refused(text):
    (problem,) = read(f"surface=formula&domain={text}&run=gd")[1]
    assert problem.knob == "domain"
    assert "left,right,low,high" in problem.allowed


LINE = "surface=linear-regression&rows=0,1,1,3,2,5"


def test_rows_of_data_are_the_examples_just_as_they_are():
    ground = Scene.parse(f"{LINE}&run=gd").ground
    assert ground.examples[4].tolist() == [0, 1, 2]
    assert ground.examples[5].tolist() == [1, 3, 5]
    (path,) = walk(Scene.parse(f"{LINE}&updates=4000&run=momentum"))
    assert path.outcome == "minimum"
    assert path.at == pytest.approx((2, 1), abs=1e-6)  # y = 2x + 1
    assert path.loss[-1] == pytest.approx(0, abs=1e-12)


def test_there_are_as_many_examples_as_rows():
    known = Scene.parse(f"{LINE}&run=gd,batch:3")
    assert known.examples == 3
    assert known.query() == f"{LINE}&run=gd,batch:3"
    found, (problem,) = read(f"{LINE}&examples=7&run=gd")
    assert (problem.knob, problem.allowed) == ("examples", "3, the number of rows")
    assert found.examples == 3
    assert read(f"{LINE}&run=gd,batch:4")[1][0].knob == "run gd batch"


def test_five_hundred_rows_fit_in_an_address_and_no_more():
    many = ",".join(["-1.2345678901234,123.45678901234"] * LIMITS["rows"])
    assert Scene.parse(f"surface=one-neuron&rows={many}&run=gd").examples == 500
    (problem,) = read(f"surface=one-neuron&rows={many},1,2&run=gd")[1]
    assert problem.knob == "rows"


@pytest.mark.parametrize("rows", ["", "1", "1,2", "1,2,3", "1,2,3,NaN", "1,2,3,1e7", "a,b,c,d"])
def test_what_is_not_rows_is_refused(rows):
    assert [p.knob for p in read(f"surface=linear-regression&rows={rows}&run=gd")[1]] == ["rows"]


def test_classes_are_0_and_1():
    with pytest.raises(SceneError, match="every y is a class, 0 or 1"):
        Scene.parse("surface=logistic-regression&rows=1,0,2,1,3,2&run=gd")
    with pytest.raises(NoSurface):
        shaped("logistic-regression", (("rows", (1.0, 0.5, 2.0, 1.0)),))


@pytest.mark.parametrize("name", ["formula=x", "domain=0,1,0,1", "rows=1,2,3,4"])
def test_other_surfaces_are_not_shaped(name):
    (problem,) = read(f"surface=booth&{name}&run=gd")[1]
    assert problem.knob == name.split("=")[0]

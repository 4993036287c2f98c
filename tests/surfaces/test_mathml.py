"""The formula on screen: well-formed MathML that means what was written, in its form.

`spoken` reads presentation MathML back into a formula, so that what is shown can be
computed and held against what was written.
"""

import math
from xml.etree import ElementTree

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app import tables
from app.rules import RULES
from app.surfaces.catalogue import SURFACES
from app.surfaces.formula import FUNCTIONS, Graph, read
from app.surfaces.mathml import letter, mathml
from tests.oracle import value

NAMESPACE = "{http://www.w3.org/1998/Math/MathML}"
TIMES = "\u2062"  # invisible, but there
SIGNS = {"−": "-", "·": "*", TIMES: "*", "=": "=", ",": ","}
CHILDREN = {"mfrac": 2, "msup": 2, "msub": 2, "msqrt": 1}


def parsed(text):
    return ElementTree.fromstring(text)


def tag(element):
    return element.tag.removeprefix(NAMESPACE)


SHAPES = {
    "mfrac": "(({})/({}))".format,
    "msup": "({})**({})".format,
    "msqrt": "sqrt({})".format,
    "msub": "{}{}".format,
    "mrow": lambda *parts: "".join(parts),
    "math": lambda *parts: "".join(parts),
}


def spoken(element):
    """The formula a reader of this MathML would say."""
    if tag(element) not in SHAPES:
        return SIGNS.get(element.text, element.text)
    if element[0].text == "|":
        return f"abs({spoken(element[1])})"
    return SHAPES[tag(element)](*map(spoken, element))


def said(text, names=("x", "y")):
    """What the MathML of a formula says, without its left side."""
    return spoken(parsed(mathml("L", read(text, names)))).removeprefix("L=").replace("π", "pi")


def every_math():
    for row in tables.tables()["surfaces"]:
        yield pytest.param(row["mathml"], id=row["name"])
    for rule in RULES:
        yield pytest.param(rule.mathml, id=rule.name)


@pytest.mark.parametrize("text", list(every_math()))
def test_every_formula_of_the_tables_is_well_formed(text):
    root = parsed(text)
    assert tag(root) == "math"
    for element in root.iter():
        assert element.tag.startswith(NAMESPACE)
        assert len(element) == CHILDREN.get(tag(element), len(element))
        leaf = tag(element) in ("mi", "mn", "mo")
        assert bool((element.text or "").strip()) == leaf
        assert not (leaf and len(element))


@pytest.mark.parametrize("row", SURFACES, ids=lambda row: row.name)
def test_what_is_shown_is_what_is_computed(row):
    names = row.letters.all()
    shown = said(row.formula, names)
    values = {name: 0.37 + 0.21 * i for i, name in enumerate(names)}
    for name in sorted(names, key=len, reverse=True):  # letter() takes names apart: w1 -> w, 1
        assert name in shown
    expected = value(read(row.formula, names), values)
    assert value(read(shown, names), values) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(1 - x)**2 + 100*(y - x**2)**2", "((1-x))**(2)+100*((y-(x)**(2)))**(2)"),
        ("(y - x**2)**2", "((y-(x)**(2)))**(2)"),
        ("x/2/y", "((((x)/(2)))/(y))"),
        ("x - (y - 1)", "x-(y-1)"),
        ("x - y - 1", "x-y-1"),
        ("(x + y)*2", "(x+y)*2"),
        ("-x**2", "-(x)**(2)"),
        ("(-x)**2", "((-x))**(2)"),
        ("sqrt(x + y)", "sqrt(x+y)"),
        ("exp(-x)", "(e)**(-x)"),
        ("abs(x - 1)", "abs(x-1)"),
        ("softplus(x)", "log(1+(e)**(x))"),
        ("0*x + 1*y", "0*x+1*y"),
    ],
)
def test_the_form_is_the_one_that_was_written(text, expected):
    assert said(text) == expected


def test_rosenbrock_keeps_its_brackets():
    row = next(row for row in tables.tables()["surfaces"] if row["name"] == "rosenbrock")
    theta1, theta2 = (f"<msub><mi>θ</mi><mn>{i}</mn></msub>" for i in "12")
    assert f"{theta2}<mo>−</mo><msup>{theta1}<mn>2</mn></msup>" in row["mathml"]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("x", "<mi>x</mi>"),
        ("pi", "<mi>π</mi>"),
        ("w1", "<msub><mi>w</mi><mn>1</mn></msub>"),
        ("θ₂", "<msub><mi>θ</mi><mn>2</mn></msub>"),
        ("xᵢ", "<msub><mi>x</mi><mi>i</mi></msub>"),
        ("<", "<mi>&lt;</mi>"),
    ],
)
def test_letters_wear_their_index(name, shown):
    assert letter(name) == shown


@pytest.mark.parametrize("text", ["2*3**2", "2*(3*x)", "2*0.18**2", "x*3", "2*(1/4)", "3*1e-7"])
def test_a_digit_never_runs_into_the_one_before_it(text):
    assert TIMES not in mathml("L", read(text, ("x",)))


def test_a_constant_put_in_never_runs_into_the_digit_before_it():
    assert TIMES not in mathml("L", read("2*a**2", ("a",)), {"a": "1.284"})


@pytest.mark.parametrize("number", ["0.960000002", "1234567", "0.1", "2.625", "1e-7", "1.5e300"])
def test_numbers_are_shown_with_all_their_digits(number):
    assert value(read(said(number), ()), {}) == pytest.approx(float(number), rel=1e-15)


NUMBERS = st.sampled_from(["1e-7", "2.5e-9", "3e20", "12"]) | st.floats(1e-9, 1e9).map(repr)
LEAVES = st.sampled_from(["x", "y", "pi", "e"]) | NUMBERS
ONE = [name for name, count in FUNCTIONS.items() if count == 1]
TWO = [name for name, count in FUNCTIONS.items() if count == 2]
FORMULAS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.builds("({}){}({})".format, inner, st.sampled_from(["+", "-", "*", "/", "**"]), inner),
        st.builds("-({})".format, inner),
        st.builds("{}({})".format, st.sampled_from(ONE), inner),
        st.builds("{}({},{})".format, st.sampled_from(TWO), inner, inner),
    ),
    max_leaves=6,
)


@given(FORMULAS)
def test_any_formula_is_shown_well_formed_and_says_what_it_means(text):
    node = read(text, ("x", "y"), Graph())
    shown = mathml("L", node)
    for element in parsed(shown).iter():
        assert len(element) == CHILDREN.get(tag(element), len(element))
    values = {"x": 0.7, "y": 1.3}
    try:
        expected = value(node, values)
        again = value(read(said(text), ("x", "y")), values)
    except (ValueError, OverflowError, ZeroDivisionError):
        assume(False)
    assert again == pytest.approx(expected, rel=1e-6, abs=1e-6) or math.isnan(expected)

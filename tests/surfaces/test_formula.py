"""The reader: formulas become graphs as written, and everything else is refused in words."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.surfaces.formula import (
    CONSTANTS,
    FUNCTIONS,
    Bounds,
    FormulaError,
    Graph,
    in_order,
    read,
)
from tests.oracle import value

NAMES = ("x", "y")
DEEPEST = Bounds().depth


def shape(node):
    """A graph as nested tuples."""
    if node.op in ("number", "name"):
        return node.value
    return (node.op, *map(shape, node.args))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x + y*2", ("+", "x", ("*", "y", 2.0))),
        ("(x + y)*2", ("*", ("+", "x", "y"), 2.0)),
        ("x - y - 1", ("-", ("-", "x", "y"), 1.0)),
        ("-x**2", ("neg", ("**", "x", 2.0))),
        ("x**-2", ("**", "x", ("neg", 2.0))),
        ("2^x^y", ("**", 2.0, ("**", "x", "y"))),
        ("x^2 + y", ("+", ("**", "x", 2.0), "y")),
        ("+x", "x"),
        ("max(x, min(y, 1))", ("max", "x", ("min", "y", 1.0))),
        ("sin(2*pi*x)", ("sin", ("*", ("*", 2.0, "pi"), "x"))),
        (" \n x\t+ y ", ("+", "x", "y")),
    ],
)
def test_a_formula_is_read_as_mathematics_reads_it(text, expected):
    assert shape(read(text, NAMES)) == expected


def test_nothing_is_simplified():
    assert shape(read("0*x + 1*y - 0", NAMES)) == (
        "-",
        ("+", ("*", 0.0, "x"), ("*", 1.0, "y")),
        0.0,
    )


def test_equal_parts_are_one_node():
    graph = Graph()
    first, second = read("(x*y + 1)**2 + sin(x*y + 1)", NAMES, graph).args
    assert first.args[0] is second.args[0]
    assert read("x*y + 1", NAMES, graph) is first.args[0]


def test_different_parts_are_different_nodes():
    left, right = read("(x - y) + (y - x)", NAMES).args
    assert left is not right


def test_graphs_of_their_own_share_nothing():
    assert read("x", NAMES) is not read("x", NAMES)


def test_every_node_comes_after_its_arguments_and_once():
    root = read("(x*y)**2 + exp(x*y) - x", NAMES)
    order = in_order([root, root.args[0]])
    place = {id(node): i for i, node in enumerate(order)}
    assert len(place) == len(order)
    assert all(place[id(arg)] < place[id(node)] for node in order for arg in node.args)
    assert order[-1] is root


@pytest.mark.parametrize("name", CONSTANTS)
def test_constants_have_their_value_unless_a_name_takes_their_letter(name):
    assert value(read(name, NAMES), {}) == getattr(math, name)
    assert value(read(name, (*NAMES, name)), {name: 2.0}) == 2.0


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_function_takes_its_number_of_arguments_and_no_other(name):
    count = FUNCTIONS[name]
    assert read(f"{name}({', '.join('x' * count)})", NAMES).op == name
    for wrong in {0, 1, 2, 3} - {count}:
        with pytest.raises(FormulaError, match=f"{name} takes {count}, got {wrong}"):
            read(f"{name}({', '.join('x' * wrong)})", NAMES)


REFUSED = """
x.real
x.__class__
(1).__class__.__bases__
lambda: x
lambda x: x
__import__('os')
eval('x')
open('x')
print(x)
sin
sqrt.x
x(y)
sin(x)(y)
2(x)
x[0]
x[0:1]
[x]
[x for x in y]
(x for x in y)
{x}
{x: y}
(x, y)
x,
x if y else 1
x < y
x == y
x and y
x or y
not x
~x
x // y
x % y
x @ y
x << 1
x | y
x & y
True
False
None
...
1j
'a'
b'a'
f'{x}'
(z := x)
await x
(yield x)
*x
sqrt(x=1)
sqrt(*x)
min(**x)
nan
inf
z
X
""".strip().splitlines()


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_not_arithmetic_over_the_names_is_refused(text):
    with pytest.raises(FormulaError):
        read(text, NAMES)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "x +",
        "x y",
        ")",
        "x)(y",
        "x = 1",
        "import os",
        "x; y",
        "x\0",
        "1 +* 2",
        "x # y",
        "§",
    ],
)
def test_what_is_not_an_expression_is_refused(text):
    with pytest.raises(FormulaError):
        read(text, NAMES)


@pytest.mark.parametrize(
    "text",
    [
        "9" * 400,  # more than a float holds
        "9" * 5000,  # more digits than Python reads
        "1e999",
        "+".join(["x"] * 3000),
        "-" * 5000 + "x",
        "(" * 300 + "x" + ")" * 300,
        "x**" * 300 + "x",
        "sin(" * 150 + "x" + ")" * 150,
    ],
    ids=["integer", "digits", "infinity", "sum", "minus", "brackets", "powers", "calls"],
)
def test_what_is_too_much_is_refused_and_breaks_nothing(text):
    with pytest.raises(FormulaError):
        read(text, NAMES)


def test_the_deepest_formula_is_read_and_one_level_more_is_not():
    assert len(in_order([read("+".join(["x"] * DEEPEST), NAMES)])) == DEEPEST
    with pytest.raises(FormulaError, match="nested too deeply"):
        read("+".join(["x"] * (DEEPEST + 1)), NAMES)


@pytest.mark.parametrize(
    ("text", "at", "wrong"),
    [
        ("x + q", 5, "unknown name q"),
        ("x^2 + q", 7, "unknown name q"),
        ("x^2 + y^2^q", 11, "unknown name q"),
        ("   x + q", 8, "unknown name q"),
        ("θ*x + q", 7, "unknown name q"),
        ("(x +\n q)", 7, "unknown name q"),
        ("x + y.real", 6, "something that is not allowed"),
        ("x + min(y)", 5, "min takes 2, got 1"),
        ("3,5*x^2", 2, "a comma in a number"),
        ("x + 3, y", 6, "something that is not allowed"),
        ("x # y", 3, "something that is not allowed"),
        ("x + 1e999", 5, "too large a number"),
        ("x^2 + )", 7, "this is not a formula"),
    ],
)
def test_the_error_names_the_character_and_what_is_wrong(text, at, wrong):
    with pytest.raises(FormulaError) as caught:
        read(text, (*NAMES, "θ"))
    assert caught.value.wrong == wrong
    assert caught.value.at == at - 1
    assert f"at character {at};" in str(caught.value)


def test_the_error_says_what_is_allowed():
    with pytest.raises(FormulaError, match=r"unknown name q .*; allowed: e, pi, x, y$"):
        read("x + q", NAMES)
    with pytest.raises(FormulaError, match=r"allowed: numbers, abs, .*tanh, x, y$"):
        read("x and y", NAMES)


SIGNS = st.sampled_from([*"xye12.()+-*/^,# \n", "sin(", "min(", "lambda", "1e5", "θ", "if ", "__"])


@given(st.lists(SIGNS, max_size=25).map("".join) | st.text(max_size=30))
def test_any_text_is_a_formula_or_a_formula_error(text):
    node, error = attempt(text)
    if node is None:
        assert 0 <= error.at <= len(text)
    else:
        assert all(part.op in FUNCTIONS or part.op in LEAVES_AND_SIGNS for part in in_order([node]))


def attempt(text):
    """(node, None) or (None, error)."""
    try:
        return read(text, NAMES), None
    except FormulaError as error:
        return None, error


LEAVES_AND_SIGNS = {"number", "name", "neg", "+", "-", "*", "/", "**"}

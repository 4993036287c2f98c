"""Formula text -> graph with shared nodes.

Our own reader: `ast.parse`, then an allow-list of names, operators and functions. Nothing
is evaluated, nothing is simplified: the graph is the formula as written, so that it can
also be shown (mathml.py). Derivatives live in derivative.py.
"""

import ast
import math
import re
import sys
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import accumulate

from app.locale import N_

FUNCTIONS = {
    "sqrt": 1,
    "exp": 1,
    "log": 1,
    "sin": 1,
    "cos": 1,
    "tan": 1,
    "tanh": 1,
    "abs": 1,
    "softplus": 1,
    "min": 2,
    "max": 2,
}
CONSTANTS = {"pi": math.pi, "e": math.e}
SPELLED = {"^": "**", "−": "-", "×": "*", "·": "*", "÷": "/", "²": "**2", "³": "**3"}
OPERATORS = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.Pow: "**"}


class FormulaError(ValueError):
    """A formula that cannot be read: what was wrong, at which character, what is allowed.

    `words` are the two texts before their values are filled in, as other languages need them.
    """

    def __init__(self, wrong: str, at: int, allowed: str, **values: str | float) -> None:
        self.wrong, self.at, self.allowed = wrong.format(**values), at, allowed.format(**values)
        super().__init__(f"{self.wrong} at character {at + 1}; allowed: {self.allowed}")
        self.words = {"wrong": wrong, "allowed": allowed, "values": values}


@dataclass(frozen=True)
class Bounds:
    """How much a formula may hold."""

    depth: int = 60  # levels, so that second derivatives stay within Python's stack
    nodes: int = 10_000  # different operations, names and numbers
    exponent: float = math.inf  # the largest number in an exponent
    number: float = sys.float_info.max


@dataclass(frozen=True, eq=False)
class Node:
    """One operation. Nodes are interned by their graph, so identity is equality."""

    op: str  # "number", "name", an operator, "neg" or a function
    args: tuple["Node", ...] = ()
    value: float | str = 0.0


@dataclass
class Graph:
    """Makes nodes; the same operation on the same nodes is the same node."""

    nodes: dict[tuple[object, ...], Node] = field(default_factory=dict)

    def node(self, op: str, *args: Node, value: float | str = 0.0) -> Node:
        key = (op, value, *map(id, args))
        return self.nodes.setdefault(key, Node(op, args, value))

    def number(self, value: float) -> Node:
        return self.node("number", value=float(value))

    def name(self, name: str) -> Node:
        return self.node("name", value=name)


def read(
    text: str, names: Iterable[str], graph: Graph | None = None, bounds: Bounds = Bounds()
) -> Node:
    """The graph of a formula over the given names. FormulaError for everything else."""
    line = as_python(text)
    try:
        tree = ast.parse(line, mode="eval")
    except (SyntaxError, RecursionError, MemoryError, ValueError) as error:
        raise unreadable(text, line, error) from None
    return _Reader(text, graph or Graph(), frozenset(names), bounds).node(tree.body, 1)


NEIGHBOURS = re.compile(r"(?<![\w.])(?:\d+\.?\d*|\.\d+)\s*([A-Za-z(])|\)\s*([\w(])")
POWER_OF_TEN = re.compile(r"[eE][+-]?\d")
MISSING = N_("a sign is missing")
STRANGE = N_("something that is not allowed")
READABLE = N_("+ - * / ** and the functions")
DECIMAL_COMMA = re.compile(r"\d\s*,\s*\d")


def unreadable(text: str, line: str, error: Exception) -> FormulaError:
    """Where a text stopped being a formula; two factors without a sign between are most usual."""
    for found in NEIGHBOURS.finditer(line):
        at = found.start(1 if found[1] else 2)
        if not POWER_OF_TEN.match(line, at):
            return FormulaError(MISSING, place(text, len(line[:at].encode())), N_("2*x for two x"))
    offset = getattr(error, "offset", 1)
    before = line[: offset - 1] if offset else line  # 0: it broke off at the end
    at = place(text, len(before.encode()))
    return FormulaError(N_("this is not a formula"), at, READABLE)


def as_python(text: str) -> str:
    """One line that `ast` can parse; a # would silently end it."""
    if "#" in text:
        raise FormulaError(STRANGE, text.index("#"), READABLE)
    return "".join(map(spelled, text)).lstrip()


def spelled(sign: str) -> str:
    return " " if sign.isspace() else SPELLED.get(sign, sign)


def place(text: str, byte: int) -> int:
    """The character of a formula behind a byte of its one line."""
    shown = text.lstrip()
    ends = list(accumulate(len(spelled(sign).encode()) for sign in shown))
    return len(text) - len(shown) + bisect_right(ends, byte)


@dataclass
class _Reader:
    text: str
    graph: Graph
    names: frozenset[str]
    bounds: Bounds

    def node(self, tree: ast.expr, depth: int) -> Node:
        deepest, most = self.bounds.depth, self.bounds.nodes
        if depth > deepest:
            fewer = N_("{most} levels; brackets make fewer")
            raise self.refused(N_("nested too deeply"), tree, fewer, most=deepest)
        if len(self.graph.nodes) > most:
            fewer = N_("{most} operations, names and numbers")
            raise self.refused(N_("too long"), tree, fewer, most=most)
        match tree:
            case ast.Constant(value=int() | float() as value) if not isinstance(value, bool):
                return self.number(value, tree)
            case ast.Name(id=name):
                return self.named(name, tree)
            case ast.BinOp(left=left, op=op, right=right) if type(op) in OPERATORS:
                sides = self.node(left, depth + 1), self.node(right, depth + 1)
                if isinstance(op, ast.Pow):
                    self.check_exponent(right)
                return self.graph.node(OPERATORS[type(op)], *sides)
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return self.graph.node("neg", self.node(operand, depth + 1))
            case ast.UnaryOp(op=ast.UAdd(), operand=operand):
                return self.node(operand, depth + 1)
            case ast.Call(func=function, args=args, keywords=[]):
                return self.call(function, args, tree, depth)
        raise self.stranger(tree)

    def stranger(self, tree: ast.expr) -> FormulaError:
        """Something else of Python's, at its own sign: behind what stands before it."""
        match tree:
            case ast.BinOp(left=first) | ast.Compare(left=first) | ast.IfExp(body=first):
                pass
            case ast.Attribute(value=first) | ast.Subscript(value=first):
                pass
            case ast.Tuple(elts=[first, *_]) | ast.BoolOp(values=[first, *_]):
                pass
            case _:
                return self.refused(STRANGE, tree, N_("numbers, {names}"), names=self.known())
        end = first.end_col_offset or 0
        line = as_python(self.text).encode()
        while line[end : end + 1] in (b" ", b")"):
            end += 1
        at = place(self.text, end)
        if DECIMAL_COMMA.match(self.text, at - 1):
            return FormulaError(N_("a comma in a number"), at, N_("a point, such as 3.5"))
        return FormulaError(STRANGE, at, N_("numbers, {names}"), names=self.known())

    def known(self) -> str:
        return ", ".join(sorted(self.names | FUNCTIONS.keys() | CONSTANTS.keys()))

    def refused(
        self, wrong: str, tree: ast.expr, allowed: str, **values: str | float
    ) -> FormulaError:
        return FormulaError(wrong, place(self.text, tree.col_offset), allowed, **values)

    def number(self, value: float, tree: ast.expr) -> Node:
        if not abs(value) <= self.bounds.number:
            most = f"{self.bounds.number:g}"
            raise self.refused(
                N_("too large a number"), tree, N_("numbers up to {most}"), most=most
            )
        return self.graph.number(value)

    def check_exponent(self, tree: ast.expr) -> None:
        """An exponent that is a number, with a sign or without one, is no larger than allowed."""
        inner = tree.operand if isinstance(tree, ast.UnaryOp) else tree
        most = self.bounds.exponent
        if isinstance(inner, ast.Constant) and not abs(inner.value) <= most:  # type: ignore[arg-type]
            allowed = N_("exponents from -{most} to {most}")
            raise self.refused(N_("too large an exponent"), tree, allowed, most=f"{most:g}")

    def named(self, name: str, tree: ast.expr) -> Node:
        if name in self.names:
            return self.graph.name(name)
        if name in CONSTANTS:
            return self.graph.node("name", value=name)
        allowed = ", ".join(sorted(self.names | CONSTANTS.keys()))
        wrong = N_("unknown name {name}")
        raise self.refused(wrong, tree, "{names}", name=name, names=allowed)

    def call(self, function: ast.expr, args: list[ast.expr], tree: ast.expr, depth: int) -> Node:
        name = function.id if isinstance(function, ast.Name) else ""
        if name not in FUNCTIONS:
            raise self.no_function(name, function, tree)
        if len(args) != FUNCTIONS[name]:
            wrong = N_("{name} takes {needs}, got {given}")
            counts = {"needs": FUNCTIONS[name], "given": len(args)}
            raise self.refused(wrong, tree, "{name}(…)", name=name, **counts)
        return self.graph.node(name, *(self.node(arg, depth + 1) for arg in args))

    def no_function(self, name: str, function: ast.expr, tree: ast.expr) -> FormulaError:
        """A bracket behind a factor, or a function nobody knows."""
        if not name or name in self.names or name in CONSTANTS:
            at = place(self.text, function.end_col_offset or 0)
            return FormulaError(MISSING, at, N_("2*(x) for two x"))
        known = N_("{names}; log is the natural one") if name == "ln" else "{names}"
        wrong = N_("unknown function {name}")
        return self.refused(wrong, tree, known, name=name, names=", ".join(FUNCTIONS))


def in_order(roots: Iterable[Node]) -> list[Node]:
    """Every node reachable from the roots, each after its arguments, each once."""
    done: dict[int, Node] = {}

    def visit(node: Node) -> None:
        if id(node) in done:
            return
        for arg in node.args:
            visit(arg)
        done[id(node)] = node

    for root in roots:
        visit(root)
    return list(done.values())

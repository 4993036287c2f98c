"""Formula text -> graph with shared nodes.

Our own reader: `ast.parse`, then an allow-list of names, operators and functions. Nothing
is evaluated, nothing is simplified: the graph is the formula as written, so that it can
also be shown (mathml.py). Derivatives live in derivative.py.
"""

import ast
import math
import sys
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import accumulate

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
DEEPEST = 60  # levels of operations, so that second derivatives stay within Python's stack
OPERATORS = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.Pow: "**"}


class FormulaError(ValueError):
    """A formula that cannot be read: what was wrong, at which character, what is allowed."""

    def __init__(self, wrong: str, at: int, allowed: str) -> None:
        super().__init__(f"{wrong} at character {at + 1}; allowed: {allowed}")
        self.wrong, self.at, self.allowed = wrong, at, allowed


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


def read(text: str, names: Iterable[str], graph: Graph | None = None) -> Node:
    """The graph of a formula over the given names. FormulaError for everything else."""
    line = as_python(text)
    try:
        tree = ast.parse(line, mode="eval")
    except (SyntaxError, RecursionError, MemoryError, ValueError) as error:
        before = line[: (getattr(error, "offset", None) or 1) - 1]
        at = place(text, len(before.encode()))
        raise FormulaError("this is not a formula", at, "+ - * / ** and the functions") from None
    return _Reader(text, graph or Graph(), frozenset(names)).node(tree.body, 1)


def as_python(text: str) -> str:
    """One line that `ast` can parse; a # would silently end it."""
    if "#" in text:
        raise FormulaError("not allowed here", text.index("#"), "+ - * / ** and the functions")
    return "".join(map(spelled, text)).lstrip()


def spelled(sign: str) -> str:
    return " " if sign.isspace() else sign.replace("^", "**")


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

    def node(self, tree: ast.expr, depth: int) -> Node:
        if depth > DEEPEST:
            raise self.refused("nested too deeply", tree, f"{DEEPEST} levels; brackets make fewer")
        match tree:
            case ast.Constant(value=int() | float() as value) if not isinstance(value, bool):
                return self.number(value, tree)
            case ast.Name(id=name):
                return self.named(name, tree)
            case ast.BinOp(left=left, op=op, right=right) if type(op) in OPERATORS:
                sides = self.node(left, depth + 1), self.node(right, depth + 1)
                return self.graph.node(OPERATORS[type(op)], *sides)
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return self.graph.node("neg", self.node(operand, depth + 1))
            case ast.UnaryOp(op=ast.UAdd(), operand=operand):
                return self.node(operand, depth + 1)
            case ast.Call(func=ast.Name(id=name), args=args, keywords=[]) if name in FUNCTIONS:
                return self.call(name, args, tree, depth)
        known = sorted(self.names | FUNCTIONS.keys() | CONSTANTS.keys())
        raise self.refused("not allowed here", tree, "numbers, " + ", ".join(known))

    def refused(self, wrong: str, tree: ast.expr, allowed: str) -> FormulaError:
        return FormulaError(wrong, place(self.text, tree.col_offset), allowed)

    def number(self, value: float, tree: ast.expr) -> Node:
        if not abs(value) <= sys.float_info.max:
            raise self.refused("too large a number", tree, "numbers up to 1.79e308")
        return self.graph.number(value)

    def named(self, name: str, tree: ast.expr) -> Node:
        if name in self.names:
            return self.graph.name(name)
        if name in CONSTANTS:
            return self.graph.node("name", value=name)
        allowed = ", ".join(sorted(self.names | CONSTANTS.keys()))
        raise self.refused(f"unknown name {name}", tree, allowed)

    def call(self, name: str, args: list[ast.expr], tree: ast.expr, depth: int) -> Node:
        if len(args) != FUNCTIONS[name]:
            wrong = f"{name} takes {FUNCTIONS[name]}, got {len(args)}"
            raise self.refused(wrong, tree, f"{name}(…)")
        return self.graph.node(name, *(self.node(arg, depth + 1) for arg in args))


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

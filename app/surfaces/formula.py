"""Formula text -> graph with shared nodes.

Our own reader: `ast.parse`, then an allow-list of names, operators and functions. Nothing
is evaluated, nothing is simplified: the graph is the formula as written, so that it can
also be shown (mathml.py). Derivatives live in derivative.py.
"""

import ast
import math
from collections.abc import Iterable
from dataclasses import dataclass, field

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
    try:
        tree = ast.parse(text.replace("^", "**").strip(), mode="eval")
    except (SyntaxError, RecursionError, MemoryError, ValueError) as error:
        at = (getattr(error, "offset", None) or 1) - 1
        raise FormulaError("this is not a formula", at, "+ - * / ** and the functions") from None
    return _Reader(graph or Graph(), frozenset(names)).node(tree.body)


@dataclass
class _Reader:
    graph: Graph
    names: frozenset[str]

    def node(self, tree: ast.expr) -> Node:
        match tree:
            case ast.Constant(value=int() | float() as value) if not isinstance(value, bool):
                return self.graph.number(value)
            case ast.Name(id=name):
                return self.named(name, tree)
            case ast.BinOp(left=left, op=op, right=right) if type(op) in OPERATORS:
                return self.graph.node(OPERATORS[type(op)], self.node(left), self.node(right))
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return self.graph.node("neg", self.node(operand))
            case ast.UnaryOp(op=ast.UAdd(), operand=operand):
                return self.node(operand)
            case ast.Call(func=ast.Name(id=name), args=args, keywords=[]) if name in FUNCTIONS:
                return self.call(name, args, tree)
        allowed = "numbers, " + ", ".join(sorted(self.names | FUNCTIONS.keys() | CONSTANTS.keys()))
        raise FormulaError("not allowed here", tree.col_offset, allowed)

    def named(self, name: str, tree: ast.expr) -> Node:
        if name in self.names:
            return self.graph.name(name)
        if name in CONSTANTS:
            return self.graph.node("name", value=name)
        allowed = ", ".join(sorted(self.names | CONSTANTS.keys()))
        raise FormulaError(f"unknown name {name}", tree.col_offset, allowed)

    def call(self, name: str, args: list[ast.expr], tree: ast.expr) -> Node:
        if len(args) != FUNCTIONS[name]:
            raise FormulaError(
                f"{name} takes {FUNCTIONS[name]}, got {len(args)}", tree.col_offset, f"{name}(…)"
            )
        return self.graph.node(name, *map(self.node, args))


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

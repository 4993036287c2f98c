"""Graphs -> a tape that one compiled interpreter reads: surfaces without a compilation.

A visitor's formula becomes numbers, never code: instructions over registers, which stand where
a compiled surface has its constants p. `tape_slope` and `tape_curve` have the signatures of
the compiled terms (terms.py), so nobody above knows the difference; each is the other's oracle.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from app.kernels import CURVE, SLOPE, compiled, stack_of, term
from app.locale import N_
from app.surfaces.data import Floats
from app.surfaces.derivative import constant, curves, is_constant, slopes, value_of
from app.surfaces.formula import FormulaError, Graph, Node, in_order, read
from app.surfaces.terms import LARGEST_PRODUCT, Letters, less, sign, softplus

REGISTERS, TILE = 384, 64  # doubles on the stack: 192 KB
RESULTS = 6  # the first registers: value, ∂₁, ∂₂, ∂₁₁, ∂₁₂, ∂₂₂
INPUTS = 4  # the next ones: the point x, y and the columns a, b
WORDS = 4  # of one instruction: operation, target, and two registers or a number
HEAD = 3  # numbers before the first instruction

OPERATIONS = (
    "number", "copy", "+", "-", "*", "/", "**", "neg", "sqrt", "exp", "log", "sin", "cos",
    "tan", "tanh", "abs", "softplus", "sign", "less", "min", "max",
)  # fmt: skip
(
    NUMBER, COPY, ADD, SUBTRACT, MULTIPLY, DIVIDE, POWER, NEGATE, SQRT, EXP, LOG, SIN, COS,
    TAN, TANH, ABS, SOFTPLUS, SIGN, LESS, MIN, MAX,
) = range(len(OPERATIONS))  # fmt: skip
registers = stack_of(REGISTERS, TILE)
CODE = {name: code for code, name in enumerate(OPERATIONS)}


@compiled
def calculate(op: int, t: Floats, u: Floats, v: Floats, n: int) -> None:
    """One operation over n lanes; a loop for each, so that the simple ones vectorise."""
    if op == ADD:
        for i in range(n):
            t[i] = u[i] + v[i]
    elif op == SUBTRACT:
        for i in range(n):
            t[i] = u[i] - v[i]
    elif op == MULTIPLY:
        for i in range(n):
            t[i] = u[i] * v[i]
    elif op == DIVIDE:
        for i in range(n):
            t[i] = u[i] / v[i]
    elif op == NEGATE:
        for i in range(n):
            t[i] = -u[i]
    elif op == COPY:
        for i in range(n):
            t[i] = u[i]
    elif op == EXP:
        for i in range(n):
            t[i] = math.exp(u[i])
    elif op == SQRT:
        for i in range(n):
            t[i] = math.sqrt(u[i])
    else:
        calculate_rarely(op, t, u, v, n)


@compiled
def calculate_rarely(op: int, t: Floats, u: Floats, v: Floats, n: int) -> None:
    """The operations whose cost is in themselves."""
    for i in range(n):
        if op == SIN:
            t[i] = math.sin(u[i])
        elif op == COS:
            t[i] = math.cos(u[i])
        elif op == TAN:
            t[i] = math.tan(u[i])
        elif op == TANH:
            t[i] = math.tanh(u[i])
        elif op == LOG:
            t[i] = math.log(u[i])
        elif op == POWER:
            t[i] = u[i] ** v[i]
        elif op == ABS:
            t[i] = abs(u[i])
        elif op == SOFTPLUS:
            t[i] = softplus(u[i])
        elif op == SIGN:
            t[i] = sign(u[i])
        elif op == LESS:
            t[i] = less(u[i], v[i])
        elif op == MIN:
            t[i] = min(u[i], v[i])
        else:
            t[i] = max(u[i], v[i])


@compiled
def perform(p: Floats, start: int, stop: int, r: Floats, n: int) -> None:
    """The instructions p[start:stop] on the first n lanes of all registers."""
    for at in range(start, stop, WORDS):
        op, target = int(p[at]), r[int(p[at + 1])]
        if op == NUMBER:
            for i in range(n):
                target[i] = p[at + 2]
        else:
            calculate(op, target, r[int(p[at + 2])], r[int(p[at + 3])], n)


@compiled
def load(r: Floats, x: Floats, y: Floats, a: Floats, b: Floats, low: int, n: int) -> None:
    """The lanes low … low+n−1 of all inputs into their registers."""
    for i in range(n):
        r[RESULTS, i] = x[low + i]
        r[RESULTS + 1, i] = y[low + i]
        r[RESULTS + 2, i] = a[low + i]
        r[RESULTS + 3, i] = b[low + i]


@compiled
def undefine(r: Floats, results: int, n: int) -> None:
    """Where the loss is no number nothing else is, though 1/x goes on where log(x) has ended."""
    for k in range(1, results):
        for i in range(n):
            r[k, i] = r[k, i] if r[0, i] == r[0, i] else math.nan


@term(SLOPE)
def tape_slope(x: Floats, y: Floats, a: Floats, b: Floats, p: Floats, n: int, value: Floats, g1: Floats, g2: Floats) -> None:  # fmt: skip
    """Loss and gradient of the tape p over n lanes."""
    r = registers()
    for low in range(0, n, TILE):
        many = min(TILE, n - low)
        load(r, x, y, a, b, low, many)
        perform(p, int(p[0]), int(p[1]), r, many)
        undefine(r, 3, many)
        for i in range(many):
            value[low + i] = r[0, i]
            g1[low + i] = r[1, i]
            g2[low + i] = r[2, i]


@term(CURVE)
def tape_curve(x: Floats, y: Floats, a: Floats, b: Floats, p: Floats, n: int, out: Floats) -> None:
    """Value, gradient and Hessian of the tape p over n lanes, as rows of `out`."""
    r = registers()
    for low in range(0, n, TILE):
        many = min(TILE, n - low)
        load(r, x, y, a, b, low, many)
        perform(p, int(p[1]), int(p[2]), r, many)
        undefine(r, RESULTS, many)
        for k in range(RESULTS):
            for i in range(many):
                out[k, low + i] = r[k, i]


@dataclass
class Tape:
    """What is written down of one formula: its graphs for the tape and where names are found."""

    graph: Graph
    letters: Letters
    values: Mapping[str, float]  # of the formula's own constants
    known: dict[int, Node] = field(default_factory=dict)

    def lowered(self, node: Node) -> Node:
        """The same node for the tape: whole powers as products, constants as numbers."""
        if id(node) not in self.known:
            self.known[id(node)] = self.name(node) if node.op == "name" else self.operation(node)
        return self.known[id(node)]

    def name(self, node: Node) -> Node:
        name = str(node.value)
        if name in self.inputs:
            return node
        return self.graph.number(self.values[name] if name in self.values else value_of(name))

    def operation(self, node: Node) -> Node:
        args = [self.lowered(arg) for arg in node.args]
        if node.op == "**" and is_constant(node.args[1]):
            return self.power(args[0], constant(node.args[1]))
        return self.graph.node(node.op, *args, value=node.value)

    def power(self, base: Node, exponent: float) -> Node:
        """As terms.py writes it, so that both round alike."""
        if exponent == int(exponent) and 1 <= abs(exponent) <= LARGEST_PRODUCT:
            product = self.repeated(base, int(abs(exponent)))
            return product if exponent > 0 else self.graph.node("/", self.graph.number(1), product)
        return self.graph.node("**", base, self.graph.number(exponent))

    def repeated(self, base: Node, times: int) -> Node:
        if times == 1:
            return base
        half = self.repeated(base, times // 2)
        whole = self.graph.node("*", half, half)
        return whole if times % 2 == 0 else self.graph.node("*", whole, base)

    @property
    def inputs(self) -> dict[str, int]:
        """The register of each name that differs from lane to lane."""
        names = (*self.letters.point, *self.letters.columns)
        return dict(zip(names, range(RESULTS, RESULTS + INPUTS), strict=False))

    def program(self, roots: tuple[Node, ...]) -> list[float]:
        """Instructions that leave the roots in the first registers."""
        return Program(tuple(map(self.lowered, roots)), self.inputs).words


class Program:
    """Gives registers to nodes, each in its turn, and takes them back after their last use."""

    def __init__(self, roots: tuple[Node, ...], inputs: dict[str, int]) -> None:
        order = in_order(roots)
        self.register: dict[int, int] = {}
        self.free = list(range(REGISTERS - 1, RESULTS + INPUTS - 1, -1))
        self.kept = {id(root): k for k, root in reversed([*enumerate(roots)]) if root.op != "name"}
        self.last = {id(arg): id(node) for node in order for arg in node.args}
        self.words: list[float] = []
        for node in order:
            if node.op == "name":
                self.register[id(node)] = inputs[str(node.value)]
            else:
                self.write(node)
        for k, root in enumerate(roots):
            if self.register[id(root)] != k:
                self.words += [COPY, k, self.register[id(root)], 0]

    def write(self, node: Node) -> None:
        target = self.kept[id(node)] if id(node) in self.kept else self.taken()
        self.register[id(node)] = target
        if node.op == "number":
            self.words += [NUMBER, target, float(node.value), 0]
            return
        args = [self.register[id(arg)] for arg in node.args]
        self.words += [CODE[node.op], target, args[0], args[-1]]
        self.give_back(node)

    def taken(self) -> int:
        if not self.free:
            raise FormulaError(N_("too much at once"), 0, N_("a shorter formula"))
        return self.free.pop()

    def give_back(self, node: Node) -> None:
        """The registers of arguments nobody needs any more. The target never was one of them,
        so that the loops over lanes need not fear to overwrite what they read."""
        for arg in {id(arg): arg for arg in node.args}.values():
            needed = arg.op == "name" or id(arg) in self.kept
            if self.last[id(arg)] == id(node) and not needed:
                self.free.append(self.register[id(arg)])


def tape(formula: str, letters: Letters, values: Mapping[str, float]) -> Floats:
    """The formula as numbers for tape_slope and tape_curve. FormulaError where it is none.

    Three numbers say where the instructions for the slope begin, where those for the curve
    begin, and where they end; then the instructions.
    """
    graph = Graph()
    value = read(formula, letters.all(), graph)
    slope = (value, *slopes(graph, value, letters.point))
    curve = (*slope, *curves(graph, value, letters.point))
    maker = Tape(graph, letters, values)
    first, second = maker.program(slope), maker.program(curve)
    begin = HEAD + len(first)
    return np.array([HEAD, begin, begin + len(second), *first, *second], dtype=float)

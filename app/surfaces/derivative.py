"""Graph -> graphs of its gradient and Hessian, by the chain rule.

`Algebra` builds nodes and drops what is trivially nothing (0·u, u+0, 1·u), so that the
compiled terms stay short. Where a function has a kink (abs, min, max) the derivative is
the mean of both sides, which is exact for the smooth sums they are used in.
"""

from collections.abc import Callable

from app.surfaces.formula import CONSTANTS, Graph, Node


class Algebra:
    """Arithmetic on nodes with the trivial cases folded; constants stay float64."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.zero, self.one = graph.number(0), graph.number(1)

    def number(self, value: float) -> Node:
        return self.graph.number(value)

    def add(self, a: Node, b: Node) -> Node:
        if a is self.zero:
            return b
        if b is self.zero:
            return a
        if a.op == b.op == "number":
            return self.number(float(a.value) + float(b.value))
        return self.graph.node("+", a, b)

    def neg(self, a: Node) -> Node:
        if a.op == "number":
            return self.number(-float(a.value))
        return a.args[0] if a.op == "neg" else self.graph.node("neg", a)

    def sub(self, a: Node, b: Node) -> Node:
        if b is self.zero:
            return a
        return self.neg(b) if a is self.zero else self.graph.node("-", a, b)

    def mul(self, a: Node, b: Node) -> Node:
        if self.zero in (a, b):
            return self.zero
        if a is self.one:
            return b
        if b is self.one:
            return a
        if a.op == b.op == "number":
            return self.number(float(a.value) * float(b.value))
        return self.graph.node("*", a, b)

    def div(self, a: Node, b: Node) -> Node:
        if a is self.zero or b is self.one:
            return a
        return self.graph.node("/", a, b)

    def power(self, a: Node, n: Node) -> Node:
        if n is self.one:
            return a
        return self.one if n is self.zero else self.graph.node("**", a, n)

    def call(self, name: str, *args: Node) -> Node:
        return self.graph.node(name, *args)


class Derivative:
    """Derivatives of one graph's nodes with respect to one name, remembered."""

    def __init__(self, graph: Graph, name: str) -> None:
        self.do = Algebra(graph)
        self.name = name
        self.known: dict[int, Node] = {}

    def of(self, node: Node) -> Node:
        if id(node) not in self.known:
            self.known[id(node)] = self.rule(node)
        return self.known[id(node)]

    def rule(self, node: Node) -> Node:
        if node.op == "number":
            return self.do.zero
        if node.op == "name":
            return self.do.one if node.value == self.name else self.do.zero
        inner = [self.of(arg) for arg in node.args]
        if all(slope is self.do.zero for slope in inner):
            return self.do.zero
        return RULES[node.op](self.do, node, *node.args, *inner)


def _power(do: Algebra, node: Node, u: Node, n: Node, du: Node, dn: Node) -> Node:
    if not is_constant(n):  # u**n = exp(n log u)
        grown = do.add(do.mul(dn, do.call("log", u)), do.mul(n, do.div(du, u)))
        return do.mul(node, grown)
    exponent = constant(n)
    less = do.power(u, do.number(exponent - 1))
    return do.mul(do.mul(do.number(exponent), less), du)


def is_constant(node: Node) -> bool:
    """Whether a node is a number, perhaps with a minus sign."""
    return node.op == "number" or (node.op == "neg" and is_constant(node.args[0]))


def constant(node: Node) -> float:
    """The value of such a node."""
    return -constant(node.args[0]) if node.op == "neg" else float(node.value)


def _quotient(do: Algebra, node: Node, u: Node, v: Node, du: Node, dv: Node) -> Node:
    return do.sub(do.div(du, v), do.mul(do.div(node, v), dv))


Chain = Callable[..., Node]


def _either(first: str, second: str) -> Chain:
    """min and max: the slope of the side that counts, half of each where they meet."""

    def rule(do: Algebra, node: Node, u: Node, v: Node, du: Node, dv: Node) -> Node:
        sides = {"u<v": do.call("less", u, v), "v<u": do.call("less", v, u)}
        return do.add(do.mul(sides[first], du), do.mul(sides[second], dv))

    return rule


RULES: dict[str, Chain] = {
    "+": lambda do, node, u, v, du, dv: do.add(du, dv),
    "-": lambda do, node, u, v, du, dv: do.sub(du, dv),
    "*": lambda do, node, u, v, du, dv: do.add(do.mul(du, v), do.mul(u, dv)),
    "/": _quotient,
    "**": _power,
    "neg": lambda do, node, u, du: do.neg(du),
    "sqrt": lambda do, node, u, du: do.div(du, do.mul(do.number(2), node)),
    "exp": lambda do, node, u, du: do.mul(node, du),
    "log": lambda do, node, u, du: do.div(du, u),
    "sin": lambda do, node, u, du: do.mul(do.call("cos", u), du),
    "cos": lambda do, node, u, du: do.neg(do.mul(do.call("sin", u), du)),
    "tan": lambda do, node, u, du: do.mul(do.add(do.one, do.mul(node, node)), du),
    "tanh": lambda do, node, u, du: do.mul(do.sub(do.one, do.mul(node, node)), du),
    "abs": lambda do, node, u, du: do.mul(do.call("sign", u), du),
    "sign": lambda do, node, u, du: do.zero,
    "less": lambda do, node, u, v, du, dv: do.zero,
    "min": _either("u<v", "v<u"),
    "max": _either("v<u", "u<v"),
    "softplus": lambda do, node, u, du: do.mul(_sigmoid(do, u), du),
}


def _sigmoid(do: Algebra, u: Node) -> Node:
    """1/(1+e^-u) written with tanh, which never overflows."""
    half = do.mul(do.number(0.5), do.call("tanh", do.mul(do.number(0.5), u)))
    return do.add(do.number(0.5), half)


def slopes(graph: Graph, node: Node, names: tuple[str, str]) -> tuple[Node, Node]:
    """(∂₁, ∂₂) of a node."""
    first, second = (Derivative(graph, name).of(node) for name in names)
    return first, second


def curves(graph: Graph, node: Node, names: tuple[str, str]) -> tuple[Node, Node, Node]:
    """(∂₁₁, ∂₁₂, ∂₂₂) of a node."""
    first, second = slopes(graph, node, names)
    across = Derivative(graph, names[1])
    return Derivative(graph, names[0]).of(first), across.of(first), across.of(second)


def value_of(name: str) -> float:
    """A named constant of the language (pi, e)."""
    return CONSTANTS[name]

"""What the numbers are held against: sympy's derivatives, and graphs read in plain Python.

Nothing here uses the compiled code. A formula's text is known twice: to our reader, whose
graphs `value` walks node by node, and to sympy, which reads the same text by itself.
"""

import math
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import numpy as np
import sympy as sp

from app.surfaces.catalogue import BY_NAME, Row
from app.surfaces.formula import CONSTANTS, Node, read

Plain = Callable[..., float]


def softplus(u: float) -> float:
    return u + math.log1p(math.exp(-u)) if u > 0 else math.log1p(math.exp(u))


PLAIN: dict[str, Plain] = {
    "+": lambda u, v: u + v,
    "-": lambda u, v: u - v,
    "*": lambda u, v: u * v,
    "/": lambda u, v: u / v,
    "**": math.pow,
    "neg": lambda u: -u,
    "abs": abs,
    "min": min,
    "max": max,
    "sign": lambda u: float((u > 0) - (u < 0)),
    "less": lambda u, v: 0.5 + 0.5 * ((v > u) - (v < u)),
    "softplus": softplus,
} | {name: getattr(math, name) for name in ("sqrt", "exp", "log", "sin", "cos", "tan", "tanh")}


def value(node: Node, values: Mapping[str, float]) -> float:
    """A graph's value in plain Python floats."""
    if node.op == "number":
        return float(node.value)
    if node.op == "name":
        return values[node.value] if node.value in values else CONSTANTS[node.value]
    return PLAIN[node.op](*(value(arg, values) for arg in node.args))


def symbols(names: tuple[str, ...]) -> dict[str, sp.Symbol]:
    return {name: sp.Symbol(name, real=True) for name in names}


def expression(text: str, names: tuple[str, ...]) -> sp.Expr:
    """The formula as sympy reads it."""
    known: dict[str, Any] = {"e": sp.E, "softplus": lambda u: sp.log(1 + sp.exp(u))}
    known |= {"abs": sp.Abs, "min": sp.Min, "max": sp.Max}
    return sp.sympify(text.replace("^", "**"), locals=known | symbols(names))


def derivatives(text: str, names: tuple[str, ...], modules: str = "numpy") -> list[Plain]:
    """Functions of all names: value, ∂₁, ∂₂, ∂₁₁, ∂₁₂, ∂₂₂ by the first two."""
    f = expression(text, names)
    x, y, *_ = every = [symbols(names)[name] for name in names]
    wanted = [f, f.diff(x), f.diff(y), f.diff(x, 2), f.diff(x, y), f.diff(y, 2)]
    smooth = [part.replace(sp.DiracDelta, lambda *_: sp.Integer(0)) for part in wanted]
    return [sp.lambdify(every, part, modules=modules, cse=True) for part in smooth]


@cache
def of_row(name: str, modules: str = "numpy") -> list[Plain]:
    """The same for a row of the catalogue; arguments in the order of its letters."""
    row = BY_NAME[name]
    return derivatives(row.formula, row.letters.all(), modules)


def arguments(row: Row, x: Any, y: Any, example: Any, constants: Any) -> list[Any]:
    """What example i's formula is given at (x, y): the moved point, its columns, constants."""
    columns = example[4 : 4 + len(row.columns)]
    return [x - example[0], y - example[1], *columns, *constants[: len(row.constants)]]


def means(ground: Any, x: Any, y: Any) -> np.ndarray:
    """(6, n) by sympy: the mean over all examples, with their tilts."""
    total = np.zeros((6, len(x)))
    for example in ground.examples.T:
        given = arguments(ground.row, x, y, example, ground.constants)
        total += [np.broadcast_to(part(*given), len(x)) for part in of_row(ground.row.name)]
        total[0] += example[2] * x + example[3] * y
        total[1] += example[2]
        total[2] += example[3]
    return total / ground.examples.shape[1]


def curve(ground: Any, at: Any) -> tuple[np.ndarray, np.ndarray]:
    """Gradient (2,) and Hessian (2, 2) of the mean at a point, by sympy."""
    _, g1, g2, a, b, c = means(ground, *np.array([at], dtype=float).T)[:, 0]
    return np.array([g1, g2]), np.array([[a, b], [b, c]])


def example_gradient(ground: Any, i: int, x: float, y: float) -> tuple[float, float]:
    """∇ℓᵢ at one point, in plain Python."""
    example = ground.examples[:, i].tolist()
    given = arguments(ground.row, x, y, example, ground.constants.tolist())
    first, second = (part(*given) for part in of_row(ground.row.name, "math")[1:3])
    return first + example[2], second + example[3]


def example_loss(ground: Any, i: int, x: float, y: float) -> float:
    """ℓᵢ at one point, from the graph of the formula."""
    example = ground.examples[:, i].tolist()
    row = ground.row
    given = arguments(row, x, y, example, ground.constants.tolist())
    graph = read(row.formula, row.letters.all())
    named = dict(zip(row.letters.all(), given, strict=True))
    return value(graph, named) + example[2] * x + example[3] * y


def gradient(ground: Any, indices: list[int], x: float, y: float) -> tuple[float, float]:
    """Mean gradient of a batch, in plain Python."""
    parts = [example_gradient(ground, i, x, y) for i in indices]
    return (
        math.fsum(part[0] for part in parts) / len(parts),
        math.fsum(part[1] for part in parts) / len(parts),
    )


def example_curve(ground: Any, i: int, x: float, y: float) -> np.ndarray:
    """(∂₁₁, ∂₁₂, ∂₂₂) of ℓᵢ at one point, in plain Python; a tilt has no curvature."""
    example = ground.examples[:, i].tolist()
    given = arguments(ground.row, x, y, example, ground.constants.tolist())
    return np.array([part(*given) for part in of_row(ground.row.name, "math")[3:]])


def hessian(ground: Any, indices: list[int], x: float, y: float) -> np.ndarray:
    """Mean Hessian of a batch, (2, 2)."""
    a, b, c = sum(example_curve(ground, i, x, y) for i in indices) / len(indices)
    return np.array([[a, b], [b, c]])


def full_gradient(ground: Any) -> Callable[[float, float], tuple[float, float]]:
    return lambda x, y: gradient(ground, list(range(ground.examples.shape[1])), x, y)


def inside(row: Row, count: int, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Random points of a surface's domain."""
    random = np.random.default_rng(seed)
    x, y = (random.uniform(*side, count) for side in row.domain)
    return x, y

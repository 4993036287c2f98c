"""Graphs -> one compiled module: for each surface a slope and a curve over n lanes.

    slope(x, y, a, b, p, n, value, g1, g2)      writes the loss and its gradient
    curve(x, y, a, b, p, n, out)                writes value, g1, g2, h11, h12, h22 as rows

x, y are the points, a, b the example's columns, p the surface's constants. The module is
written as a real file beside the cache, because numba caches importable modules only.
Its text is made from the catalogue alone; nothing a visitor types comes here.
"""

import importlib
import math
import sys
from dataclasses import dataclass
from types import ModuleType

from app.kernels import KERNELS, compiled
from app.surfaces.derivative import constant, curves, is_constant, slopes, value_of
from app.surfaces.formula import CONSTANTS, Graph, Node, in_order, read

MODULE = "downhill_terms"


@compiled
def softplus(u: float) -> float:
    """log(1 + e^u) without overflow."""
    return max(u, 0.0) + math.log1p(math.exp(-abs(u)))


@compiled
def sign(u: float) -> float:
    return float((u > 0.0) - (u < 0.0))


@compiled
def less(u: float, v: float) -> float:
    """1 where u < v, 0 where u > v, a half where they meet."""
    return 0.5 + 0.5 * float((v > u) - (v < u))


@dataclass(frozen=True)
class Letters:
    """Which names of a formula are the point, the example's columns and the constants."""

    point: tuple[str, str]
    columns: tuple[str, ...]
    constants: tuple[str, ...]

    def all(self) -> tuple[str, ...]:
        return (*self.point, *self.columns, *self.constants)

    def source(self, name: str) -> str:
        """Where lane i finds this name."""
        if name in self.point:
            return "xy"[self.point.index(name)] + "[i]"
        if name in self.columns:
            return "ab"[self.columns.index(name)] + "[i]"
        if name in self.constants:
            return f"p[{self.constants.index(name)}]"
        return repr(value_of(name))


OPERATION = {"neg": "-{}", "abs": "abs({})", "min": "min({}, {})", "max": "max({}, {})"}
OPERATION |= {op: f"{{}} {op} {{}}" for op in "+-*/"}
OPERATION |= {name: f"{name}({{}})" for name in ("softplus", "sign")}
OPERATION |= {"less": "less({}, {})"}
LARGEST_PRODUCT = 16


def power(base: str, exponent: float) -> str:
    """Small whole powers as products, which vectorise; the rest as pow."""
    if exponent == int(exponent) and 1 <= abs(exponent) <= LARGEST_PRODUCT:
        product = repeated(base, int(abs(exponent)))
        return product if exponent > 0 else f"1.0 / ({product})"
    return f"{base} ** {exponent!r}"


def repeated(base: str, times: int) -> str:
    """base*base*… with as few products as squaring allows."""
    if times == 1:
        return base
    half = repeated(base, times // 2)
    whole = f"({half}) * ({half})"
    return whole if times % 2 == 0 else f"{whole} * {base}"


def operation(node: Node, name: dict[int, str]) -> str:
    """One node as an expression over the names of its arguments."""
    args = [name[id(arg)] for arg in node.args]
    if node.op == "**":
        exponent = node.args[1]
        if is_constant(exponent):
            return power(args[0], constant(exponent))
        return f"{args[0]} ** {args[1]}"
    return OPERATION.get(node.op, f"math.{node.op}({{}})").format(*args)


def lines(roots: tuple[Node, ...], letters: Letters) -> tuple[list[str], list[str]]:
    """Assignments for every operation, and the name of each root."""
    name: dict[int, str] = {}
    body = []
    for node in in_order(roots):
        if node.op == "number":
            name[id(node)] = repr(float(node.value))
            continue
        text = letters.source(str(node.value)) if node.op == "name" else operation(node, name)
        name[id(node)] = f"t{len(name)}"
        body.append(f"{name[id(node)]} = {text}")
    return body, [name[id(root)] for root in roots]


def function(
    head: str, signature: str, targets: list[str], written: tuple[list[str], list[str]]
) -> str:
    """One compiled function: a loop over lanes around the assignments."""
    body, results = written
    inner = body + [f"{target} = {result}" for target, result in zip(targets, results, strict=True)]
    loop = "".join(f"        {line}\n" for line in inner)
    return f"\n\n@term({signature})\ndef {head}:\n    for i in range(n):\n{loop}"


def identifier(name: str) -> str:
    return name.replace("-", "_")


def source(name: str, formula: str, letters: Letters) -> str:
    """Both functions of one surface as text."""
    graph = Graph()
    value = read(formula, letters.all(), graph)
    slope = (value, *slopes(graph, value, letters.point))
    curve = (*slope, *curves(graph, value, letters.point))
    key = identifier(name)
    return function(
        f"slope_{key}(x, y, a, b, p, n, value, g1, g2)",
        "SLOPE",
        ["value[i]", "g1[i]", "g2[i]"],
        lines(slope, letters),
    ) + function(
        f"curve_{key}(x, y, a, b, p, n, out)",
        "CURVE",
        [f"out[{row}, i]" for row in range(6)],
        lines(curve, letters),
    )


def gradient(formula: str, letters: Letters) -> tuple[list[str], list[str]]:
    """Lines that compute the gradient at a lane's point x[i], y[i], and its two names."""
    graph = Graph()
    return lines(slopes(graph, read(formula, letters.all(), graph), letters.point), letters)


HEAD = '''"""Made by app/surfaces/terms.py from the catalogue; not to be edited."""

import math

from app.kernels import CURVE, SLOPE, term
from app.surfaces.terms import less, sign, softplus
'''


def write(rows: list[tuple[str, str, Letters]]) -> ModuleType:
    """Writes the module of these (name, formula, letters), imports and so compiles it."""
    return written(MODULE, HEAD + "".join(source(*row) for row in rows))


def written(module: str, text: str) -> ModuleType:
    """A module of this text, beside the cache; importing it compiles it."""
    path = KERNELS / f"{module}.py"
    if not path.exists() or path.read_text("utf-8") != text:
        path.write_text(text, "utf-8")
    if str(KERNELS) not in sys.path:
        sys.path.insert(0, str(KERNELS))
    return importlib.import_module(module)


__all__ = ["CONSTANTS", "Letters", "gradient", "write", "written"]

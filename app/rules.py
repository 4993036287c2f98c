"""The table of rules: how a gradient becomes a movement.

Each row holds the formula as the lecture writes it, where it comes from, its knobs and its
few compiled lines. The lines shown on screen and the compiled ones are tested against each
other. All rules use the lecture's sign: m is the movement, θᵗ = θᵗ⁻¹ + mᵗ.

A compiled rule updates coordinate c of lane i, in place, in
    theta, g, m, v      (2, n): point, gradient, first and second memory
    power               (2, n): β₁ᵗ and β₂ᵗ of this update, as running products
    knob                (KNOBS, n): the lane's knobs; ETA is this update's η
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from app.kernels import inlined
from app.locale import N_
from app.surfaces.data import Floats
from app.surfaces.formula import Graph, Node, read
from app.surfaces.mathml import Writer, letter, row

NAMES = ("eta", "lambda", "beta1", "beta2", "epsilon", "decay")
ETA, LAMBDA, BETA1, BETA2, EPSILON, DECAY = range(len(NAMES))
LETTERS = ("θ", "g", "m", "v", "η", "λ", "β1", "β2", "ε", "δ", "t")


@inlined
def gd(theta: Floats, g: Floats, m: Floats, v: Floats, power: Floats, knob: Floats, c: int, i: int) -> None:  # fmt: skip
    theta[c, i] -= knob[ETA, i] * g[c, i]


@inlined
def momentum(theta: Floats, g: Floats, m: Floats, v: Floats, power: Floats, knob: Floats, c: int, i: int) -> None:  # fmt: skip
    m[c, i] = knob[LAMBDA, i] * m[c, i] - knob[ETA, i] * g[c, i]
    theta[c, i] += m[c, i]


@inlined
def adagrad(theta: Floats, g: Floats, m: Floats, v: Floats, power: Floats, knob: Floats, c: int, i: int) -> None:  # fmt: skip
    v[c, i] += g[c, i] * g[c, i]
    theta[c, i] -= knob[ETA, i] * g[c, i] / (math.sqrt(v[c, i]) + knob[EPSILON, i])


@inlined
def rmsprop(theta: Floats, g: Floats, m: Floats, v: Floats, power: Floats, knob: Floats, c: int, i: int) -> None:  # fmt: skip
    v[c, i] = knob[BETA2, i] * v[c, i] + (1 - knob[BETA2, i]) * g[c, i] * g[c, i]
    theta[c, i] -= knob[ETA, i] * g[c, i] / (math.sqrt(v[c, i]) + knob[EPSILON, i])


@inlined
def adamw(theta: Floats, g: Floats, m: Floats, v: Floats, power: Floats, knob: Floats, c: int, i: int) -> None:  # fmt: skip
    m[c, i] = knob[BETA1, i] * m[c, i] + (1 - knob[BETA1, i]) * g[c, i]
    v[c, i] = knob[BETA2, i] * v[c, i] + (1 - knob[BETA2, i]) * g[c, i] * g[c, i]
    mean, square = m[c, i] / (1 - power[0, i]), v[c, i] / (1 - power[1, i])
    pull = knob[DECAY, i] * theta[c, i]
    theta[c, i] -= knob[ETA, i] * (pull + mean / (math.sqrt(square) + knob[EPSILON, i]))


@dataclass(frozen=True)
class Rule:
    """One row. `knobs` maps a knob to its default, None meaning the scene's shared value."""

    name: str
    label: str
    lines: tuple[str, ...]  # assignments over LETTERS, in the order they happen
    update: Callable[..., None]
    source: str
    why: str
    knobs: Mapping[str, float | None] = field(default_factory=dict)
    ahead: bool = False  # the gradient is taken at θ + λm

    @property
    def mathml(self) -> str:
        first = ("<mrow><mi>g</mi><mo>←</mo><mo>∇</mo><mi>L</mi>" + AHEAD,) if self.ahead else ()
        rows = (*first, *(shown(line) for line in self.lines))
        table = "".join(f'<mtr><mtd columnalign="left">{line}</mtd></mtr>' for line in rows)
        return (
            '<math xmlns="http://www.w3.org/1998/Math/MathML" display="block">'
            f"<mtable>{table}</mtable></math>"
        )


AHEAD = "<mo>(</mo><mi>θ</mi><mo>+</mo><mi>λ</mi><mo>&#x2062;</mo><mi>m</mi><mo>)</mo></mrow>"


def parts(line: str) -> tuple[str, Node]:
    """A line `left = right` as the name it sets and the graph of its right side."""
    left, right = line.split("=", 1)
    return left.strip(), read(right, LETTERS, Graph())


def shown(line: str) -> str:
    left, right = parts(line)
    return row(letter(left), "<mo>←</mo>", Writer({}).write(right))


SHARED: dict[str, float | None] = {"eta": None}
AVERAGES: dict[str, float | None] = {"beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8}
FIRST = "m = β1*m + (1 - β1)*g"
SECOND = "v = β2*v + (1 - β2)*g**2"
SCALED = "θ = θ - η*g/(sqrt(v) + ε)"

RULES = (
    Rule(
        "gd",
        N_("Gradient descent"),
        ("θ = θ - η*g",),
        gd,
        "Cauchy 1847; lecture M2",
        N_("Moves against the gradient, nothing else."),
        SHARED,
    ),
    Rule(
        "momentum",
        N_("Momentum"),
        ("m = λ*m - η*g", "θ = θ + m"),
        momentum,
        "Polyak 1964; lecture M3",
        N_("The movement is the last movement, weakened, plus the reverse gradient."),
        SHARED | {"lambda": None},
    ),
    Rule(
        "nesterov",
        N_("Nesterov"),
        ("m = λ*m - η*g", "θ = θ + m"),
        momentum,
        "Nesterov 1983; in the form of Sutskever et al. 2013",
        N_("Momentum that looks ahead: the gradient is taken where the last movement leads."),
        SHARED | {"lambda": None},
        ahead=True,
    ),
    Rule(
        "adagrad",
        N_("Adagrad"),
        ("v = v + g**2", SCALED),
        adagrad,
        "Duchi, Hazan and Singer 2011",
        N_("Divides by the size of all gradients so far, so that it slows down for ever."),
        SHARED | {"epsilon": 1e-8},
    ),
    Rule(
        "rmsprop",
        N_("RMSprop"),
        (SECOND, SCALED),
        rmsprop,
        "Tieleman and Hinton 2012",
        N_("Divides by the size of recent gradients: steep and flat directions move alike."),
        SHARED | {"beta2": 0.9, "epsilon": 1e-8},
    ),
    Rule(
        "adam",
        N_("Adam"),
        (FIRST, SECOND, "θ = θ - η*(m/(1 - β1**t))/(sqrt(v/(1 - β2**t)) + ε)"),
        adamw,
        "Kingma and Ba 2015",
        N_("An averaged gradient divided by the size of recent gradients."),
        SHARED | AVERAGES,
    ),
    Rule(
        "adamw",
        N_("AdamW"),
        (FIRST, SECOND, "θ = θ - η*δ*θ - η*(m/(1 - β1**t))/(sqrt(v/(1 - β2**t)) + ε)"),
        adamw,
        "Loshchilov and Hutter 2019; decay times η, as in PyTorch",
        N_("Adam that also pulls the parameters towards zero, apart from the gradient."),
        SHARED | AVERAGES | {"decay": 0.01},
    ),
)

BY_NAME = {rule.name: rule for rule in RULES}
CODE = {rule.name: code for code, rule in enumerate(RULES)}

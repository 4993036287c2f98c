"""The table of rules: how a gradient becomes a movement.

Each row holds the formula as the lecture writes it, where it comes from, its knobs and its
few compiled lines. The lines shown on screen and the compiled ones are tested against each
other. All rules use the lecture's sign: m is the movement, θᵗ = θᵗ⁻¹ + mᵗ.

A compiled rule updates coordinate c of lane i, in place, in
    theta, g, m, v      (2, n): point, gradient, first and second memory; in v the rules that
                        need the Hessian find the direction d that the engine made of g
    power               (2, n): β₁ᵗ and β₂ᵗ of this update, as running products
    knob                (KNOBS, n): the lane's knobs; ETA is this update's η
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from app import lines
from app.kernels import inlined
from app.locale import N_
from app.surfaces.data import Floats

NAMES = ("eta", "lambda", "beta1", "beta2", "epsilon", "decay", "rho")
ETA, LAMBDA, BETA1, BETA2, EPSILON, DECAY, RHO = range(len(NAMES))


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


@inlined
def newton(theta: Floats, g: Floats, m: Floats, v: Floats, power: Floats, knob: Floats, c: int, i: int) -> None:  # fmt: skip
    theta[c, i] -= knob[ETA, i] * v[c, i]


@dataclass(frozen=True)
class Rule:
    """One row. `knobs` maps a knob to its default, None meaning the scene's shared value."""

    name: str
    label: str
    lines: tuple[str, ...]  # assignments over lines.LETTERS, in the order they happen
    update: Callable[..., None]
    source: str
    why: str
    knobs: Mapping[str, float | None] = field(default_factory=dict)
    opening: str = ""  # where g or d comes from when it is not ∇L(θ): one of lines.OPENINGS

    @property
    def mathml(self) -> str:
        return lines.shown(self.opening, self.lines)

    @cached_property
    def worked(self) -> str:
        """The same lines with places for the numbers of one update."""
        return lines.worked(self.opening, self.lines)

    @cached_property
    def slots(self) -> tuple[str, ...]:
        """The names of those places, each once."""
        return lines.slots(self.worked)

    @property
    def moves(self) -> bool:
        """Whether its m is the lecture's movement."""
        return self.lines[-1] == lines.MOVES


SHARED: dict[str, float | None] = {"eta": None}
AVERAGES: dict[str, float | None] = {"beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8}
FIRST = "m = β1*m + (1 - β1)*g"
SECOND = "v = β2*v + (1 - β2)*g**2"
SCALED = "θ = θ - η*g/(sqrt(v) + ε)"
MEANS = ("m̂ = m/(1 - β1**t)", "v̂ = v/(1 - β2**t)")
FULL: dict[str, float | None] = {"eta": 1.0}  # Newton's own step: to the bottom of a quadratic

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
        opening="g = ∇L(θ + λ*m)",
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
        (FIRST, SECOND, *MEANS, "θ = θ - η*m̂/(sqrt(v̂) + ε)"),
        adamw,
        "Kingma and Ba 2015",
        N_("An averaged gradient divided by the size of recent gradients."),
        SHARED | AVERAGES,
    ),
    Rule(
        "adamw",
        N_("AdamW"),
        (FIRST, SECOND, *MEANS, "θ = θ - η*δ*θ - η*m̂/(sqrt(v̂) + ε)"),
        adamw,
        "Loshchilov and Hutter 2019; decay times η, as in PyTorch",
        N_("Adam that also pulls the parameters towards zero, apart from the gradient."),
        SHARED | AVERAGES | {"decay": 0.01},
    ),
    Rule(
        "newton",
        N_("Newton"),
        ("θ = θ - η*d",),
        newton,
        "Newton 1669 and Raphson 1690; for minimising Fletcher 1987",
        N_(
            "Divides the gradient by the curvature, also where it is negative, so that saddles "
            "attract it; it does not move along directions without curvature. Networks cannot "
            "afford it: with n parameters the Hessian has n² entries, and solving costs n³."
        ),
        FULL,
        opening="d = H⁻¹*g",
    ),
    Rule(
        "saddle-free-newton",
        N_("Saddle-free Newton"),
        ("θ = θ - η*d",),
        newton,
        "Dauphin et al. 2014",
        N_(
            "Divides the gradient by the size of the curvature, so that it always goes down and "
            "leaves saddles; it does not move along directions without curvature. With millions "
            "of parameters the Hessian's n² entries and the n³ of solving cost too much."
        ),
        FULL,
        opening="d = |H|⁻¹*g",
    ),
    Rule(
        "sam",
        N_("SAM (asks for flatness)"),
        ("θ = θ - η*g",),
        gd,
        "Foret, Kleiner, Mobahi and Neyshabur 2021",
        N_(
            "Sharpness-aware minimization: first goes uphill by ρ, and takes the gradient of the "
            "same batch there. Every update costs two gradients."
        ),
        SHARED | {"rho": 0.05},
        opening="g = ∇L(θ + ρ*g/‖g‖)",
    ),
)

BY_NAME = {rule.name: rule for rule in RULES}
CODE = {rule.name: code for code, rule in enumerate(RULES)}

"""Where rules are stable on a quadratic, and how fast they are: theory, beside what is measured.

Along an eigenvector of the Hessian with eigenvalue κ a rule is a linear map of (θ, m); its
spectral radius ρ says by how much the distance shrinks in one update, at last. Limits are
those of LECTURE and DEFINITIONS; regimes and optimum are Polyak's (1964), in the form of Goh,
"Why momentum really works" (2017), and of Kidambi et al. (2018) for two eigenvalues μ ≤ L;
Nesterov's optimum is that of Lessard, Recht and Packard (2016). Nothing is said of adaptive
rules: for them there is no such limit.
"""

import math
from dataclasses import dataclass

from app.scene import Run, Scene
from app.surfaces.surface import Surface

Point = tuple[float, float]
RULES = ("gd", "momentum", "nesterov")
REGIMES = ("lazy", "robust", "knife's edge", "unstable")


@dataclass(frozen=True)
class Optimum:
    """The rate and the momentum with the smallest spectral radius on eigenvalues μ and L."""

    eta: float
    momentum: float
    radius: float


def limit(rule: str, momentum: float, largest: float) -> float | None:
    """η above which the rule leaves a minimum of largest curvature L; None without theory."""
    if rule not in RULES or not 0 < largest < math.inf:
        return None
    keeps = momentum if rule != "gd" else 0.0
    along = 1 + 2 * keeps if rule == "nesterov" else 1.0
    return 2 * (1 + keeps) / (along * largest)


def limit_of(scene: Scene, run: Run, largest: float) -> float | None:
    """The same for a run of a scene with all of its examples."""
    return limit(run.rule, float(scene.knobs(run).get("lambda", 0.0)), largest)


def radius(rule: str, eta: float, momentum: float, curvature: float) -> float:
    """ρ along one eigenvector: θ and m after an update are linear in those before."""
    keeps, pull = (0.0 if rule == "gd" else momentum), eta * curvature
    if rule == "nesterov":
        keeps *= 1 - pull  # the gradient is taken where the last movement leads
    trace = 1 + keeps - pull
    root = trace * trace - 4 * keeps
    if root < 0:
        return math.sqrt(keeps)
    return (abs(trace) + math.sqrt(root)) / 2


def worst(rule: str, eta: float, momentum: float, low: float, high: float) -> float:
    """ρ of the slower of the two directions μ ≤ L."""
    return max(radius(rule, eta, momentum, low), radius(rule, eta, momentum, high))


def regime(eta: float, momentum: float, low: float, high: float) -> str:
    """Of momentum on μ ≤ L: "lazy" where the flat direction is too slow, "robust" where both
    swing and ρ = √λ, "knife's edge" where the steep one nearly leaves, then "unstable"."""
    if radius("momentum", eta, momentum, high) >= 1:
        return REGIMES[3]
    swing = math.sqrt(momentum)
    if (1 - swing) ** 2 <= eta * low and eta * high <= (1 + swing) ** 2:
        return REGIMES[1]
    slow = radius("momentum", eta, momentum, low) >= radius("momentum", eta, momentum, high)
    return REGIMES[0] if slow else REGIMES[2]


def optimum(rule: str, low: float, high: float) -> Optimum | None:
    """Where ρ is smallest on 0 < μ ≤ L; None for a rule without theory, or without curvature."""
    if rule not in RULES or not 0 < low <= high < math.inf:
        return None
    if rule == "gd":
        eta, momentum = 2 / (low + high), 0.0
    elif rule == "momentum":
        roots = math.sqrt(low), math.sqrt(high)
        eta, momentum = (2 / sum(roots)) ** 2, ((roots[1] - roots[0]) / sum(roots)) ** 2
    else:
        root = math.sqrt(3 * high / low + 1)
        eta, momentum = 4 / (3 * high + low), (root - 2) / (root + 2)
    return Optimum(eta, momentum, worst(rule, eta, momentum, low, high))


def eigenvalues_at(surface: Surface, point: Point) -> tuple[float, float]:
    """μ ≤ L of the Hessian of the training loss."""
    a, b, c = (float(part[0]) for part in surface.curves(*([at] for at in point))[3:])  # type: ignore[arg-type]
    middle, half = (a + c) / 2, math.hypot((a - c) / 2, b)
    return middle - half, middle + half

"""How much every past gradient weighs in an update, by its age: the second reading of M4.

The age of a gradient is how many updates ago it was taken; the newest comes first.
"""

import numpy as np

from app.scene import Run, Scene
from app.schedules import factors
from app.surfaces.data import Floats

ALIVE = 1e-17  # of the largest weight: what weighs less cannot be seen in the sum
MOVED = ("gd", "momentum", "nesterov")
AVERAGED = ("adam", "adamw")


def alive(weights: Floats) -> Floats:
    """Weights by age without the tail that cannot be seen in their sum."""
    seen = np.flatnonzero(weights >= ALIVE * weights.max(initial=0.0))
    return weights[: seen[-1] + 1] if len(seen) else weights[:0]


def weights(scene: Scene, run: Run, index: int) -> Floats:
    """The weight of every past gradient in update `index`, age 0 first.

    gd, momentum and nesterov: of the movement, −Σ weights[a]·gᵏ⁻ᵃ, each with the η of its
    own update. Adam and AdamW: of the averaged gradient m̂. Others have none.
    """
    knobs, ages = scene.knobs(run), np.arange(index + 1.0)
    if run.rule in AVERAGED:
        beta = float(knobs["beta1"])
        return alive((1 - beta) * beta**ages / (1 - beta ** (index + 1)))
    if run.rule not in MOVED:
        return np.empty(0)
    keep = float(knobs.get("lambda", 0.0))
    eta = float(knobs["eta"]) * factors(str(knobs["schedule"]), scene.updates)[: index + 1]
    return alive(keep**ages * eta[::-1])


def square_weights(scene: Scene, run: Run, index: int) -> Floats:
    """The same for the squares of past gradients: of v̂ for Adam and AdamW, of v for others."""
    knobs, ages = scene.knobs(run), np.arange(index + 1.0)
    if run.rule == "adagrad":
        return np.ones(index + 1)
    if run.rule not in ("rmsprop", *AVERAGED):
        return np.empty(0)
    beta = float(knobs["beta2"])
    corrected = 1.0 if run.rule == "rmsprop" else 1 - beta ** (index + 1)
    return alive((1 - beta) * beta**ages / corrected)

"""The table of knobs of experiments: every number of a training that a person can turn.

Like the table of a scene's knobs, and read by the same reader; where both mean the same
thing the row is that one with another default. An experiment's row (table.py) says which of
these it has, and may have a default of its own.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from app import knobs
from app.experiments.digits import SETS
from app.knobs import SEEDS, Knob
from app.locale import N_
from app.rules import RULES

SCOPE = "experiment"
ACTIVATIONS = (("tanh", N_("tanh")), ("relu", N_("ReLU")))
TUNED = (("both", N_("both")), ("large", N_("the large one")), ("none", N_("none")))
SCALINGS = (("same", N_("the same")), ("root", N_("η × √B")), ("linear", N_("η × B")))
DIRECTIONS = (
    ("solutions", N_("start and both ends")),
    ("random", N_("two random directions")),
)
AHEAD = "g = ∇L(θ + λ*m)"
# Rules that need nothing but gradients, one coordinate at a time: not the Hessian of all n
# parameters, nor the length of the whole gradient.
TRAINABLE = {rule.name: rule.label for rule in RULES if rule.opening in ("", AHEAD)}


def like(name: str, **other: Any) -> Knob:
    """The knob of a scene, for an experiment."""
    return replace(knobs.BY_NAME[name], scope=SCOPE, per_run=False, **other)


KNOBS = (
    Knob(
        "images", "choice", SCOPE, "digits", N_("Images"),
        N_("What is learned: 1,797 digits of 8 × 8 pixels, or MNIST where this machine has it."),
        choices=tuple(zip(SETS, (N_("digits"), N_("MNIST")), strict=True)),
    ),
    Knob(
        "split", scope=SCOPE, default=0, label=N_("Split"),
        help=N_("Which of the digits are trained on, and which are the validation."), **SEEDS,
    ),
    Knob(
        "hidden", "list", SCOPE, "32", N_("Hidden layers"),
        N_("How many neurons each hidden layer has."), low=1, high=256, step=1,
    ),
    Knob(
        "activation", "choice", SCOPE, "tanh", N_("Activation"),
        N_("What a hidden neuron makes of its sum."),
        choices=ACTIVATIONS,
    ),
    Knob(
        "rule", "choice", SCOPE, "gd", N_("Rule"), N_("How a gradient becomes a movement."),
        choices=tuple(TRAINABLE.items()),
    ),
    like("eta", default=0.1, low=1e-6, high=10),
    like("lambda"),
    Knob(
        "batches", "list", SCOPE, "1,4,16,64,256,1437", N_("Batch sizes"),
        N_("Which batch sizes are compared."), symbol="B", low=1, high=60_000, step=1,
    ),
    like("batch", default=16, high=60_000),
    Knob(
        "small", "integer", SCOPE, 16, N_("Small batch"),
        N_("The batch size that is called small."), symbol="B", low=1, high=60_000, step=1,
    ),
    Knob(
        "large", "integer", SCOPE, 144, N_("Large batch"),
        N_("The batch size that is called large; 144 is 10 % of the training digits."),
        symbol="B", low=2, high=60_000, step=1,
    ),
    Knob(
        "target", "number", SCOPE, 0.01, N_("Training loss"),
        N_("Every training goes on until its training loss is as low as this."),
        low=1e-4, high=2, scale="log", step=0.0001,
    ),
    Knob(
        "tune", "choice", SCOPE, "both", N_("Tuned"),
        N_("Which batch size gets an η of its own: the best of η and its doublings."),
        choices=TUNED,
    ),
    Knob(
        "epochs", "integer", SCOPE, 20, N_("Epochs"),
        N_("How many epochs every training makes where epochs are equal."),
        low=1, high=1000, scale="log", step=1,
    ),
    Knob(
        "updates", "integer", SCOPE, 2000, N_("Updates"),
        N_("How many updates every training makes where updates are equal."),
        low=1, high=100_000, scale="log", step=1,
    ),
    Knob(
        "looks", "integer", SCOPE, 12, N_("Looks"),
        N_("How often every training is looked at, from its start to its end."),
        low=2, high=50, step=1,
    ),
    Knob(
        "zero", "number", SCOPE, 1e-8, N_("Zero"),
        N_("Which curvatures count as zero: up to this part of the largest."),
        low=1e-14, high=0.1, scale="log", step=1e-14,
    ),
    Knob(
        "scaling", "choice", SCOPE, "same", N_("η of the large batch"),
        N_("The same as the small batch's, or more, as its size is more."),
        choices=SCALINGS,
    ),
    Knob(
        "directions", "choice", SCOPE, "solutions", N_("Plane"),
        N_("Through start and both ends, or along two random directions."),
        choices=DIRECTIONS,
    ),
    Knob(
        "resolution", "integer", SCOPE, 57, N_("Points a side"),
        N_("How finely the loss is computed on the plane."), low=9, high=61, step=1,
    ),
    Knob(
        "seconds", "number", SCOPE, 0.25, N_("Seconds"),
        N_("How long every training computes where time is equal, measured on this machine."),
        low=0.01, high=10, scale="log", step=0.01,
    ),
    Knob(
        "seeds", "integer", SCOPE, 5, N_("Seeds"),
        N_("How many starts and orders of the batches are tried."), low=2, high=50, step=1,
    ),
    Knob(
        "seed", scope=SCOPE, default=0, label=N_("First seed"),
        help=N_("Decides the start and the order of the batches; the others count up from it."),
        **SEEDS,
    ),
    Knob(
        "examples", "integer", SCOPE, 60_000, N_("Examples"),
        N_("The training digits are repeated until there are so many; for timing alone."),
        symbol="N", low=100, high=60_000, scale="log", step=1,
    ),
    Knob(
        "repeats", "integer", SCOPE, 15, N_("Repeats"),
        N_("How often every time is measured."), low=3, high=101, step=1,
    ),
    Knob(
        "take", scope=SCOPE, default=0, label=N_("Take"),
        help=N_("Another number measures anew; the same one keeps what was measured."), **SEEDS,
    ),
)  # fmt: skip

# Those of an experiment's page, which change no number.
CHART = Knob(
    "chart", "choice", "view", None, N_("Chart"), N_("Which of the experiment's charts is shown.")
)
ASK = Knob(
    "ask", "flag", "view", 1, N_("Question first"),
    N_("Whether the page asks what you expect before it shows what was measured."),
)  # fmt: skip
# Of a chart that is a surface: as the lab's, without those views that a plane has not.
SURFACE = replace(
    knobs.BY_NAME["view"],
    choices=tuple(row for row in knobs.BY_NAME["view"].choices if row[0] in ("2d", "3d")),
)
VIEW = (knobs.BY_NAME["theme"], knobs.BY_NAME["lang"], ASK, CHART, SURFACE)

BY_NAME: Mapping[str, Knob] = {knob.name: knob for knob in KNOBS}
# The seed of an experiment that has no others.
ALONE = replace(
    BY_NAME["seed"], label=N_("Seed"), help=N_("Decides the start and the order of the batches.")
)

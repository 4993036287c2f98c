"""A run in the forms students meet elsewhere: one line of PyTorch, and the averaged form.

The lecture's m = λm − ηg is the heavy ball. The same η in two forms is the commonest mistake,
so every rule says which form it uses. A line of PyTorch is given only where it walks the same
path; `theta` is then a float64 tensor whose `grad` is that of the same batches.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from app.knobs import spelled
from app.locale import N_
from app.scene import Run, Scene
from app.values import Value

Knobs = Mapping[str, Value]


def given(knobs: Knobs, name: str) -> str:
    """A knob as Python writes a float; Adam refuses a β that is the whole number 0."""
    text = spelled(float(knobs[name]))
    return text if "." in text or "e" in text else f"{text}.0"


def sgd(knobs: Knobs) -> str:
    return f"torch.optim.SGD([theta], lr={given(knobs, 'eta')})"


def heavy_ball(knobs: Knobs) -> str:
    weight = f"momentum={given(knobs, 'lambda')}"
    return f"torch.optim.SGD([theta], lr={given(knobs, 'eta')}, {weight})"


def adagrad(knobs: Knobs) -> str:
    rest = f"lr={given(knobs, 'eta')}, eps={given(knobs, 'epsilon')}"
    return f"torch.optim.Adagrad([theta], {rest})"


def rmsprop(knobs: Knobs) -> str:
    rest = f"alpha={given(knobs, 'beta2')}, eps={given(knobs, 'epsilon')}"
    return f"torch.optim.RMSprop([theta], lr={given(knobs, 'eta')}, {rest})"


def adam(knobs: Knobs) -> str:
    return f"torch.optim.Adam([theta], {averages(knobs)})"


def adamw(knobs: Knobs) -> str:
    return f"torch.optim.AdamW([theta], {averages(knobs)}, weight_decay={given(knobs, 'decay')})"


def averages(knobs: Knobs) -> str:
    betas = f"({given(knobs, 'beta1')}, {given(knobs, 'beta2')})"
    return f"lr={given(knobs, 'eta')}, betas={betas}, eps={given(knobs, 'epsilon')}"


PYTORCH: dict[str, Callable[[Knobs], str]] = {
    "gd": sgd,
    "momentum": heavy_ball,
    "adagrad": adagrad,
    "rmsprop": rmsprop,
    "adam": adam,
    "adamw": adamw,
}

SAME = N_("PyTorch writes the same rule; ε stands outside the root there too.")
FORMS = {
    "gd": N_("PyTorch writes the same rule."),
    "momentum": N_(
        "The heavy ball: m = λm − ηg. PyTorch keeps v = λv + g and moves by −ηv, the same path "
        "while η is constant. The averaged form v = βv + (1 − β)g moves by −αv and needs "
        "α = η/(1 − β)."
    ),
    "nesterov": N_(
        "The gradient is taken at θ + λm. PyTorch's SGD(nesterov=True) keeps that point, not θ, "
        "as its parameter: the same gradients, but another path, so there is no line for it."
    ),
    "adagrad": SAME,
    "rmsprop": SAME,
    "adam": N_(
        "The averaged form, with both averages corrected for their start at zero. PyTorch "
        "writes the same rule; ε stands outside the root there too."
    ),
    "adamw": N_("Adam with θ pulled towards zero by ηδθ, as PyTorch scales it."),
    "newton": N_("PyTorch has no Newton: it would need the whole Hessian."),
    "sam": N_("PyTorch has no SAM; it is written as two backward passes around another rule."),
    "saddle-free-newton": N_("PyTorch has no Newton: it would need the whole Hessian."),
}
SCHEDULED = N_(
    "There is no line of PyTorch here because η changes: its movement would weigh past gradients "
    "with today's η, not with the one of their own update."
)


def conversions(scene: Scene, run: Run) -> dict[str, Any]:
    """A run's line of PyTorch and averaged form, None where there is none, and the form's words."""
    knobs = scene.knobs(run)
    if knobs["schedule"] != "constant" and run.rule in PYTORCH:
        return {"pytorch": None, "averaged": None, "form": SCHEDULED}
    line = PYTORCH.get(run.rule)
    return {
        "pytorch": line(knobs) if line else None,
        "averaged": averaged(knobs) if run.rule == "momentum" else None,
        "form": FORMS[run.rule],
    }


def averaged(knobs: Knobs) -> dict[str, float] | None:
    """α = η/(1 − β) and β = λ, in decimals as they are written; none for λ = 1."""
    eta, beta = (Decimal(spelled(float(knobs[name]))) for name in ("eta", "lambda"))
    return None if beta == 1 else {"alpha": float(eta / (1 - beta)), "beta": float(beta)}

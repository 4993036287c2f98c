"""Schedules: the factor on η at each update.

A schedule is a function of the update's place in the run alone, so that the η of update t
is the schedule's value at t, whatever happened before. No rule gets a factor of its own.
"""

from collections.abc import Callable

import numpy as np

from app.locale import N_
from app.surfaces.data import Floats


def constant(t: Floats, updates: int) -> Floats:
    return np.ones_like(t)


def warm_up(t: Floats, updates: int) -> Floats:
    """Rises in equal steps over the first tenth of the updates (at least one), then stays."""
    return np.minimum(1.0, (t + 1) / max(1, updates // 10))


def cosine(t: Floats, updates: int) -> Floats:
    """Half a cosine from 1 down towards 0 (Loshchilov and Hutter 2017)."""
    return (1 + np.cos(np.pi * t / updates)) / 2


def step(t: Floats, updates: int) -> Floats:
    """A tenth after half of the updates, a hundredth after three quarters."""
    return np.where(t < updates / 2, 1.0, np.where(t < 3 * updates / 4, 0.1, 0.01))


SCHEDULES: dict[str, tuple[str, Callable[[Floats, int], Floats]]] = {
    "constant": (N_("constant"), constant),
    "warm-up": (N_("warm-up"), warm_up),
    "cosine": (N_("cosine"), cosine),
    "step": (N_("step"), step),
}


def factors(schedule: str, updates: int) -> Floats:
    """The factors of updates 0 … updates−1."""
    return SCHEDULES[schedule][1](np.arange(float(updates)), updates)

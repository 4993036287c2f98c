"""Momentum lanes on Himmelblau for the rows that measure the engine alone."""

from dataclasses import replace

import numpy as np

from app.descent import Walk, walk
from app.engine import UNRECORDED
from app.scene import Scene
from app.surfaces.data import Floats

START = (-4.0, 4.5)


def knobs(lanes: int) -> tuple[Floats, Floats]:
    """A rate and a momentum for every lane; all of them settle."""
    return np.linspace(1e-4, 4e-3, lanes), np.linspace(0.0, 0.9, lanes)


def lanes_of(eta: Floats, momentum: Floats, updates: int) -> Walk:
    """One lane for each pair of knobs, to be swept without recording anything."""
    scene = Scene.parse(f"surface=himmelblau&start=-4,4.5&updates={updates}&run=momentum")
    pairs = zip(eta.tolist(), momentum.tolist(), strict=True)
    return Walk([replace(scene, eta=e, momentum=m) for e, m in pairs])


def sweep(lanes: Walk) -> None:
    """All updates of all lanes from the start, nothing recorded: the one place here that calls
    the engine."""
    begin(lanes.state.theta, lanes.state.m)
    lanes.advance(0, lanes.updates, UNRECORDED)


def begin(theta: Floats, m: Floats) -> None:
    """At rest at the start: where a sweep went on from its end, movements would in time be
    denormal numbers, with which some processors take many times as long."""
    theta[:] = np.array(START)[:, None]
    m[:] = 0.0


def path(eta: float, momentum: float, updates: int) -> Floats:
    """θ and the loss of one recorded lane: (3, updates + 1)."""
    knobs = f"updates={updates}&eta={eta}&lambda={momentum}"
    return walk(Scene.parse(f"surface=himmelblau&start=-4,4.5&{knobs}&run=momentum"))[0].track

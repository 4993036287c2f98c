"""Momentum lanes on Himmelblau for the rows that measure the engine alone."""

import threading
from dataclasses import replace

import numpy as np

from app.descent import Walk, walk
from app.lanes import aligned
from app.scene import Scene
from app.surfaces.data import Floats

OWN = threading.local()
START = (-4.0, 4.5)


def knobs(lanes: int) -> tuple[Floats, Floats]:
    """A rate and a momentum for every lane; all of them settle."""
    return np.linspace(1e-4, 4e-3, lanes), np.linspace(0.0, 0.9, lanes)


def lanes_of(eta: Floats, momentum: Floats, updates: int) -> Walk:
    """One lane for each pair of knobs, to be swept."""
    scene = Scene.parse(f"surface=himmelblau&start=-4,4.5&updates={updates}&run=momentum")
    pairs = zip(eta.tolist(), momentum.tolist(), strict=True)
    return Walk([replace(scene, eta=e, momentum=m) for e, m in pairs])


def sweep(lanes: Walk) -> None:
    """All updates of all lanes from the start, each recorded: the one place here that calls
    the engine. A thread records over what it recorded before, as it does for a map."""
    begin(lanes.state.theta, lanes.state.m)
    trail = own_trail(lanes.updates, lanes.state.theta.shape[1])
    trail[0] = lanes.state.theta
    lanes.advance(0, lanes.updates, trail)


def own_trail(updates: int, lanes: int) -> Floats:
    shape = updates + 1, 2, lanes
    if getattr(OWN, "shape", None) != shape:
        OWN.shape, OWN.trail = shape, aligned(*shape)
    return np.asarray(OWN.trail)


def begin(theta: Floats, m: Floats) -> None:
    """At rest at the start: where a sweep went on from its end, movements would in time be
    denormal numbers, with which some processors take many times as long."""
    theta[:] = np.array(START)[:, None]
    m[:] = 0.0


def path(eta: float, momentum: float, updates: int) -> Floats:
    """θ and the loss of one recorded lane: (3, updates + 1)."""
    knobs = f"updates={updates}&eta={eta}&lambda={momentum}"
    return walk(Scene.parse(f"surface=himmelblau&start=-4,4.5&{knobs}&run=momentum"))[0].track

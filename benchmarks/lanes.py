"""Momentum lanes on Himmelblau for the rows that measure the engine alone."""

from dataclasses import replace

import numpy as np

from app.descent import Walk, walk
from app.scene import Scene
from app.surfaces.data import Floats

START = (-4.0, 4.5)
UNRECORDED = np.empty((0, 3, 0))


def knobs(lanes: int) -> tuple[Floats, Floats]:
    """A rate and a momentum for every lane; all of them settle."""
    return np.linspace(1e-4, 4e-3, lanes), np.linspace(0.0, 0.9, lanes)


def lanes_of(eta: Floats, momentum: Floats, updates: int) -> Walk:
    """One lane for each pair of knobs, with no room to record anything."""
    scene = Scene.parse(f"surface=himmelblau&start=-4,4.5&updates={updates}&run=momentum")
    pairs = zip(eta.tolist(), momentum.tolist(), strict=True)
    lanes = Walk([replace(scene, eta=e, momentum=m) for e, m in pairs])
    lanes.track = UNRECORDED
    return lanes


def sweep(lanes: Walk) -> None:
    """All updates of all lanes, nothing recorded: the one place here that calls the engine."""
    lanes.advance(0, lanes.updates, UNRECORDED)


def path(eta: float, momentum: float, updates: int) -> Floats:
    """θ and the loss of one recorded lane: (3, updates + 1)."""
    knobs = f"updates={updates}&eta={eta}&lambda={momentum}"
    return walk(Scene.parse(f"surface=himmelblau&start=-4,4.5&{knobs}&run=momentum"))[0].track

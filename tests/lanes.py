"""Lanes of a run whose η grows until some leave."""

import numpy as np

from app.analysis.block import Block, knobs_of, starts_of
from app.rules import ETA
from app.scene import Scene


def lanes(query: str, many: int, most: float = 40) -> Block:
    """η goes from a tenth of the scene's to `most` times it."""
    scene = Scene.parse(query)
    (run,) = scene.runs
    knob = knobs_of(scene, run, many)
    knob[ETA] = scene.eta * np.geomspace(0.1, most, many)
    return Block(scene, run, scene.batch_of(run), np.zeros(many, int), starts_of(scene, many), knob)

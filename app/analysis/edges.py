"""Up to which η rules hold at a point of a surface: limits, with and without noise, and optima.

For the runs of a scene, each at a point of its own, and for all rules that have a theory.
"""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from app.analysis.meansquare import limit_of_noise
from app.analysis.stability import RULES, Point, eigenvalues_at, limit_of, optimum
from app.figures import finite
from app.scene import Run, Scene


def edges(scene: Scene, points: Sequence[Point | None]) -> list[dict[str, Any]]:
    """For every run the curvatures at its point, and its limits there; None where it has none."""
    pairs = zip(scene.runs, points, strict=True)
    return [NOWHERE if at is None else edge(scene, run, at) for run, at in pairs]


NOWHERE: dict[str, Any] = {"eigenvalues": None, "limit": None, "noisy": None}


def edge(scene: Scene, run: Run, at: Point) -> dict[str, Any]:
    low, high = eigenvalues_at(scene.ground, at)
    return {
        "eigenvalues": (finite(low), finite(high)),
        "limit": limit_of(scene, run, high),
        "noisy": limit_of_noise(scene, run, at),
    }


def told_stability(scene: Scene, at: Point) -> dict[str, Any]:
    """The same at one point for every rule with a theory, with the scene's λ and batch size."""
    low, high = eigenvalues_at(scene.ground, at)
    rules = {rule: edge(scene, Run(rule), at) | {"optimum": None} for rule in RULES}
    for rule, told in rules.items():
        del told["eigenvalues"]
        if best := optimum(rule, low, high):
            told["optimum"] = asdict(best)
    return {
        "point": at,
        "eigenvalues": (finite(low), finite(high)),
        "momentum": scene.momentum,
        "batch": scene.examples if scene.batch is None else scene.batch,
        "rules": rules,
    }

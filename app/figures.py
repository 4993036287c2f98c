"""What is said about a path beside its points: the words and numbers cards and API show.

Plain values ready for JSON: no NaN, no Infinity (null, and the outcome says why).
"""

import math
from dataclasses import asdict
from typing import Any

from app.averages import Average, average
from app.descent import LOOK_AHEAD, Path
from app.sampling import updates_per_epoch
from app.scene import Scene
from app.zigzag import zigzag


def finite(value: float) -> float | None:
    return value if math.isfinite(value) else None


def figures(scene: Scene, path: Path) -> dict[str, Any]:
    """One run of a scene with all that decides its path, how it ended and how it wandered."""
    run = path.run
    known = {"run": run.query(), "rule": run.rule, "knobs": scene.knobs(run)}
    return known | ended(scene, path) | {"zigzag": asdict(zigzag(path))}


def ended(scene: Scene, path: Path) -> dict[str, Any]:
    """How it ended, for a page that has the scene's address and the points."""
    run = path.run
    return {
        "run": run.query(),
        "rule": run.rule,
        "outcome": path.outcome,
        "valley": path.valley,
        "updates": path.updates,
        "diverged": path.diverged,
        "settled": path.settled,
        "left": path.left,
        "leaves": path.leaves,
        "look_ahead": LOOK_AHEAD,
        "at": path.at,
        "saddle": path.saddle,
        "end": path.end[:2],
        "end_loss": finite(path.end[2]),
        "updates_per_epoch": updates_per_epoch(scene.examples, scene.batch_of(run)),
        "average": told_average(average(scene, path)),
    }


def told_average(mean: Average | None) -> dict[str, Any] | None:
    return None if mean is None else {"from": mean.first, "at": mean.at, "loss": finite(mean.loss)}

"""What is said about a path beside its points: the words and numbers cards and API show.

Plain values ready for JSON: no NaN, no Infinity (null, and the outcome says why).
"""

import math
from typing import Any

from app.descent import LOOK_AHEAD, Path
from app.sampling import updates_per_epoch
from app.scene import Scene


def finite(value: float) -> float | None:
    return value if math.isfinite(value) else None


def figures(scene: Scene, path: Path) -> dict[str, Any]:
    """One run of a scene and how its path ended."""
    knobs = scene.knobs(path.run)
    x, y, loss = path.track[:, -1].tolist()
    return {
        "run": path.run.query(),
        "rule": path.run.rule,
        "knobs": knobs,
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
        "end": [x, y],
        "end_loss": finite(loss),
        "updates_per_epoch": updates_per_epoch(scene.examples, int(knobs["batch"])),
    }

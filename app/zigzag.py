"""How much a path wanders: its length against how far it came."""

from dataclasses import dataclass

import numpy as np

from app.descent import Path


@dataclass(frozen=True, slots=True)
class Zigzag:
    """Length of the path, distance from its start to its end, and their ratio.

    The ratio is 1 on a straight line and None for a path that ends where it began.
    """

    length: float
    displacement: float
    ratio: float | None


def zigzag(path: Path) -> Zigzag:
    across = np.diff(path.track[:2], axis=1)
    length = float(np.hypot(*across).sum())
    displacement = float(np.hypot(*(path.track[:2, -1] - path.track[:2, 0])))
    return Zigzag(length, displacement, length / displacement if displacement > 0 else None)

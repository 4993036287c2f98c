"""What is said about a point of a surface: plain values ready for JSON, never NaN."""

from typing import Any

import numpy as np

from app.critical import KINDS, ZERO_SLOPE, critical, sizes
from app.figures import finite
from app.finder import CriticalPoint
from app.hessian import eigenvalues
from app.surfaces.catalogue import Point
from app.surfaces.surface import Surface


def told_point(ground: Surface, at: Point) -> dict[str, Any]:
    """Loss, gradient and Hessian at any point."""
    loss, g1, g2, a, b, c = ground.curves(*np.array(at).reshape(2, 1)).ravel().tolist()
    low, high, u, v = map(finite, eigenvalues(a, b, c))
    kind, valley = kind_at(ground, at, float(np.hypot(g1, g2)))
    return {
        "point": at,
        "loss": finite(loss),
        "gradient": (finite(g1), finite(g2)),
        "hessian": [[finite(a), finite(b)], [finite(b), finite(c)]],
        "eigenvalues": (low, high),
        "eigenvectors": [[u, v], [None if v is None else -v, u]],
        "kind": kind,
        "valley": valley,
    }


def kind_at(ground: Surface, at: Point, slope: float) -> tuple[str | None, bool]:
    """What kind of critical point this is; None when it is not one."""
    if not slope <= ZERO_SLOPE * sizes(ground)[0]:
        return None, False
    found = critical(ground, np.array([at]))
    return (KINDS[int(found[0, 3])], bool(found[0, 8])) if len(found) else (None, False)


def told_critical(point: CriticalPoint) -> dict[str, Any]:
    """One entry of the list of critical points."""
    return {
        "at": point.at,
        "loss": finite(point.loss),
        "kind": point.kind,
        "valley": point.valley,
        "eigenvalues": point.eigenvalues,
        "eigenvectors": point.eigenvectors,
        "curve": point.curve,
    }

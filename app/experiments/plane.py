"""The real surface: the training loss on a plane through the space of all parameters.

Either the plane through three points (the start, and where a small and a large batch end), or two
random directions around the small batch's end, each neuron's weights as long as those it has
there (filter normalisation, Li et al. 2018, arXiv 1712.09913). The trainings' paths are projected
on it, and the part of their way that lies outside is told: a plane is two of many directions.
"""

from dataclasses import dataclass

import numpy as np

from app.experiments.network import Network
from app.surfaces.data import Floats, Singles


@dataclass(frozen=True)
class Plane:
    """origin + x·across[0] + y·across[1]; the two need not be at right angles."""

    origin: Floats
    across: Floats

    def at(self, x: float, y: float) -> Singles:
        """The parameters at a point of it."""
        theta: Singles = (self.origin + np.array([x, y]) @ self.across).astype(np.float32)
        return theta

    def shadow(self, theta: Floats) -> Floats:
        """Coordinates (points, 2) of the plane's points nearest to theta (points, parameters)."""
        angles = self.across @ self.across.T
        found = np.linalg.solve(angles, self.across @ (theta - self.origin).T).T
        return found.astype(float)

    def outside(self, theta: Floats) -> list[float | None]:
        """The part of each point's distance from the origin that lies beside the plane."""
        away = theta - self.origin
        beside = np.linalg.norm(away - self.shadow(theta) @ self.across, axis=1)
        whole = np.linalg.norm(away, axis=1)
        return [float(a / b) if b else None for a, b in zip(beside, whole, strict=True)]


def through(start: Floats, first: Floats, second: Floats) -> Plane:
    """Through three points, which must not lie on a line; x leads from the start to the first.

    The directions are unit vectors at right angles, so that x and y are distances.
    """
    along = (first - start) / np.linalg.norm(first - start)
    rest = second - start - ((second - start) @ along) * along
    return Plane(start, np.array([along, rest / np.linalg.norm(rest)]))


def drawn(network: Network, middle: Floats, seed: int) -> Plane:
    """Two random directions around a point, normalised neuron by neuron; biases stay."""
    draw = np.random.default_rng(seed)
    across = np.zeros((2, network.parameters))
    for way, weights in zip(network.matrices(across), network.matrices(middle), strict=True):
        way[:, :-1] = draw.standard_normal(way[:, :-1].shape)
        lengths = np.linalg.norm(weights[:-1], axis=0)
        way[:, :-1] *= lengths / np.linalg.norm(way[:, :-1], axis=1, keepdims=True)
    return Plane(middle, across)

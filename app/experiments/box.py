"""Sharpness as Keskar et al. (2017) define it, in the full space: how high the loss gets in a box.

The box reaches ε(|θᵢ| + 1) to either side of every parameter; sharpness is 100 times the largest
rise in it over 1 + L(θ). The paper seeks the largest loss with 10 iterations of L-BFGS-B. Here it
is sought among the corners: from a corner to the one that the gradient there points to, ROUNDS
times, which never falls while the loss is convex; from three corners, those that the gradient at
θ and the direction of largest curvature (both ways) point to. So it is a lower bound, as theirs.
"""

from dataclasses import dataclass

import numpy as np

from app.experiments.curvature import Point
from app.surfaces.data import Floats

EPSILONS = (1e-3, 5e-4)  # the paper's
ROUNDS = 10


@dataclass(frozen=True)
class Sharpness:
    """In percent of 1 + L. `slope`: what the gradient at θ alone would give in this box.

    At a point where a noisy training was stopped the gradient is not zero, and the box measures
    it along with the curvature.
    """

    relative: float
    slope: float


def sharpness(point: Point, epsilon: float, steepest: Floats) -> Sharpness:
    """Of the training loss at a point; steepest: its direction of largest curvature."""
    sides = epsilon * (np.abs(point.theta) + 1)
    starts = (point.gradient, steepest, -steepest)
    highest = max(climbed(point, sides, direction) for direction in starts)
    slope = float(np.abs(point.gradient) @ sides)
    whole = 100 / (1 + point.loss)
    return Sharpness(whole * max(0.0, highest - point.loss), whole * slope)


def climbed(point: Point, sides: Floats, direction: Floats) -> float:
    """The highest loss on the way from the corner that a direction points to."""
    highest, corner = -np.inf, sides * np.sign(direction)
    for _ in range(ROUNDS):
        there = Point(point.network, point.examples, point.theta + corner)
        highest = max(highest, there.loss)
        following = sides * np.sign(there.gradient)
        if (following == corner).all():
            break
        corner = following
    return highest

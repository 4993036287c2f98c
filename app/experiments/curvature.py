"""The training loss of a network around one point, in double precision: slope and curvature.

Hessian-vector products are exact, by the R operator (Pearlmutter 1994): every line of the
network's two passes is differentiated once more along a direction. Nothing is estimated by
finite differences. ReLU's second derivative is taken as 0, as it is wherever there is one.
"""

from functools import cached_property

import numpy as np

from app.experiments.digits import Examples
from app.experiments.network import ROWS, Network
from app.surfaces.data import Floats, Singles

NUMBERS = 200_000  # of one layer, for a block of directions: they stay in the cache
Layers = list[Floats]


class Point:
    """A network at `theta` (parameters,), in the eyes of all examples."""

    def __init__(self, network: Network, examples: Examples, theta: Floats | Singles) -> None:
        self.network, self.examples = network, examples
        self.theta: Floats = np.asarray(theta, float)
        self.weights: Layers = network.matrices(self.theta)
        cuts = range(0, len(examples), ROWS)
        self.parts = [Part(self, examples, slice(low, low + ROWS)) for low in cuts]

    @cached_property
    def loss(self) -> float:
        """Mean cross-entropy."""
        return float(sum(part.loss for part in self.parts))

    @cached_property
    def gradient(self) -> Floats:
        """(parameters,)"""
        whole: Floats = np.sum([flat(part.slopes) for part in self.parts], axis=0)
        return whole

    def times(self, directions: Floats) -> Floats:
        """The Hessian times every row of (k, parameters)."""
        found = np.empty_like(directions)
        for low in range(0, len(directions), self.block):
            rows = slice(low, low + self.block)
            layers = self.network.matrices(directions[rows])
            found[rows] = np.sum([flat(part.times(layers)) for part in self.parts], axis=0)
        return found

    @property
    def block(self) -> int:
        """How many directions are taken at once."""
        return max(1, NUMBERS // (self.parts[0].size * max(self.network.sizes[1:])))

    def hessian(self) -> Floats:
        """All of it: (parameters, parameters)."""
        rows = self.times(np.eye(self.network.parameters))
        return (rows + rows.T) / 2


class Part:
    """Some of the examples at a point: what the layers make of them. n rows each."""

    def __init__(self, point: Point, examples: Examples, rows: slice) -> None:
        self.weights, self.relu = point.weights, point.network.relu
        self.labels = examples.labels[rows]
        self.size, self.all = len(self.labels), len(examples)
        self.pixels = examples.pixels[rows]
        self.hidden: Layers = []  # what each hidden layer gives to the next, last column 1
        given = self.given(0)
        for matrix in self.weights[:-1]:
            given = with_ones(self.active(given @ matrix))
            self.hidden.append(given)
        self.logits = given @ self.weights[-1]

    def given(self, layer: int) -> Floats:
        """What a layer gets. Pixels are as many as all the rest, and kept once for all points."""
        return self.hidden[layer - 1] if layer else self.pixels.astype(float)

    def active(self, before: Floats) -> Floats:
        return np.maximum(before, 0) if self.relu else np.tanh(before)

    @cached_property
    def slope(self) -> Layers:
        """The activation's derivative in each hidden layer."""
        values = [given[:, :-1] for given in self.hidden]
        return [(a > 0).astype(float) if self.relu else 1 - a**2 for a in values]

    @cached_property
    def chances(self) -> Floats:
        """What softmax makes of the logits."""
        powers: Floats = np.exp(self.logits - self.logits.max(axis=1, keepdims=True))
        shares: Floats = powers / powers.sum(axis=1, keepdims=True)
        return shares

    @property
    def loss(self) -> float:
        """Its part of the mean."""
        top = self.logits.max(axis=1)
        sums = np.log(np.exp(self.logits - top[:, None]).sum(axis=1)) + top
        return float((sums - self.logits[range(self.size), self.labels]).sum() / self.all)

    @cached_property
    def delta(self) -> Layers:
        """∂L/∂ of what each layer sums up."""
        last = self.chances.copy()
        last[range(self.size), self.labels] -= 1
        found = [last / self.all]
        for matrix, slope in zip(self.weights[:0:-1], self.slope[::-1], strict=True):
            found.insert(0, (found[0] @ matrix[:-1].T) * slope)
        return found

    @property
    def slopes(self) -> Layers:
        return [self.given(k).T @ delta for k, delta in enumerate(self.delta)]

    def times(self, directions: Layers) -> Layers:
        """The R operator: (k, inputs + 1, outputs) for each layer, as many back."""
        moved: list[Floats | None] = [None]  # R of `given`, without its ones; the pixels stay
        for k, v in enumerate(directions):
            sums = self.given(k) @ v
            if (values := moved[-1]) is not None:
                sums += values @ self.weights[k][:-1]
            if k < len(self.slope):
                moved.append(sums * self.slope[k])
        inner = (self.chances * sums).sum(axis=-1, keepdims=True)
        return self.back(directions, moved, self.chances * (sums - inner) / self.all)

    def back(self, directions: Layers, moved: list[Floats | None], turned: Floats) -> Layers:
        """R of the way back; `turned` is R of the last delta."""
        found: Layers = []
        for k in range(len(directions) - 1, -1, -1):
            part = self.given(k).T @ turned
            values = moved[k]
            if values is not None:
                part[:, :-1] += values.swapaxes(1, 2) @ self.delta[k]
                below = turned @ self.weights[k][:-1].T
                below += self.delta[k] @ directions[k][:, :-1].swapaxes(1, 2)
                turned = below * self.slope[k - 1]
                if not self.relu:  # tanh″ = −2·tanh·tanh′, and tanh′ is in `values` already
                    up = self.delta[k] @ self.weights[k][:-1].T
                    turned -= 2 * up * self.given(k)[:, :-1] * values
            found.insert(0, part)
        return found


def with_ones(values: Floats) -> Floats:
    return np.hstack([values, np.ones((len(values), 1))])


def flat(layers: Layers) -> Floats:
    """Layers as one vector, or (k, …) layers as k of them."""
    front = layers[0].shape[:-2]
    return np.concatenate([layer.reshape(*front, -1) for layer in layers], axis=-1)

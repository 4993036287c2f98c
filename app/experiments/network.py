"""A plain multilayer perceptron: its shape, its start, its loss and its gradient.

All parameters are one float32 vector; a layer is a matrix (inputs + 1, outputs) cut from it,
whose last row is the bias. Hidden layers are tanh or ReLU, the loss is the mean cross-entropy.
Matrix products are NumPy's (BLAS), the rest is loops.py's. This room knows no training.
"""

import math
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from app.experiments.digits import CLASSES, Examples
from app.experiments.loops import judge, logit_slopes, times_slope
from app.sampling import Counts
from app.surfaces.data import Singles

ROWS = 2_000  # examples judged at once, so that their activations stay in the cache
Matrices = list[Singles]
Real = TypeVar("Real", np.float32, np.float64)


@dataclass(frozen=True)
class Network:
    sizes: tuple[int, ...]  # inputs, hidden layers, classes
    activation: str = "tanh"

    @staticmethod
    def of(examples: Examples, hidden: tuple[int, ...], activation: str) -> "Network":
        """The network between these examples' pixels and their ten classes."""
        return Network((examples.inputs, *hidden, CLASSES), activation)

    @property
    def shapes(self) -> list[tuple[int, int]]:
        return [(inputs + 1, outputs) for inputs, outputs in pairwise(self.sizes)]

    @property
    def parameters(self) -> int:
        return sum(rows * columns for rows, columns in self.shapes)

    @property
    def relu(self) -> bool:
        return self.activation == "relu"

    def matrices(self, theta: NDArray[Real]) -> list[NDArray[Real]]:
        """The layers as views of a vector, or of each row of (k, parameters)."""
        cut, first = [], 0
        for rows, columns in self.shapes:
            part = theta[..., first : first + rows * columns]
            cut.append(part.reshape(*theta.shape[:-1], rows, columns))
            first += rows * columns
        return cut

    def start(self, seed: int) -> Singles:
        """Where a training begins: weights drawn from the seed, biases 0.

        tanh: uniform, variance 2/(inputs + outputs) (Glorot and Bengio 2010, eq. 16).
        ReLU: normal, variance 2/inputs (He et al. 2015, eq. 10).
        """
        draw = np.random.default_rng(seed)
        theta = np.zeros(self.parameters, np.float32)
        for matrix in self.matrices(theta):
            inputs, outputs = len(matrix) - 1, matrix.shape[1]
            if self.relu:
                weights = draw.normal(0, np.sqrt(2 / inputs), (inputs, outputs))
            else:
                far = np.sqrt(6 / (inputs + outputs))
                weights = draw.uniform(-far, far, (inputs, outputs))
            matrix[:-1] = weights
        return theta


@dataclass
class Pass:
    """Working memory for batches of one size: `pixels` is filled, then forward and back.

    For the full batch `pixels` are the examples' own, and nobody fills them.
    """

    network: Network
    pixels: Singles
    active: Matrices = field(init=False)  # of each hidden layer, with a last column of 1
    inner: Matrices = field(init=False)  # the same without that column
    before: Matrices = field(init=False)  # products of each layer: of the last, the logits
    delta: Matrices = field(init=False)  # ∂L/∂before

    def __post_init__(self) -> None:
        n, sizes = len(self.pixels), self.network.sizes[1:]
        self.active = [np.ones((n, size + 1), np.float32) for size in sizes[:-1]]
        self.inner = [active[:, :-1] for active in self.active]
        self.before = [np.empty((n, size), np.float32) for size in sizes]
        self.delta = [np.empty((n, size), np.float32) for size in sizes]

    @cached_property
    def turned(self) -> Matrices:
        """Inputs of each layer, transposed, for the products of the way back."""
        return [values.T for values in (self.pixels, *self.active)]

    def forward(self, theta: Matrices) -> Singles:
        """The logits of the examples in `pixels`, (n, classes)."""
        given = self.pixels
        for k, inner in enumerate(self.inner):
            np.matmul(given, theta[k], self.before[k])
            if self.network.relu:
                np.maximum(self.before[k], 0, out=inner)
            else:
                np.tanh(self.before[k], inner)
            given = self.active[k]
        return np.matmul(given, theta[-1], self.before[-1])

    def gradient(
        self, theta: Matrices, back: Matrices, labels: Counts, index: Counts, slopes: Matrices
    ) -> None:
        """Writes the gradient of the batch's mean loss into `slopes`, one matrix per layer.

        back: each layer without its bias, transposed · index: which examples `pixels` hold.
        """
        logit_slopes(self.forward(theta), labels, index, self.delta[-1])
        for k in range(len(slopes) - 1, -1, -1):
            np.matmul(self.turned[k], self.delta[k], slopes[k])
            if k:
                np.matmul(self.delta[k], back[k], self.delta[k - 1])
                times_slope(self.network.relu, self.active[k - 1], self.delta[k - 1])


def backs(theta: Matrices) -> Matrices:
    """Each layer without its bias, transposed."""
    return [matrix[:-1].T for matrix in theta]


@dataclass(frozen=True)
class Judgement:
    """Mean cross-entropy over all examples, and the share of them that is right.

    A network that has diverged says nothing: its loss is NaN, and nothing of it is right.
    """

    loss: float
    accuracy: float


DIVERGED = Judgement(math.nan, 0.0)


class Judge:
    """Judges parameters on the same examples again and again."""

    def __init__(self, network: Network, examples: Examples) -> None:
        cuts = range(0, len(examples), ROWS)
        self.network = network
        self.labels = [examples.labels[low : low + ROWS] for low in cuts]
        self.passes = [Pass(network, examples.pixels[low : low + ROWS]) for low in cuts]

    def judgement(self, theta: Singles) -> Judgement:
        found, matrices = np.zeros(2), self.network.matrices(theta)
        with np.errstate(over="ignore", invalid="ignore"):
            for one, labels in zip(self.passes, self.labels, strict=True):
                judge(one.forward(matrices), labels, found)
        loss, right = found / sum(map(len, self.labels))
        return Judgement(float(loss), float(right)) if math.isfinite(loss) else DIVERGED

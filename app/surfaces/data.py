"""The N examples behind a surface: what a batch is drawn from.

Formula surfaces draw z for the seed `data` in antithetic pairs (z, −z), unit variance per
axis, so that Σz = 0 and a symmetric surface keeps its ridge. Data surfaces draw real
columns. Which examples form which batch is sampling.py's business.

An example is one column of a (6, N) array:
    shift₁, shift₂   it sees the surface moved by this much
    tilt₁, tilt₂     it adds tilt · θ
    a, b             its columns in the formula of a data surface
"""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Singles = NDArray[np.float32]
SHIFT, TILT, COLUMNS = slice(0, 2), slice(2, 4), slice(4, 6)
ROWS = 6


def antithetic(count: int, data: int) -> Floats:
    """z of shape (2, count): pairs (z, −z) side by side, mean 0.

    Variance 1 along every direction (where four or more examples allow it), so that noise
    treats a turned surface as it treats the straight one.
    """
    pairs = np.random.default_rng(data).standard_normal((2, count // 2))
    z = np.zeros((2, count))
    z[:, 0 : 2 * (count // 2) : 2] = pairs
    z[:, 1 : 2 * (count // 2) : 2] = -pairs
    return whitened(z) if count >= 4 else z / max(1e-300, np.sqrt(np.mean(z**2)))


def whitened(z: Floats) -> Floats:
    """The nearest columns with the identity as their covariance."""
    values, vectors = np.linalg.eigh(z @ z.T / z.shape[1])
    return np.asarray(vectors @ np.diag(values**-0.5) @ vectors.T @ z)


def formula_examples(count: int, spread: float, noise: str, data: int) -> Floats:
    """Examples of a formula surface, (6, N); one alone when spread is 0 (all are equal)."""
    if spread == 0:
        return np.zeros((ROWS, 1))
    examples = np.zeros((ROWS, count))
    examples[SHIFT if noise == "shift" else TILT] = spread * antithetic(count, data)
    return examples


def column_examples(draw: "Draw", count: int, data: int) -> Floats:
    """Examples of a data surface, (6, N): the two columns its formula names."""
    examples = np.zeros((ROWS, count))
    examples[COLUMNS] = draw(np.random.default_rng(data), count)
    return examples


def given_examples(rows: Sequence[tuple[float, float]]) -> Floats:
    """Examples of a visitor's own rows, (6, N), just as they are."""
    examples = np.zeros((ROWS, len(rows)))
    examples[COLUMNS] = np.array(rows).T
    return examples


Draw = Callable[[np.random.Generator, int], Floats]


def standard(values: Floats) -> Floats:
    """Mean 0 and mean square 1, as far as the number of values allows."""
    centred = values - values.mean() if len(values) > 1 else values
    size = np.sqrt(np.mean(centred**2))
    return centred / size if size > 0 else np.ones_like(values)


def line(random: np.random.Generator, count: int) -> Floats:
    """Points around y = 0.8x + 0.5."""
    x = random.uniform(-2, 2, count)
    return np.stack([x, 0.8 * x + 0.5 + 0.4 * random.standard_normal(count)])


def classes(random: np.random.Generator, count: int) -> Floats:
    """Labels 0 and 1 that overlap: 1 is likelier where x is large."""
    x = 1.5 * random.standard_normal(count)
    label = random.uniform(size=count) < 0.5 + 0.5 * np.tanh(0.8 * x + 0.3)
    return np.stack([x, label.astype(float)])


def neuron(random: np.random.Generator, count: int) -> Floats:
    """Points around y = 1.5·tanh(1.2x)."""
    x = random.uniform(-2, 2, count)
    return np.stack([x, 1.5 * np.tanh(1.2 * x) + 0.2 * random.standard_normal(count)])


def identity(random: np.random.Generator, count: int) -> Floats:
    """y = x + noise with mean x² = 1 and noise at right angles to x.

    So the mean of (y − w₁w₂x)² is (1 − w₁w₂)² plus a constant, exactly the lecture's network.
    """
    x = standard(random.standard_normal(count))
    noise = random.standard_normal(count)
    noise -= x * np.mean(noise * x)
    return np.stack([x, x + 0.5 * (standard(noise) if count > 2 else 0 * x)])

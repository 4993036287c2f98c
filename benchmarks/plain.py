"""The same walks in plain Python floats: what a lab without an engine would do.

Derivatives are written by hand. The walks without noise are written out rule by rule, so
that no function call slows them down; with examples the sums cost so much that they are not.
Every update records θ and the training loss, as ours does.
"""

import random
from collections.abc import Callable
from math import sqrt

Record = tuple[list[float], list[float], list[float]]
Point = tuple[float, float]
Examples = list[Point]  # how far each example's surface is moved
START = (-4.0, 4.5)
BETA1, BETA2, EPSILON = 0.9, 0.999, 1e-8


def gd(eta: float, updates: int) -> Record:
    x, y = START
    xs, ys, losses = [], [], []
    for _ in range(updates):
        a, b = x * x + y - 11, x + y * y - 7
        xs.append(x)
        ys.append(y)
        losses.append(a * a + b * b)
        x -= eta * (4 * x * a + 2 * b)
        y -= eta * (2 * a + 4 * y * b)
    return closed(xs, ys, losses, x, y)


def momentum(eta: float, weight: float, updates: int) -> Record:
    x, y = START
    across = up = 0.0
    xs, ys, losses = [], [], []
    for _ in range(updates):
        a, b = x * x + y - 11, x + y * y - 7
        xs.append(x)
        ys.append(y)
        losses.append(a * a + b * b)
        across = weight * across - eta * (4 * x * a + 2 * b)
        up = weight * up - eta * (2 * a + 4 * y * b)
        x += across
        y += up
    return closed(xs, ys, losses, x, y)


def nesterov(eta: float, weight: float, updates: int) -> Record:
    x, y = START
    across = up = 0.0
    xs, ys, losses = [], [], []
    for _ in range(updates):
        xs.append(x)
        ys.append(y)
        losses.append(loss(x, y))
        p, q = x + weight * across, y + weight * up
        a, b = p * p + q - 11, p + q * q - 7
        across = weight * across - eta * (4 * p * a + 2 * b)
        up = weight * up - eta * (2 * a + 4 * q * b)
        x += across
        y += up
    return closed(xs, ys, losses, x, y)


def adam(eta: float, updates: int) -> Record:
    x, y = START
    mean_x = mean_y = square_x = square_y = 0.0
    power1 = power2 = 1.0
    xs, ys, losses = [], [], []
    for _ in range(updates):
        a, b = x * x + y - 11, x + y * y - 7
        xs.append(x)
        ys.append(y)
        losses.append(a * a + b * b)
        g, h = 4 * x * a + 2 * b, 2 * a + 4 * y * b
        mean_x, mean_y = BETA1 * mean_x + (1 - BETA1) * g, BETA1 * mean_y + (1 - BETA1) * h
        square_x = BETA2 * square_x + (1 - BETA2) * g * g
        square_y = BETA2 * square_y + (1 - BETA2) * h * h
        power1 *= BETA1
        power2 *= BETA2
        x -= eta * (mean_x / (1 - power1)) / (sqrt(square_x / (1 - power2)) + EPSILON)
        y -= eta * (mean_y / (1 - power1)) / (sqrt(square_y / (1 - power2)) + EPSILON)
    return closed(xs, ys, losses, x, y)


def loss(x: float, y: float) -> float:
    a, b = x * x + y - 11, x + y * y - 7
    return a * a + b * b


def closed(xs: list[float], ys: list[float], losses: list[float], x: float, y: float) -> Record:
    """The record with its last point."""
    return [*xs, x], [*ys, y], [*losses, loss(x, y)]


def four(eta: float, weight: float, updates: int) -> list[Record]:
    """gd, momentum, nesterov and adam without noise."""
    return [
        gd(eta, updates),
        momentum(eta, weight, updates),
        nesterov(eta, weight, updates),
        adam(eta, updates),
    ]


def mean_slope(x: float, y: float, batch: Examples) -> Point:
    across = up = 0.0
    for u, v in batch:
        p, q = x - u, y - v
        a, b = p * p + q - 11, p + q * q - 7
        across += 4 * p * a + 2 * b
        up += 2 * a + 4 * q * b
    return across / len(batch), up / len(batch)


def mean_loss(x: float, y: float, examples: Examples) -> float:
    total = 0.0
    for u, v in examples:
        p, q = x - u, y - v
        a, b = p * p + q - 11, p + q * q - 7
        total += a * a + b * b
    return total / len(examples)


class Heavy:
    """Momentum, and gradient descent and Nesterov as its two relatives."""

    def __init__(self, eta: float, weight: float, ahead: bool) -> None:
        self.eta, self.weight, self.ahead = eta, weight, ahead
        self.movement = (0.0, 0.0)

    def probe(self, x: float, y: float) -> Point:
        if not self.ahead:
            return x, y
        return x + self.weight * self.movement[0], y + self.weight * self.movement[1]

    def move(self, g: Point) -> Point:
        across, up = self.movement
        across = self.weight * across - self.eta * g[0]
        self.movement = (across, self.weight * up - self.eta * g[1])
        return self.movement


class Adam:
    def __init__(self, eta: float) -> None:
        self.eta = eta
        self.mean, self.square, self.powers = (0.0, 0.0), (0.0, 0.0), (1.0, 1.0)

    def probe(self, x: float, y: float) -> Point:
        return x, y

    def move(self, g: Point) -> Point:
        (m, n), (v, w), (p, q) = self.mean, self.square, self.powers
        m, n = BETA1 * m + (1 - BETA1) * g[0], BETA1 * n + (1 - BETA1) * g[1]
        v = BETA2 * v + (1 - BETA2) * g[0] * g[0]
        w = BETA2 * w + (1 - BETA2) * g[1] * g[1]
        p, q = p * BETA1, q * BETA2
        self.mean, self.square, self.powers = (m, n), (v, w), (p, q)
        across = -self.eta * (m / (1 - p)) / (sqrt(v / (1 - q)) + EPSILON)
        return across, -self.eta * (n / (1 - p)) / (sqrt(w / (1 - q)) + EPSILON)


def batches(examples: Examples, size: int, updates: int, seed: int) -> list[Examples]:
    """A new order each epoch, cut into batches; the full batch in natural order."""
    if size == len(examples):
        return [examples] * updates
    drawn: list[Examples] = []
    epoch = 0
    while len(drawn) < updates:
        order = random.Random(f"{seed} {epoch}").sample(examples, len(examples))
        drawn += [order[i : i + size] for i in range(0, len(order), size)]
        epoch += 1
    return drawn[:updates]


def with_examples(rule: Heavy | Adam, examples: Examples, drawn: list[Examples]) -> Record:
    x, y = START
    xs, ys, losses = [x], [y], [mean_loss(x, y, examples)]
    for batch in drawn:
        across, up = rule.move(mean_slope(*rule.probe(x, y), batch))
        x, y = x + across, y + up
        xs.append(x)
        ys.append(y)
        losses.append(mean_loss(x, y, examples))
    return xs, ys, losses


RULES: tuple[Callable[[float, float], Heavy | Adam], ...] = (
    lambda eta, weight: Heavy(eta, 0.0, ahead=False),
    lambda eta, weight: Heavy(eta, weight, ahead=False),
    lambda eta, weight: Heavy(eta, weight, ahead=True),
    lambda eta, weight: Adam(eta),
)


def four_with_examples(
    eta: float, weight: float, updates: int, examples: Examples, size: int, seed: int
) -> list[Record]:
    """The four runs on the mean of moved surfaces, in batches."""
    drawn = batches(examples, size, updates, seed)
    return [with_examples(rule(eta, weight), examples, drawn) for rule in RULES]

"""A training: one network, one rule, batches from the sampling room, update after update.

The same rules and the same shuffling as everywhere else. A training stands still between
calls of `advance`, so whoever runs it looks when it likes; looking changes nothing. It knows
nothing about what is looked for.
"""

import time
from dataclasses import dataclass

import numpy as np

from app.experiments.digits import Examples
from app.experiments.knobs import AHEAD
from app.experiments.loops import WIDE, aim, move
from app.experiments.network import Network, Pass, backs
from app.rules import BY_NAME, CODE, NAMES
from app.sampling import Counts, batch_sizes, batches, updates_per_epoch
from app.schedules import factors
from app.surfaces.data import Floats, Singles

THETA, SLOPE, PROBE = 0, 1, 4  # places in Training.tiles; 2 and 3 are the rule's m and v


@dataclass(frozen=True)
class Recipe:
    """All that decides a training, but for its examples. `updates` is the schedule's length."""

    network: Network
    batch: int
    seed: int  # of the start, and of the order of the batches
    rule: str = "gd"
    eta: float = 0.1
    momentum: float = 0.9
    schedule: str = "constant"
    updates: int = 1


class Training:
    """A network on its way. `theta` (parameters,) is where it is, `done` how many updates."""

    def __init__(self, recipe: Recipe, examples: Examples, start: Singles | None = None) -> None:
        network = recipe.network
        self.recipe, self.examples, self.done = recipe, examples, 0
        self.batch = min(recipe.batch, len(examples))
        self.seconds = 0.0  # spent on updates so far
        self.tiles = np.zeros((5, tiles_of(network.parameters), 2, WIDE), np.float32)
        self.lanes = tuple(self.tiles)
        self.theta = self.flat(THETA)
        self.theta[:] = network.start(recipe.seed) if start is None else start
        self.looks_ahead = BY_NAME[recipe.rule].opening == AHEAD
        self.at = network.matrices(self.flat(PROBE if self.looks_ahead else THETA))
        self.back = backs(self.at)
        self.slopes = network.matrices(self.flat(SLOPE))
        self.power, self.knob = np.ones((2, WIDE)), knobs_of(recipe)
        self.etas = recipe.eta * factors(recipe.schedule, recipe.updates)
        self.drawn: tuple[int, Counts] | None = None  # an epoch and its batches
        self.passes = {size: self.made_pass(size) for size in self.batch_sizes()}

    @property
    def per_epoch(self) -> int:
        return updates_per_epoch(len(self.examples), self.batch)

    def flat(self, which: int) -> Singles:
        """The parameters among the lanes of some tiles; the last few lanes stay 0."""
        lanes: Singles = self.tiles[which].reshape(-1)
        return lanes[: self.recipe.network.parameters]

    def batch_sizes(self) -> list[int]:
        """The size of all batches, and that of a short last one."""
        return sorted({self.batch, len(self.examples) - (self.per_epoch - 1) * self.batch})

    def made_pass(self, size: int) -> Pass:
        """The full batch reads the examples where they are, any other copies them together."""
        pixels = self.examples.pixels
        full = size == len(self.examples)
        return Pass(
            self.recipe.network,
            pixels if full else np.empty((size, pixels.shape[1]), np.float32),
        )

    def advance(self, updates: int) -> None:
        """Goes on until this many updates are done. A training that diverges just goes on."""
        begun = time.perf_counter()
        with np.errstate(over="ignore", invalid="ignore"):
            while self.done < updates:
                rest = self.per_epoch - self.done % self.per_epoch
                self.epoch(min(rest, updates - self.done))
        self.seconds += time.perf_counter() - begun

    def epoch(self, count: int) -> None:
        """The next updates, all of one epoch."""
        epoch, place = divmod(self.done, self.per_epoch)
        sizes = batch_sizes(len(self.examples), self.batch, self.done, count).tolist()
        for index, size in zip(self.order(epoch)[place : place + count], sizes, strict=True):
            self.update(index[:size], self.passes[size])

    def order(self, epoch: int) -> Counts:
        """The batches of an epoch, drawn once."""
        if self.drawn is None or self.drawn[0] != epoch:
            drawn = len(self.examples), self.batch, "each-epoch", self.recipe.seed
            self.drawn = epoch, batches(*drawn, epoch * self.per_epoch, self.per_epoch)
        return self.drawn[1]

    def update(self, index: Counts, one: Pass) -> None:
        theta, g, m, v, probe = self.lanes
        if one.pixels is not self.examples.pixels:
            self.examples.pixels.take(index, 0, one.pixels, "clip")
        if self.looks_ahead:
            aim(probe, theta, m, self.knob)
        one.gradient(self.at, self.back, self.examples.labels, index, self.slopes)
        eta = self.etas[min(self.done, len(self.etas) - 1)]
        move(CODE[self.recipe.rule], eta, theta, g, m, v, self.power, self.knob)
        self.done += 1


def tiles_of(parameters: int) -> int:
    return -(-parameters // (2 * WIDE))


def knobs_of(recipe: Recipe) -> Floats:
    """The rule's knobs for every lane of a tile: the recipe's η and λ, else the rule's own."""
    given = {"eta": recipe.eta, "lambda": recipe.momentum}
    own = {name: value for name, value in BY_NAME[recipe.rule].knobs.items() if value is not None}
    values = [(own | given).get(name, 0.0) for name in NAMES]
    return np.repeat(np.array(values)[:, None], WIDE, axis=1)

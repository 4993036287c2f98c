"""Lanes of one run that differ in the seed of their batches, in knobs or in the start.

Seeds of an ensemble and cells of a map are such lanes, walked by the engine that a scene's
own walk uses and judged by the same kernels: lane by lane this is walk() of that scene.
A block knows what its lanes did, not what is asked of them. No losses are recorded.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from app.descent import NOTHING, GivenUp, Sampled, factors_of, limits, walk_lanes
from app.lanes import aligned, at_rest, lined_up
from app.outcome import judged
from app.rules import CODE, NAMES
from app.sampling import Counts, lanes_of_seeds
from app.scene import Run, Scene
from app.surfaces.data import Floats
from app.sweep import room_of, swept

SAMPLED = 64_000  # example indices drawn ahead of the engine


@dataclass(frozen=True)
class Block:
    """n lanes of a run, all with the same batch size."""

    scene: Scene
    run: Run
    batch: int
    seeds: Counts  # (n,)
    theta: Floats  # (2, n): where each begins
    knob: Floats  # (KNOBS, n)

    @property
    def lanes(self) -> int:
        return len(self.seeds)

    @property
    def is_alike(self) -> bool:
        """Whether all examples are equal, so that only one is computed."""
        return bool(self.scene.ground.examples.shape[1] == 1)

    @property
    def is_full(self) -> bool:
        return self.batch == self.scene.examples

    def walk(self, wanted: Callable[[], bool], room: Floats | None = None) -> tuple[Floats, Counts]:
        """Their trail (updates + 1, 2, n) and the update at which each diverged, else 0.

        `room` is memory for the paths that the caller uses again: new pages would cost as much
        as the walk. GivenUp when `wanted` says no.
        """
        scene, updates = self.scene, self.scene.updates
        groups = np.array([(CODE[self.run.rule], 0, self.lanes)])
        resting = at_rest(self.theta, self.knob, self.factor, groups, limits(scene.ground))
        state = lined_up(resting)
        size = self.lanes * 2 * (updates + 1)
        trail = (aligned(size) if room is None else room[:size]).reshape(-1, 2, self.lanes)
        trail[0] = self.theta
        each = self.lanes if self.is_alike else self.lanes * self.batch
        working = aligned(10, each), aligned(4, self.lanes)
        stride = max(1, SAMPLED // each)
        for start in range(0, updates, stride):
            if not wanted():
                raise GivenUp
            stop = min(start + stride, updates)
            drawn = self.sampled(start, stop)
            walk_lanes(scene.ground, state, drawn, working, trail, 0, start, stop)
        return trail, state.left

    def ended(
        self, tolerance: float, wanted: Callable[[], bool], room: Floats
    ) -> tuple[Floats, Counts, Floats]:
        """How each lane ended as judged() has it (n, 5), the update at which it diverged, else
        0 (n,), and its last point (2, n). `room`: memory for self.room numbers."""
        ground = self.scene.ground
        if self.is_alike:
            if not wanted():
                raise GivenUp
            rule, factor = CODE[self.run.rule], self.factor
            return swept(ground, rule, factor, self.theta, self.knob, tolerance, room)
        trail, left = self.walk(wanted, room)
        return judged(ground, trail, left, tolerance), left, trail[-1]

    @property
    def factor(self) -> Floats:
        """(updates, 1): the schedule's factor on η."""
        return factors_of((str(self.scene.knobs(self.run)["schedule"]),), self.scene.updates)

    @property
    def room(self) -> int:
        """Numbers that the paths take which are kept at a time."""
        if self.is_alike:
            return room_of(self.lanes, self.scene.updates)
        return self.lanes * 2 * (self.scene.updates + 1)

    def sampled(self, start: int, stop: int) -> Sampled:
        """Where each lane's examples begin, their indices and counts per update."""
        if self.is_alike:
            return NOTHING
        scene = self.scene
        first = np.arange(self.lanes + 1) * self.batch
        count = 1 if self.is_full else stop - start
        drawn = scene.examples, self.batch, scene.shuffle, self.seeds, start, count
        return first, *lanes_of_seeds(*drawn)


def knobs_of(scene: Scene, run: Run, lanes: int) -> Floats:
    """(KNOBS, lanes): the run's knobs, the same for every lane."""
    knobs = scene.knobs(run)
    return np.repeat([[float(knobs.get(name, 0.0))] for name in NAMES], lanes, axis=1)


def starts_of(scene: Scene, lanes: int) -> Floats:
    """(2, lanes): the scene's start for every lane."""
    return np.repeat(np.array([scene.start], dtype=float).T, lanes, axis=1)

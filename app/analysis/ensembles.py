"""Many seeds at once: the same run with the batches of seed, seed + 1, seed + 2, …

Seeds are lanes of the engine that a scene's own walk uses, judged by the same kernels, so seed
by seed this is walk() of the scene with that seed. Blocks of seeds do not know of each other:
whoever walks them, in whatever order, the answer is the same. No losses are recorded.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from app.analysis.block import Block, knobs_of, starts_of
from app.averages import begins
from app.outcome import departures, judged, middles_of, tracks_of
from app.rules import ETA
from app.sampling import Counts
from app.scene import Run, Scene
from app.surfaces.data import Floats

BLOCK = 64  # seeds walked together: their paths of 400 updates stay in a core's cache
POINTS = 4_000_000  # points of a block's paths at most, whatever the updates


@dataclass(frozen=True)
class Case:
    """Run `of` of a scene with another batch size, or another η."""

    scene: Scene
    of: int
    batch: int
    eta: float

    @property
    def run(self) -> Run:
        return self.scene.runs[self.of]

    @property
    def varies(self) -> bool:
        """Whether the order of the batches can matter."""
        scene = self.scene
        return self.batch < scene.examples and scene.ground.examples.shape[1] > 1


def cases(scene: Scene, of: int, batches: Sequence[int], etas: Sequence[float]) -> list[Case]:
    """Each batch size with the run's own η, or each η with the run's own batch size."""
    run = scene.runs[of]
    own = scene.batch_of(run), float(scene.knobs(run)["eta"])
    if etas:
        return [Case(scene, of, own[0], eta) for eta in etas]
    return [Case(scene, of, batch, own[1]) for batch in batches or own[:1]]


@dataclass(frozen=True, slots=True)
class Ends:
    """How one run ended for each of n seeds: `first`, `first` + 1, …"""

    case: Case
    first: int
    outcome: Counts  # (n,) place in OUTCOMES
    at: Floats  # (2, n) the critical point of the outcome, NaN where there is none
    end: Floats  # (2, n) the last point
    middle: Floats  # (2, n) the mean of its last tenth, NaN where it diverged
    mean: Floats  # (2, n) the mean of its points from where the run averages, else NaN
    left: Counts  # (n,) update at which it left the last saddle it came by, −1 where none

    @property
    def seeds(self) -> int:
        return len(self.outcome)


def ensemble(scene: Scene, of: int, seeds: int, batch: int) -> Ends:
    """Run `of` of a scene with batches of this size, for seeds seed … seed + seeds − 1."""
    *_, (ends,) = ensembles(cases(scene, of, [batch], []), seeds)
    return ends


def ensembles(
    asked: Sequence[Case], seeds: int, wanted: Callable[[], bool] = lambda: True
) -> Iterator[list[Ends]]:
    """How each case ended, for twice as many seeds from pass to pass.

    GivenUp when `wanted` says no.
    """
    known: list[list[Ends]] = [[] for _ in asked]
    for low, high in passes(seeds):
        for parts, case in zip(known, asked, strict=True):
            parts += [ended(block, case, wanted) for block in blocks(case, low, high)]
        yield [joined(parts, high) for parts in known]


def passes(seeds: int) -> Iterator[tuple[int, int]]:
    """Which seeds each pass adds."""
    low, high = 0, BLOCK
    while low < seeds:
        yield low, min(high, seeds)
        low, high = high, 2 * high


def blocks(case: Case, low: int, high: int) -> Iterator[Block]:
    """Seeds low … high−1 beyond the scene's. Where the seed cannot matter the first stands for
    all of them."""
    scene = case.scene
    most = max(1, min(BLOCK, POINTS // (scene.updates + 1)))
    last = high if case.varies else min(high, 1)
    for first in range(low, last, most):
        seeds = np.arange(scene.seed + first, scene.seed + min(first + most, last))
        yield alike(case, seeds)


def alike(case: Case, seeds: Counts) -> Block:
    """Lanes that differ in nothing but their seeds."""
    scene, run, many = case.scene, case.run, len(seeds)
    knob = knobs_of(scene, run, many)
    knob[ETA] = case.eta
    return Block(scene, run, case.batch, seeds, starts_of(scene, many), knob)


def joined(parts: list[Ends], seeds: int) -> Ends:
    """Blocks of neighbouring seeds as one; a path that all seeds walk counts for each."""
    many = 1 if parts[0].case.varies else seeds

    def column(name: str) -> Any:
        return np.tile(np.concatenate([getattr(part, name) for part in parts], axis=-1), many)

    return replace(
        parts[0],
        outcome=column("outcome"),
        at=column("at"),
        end=column("end"),
        middle=column("middle"),
        mean=column("mean"),
        left=column("left"),
    )


def ended(block: Block, case: Case, wanted: Callable[[], bool]) -> Ends:
    """Walks the lanes of some neighbouring seeds, and says how they ended."""
    trail, left = block.walk(wanted)
    ground = block.scene.ground
    kind, _, _, x, y = judged(ground, trail, left).T
    passed = departures(ground, tracks_of(trail), left)
    return Ends(
        case=case,
        first=block.scene.seed,
        outcome=kind.astype(np.int64),
        at=np.stack([x, y]),
        end=trail[-1],
        middle=middles_of(trail, left)[:, :2].T,
        mean=mean(block.run, trail, left),
        left=np.where(passed[:, 1] < 0, -1, passed[:, 0]).astype(np.int64),
    )


def mean(run: Run, trail: Floats, left: Counts) -> Floats:
    """The last of the running means, for lanes that did not diverge."""
    first = begins(run)
    if first is None or first >= len(trail):
        return np.full((2, len(left)), np.nan)
    return np.where(left > 0, np.nan, trail[first:].mean(axis=0))

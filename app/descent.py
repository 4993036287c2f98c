"""walk(scene) -> paths: prepares lanes, calls the engine, says how each path ended.

Scenes on the same ground share one engine call, since all their runs are lanes. A long walk
is cut into chunks so that it can be given up between two of them; cutting changes nothing.
A path is a pure function of its scene: nothing is remembered here between walks.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import isnan
from operator import itemgetter
from typing import Any, NamedTuple

import numpy as np

from app.critical import SADDLE
from app.engine import REACH, advance, record_losses
from app.finder import saddles
from app.fused import Walker, walker
from app.lanes import Lanes, at_rest
from app.outcome import OUTCOMES, departures, judged, tracks_of
from app.rules import CODE, ETA, LAMBDA, NAMES
from app.sampling import Counts, batch_sizes, batches
from app.scene import Run, Scene
from app.schedules import factors
from app.surfaces.data import Floats
from app.surfaces.surface import Surface, blocks

CHUNK = 4_000_000  # example gradients of one engine call: some milliseconds
LOOK_AHEAD = 10_000  # updates after which we stop waiting for a run to leave a saddle
STRIDE = 512  # updates of one look


class GivenUp(Exception):
    """The walk was cancelled between two chunks; nobody wants its paths any more."""


@dataclass(slots=True)
class Path:
    """What a run leaves behind. theta (points, 2) and loss (points,) are float64.

    `updates` were made; after a divergence at update t the path holds the t points before it.
    """

    run: Run
    track: Floats  # (3, points): θ₁, θ₂, L
    outcome: str
    valley: bool
    diverged: int | None
    settled: int | None
    at: tuple[float, float] | None  # the critical point of the outcome
    left: int | None  # update at which it left the last saddle it came by
    leaves: int | None  # for a path at a saddle: when it would leave if it went on
    saddle: tuple[float, float] | None
    end: list[float]  # the last point: θ₁, θ₂, L

    @property
    def theta(self) -> Floats:
        return np.asarray(self.track[:2].T)

    @property
    def loss(self) -> Floats:
        return np.asarray(self.track[2])

    @property
    def updates(self) -> int:
        return self.track.shape[1] - 1 if self.diverged is None else self.diverged


def walk(scene: Scene, wanted: Callable[[], bool] = lambda: True) -> list[Path]:
    """The paths of a scene, one per run. GivenUp when `wanted` says no between chunks."""
    return walk_together([scene], wanted)[0]


def walk_together(
    scenes: Sequence[Scene], wanted: Callable[[], bool] = lambda: True
) -> list[list[Path]]:
    """The paths of scenes that share ground and updates, in one engine call."""
    walking = Walk(scenes)
    walking.go(wanted)
    return walking.paths()


def common(scene: Scene) -> tuple[Surface, int]:
    """What scenes must share to be walked together."""
    return scene.ground, scene.updates


@lru_cache(maxsize=64)
def factors_of(schedules: tuple[str, ...], updates: int) -> Floats:
    """(updates, groups): the factor on η of each group at each update."""
    return np.stack([factors(name, updates) for name in schedules], axis=1)


class Lane(NamedTuple):
    """One run of one scene; lanes with the same key are neighbours."""

    key: tuple[int, str]  # rule and schedule
    owner: int  # which scene it belongs to, and which of its runs it is
    place: int
    scene: Scene
    run: Run


@dataclass(frozen=True)
class Layout:
    """How the runs of some scenes lie side by side as lanes, before anyone says η and λ."""

    lanes: list[Lane]
    owner: Counts  # of each lane
    places: list[list[int]]  # of each scene, the lanes of its runs in their order
    batch: list[int]
    start: Floats  # (2, lanes)
    open: Floats  # (KNOBS, lanes): NaN where the scene decides
    groups: Counts  # rows (rule, low, high)
    factor: Floats

    def knobs(self, scenes: Sequence[Scene]) -> Floats:
        """Knobs of each lane (KNOBS, lanes): what a run leaves open, its scene decides."""
        shared = np.array([(scene.eta, scene.momentum) for scene in scenes])[self.owner].T
        knob = self.open.copy()
        own = knob[ETA : LAMBDA + 1]
        np.copyto(own, shared, where=np.isnan(own))
        return knob


@lru_cache(maxsize=64)
def layout(scenes: tuple[Scene, ...]) -> Layout:
    """While a slider moves, scene after scene is laid out alike."""
    lanes = lanes_of(scenes)
    places: list[list[int]] = [[] for _ in scenes]
    for i in sorted(range(len(lanes)), key=lambda i: lanes[i].place):
        places[lanes[i].owner].append(i)
    own = [[lane.run.knobs.get(name, 0.0) for name in NAMES] for lane in lanes]
    keys = [lane.key for lane in lanes]
    lows = [i for i in range(len(keys)) if i == 0 or keys[i] != keys[i - 1]]
    bounds = zip(lows, [*lows[1:], len(keys)], strict=True)
    return Layout(
        lanes=lanes,
        owner=np.array([lane.owner for lane in lanes]),
        places=places,
        batch=[lane.scene.batch_of(lane.run) for lane in lanes],
        start=np.array([lane.scene.start for lane in lanes], dtype=float).T.copy(),
        open=np.array(own, dtype=float).T.copy(),
        groups=np.array([(keys[low][0], low, high) for low, high in bounds]),
        factor=factors_of(tuple(keys[low][1] for low in lows), scenes[0].updates),
    )


def lanes_of(scenes: Sequence[Scene]) -> list[Lane]:
    """The runs of all scenes, sorted so that equal rules are neighbours."""
    lanes = [
        Lane((CODE[run.rule], scene.schedule_of(run)), owner, place, scene, run)
        for owner, scene in enumerate(scenes)
        for place, run in enumerate(scene.runs)
    ]
    return sorted(lanes, key=itemgetter(0))


Sampled = tuple[Counts, Counts, Counts]  # where each lane's examples begin, indices, counts


def walk_lanes(
    ground: Surface, at: Lanes, sampled: Sampled, working: tuple[Floats, Floats], trail: Floats,
    origin: int, start: int, stop: int, walker: Walker | None = None,
) -> None:  # fmt: skip
    """Updates start … stop−1 of some lanes, by the engine or another walker; see engine.advance."""
    walk, term = walker or (advance, ground.slope)
    walk(
        term, ground.curve, ground.constants, ground.examples, at.theta, at.m, at.v, at.power,
        at.knob, at.eta, at.factor, at.groups, *sampled, at.limits, at.left, *working, trail,
        origin, start, stop,
    )  # fmt: skip


class Walk:
    """Lanes of some scenes on one ground, walked together."""

    def __init__(self, scenes: Sequence[Scene]) -> None:
        self.ground, self.updates = common(scenes[0])
        self.scenes, self.layout = scenes, layout(tuple(scene.still for scene in scenes))
        self.lanes, self.batch = self.layout.lanes, self.layout.batch
        self.state = self.at_rest()
        self.track = np.empty((len(self.lanes), 3, self.updates + 1))
        self.trail = np.empty((self.updates + 1, 2, len(self.lanes)))
        self.trail[0] = self.state.theta
        self.work = np.empty((10, len(self.lanes) if self.examples == 1 else sum(self.batch)))
        self.points = np.empty((4, len(self.lanes)))
        self.walker = walker(self.ground, {lane.key[0] for lane in self.lanes})

    def at_rest(self) -> Lanes:
        plan = self.layout
        knob = plan.knobs(self.scenes)
        return at_rest(plan.start.copy(), knob, plan.factor, plan.groups, limits(self.ground))

    @property
    def examples(self) -> int:
        return int(self.ground.examples.shape[1])

    def go(self, wanted: Callable[[], bool]) -> None:
        self.go_to(self.updates, self.trail, wanted)
        self.record(wanted)

    def go_to(self, stop: int, trail: Floats, wanted: Callable[[], bool]) -> None:
        """The first updates of all lanes, in chunks."""
        each = len(self.batch) if self.examples == 1 else sum(self.batch)
        stride = max(1, CHUNK // max(1, each))
        for start in range(0, stop, stride):
            if not wanted():
                raise GivenUp
            self.advance(start, min(start + stride, stop), trail)

    def record(self, wanted: Callable[[], bool]) -> None:
        points = self.updates + 1
        stride = max(1, CHUNK // (len(self.batch) * self.examples))
        for start in range(0, points, stride):
            if not wanted():
                raise GivenUp
            ground = self.ground
            stop = min(start + stride, points)
            record_losses(
                ground.slope, ground.constants, ground.examples, *blocks(), self.trail, self.track,
                start, stop,
            )  # fmt: skip

    def advance(self, start: int, stop: int, trail: Floats, origin: int = 0) -> None:
        """Updates start … stop−1 of all lanes."""
        drawn = self.sampled(start, stop)
        working, own = (self.work, self.points), self.walker if len(trail) else None
        walk_lanes(self.ground, self.state, drawn, working, trail, origin, start, stop, own)

    def sampled(self, start: int, stop: int) -> Sampled:
        """Where each lane's examples begin, their indices and counts per update."""
        if self.examples == 1:
            return NOTHING
        first = np.concatenate([[0], np.cumsum(self.batch)])
        full = all(batch == self.examples for batch in self.batch)
        count = 1 if full else stop - start
        index = np.empty((count, first[-1]), np.int64)
        sizes = np.empty((count, len(self.batch)), np.int64)
        for i, (batch, lane) in enumerate(zip(self.batch, self.lanes, strict=True)):
            scene = lane.scene
            drawn = (scene.examples, batch, scene.shuffle, scene.seed, start, count)
            index[:, first[i] : first[i + 1]] = batches(*drawn)
            sizes[:, i] = batch_sizes(scene.examples, batch, start, count)
        return first, index, sizes

    def paths(self) -> list[list[Path]]:
        """The paths of each scene, in the order of its runs."""
        ended = judged(self.ground, self.trail, self.state.left)
        passed = departures(self.ground, self.track, self.state.left)
        made = [Path(*features) for features in zip(*self.features(ended, passed), strict=True)]
        for i, update in self.look_ahead(ended, passed).items():
            made[i].leaves = update
        return [[made[i] for i in places] for places in self.layout.places]

    def features(self, ended: Floats, passed: Floats) -> tuple[list[Any], ...]:
        """What a Path holds, in its order: one list over all lanes each."""
        kinds, valleys, settled, x, y = ended.T.tolist()
        left, which = passed.T.tolist()
        diverged = [update or None for update in self.state.left.tolist()]
        lanes = np.arange(len(kinds))
        return (
            [lane.run for lane in self.lanes],
            [self.track[i, :, :end] for i, end in enumerate(diverged)],
            [OUTCOMES[int(kind)] for kind in kinds],
            [valley == 1 for valley in valleys],
            diverged,
            [None if isnan(update) else int(update) for update in settled],
            [None if isnan(at[0]) else at for at in zip(x, y, strict=True)],
            [None if update < 0 else int(update) for update in left],
            [None] * len(lanes),
            [None if k < 0 else saddle(self.ground, int(k)) for k in which],
            self.track[lanes, :, self.state.left - 1].tolist(),
        )

    def look_ahead(self, ended: Floats, passed: Floats) -> dict[int, int]:
        """When the lanes that are at a saddle would leave it, if they went on as they are.

        Only while η is constant: a schedule says nothing about what comes after its end.
        """
        stuck = [i for i in range(len(ended)) if ended[i, 0] == SADDLE and self.may_leave(i)]
        if not stuck or len(saddles(self.ground)) == 0:
            return {}
        return go_on(self, stuck)

    def may_leave(self, i: int) -> bool:
        """Not while η changes, and never a Newton that sees all examples: saddles attract it."""
        rule, schedule = self.lanes[i].key
        full = self.examples == 1 or self.batch[i] == self.examples
        return schedule == "constant" and not (rule == CODE["newton"] and full)


def go_on(walk: Walk, stuck: Iterable[int]) -> dict[int, int]:
    """Walks on past the end, STRIDE updates at a time, until every stuck lane has left."""
    waiting, leaves = set(stuck), dict[int, int]()
    lanes = len(walk.batch)
    ahead = np.empty((STRIDE + 1, 2, lanes))
    walk.state.factor = np.ones((STRIDE, len(walk.state.groups)))
    for start in range(walk.updates, walk.updates + LOOK_AHEAD, STRIDE):
        ahead[0] = walk.state.theta
        walk.advance(start, start + STRIDE, ahead, origin=start)
        departed = departures(walk.ground, tracks_of(ahead), np.zeros(lanes, np.int64))[:, 0]
        leaves |= {i: start + int(departed[i]) for i in waiting if departed[i] >= 0}
        waiting -= leaves.keys()
        if not waiting:
            break
    return leaves


@lru_cache(maxsize=4096)
def saddle(surface: Surface, which: int) -> tuple[float, float]:
    x, y = saddles(surface)[which, :2].tolist()
    return x, y


@lru_cache(maxsize=512)
def limits(surface: Surface) -> Floats:
    """(centre₁, centre₂, reach²): beyond it a path has diverged."""
    return np.array([*surface.row.centre, (REACH * surface.row.diagonal) ** 2])


NOTHING = (np.zeros(1, np.int64), np.zeros((1, 1), np.int64), np.zeros((1, 1), np.int64))

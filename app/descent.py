"""walk(scene) -> paths: prepares lanes, calls the engine, says how each path ended.

Scenes on the same ground share one engine call, since all their runs are lanes. A long walk
is cut into chunks so that it can be given up between two of them; cutting changes nothing.
A path is a pure function of its scene: nothing is remembered here between walks.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import isnan
from operator import itemgetter
from typing import NamedTuple

import numpy as np

from app.engine import REACH, Lanes, advance, at_rest, record_losses
from app.outcome import OUTCOMES, SADDLE, departures, judged, saddles
from app.rules import CODE, NAMES
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
    place: int
    owner: int  # which scene it belongs to
    scene: Scene
    run: Run
    knobs: Mapping[str, float | int | str]


Ending = tuple[list[float], list[float], int]  # judged, departed, update of divergence or 0


def lanes_of(scenes: Sequence[Scene]) -> list[Lane]:
    """The runs of all scenes, sorted so that equal rules are neighbours."""
    lanes: list[Lane] = []
    for owner, scene in enumerate(scenes):
        for run in scene.runs:
            knobs = scene.knobs(run)
            key = CODE[run.rule], str(knobs["schedule"])
            lanes.append(Lane(key, len(lanes), owner, scene, run, knobs))
    return sorted(lanes, key=itemgetter(0, 1))


class Walk:
    """Lanes of some scenes on one ground, walked together."""

    def __init__(self, scenes: Sequence[Scene]) -> None:
        self.many = len(scenes)
        self.ground, self.updates = common(scenes[0])
        self.lanes = lanes_of(scenes)
        self.batch = [int(lane.knobs["batch"]) for lane in self.lanes]
        self.state = self.at_rest()
        self.track = np.empty((len(self.lanes), 3, self.updates + 1))
        self.track[:, :2, 0] = self.state.theta.T
        self.work = np.empty((7, len(self.lanes) if self.examples == 1 else sum(self.batch)))
        self.points = np.empty((4, len(self.lanes)))

    def at_rest(self) -> Lanes:
        theta = np.array([lane.scene.start for lane in self.lanes], dtype=float).T.copy()
        knob = np.array([[lane.knobs.get(name, 0.0) for name in NAMES] for lane in self.lanes]).T
        keys = [lane.key for lane in self.lanes]
        lows = [i for i in range(len(keys)) if i == 0 or keys[i] != keys[i - 1]]
        bounds = zip(lows, [*lows[1:], len(keys)], strict=True)
        groups = np.array([(keys[low][0], low, high) for low, high in bounds])
        factor = factors_of(tuple(keys[low][1] for low in lows), self.updates)
        return at_rest(theta, knob.copy(), factor, groups, limits(self.ground))

    @property
    def examples(self) -> int:
        return int(self.ground.examples.shape[1])

    def go(self, wanted: Callable[[], bool]) -> None:
        each = len(self.batch) if self.examples == 1 else sum(self.batch)
        stride = max(1, CHUNK // max(1, each))
        for start in range(0, self.updates, stride):
            if not wanted():
                raise GivenUp
            self.advance(start, min(start + stride, self.updates), self.track)
        self.record(wanted)

    def record(self, wanted: Callable[[], bool]) -> None:
        points = self.updates + 1
        stride = max(1, CHUNK // (len(self.batch) * self.examples))
        for start in range(0, points, stride):
            if not wanted():
                raise GivenUp
            ground = self.ground
            stop = min(start + stride, points)
            record_losses(
                ground.slope, ground.constants, ground.examples, *blocks(), self.track, start, stop
            )

    def advance(self, start: int, stop: int, track: Floats, origin: int = 0) -> None:
        """Updates start … stop−1 of all lanes."""
        first, index, sizes = self.sampled(start, stop)
        at, ground = self.state, self.ground
        advance(
            ground.slope, ground.constants, ground.examples, at.theta, at.m, at.v, at.power,
            at.knob, at.eta, at.factor, at.groups, first, index, sizes, at.limits, at.left,
            self.work, self.points, track, origin, start, stop,
        )  # fmt: skip

    def sampled(self, start: int, stop: int) -> tuple[Counts, Counts, Counts]:
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
        ended = judged(self.ground, self.track, self.state.left)
        passed = departures(self.ground, self.track, self.state.left)
        leaves = self.look_ahead(ended, passed)
        endings = zip(ended.tolist(), passed.tolist(), self.state.left.tolist(), strict=True)
        made = [self.path(i, ending, leaves.get(i)) for i, ending in enumerate(endings)]
        found: list[list[Path]] = [[] for _ in range(self.many)]
        for lane, path in sorted(
            zip(self.lanes, made, strict=True), key=lambda pair: pair[0].place
        ):
            found[lane.owner].append(path)
        return found

    def path(self, i: int, ending: Ending, leaves: int | None) -> Path:
        (kind, valley, settled, x, y), (update, which), left = ending
        diverged = left or None
        return Path(
            run=self.lanes[i].run,
            track=self.track[i] if diverged is None else self.track[i, :, :diverged],
            outcome=OUTCOMES[int(kind)],
            valley=bool(valley),
            diverged=diverged,
            settled=None if isnan(settled) else int(settled),
            at=None if isnan(x) else (x, y),
            left=None if which < 0 else int(update),
            leaves=leaves,
            saddle=None if which < 0 else saddle(self.ground, int(which)),
        )

    def look_ahead(self, ended: Floats, passed: Floats) -> dict[int, int]:
        """When the lanes that are at a saddle would leave it, if they went on as they are.

        Only while η is constant: a schedule says nothing about what comes after its end.
        """
        stuck = [i for i in range(len(ended)) if ended[i, 0] == SADDLE and self.is_steady(i)]
        if not stuck or len(saddles(self.ground)) == 0:
            return {}
        return go_on(self, stuck)

    def is_steady(self, i: int) -> bool:
        return self.lanes[i].key[1] == "constant"


def go_on(walk: Walk, stuck: Iterable[int]) -> dict[int, int]:
    """Walks on past the end, STRIDE updates at a time, until every stuck lane has left."""
    waiting, leaves = set(stuck), dict[int, int]()
    lanes = len(walk.batch)
    ahead = np.empty((lanes, 3, STRIDE + 1))
    walk.state.factor = np.ones((STRIDE, len(walk.state.groups)))
    for start in range(walk.updates, walk.updates + LOOK_AHEAD, STRIDE):
        ahead[:, :2, 0] = walk.state.theta.T
        walk.advance(start, start + STRIDE, ahead, origin=start)
        departed = departures(walk.ground, ahead, np.zeros(lanes, np.int64))[:, 0]
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

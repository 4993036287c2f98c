"""How a path ended: the table of outcomes, the definition once more, and the opening scene."""

import math
from dataclasses import replace

import numpy as np
import pytest

from app.descent import walk, walk_together
from app.figures import figures
from app.finder import saddles
from app.outcome import judged
from app.scene import OPENING, Scene
from app.surfaces.catalogue import SURFACES
from tests.oracle import curve
from tests.scenes import every_rule

BESIDE = "surface=two-valleys"  # the catalogue's start, a hair off the ridge
NOISY = f"{BESIDE}&spread=0.25"
BOWL = "surface=long-valley&condition=1"
DIP, VALLEY, ORIGIN = (-2.2312594970869526, 0), (3, 0), (0, 0)

# Every path here ends as a person looking at the whole picture would say.
# address · outcome · the critical point, where it is told · valley
OUTCOMES = [
    (f"{BESIDE}&run=gd", "saddle", ORIGIN, False),
    (f"{BESIDE}&updates=500&run=gd", "minimum", (0.8, 0.6), False),
    (f"{BESIDE}&run=momentum", "minimum", (0.8, 0.6), False),
    (f"{BESIDE}&run=nesterov", "minimum", (0.8, 0.6), False),
    (f"{BESIDE}&run=adam", "minimum", (0.8, 0.6), False),
    (f"{BESIDE}&run=rmsprop", "minimum", (0.8, 0.6), False),
    (f"{BESIDE}&run=adagrad", "moving", None, False),
    (f"{BESIDE}&start=0,0&run=momentum", "saddle", ORIGIN, False),
    (f"{BESIDE}&start=0.8,0.6&run=adam", "minimum", (0.8, 0.6), False),
    (f"{NOISY}&run=gd,batch:1", "minimum", None, False),
    (f"{NOISY}&run=gd,batch:5", "minimum", None, False),
    (f"{NOISY}&batch=1&eta=0.01&updates=1000&run=rmsprop", "minimum", None, False),
    (f"{NOISY}&batch=1&eta=0.01&updates=1000&run=adam", "minimum", None, False),
    ("surface=linear-regression&run=gd,batch:1", "minimum", None, False),
    ("surface=logistic-regression&run=rmsprop", "minimum", None, False),
    ("surface=toy-network&run=gd", "minimum", None, True),
    ("surface=toy-network&run=gd,batch:1", "minimum", None, True),
    ("surface=toy-network&start=0,0&run=momentum,batch:1", "saddle", ORIGIN, False),
    ("surface=toy-network&start=1,-1&run=gd", "saddle", ORIGIN, False),
    ("surface=hill&run=gd", "minimum", DIP, False),
    ("surface=hill&run=momentum", "minimum", VALLEY, False),
    ("surface=hill&start=-1,0.5&eta=0.2&run=gd", "saddle", ORIGIN, False),
    ("surface=hill&start=0,0&run=gd", "saddle", ORIGIN, False),
    ("surface=monkey-saddle&run=gd", "flat", ORIGIN, False),
    ("surface=monkey-saddle&start=0,0&run=adam", "flat", ORIGIN, False),
    ("surface=monkey-saddle&run=momentum", "diverged", None, False),
    ("surface=himmelblau&start=-0.27084459,-0.92303855&updates=12&run=gd", "maximum", None, False),
    ("surface=ackley&start=0.3,0.2&eta=0.001&run=gd", "minimum", ORIGIN, False),
    ("surface=ackley&start=0.3,0.2&eta=0.005&run=adam", "minimum", ORIGIN, False),
    ("surface=plateau&run=gd", "moving", None, False),
    ("surface=plateau&run=momentum", "minimum", (-3, 0), False),
    ("surface=rosenbrock&run=gd", "moving", None, False),
    ("surface=rosenbrock&run=momentum", "minimum", (1, 1), False),
    ("surface=long-valley&eta=0.11&run=gd", "diverged", None, False),
    ("surface=booth&eta=0.2&run=gd", "diverged", None, False),
    ("surface=booth&run=gd&updates=5", "moving", None, False),
    # rolls through the minimum without friction: the tail's mean is there, its halves are not
    (f"{BOWL}&start=2.5,0&eta=0.0001&updates=165&run=momentum,lambda:1", "moving", None, False),
    # a short run whose last two points are near, but not its last ten
    (f"{BOWL}&start=-2.5,0&eta=0.5&updates=12&run=gd", "moving", None, False),
    (f"{BOWL}&start=-2.5,0&eta=0.5&updates=20&run=gd", "minimum", ORIGIN, False),
]


@pytest.mark.parametrize(("query", "outcome", "at", "valley"), OUTCOMES, ids=lambda v: str(v)[8:])
def test_a_path_ends_as_the_table_says(query, outcome, at, valley):
    scene = Scene.parse(query)
    (path,) = walk(scene)
    assert (path.outcome, path.valley) == (outcome, valley)
    if at is not None:
        assert path.at == pytest.approx(at, abs=1e-6 * scene.row.diagonal)
    assert (path.at is None) == (outcome in ("moving", "diverged"))


@pytest.mark.parametrize("query", [row[0] for row in OUTCOMES if row[1] in ("minimum", "saddle")])
def test_settled_is_the_first_update_after_which_the_path_stays_near(query):
    scene = Scene.parse(query)
    (path,) = walk(scene)
    near = np.hypot(*(path.theta - path.at).T) <= 0.01 * scene.row.diagonal
    stays = [t for t in range(len(near)) if near[t:].all()]
    assert path.settled == (stays[0] if stays else None)


@pytest.mark.parametrize("outcome", ["moving", "diverged"])
def test_what_has_not_arrived_has_not_settled(outcome):
    queries = [row[0] for row in OUTCOMES if row[1] == outcome]
    assert all(walk(Scene.parse(query))[0].settled is None for query in queries)


# The definition once more, from numpy and sympy.


def last_tenth(theta):
    """Mean of the last tenth (at least ten points), and how far apart its halves are."""
    tail = theta[-min(len(theta), max(10, len(theta) // 10)) :]
    half = len(tail) - len(tail) // 2
    first, second = tail[:half].mean(axis=0), tail[half:].mean(axis=0)
    return tail.mean(axis=0), np.hypot(*(second - first))


def plain_newton(ground, at):
    for _ in range(50):
        g, hessian = curve(ground, at)
        if abs(np.linalg.det(hessian)) < 1e-30:
            break
        at = at - np.linalg.solve(hessian, g)
    return at


@pytest.mark.parametrize("row", SURFACES, ids=lambda row: row.name)
@pytest.mark.parametrize("extra", ["", "&spread=0.15"])
@pytest.mark.parametrize("runs", every_rule(), ids=["most", "rest"])
def test_outcomes_are_those_of_the_definition(row, extra, runs):
    scene = Scene.parse(f"surface={row.name}{extra}&{runs}")
    ground, near = scene.ground, 0.01 * row.diagonal
    for path in walk(scene):
        if path.outcome == "diverged":
            continue
        middle, apart = last_tenth(path.theta)
        if path.outcome == "moving":
            reached = plain_newton(ground, middle)
            size = np.abs(curve(ground, reached)[0]).max()
            there = np.hypot(*(reached - middle)) <= 0.99 * near and size < 1e-9 * ground.scale[0]
            assert apart > 0.99 * near or not there
            continue
        assert apart <= near
        assert math.dist(path.at, middle) <= near
        if any(path.at == claim.at and not claim.smooth for claim in row.claims):
            continue
        g, hessian = curve(ground, path.at)
        assert np.hypot(*g) <= 1.01e-8 * ground.scale[0]
        values = np.linalg.eigvalsh(hessian)
        values[np.abs(values) <= 1e-8 * ground.scale[1]] = 0
        assert path.outcome in kinds(values)
        assert path.valley == (path.outcome != "saddle" and np.count_nonzero(values) == 1)


def kinds(values):
    """The kinds that two eigenvalues allow; where one is zero the loss decides."""
    if not values.any():
        return {"flat"}
    if values.all():
        return {("minimum", "saddle", "maximum")[int((values < 0).sum())]}
    return {"saddle", "minimum" if values.sum() > 0 else "maximum"}


def test_the_outcome_asks_for_no_small_gradient():
    """GD beside the saddle never gets below 3.8e-5 and is at a saddle; RMSprop never rests."""
    scene = Scene.parse(f"{BESIDE}&run=gd&run=rmsprop&updates=300")
    slow, rattling = walk(scene)
    for path, smallest in ((slow, 3e-5), (rattling, 1e-3)):
        g1, g2 = scene.ground.slopes(*path.theta[-30:].T)[1:]
        assert np.hypot(g1, g2).min() > smallest
    assert (slow.outcome, rattling.outcome) == ("saddle", "minimum")


def test_a_turned_around_path_ends_as_the_same_path():
    """Only the last tenth is looked at: how a path came there does not matter."""
    scene = Scene.parse(f"{BESIDE}&run=momentum")
    (path,) = walk(scene)
    other = path.track.copy()
    other[:2, :200] = other[:2, :200][:, ::-1]
    trail = np.ascontiguousarray(np.stack([path.track[:2], other[:2]]).T)
    found = judged(scene.ground, trail, np.zeros(2, np.int64))
    assert np.array_equal(found[0, [0, 1, 3, 4]], found[1, [0, 1, 3, 4]])


# The opening scene.


def test_the_opening_scene_ends_saddle_minimum_minimum():
    paths = walk(Scene.parse(OPENING))
    assert [path.outcome for path in paths] == ["saddle", "minimum", "minimum"]


@pytest.mark.parametrize("data", range(5))
def test_the_opening_scene_ends_so_for_most_seeds_and_leaves_early(data):
    """B = 1 leaves between about 30 and 150 updates, by seed; GD and momentum have no seed."""
    opening = replace(Scene.parse(OPENING), data=data)
    seeds = [replace(opening, seed=seed) for seed in range(40)]
    found = walk_together(seeds)
    assert {(slow.outcome, fast.outcome) for slow, fast, _ in found} == {("saddle", "minimum")}
    ends = [single.outcome for *_, single in found]
    assert ends.count("minimum") >= 36
    lefts = [single.left for *_, single in found]
    assert all(left is not None for left in lefts)
    assert sum(30 <= left <= 150 for left in lefts) >= 36


def test_in_the_opening_scene_it_is_told_when_each_run_leaves():
    slow, fast, single = walk(Scene.parse(OPENING))
    assert (slow.left, slow.leaves) == (None, 458)
    assert fast.left == 116
    assert fast.leaves is None
    assert 30 <= single.left <= 150
    assert fast.saddle == pytest.approx((0, 0), abs=1e-12)


def test_without_noise_momentum_leaves_at_102_and_gradient_descent_at_373():
    slow, fast = walk(Scene.parse(f"{BESIDE}&updates=500&run=gd&run=momentum"))
    assert (slow.left, fast.left) == (373, 102)
    assert walk(Scene.parse(f"{BESIDE}&run=gd"))[0].leaves == 373


@pytest.mark.parametrize("updates", [100, 300, 340, 372])
def test_looking_ahead_says_what_walking_on_shows(updates):
    (path,) = walk(Scene.parse(f"{BESIDE}&updates={updates}&run=gd"))
    assert (path.outcome, path.left, path.leaves) == ("saddle", None, 373)


def test_once_a_path_has_left_nothing_is_said_to_lie_ahead():
    """Its last tenth is still around the saddle, but its last point is not."""
    (path,) = walk(Scene.parse(f"{BESIDE}&updates=374&run=gd"))
    assert (path.outcome, path.left, path.leaves) == ("saddle", 373, None)


def beside_saddle(name, off=1e-6):
    """The first listed saddle, and an address of a run that starts beside it, along its way."""
    row = saddles(Scene.parse(f"surface={name}&run=gd").ground)[0]
    x, y = (row[:2] + off * row[2:4]).tolist()
    return tuple(row[:2].tolist()), f"surface={name}&start={x!r},{y!r}&updates=30&run=gd"


@pytest.mark.parametrize(
    "name", ["six-hump-camel", "styblinski-tang", "three-hump-camel", "rastrigin", "mccormick"]
)
def test_a_run_beside_a_saddle_nobody_claimed_is_told_when_it_would_leave(name):
    at, query = beside_saddle(name)
    (path,) = walk(Scene.parse(query))
    assert (path.outcome, path.left) == ("saddle", None)
    assert path.at == pytest.approx(at, abs=1e-6)
    assert 30 <= path.leaves < 1000
    (longer,) = walk(Scene.parse(query.replace("updates=30", f"updates={path.leaves + 1}")))
    assert longer.left == path.leaves
    assert longer.saddle == pytest.approx(at, abs=1e-9)


def test_where_saddles_are_dense_a_path_leaves_only_one_it_was_nearer_to_than_anything_else():
    (path,) = walk(Scene.parse("surface=rastrigin&run=gd"))
    (far,) = walk(Scene.parse("surface=rastrigin&start=-3.1,2.9&run=gd"))
    assert far.left is None
    if path.left is not None:
        away = np.hypot(*(path.theta - path.saddle).T)
        assert away.min() < 0.5


def test_nothing_is_said_to_lie_ahead_of_a_schedule():
    (path,) = walk(Scene.parse(f"{BESIDE}&schedule=warm-up&run=gd"))
    assert (path.outcome, path.leaves) == ("saddle", None)


def off_ridge(path):
    """Distance from the ridge, along the way down."""
    return path.theta @ [0.8, 0.6]


def test_gradient_descent_grows_off_the_ridge_by_one_plus_eta_kappa():
    (path,) = walk(Scene.parse(f"{BESIDE}&run=gd"))
    off = off_ridge(path)[60:200]
    assert off[1:] / off[:-1] == pytest.approx(np.full(139, 1.05), rel=1e-5)


@pytest.mark.parametrize("weight", [0.5, 0.9, 0.95])
def test_momentum_grows_off_the_ridge_by_the_larger_root(weight):
    (path,) = walk(Scene.parse(f"{BESIDE}&start=0,0.000000001&lambda={weight}&run=momentum"))
    trace = 1 + weight + 0.05
    root = (trace + math.sqrt(trace**2 - 4 * weight)) / 2
    off = off_ridge(path)
    window = slice(40, int(np.argmax(off > 1e-5)))
    growth = off[window][1:] / off[window][:-1]
    assert len(growth) > 5
    assert growth[-5:] == pytest.approx(np.full(5, root), rel=1e-2)


# What is said about a path.


@pytest.mark.parametrize("query", [row[0] for row in OUTCOMES])
def test_figures_say_what_the_path_says(query):
    scene = Scene.parse(query)
    (path,) = walk(scene)
    told = figures(scene, path)
    for name in ("outcome", "valley", "updates", "diverged", "settled", "left", "leaves", "at"):
        assert told[name] == getattr(path, name)
    assert told["end"] == path.theta[-1].tolist()
    assert told["end_loss"] == path.loss[-1]
    assert told["run"] == path.run.query()
    batch = scene.knobs(path.run)["batch"]
    assert told["updates_per_epoch"] == math.ceil(scene.examples / batch)

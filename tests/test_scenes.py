"""docs/scenes.md: every scene in it has a claim here, and every claim here its scene.

A claim gets the scene exactly as its address stands in the page, and makes it happen.
"""

import math
import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from urllib.parse import urlsplit

import numpy as np
import pytest

from app.analysis import shares
from app.analysis.anatomy import anatomy, told
from app.analysis.axes import Axis, parsed_axis
from app.analysis.curvature import curvatures
from app.analysis.cut import stops
from app.analysis.ensembles import cases, ensembles
from app.analysis.escape import escape
from app.analysis.examples import example_slopes
from app.analysis.maps import Question, mapped
from app.analysis.rates import rate
from app.analysis.sharpness import largest_curvature
from app.analysis.stability import optimum
from app.descent import walk
from app.finder import critical_points
from app.sampling import epoch_order, updates_per_epoch
from app.scene import Run, Scene
from app.settings import PROJECT

TEXT = (PROJECT / "docs" / "scenes.md").read_text("utf-8")
SCENES = {
    name: Scene.parse(urlsplit(address).query)
    for name, address in re.findall(r"^## (\w+) · .*?\n\n`(/\?.*?)`$", TEXT, re.S | re.M)
}


def records(scene, of=0):
    """What the engine did at every update of a run."""
    return [told(anatomy(scene, of, index)) for index in range(scene.updates)]


def started(scene, point, **knobs):
    """Gradient descent from another point of the scene's surface."""
    (path,) = walk(replace(scene, start=tuple(point), runs=(Run("gd"),), **knobs))
    return path


def way(theta):
    """How long a path is, and how far it leads."""
    return np.hypot(*np.diff(theta, axis=0).T).sum(), np.hypot(*(theta[-1] - theta[0]))


def orders(scene, epochs, **changed):
    """The batches of the first epochs of a scene's only run."""
    scene = replace(scene, **changed)
    drawn = scene.examples, scene.batch_of(scene.runs[0]), scene.shuffle, scene.seed
    return [epoch_order(*drawn, epoch) for epoch in range(epochs)]


def b1(scene):
    updates = records(replace(scene, updates=12))
    for epoch in range(3):
        batches = [update["batch"] for update in updates if update["epoch"] == epoch]
        assert [len(batch) for batch in batches] == [6, 6, 6, 2]
        assert sorted(i for batch in batches for i in batch) == list(range(20))


def b2(scene):
    found = orders(scene, 10)
    assert all(one != other for at, one in enumerate(found) for other in found[:at])
    assert found == orders(scene, 10)
    assert found != orders(scene, 10, seed=8)


def b3(scene):
    whole, single = walk(scene)
    assert [updates_per_epoch(20, scene.batch_of(run)) for run in scene.runs] == [1, 20]
    length, straight = way(single.theta[:21])
    assert length / straight == pytest.approx(1.19, abs=0.005)
    ways = [way(whole.theta[: k + 2]) for k in range(scene.updates)]
    same = min(ways, key=lambda found: abs(found[0] - length))
    assert same[0] / same[1] < 1.001


def b7a(scene):
    (path,) = walk(scene)
    assert path.outcome == "saddle"
    assert np.abs(path.theta - scene.start).max() < 1e-12


def b7b(scene):
    x, y = np.array(scene.start).reshape(2, 1)
    assert np.hypot(*scene.ground.slopes(x, y)[1:]) == pytest.approx(0, abs=1e-12)
    slopes = example_slopes(scene, np.array([x, y]))[:, :, 0]
    assert np.hypot(*slopes.T).min() > 0.05
    (path,) = walk(scene)
    assert path.outcome == "minimum"


def m1(scene):
    slow, fast, weak = walk(scene)
    assert [path.outcome for path in (slow, fast, weak)] == ["minimum"] * 3
    assert fast.at[0] > 2.9
    assert slow.at[0] == pytest.approx(weak.at[0])
    assert slow.at[0] < -2
    assert fast.loss[-1] < slow.loss[-1]


def m2(scene):
    updates = records(replace(scene, updates=60))
    for update in updates:
        assert update["movement"] == pytest.approx(-scene.eta * np.array(update["gradient"]))
    assert all(one["after"] == next_one["before"] for one, next_one in pairwise(updates))


def m3(scene):
    slow, fast = (told(anatomy(scene, of, 0)) for of in (0, 1))
    assert fast["previous_movement"] == [0, 0]
    assert slow["after"] == fast["after"]
    for update in records(replace(scene, updates=60), 1):
        g, before = (np.array(update[name]) for name in ("gradient", "previous_movement"))
        assert update["movement"] == (0.9 * before - scene.eta * g).tolist()


def m4(scene):
    gradients = [record["gradient"] for record in records(scene)]
    for index in range(scene.updates):
        update = told(anatomy(scene, 0, index))
        weights = np.array(update["weights"])
        sum_of_all = -weights @ np.array(gradients[index::-1][: len(weights)])
        size = np.hypot(*update["movement"])
        assert np.hypot(*(sum_of_all - update["movement"])) <= 1e-12 * size


def m5(scene):
    (path,) = walk(scene)
    line = scene.row.cut
    found = stops(scene, path, *line)
    assert 0 == found.start < found.small < found.zero < found.against < found.shelf
    assert path.at[0] > 2.9
    gentle = replace(scene, runs=(Run("gd"),))
    assert stops(gentle, walk(gentle)[0], *line).against is None


def m6(scene):
    none, some, much, most = walk(scene)
    assert some.settled < min(none.settled, much.settled)
    assert most.outcome == "moving"
    thrown, sooner, *_ = walk(replace(scene, eta=0.12))
    assert thrown.outcome == "diverged"
    assert sooner.settled < some.settled


def m6b(scene):
    """The sides of the map as they stand in the address."""
    sides = [parsed_axis(side) for side in dict(scene.view)["map"].split(",")]
    near = float(dict(scene.view)["tolerance"])
    *_, found = mapped(Question(scene, 0, *sides, (96, 96), near))
    low, high = np.linalg.eigvalsh(hessian_at(scene, (0, 0)))
    best = optimum("momentum", low, high)
    spot = replace(scene, eta=best.eta, momentum=best.momentum)
    starts = [Axis(f"start{k + 1}", scene.start[k], 9) for k in range(2)]
    *_, there = mapped(Question(spot, 0, *starts, (2, 2), near))
    assert there.cells[2, 0, 0] <= 1.25 * np.nanmin(found.cells[2][found.cells[0] == 0])


STARTS = ["2.4,0.1", "2.4,0.6", "2.5,0.2", "2.8,0.5", "2.2,0.2", "3,0.2", "2.9,0.1"]
RATES = [0.02, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45]


def m6c(scene):
    small, large = walk(scene)
    steep, flat = (curvatures(scene, path, lambda: True) for path in (small, large))
    assert steep[0, 0] == flat[0, 0] == pytest.approx(9.7, abs=0.05)
    assert math.dist(small.theta[-1], scene.start) < 0.3
    assert 10 < steep[0, -1] < steep[1, -1] / 3
    assert (flat[0] > flat[1]).any()
    assert flat[0, -1] == pytest.approx(4, abs=0.01)
    assert flat[0, -1] < flat[1, -1] == pytest.approx(2 / 0.35)
    assert abs(abs(large.theta[-1, 0]) - abs(large.theta[-1, 1])) < 0.01
    (out,) = walk(replace(scene, eta=0.4, runs=(Run("gd"),)))
    assert out.outcome == "diverged"
    for start in STARTS:
        thrown_to_flatter_ground(replace(scene, start=tuple(map(float, start.split(",")))))


def thrown_to_flatter_ground(scene):
    """Every rate above the limit of the nearest minimum, out of those that stay."""
    nearest = started(scene, scene.start, eta=RATES[0], updates=2000)
    limit = 2 / largest_curvature(scene.ground, tuple(nearest.theta[-1]))
    for eta in RATES:
        path = started(scene, scene.start, eta=eta, updates=2000)
        if eta > limit and path.outcome != "diverged":
            assert largest_curvature(scene.ground, tuple(path.theta[-1])) < 2 / eta
            assert eta > 0.1


def m6d(scene):
    found = [rate(scene, path) for path in walk(scene)]
    for one in found:
        assert one.measured == pytest.approx(one.predicted, abs=0.001)
    assert found[2].predicted == pytest.approx(0.9**0.5)


def m6e(scene):
    sides = [parsed_axis(side) for side in dict(scene.view)["map"].split(",")]
    plain, rolling = (
        list(mapped(Question(scene, of, *sides, (97, 97))))[-1].cells[1] for of in (0, 1)
    )
    for place in range(4):
        assert 0.23 < np.mean(plain == place) < 0.27
    assert alike(plain) > 0.98
    assert alike(rolling) < 0.965


def alike(places):
    """The share of neighbours, side by side or one above the other, with the same minimum."""
    across, up = places[:, 1:] == places[:, :-1], places[1:] == places[:-1]
    return np.mean([across.mean(), up.mean()])


def hessian_at(scene, point):
    a, b, c = scene.ground.curves(*np.array(point, dtype=float).reshape(2, 1))[3:, 0]
    return [[a, b], [b, c]]


def c1(scene):
    found = critical_points(scene.ground)
    assert len(found) == 9
    for point in found:
        gradient = scene.ground.slopes(*np.array(point.at).reshape(2, 1))[1:]
        assert np.hypot(*gradient[:, 0]) <= 1e-8 * scene.ground.scale[0]
        path = started(scene, point.at, updates=50)
        assert np.abs(path.theta - point.at).max() < 1e-6


def c2(scene):
    signs = {"minimum": [1, 1], "saddle": [-1, 1], "maximum": [-1, -1]}
    found = critical_points(scene.ground)
    assert Counter(point.kind for point in found) == {"minimum": 6, "saddle": 7, "maximum": 2}
    assert all(np.sign(point.eigenvalues).tolist() == signs[point.kind] for point in found)


def c4(scene):
    falls = [escape(scene.ground, scene.start, length) for length in (0.2, 0.1, 0.05)]
    assert all(fall.actual < 0 and fall.predicted < 0 for fall in falls)
    errors = [abs(fall.actual / fall.predicted - 1) for fall in falls]
    assert errors == sorted(errors, reverse=True)
    assert errors[-1] < 0.01
    assert all(started(scene, fall.end).outcome == "minimum" for fall in falls)
    assert started(scene, falls[0].start).outcome == "saddle"


def w1(scene):
    (path,) = walk(scene)
    assert (path.theta == scene.start).all()


def w2(scene):
    (path,) = walk(scene)
    assert path.updates == 5000
    assert np.abs(path.theta - scene.start).max() < 1e-9


def w3(scene):
    whole, single = walk(scene)
    assert single.loss[20] < 0.1 * whole.loss[1]
    assert whole.loss[60] < single.loss[60]
    epochs = {batch: updates_per_epoch(20, batch) for batch in (1, 20)}
    assert epochs[1] * 1 == epochs[20] * 20
    wide = {batch: updates * max(1, batch / 20) for batch, updates in epochs.items()}
    assert wide[1] == 20 * wide[20]


def w4(scene):
    (path,) = walk(scene)
    assert np.ptp(path.loss[100:]) < 1e-4
    assert path.outcome == "saddle"
    saddle = min(critical_points(scene.ground), key=lambda point: math.dist(point.at, path.at))
    assert saddle.eigenvalues[0] < 0 < saddle.eigenvalues[1]
    assert started(scene, scene.start, updates=500).outcome == "minimum"


def b9(scene):
    made = scene.ground
    found = np.array([point.at for point in critical_points(made) if point.kind == "minimum"])
    canyon, basin = found[np.argsort(-found[:, 0])]
    loss = lambda at: made.slopes(*np.reshape(at, (2, 1)))[0, 0]  # noqa: E731
    depth = 1 - loss(basin)  # the plain between them lies at about 1
    assert abs(loss(canyon) - loss(basin)) < 0.01 * depth
    for shift in (0.18, -0.18):
        costs = [loss(at - (shift, 0)) - loss(at) for at in (canyon, basin)]
        assert costs[0] > 5 * costs[1] > 0


def in_the_basin(scene, batches):
    """Share of 400 seeds that end where the basin lies downhill, for each batch size."""
    *_, found = ensembles(cases(replace(scene, runs=(Run("gd"),)), 0, batches, []), 400)
    rows = shares.told(scene, found).rows
    return [min(row["minima"], key=lambda minimum: minimum["at"][0])["catchment"] for row in rows]


def b10(scene):
    single, some, full = in_the_basin(scene, [1, 5, 20])
    assert single["low"] > 0.9
    assert max(some["high"], full["high"]) < 0.05
    canyon = max((point.at for point in shares.minima(scene.ground)), key=lambda at: at[0])
    assert scene.eta < 2 / largest_curvature(scene.ground, canyon)
    assert walk(scene)[1].outcome == "minimum"


def w5(scene):
    (stays,) = in_the_basin(scene, [1])
    assert stays["high"] < 0.02
    for factor in (2, 4):
        (leaves,) = in_the_basin(replace(scene, eta=factor * scene.eta), [1])
        assert leaves["low"] > 0.9


CLAIMS = {name: claim for name, claim in list(globals().items()) if name in map(str.lower, SCENES)}


def test_every_scene_has_a_claim_and_every_claim_a_scene():
    assert set(CLAIMS) == set(map(str.lower, SCENES))


@pytest.mark.parametrize("name", SCENES)
def test_what_the_page_says_happens(name):
    CLAIMS[name.lower()](SCENES[name])

"""walk: chunks, company and repetition change nothing, and every path is honest."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from app import descent
from app.descent import GivenUp, walk, walk_together
from app.sampling import SHUFFLES
from app.scene import Run, Scene
from app.schedules import SCHEDULES
from app.surfaces.catalogue import BY_NAME, SURFACES
from tests.scenes import every_rule, scenes

BOTH = MOST, REST = every_rule()
FEATURES = ("outcome", "valley", "diverged", "settled", "at", "left", "leaves", "saddle")
every_surface = pytest.mark.parametrize("row", SURFACES, ids=lambda row: row.name)

CHUNKED = [
    "surface=two-valleys&spread=0.25&run=gd&run=momentum&run=gd,batch:1",
    f"surface=himmelblau&spread=0.1&batch=3&updates=100&{MOST}",
    f"surface=himmelblau&spread=0.1&batch=3&updates=100&{REST}",
    f"surface=rosenbrock&updates=150&schedule=cosine&{MOST}",
    "surface=rosenbrock&eta=5&run=gd&run=gd,eta:0.001",
    "surface=toy-network&examples=7&batch=2&shuffle=replacement&updates=90&run=nesterov",
    "surface=two-valleys&updates=300&run=gd",  # at the saddle: looks ahead after its end
]


def same(one, other):
    return np.array_equal(one.track, other.track) and all(
        getattr(one, name) == getattr(other, name) for name in FEATURES
    )


@pytest.mark.parametrize("query", CHUNKED)
@pytest.mark.parametrize("chunk", [1, 7, 61, 997])
def test_cutting_a_walk_into_chunks_changes_nothing(query, chunk, monkeypatch):
    whole = walk(Scene.parse(query))
    monkeypatch.setattr(descent, "CHUNK", chunk)
    for one, other in zip(whole, walk(Scene.parse(query)), strict=True):
        assert same(one, other)


@settings(max_examples=60)
@given(scenes())
def test_a_path_is_a_pure_function_of_its_scene(scene):
    for one, other in zip(walk(scene), walk(scene), strict=True):
        assert same(one, other)


@settings(max_examples=60)
@given(scenes())
def test_runs_of_one_scene_do_not_know_each_other(scene):
    together = walk(scene)
    for path, run in zip(together, scene.runs, strict=True):
        (alone,) = walk(replace(scene, runs=(run,)))
        assert path.run == run
        assert same(path, alone)


VALLEYS = "surface=two-valleys&spread=0.25"
TOGETHER = [
    [f"{VALLEYS}&seed={seed}&run=gd,batch:{b}" for seed in range(5) for b in (1, 3, 20)],
    [f"surface=himmelblau&updates=200&start={x},1.5&{MOST}" for x in (-4, -1, 0, 3)],
    [f"surface=himmelblau&spread=0.1&batch=2&start={x},1&{REST}" for x in (-4, -1, 0, 3)],
    [f"surface=rosenbrock&updates=200&eta={eta}&run=momentum&run=gd" for eta in (5e-4, 1e-3, 5)],
    [f"surface=linear-regression&shuffle={s}&batch=4&run=adam" for s in SHUFFLES],
    [f"surface=beale&updates=100&schedule={s}&run=gd&run=rmsprop" for s in SCHEDULES],
    [f"surface=two-valleys&start=-0.72,{y}&run=gd" for y in (0.96, 0.960000002, 0.97)],
]


@pytest.mark.parametrize("queries", TOGETHER, ids=lambda queries: queries[0][8:40])
def test_walking_scenes_together_equals_walking_them_alone_bit_for_bit(queries):
    asked = [Scene.parse(query) for query in queries]
    for scene, paths in zip(asked, walk_together(asked), strict=True):
        for together, alone in zip(paths, walk(scene), strict=True):
            assert together.run == alone.run
            assert same(together, alone)


@pytest.mark.parametrize("query", CHUNKED)
def test_a_turned_scene_walks_as_one_read_anew(query):
    """Lanes are laid out once for all scenes that differ in η and λ."""
    for eta in (0.001, 0.002):
        turned = Scene.parse(query).turned("eta", eta).turned("lambda", 0.8)
        anew = replace(Scene.parse(query), eta=eta, momentum=0.8)
        for one, other in zip(walk(turned), walk(anew), strict=True):
            assert same(one, other)


def test_a_hundred_lanes_walk_as_one_does():
    """Wide groups take other loops of the engine than narrow ones."""
    place = "surface=three-hump-camel&updates=80"
    asked = [
        Scene.parse(f"{place}&start={x / 25},1.2&{runs}") for x in range(-50, 50) for runs in BOTH
    ]
    for scene, paths in list(zip(asked, walk_together(asked), strict=True))[::9]:
        for together, alone in zip(paths, walk(scene), strict=True):
            assert same(together, alone)


# Table × table.

TABLES = {
    "still": ("", ""),
    "noisy": ("&spread=0.2", ",batch:1"),
    "tilted": ("&spread=0.2&noise=tilt", ",batch:1"),
}


@every_surface
@pytest.mark.parametrize(("extra", "own"), list(TABLES.values()), ids=list(TABLES))
@pytest.mark.parametrize("part", [0, 1])
def test_every_rule_on_every_surface_is_finite_or_honestly_diverged(row, extra, own, part):
    runs = every_rule(own)[part]
    scene = Scene.parse(f"surface={row.name}{extra}&{runs}")
    reach = 1000 * row.diagonal
    for path, again in zip(walk(scene), walk(scene), strict=True):
        assert same(path, again)
        assert np.isfinite(path.track).all()
        assert path.theta[0].tolist() == list(row.start)
        assert np.hypot(*(path.theta - row.centre).T).max() <= reach
        points = row.updates + 1 if path.diverged is None else path.diverged
        assert path.track.shape == (3, points)
        assert path.updates == points - (path.diverged is None)
        assert (path.outcome == "diverged") == (path.diverged is not None)
        assert (path.at is None) == (path.outcome in ("moving", "diverged"))
        loss = scene.ground.slopes(*path.theta.T)[0]
        assert np.array_equal(path.loss, loss)


@every_surface
@pytest.mark.parametrize("runs", every_rule(",eta:100"), ids=["most", "rest"])
def test_every_rule_on_every_surface_survives_the_largest_eta(row, runs):
    """η = 100: most diverge, none leaves a number that is not one, and nothing is clipped."""
    scene = Scene.parse(f"surface={row.name}&updates=60&spread=0.1&batch=3&{runs}")
    for path in walk(scene):
        assert np.isfinite(path.theta).all()
        inside = np.hypot(*(path.theta - row.centre).T) <= 1000 * row.diagonal
        assert inside.all()
        if path.diverged is None:
            assert path.theta.shape[0] == 61


def test_a_diverged_path_is_a_plain_path_up_to_its_last_point():
    """The points before the end are those of plain Python: no clipping, no smaller rate."""
    (path,) = walk(Scene.parse("surface=long-valley&condition=50&start=1,1&eta=0.1&run=momentum"))
    x, y, m, n = 1.0, 1.0, 0.0, 0.0
    assert path.outcome == "diverged"
    for point in path.theta:
        assert point == pytest.approx([x, y], rel=1e-9)
        m, n = 0.9 * m - 0.1 * x, 0.9 * n - 0.1 * 50 * y
        x, y = x + m, y + n
    assert math.hypot(x, y) > 1000 * BY_NAME["long-valley"].diagonal


# Long walks, and walks nobody wants.


@pytest.mark.parametrize("run", ["gd", "momentum", "adam,eta:0.001", "gd,batch:1"])
def test_a_run_of_a_hundred_thousand_updates_works(run):
    scene = Scene.parse(f"surface=rosenbrock&spread=0.01&updates=100000&run={run}")
    (path,) = walk(scene)
    assert path.theta.shape == (100_001, 2)
    assert path.outcome == "minimum"
    assert np.hypot(*(path.theta[-1] - path.at)) < 0.1


def test_the_beginning_of_a_long_run_is_the_short_run():
    long, short = (
        walk(Scene.parse(f"surface=beale&spread=0.1&updates={t}&run=gd,batch:1&run=adam"))
        for t in (5000, 700)
    )
    for one, other in zip(long, short, strict=True):
        assert np.array_equal(one.track[:, :701], other.track)


def test_a_walk_nobody_wants_is_given_up_between_two_chunks(monkeypatch):
    asked = []

    def wanted():
        asked.append(True)
        return len(asked) < 4

    monkeypatch.setattr(descent, "CHUNK", 100)
    with pytest.raises(GivenUp):
        walk(Scene.parse("surface=booth&updates=5000&run=gd"), wanted)
    assert len(asked) == 4


def test_a_walk_given_up_leaves_nothing_behind(monkeypatch):
    scene = Scene.parse("surface=booth&spread=0.2&updates=500&run=gd,batch:3")
    before = walk(scene)[0].track.copy()
    monkeypatch.setattr(descent, "CHUNK", 50)
    with pytest.raises(GivenUp):
        walk(scene, lambda: False)
    assert np.array_equal(walk(scene)[0].track, before)


# What a path holds.


@every_surface
def test_the_loss_along_a_path_is_the_training_loss_at_its_points(row):
    scene = Scene.parse(f"surface={row.name}&spread=0.3&updates=137&run=gd,batch:2&run=adam")
    for path in walk(scene):
        assert np.array_equal(path.loss, scene.ground.slopes(*path.theta.T)[0])


def test_paths_come_in_the_order_of_the_runs():
    runs = ["adam", "gd", "momentum", "gd,eta:0.01", "adam,eta:0.2", "nesterov"]
    paths = walk(Scene.parse("surface=booth&" + "&".join(f"run={run}" for run in runs)))
    assert [path.run.query() for path in paths] == runs


def test_the_same_run_twice_leaves_the_same_path_twice():
    one, other = walk(Scene.parse("surface=beale&spread=0.1&run=gd,batch:1&run=gd,batch:1"))
    assert same(one, other)


def test_a_start_of_whole_numbers_is_a_start():
    """Made in a notebook, a scene may hold ints; kernels take floats alone."""
    (path,) = walk(Scene(surface="booth", start=(1, 3), updates=5))
    assert path.theta.tolist() == [[1, 3]] * 6


def test_a_scene_can_be_made_without_an_address():
    scene = Scene(surface="booth", start=(-8.0, 6.0), runs=(Run("gd", (("eta", 0.02),)),))
    (path,) = walk(scene)
    assert path.outcome == "minimum"
    assert path.at == pytest.approx((1, 3))

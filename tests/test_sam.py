"""SAM: the gradient uphill of θ, against the paper written again, and what it does to flatness."""

import math

import numpy as np
import pytest

from app.analysis import shares
from app.analysis.ensembles import cases, ensembles
from app.descent import walk
from app.sampling import epoch_order
from app.scene import Scene
from tests.oracle import gradient

PLACES = [
    "surface=long-valley&start=-2.5,1&eta=0.03",
    "surface=himmelblau&start=-1,1.5&eta=0.003&spread=0.2",
    "surface=linear-regression&start=-1,2&eta=0.01",
    "surface=two-valleys&start=0.3,0.5&spread=0.25",
]


def foret(ground, batches, x, y, eta, rho):
    """Algorithm 1 of Foret et al. 2021, p = 2: ε = ρ·g/‖g‖, both gradients of the same batch."""
    yield x, y
    for indices in batches:
        g1, g2 = gradient(ground, indices, x, y)
        size = math.hypot(g1, g2)
        up = (rho * g1 / size, rho * g2 / size) if size else (0.0, 0.0)
        g1, g2 = gradient(ground, indices, x + up[0], y + up[1])
        x, y = x - eta * g1, y - eta * g2
        yield x, y


def drawn(scene, batch):
    each = [epoch_order(scene.examples, batch, scene.shuffle, scene.seed, e) for e in range(99)]
    return [indices for epoch in each for indices in epoch][: scene.updates]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(("batch", "rho"), [(20, 0.05), (1, 0.05), (7, 0.3)])
def test_it_walks_as_the_paper_says(place, batch, rho):
    scene = Scene.parse(f"{place}&updates=60&run=sam,rho:{rho},batch:{batch}")
    (path,) = walk(scene)
    ground = scene.ground
    batches = drawn(scene, batch)
    if ground.examples.shape[1] == 1:
        batches = [[0]] * scene.updates
    eta = float(scene.knobs(scene.runs[0])["eta"])
    expected = np.array(list(foret(ground, batches, *scene.start, eta, rho)))
    assert path.theta == pytest.approx(expected, rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("place", PLACES)
def test_without_a_way_uphill_it_is_gradient_descent(place):
    plain, sam = walk(Scene.parse(f"{place}&batch=3&run=gd&run=sam,rho:0"))
    assert plain.theta.tolist() == sam.theta.tolist()


def test_where_the_gradient_is_zero_there_is_no_uphill():
    (path,) = walk(Scene.parse("surface=toy-network&start=0,0&updates=50&run=sam,batch:1"))
    assert not path.theta.any()


def test_it_changes_nobody_else_s_path():
    """The other runs of a scene walk as they do alone, though gradients are taken twice."""
    runs = ["gd", "momentum,batch:3", "nesterov", "adam,batch:1", "newton", "saddle-free-newton"]
    place = "surface=himmelblau&spread=0.2&updates=80"
    together = walk(Scene.parse(f"{place}&run=sam&{'&'.join(f'run={run}' for run in runs)}"))
    for run, path in zip(runs, together[1:], strict=True):
        (alone,) = walk(Scene.parse(f"{place}&run={run}"))
        assert path.theta.tolist() == alone.theta.tolist()


def test_on_a_quadratic_it_stops_short_of_the_minimum():
    """θ⁺ = θ − ηκ(θ + ρ·sign θ): at constant η it ends swinging around."""
    (path,) = walk(Scene.parse("surface=long-valley&start=0,1&eta=0.01&updates=400&run=sam"))
    last = path.theta[-50:, 1]
    step = 0.01 * 20
    assert np.abs(last).max() < step * 0.05 * 1.01
    assert np.abs(last).max() > 1e-4


# What it does on canyon and basin: the same statistics as for small batches (B10).

CANYON = "surface=canyon-and-basin&start=1.3,0.9&spread=0.2&updates=600"


def in_the_basin(eta, run, batches):
    """Share of 1,000 seeds, all from the canyon, that end where the basin lies downhill."""
    scene = Scene.parse(f"{CANYON}&eta={eta}&run={run}")
    *_, found = ensembles(cases(scene, 0, batches, []), 1000)
    told = shares.told(scene, found).rows
    return [min(row["minima"], key=lambda m: m["at"][0])["catchment"] for row in told]


def test_with_single_examples_it_finds_the_basin_more_often_than_gradient_descent():
    (plain,) = in_the_basin(0.08, "gd", [1])
    (sam,) = in_the_basin(0.08, "sam,rho:0.05", [1])
    assert sam["low"] > 1.8 * plain["high"]


def test_alone_it_finds_no_flat_minimum():
    """The full batch never leaves the canyon, nor does B = 1 at a small η."""
    *_, full = in_the_basin(0.1, "sam", [20])
    assert full["share"] == 0
    (small,) = in_the_basin(0.05, "sam", [1])
    assert small["high"] < 0.01


def test_a_way_uphill_longer_than_the_canyon_is_wide_keeps_it_there():
    """ρ = 0.4 looks from beyond the canyon's walls: nobody leaves at an η at which GD does."""
    (plain,) = in_the_basin(0.1, "gd", [1])
    (sam,) = in_the_basin(0.1, "sam,rho:0.4", [1])
    assert plain["low"] > 0.9
    assert sam["high"] < 0.01

"""The loop over updates and lanes: what a batch's gradient is, and where a lane is held back."""

import math

import numpy as np
import pytest

from app.descent import walk
from app.rules import RULES
from app.sampling import batch_sizes, batches, epoch_order, updates_per_epoch
from app.scene import Scene
from app.surfaces.catalogue import SURFACES
from tests.oracle import example_gradient, gradient, hessian, inside

every_surface = pytest.mark.parametrize("row", SURFACES, ids=lambda row: row.name)
BATCHES = [1, 3, 7, 20]
FORMULAS = [row for row in SURFACES if row.draw is None]


def walked(query):
    scene = Scene.parse(query)
    return scene, walk(scene)[0]


def batches_in_order(scene, batch, count):
    """The batches of the first updates, epoch by epoch."""
    listed, epoch = [], 0
    while len(listed) < count:
        listed += epoch_order(scene.examples, batch, scene.shuffle, scene.seed, epoch)
        epoch += 1
    return listed[:count]


@pytest.mark.parametrize("shuffle", ["each-epoch", "once", "replacement"])
@pytest.mark.parametrize("batch", [1, 3, 7])
@pytest.mark.parametrize(
    "place",
    [
        "surface=two-valleys&spread=0.25",
        "surface=two-valleys&spread=0.25&noise=tilt&start=0.3,0.4",
        "surface=linear-regression&eta=0.02",
        "surface=logistic-regression",
        "surface=canyon-and-basin&spread=0.1&examples=11",
    ],
)
def test_a_mini_batch_run_can_be_computed_by_hand(place, batch, shuffle):
    scene, path = walked(f"{place}&shuffle={shuffle}&updates=60&run=gd,batch:{batch}")
    x, y = scene.start
    for t, indices in enumerate(batches_in_order(scene, batch, 60)):
        assert path.theta[t] == pytest.approx([x, y], rel=1e-12, abs=1e-12)
        g1, g2 = gradient(scene.ground, indices, x, y)
        x, y = x - scene.eta * g1, y - scene.eta * g2
    assert path.theta[60] == pytest.approx([x, y], rel=1e-12, abs=1e-12)


@pytest.mark.parametrize("batch", [1, 3, 7, 11])
@pytest.mark.parametrize(
    "place",
    [
        "surface=two-valleys&spread=0.25&start=0.6,0.5",
        "surface=linear-regression",
        "surface=logistic-regression&start=0.1,0.2",
        "surface=himmelblau&spread=0.1&noise=tilt&start=2.8,1.9",
    ],
)
def test_the_hessian_of_newton_is_that_of_the_batch(place, batch):
    """Among other runs, so that every lane must find its own examples."""
    runs = f"run=momentum&run=newton,eta:0.2,batch:{batch}&run=gd,batch:2&run=newton,eta:0.1"
    scene = Scene.parse(f"{place}&examples=11&updates=12&{runs}")
    path = walk(scene)[1]
    x, y = scene.start
    for t, indices in enumerate(batches_in_order(scene, batch, 12)):
        assert path.theta[t] == pytest.approx([x, y], rel=1e-8, abs=1e-9)
        h = hessian(scene.ground, indices, x, y)
        x, y = (x, y) - 0.2 * np.linalg.pinv(h, rcond=1e-12) @ gradient(scene.ground, indices, x, y)


@every_surface
@pytest.mark.parametrize("batch", BATCHES)
def test_size_weighted_batch_gradients_average_to_the_full_one(row, batch):
    scene = Scene.parse(f"surface={row.name}&spread=0.2&run=gd")
    many = scene.ground.examples.shape[1]
    order = epoch_order(many, min(batch, many), "each-epoch", 7, 3)
    x, y = (part[0] for part in inside(row, 1, seed=6))
    parts = [np.array(gradient(scene.ground, indices, x, y)) * len(indices) for indices in order]
    full = scene.ground.slopes(np.array([x]), np.array([y]))[1:, 0]
    size = max(np.abs(example_gradient(scene.ground, i, x, y)).max() for i in range(many))
    assert sum(parts) / many == pytest.approx(full, rel=1e-9, abs=1e-11 * size)


@every_surface
@pytest.mark.parametrize("noise", ["shift", "tilt"])
def test_the_full_batch_follows_the_gradient_of_the_training_loss_to_the_bit(row, noise):
    """Batch N is exactly the sum the page draws, so GD is θ − η∇L without any rounding between."""
    place = f"surface={row.name}&spread=0.2&noise={noise}&eta={row.eta / 4}"
    scene, path = walked(f"{place}&updates=50&run=gd,batch:20")
    g = scene.ground.slopes(*path.theta[:-1].T)[1:].T
    assert np.array_equal(path.theta[1:], path.theta[:-1] - scene.eta * g)


@pytest.mark.parametrize("row", FORMULAS, ids=lambda row: row.name)
def test_without_spread_every_batch_is_the_full_one(row):
    place = f"surface={row.name}&updates=50"
    _, full = walked(f"{place}&run=gd")
    _, single = walked(f"{place}&run=gd,batch:1")
    assert np.array_equal(full.track, single.track)


@pytest.mark.parametrize("rule", [rule.name for rule in RULES])
def test_a_short_last_batch_is_averaged_over_its_own_size(rule):
    """N = 5, B = 3: the second batch of an epoch holds two examples, and counts two."""
    query = "surface=two-valleys&spread=0.4&examples=5&updates=2"
    scene, path = walked(f"{query}&run={rule},batch:3")
    first, second = epoch_order(5, 3, "each-epoch", scene.seed, 0)
    assert (len(first), len(second)) == (3, 2)
    if rule == "gd":
        taken = (path.theta[1] - path.theta[2]) / scene.eta
        assert taken == pytest.approx(gradient(scene.ground, second, *path.theta[1]), rel=1e-9)
    rows = batches(5, 3, "each-epoch", scene.seed, 0, 2)
    assert batch_sizes(5, 3, 0, 2).tolist() == [3, 2]
    assert sorted(first + second) == list(range(5))
    assert rows[1, 2] == 0


def test_two_epochs_of_the_same_run_see_other_batches():
    scene, _ = walked("surface=two-valleys&spread=0.25&run=gd,batch:1&updates=1")
    per_epoch = updates_per_epoch(scene.examples, 1)
    both = batches(scene.examples, 1, "each-epoch", scene.seed, 0, 2 * per_epoch)
    assert not np.array_equal(both[:per_epoch], both[per_epoch:])


# Divergence is a result: by distance, honestly, and nothing is clipped.

BOWL = "surface=long-valley&condition=1&start=1,0"


def test_a_run_diverges_when_it_is_a_thousand_diagonals_away():
    """On x²/2 with η = 3 the point is (−2)ᵗ: the update that leaves can be computed."""
    scene, path = walked(f"{BOWL}&eta=3&updates=100&run=gd")
    reach = 1000 * scene.row.diagonal
    leaves = math.floor(math.log2(reach)) + 1
    assert path.diverged == leaves
    assert path.outcome == "diverged"
    assert path.updates == leaves
    assert path.theta[:, 0].tolist() == [(-2.0) ** t for t in range(leaves)]
    assert abs(path.theta[-1, 0]) <= reach < 2 * abs(path.theta[-1, 0])


def test_a_run_that_creeps_away_leaves_at_exactly_that_distance():
    """η = 2.001: the point grows by 1.001 per update and crosses the edge by less than that."""
    scene, path = walked(f"{BOWL}&eta=2.001&updates=20000&run=gd")
    reach = 1000 * scene.row.diagonal
    assert path.diverged == math.floor(math.log(reach) / math.log(1.001)) + 1
    assert reach / 1.001 < abs(path.theta[-1, 0]) <= reach


def test_a_run_far_outside_the_domain_has_not_diverged():
    _, path = walked(f"{BOWL}&eta=3&updates=12&run=gd")
    assert path.theta[-1, 0] == 4096.0
    assert path.diverged is None
    assert path.outcome == "moving"


@pytest.mark.parametrize("rule", [rule.name for rule in RULES])
def test_every_rule_can_diverge_and_keeps_its_last_point_inside(rule):
    """On a surface without an end every rule leaves if η is large enough."""
    place = "surface=monkey-saddle&start=-1.2,0.1&eta=100&updates=300"
    own = {"adamw": ",decay:0"}.get(rule, "")  # at ηδ = 1 the pull to zero would win
    own = ",eta:100" if "newton" in rule else own  # these have an η of their own
    scene, path = walked(f"{place}&run={rule}{own}")
    reach = 1000 * scene.row.diagonal
    assert path.outcome == "diverged"
    assert 1 <= path.diverged <= 300
    assert path.track.shape == (3, path.diverged)
    assert np.isfinite(path.track).all()
    assert math.dist(path.theta[-1], scene.row.centre) <= reach
    assert path.at is None
    assert path.settled is None


def test_a_run_may_diverge_at_its_very_first_update():
    _, path = walked("surface=goldstein-price&start=2,2&eta=100&run=gd&updates=10")
    assert path.diverged == 1
    assert path.theta.tolist() == [[2, 2]]


def test_one_lane_s_end_does_not_touch_the_others():
    base = "surface=rosenbrock&updates=400"
    runs = ["gd,eta:5", "gd,eta:0.001", "momentum,eta:3", "momentum,eta:0.0005", "adam,eta:0.01"]
    scene = Scene.parse(f"{base}&{'&'.join(f'run={run}' for run in runs)}")
    together = walk(scene)
    assert [path.outcome == "diverged" for path in together] == [True, False, True, False, False]
    for path, run in zip(together, runs, strict=True):
        _, alone = walked(f"{base}&run={run}")
        assert np.array_equal(path.track, alone.track)
        assert path.diverged == alone.diverged

"""Sentences of the lecture that a path can make happen, by their ids in the design page."""

import math
from itertools import pairwise

import numpy as np
import pytest

from app.critical import critical
from app.descent import walk, walk_together
from app.figures import figures
from app.sampling import epoch_order
from app.scene import OPENING, Scene
from app.surfaces.catalogue import BY_NAME, SURFACES
from tests.oracle import example_gradient
from tests.scenes import every_rule

NOISY = "surface=two-valleys&spread=0.25"


def ground(query):
    return Scene.parse(f"{query}&run=gd").ground


def only(query):
    (path,) = walk(Scene.parse(query))
    return path


# B1, B2: batches and epochs.


@pytest.mark.parametrize(("batch", "updates"), [(1, 20), (5, 4), (6, 4), (7, 3), (19, 2), (20, 1)])
def test_b1_an_epoch_has_one_update_per_batch(batch, updates):
    scene = Scene.parse(f"{NOISY}&run=gd,batch:{batch}")
    (path,) = walk(scene)
    assert figures(scene, path)["updates_per_epoch"] == updates
    seen = epoch_order(20, batch, "each-epoch", scene.seed, 0)
    assert len(seen) == updates
    assert sorted(index for part in seen for index in part) == list(range(20))


def test_b2_batches_differ_from_epoch_to_epoch_and_come_back_with_the_seed():
    orders = [epoch_order(20, 5, "each-epoch", 7, epoch) for epoch in range(50)]
    assert all(one != other for one, other in pairwise(orders))
    assert orders == [epoch_order(20, 5, "each-epoch", 7, epoch) for epoch in range(50)]
    one, other = (only(f"{NOISY}&seed={seed}&run=gd,batch:5") for seed in (7, 8))
    assert not np.array_equal(one.track, other.track)


# B3: steady against zig-zag.


def wandering(path):
    """Length of the path over how far it came."""
    length = np.hypot(*np.diff(path.theta, axis=0).T).sum()
    return length / np.hypot(*(path.theta[-1] - path.theta[0]))


@pytest.mark.parametrize(
    "place",
    [NOISY, f"{NOISY}&start=1.5,1", "surface=linear-regression", "surface=himmelblau&spread=0.25"],
)
def test_b3_single_examples_zig_zag_more_than_the_full_batch(place):
    """20 updates each: one epoch of B = 1, and the full batch on a path of as many updates."""
    many = [Scene.parse(f"{place}&seed={s}&updates=20&run=gd&run=gd,batch:1") for s in range(30)]
    for steady, nervous in walk_together(many):
        assert wandering(nervous) > wandering(steady)


def test_b3_after_one_epoch_there_was_one_update_against_twenty():
    scene = Scene.parse(f"{NOISY}&updates=20&run=gd&run=gd,batch:1")
    told = [figures(scene, path)["updates_per_epoch"] for path in walk(scene)]
    assert told == [1, 20]


# B7: critical points of the whole are not critical points of a batch.


@pytest.mark.parametrize("place", [NOISY, "surface=himmelblau&spread=0.25"])
def test_b7a_at_a_critical_point_gradient_descent_stands_still(place):
    made = ground(place)
    x, y = critical(made, np.array([[0.0, 0.0]]))[0, 1:3].tolist()
    path = only(f"{place}&start={x!r},{y!r}&updates=50&run=gd")
    assert np.abs(path.theta - [x, y]).max() < 1e-12


def test_b7a_where_the_gradient_is_exactly_zero_the_movement_is_too():
    path = only("surface=toy-network&start=0,0&updates=300&run=gd")
    assert not path.theta.any()


def test_b7b_at_the_saddle_of_the_mean_no_example_s_gradient_is_zero():
    made = ground(NOISY)
    _, x, y, *_ = critical(made, np.zeros((1, 2)))[0].tolist()
    full = made.slopes(np.array([x]), np.array([y]))[1:]
    sizes = [math.hypot(*example_gradient(made, i, x, y)) for i in range(20)]
    assert np.abs(full).max() < 1e-12
    assert min(sizes) > 1e-3
    assert np.mean(sizes) > 0.1


def test_b7b_stuck_on_one_batch_s_loss_is_not_stuck_on_the_next():
    """Where example 0 sees its own minimum, example 1 (its antithetic twin) sees a slope."""
    made = ground(NOISY)
    x, y = made.examples[:2, 0] + [0.8, 0.6]
    assert math.hypot(*example_gradient(made, 0, x, y)) < 1e-12
    assert math.hypot(*example_gradient(made, 1, x, y)) > 0.05


def shares_that_left(batches, updates):
    """For each batch size the share of 100 seeds that left the computed saddle."""
    _, x, y, *_ = critical(ground(NOISY), np.zeros((1, 2)))[0].tolist()
    place = f"{NOISY}&start={x!r},{y!r}&updates={updates}"
    shares = []
    for batch in batches:
        many = [Scene.parse(f"{place}&seed={seed}&run=gd,batch:{batch}") for seed in range(100)]
        shares.append(float(np.mean([p.left is not None for (p,) in walk_together(many)])))
    return shares


def test_b7b_the_smaller_the_batch_the_more_seeds_have_left_the_saddle():
    shares = shares_that_left((1, 2, 5, 10, 20), 120)
    assert shares == sorted(shares, reverse=True)
    assert shares[0] > 0.9
    assert 0.1 < shares[2] < 0.5
    assert shares[-1] == 0


def test_b7b_a_batch_of_19_of_20_is_noisy_because_its_epoch_ends_with_a_batch_of_one():
    almost, half = shares_that_left((19, 10), 120)
    assert almost > 0.9
    assert half < 0.1


@pytest.mark.parametrize("name", ["toy-network", "one-neuron"])
@pytest.mark.parametrize("data", range(5))
@pytest.mark.parametrize("runs", every_rule(",batch:1"), ids=["most", "rest"])
def test_b7b_is_not_true_everywhere(name, data, runs):
    """At the origin of these two every example's gradient is exactly zero: nothing leaves."""
    made = ground(f"surface={name}&data={data}")
    for i in range(20):
        assert example_gradient(made, i, 0.0, 0.0) == (0, 0)
    for path in walk(Scene.parse(f"surface={name}&data={data}&start=0,0&{runs}")):
        assert not path.theta.any()
        assert path.outcome == "saddle"


# B9: the canyon and the basin.


@pytest.mark.parametrize("extra", ["", "&spread=0.1", "&spread=0.2"])
@pytest.mark.parametrize("sign", [-1, 1])
def test_b9_a_shift_of_a_canyon_s_width_hurts_the_canyon_much_more(extra, sign):
    made = ground(f"surface=canyon-and-basin{extra}")
    found = critical(made, np.array([[1.2, 0.0], [-1.6, 0.0]]))[:, 1:3]
    before = made.slopes(*found.T)[0]
    after = made.slopes(found[:, 0] - sign * 0.18, found[:, 1])[0]
    canyon, basin = after - before
    assert before[0] == pytest.approx(before[1], abs=0.01)
    assert canyon >= 5 * basin > 0


# M: momentum.


@pytest.mark.parametrize("share", [0.95, 0.975, 1, 1.025, 1.05])
def test_m1_inertia_carries_the_ball_over_the_hill(share):
    """On `hill` GD ends in the dip, λ = 0.9 passes it, λ = 0.85 does not; also near its η."""
    eta = BY_NAME["hill"].eta * share
    slow, fast, weak = walk(
        Scene.parse(
            f"surface=hill&eta={eta}&run=gd&run=momentum,lambda:0.9&run=momentum,lambda:0.85"
        )
    )
    dip, valley = BY_NAME["hill"].claims[1].at, BY_NAME["hill"].claims[0].at
    assert [path.outcome for path in (slow, fast, weak)] == ["minimum"] * 3
    for path, at in ((slow, dip), (fast, valley), (weak, dip)):
        assert path.at == pytest.approx(at, abs=1e-6)
    assert fast.loss[-1] < slow.loss[-1]


def test_m1_every_weight_up_to_0_85_stays_and_every_one_from_0_9_passes():
    low = [only(f"surface=hill&run=momentum,lambda:{w / 100}").at[0] for w in range(0, 86, 5)]
    high = [only(f"surface=hill&run=momentum,lambda:{w / 100}").at[0] for w in range(90, 97)]
    assert max(low) < -2
    assert min(high) > 2.9


def test_m1_the_hill_s_dip_lies_before_a_crest_a_shelf_and_a_deeper_valley():
    made = ground("surface=hill")
    x = np.linspace(-2.7, 3.5, 2001)
    loss, slope, _ = made.slopes(x, np.zeros_like(x))
    dip, crest, shelf = (loss[np.argmin(np.abs(x - at))] for at in (-2.2313, -1.3661, 0))
    assert loss[0] > crest > shelf > dip > loss.min()
    assert crest - shelf > 0.1
    falling = x[(slope < 0) & (x > -1.36)]
    assert falling.min() < -1.3
    assert falling.max() > 2.9
    _, g1, g2, a, b, c = made.curves(np.zeros(1), np.zeros(1))[:, 0]
    assert [g1, g2, a, b, c] == [0, 0, 0, 0, 1]


def test_m5_the_four_positions_of_the_ball():
    """Only gradient · small gradient, carried on · none, carried on · gradient against it."""
    path = only("surface=hill&start=-2.7,0&run=momentum")
    made = ground("surface=hill")
    x = path.theta[:, 0]
    g = made.slopes(x, np.zeros_like(x))[1]
    m = np.diff(x, prepend=x[0])  # m[t] brought the ball to x[t]
    eta = BY_NAME["hill"].eta
    assert g[0] < 0  # 1: at the start the gradient alone pushes to the right
    assert x[1] - x[0] == pytest.approx(-eta * g[0])
    small = [t for t in range(1, 40) if g[t] < 0 and 0.9 * m[t] > -eta * g[t]]
    assert small  # 2: still to the right, and mostly carried by the previous movement
    turns = [t for t in range(40) if g[t] < 0 < g[t + 1] and m[t + 1] > 0]
    assert turns  # 3: the gradient changes its sign between two updates, the ball goes on
    against = [t for t in range(40) if g[t] > 0 and m[t + 1] > 0]
    assert against  # 4: the gradient points back, the previous movement is larger
    assert max(x[t] for t in against) > -1.6
    assert x[-1] > 2.9  # and over the hill to a better minimum


# C: critical points.


def test_c1_critical_points_have_no_gradient_and_nothing_moves_there():
    for claim in BY_NAME["himmelblau"].claims:
        path = only(f"surface=himmelblau&start={claim.at[0]!r},{claim.at[1]!r}&updates=1&run=gd")
        assert np.abs(path.theta[1] - path.theta[0]).max() < 1e-9


@pytest.mark.parametrize("row", [row for row in SURFACES if row.claims], ids=lambda row: row.name)
@pytest.mark.parametrize("sign", [-1, 1])
def test_c4_along_a_negative_eigenvector_the_loss_falls_to_second_order(row, sign):
    made = ground(f"surface={row.name}")
    points = np.array([claim.at for claim in row.claims if claim.kind == "saddle"], dtype=float)
    found = critical(made, points.reshape(-1, 2))
    for _, x, y, _, low, _, u, v, _ in found[found[:, 4] < -1e-6 * made.scale[1]].tolist():
        ratios = []
        for s in (1e-3, 3e-4):
            away = np.array([0, sign * s])
            loss = made.slopes(x + away * u, y + away * v)[0]
            ratios.append((loss[0] - loss[1]) / (-low * s * s / 2))
        assert ratios == pytest.approx([1, 1], rel=0.02)


def test_c5_the_opening_scene_small_batches_and_momentum_escape():
    slow, fast, single = walk(Scene.parse(OPENING))
    assert [path.outcome for path in (slow, fast, single)] == ["saddle", "minimum", "minimum"]
    assert slow.left is None
    assert fast.left < 300
    assert single.left < fast.left


@pytest.mark.parametrize(("eta", "ratio"), [(0.001, 9), (0.05, 3.7)])
def test_c5_momentum_leaves_earlier_but_not_by_the_factor_one_over_one_minus_lambda(eta, ratio):
    slow, fast = walk(
        Scene.parse(f"surface=two-valleys&eta={eta}&updates=25000&run=gd&run=momentum")
    )
    assert slow.left / fast.left == pytest.approx(ratio, rel=0.05)


def test_exactly_on_the_ridge_only_rounding_frees_a_run():
    """Long after a start a billionth off the ridge has left."""
    on, off = (
        only(f"surface=two-valleys&start=-0.72,{y}&updates=2000&run=gd")
        for y in (0.96, 0.960000002)
    )
    assert on.left > 1.5 * off.left
    straight = only("surface=two-valleys&start=0,0&updates=2000&run=gd")
    assert not straight.theta.any()


# Misconceptions.


def test_misconception_1_noise_does_not_always_free_you():
    stays = only("surface=toy-network&start=0,0&updates=3000&run=gd,batch:1")
    leaves = only(f"{NOISY}&start=0,0&run=gd,batch:1")
    assert stays.outcome == "saddle"
    assert not stays.theta.any()
    assert leaves.left is not None
    assert leaves.outcome == "minimum"


def test_misconception_2_momentum_does_not_escape_a_minimum_it_rests_in():
    x, y = BY_NAME["hill"].claims[1].at
    path = only(f"surface=hill&start={x!r},{y!r}&updates=5000&run=momentum,lambda:0.99")
    assert path.outcome == "minimum"
    assert np.abs(path.theta - [x, y]).max() < 1e-9


def test_misconception_4_a_flat_loss_curve_is_not_a_minimum():
    """A billionth off the ridge the loss is flat for hundreds of updates, and falls by 414."""
    path = only("surface=two-valleys&updates=500&run=gd")
    assert path.loss[100:300] == pytest.approx(np.full(200, 0.25), abs=1e-4)
    assert path.loss[-1] < 1e-3
    assert path.left <= 414
    assert only("surface=two-valleys&updates=300&run=gd").outcome == "saddle"

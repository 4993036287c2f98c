"""A training: the lane engine's rules, the sampling room's batches, the same to the last digit."""

import subprocess
import sys

import numpy as np
import pytest

from app.descent import walk
from app.experiments.digits import Examples, split
from app.experiments.knobs import TRAINABLE
from app.experiments.loops import WIDE, aim, move
from app.experiments.network import Judge, Network
from app.experiments.training import Recipe, Training, knobs_of
from app.rules import BY_NAME, CODE
from app.sampling import epoch_order
from app.scene import Scene
from app.schedules import factors
from app.settings import PROJECT
from tests.test_network import gradient

NETWORK = Network((64, 32, 10))
SOME = Examples(split(0).training.pixels[:50], split(0).training.labels[:50])
every_rule = pytest.mark.parametrize("rule", TRAINABLE)
ETA = {"adagrad": 0.1, "rmsprop": 0.01, "adam": 0.02, "adamw": 0.02}


def trained(count, examples=SOME, start=None, **knobs):
    training = Training(Recipe(**{"network": NETWORK, "seed": 7, **knobs}), examples, start)
    training.advance(count)
    return training


def test_rules_that_need_more_than_a_gradient_are_left_out():
    assert set(BY_NAME) - set(TRAINABLE) == {"newton", "saddle-free-newton", "sam"}


@every_rule
def test_a_rule_moves_parameters_as_the_lane_engine_moves_a_point(rule):
    """The same rule on a quadratic: in the engine with float64, here with float32."""
    eta, updates = ETA.get(rule, 0.03), 120
    address = f"surface=long-valley&start=-2.5,1&updates={updates}&eta={eta}&run={rule}"
    (path,) = walk(Scene.parse(address))
    theta, g, m, v, probe = np.zeros((5, 3, 2, WIDE), np.float32)
    theta[:, 0], theta[:, 1] = -2.5, 1
    power, knob = np.ones((2, WIDE)), knobs_of(Recipe(NETWORK, 1, 0, rule, eta))
    for update in range(updates):
        np.testing.assert_allclose(theta[1, :, 7], path.theta[update], atol=3e-5)
        assert (theta == theta[:1, :, :1]).all()
        aim(probe, theta, m, knob)
        at = probe if rule == "nesterov" else theta
        g[:, 0], g[:, 1] = at[:, 0], 20 * at[:, 1]
        move(CODE[rule], eta, theta, g, m, v, power, knob)
    assert np.abs(path.theta[-1] - path.theta[0]).max() > 1


def by_hand(rule, updates, batch, examples, eta=0.1):
    """The training in double precision: batches from the sampling room, the paper's line."""
    theta = NETWORK.start(7).astype(float)
    m = np.zeros_like(theta)
    order = [
        index
        for epoch in range(updates)
        for index in epoch_order(len(examples), batch, "each-epoch", 7, epoch)
    ]
    for index in order[:updates]:
        part = Examples(examples.pixels[index], examples.labels[index])
        ahead = theta + 0.9 * m if rule == "nesterov" else theta
        g = gradient(NETWORK, ahead.astype(np.float32), part)
        if rule == "gd":
            theta = theta - eta * g
        else:
            m = 0.9 * m - eta * g
            theta = theta + m
    return theta


@pytest.mark.parametrize("batch", [1, 7, 16, 50])
@pytest.mark.parametrize("rule", ["gd", "momentum", "nesterov"])
def test_a_training_takes_the_batches_of_the_sampling_room(rule, batch):
    """Also the short last one, which is averaged over its own size."""
    found = trained(60, batch=batch, rule=rule, eta=0.02)
    np.testing.assert_allclose(found.theta, by_hand(rule, 60, batch, SOME, 0.02), atol=2e-5)
    assert found.done == 60


def test_the_full_batch_is_the_mean_over_all_examples():
    start = NETWORK.start(7)
    moved = trained(1, batch=50).theta - start
    np.testing.assert_allclose(moved, -0.1 * gradient(NETWORK, start, SOME), atol=1e-7)


def test_a_batch_is_never_larger_than_all_examples():
    np.testing.assert_array_equal(trained(5, batch=999).theta, trained(5, batch=50).theta)


@every_rule
def test_looking_on_the_way_changes_nothing(rule):
    at_once = trained(40, batch=16, rule=rule, eta=0.01)
    looked_at = trained(1, batch=16, rule=rule, eta=0.01)
    for update in (3, 4, 17, 40):
        looked_at.advance(update)
        Judge(NETWORK, SOME).judgement(looked_at.theta)
    np.testing.assert_array_equal(at_once.theta, looked_at.theta)


@pytest.mark.parametrize("schedule", ["warm-up", "cosine", "step"])
def test_a_schedule_is_that_of_the_schedules_room(schedule):
    """Two updates on one example: each with the η of its own place."""
    one = Examples(SOME.pixels[:1], SOME.labels[:1])
    found = trained(2, one, batch=1, schedule=schedule, updates=20, eta=0.1)
    theta = NETWORK.start(7).astype(float)
    for factor in factors(schedule, 20)[:2]:
        theta -= 0.1 * factor * gradient(NETWORK, theta.astype(np.float32), one)
    np.testing.assert_allclose(found.theta, theta, atol=1e-6)


def test_the_lanes_beyond_the_last_parameter_stay_0():
    for rule in TRAINABLE:
        found = trained(30, batch=8, rule=rule, eta=0.01)
        assert not found.tiles.reshape(5, -1)[:, NETWORK.parameters :].any()


def test_a_training_learns_the_digits():
    both = split(0)
    found = trained(1800, both.training, batch=16)
    judged = Judge(NETWORK, both.validation).judgement(found.theta)
    assert judged.accuracy > 0.9
    assert found.seconds > 0


def test_a_training_may_begin_where_another_ended():
    first = trained(10, batch=5)
    second = trained(0, batch=5, start=first.theta)
    np.testing.assert_array_equal(first.theta, second.theta)
    second.advance(1)
    assert (first.theta != second.theta).any()


PROGRAM = """
from threadpoolctl import threadpool_limits
threadpool_limits(1)
from tests.test_training import trained, split
import hashlib
for rule in ("gd", "adam"):
    for batch in (1, 16, 1437):
        found = trained(60, split(0).training, batch=batch, rule=rule)
        print(hashlib.sha256(found.theta).hexdigest())
"""


def test_two_processes_train_alike_to_the_last_digit():
    command = [sys.executable, "-c", PROGRAM]
    first, second = (
        subprocess.run(command, cwd=PROJECT, check=True, capture_output=True).stdout
        for _ in range(2)
    )
    assert first == second
    assert len(set(first.split())) == 6

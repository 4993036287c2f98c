"""Schedules: the η of update t is the schedule's value at t, whatever happened before."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.descent import walk
from app.knobs import BY_NAME
from app.scene import Scene
from app.schedules import SCHEDULES, factors
from tests.oracle import full_gradient

lengths = st.integers(1, 3000)
every_schedule = pytest.mark.parametrize("name", SCHEDULES)


def warm_up(t, updates):
    rising = updates // 10 if updates >= 10 else 1
    return (t + 1) / rising if t < rising else 1.0


def step(t, updates):
    return 1.0 if 2 * t < updates else 0.1 if 4 * t < 3 * updates else 0.01


PLAIN = {
    "constant": lambda t, updates: 1.0,
    "warm-up": warm_up,
    "cosine": lambda t, updates: math.cos(math.pi * t / (2 * updates)) ** 2,
    "step": step,
}


@every_schedule
@given(updates=lengths)
def test_a_schedule_is_what_its_sentence_says(name, updates):
    expected = [PLAIN[name](t, updates) for t in range(updates)]
    assert factors(name, updates) == pytest.approx(expected, rel=1e-12, abs=1e-15)


@every_schedule
@given(updates=lengths)
def test_factors_lie_between_nothing_and_one(name, updates):
    found = factors(name, updates)
    assert found.shape == (updates,)
    assert (found > 0).all()
    assert (found <= 1).all()


@pytest.mark.parametrize("name", ["cosine", "step"])
@given(updates=lengths)
def test_cosine_and_step_never_rise(name, updates):
    assert (np.diff(factors(name, updates)) <= 0).all()


@given(lengths)
def test_a_warm_up_ends_at_the_full_rate_after_a_tenth(updates):
    found = factors("warm-up", updates)
    assert (found[max(1, updates // 10) - 1 :] == 1).all()
    assert (np.diff(found) >= 0).all()


@every_schedule
@pytest.mark.parametrize("updates", [1, 2, 7, 40])
@pytest.mark.parametrize("batch", [20, 3])
def test_the_eta_of_an_update_is_the_schedule_s_value_at_it(name, updates, batch):
    """On a quadratic under shift every batch has gradient h(θ − shift): η can be read off."""
    query = f"surface=long-valley&condition=2&start=1,1&eta=0.03&schedule={name}"
    scene = Scene.parse(f"{query}&updates={updates}&run=gd,batch:{batch}")
    (path,) = walk(scene)
    gradient = full_gradient(scene.ground)
    taken = [gradient(x, y) for x, y in path.theta[:-1]]
    eta = -np.diff(path.theta, axis=0) / np.array(taken)
    expected = [0.03 * PLAIN[name](t, updates) for t in range(updates)]
    assert eta == pytest.approx(np.array([expected, expected]).T, rel=1e-10)


def test_a_run_may_have_a_schedule_of_its_own():
    base = "surface=booth&start=-8,6&eta=0.02"
    scene = Scene.parse(f"{base}&schedule=step&run=gd&run=gd,schedule:cosine&run=momentum")
    together = walk(scene)
    for path, schedule in zip(together, ("step", "cosine", "step"), strict=True):
        (alone,) = walk(Scene.parse(f"{base}&schedule={schedule}&run={path.run.rule}"))
        assert np.array_equal(path.track, alone.track)


def test_the_table_of_knobs_offers_every_schedule():
    assert [value for value, _ in BY_NAME["schedule"].choices] == list(SCHEDULES)
    assert BY_NAME["schedule"].default == "constant"

"""The loop that is written per surface walks as the engine's, to the last digit."""

import numpy as np
import pytest

from app.analysis.block import Block
from app.descent import NOTHING, limits, walk_lanes
from app.engine import GD, MOMENTUM, NESTEROV, advance
from app.fused import glide, has_loop, walker
from app.lanes import at_rest
from app.rules import CODE
from app.scene import Scene
from app.surfaces.catalogue import SURFACES
from tests.lanes import lanes

UPDATES = 60
LOOPS = [row.name for row in SURFACES if has_loop(row)]


def walked(block: Block, walker, cuts):
    """Trail, state of the lanes at the end."""
    scene, many = block.scene, block.lanes
    groups = np.array([(CODE[block.run.rule], 0, many)])
    state = at_rest(
        block.theta.copy(), block.knob.copy(), block.factor, groups, limits(scene.ground)
    )
    working = np.empty((10, many)), np.empty((4, many))
    trail = np.empty((UPDATES + 1, 2, many))
    trail[0] = block.theta
    for start, stop in cuts:
        walk_lanes(scene.ground, state, NOTHING, working, trail, 0, start, stop, walker)
    return trail, state


@pytest.mark.parametrize("many", [1, 3, 40])
@pytest.mark.parametrize("run", ["gd", "momentum,lambda:0.95", "momentum,schedule:warm-up"])
@pytest.mark.parametrize("name", LOOPS)
def test_it_is_the_engine_to_the_last_digit_however_it_is_cut(name, run, many):
    block = lanes(f"surface={name}&updates={UPDATES}&spread=0&run={run}", many, most=400)
    ground = block.scene.ground
    own = walker(ground, {CODE[block.run.rule]})
    assert own[0] is glide
    one, of_engine = walked(block, (advance, ground.slope), [(0, UPDATES)])
    two, of_own = walked(block, own, [(0, 7), (7, 8), (8, UPDATES)])
    np.testing.assert_array_equal(two, one)
    np.testing.assert_array_equal(of_own.left, of_engine.left)
    np.testing.assert_array_equal(of_own.theta, of_engine.theta)
    np.testing.assert_array_equal(of_own.eta, of_engine.eta)
    if block.run.rule == "momentum":
        np.testing.assert_array_equal(of_own.m, of_engine.m)


def test_a_lane_that_leaves_at_every_update_is_walked_as_by_the_engine():
    """At the tip the gradient is 0/0, and a lane that is held back there leaves again."""
    block = lanes(f"surface=ackley&start=0,0&updates={UPDATES}&spread=0&run=gd", 3)
    ground = block.scene.ground
    one, of_engine = walked(block, (advance, ground.slope), [(0, UPDATES)])
    two, of_own = walked(block, walker(ground, {GD}), [(0, UPDATES)])
    np.testing.assert_array_equal(two, one)
    assert of_own.left.tolist() == of_engine.left.tolist() == [1, 1, 1]


def test_some_of_these_lanes_leave_and_some_stay():
    block = lanes(f"surface=himmelblau&updates={UPDATES}&run=momentum", 40, most=400)
    own = walker(block.scene.ground, {MOMENTUM})
    _, state = walked(block, own, [(0, UPDATES)])
    assert 5 < np.count_nonzero(state.left) < 35


@pytest.mark.parametrize(
    ("query", "rules"),
    [
        ("surface=himmelblau&run=nesterov", {NESTEROV}),
        ("surface=himmelblau&run=gd&run=nesterov", {GD, NESTEROV}),
        ("surface=himmelblau&spread=0.2&run=gd", {GD}),
        ("surface=linear-regression&run=gd", {GD}),
        ("surface=formula&formula=x^2%2By^2&run=gd", {GD}),
    ],
    ids=[
        "another rule",
        "another rule among them",
        "noise",
        "data",
        "a formula that somebody typed",
    ],
)
def test_everything_else_is_the_engines(query, rules):
    ground = Scene.parse(query).ground
    assert walker(ground, rules) == (advance, ground.slope)

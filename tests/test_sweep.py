"""Swept lanes are walked and judged as a block's own: to the last digit, however they are cut."""

import numpy as np
import pytest

from app import sweep
from app.descent import GivenUp
from app.lanes import aligned
from app.outcome import judged
from tests.lanes import lanes

RUNS = {
    "gd": "surface=himmelblau&updates=60&run=gd",
    "momentum that leaves": "surface=himmelblau&updates=60&run=momentum,lambda:0.99",
    "adam": "surface=two-valleys&updates=60&run=adam",
    "nesterov with a schedule": "surface=rosenbrock&updates=60&run=nesterov,schedule:cosine",
    "newton": "surface=six-hump-camel&updates=20&run=newton",
    "a tip": "surface=ackley&updates=60&run=gd",
}


@pytest.mark.parametrize("many", [1, 7, 8, 9, 100])
@pytest.mark.parametrize("query", RUNS.values(), ids=RUNS)
def test_swept_lanes_end_as_lanes_of_one_walk(monkeypatch, query, many):
    monkeypatch.setattr(sweep, "TOGETHER", 24)
    block = lanes(query, many)
    trail, left = block.walk(lambda: True)
    found, gone, last = block.ended(0.01, lambda: True, aligned(block.room))
    np.testing.assert_array_equal(gone, left)
    np.testing.assert_array_equal(last, trail[-1])
    np.testing.assert_array_equal(found, judged(block.scene.ground, trail, left, 0.01))


def test_blocks_are_about_as_wide_and_whole_lines_of_the_cache():
    assert [sweep.width_of(n, 500) for n in (1, 8, 9, 256, 257, 600)] == [8, 8, 16, 256, 136, 200]
    assert sweep.width_of(300, sweep.POINTS) == 1
    assert sweep.room_of(300, 500) == 2 * 501 * 152


def test_a_sweep_nobody_wants_is_not_begun():
    block = lanes(RUNS["gd"], 4)
    with pytest.raises(GivenUp):
        block.ended(0.01, lambda: False, aligned(block.room))

"""Trainings that end at the same training loss, and the η that each batch size gets."""

import numpy as np
import pytest

from app.experiments import address
from app.experiments.bench import Bench
from app.experiments.network import Judge
from app.experiments.solutions import LOOKS, Solution, Tuning, solved
from app.experiments.work import DOUBLINGS


def bench(query=""):
    return Bench(address.read("sharp", query).knobs)


def test_a_training_stops_at_the_first_look_that_finds_the_loss():
    here = bench("target=0.5&epochs=20&hidden=8")
    found = solved(here, 16, 3, 0.2)
    assert found.training.loss <= 0.5
    np.testing.assert_array_equal(found.start, here.network.start(3))
    again = here.started(16, 3, eta=0.2)
    stride = again.per_epoch // LOOKS
    again.advance(round(found.epochs * again.per_epoch) - stride)
    assert Judge(here.network, here.training).judgement(again.theta).loss > 0.5
    again.advance(again.done + stride)
    np.testing.assert_array_equal(again.theta, found.theta)


def test_who_is_not_there_after_the_epochs_or_diverges_is_not_there():
    assert solved(bench("target=0.001&epochs=1"), 144, 0, 0.1) is None
    wild = bench("activation=relu&hidden=256,256,256&epochs=4")
    assert solved(wild, 64, 0, 10) is None


@pytest.mark.parametrize(
    ("tune", "small", "large"),
    [("both", DOUBLINGS + 1, DOUBLINGS + 1), ("large", 1, DOUBLINGS + 1), ("none", 1, 1)],
)
def test_a_tuned_size_climbs_the_ladder(tune, small, large):
    tuning = Tuning(bench(f"tune={tune}"))
    assert tuning.rates("small") == [0.1 * 2**k for k in range(small)]
    assert tuning.rates("large") == [0.1 * 2**k for k in range(large)]
    assert tuning.planned == 5 * (small + large)


def test_the_ladder_ends_where_the_knob_does():
    assert Tuning(bench("eta=4")).rates("large") == [4.0, 8.0]


def solution(epochs):
    return Solution(0, None, None, epochs, None)


def test_the_rung_is_chosen_with_which_most_seeds_get_there_and_the_slowest_soonest():
    tuning = Tuning(bench("seeds=2"))
    tuning.found["small"] = {
        0.1: [solution(40), solution(42)],
        0.2: [solution(20), solution(30)],
        0.4: [solution(5), solution(35)],
        0.8: [solution(2), None],
        1.6: [None, None],
    }
    assert tuning.chosen("small") == 0.2
    tuning.found["large"] = {0.1: [None, solution(9)]}
    assert tuning.chosen("large") == 0.1
    assert [(a.epochs, b.epochs) for a, b in tuning.pairs()] == [(30, 9)]


def test_every_rung_is_tried_with_every_seed_for_both_sizes():
    tuning = Tuning(bench("target=2.0&epochs=9&seeds=2&hidden=4"))
    assert sum(1 for _ in tuning.trained()) == tuning.planned == tuning.done
    for size in ("small", "large"):
        assert list(tuning.found[size]) == tuning.rates(size)
        assert {len(seeds) for seeds in tuning.found[size].values()} == {2}
    assert [one.seed for one in tuning.there("small", 0.1)] == [0, 1]

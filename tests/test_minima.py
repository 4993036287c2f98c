"""How rare are minima (C3): signs are counted as they are defined, zeros are explained."""

import numpy as np
import pytest

from app.experiments import address
from app.experiments.bench import Bench
from app.experiments.minima import Look, blind, counted, highest, look, minima, moments_of
from app.experiments.table import MINIMA
from tests.test_experiments import TINY, pictures

COLUMNS = [column.name for column in MINIMA.columns]


def bench(query):
    return Bench(address.read("minima", query).knobs)


@pytest.fixture(scope="module")
def tiny():
    return pictures("minima", TINY["minima"])[-1].told()


def seen(values):
    return Look(0, 0.0, 1.0, 1.0, np.array(values))


def test_zero_is_what_is_small_beside_the_largest_in_size():
    one = seen([-100.0, -1e-3, -1e-9, 0.0, 1e-9, 1e-3, 1.0, 2.0])
    assert one.shares(1e-8) == {"positive": 3 / 8, "zero": 3 / 8, "negative": 2 / 8}
    assert one.shares(1e-3) == {"positive": 2 / 8, "zero": 5 / 8, "negative": 1 / 8}
    assert counted([one], 1e-8)["signed"] == pytest.approx(3 / 5)


def test_the_shares_of_several_seeds_have_a_spread():
    both = [
        seen([-1.0, 1.0, 1.0, 1.0]),
        seen([-1.0, -1.0, -1.0, 1.0]),
        seen([-1.0, -1.0, 1.0, 1.0]),
    ]
    told = counted(both, 1e-8)
    assert [told[f"negative{end}"] for end in ("_low", "", "_high")] == [0.25, 0.5, 0.75]
    assert [told[f"positive{end}"] for end in ("_low", "", "_high")] == [0.25, 0.5, 0.75]


def test_the_highest_look_is_found_wherever_it_is():
    few, many = seen([-1.0, -1.0, -1.0, 1.0]), seen([-1.0, 1.0, 1.0, 1.0])
    later = Look(7, 0.5, 1.0, 1.0, many.values)
    told = highest([[few, few], [later, later], [few, many]], 1e-8)
    assert told == {
        "updates": 7,
        "epochs": 0.5,
        "positive": 0.75,
        "positive_low": 0.75,
        "positive_high": 0.75,
        "chance": 1 / 3,
    }


def test_shares_add_up_to_all(tiny):
    for row in tiny["rows"]:
        cells = dict(zip(COLUMNS, row, strict=True))
        assert 0.3 < cells["positive"] < 1
        assert cells["smallest"] < cells["largest"]
    end = tiny["facts"]["end"]
    assert end["positive"] + end["zero"] + end["negative"] == pytest.approx(1, abs=0.01)


def test_it_is_a_pure_function_of_its_knobs(tiny):
    assert pictures("minima", TINY["minima"])[-1].told() == tiny


@pytest.mark.parametrize("hidden", ["3", "4,3"])
def test_a_tanh_network_has_just_the_zeros_that_it_must_have(hidden):
    """Three white pixels, ten logits that may move together: all other curvatures have a sign."""
    here = bench(f"hidden={hidden}")
    training = here.started(16, 0)
    training.advance(40)
    (one,) = look(here, training)
    sizes = np.sort(np.abs(one.values)) / np.abs(one.values).max()
    first = int(hidden.split(",")[0])
    assert blind(here) == 3 * first + 4
    assert sizes[blind(here) - 1] < 1e-14
    assert sizes[blind(here)] > 1e-13


def test_a_relu_network_has_more_zeros():
    """A neuron that is silent for all digits has no curvature at all."""
    here = bench("hidden=6&activation=relu")
    training = here.started(16, 1)
    training.advance(40)
    (one,) = look(here, training)
    assert np.sum(np.abs(one.values) < 1e-13 * one.values[-1]) > blind(here)


def test_a_look_is_at_the_training_loss():
    here = bench("hidden=3")
    training = here.started(1437, 0, eta=0.5)
    training.advance(5)
    (one,) = look(here, training)
    assert one.loss == pytest.approx(here.judged(training.theta)[0].loss, rel=1e-6)
    before, slope = training.theta.copy(), one.slope
    training.advance(6)
    moved = np.linalg.norm((training.theta - before).astype(float))
    assert moved == pytest.approx(0.5 * slope, rel=1e-4)


def test_moments_begin_at_the_start_and_lie_evenly_on_a_logarithmic_scale():
    found = moments_of({"epochs": 100, "looks": 5}, 100)
    assert found == [0, 1, 22, 464, 10_000]
    assert moments_of({"epochs": 1, "looks": 12}, 3) == [0, 1, 2, 3]


def test_signs_change_as_the_loss_falls():
    facts = pictures("minima", "hidden=5&epochs=30&looks=3&seeds=2")[-1].facts
    assert facts["end"]["loss"] < facts["start"]["loss"] / 4
    assert facts["end"]["positive"] > facts["start"]["positive"] + 0.1
    assert facts["end"]["smallest"] > facts["start"]["smallest"]


@pytest.mark.parametrize("theta", [np.nan, np.inf])
def test_a_training_that_has_diverged_is_not_looked_at(theta):
    here = bench("hidden=3&activation=relu")
    training = here.started(16, 0)
    training.theta[:] = theta
    assert look(here, training) == []


def test_without_any_look_there_is_nothing_to_tell(monkeypatch):
    monkeypatch.setattr("app.experiments.minima.look", lambda here, training: [])
    *_, last = minima(address.read("minima", TINY["minima"]).knobs)
    assert (last.progress, last.series, last.rows, last.facts) == (1, [], [], {})


def test_a_hessian_that_would_not_fit_is_refused():
    with pytest.raises(Exception, match="networks of up to 3,000 parameters; this has 19,210"):
        address.read("minima", "hidden=256&looks=2&seeds=2&epochs=1")

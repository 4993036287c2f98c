"""How noisy a batch's gradient is: measured, by theory, and by hand."""

import numpy as np
import pytest

from app.experiments.digits import Examples, split
from app.experiments.network import Network
from app.experiments.noise import Noise, Slope, drawn, facts, noise
from tests.test_experiments import TINY, pictures
from tests.test_network import gradient


@pytest.fixture(scope="module")
def last():
    return pictures("gradient", TINY["gradient"])[-1]


@pytest.fixture(scope="module")
def lines(last):
    return {series.name: series for series in last.series}


def test_noise_falls_as_theory_says(lines):
    """Measured on 64 batches of each size, so within the spread of such a mean."""
    for when in ("start", "trained"):
        for measured, expected in zip(lines[when].y, lines[f"{when}-theory"].y, strict=True):
            assert measured == pytest.approx(expected, rel=0.3, abs=1e-6)


def test_the_full_batch_has_no_noise(lines):
    assert lines["start"].y[-1] == pytest.approx(0, abs=1e-6)
    assert lines["start-theory"].y[-1] == 0


def test_the_noise_of_single_examples_is_that_of_all_of_them():
    network = Network((64, 5, 10))
    examples = Examples(split(0).training.pixels[:30], split(0).training.labels[:30])
    theta = network.start(3)
    single = np.array([slope(network, theta, examples, [i]) for i in range(30)], float)
    whole = slope(network, theta, examples, range(30)).astype(float)
    found = noise(Slope(network, examples, theta), (7,), 0)
    away = np.sum((single - whole) ** 2, axis=1)
    assert found.signal == pytest.approx(np.linalg.norm(whole), rel=1e-6)
    assert found.single == pytest.approx(np.sqrt(away.mean()), rel=1e-5)
    np.testing.assert_allclose(single.mean(axis=0), whole, atol=1e-6)


def slope(network, theta, examples, index):
    index = np.array(index)
    part = Examples(examples.pixels[index], examples.labels[index])
    return gradient(network, theta, part)


def test_batches_whose_noise_is_measured_are_whole_and_of_several_epochs():
    found = list(drawn(50, 20, 1))
    assert [len(index) for index in found] == [20] * 64
    first, second = (set(found[2 * k]) | set(found[2 * k + 1]) for k in (0, 1))
    assert len(first) == len(second) == 40
    assert first != second


def test_noise_and_gradient_are_equally_long_where_it_is_said():
    one = Noise(signal=2, single=10, measured={}, examples=101)
    assert one.scale == 25
    assert one.equal == pytest.approx(101 * 25 / 125)
    assert Noise(2, 10, {}, 10**9).equal == pytest.approx(25, rel=1e-6)
    for share in (one.expected(20) ** 2, one.expected(21) ** 2):
        assert share == pytest.approx(1, rel=0.08)
    assert one.expected(20) > 1 > one.expected(21)


def test_what_is_told_of_theory_leaves_out_the_full_batch(last):
    for when in ("start", "trained"):
        theory = last.facts[when]["theory"]
        assert 0.7 < theory["least"] <= theory["most"] < 1.3
    only = facts({("start", 0): Noise(1, 2, {1437: 0.0}, 1437)}, ["start"], (1437,))
    assert only["start"]["theory"] is None


def test_from_the_start_to_after_the_epochs_single_examples_are_compared(last):
    later = last.facts["later"]
    for when, end in (("start", "from"), ("trained", "to")):
        assert later[end]["median"] == pytest.approx(last.facts[when]["scale"] ** 0.5, rel=0.02)
    assert "later" not in pictures("gradient", TINY["gradient"])[0].facts


def test_a_seed_that_has_diverged_is_counted_and_measures_nothing():
    wild = "batches=1,64&eta=10&activation=relu&hidden=256,256&seeds=2&epochs=3"
    found = pictures("gradient", wild)[-1].told()["facts"]
    assert found["diverged"] == 1
    assert found["trained"]["noise"]["seeds"] == 1
    assert found["start"]["noise"]["seeds"] == 2
    assert found["trained"]["noise"]["from"]["median"] > 0

"""The network: its gradient against finite differences of a loss written a second time."""

from itertools import pairwise

import numpy as np
import pytest

from app.experiments.digits import Examples, split
from app.experiments.knobs import ACTIVATIONS
from app.experiments.network import Judge, Network, Pass, backs

SHAPES = [(64, 10), (64, 32, 10), (64, 12, 7, 10)]
networks = [Network(sizes, activation) for sizes in SHAPES for activation, _ in ACTIVATIONS]
every_network = pytest.mark.parametrize(
    "network", networks, ids=lambda n: f"{'-'.join(map(str, n.sizes))} {n.activation}"
)
SOME = Examples(split(0).training.pixels[:23], split(0).training.labels[:23])


def plain_loss(network, theta, examples):
    """Mean cross-entropy in double precision, written from the definition: no ones, no views."""
    values, first = examples.pixels[:, :-1].astype(float), 0
    for k, (inputs, outputs) in enumerate(pairwise(network.sizes)):
        weights = theta[first : first + inputs * outputs].reshape(inputs, outputs)
        first += inputs * outputs
        bias = theta[first : first + outputs]
        first += outputs
        values = values @ weights + bias
        if k < len(network.sizes) - 2:
            values = np.tanh(values) if network.activation == "tanh" else np.maximum(values, 0)
    assert first == len(theta)
    each = np.log(np.exp(values).sum(axis=1)) - values[range(len(values)), examples.labels]
    return each.mean(), (values.argmax(axis=1) == examples.labels).mean()


def started(network):
    """A start whose biases are not 0, so that their gradients are seen too."""
    draw = np.random.default_rng(5)
    return (network.start(3) + draw.normal(0, 0.1, network.parameters)).astype(np.float32)


def gradient(network, theta, examples):
    slopes = np.empty(network.parameters, np.float32)
    at = network.matrices(theta)
    one = Pass(network, examples.pixels)
    every = np.arange(len(examples))
    one.gradient(at, backs(at), examples.labels, every, network.matrices(slopes))
    return slopes


@every_network
def test_the_gradient_is_the_slope_of_the_loss(network):
    theta = started(network)
    found = gradient(network, theta, SOME)
    exact, far = theta.astype(float), 1e-5
    chosen = np.random.default_rng(1).choice(network.parameters, 150, replace=False)
    for i in chosen:
        step = np.zeros(network.parameters)
        step[i] = far
        above, below = (plain_loss(network, exact + s, SOME)[0] for s in (step, -step))
        assert found[i] == pytest.approx((above - below) / (2 * far), abs=2e-6)
    assert np.abs(found[chosen]).max() > 0.01


@every_network
def test_loss_and_accuracy_are_those_of_the_definition(network):
    theta = started(network)
    found = Judge(network, SOME).judgement(theta)
    loss, accuracy = plain_loss(network, theta.astype(float), SOME)
    assert found.loss == pytest.approx(loss, rel=1e-6)
    assert found.accuracy == accuracy


def test_judging_in_pieces_is_judging_the_whole(monkeypatch):
    network = Network((64, 32, 10))
    theta = started(network)
    whole = Judge(network, split(0).training).judgement(theta)
    monkeypatch.setattr("app.experiments.network.ROWS", 100)
    pieces = Judge(network, split(0).training).judgement(theta)
    assert pieces.loss == pytest.approx(whole.loss, rel=1e-6)
    assert pieces.accuracy == whole.accuracy


def test_large_logits_overflow_nothing():
    network = Network((64, 10))
    theta = network.start(0) * 1000
    assert np.isfinite(gradient(network, theta, SOME)).all()
    assert np.isfinite(Judge(network, SOME).judgement(theta).loss)


def test_the_gradient_of_two_batches_is_the_mean_of_theirs():
    """Weighted by size: what makes a short last batch honest."""
    network = Network((64, 32, 10))
    theta = started(network)
    pixels, labels = SOME.pixels, SOME.labels
    first = gradient(network, theta, Examples(pixels[:20], labels[:20]))
    last = gradient(network, theta, Examples(pixels[20:], labels[20:]))
    both = gradient(network, theta, SOME)
    np.testing.assert_allclose((20 * first + 3 * last) / 23, both, atol=1e-6)


@pytest.mark.parametrize(("activation", "variance"), [("tanh", 2 / (300 + 200)), ("relu", 2 / 300)])
def test_a_start_has_the_variance_of_its_paper_and_no_bias(activation, variance):
    first, _ = Network((300, 200, 10), activation).matrices(
        Network((300, 200, 10), activation).start(1)
    )
    assert first[:-1].var() == pytest.approx(variance, rel=0.02)
    assert abs(first[:-1].mean()) < 0.001
    assert not first[-1].any()


def test_a_start_follows_from_its_seed():
    network = Network((64, 32, 10))
    np.testing.assert_array_equal(network.start(4), network.start(4))
    assert (network.start(4) != network.start(5)).any()


def test_the_default_network_has_2410_parameters():
    assert Network((64, 32, 10)).parameters == 65 * 32 + 33 * 10 == 2410

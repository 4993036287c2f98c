"""Slope and curvature of a network's loss: exact products against differences, and torch."""

from itertools import pairwise

import numpy as np
import pytest

from app.experiments.curvature import Point
from app.experiments.digits import Examples, split
from app.experiments.network import Network
from tests.test_network import SOME, every_network, gradient, plain_loss, started

SMALL = Network((64, 5, 10))


def point(network, examples=SOME, at=None):
    return Point(network, examples, started(network).astype(float) if at is None else at)


def drawn(network, count=1):
    return np.random.default_rng(2).normal(size=(count, network.parameters))


@every_network
def test_the_loss_is_that_of_the_definition(network):
    here = point(network)
    assert here.loss == pytest.approx(plain_loss(network, here.theta, SOME)[0], rel=1e-14)


@every_network
def test_the_gradient_is_that_of_the_training_in_double_precision(network):
    here = point(network)
    single = gradient(network, here.theta.astype(np.float32), SOME)
    np.testing.assert_allclose(here.gradient, single, atol=1e-6)
    far, way = 1e-5, drawn(network)[0]
    above, below = (plain_loss(network, here.theta + s * far * way, SOME)[0] for s in (1, -1))
    assert here.gradient @ way == pytest.approx((above - below) / (2 * far), rel=1e-6, abs=1e-8)


@every_network
def test_a_product_is_the_change_of_the_gradient(network):
    """To the error of the differences, which a smaller step would not make smaller."""
    here, way = point(network), drawn(network)[0]
    way /= np.linalg.norm(way)
    far = 1e-5
    above, below = (point(network, at=here.theta + s * far * way).gradient for s in (1, -1))
    (product,) = here.times(way[None])
    np.testing.assert_allclose(product, (above - below) / (2 * far), atol=2e-9)
    assert np.abs(product).max() > 0.01


@every_network
def test_products_are_those_of_one_symmetric_matrix(network):
    here = point(network)
    a, b, c = drawn(network, 3)
    u, v, w = here.times(np.array([a, b, 2 * a - c]))
    assert a @ v == pytest.approx(b @ u, rel=1e-12)
    np.testing.assert_allclose(w, 2 * u - here.times(c[None])[0], atol=1e-12)


def test_the_whole_hessian_is_made_of_products():
    here, way = point(SMALL), drawn(SMALL)[0]
    hessian = here.hessian()
    assert hessian.shape == (SMALL.parameters, SMALL.parameters)
    np.testing.assert_array_equal(hessian, hessian.T)
    np.testing.assert_allclose(hessian @ way, here.times(way[None])[0], atol=1e-13)
    raw = here.times(np.eye(SMALL.parameters))
    np.testing.assert_allclose(raw, raw.T, atol=1e-15)


def test_examples_in_parts_are_the_whole(monkeypatch):
    whole = point(SMALL)
    monkeypatch.setattr("app.experiments.curvature.ROWS", 7)
    parts = point(SMALL)
    assert len(parts.parts) == 4
    assert parts.loss == pytest.approx(whole.loss, rel=1e-14)
    np.testing.assert_allclose(parts.gradient, whole.gradient, atol=1e-15)
    np.testing.assert_allclose(parts.hessian(), whole.hessian(), atol=1e-15)


@pytest.mark.parametrize("numbers", [1, 300, 10**6])
def test_directions_in_blocks_are_all_directions(monkeypatch, numbers):
    whole = point(SMALL).times(drawn(SMALL, 9))
    monkeypatch.setattr("app.experiments.curvature.NUMBERS", numbers)
    np.testing.assert_allclose(point(SMALL).times(drawn(SMALL, 9)), whole, atol=1e-13)


def test_a_pixel_that_is_always_white_has_no_curvature():
    """Three of the 64 are; and all logits may move together without a change."""
    examples = split(0).training
    white = np.flatnonzero(~examples.pixels.any(axis=0))
    assert len(white) == 3
    first, last = SMALL.matrices(np.zeros(SMALL.parameters))
    first[white] = 1
    last[:] = 1
    blind = [m.reshape(-1) for m in (first, last)]
    way = np.concatenate([blind[0], 0 * blind[1]]), np.concatenate([0 * blind[0], blind[1]])
    products = point(SMALL, examples).times(np.array(way))
    np.testing.assert_allclose(products, 0, atol=1e-14)


@every_network
def test_torch_agrees_where_it_is_installed(network):
    torch = pytest.importorskip("torch")
    here, way = point(network), drawn(network)[0]
    theta = torch.tensor(here.theta, requires_grad=True)
    values = torch.tensor(SOME.pixels[:, :-1].astype(float))
    first = 0
    for k, (inputs, outputs) in enumerate(pairwise(network.sizes)):
        layer = theta[first : first + (inputs + 1) * outputs].reshape(inputs + 1, outputs)
        first += (inputs + 1) * outputs
        values = values @ layer[:-1] + layer[-1]
        if k < len(network.sizes) - 2:
            values = torch.relu(values) if network.relu else torch.tanh(values)
    loss = torch.nn.functional.cross_entropy(values, torch.tensor(SOME.labels))
    (slope,) = torch.autograd.grad(loss, theta, create_graph=True)
    (product,) = torch.autograd.grad(slope @ torch.tensor(way), theta)
    assert here.loss == pytest.approx(loss.item(), rel=1e-13)
    np.testing.assert_allclose(here.gradient, slope.detach().numpy(), atol=1e-14)
    np.testing.assert_allclose(here.times(way[None])[0], product.numpy(), atol=1e-12)


def test_a_few_examples_with_large_logits_overflow_nothing():
    few = Examples(SOME.pixels[:3], SOME.labels[:3])
    here = point(SMALL, few, 1000 * started(SMALL).astype(float))
    assert np.isfinite(here.loss)
    assert np.isfinite(here.times(drawn(SMALL))).all()
